"""Documentation that fails when it is no longer true."""

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from seawall import lawbook
from seawall.app.cli import app
from seawall.judge import TESTS
from seawall.model import Activity, Outcome
from seawall.sources.dealings import COLUMNS

ROOT = Path(__file__).parents[1]
DOCS = "\n".join(p.read_text(encoding="utf-8") for p in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))])


def test_the_readmes_first_screen_is_what_the_command_prints(tmp_path):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"```console\n\$ seawall (.+)\n([\s\S]+?)\n```", readme)
    assert block
    done = subprocess.run(
        [sys.executable, "-m", "seawall.app.cli", *block[1].split()],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "COLUMNS": "80", "SEAWALL_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    printed = "\n".join(line.rstrip() for line in done.stdout.rstrip().splitlines())
    assert printed == block[2]


def test_every_command_is_documented():
    def names(command, prefix=""):
        for name, inner in getattr(command, "commands", {}).items():
            yield f"{prefix}{name}"
            yield from names(inner, f"{prefix}{name} ")

    missing = [name for name in names(get_command(app)) if f"seawall {name}" not in DOCS]
    assert not missing


def test_every_column_activity_outcome_and_test_is_documented():
    words = {*COLUMNS, *map(str, Activity), *(o.value for o in Outcome), *TESTS}
    assert not [word for word in sorted(words) if f"`{word}`" not in DOCS]


@pytest.fixture(scope="module")
def hooks():
    """The module that mkdocs loads from `docs/`."""
    spec = importlib.util.spec_from_file_location("docs_hooks", ROOT / "docs" / "hooks.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_measure_regime_claim_and_test_has_its_place_in_the_reference(hooks):
    pages = hooks.pages()
    for m in lawbook.measures():
        assert pages[f"measures/{m.regime}/{m.id}.md"].startswith("# ")
        assert f"[{m.id}]({m.id}.md)" in pages[f"measures/{m.regime}/index.md"]
    assert all(f"`{word}`" in pages["reference/claims.md"] for word in lawbook.claims())
    assert all(f"## `{name}`" in pages["reference/tests.md"] for name in TESTS)


def test_links_between_generated_pages_lead_somewhere(hooks):
    pages = hooks.pages()
    for path, text in pages.items():
        for target in re.findall(r"\]\((?!<?https?:)<?([^)>]+)>?\)", text):
            place = (Path("/") / path).parent / target
            assert str(place.resolve().relative_to("/")) in pages, (path, target)


def test_the_build_stops_if_a_measure_has_no_page(hooks, tmp_path):
    for m in lawbook.measures():
        page = tmp_path / "measures" / m.regime / m.id / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text("<html></html>", encoding="utf-8")
    hooks.on_post_build({"site_dir": str(tmp_path)})
    shutil.rmtree(page.parent)
    with pytest.raises(FileNotFoundError, match=m.id):
        hooks.on_post_build({"site_dir": str(tmp_path)})


def test_the_real_build_stops_too(tmp_path, monkeypatch):
    pytest.importorskip("mkdocs", reason="needs the extra docs")
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    m = lawbook.measures()[-1]
    drop = (
        f"def on_files(files, config):\n    files.remove(files.get_file_from_path('measures/{m.regime}/{m.id}.md'))\n"
    )
    (tmp_path / "drop.py").write_text(drop, encoding="utf-8")
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    settings = settings.replace("  - docs/hooks.py\n", f"  - {ROOT}/docs/hooks.py\n  - drop.py\n")
    (tmp_path / "mkdocs.yml").write_text(f"docs_dir: {ROOT}/docs\n{settings}", encoding="utf-8")
    build = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--no-strict", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(build, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert f"no page for {m.id}" in done.stderr

"""Rules of the house that no linter knows. A bug met twice becomes a rule here."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "seawall"
MODULES = sorted(SRC.rglob("*.py"))
PURE = ("model", "match", "trace", "judge", "estimate")
ENGINE = ("match", "trace", "judge", "estimate", "flow.py", "lawbook.py", "holdings.py")


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def room(path: Path) -> str:
    return path.relative_to(SRC).parts[0]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SRC)))
class TestModule:
    def test_fits_in_the_head(self, path: Path) -> None:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400

    def test_every_public_thing_has_a_docstring(self, path: Path) -> None:
        module = tree(path)
        bare = [
            node.name
            for parent in [module, *[n for n in module.body if isinstance(n, ast.ClassDef)]]
            for node in parent.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
            and not node.name.startswith("_")
            and not ast.get_docstring(node)
        ]
        assert not bare
        assert ast.get_docstring(module)

    def test_no_room_for_leftovers(self, path: Path) -> None:
        assert path.stem not in {"utils", "helpers", "common", "core", "manager", "misc"}

    def test_only_config_reads_the_environment(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert path.name == "config.py" or not re.search(r"os\.(environ|getenv)", text)

    def test_pure_rooms_read_no_clock(self, path: Path) -> None:
        if room(path) in PURE:
            assert not re.search(r"\.(today|now|utcnow)\(\)", path.read_text(encoding="utf-8"))

    def test_every_ignore_has_its_reason(self, path: Path) -> None:
        for line in path.read_text(encoding="utf-8").splitlines():
            if re.search(r"#\s*(noqa|type:\s*ignore)", line):
                assert re.search(r"(noqa: [A-Z0-9, ]+|ignore\[[\w, -]+\])\s+(-|#) \S", line), line

    def test_the_engine_knows_no_country(self, path: Path) -> None:
        if room(path) not in ENGINE:
            return
        module = tree(path)
        docs = {id(n.value) for n in ast.walk(module) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)}
        words = re.compile(r"\b(kp|DPRK|Korea|Russia|China|Pyongyang|Rajin)\b", re.IGNORECASE)
        found = [
            n.value
            for n in ast.walk(module)
            if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in docs and words.search(n.value)
        ]
        assert not found


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, seawall; print([m for m in ('polars','numpy','scipy','lxml','typer') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_public_names() -> None:
    import seawall

    assert len(seawall.__all__) <= 25
    assert all(getattr(seawall, name) is not None for name in seawall.__all__)


def test_nothing_tracked_names_a_machine() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    places = re.compile("/" + "(work|root)" + "/")
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.suffix in {".py", ".md", ".yaml", ".yml", ".toml", ".csv", ""} and path.is_file():
            assert not places.search(path.read_text(encoding="utf-8")), name


@pytest.mark.parametrize(
    ("place", "line", "contract"),
    [
        ("model/wrong.py", "from seawall import flow", "imports point down only"),
        ("app/wrong.py", "from seawall.match import build", "faces call flow"),
        ("judge/wrong.py", "import socket", "pure rooms"),
    ],
)
def test_each_contract_fails_on_an_injected_import(tmp_path: Path, place: str, line: str, contract: str) -> None:
    shutil.copytree(ROOT / "src" / "seawall", tmp_path / "seawall", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "seawall" / place).write_text(f'"""A fault."""\n\n{line}\n', encoding="utf-8")
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    broken = [text for text in done.stdout.splitlines() if text.endswith("BROKEN")]
    assert len(broken) == 1, done.stdout
    assert contract in broken[0]

"""Documentation that fails when it is no longer true."""

import re
import subprocess
import sys
from pathlib import Path

from typer.main import get_command

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

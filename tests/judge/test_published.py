"""Every published fact pattern of the research notes is a golden case, or several; `source:` names it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
NOTES = ROOT.parent / "shared" / "law" / "golden_cases.yaml"
"""Beside the repository while it is being built; not part of it."""


def published():
    if not NOTES.is_file():
        return []
    return [case["id"] for case in yaml.safe_load(NOTES.read_text(encoding="utf-8"))["cases"]]


def sources():
    files = sorted((ROOT / "tests" / "cases" / "judge").rglob("*.yaml"))
    cases = [case for path in files for case in yaml.safe_load(path.read_text(encoding="utf-8"))]
    return {name for case in cases for name in re.findall(r"[\w-]+", str(case.get("source", "")))}


NAMED = sources()


@pytest.mark.skipif(not NOTES.is_file(), reason="the research notes are not beside the repository")
@pytest.mark.parametrize("name", published())
def test_a_published_case_is_the_source_of_a_golden_case(name):
    assert name in NAMED

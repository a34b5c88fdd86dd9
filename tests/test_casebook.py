"""The casebook: the engine must find what was written down beforehand."""

from importlib.resources import files

import pytest
import yaml

import seawall
from seawall import flow
from seawall.tables.casebook import load_parties

EXPECTED = yaml.safe_load(files("seawall.tables").joinpath("casebook/expected.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory):
    rows, errors = flow.example()
    assert not errors
    wall = seawall.open(tmp_path_factory.mktemp("data"), casebook_only=True)
    return {v.dealing_id: v for v in flow.check(wall, rows).verdicts}


@pytest.mark.parametrize(("dealing", "outcome"), EXPECTED.items())
def test_the_verdict_is_the_one_written_down(verdicts, dealing, outcome):
    verdict = verdicts[dealing]
    assert verdict.outcome.value == outcome, [(f.measure.id, f.outcome.value, f.missing) for f in verdict.findings]


def test_every_dealing_has_an_expectation(verdicts):
    assert set(verdicts) == set(EXPECTED)
    assert len(EXPECTED) >= 40


def test_parties_are_listed_and_dated():
    parties = load_parties()
    assert len(parties) >= 60
    assert all(p.listings for p in parties)
    assert sum(any(x.listed_on for x in p.listings) for p in parties) >= 60

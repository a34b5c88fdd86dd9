"""Packages compared through the library and the command line: topics, measures, and dealings judged under both."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from seawall import flow, lawbook
from seawall.app.cli import app
from seawall.errors import UsageError
from seawall.model import Activity, Change, Dealing, Outcome, Party, Role
from seawall.tables.packages import load_packages

RUN = CliRunner()


@pytest.fixture(scope="module")
def wall(tmp_path_factory):
    return flow.open(tmp_path_factory.mktemp("data"), casebook_only=True)


def test_topics_say_what_became_of_each():
    found = {t.name: t.change for t in lawbook.compare("2375-draft", "2375").topics}
    assert found["listing: the leader"] is found["listing: the airline"] is Change.DROPPED
    assert found["oil"] is found["labour"] is found["ventures"] is found["inspection"] is Change.SOFTENED
    assert found["textiles"] is found["gas"] is Change.KEPT
    assert found["ship-to-ship"] is None, "what was not seen is not known"


def test_the_softened_text_let_through_what_the_draft_would_have_stopped(wall):
    rows, errors = flow.example()
    found = lawbook.compare("2375-draft", "2375", wall=wall, dealings=rows, errors=errors)
    moved = {d.id: (x.outcome, y.outcome) for d, x, y in found.moved}
    assert moved["diesel-notified"] == (Outcome.PROHIBITED, Outcome.EXEMPT)
    assert moved["loggers-old-contract"] == (Outcome.PROHIBITED, Outcome.EXEMPT)
    assert found.stopped_only_before == len(moved)
    assert found.stopped_only_after == 0


@pytest.mark.parametrize(("name", "before"), [("Air Koryo", Outcome.PROHIBITED), ("Air Nowhere", None)])
def test_whom_the_draft_would_have_listed_is_found_in_dealings(wall, name, before):
    ticket = Dealing("t", Activity.SUPPLY, date(2018, 5, 1), "ru", "cn", goods="catering", hs=("2106",),
                     parties=(Party(Role.BUYER, name),))  # fmt: skip
    found = lawbook.compare("2375-draft", "2375", wall=wall, dealings=[ticket])
    assert [x.outcome for _, x, _ in found.moved] == ([before] if before else [])


def test_a_listing_of_later_days_does_not_count_under_an_earlier_package(wall):
    """The ministry was listed by the UN on 22 December 2017."""
    pay = Dealing("p", Activity.TRANSFER_FUNDS, date(2018, 5, 1), "ru", "cn", value=1.0, currency="EUR",
                  parties=(Party(Role.BANK, "Korea Ungum Corporation"),))  # fmt: skip
    listed = flow.evidence(wall, [pay]).get("p", [])
    later = [e for e in listed if e.authority == "un" and e.listed_on and e.listed_on > date(2017, 9, 11)]
    found = lawbook.compare("2017-09-11", "2018-12-31", "un-dprk", wall=wall, dealings=[pay])
    assert bool(found.moved) is bool(later)


@pytest.mark.parametrize("name", ["2375-drft", "2017-02-30", "", "un-dprk"])
def test_a_package_that_is_not_there_is_named_with_those_that_are(name):
    with pytest.raises(UsageError, match="2375-draft"):
        lawbook.compare(name, "2375")


@pytest.mark.parametrize("form", ["table", "json", "md"])
@pytest.mark.parametrize("name", load_packages())
def test_every_package_prints_in_every_format(name, form):
    done = RUN.invoke(app, ["law", "diff", "2017-08-04", name, "--format", form])
    assert done.exit_code == 1, done.output
    if form == "json":
        page = json.loads(done.output)
        assert page["schema"] == "seawall-comparison/1"
        assert page["differences"]


def test_equal_packages_exit_with_zero_and_say_so():
    done = RUN.invoke(app, ["law", "diff", "2375", "2375"])
    assert done.exit_code == 0
    assert "The measures are the same." in done.output

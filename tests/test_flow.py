"""Flow wires rooms: dates of listings, ships known by number, notes said aloud, the library's own names."""

from datetime import date

import pytest

import seawall
from seawall import flow
from seawall.errors import InputError
from seawall.model import Activity, Dealing, Listing, Party, Query, Role, RowError, Truth

LISTED = Listing("un", "x", "X-1", listed_on=date(2016, 3, 2), delisted_on=date(2020, 1, 1))


@pytest.mark.parametrize(
    ("day", "truth"),
    [
        (date(2016, 3, 1), Truth.FALSE),
        (date(2016, 3, 2), Truth.TRUE),
        (date(2019, 12, 31), Truth.TRUE),
        (date(2020, 1, 1), Truth.FALSE),
        (None, Truth.UNKNOWN),
    ],
)
def test_a_listing_counts_from_its_day_until_the_day_before_delisting(day, truth):
    assert flow._on_list(LISTED, day) is truth


def test_an_undated_listing_is_unknown_not_forever():
    assert flow._on_list(Listing("us", "x", "1"), date(2024, 1, 1)) is Truth.UNKNOWN


def test_a_ship_known_only_by_its_number_is_a_party():
    dealing = Dealing("d", Activity.PORT_CALL, imo="9187629")
    (ship,) = flow._parties_of(dealing)
    assert (ship.role, ship.name, ship.detail("imo")) == (Role.VESSEL, "", "9187629")


def test_the_ships_number_joins_the_one_ship_named():
    dealing = Dealing("d", Activity.PORT_CALL, imo="9187629", parties=(Party(Role.VESSEL, "Vessel A"),))
    (ship,) = flow._parties_of(dealing)
    assert (ship.name, ship.detail("imo")) == ("Vessel A", "9187629")


def test_without_lists_the_casebook_is_used_and_said(tmp_path):
    wall = seawall.open(tmp_path)
    assert wall.entities
    assert "casebook" in wall.notes[0]


def test_lists_that_cannot_be_read_are_an_error_not_an_empty_answer(tmp_path):
    (tmp_path / "odd.bin").write_bytes(b"\x00\x01\x02")
    with pytest.raises(InputError, match=r"odd\.bin"):
        seawall.open(tmp_path, lists=[tmp_path / "odd.bin"])


def test_every_dealing_of_the_casebook_gets_a_verdict(tmp_path):
    rows, errors = flow.example()
    case = flow.check(seawall.open(tmp_path, casebook_only=True), rows, errors=errors)
    assert [v.dealing_id for v in case.verdicts] == [d.id for d in rows]
    assert not case.errors
    assert all("law of the day" in v.checked for v in case.verdicts)


def test_nexus_keeps_only_that_authority(tmp_path):
    rows, _ = flow.example()
    case = flow.check(seawall.open(tmp_path, casebook_only=True), rows, nexus=["un"])
    # A pattern is one wherever it is seen, so typologies stay.
    assert {f.measure.authority for v in case.verdicts for f in v.findings} == {"un", "typology"}


def test_answers_do_not_depend_on_how_many_are_asked_at_once(tmp_path, monkeypatch):
    wall = seawall.open(tmp_path, casebook_only=True, workers=1)
    assert wall.settings.workers == 1
    names = [entity.caption for entity in wall.entities[:6]]
    queries = [Query(str(n), (name,)) for n, name in enumerate([*names, "Nobody At All"])]
    told = []
    whole = flow.screen(wall, queries, told=told.append)
    assert {hit.query_id for hit in whole.hits} == set("012345")
    assert told == [7]
    monkeypatch.setattr(flow, "_SCREENED", 3)
    assert flow.screen(wall, queries, told=told.append) == whole
    assert told[1:] == [3, 6, 7]


def test_pairs_keep_their_order_and_their_scores_however_many_at_once(monkeypatch):
    words = ["Anna Petrova", "Petrova Anna", "John Smith", "Maria Lopez", "Jon Smith"]
    pairs = [(Query(a, (a,)), Query(b, (b,))) for a in words for b in words]
    fault = RowError("p.csv", 9, "name1", "is empty")
    whole = flow.compare(pairs, errors=[fault])
    assert [(x.first, x.second) for x in whole.found] == pairs
    assert whole.errors == (fault,)
    score = {(x.first.id, x.second.id): x.score for x in whole.found}
    assert score["John Smith", "John Smith"] > score["John Smith", "Jon Smith"] > score["John Smith", "Maria Lopez"]
    told = []
    monkeypatch.setattr(flow, "_COMPARED", 10)
    assert flow.compare(pairs, errors=[fault], told=told.append) == whole
    assert told == [10, 20, 25]


def test_no_pairs_are_no_answer():
    assert flow.compare([]).found == ()

"""Flow wires rooms: dates of listings, ships known by number, notes said aloud, the library's own names."""

from datetime import date

import pytest

import seawall
from seawall import flow
from seawall.errors import InputError
from seawall.model import Activity, Dealing, Listing, Party, Role, Truth

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

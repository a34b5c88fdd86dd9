"""Parties and pairs of the user's own: what columns become, and which faults are named where."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seawall.errors import InputError
from seawall.sources import raw as raw_module
from seawall.sources.dates import prefix, span
from seawall.sources.fields import columns, rows
from seawall.sources.parties import read_pairs, read_parties
from seawall.sources.raw import Raw, lines


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "names.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def places(errors):
    return [(e.row, e.field, e.id) for e in errors]


def test_columns_are_taken_by_their_names(file):
    (party,), errors = read_parties(
        file(
            "id,name,alias,birth_date,country,nationality,gender,schema,imo,tax_id,branch\n"
            "7, A B ;A. B.,A B;Ab,02 Mar 1975,Russia;ru,kp,MALE,Person,1; 2,3, north \n"
        ),
        {},
    )
    assert not errors
    assert (party.id, party.names, party.schema) == ("7", ("A B", "A. B.", "Ab"), "Person")
    assert (party.birth, party.countries, party.gender) == (("1975-03-02",), ("ru", "kp"), "male")
    assert party.identifiers == (("imo", "1"), ("imo", "2"), ("tax", "3"))
    assert dict(party.extra)["branch"] == "north"
    assert [name for name, _ in party.extra][:3] == ["id", "name", "alias"]


def test_a_column_that_is_not_there_is_unknown(file):
    (party,), _ = read_parties(file("name\nA B\n"), {}, "Vessel")
    assert (party.id, party.schema, party.birth, party.countries, party.gender) == ("2", "Vessel", (), (), "")
    assert party.identifiers == ()


def test_a_mapping_takes_the_place_of_the_names(file):
    (party,), _ = read_parties(file("who,dob,name\nA B,1975,no\n"), {"who": "name", "dob": "birthDate"})
    assert (party.names, party.birth) == (("A B",), ("1975",))


def test_the_schema_of_a_row_wins_over_the_one_given(file):
    found, _ = read_parties(file("name,schema\nA,Person\nB,\n"), {}, "Vessel")
    assert [party.schema for party in found] == ["Person", "Vessel"]


def test_what_is_not_known_is_named_and_the_party_is_kept(file):
    found, errors = read_parties(
        file("id,name,birth_date,country\na,A,1975-02-30,Atlantis;ru\nb,B,1975,Atlantis\n,C,soon,\n"), {}
    )
    assert [(p.names, p.countries, p.birth) for p in found] == [
        (("A",), ("ru",), ()), (("B",), (), ("1975",)), (("C",), (), ())
    ]  # fmt: skip
    assert places(errors) == [(2, "country", "a"), (2, "birth_date", "a"), (3, "country", "b"), (4, "birth_date", "4")]
    assert all(e.message.endswith("screened without it") for e in errors)


def test_rows_that_cannot_be_read_are_named_in_order_and_the_others_stay(file):
    found, errors = read_parties(
        file(b'id,name,x\n1,A,a\n2,B\xff,b\n3,C,c,d\n4,"D\nE",d\n5,F\0,f\n\n6,G\n7,H\r,h\n8,I,\n'), {}
    )
    assert [(p.id, p.names) for p in found] == [("1", ("A",)), ("4", ("D\nE",)), ("6", ("G",)), ("8", ("I",))]
    assert [e.row for e in errors] == [3, 4, 7, 10]
    assert [dict(p.extra).get("x") for p in found] == ["a", "d", None, ""], "a cell that is not there is not empty"


def test_a_row_after_one_of_several_lines_has_its_own_number(file):
    found, _ = read_parties(file('name\n"A\nB"\nC\n'), {})
    assert [p.id for p in found] == ["2", "4"]


@pytest.mark.parametrize(
    ("content", "mapping", "schema", "says"),
    [
        ("nmae,x\nA,b\n", {}, "", "'name'; is 'nmae' meant"),
        ("name,name\nA,b\n", {}, "", "twice"),
        ("name\n", {"dob": "birthDate"}, "", "'dob', which --map names"),
        ("name\nA\n", {"name": "title"}, "", "no property 'title'"),
        ("name\nA\n", {}, "Animal", "no schema 'Animal'"),
    ],
)
def test_what_stops_the_run_says_why(file, content, mapping, schema, says):
    with pytest.raises(InputError, match=says):
        read_parties(file(content), mapping, schema)


def test_a_first_row_that_ends_early_is_no_missing_column(file):
    found, errors = read_parties(file("name,dob\nA\nB,1975\n"), {"name": "name", "dob": "birthDate"})
    assert not errors
    assert [p.birth for p in found] == [(), ("1975",)]


def test_json_lines_hold_lists_numbers_and_nothing(file):
    records = [
        {"name": ["A", "B; C", None], "birth_date": 1975, "id": 9, "more": {"x": 1}},
        {"branch": " north ", "name": "D", "country": None},
    ]
    text = "\n".join(map(json.dumps, records)) + "\n[1]\n{\n"
    found, errors = read_parties(file(gzip.compress(b"\xef\xbb\xbf" + text.encode())), {})
    assert [(p.id, p.names, p.birth) for p in found] == [("9", ("A", "B; C"), ("1975",)), ("2", ("D",), ())]
    assert found[1].extra == (("branch", "north"), ("name", "D"), ("country", ""))
    assert [e.row for e in errors] == [3, 4]


@pytest.mark.parametrize("values", [["", "a;b", "a", ""], ["x"] * 5, ["x"] * 5 + ["y; z"]])
def test_cells_that_repeat_are_read_like_any(file, values):
    found, _ = read_parties(file("id,name\n" + "".join(f"{n},{v}\n" for n, v in enumerate(values))), {})
    assert [p.names for p in found] == [tuple(t.strip() for t in v.split(";") if t.strip()) for v in values]


CELLS = st.text(st.sampled_from('ab ,;"\n\r\0é=1'), max_size=6)


@given(st.lists(st.lists(CELLS, max_size=4).map(",".join), max_size=8), st.integers(1, 40))
def test_columns_hold_what_rows_hold(records, block):
    data = "\n".join(["name,b,c", *records]).encode()
    before, raw_module._BLOCK = raw_module._BLOCK, block
    try:
        by_row, by_column = [], []
        expected = list(rows(Raw("f", data, ""), by_row, needed="name", known=()))
        found = columns(Raw("f", data, ""), by_column, ("name",), ("name", "c"))
    finally:
        raw_module._BLOCK = before
    assert by_column == by_row
    assert found.rows == [row for row, _ in expected]
    assert list(found.cells["c"]) == [fields.get("c") for _, fields in expected]
    assert found.all == [tuple((k, v.strip()) for k, v in fields.items()) for _, fields in expected]


@given(st.binary(max_size=40), st.integers(1, 12))
def test_lines_do_not_depend_on_the_blocks_they_are_read_in(data, block):
    whole, errors = list(lines(Raw("f", data, ""), before := [])), []
    size, raw_module._BLOCK = raw_module._BLOCK, block
    try:
        assert list(lines(Raw("f", data, ""), errors)) == whole
    finally:
        raw_module._BLOCK = size
    assert errors == before


@given(st.dates().map(str) | st.text("0123456789-", max_size=10))
def test_a_day_is_read_quickly_as_it_is_slowly(text):
    def read(how):
        try:
            return how(text)
        except ValueError as error:
            return str(error)

    assert read(prefix) == read(lambda t: span(t).iso)


def test_pairs_are_two_parties_with_the_row_they_stand_in(file):
    (pair,), errors = read_pairs(
        file(
            "schema,name1,name2,birth_date1,birth_date2,country1,country2,gender1,gender2,set\n"
            "Person,A B,C;D,1975,02 Mar 1976,Russia,kp,Male,female,x\n"
        )
    )
    assert not errors
    one, other = pair
    assert (one.names, one.birth, one.countries, one.gender, one.schema) == (
        ("A B",), ("1975",), ("ru",), "male", "Person"
    )  # fmt: skip
    assert (other.names, other.birth, other.countries, other.gender, other.schema) == (
        ("C", "D"), ("1976-03-02",), ("kp",), "female", "Person"
    )  # fmt: skip
    assert [name for name, _ in one.extra] == [
        "schema", "name1", "name2", "birth_date1", "birth_date2", "country1", "country2", "gender1", "gender2", "set"
    ]  # fmt: skip


def test_a_bad_pair_is_named_and_the_rest_goes_on(file):
    pairs, errors = read_pairs(
        file(
            "id,name1,name2,schema,country2,birth_date1\n"
            "a,,B,,,\nb,A, ; ,,,\nc,A,B,Animal,Atlantis,soon\nd,A,B,,,,x\ne,A,B\n,,,Person\n"
        )
    )
    assert [(one.id, one.schema, other.countries) for one, other in pairs] == [("c", "", ()), ("e", "", ())]
    assert places(errors) == [
        (2, "name1", "a"), (3, "name2", "b"), (4, "schema", "c"), (4, "birth_date1", "c"), (4, "country2", "c"),
        (5, "", "d"), (7, "name1", "7"), (7, "name2", "7"),
    ]  # fmt: skip


def test_pairs_need_both_columns(file):
    with pytest.raises(InputError, match="'name2'; is 'name1' meant"):
        read_pairs(file("name1\nA\n"))


def test_pairs_of_json_lines(file):
    pairs, errors = read_pairs(file('{"name1": "A", "name2": ["B", "C"], "n": 1}\n{"name1": "A"}\n'))
    assert [(one.names, other.names) for one, other in pairs] == [(("A",), ("B", "C"))]
    assert places(errors) == [(2, "name2", "2")]

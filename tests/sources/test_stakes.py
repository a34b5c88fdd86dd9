"""Stakes as people have them, and every fault of a row."""

import gzip
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seawall.errors import InputError
from seawall.model import Stake, StakeKind
from seawall.sources.shares import ANY, Share, between, share
from seawall.sources.stakes import read_stakes

HEAD = "owner,owned,share_min,share_max,kind,from,to\n"
PERCENT = st.integers(0, 100_000).map(lambda n: n / 1000)


@pytest.fixture
def read(tmp_path):
    def run(text, name="g.csv"):
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return read_stakes([path])

    return run


def held(stake: Stake):
    return stake.owner, stake.owned, stake.low, stake.high, stake.kind, stake.known


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("51", 51, 51),
        ("51.5 %", 51.5, 51.5),
        ("33,3%", 33.3, 33.3),
        ("25-50", 25, 50),
        ("25 % to 50 %", 25, 50),
        ("25–50%", 25, 50),
        ("75+", 75, 100),
        ("75% or more", 75, 100),
        ("at least 10", 10, 100),
        ("up to 49", 0, 49),
        ("more than 25% but not more than 50%", 25.000001, 50),
        ("over 25 percent up to 50 percent", 25.000001, 50),
        ("ownership-of-shares-25-to-50-percent", 25, 50),
        (">50%", 50.000001, 100),
        ("<25", 0, 24.999999),
        ("Majority", 50.000001, 100),
        ("minority", 0, 49.999999),
        ("wholly", 100, 100),
    ],
)
def test_shares_in_words(text, low, high):
    assert share(text) == Share(low, high)


@pytest.mark.parametrize("text", ["150 %", "-5", "50-25", "some", "", "over 120", "120+", "20-130", "1e2", "٥٠"])
def test_what_is_no_share(text):
    with pytest.raises(ValueError, match=r"percent|backwards"):
        share(text)


@given(PERCENT, PERCENT)
def test_a_band_reads_as_it_is_written(a, b):
    low, high = sorted((a, b))
    assert share(f"{low}-{high} %") == Share(low, high)
    assert between([share(str(low)), share(str(high))]) == Share(low, high)


def test_plain_rows(read):
    rows = (
        "a,b,25-50,,,,\na,c,10%,20%,votes,2019-01-01,2020-06-30\na,d,,,,,\na,e,60,,,,\na,f,,40,,,\na,g,5,,control,,\n"
    )
    found = read(HEAD + rows)
    assert found.errors == ()
    assert [held(s) for s in found.stakes] == [
        ("a", "b", 25, 50, StakeKind.OWNERSHIP, True),
        ("a", "c", 10, 20, StakeKind.VOTES, True),
        ("a", "d", 0, 100, StakeKind.OWNERSHIP, False),
        ("a", "e", 60, 100, StakeKind.OWNERSHIP, True),
        ("a", "f", 0, 40, StakeKind.OWNERSHIP, True),
        ("a", "g", 0, 100, StakeKind.CONTROL, True),
    ]
    assert (found.stakes[1].start, found.stakes[1].end) == (date(2019, 1, 1), date(2020, 6, 30))
    assert found.places[1][1] == 3


@pytest.mark.parametrize(
    ("days", "on", "low"),
    [
        ("2019,2020-06", "2018-12-31", None),
        ("2019,2020-06", "2019-01-01", 0),
        ("2019,2020-06", "2019-12-30", 0),
        ("2019,2020-06", "2019-12-31", 60),
        ("2019,2020-06", "2020-06-01", 60),
        ("2019,2020-06", "2020-06-02", 0),
        ("2019,2020-06", "2020-06-30", 0),
        ("2019,2020-06", "2020-07-01", None),
        ("2019,2019", "2019-05-05", 0),
        ("2019,2019", "2020-01-01", None),
        (",2019", "1990-01-01", 60),
        ("2019,", "2030-01-01", 60),
    ],
)
def test_within_a_month_or_year_nobody_knows(read, days, on, low):
    found = read(f"{HEAD}a,b,60,60,,{days}\n")
    assert [s.low for s in found.stakes if s.in_force(date.fromisoformat(on))] == ([] if low is None else [low])


def test_names_sources_and_gzip(read):
    text = "owner,owned,share,owner_name,owned_name,source\na,b,51,Alfa,Beta,register\n"
    found = read(gzip.compress(text.encode()), "g.csv.gz")
    assert found.names == {"a": "Alfa", "b": "Beta"}
    assert found.stakes[0].source.endswith("g.csv.gz, row 2: register")


@pytest.mark.parametrize(
    ("row", "field", "kept"),
    [
        ("a,b,150 %,,,,", "share_min", ("a", "b", 0, 100, StakeKind.OWNERSHIP, False)),
        ("a,b,50,25,,,", "share_min", ("a", "b", 0, 100, StakeKind.OWNERSHIP, False)),
        (",b,50,50,,,", "owner", ("", "b", 50, 50, StakeKind.OWNERSHIP, True)),
        ("a,a,10,10,,,", "owner", ("a", "a", 10, 10, StakeKind.OWNERSHIP, True)),
        ("a,b,60,60,,2020-01-01,2019-01-01", "from", ("a", "b", 0, 60, StakeKind.OWNERSHIP, False)),
        ("a,b,60,60,,2020-02-30,", "from", ("a", "b", 0, 60, StakeKind.OWNERSHIP, False)),
        ("a,b,,,control,,soon", "to", ("a", "b", 0, 100, StakeKind.CONTROL, False)),
        ("a,,60,60,,,", "owned", None),
        ("a,b,60,60,friendship,,", "kind", None),
        ("a,b,60,60,member,,", "kind", None),
        ("a,b,60,60,,,,,", "", None),
    ],
)
def test_every_fault_is_told_with_its_row_and_the_rest_goes_on(read, row, field, kept):
    found = read(f"{HEAD}{row}\nx,y,10,10,,,\n")
    assert [(e.row, e.field) for e in found.errors] == [(2, field)]
    assert [held(s) for s in found.stakes[:-1]] == ([kept] if kept else [])
    assert held(found.stakes[-1])[:2] == ("x", "y")


def test_a_share_beside_a_range(read):
    found = read("owner,owned,share,share_min\na,b,51,10\n")
    assert (found.stakes[0].low, [e.field for e in found.errors]) == (51, ["share"])


@pytest.mark.parametrize("text", ["owner,share\na,1\n", "who,owned\na,b\n", "", '{"a": 1}\n'])
def test_files_that_hold_no_stakes(read, text):
    with pytest.raises(InputError):
        read(text)


def ftm(*records):
    lines = [
        json.dumps({"id": f"r{n}", "schema": schema, "properties": properties}) for n, (schema, properties) in records
    ]
    return "\n".join(lines)


def test_ftm(read):
    records = [
        ("Company", {"name": ["Alfa"]}),
        ("Ownership", {"owner": ["a"], "asset": ["b"], "percentage": ["25-50"], "startDate": ["2019-01-01"]}),
        ("Ownership", {"owner": ["a", "c"], "asset": ["d"], "percentage": ["40", "60"], "endDate": ["2020-01-05"]}),
        ("Ownership", {"owner": ["a"], "asset": ["e"], "ownershipType": ["voting rights"], "percentage": ["majority"]}),
        ("Ownership", {"owner": ["a"], "asset": ["f"], "ownershipType": ["controlling interest"]}),
        ("Ownership", {"owner": ["a"], "asset": ["j"], "ownershipType": ["shares", "voting rights"]}),
        ("Directorship", {"director": ["a"], "organization": ["g"], "role": ["Person with significant control"]}),
        ("Directorship", {"director": ["a"], "organization": ["h"], "role": ["Financial controller"]}),
        ("UnknownLink", {"subject": ["a"], "object": ["i"]}),
    ]
    found = read(ftm(*enumerate(records)), "g.json")
    assert found.errors == ()
    assert found.names == {"r0": "Alfa"}
    assert found.left_out == {"Directorship": 1, "UnknownLink": 1}
    assert [held(s) for s in found.stakes] == [
        ("a", "b", 25, 50, StakeKind.OWNERSHIP, True),
        ("a", "d", 40, 60, StakeKind.OWNERSHIP, True),
        ("c", "d", 40, 60, StakeKind.OWNERSHIP, True),
        ("a", "e", 50.000001, 100, StakeKind.VOTES, True),
        ("a", "f", 0, 100, StakeKind.OWNERSHIP, False),
        ("a", "f", 0, 100, StakeKind.CONTROL, False),
        ("a", "j", 0, 100, StakeKind.OWNERSHIP, False),
        ("a", "j", 0, 100, StakeKind.VOTES, False),
        ("a", "g", 0, 100, StakeKind.CONTROL, False),
    ]
    assert (found.stakes[0].start, found.stakes[1].end) == (date(2019, 1, 1), date(2020, 1, 5))


def test_faults_of_ftm(read):
    records = [
        ("Ownership", {"asset": ["b"], "percentage": ["150"]}),
        ("Ownership", {"owner": ["a"], "percentage": ["50"]}),
        ("Ownership", None),
    ]
    found = read(ftm(*enumerate(records)) + "\n[1]\n", "g.json")
    assert [(e.row, e.field) for e in found.errors] == [
        (1, "percentage"),
        (1, "owner"),
        (2, "asset"),
        (3, "schema"),
        (4, ""),
    ]
    assert [held(s) for s in found.stakes] == [("", "b", ANY.low, ANY.high, StakeKind.OWNERSHIP, False)]

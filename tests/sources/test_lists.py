"""Recognition, refusal and repair, on small files."""

import gzip

import pytest

from seawall.errors import AssertionBroken
from seawall.model import IdKind, Name, NameKind, Schema
from seawall.model.entity import Entity, EntityId
from seawall.sources import read_lists, un_consolidated
from seawall.sources.dates import span
from seawall.sources.ofac_remarks import parse_remarks
from seawall.sources.raw import Raw
from seawall.sources.spec import believe, spec

UN = b"""<?xml version="1.0"?>
<CONSOLIDATED_LIST dateGenerated="2020-01-02T00:00:00Z"><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID>
<FIRST_NAME>GLOWING</FIRST_NAME><SECOND_NAME>HARBOUR</SECOND_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE>
<REFERENCE_NUMBER>KPi.999</REFERENCE_NUMBER><LISTED_ON>2016-03-02</LISTED_ON>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Harbour A; Harbour B</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1970</FROM_YEAR><TO_YEAR>1972</TO_YEAR>
</INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>"""


def test_a_small_un_file_is_read_in_full():
    (found,) = un_consolidated.read(Raw("un.xml", UN, ""), spec("un_consolidated"), [])
    assert found.id == "un-KPi.999"
    assert [n.text for n in found.names] == ["GLOWING HARBOUR", "Harbour A", "Harbour B"]
    assert found.names[1].kind is NameKind.WEAK
    assert (found.birth[0].first.year, found.birth[0].last.year) == (1970, 1972)


def test_a_list_far_too_small_is_not_believed(tmp_path):
    (tmp_path / "un.xml").write_bytes(UN)
    read = read_lists([tmp_path])
    assert not read.entities
    assert "between 500 and 5,000" in read.errors[0].message
    assert read.errors[0].field == "entities"


def test_missing_fields_break_an_assertion():
    bare = [Entity(EntityId(str(n)), Schema.PERSON, (Name("A"),)) for n in range(600)]
    with pytest.raises(AssertionBroken, match="listed_on"):
        believe(spec("un_consolidated"), bare, "un.xml")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (UN[:400], "broken"),
        (b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://example.org/x.dtd"><CONSOLIDATED_LIST/>', "document type"),
        (b'<!DOCTYPE x [<!ENTITY a "aaaa">]><CONSOLIDATED_LIST>&a;</CONSOLIDATED_LIST>', "document type"),
        (b"no list at all", "not recognised"),
        (b"\x1f\x8bnot really gzip", "cannot be read"),
    ],
)
def test_what_is_refused_says_why(tmp_path, content, says):
    (tmp_path / "list").write_bytes(content)
    read = read_lists([tmp_path / "list"])
    assert not read.entities
    (error,) = read.errors
    assert says in error.message
    assert error.file.endswith("list")


def test_a_bad_list_does_not_stop_the_others(tmp_path):
    (tmp_path / "a.xml").write_bytes(UN[:300])
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(b"name,reference\nGlowing Harbour,X-1\n,X-2\n"))
    read = read_lists([tmp_path])
    assert [e.caption for e in read.entities] == ["Glowing Harbour"]
    assert {(e.row, e.field) for e in read.errors if e.file.endswith("gz")} == {(3, "name")}


def test_ofac_files_join_by_number(tmp_path):
    rows = "".join(f'{n},"NAME {n}",-0- ,"SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n' for n in range(1, 300))
    main = (
        rows
        + '300,"SHIP","vessel","DPRK] [NPWMD",-0- ,"XX1",-0- ,-0- ,-0- ,"North Korea",-0- ,'
        + "\"a.k.a. 'S'; Vessel Regist\"\r\n\x1a"
    )
    (tmp_path / "a").write_bytes(main.encode())
    (tmp_path / "b").write_text('300,9,"aka","OTHER SHIP",-0- \n', encoding="utf-8")
    (tmp_path / "c").write_text('300,"ration Identification IMO 8916293; MMSI 123456789."\n', encoding="utf-8")
    read = read_lists([tmp_path])
    ship = read.entities[-1]
    assert not read.errors
    assert ship.schema is Schema.VESSEL
    assert [n.text for n in ship.names] == ["SHIP", "OTHER SHIP", "S"]
    assert ship.listings[0].programs == ("DPRK", "NPWMD")
    assert {i.kind: i.value for i in ship.identifiers}[IdKind.IMO] == "8916293"
    assert ship.countries == ("kp",)


def test_remarks_are_taken_apart():
    text = (
        "DOB circa 1957; alt. DOB 01 Mar 1958; POB Nampo; nationality Korea, North; Passport 123 (Korea, North) expires"
        " 06 Jun 2016; Tax ID No. 77 (Russia); Company Number IMO 5342883; Gender Male; Linked To: X CO.; odd fact."
    )
    from seawall.model import RowError

    found = parse_remarks(text, EntityId("us-1"), RowError("f", 1, "", ""), [])
    assert found.birth[0].approximate
    assert found.countries == ("kp",)
    assert [(i.kind.value, i.value, i.country) for i in found.identifiers] == [
        ("passport", "123", "kp"), ("tax", "77", "ru"), ("registration", "5342883", ""),
    ]  # fmt: skip
    assert found.links[0].target_name == "X CO."
    assert found.rest == ("odd fact",)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1975", "1975-01-01", "1975-12-31"), ("Feb 1976", "1976-02-01", "1976-02-29"),
        ("02 Mar 1975", "1975-03-02", "1975-03-02"), ("1970 to 1973", "1970-01-01", "1973-12-31"),
        ("1979-1982", "1979-01-01", "1982-12-31"), ("circa 1960", "1960-01-01", "1960-12-31"),
        ("02/03/1975", "1975-03-02", "1975-03-02"),
    ],
)  # fmt: skip
def test_dates(text, first, last):
    found = span(text)
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


@pytest.mark.parametrize("text", ["31 Feb 1975", "1975-13-01", "soon", "", "12 1975"])
def test_no_dates(text):
    with pytest.raises(ValueError, match=r"date|calendar"):
        span(text)

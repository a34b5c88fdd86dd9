"""The published lists as they are, counted by a second and slower reader."""

import csv
import xml.etree.ElementTree as Slow
from collections import Counter

import pytest

from seawall.model import IdKind, NameKind, Schema
from seawall.sources import read_lists

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def un(shared):
    return read_lists([shared / "lists" / "un"])


@pytest.fixture(scope="module")
def ofac(shared):
    return read_lists([shared / "lists" / "ofac"])


def test_un_every_entry_and_reference(un, shared):
    root = Slow.parse(shared / "lists" / "un" / "consolidated-2026-02-27.xml").getroot()
    assert not un.errors
    assert Counter(e.listings[0].reference for e in un.entities) == Counter(
        x.text.strip() for x in root.iter("REFERENCE_NUMBER")
    )
    assert Counter(e.schema for e in un.entities)[Schema.PERSON] == len(list(root.iter("INDIVIDUAL")))
    assert all(e.listings[0].listed_on for e in un.entities)


def test_un_no_alias_or_document_is_lost(un, shared):
    root = Slow.parse(shared / "lists" / "un" / "consolidated-2026-02-27.xml").getroot()
    names = {" ".join(n.text.split()) for e in un.entities for n in e.names}
    for alias in root.iter("ALIAS_NAME"):
        for part in (alias.text or "").split(";"):
            plain = " ".join(part.split()).strip(" ,")
            assert not plain or plain in names or " a) " in f" {plain}" or any(f" {x}) " in plain for x in "bcdef")
    numbers = [x.text.strip() for x in root.iter("NUMBER") if x.text and x.text.strip()]
    kept = [i.value for e in un.entities for i in e.identifiers if i.kind in (IdKind.PASSPORT, IdKind.NATIONAL_ID)]
    assert Counter(" ".join(n.split()) for n in numbers) == Counter(kept)


def test_un_low_quality_aliases_are_weak(un, shared):
    root = Slow.parse(shared / "lists" / "un" / "consolidated-2026-02-27.xml").getroot()
    low = [a for a in root.iter("INDIVIDUAL_ALIAS") if a.findtext("QUALITY") == "Low" and a.findtext("ALIAS_NAME")]
    weak = [n for e in un.entities for n in e.names if n.kind is NameKind.WEAK]
    assert len(weak) >= len(low) * 0.95


def test_a_company_number_is_not_a_ships(un):
    (firm,) = [e for e in un.entities if e.caption == "CHONMYONG SHIPPING CO"]
    assert not any(i.kind is IdKind.IMO for i in firm.identifiers)
    assert any(i.note == "IMO company number" for i in firm.identifiers)


def test_ofac_every_entry_alias_and_program(ofac, shared):
    folder = shared / "lists" / "ofac"
    rows = [
        r
        for f in ("sdn.csv", "cons_prim.csv")
        for r in csv.reader((folder / f).read_text(encoding="utf-8").splitlines())
        if len(r) == 12
    ]
    assert {e.listings[0].reference for e in ofac.entities} == {r[0] for r in rows}
    assert not ofac.errors
    aliases = [
        r
        for f in ("alt.csv", "cons_alt.csv")
        for r in csv.reader((folder / f).read_text(encoding="utf-8").splitlines())
        if len(r) == 5
    ]
    named = {(e.listings[0].reference, n.text) for e in ofac.entities for n in e.names}
    assert all((r[0], r[3].strip()) in named for r in aliases)
    ships = [e for e in ofac.entities if e.schema is Schema.VESSEL]
    assert len(ships) == sum(r[2] == "vessel" for r in rows)
    assert sum(any(i.kind is IdKind.IMO for i in e.identifiers) for e in ships) > 0.7 * len(ships)


def test_ofac_births_are_all_read(ofac, shared):
    text = (shared / "lists" / "ofac" / "sdn.csv").read_text(encoding="utf-8")
    text += (shared / "lists" / "ofac" / "cons_prim.csv").read_text(encoding="utf-8")
    read = sum(len(e.birth) for e in ofac.entities)
    assert abs(read - text.count("DOB ")) <= 5


def test_older_editions_read_too(shared):
    older = read_lists(sorted((shared / "samples" / "un_list").glob("*.xml"))[:1])
    assert len(older.entities) > 800
    assert not older.errors
    newer = read_lists([shared / "samples" / "ofac_csv" / "sdn_2024-05-03.csv.gz"])
    assert len(newer.entities) > 12_000
    assert not newer.errors


def test_ships_in_remarks_are_links_not_listings(un):
    ties = {e.listings[0].reference: [(x.target_name, x.kind.value) for x in e.links] for e in un.entities if e.links}
    assert ties["KPe.058"] == [("NAM SAN 8", "Ownership"), ("HAP JANG GANG 6", "Ownership")]
    assert ties["KPe.055"] == [("HUA FU", "Ownership")]
    assert ties["KPe.067"] == [("KOTI", "UnknownLink")]
    assert len(ties) == 20

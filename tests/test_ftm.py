"""What we write is FollowTheMoney, and what we read back is what we wrote."""

import json

import pytest

from seawall.model.ftm import from_ftm, to_ftm
from seawall.sources import read_lists
from seawall.tables.casebook import load_parties


def _core(entity):
    return (
        entity.id, entity.schema, {(n.text, n.kind) for n in entity.names}, set(entity.countries), entity.gender,
        {(x.reference, x.programs, x.listed_on, x.delisted_on) for x in entity.listings},
        {(i.kind, i.value) for i in entity.identifiers},
        {(x.kind, x.source, x.target_name, x.share_min, x.share_max) for x in entity.links},
    )  # fmt: skip


def test_the_casebook_survives_the_round_trip():
    for entity in load_parties():
        (back,) = from_ftm(json.loads(json.dumps(to_ftm(entity))))
        assert _core(back) == _core(entity)


@pytest.mark.shared
def test_samples_are_read(shared):
    read = read_lists([shared / "samples" / "opensanctions_ftm" / "t1_entities.ftm.json"])
    assert read.entities
    assert not read.errors


@pytest.mark.shared
def test_the_real_lists_survive_the_round_trip(shared):
    for entity in read_lists([shared / "lists" / "un", shared / "lists" / "ofac"]).entities:
        (back,) = from_ftm(to_ftm(entity))
        if entity.schema.value not in {"Vessel", "Airplane", "CryptoWallet"}:
            assert _core(back) == _core(entity)


def _proxies(entities):
    model = pytest.importorskip("followthemoney", reason="needs the extra ftm").model
    for entity in entities:
        for record in to_ftm(entity):
            yield record, model.get_proxy(record)


def _conforms(entities):
    checked = 0
    for record, proxy in _proxies(entities):
        written = {name: set(values) for name, values in record["properties"].items()}
        for name, values in written.items():
            prop = proxy.schema.get(name)
            assert prop is not None, (record["schema"], name)
            for value in values:
                assert prop.type.validate(value) or prop.type.name in {"identifier", "country"}, (name, value)
        proxy.schema.validate({"properties": {name: list(values) for name, values in written.items()}})
        checked += 1
    return checked


def test_the_library_takes_every_record_of_the_casebook():
    assert _conforms(load_parties()) > 100


@pytest.mark.shared
def test_the_library_takes_every_record_of_the_real_lists(shared):
    assert _conforms(read_lists([shared / "lists" / "un", shared / "lists" / "ofac"]).entities) > 20_000

"""Dealings, routes and ledgers for the laws of judging, made of the words that the rulebook itself asks for."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import yaml
from hypothesis import strategies as st

from seawall.judge import compile
from seawall.judge.rulebook import leaves_of
from seawall.model import Activity, Condition, Dealing, Evidence, Party, Role, Route, Truth
from seawall.sources.dealings import parse_dealings
from seawall.sources.ledger import parse_ledger
from seawall.tables.law import load_regimes, load_terms
from seawall.tables.ledger import FILE, ledger_bytes

REGIMES, TERMS = load_regimes(), load_terms()
RULEBOOK = compile(REGIMES, TERMS)
LEDGER, _ = parse_ledger(ledger_bytes(), FILE, {cap.counts for regime in REGIMES for cap in regime.caps})


def roots(measure):
    return (measure.scope, *(route.when for route in measure.routes))


LEAVES = [leaf for m in RULEBOOK.measures for leaf in leaves_of(m)]


def _words(test, key="any", **wanted):
    """What tests of that name look for, in all measures."""
    found = set()
    for leaf in LEAVES:
        args = dict(leaf.args)
        if leaf.test in test and all(args.get(k) == v for k, v in wanted.items()):
            found |= set(args[key])
    return sorted(found)


CLAIMS = _words({"claimed"})
TARGETS = sorted(set(RULEBOOK.targets.values()))
AUTHORITIES = sorted({m.authority for m in RULEBOOK.measures})
_CODES = sorted({code[:n] for goods in TERMS.goods.values() for code in goods.codes for n in (2, 4, 6)})
_GOODS = sorted({w for g in TERMS.goods.values() for w in g.words} | set(_words({"words", "mentions"}, fact="goods")))
_EDGES = sorted(
    {day for m in RULEBOOK.measures for x in (m, *m.routes) for day in (x.start, x.end) if day}
    | {date.fromisoformat(dict(leaf.args)["day"]) for leaf in LEAVES if leaf.test in {"before", "until", "since"}}
)
_near = st.builds(lambda day, gap: day + timedelta(days=gap), st.sampled_from(_EDGES), st.integers(-1, 1))
days = st.none() | _near | st.dates(date(2005, 1, 1), date(2026, 12, 31))
countries = st.sampled_from(["", *TARGETS, *TARGETS, "cn", "us", "de", "gb"])


def _text(fact, *others):
    return st.sampled_from(["", *others, *_words({"words", "mentions", "one_of"}, fact=fact)])


dealings = st.builds(
    Dealing,
    id=st.just("d"),
    activity=st.sampled_from(Activity),
    date=days,
    from_country=countries,
    to_country=countries,
    origin_country=countries,
    hs=st.lists(st.sampled_from([*_CODES, "27090010", "9403"]), max_size=2).map(tuple),
    goods=st.sampled_from(["", "furniture", *_GOODS]),
    quantity=st.none() | st.sampled_from([1.0, 60_000.0, 60_001.0, 600_000.0]),
    unit=st.sampled_from(["", "t", "bbl", "kg", "pcs"]),
    value=st.none() | st.sampled_from([1.0, 4_999.0, 5_001.0, 1e7]),
    currency=st.sampled_from(["", "usd", "eur", "rub"]),
    parties=st.lists(countries, max_size=2).map(
        lambda found: tuple(Party(Role.BUYER, "A", (("country", c),) if c else ()) for c in found)
    ),
    worker_nationality=countries,
    flag=countries,
    visa=_text("visa", "work"),
    route=_text("route", "elsewhere"),
    contract_date=days,
    approval=st.lists(st.sampled_from(CLAIMS), max_size=2).map(tuple),
    purpose=st.lists(st.sampled_from(CLAIMS), max_size=2).map(tuple),
)


def _golden():
    """The dealings of the golden cases: each measure applies to one, nearly to another, and is open on a third."""
    folder = Path(__file__).parents[1] / "cases" / "judge"
    cases = [case for path in sorted(folder.rglob("*.yaml")) for case in yaml.safe_load(path.read_text("utf-8"))]
    facts = [{"id": str(n), **case["facts"]} for n, case in enumerate(cases)]
    page = io.StringIO()
    writer = csv.DictWriter(page, sorted({column for row in facts for column in row}))
    writer.writeheader()
    writer.writerows(facts)
    return parse_dealings(page.getvalue().encode(), "golden")[0]


GOLDEN = _golden()


@st.composite
def several(draw, most=12):
    """A few dealings, some of them golden ones with one fact changed, each with an id of its own."""
    golden = st.builds(
        lambda known, other, fact: replace(known, **{fact: getattr(other, fact)}),
        st.sampled_from(GOLDEN), dealings, st.sampled_from(["date", "from_country", "hs", "contract_date", "approval"]),
    )  # fmt: skip
    found = draw(st.lists(dealings | golden, min_size=1, max_size=most))
    return [replace(d, id=str(n)) for n, d in enumerate(found)]


proofs = st.builds(
    Evidence,
    role=st.just("buyer"), party=st.just("P"), entity_id=st.just("x"), entity_name=st.just("P"),
    matched_name=st.just("P"), score=st.just(1.0), certain=st.booleans(), authority=st.sampled_from(AUTHORITIES),
    source=st.just("list"), reference=st.just("X"),
    programs=st.lists(st.sampled_from(sorted({p for *_, ps in RULEBOOK.asked for p in ps})), max_size=1).map(tuple),
    listed_on=st.none(), delisted_on=st.none(), on_list=st.sampled_from(Truth), why=st.just("named"),
)  # fmt: skip


def conditions(regime):
    """Conditions of any shape, made of the tests that a regime uses."""
    used = [leaf for m in regime.measures for leaf in leaves_of(m)]
    return st.recursive(
        st.sampled_from(used),
        lambda inner: (
            st.builds(
                Condition, op=st.sampled_from(["all", "any"]), parts=st.lists(inner, min_size=1, max_size=3).map(tuple)
            )
            | st.builds(Condition, op=st.just("not"), parts=st.tuples(inner))
        ),
        max_leaves=4,
    )


def routes(regime):
    """A route that no measure has."""
    return st.builds(
        Route,
        id=st.just("another"), kind=st.just("exemption"), title=st.just("another"), when=conditions(regime),
        start=st.none() | _near, end=st.none() | _near,
    )  # fmt: skip

"""A slow twin of the judge: condition trees walked in plain Python over a dealing, with Kleene's three values."""

from __future__ import annotations

from datetime import date

from seawall.model import Condition, Dealing


def kleene(op: str, values: list[bool | None]) -> bool | None:
    if op == "not":
        return None if values[0] is None else not values[0]
    decides = op == "any"
    if any(v is decides for v in values):
        return decides
    return None if any(v is None for v in values) else not decides


def equal(value: str, wanted: str) -> bool | None:
    return None if not value else value == wanted


def truth(c: Condition, d: Dealing, target: str, goods) -> bool | None:
    if c.op != "test":
        return kleene(c.op, [truth(p, d, target, goods) for p in c.parts])
    args = dict(c.args)
    origin = d.origin_country or d.from_country
    if c.test == "activity":
        return d.activity.value in args["any"]
    if c.test == "from_target":
        return kleene("any", [equal(d.from_country, target), equal(origin, target), d.flag == target])
    if c.test == "to_target":
        return equal(d.to_country, target)
    if c.test == "origin_target":
        return equal(origin, target)
    if c.test == "worker_of_target":
        return equal(d.worker_nationality, target)
    if c.test == "flag_of_target":
        return equal(d.flag, target)
    if c.test == "with_target":
        known = [d.from_country, d.to_country, d.flag, d.worker_nationality, *(p.detail("country") for p in d.parties)]
        return target in known if any(known) else None
    if c.test == "goods":
        return kleene("any", [_goods(goods[name], d) for name in args["any"]])
    if c.test in {"words", "mentions"}:
        text = getattr(d, args["fact"]).lower()
        return any(w in text for w in args["any"]) if text else (None if c.test == "words" else False)
    if c.test in {"before", "until", "since"}:
        value = d.date if args["fact"] == "day" else getattr(d, args["fact"])
        day = date.fromisoformat(args["day"])
        return None if value is None else {"before": value < day, "until": value <= day, "since": value >= day}[c.test]
    if c.test == "claimed":
        return bool({*d.approval, *d.purpose} & set(args["any"]))
    if c.test == "more_barrels":
        rate = {"bbl": 1.0, "t": args["barrels_per_tonne"]}.get(d.unit)
        return None if rate is None or d.quantity is None else d.quantity * rate > args["limit"]
    if c.test == "listed":
        return False
    assert c.test == "open_question", c.test
    return None


def _goods(scope, d: Dealing) -> bool | None:
    prefixes, words = scope
    if not d.hs:
        return True if any(w in d.goods.lower() for w in words) else None
    if any(code.startswith(p) for code in d.hs for p in prefixes):
        return True
    return None if any(p.startswith(code) for code in d.hs for p in prefixes) else False

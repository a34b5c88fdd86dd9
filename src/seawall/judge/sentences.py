"""Conditions in words: the docstring of each test with its arguments, as a sentence that a lawyer can read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from seawall.judge.facts import LABELS
from seawall.judge.rulebook import walk
from seawall.judge.tests import TESTS
from seawall.model import Cap, Clause, Condition, Goods, Regime, Terms, Verification

_GROUPS = {"all": "all of these hold", "any": "one of these holds", "not": "this does not hold"}

NOT = "it is not so that "
"""How the denial of a test begins."""

_SLOTS: Mapping[str, tuple[str, ...]] = {
    "fact": ("A date", "A text of the dealing (goods, route, visa)", "A text of the dealing",
             "A country of the dealing", "A fact"),
    "day": ("this day",),
    "limit": ("a limit",),
    "cap": ("the cap",),
    "authority": ("the authority",),
    "programs": ("these programmes if named",),
    "asks": ("A fact that no column of a dealing holds",),
}  # fmt: skip
"""The words of a docstring that an argument takes the place of."""

_SUBJECTS: Mapping[str, str] = {"goods": "the description of the goods", "day": "the date of the dealing"}
_WORST = (Verification.VERIFIED, Verification.DERIVED, Verification.PARTLY, Verification.MEMORY)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is needed to say the conditions of a regime in words: its target, the terms and the caps they name."""

    target: str
    terms: Terms = field(default_factory=lambda: Terms({}, {}, {}))
    caps: Mapping[str, Cap] = field(default_factory=dict)

    def name(self, code: str) -> str:
        """What a State or group is called, its code in capitals if it has no name here."""
        return self.terms.names.get(code, code.upper())


def lexicon(regime: Regime, terms: Terms) -> Lexicon:
    """The lexicon of a regime."""
    return Lexicon(regime.target, terms, {cap.id: cap for cap in regime.caps})


def clause(condition: Condition, words: Lexicon) -> Clause:
    """A condition and its parts in words."""
    if leaf := single(condition):
        head, rest = sentence(leaf, words)
        told = f"{head}: {rest}" if rest else head
        return Clause(told if condition is leaf else f"{NOT}{told}", condition.op)
    says = condition.says or _GROUPS[condition.op]
    return Clause(says, condition.op, tuple(clause(part, words) for part in parts_of(condition)))


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """The parts of a condition; a part of the same kind that says nothing of its own gives its parts instead."""
    found: list[Condition] = []
    for part in condition.parts:
        same = part.op == condition.op != "not" and not part.says
        found += parts_of(part) if same else (part,)
    return tuple(found)


def single(condition: Condition) -> Condition | None:
    """The test that a condition is, or is the denial of, so that one sentence says it; else None."""
    if condition.op == "not" and not condition.says and condition.parts[0].op == "test":
        return condition.parts[0]
    return condition if condition.op == "test" else None


def sentence(leaf: Condition, words: Lexicon | None = None) -> tuple[str, str]:
    """A test in words, and the values it asks for ("" if none). Without a lexicon, States go by their codes."""
    if leaf.says:
        return leaf.says, ""
    words = words or Lexicon("")
    args = dict(leaf.args)
    doc = (TESTS[leaf.test].__doc__ or leaf.test).strip()
    head = _with_target(re.split(r"[.:;](?:\s|$)", doc, maxsplit=1)[0], words)
    for key in args:
        for phrase in _SLOTS.get(key, ()):
            if phrase in head:
                head = head.replace(phrase, _value(key, leaf.test, args, words))
                break
    if "programs" not in args:
        head = head.replace(", under these programmes if named,", "")
    return (head[:1].lower() + head[1:]).replace("`", ""), _value(
        "any", leaf.test, args, words
    ) if "any" in args else ""


def _with_target(text: str, words: Lexicon) -> str:
    if not words.target:
        return text
    name = words.name(words.target)
    text = text.replace("the target of the regime", name)
    return text.replace("the target's", f"{name}'s").replace("the target", name)


def _value(key: str, test: str, args: Mapping[str, Any], words: Lexicon) -> str:
    value = args[key]
    if key == "any":
        return either(list(dict.fromkeys(_item(str(v), test, words) for v in value)))
    if key == "fact":
        return _SUBJECTS.get(value, LABELS.get(value, str(value)))
    if key == "limit":
        per = f" per {args['per']}" if "per" in args else ""
        return f"{float(value):,.15g} {str(args['currency']).upper()}{per}"
    if key == "cap":
        return f"the cap ({words.caps[value].title})" if value in words.caps else f"the cap {value}"
    if key == "programs":
        return either(list(map(str, value)))
    if key == "authority":
        return f"the {str(value).upper()}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _item(value: str, test: str, words: Lexicon) -> str:
    if test in {"activity", "goods"}:
        return value.replace("_", " ")
    if test in {"words", "mentions"}:
        return f"“{value.strip()}”"
    return words.name(value) if test in {"country", "party_country", "bound"} else value


def either(values: Sequence[str]) -> str:
    """Values as "a, b or c"."""
    return " or ".join(filter(None, (", ".join(values[:-1]), *values[-1:])))


def scopes(conditions: Iterable[Condition], terms: Terms) -> tuple[Goods, ...]:
    """The goods scopes that conditions name, each once."""
    found: dict[str, Goods] = {}
    for leaf in (leaf for condition in conditions for leaf in walk(condition) if leaf.test == "goods"):
        args: Mapping[str, Any] = dict(leaf.args)
        found |= {name: terms.goods[name] for name in args["any"] if name in terms.goods}
    return tuple(found.values())


def least(levels: Iterable[Verification]) -> Verification | None:
    """The level of the least verified, None of none."""
    return max(levels, key=_WORST.index, default=None)

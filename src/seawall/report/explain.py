"""The reason tree as plain sentences, each marked where the law behind it is from memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from seawall.model import Finding, Outcome, Reason, Truth, Verification

_ANSWERS = {Truth.TRUE: "Yes", Truth.FALSE: "No", Truth.UNKNOWN: "Not known"}
_QUESTIONS = ("whether ", "how ", "which ", "who ", "what ", "when ")
FROM_MEMORY = "(law from memory)"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A node of a reason tree as a sentence, `depth` levels in."""

    depth: int
    text: str
    truth: Truth


def sentences(finding: Finding) -> tuple[Sentence, ...]:
    """Why a finding came out as it did, sentence by sentence; what its parts say stands one level in."""
    return tuple(line for part in finding.reason.parts for line in _lines(part, 0))


def _lines(node: Reason, depth: int) -> Iterator[Sentence]:
    yield Sentence(depth, sentence(node), node.truth)
    for part in node.parts:
        yield from _lines(part, depth + 1)


def sentence(node: Reason) -> str:
    """One node in words, without its parts."""
    parts = [node.says, *filter(None, ("; ".join(node.facts), "" if node.parts else _asks(node)))]
    text = f"{_ANSWERS[node.truth]}: {': '.join(parts)}"
    if node.if_true and node.if_true == node.if_false:
        text += f". Either way, {node.if_true}"
    elif node.if_true:
        text += f". If so, {node.if_true}; if not, {node.if_false}"
    mark = f" {FROM_MEMORY}" if node.verification is Verification.MEMORY else ""
    return f"{text}{mark}{':' if node.parts else '.'}"


def _asks(node: Reason) -> str:
    """What is not known, and, where it decides, that it should be asked for or found out."""
    ask = bool(node.if_true)
    if node.missing == (node.says,):
        return "find out" if ask else ""
    questions = [m for m in node.missing if m.startswith(_QUESTIONS)]
    facts = [m for m in node.missing if m not in questions]
    one = len(facts) == 1
    says = [f"{_and(facts)} {'is' if one else 'are'} missing"] if facts else []
    if ask and facts:
        says.append(f"ask for {'it' if one else 'them'}")
    if questions:
        says.append(f"find out {_and(questions)}" if ask else f"{_and(questions)}, is not known")
    return "; ".join(says)


def _and(values: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(values[:-1]), *values[-1:])))


def from_memory(finding: Finding) -> bool:
    """Whether what decided a finding is from memory: the measure, or a route by which it is exempt."""
    routes = finding.reason.parts[2:]
    met = [r for r in routes if finding.outcome is Outcome.EXEMPT and r.truth is Truth.TRUE]
    return any(node.verification is Verification.MEMORY for node in (finding.reason, *met))


def because(finding: Finding) -> str:
    """Why, in a sentence, marked where the law is from memory."""
    return f"{finding.because} {FROM_MEMORY}" if from_memory(finding) else finding.because

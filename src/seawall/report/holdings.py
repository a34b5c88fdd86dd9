"""Who is caught by who owns it, authority by authority: for the terminal, as Markdown, CSV and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from seawall.errors import UsageError
from seawall.model import (
    Answer,
    Branch,
    Flag,
    Force,
    Holding,
    Interest,
    OwnershipTest,
    RowError,
    Stake,
    StakeKind,
    Step,
    Verification,
)
from seawall.report.catalogue import VERIFICATION_WORDS
from seawall.report.rows import to_csv, to_json

SCHEMA = "seawall-trace/1"
COLUMNS = (
    "entity", "name", "on", "authority", "answer", "says", "listed", "share_low", "share_high", "interest_low",
    "interest_high", "proof", "smallest", "asks", "flags", "citation", "verification",
)  # fmt: skip
_STYLES = {Answer.CAUGHT: "bold red", Answer.MAYBE: "bold yellow", Answer.NOT: "bold"}
_OF = {
    StakeKind.OWNERSHIP: "of the shares", StakeKind.VOTES: "of the votes", StakeKind.BOARD: "of the board's seats",
}  # fmt: skip
_DEEPEST = 30
"""Columns by which the terminal sets a long chain in at most."""


@dataclass(frozen=True, slots=True)
class Held:
    """One authority's answer. `tree`: the proof from the entity up; `listed`: ids of those in the graph it lists."""

    test: OwnershipTest
    holding: Holding
    tree: Branch
    interest: Interest
    listed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tracing:
    """The answers on one entity on a day. `names`: the name of an id, as far as known; `stakes`: what `rows` count."""

    entity: str
    on: date
    answers: tuple[Held, ...]
    names: Mapping[str, str]
    stakes: tuple[Stake, ...]
    notes: tuple[str, ...]
    errors: tuple[RowError, ...]
    engine_version: str
    tables_edition: str

    @property
    def found(self) -> bool:
        """Whether some authority's test catches the entity or may."""
        return any(x.holding.answer is not Answer.NOT for x in self.answers)

    def name(self, entity: str) -> str:
        """The entity's name with its id."""
        name = self.names.get(entity, "")
        return f"{name} ({entity})" if name and name != entity else entity or "an owner whom nobody names"


def print_tracing(t: Tracing, console: Console) -> None:
    """The answers one under the other, the notes, and that it is no advice."""
    console.print(Text(f"{t.name(t.entity)} on {t.on}", style="bold"))
    for held in t.answers:
        console.print()
        console.print(Text(f"{held.test.authority}: {says(held)}", style=_STYLES[held.holding.answer]))
        for line in _lines(held):
            console.print(Padding(Text(line), (0, 0, 0, 2), expand=False))
        for depth, line in _tree(t, held):
            console.print(Padding(Text(line), (0, 0, 0, 4 + min(3 * depth, _DEEPEST)), expand=False))
        for line in _after(t, held):
            console.print(Padding(Text(line), (0, 0, 0, 2), expand=False))
    console.print()
    for note in (*t.notes, _closing(t)):
        console.print(Text(note))


def write_tracing(t: Tracing, form: str) -> str:
    """The answers as json, csv or md. Raises UsageError for another format."""
    if form == "json":
        return to_json(_document(t), indent=2)
    if form == "csv":
        return to_csv([_row(t, held) for held in t.answers], COLUMNS, ())
    if form == "md":
        return "\n".join(_markdown(t)) + "\n"
    raise UsageError(f"no format {form!r} for a trace")


def says(held: Held) -> str:
    """The answer in words, with what one who is caught is under this authority."""
    caught = held.test.consequence
    if held.holding.listed:
        return "listed itself"
    words = {Answer.CAUGHT: caught, Answer.MAYBE: f"may be {caught}", Answer.NOT: f"not {caught} by what is known"}
    return words[held.holding.answer]


def rule(test: OwnershipTest) -> str:
    """What a test asks, in a sentence."""
    if test.threshold is None:
        parts = ["owned or controlled by the listed; the text gives no percentage"]
    else:
        parts = [f"{test.threshold:g} percent or more" if test.at_least else f"more than {test.threshold:g} percent"]
        alone = "each listed owner asked alone" + (" unless they hold jointly" if test.joint else "")
        parts.append("listed owners added up" if test.aggregate else alone)
        parts.append("or control" if test.control else "control alone does not count")
    return "Test: " + ", ".join(parts) + ("; guidance." if test.binding is Force.GUIDANCE else "; law.")


def _lines(held: Held) -> Iterator[str]:
    h = held.holding
    yield rule(held.test)
    if not held.listed:
        yield "Nobody in this graph is listed by it on that day."
    elif not h.listed:
        yield f"Counts: {_percent(h.low, h.high)} of the shares."
    if h.proof:
        best = "the smallest set of stakes" if h.smallest else "a set of stakes; a smaller one was not ruled out"
        yield f"Proof, {best}:" if h.answer is Answer.CAUGHT else f"It would be, by {best} at their highest:"


def _after(t: Tracing, held: Held) -> Iterator[str]:
    yield from (f"Ask: {_question(t, step)}" for step in held.holding.asks)
    yield from (f"Note: {flag}." for flag in held.holding.flags)
    low, high = held.interest.low, held.interest.high
    if not held.holding.listed and held.listed:
        yield (
            f"Economic interest of the listed: {_percent(low, high)}. That is another thing: shares multiplied along"
            " the chain. It decides nothing here."
        )
    yield f"Table: {held.test.note}"
    if held.test.verification is not Verification.VERIFIED:
        yield f"This test is {VERIFICATION_WORDS[held.test.verification]}."


def _tree(t: Tracing, held: Held) -> Iterator[tuple[int, str]]:
    """The proof with how deep each line stands: an entity, and under it those through whom it is caught."""
    if held.holding.proof:
        yield from _branch(t, held, held.tree, 0)


def _branch(t: Tracing, held: Held, branch: Branch, depth: int) -> Iterator[tuple[int, str]]:
    own = branch.step is not None and branch.step.owner == branch.step.owned
    again = " [owners as above]" if branch.again and not own else ""
    end = " [listed]" if branch.entity in held.listed else again
    if branch.step is None:
        yield depth, t.name(branch.entity)
    else:
        where = "; ".join(dict.fromkeys(_place(t.stakes[row]) for row in branch.step.rows))
        yield depth, f"<- {t.name(branch.entity)}{end}: {_holds(branch.step)}" + (f" [{where}]" if where else "")
    for owner in branch.owners:
        yield from _branch(t, held, owner, depth + 1)


def _place(stake: Stake) -> str:
    """The file's name and the row."""
    return stake.source.split(": ", 1)[0].rsplit("/", 1)[-1]


def _holds(step: Step) -> str:
    if step.kind is StakeKind.CONTROL:
        return "controls" if step.low > 0 else "may control"
    if step.kind is StakeKind.MEMBER:
        return "party to a joint arrangement"
    if step.owner == step.owned:
        return f"its own shares, {_percent(step.low, step.high)}"
    return f"{_percent(step.low, step.high)} {_OF[step.kind]}"


def _question(t: Tracing, step: Step) -> str:
    """What to find out of one stake."""
    owner, owned = t.name(step.owner), t.name(step.owned)
    if step.kind is StakeKind.CONTROL:
        return f"does {owner} control {owned}?"
    if step.low == step.high:
        return f"does {_percent(step.low, step.high)} {_OF[step.kind]} let {owner} own or control {owned}?"
    known = "nobody says" if (step.low, step.high) == (0.0, 100.0) else f"known: {_percent(step.low, step.high)}"
    return f"how much does {owner} hold {_OF[step.kind]} of {owned}? ({known})"


def _percent(low: float, high: float) -> str:
    one, other = _digits(low), _digits(high)
    return f"{one} %" if one == other else f"{one} to {other} %"


def _digits(percent: float) -> str:
    """Two decimals, but as many as show that a share is not quite a whole number: 50.000001 is more than half."""
    near = 0 < abs(percent - round(percent)) < 0.005
    return f"{percent:.{6 if near else 2}f}".rstrip("0").rstrip(".")


def _closing(t: Tracing) -> str:
    return f"Seawall {t.engine_version}, tables {t.tables_edition}. Not legal advice."


def _markdown(t: Tracing) -> Iterator[str]:
    yield f"# {t.name(t.entity)} on {t.on}"
    for held in t.answers:
        yield from ("", f"## {held.test.authority}: {says(held)}", "")
        yield from (f"- {line}" for line in _lines(held))
        tree = [f"{'   ' * depth}{line}" for depth, line in _tree(t, held)]
        yield from ("", "```text", *tree, "```", "") if tree else ()
        yield from (f"- {line}" for line in _after(t, held))
    yield ""
    yield from (f"{note}\n" for note in (*t.notes, _closing(t)))
    if t.errors:
        yield from ("## What is wrong with the data", "", *(f"- {error}" for error in t.errors))


def _row(t: Tracing, held: Held) -> dict[str, str]:
    h = held.holding
    return {
        "entity": t.entity, "name": t.names.get(t.entity, ""), "on": t.on.isoformat(),
        "authority": held.test.authority, "answer": h.answer.value, "says": says(held),
        "listed": "yes" if h.listed else "no",
        "share_low": f"{h.low:.6f}", "share_high": f"{h.high:.6f}",
        "interest_low": f"{held.interest.low:.6f}", "interest_high": f"{held.interest.high:.6f}",
        "proof": "; ".join(_sentence(t, s) for s in h.proof), "smallest": "yes" if h.smallest else "not known",
        "asks": "; ".join(_question(t, s) for s in h.asks), "flags": "; ".join(h.flags),
        "citation": held.test.citation, "verification": held.test.verification.value,
    }  # fmt: skip


def _sentence(t: Tracing, step: Step) -> str:
    return f"{t.name(step.owner)} > {t.name(step.owned)}: {_holds(step)}"


def _document(t: Tracing) -> dict[str, object]:
    return {
        "schema": SCHEMA, "engine": t.engine_version, "tables": t.tables_edition, "on": t.on,
        "entity": t.entity, "name": t.names.get(t.entity, ""),
        "answers": [
            {
                "authority": held.test.authority, "says": says(held), "test": asdict(held.test),
                **{k: v for k, v in asdict(held.holding).items() if k not in {"entity", "proof", "asks", "flags"}},
                "proof": [_step(t, s) for s in held.holding.proof], "asks": [_step(t, s) for s in held.holding.asks],
                "flags": [{"flag": Flag(flag).name.lower(), "says": flag.value} for flag in held.holding.flags],
                "interest": {"low": held.interest.low, "high": held.interest.high},
                "listed_owners": held.listed,
            }
            for held in t.answers
        ],
        "notes": t.notes, "errors": [asdict(error) for error in t.errors],
    }  # fmt: skip


def _step(t: Tracing, step: Step) -> dict[str, object]:
    names = {"owner_name": t.names.get(step.owner, ""), "owned_name": t.names.get(step.owned, "")}
    sources: Sequence[str] = [t.stakes[row].source for row in step.rows]
    return {**asdict(step), **names, "sources": sources}

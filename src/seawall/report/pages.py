"""Pages for people: Markdown, HTML, and the terminal."""

from __future__ import annotations

from collections import Counter

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from seawall.model import Dealing, Outcome, Truth, Verdict
from seawall.report.case import Case, Screening
from seawall.report.catalogue import VERIFICATION_WORDS
from seawall.report.explain import because, sentence, sentences
from seawall.report.layout import hanging, printable
from seawall.report.rows import faults, proof, screen_rows
from seawall.report.templating import render

WORDS = {
    Outcome.PROHIBITED: "prohibited",
    Outcome.UNDETERMINED: "undetermined",
    Outcome.APPROVAL_REQUIRED: "approval required",
    Outcome.EXEMPT: "exempt",
    Outcome.RED_FLAG: "red flag",
    Outcome.NO_MEASURE_FOUND: "no measure found",
}
_STYLES = {
    Outcome.PROHIBITED: "bold red",
    Outcome.UNDETERMINED: "bold yellow",
    Outcome.APPROVAL_REQUIRED: "magenta",
    Outcome.EXEMPT: "cyan",
    Outcome.RED_FLAG: "yellow",
    Outcome.NO_MEASURE_FOUND: "dim",
}


def counts(case: Case) -> list[tuple[Outcome, int]]:
    """How many dealings have each outcome, gravest first, those with none left out."""
    found = Counter(v.outcome for v in case.verdicts)
    return [(outcome, found[outcome]) for outcome in Outcome if found[outcome]]


def render_case(case: Case, form: str) -> str:
    """A case as `html` or `md`."""
    return render(
        f"case.{form}",
        {
            "case": case,
            "pairs": list(zip(case.dealings, case.verdicts, strict=True)),
            "counts": counts(case),
            "words": WORDS,
            "verification": VERIFICATION_WORDS,
            "proof": proof,
            "because": because,
            "sentence": sentence,
            "sentences": sentences,
        },
    )


def print_case(case: Case, console: Console, *, explain: bool = False) -> None:
    """One row per dealing: what it is, the outcome, the gravest paragraph and why; with `explain`, each why in full."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    table.add_column("dealing", width=max(8, console.width // 4), overflow="fold")
    table.add_column("outcome", no_wrap=True)
    table.add_column("because", ratio=1, overflow="fold")
    for dealing, verdict in zip(case.dealings, case.verdicts, strict=True):
        first = verdict.findings[0] if verdict.findings else None
        paragraph = f"{first.measure.paragraph}. {because(first)}" if first else "nothing applied in what was checked"
        table.add_row(
            Text(printable(dealing.id)), Text(WORDS[verdict.outcome], _STYLES[verdict.outcome]), Text(paragraph)
        )
    console.print(table)
    if explain:
        for dealing, verdict in zip(case.dealings, case.verdicts, strict=True):
            _explain(dealing, verdict, console)
    summary = ", ".join(f"{number} {WORDS[outcome]}" for outcome, number in counts(case))
    console.print(Text(f"{len(case.verdicts)} dealings: {summary}", style="bold"))
    if case.errors:
        console.print(Text(f"{len(case.errors)} rows or files could not be read"))
    for line in (*case.notes, f"Checked: {case.verdicts[0].checked}" if case.verdicts else "", "Not legal advice."):
        if line:
            console.print(Text(line))


_TRUTHS = {Truth.TRUE: "green", Truth.FALSE: "dim", Truth.UNKNOWN: "bold yellow"}


def _explain(dealing: Dealing, verdict: Verdict, console: Console) -> None:
    """Why each measure came out as it did, in sentences."""
    head = Text.assemble((printable(dealing.id), "bold"), ": ", (WORDS[verdict.outcome], _STYLES[verdict.outcome]))
    console.print(head)
    if not verdict.findings:
        console.print(hanging(Text(f"nothing applied in what was checked: {verdict.checked}"), console, 1, ""))
    for f in verdict.findings:
        says = f"{f.measure.paragraph}. {because(f)}"
        console.print(hanging(Text.assemble((WORDS[f.outcome], _STYLES[f.outcome]), f": {says}"), console, 1, ""))
        for line in sentences(f):
            told = Text(printable(line.text))
            told.stylize(_TRUTHS[line.truth], 0, line.text.index(":"))
            console.print(hanging(told, console, 1 + line.depth))
        for label, texts in (("still owed", f.owed), ("would change it", f.would_change)):
            for text in texts:
                console.print(hanging(Text(f"{label}: {text}"), console, 1))
    for e in verdict.evidence:
        console.print(hanging(Text(f"evidence: {printable(proof(e))}"), console, 1, ""))
    console.print()


def print_screening(screening: Screening, console: Console, *, include_empty: bool) -> None:
    """One row per hit."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    for heading, ratio in (("name", 3), ("score", 1), ("listed as", 3), ("reference", 2), ("why", 5)):
        table.add_column(heading, ratio=ratio, overflow="fold", min_width=5)
    for row in screen_rows(screening, include_empty=include_empty):
        if "error" not in row:
            score = f"{float(row['score']):.3f}" if row.get("score") else ""
            cells = (
                row["query_name"],
                score,
                row.get("matched_name", "no hit"),
                row.get("reference", ""),
                row.get("why", ""),
            )
            table.add_row(*map(Text, cells))
    console.print(table)
    names = len({hit.query_id for hit in screening.hits})
    console.print(Text(f"{len(screening.queries)} names: {names} with hits, {len(screening.hits)} hits"))
    for fault in faults(screening.errors)[:5]:
        console.print(Text(f"not read: {fault}"))

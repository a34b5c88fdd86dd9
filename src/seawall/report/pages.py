"""Pages for people: Markdown, HTML, and the terminal."""

from __future__ import annotations

from collections import Counter
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from seawall.model import Outcome
from seawall.report.case import Case, Screening
from seawall.report.catalogue import VERIFICATION_WORDS
from seawall.report.rows import faults, proof, screen_rows

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


def render(case: Case, template: str) -> str:
    """A case through one of the templates (`case.html`, `case.md`)."""
    return (
        _environment(html=template.endswith(".html"))
        .from_string(_template(template))
        .render(
            case=case,
            pairs=list(zip(case.dealings, case.verdicts, strict=True)),
            counts=counts(case),
            words=WORDS,
            verification=VERIFICATION_WORDS,
            proof=proof,
        )
    )


@cache
def _environment(*, html: bool) -> Environment:
    environment = Environment(autoescape=html, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)  # noqa: S701 - Markdown is text; HTML is escaped
    environment.filters["link"] = lambda url: url if str(url).startswith(("https://", "http://")) else ""
    environment.filters["cell"] = lambda text: str(text).replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")
    return environment


@cache
def _template(name: str) -> str:
    return files("seawall.report").joinpath("templates", name).read_text(encoding="utf-8")


def print_case(case: Case, console: Console) -> None:
    """One row per dealing: what it is, the outcome, the gravest paragraph and why."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    table.add_column("dealing", width=max(8, console.width // 4), overflow="fold")
    table.add_column("outcome", no_wrap=True)
    table.add_column("because", ratio=1, overflow="fold")
    for dealing, verdict in zip(case.dealings, case.verdicts, strict=True):
        first = verdict.findings[0] if verdict.findings else None
        paragraph = f"{first.measure.paragraph}. {first.because}" if first else "nothing applied in what was checked"
        table.add_row(Text(dealing.id), Text(WORDS[verdict.outcome], _STYLES[verdict.outcome]), Text(paragraph))
    console.print(table)
    summary = ", ".join(f"{number} {WORDS[outcome]}" for outcome, number in counts(case))
    console.print(Text(f"{len(case.verdicts)} dealings: {summary}", style="bold"))
    if case.errors:
        console.print(Text(f"{len(case.errors)} rows or files could not be read"))
    for line in (*case.notes, f"Checked: {case.verdicts[0].checked}" if case.verdicts else "", "Not legal advice."):
        if line:
            console.print(Text(line))


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

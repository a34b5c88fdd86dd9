"""Finished cases and screenings to text, Markdown, HTML, CSV and JSON."""

from __future__ import annotations

from dataclasses import asdict

from seawall.errors import UsageError
from seawall.report import flows, leak_scenarios
from seawall.report.case import Case, Comparison, Likeness, Likenesses, Screening, exit_code
from seawall.report.catalogue import print_editions
from seawall.report.comparison import comparison_document, comparison_markdown, print_comparison
from seawall.report.figures import (
    ConflictPage,
    FigurePage,
    print_conflicts,
    print_figures,
    write_conflicts,
    write_figures,
)
from seawall.report.flows import (
    Beside,
    CapUse,
    FlowPage,
    SensitivityPage,
    print_flows,
    print_sensitivity,
)
from seawall.report.holdings import Held, Tracing, print_tracing, write_tracing
from seawall.report.law_pages import print_coverage, print_measures, print_sheet, write_sheet
from seawall.report.leak_pages import render_flows, render_sensitivity
from seawall.report.leak_scenarios import (
    EnforcementPage,
    HindcastPage,
    StoppedPage,
    print_enforcement,
    print_hindcast,
    print_stopped,
)
from seawall.report.leak_walls import render_enforcement, render_hindcast, render_stopped
from seawall.report.mirror import MirrorPage, print_mirror, write_mirror
from seawall.report.pages import print_case, print_screening, render_case
from seawall.report.pairs import print_pairs, write_pairs
from seawall.report.rows import (
    CHECK_COLUMNS,
    SCREEN_COLUMNS,
    case_document,
    case_lines,
    check_rows,
    extras,
    markdown_table,
    screen_extras,
    screen_rows,
    to_csv,
    to_json,
)
from seawall.report.sheet import CapOnDay, GoodsScope, Relative, Sheet, Way
from seawall.report.timeline import Timeline, print_timeline, write_timeline

__all__ = [
    "Beside", "CapOnDay", "CapUse", "Case", "Comparison", "ConflictPage", "EnforcementPage", "FigurePage", "FlowPage",
    "GoodsScope", "Held", "HindcastPage", "Likeness", "Likenesses", "MirrorPage", "Relative", "Screening",
    "SensitivityPage", "Sheet", "StoppedPage", "Timeline", "Tracing", "Way", "exit_code", "print_case",
    "print_comparison", "print_conflicts", "print_coverage", "print_editions", "print_enforcement", "print_figures",
    "print_flows", "print_hindcast", "print_measures", "print_mirror", "print_pairs", "print_screening",
    "print_sensitivity", "print_sheet", "print_stopped", "print_timeline", "print_tracing", "render_enforcement",
    "render_flows", "render_hindcast", "render_sensitivity", "render_stopped", "write_case", "write_comparison",
    "write_conflicts", "write_enforcement", "write_figures", "write_flows", "write_hindcast", "write_mirror",
    "write_pairs", "write_screening", "write_sensitivity", "write_sheet", "write_stopped", "write_timeline",
    "write_tracing",
]  # fmt: skip


def write_case(case: Case, form: str) -> str:
    """A case as json, jsonl, csv, md or html. Raises UsageError for another format."""
    if form == "json":
        return to_json(case_document(case), indent=2)
    if form == "jsonl":
        return "\n".join(map(to_json, case_lines(case)))
    if form == "csv":
        rows = check_rows(case)
        return to_csv(rows, CHECK_COLUMNS, extras(rows, CHECK_COLUMNS))
    if form in {"md", "html"}:
        return render_case(case, form)
    raise UsageError(f"no format {form!r} for a case")


def write_comparison(comparison: Comparison, form: str) -> str:
    """A comparison as json or md. Raises UsageError for another format."""
    if form == "json":
        return to_json(comparison_document(comparison), indent=2)
    if form == "md":
        return comparison_markdown(comparison)
    raise UsageError(f"no format {form!r} for a comparison")


def write_screening(screening: Screening, form: str, *, include_empty: bool = False) -> str:
    """A screening as json, jsonl, csv or md. Raises UsageError for another format."""
    rows = screen_rows(screening, include_empty=include_empty)
    if form == "json":
        editions = [asdict(e) for e in screening.editions]
        return to_json({"engine": screening.engine_version, "editions": editions, "results": list(rows)}, indent=2)
    if form == "jsonl":
        return "\n".join(map(to_json, rows))
    if form == "csv":
        return to_csv(rows, SCREEN_COLUMNS, screen_extras(screening, include_empty=include_empty))
    if form == "md":
        return markdown_table(("query_name", "score", "matched_name", "reference", "why"), rows)
    raise UsageError(f"no format {form!r} for a screening")


def write_flows(page: FlowPage, form: str) -> str:
    """Channels as json, csv, md or html. Raises UsageError for another format."""
    return render_flows(page) if form == "html" else flows.write_flows(page, form)


def write_sensitivity(page: SensitivityPage, form: str) -> str:
    """Which unknown matters as json, csv, md or html. Raises UsageError for another format."""
    return render_sensitivity(page) if form == "html" else flows.write_sensitivity(page, form)


def write_enforcement(page: EnforcementPage, form: str) -> str:
    """What held as json, csv, md or html. Raises UsageError for another format."""
    return render_enforcement(page) if form == "html" else leak_scenarios.write_enforcement(page, form)


def write_stopped(page: StoppedPage, form: str) -> str:
    """Two packages as json, csv, md or html. Raises UsageError for another format."""
    return render_stopped(page) if form == "html" else leak_scenarios.write_stopped(page, form)


def write_hindcast(page: HindcastPage, form: str) -> str:
    """A hindcast as json, csv, md or html. Raises UsageError for another format."""
    return render_hindcast(page) if form == "html" else leak_scenarios.write_hindcast(page, form)

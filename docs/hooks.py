"""Reference pages made from the tables, so that none is forgotten and none is out of date.

One page per measure (the sheet of `seawall law show --format md`), one per regime, one of all claims, one of all tests.
The build stops if a measure has no page.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from seawall import lawbook, report
from seawall.model import Measure, Regime
from seawall.report.templating import cell


def on_files(files: Any, config: Any) -> Any:
    """Add the pages to those that lie in `docs/`."""
    from mkdocs.structure.files import File  # noqa: PLC0415 - the pages can be made, and tested, without mkdocs

    for path, text in pages().items():
        files.append(File.generated(config, path, content=text))
    return files


def on_post_build(config: Any) -> None:
    """Stop if the built site lacks the page of a measure. Raises FileNotFoundError naming those that are missing."""
    site = Path(config["site_dir"])
    measures = [m for regime in lawbook.coverage() for m in regime.measures]
    missing = [m.id for m in measures if not (site / _path(m)).with_suffix("").joinpath("index.html").is_file()]
    if missing:
        raise FileNotFoundError(f"no page for {', '.join(missing)}")


def pages() -> dict[str, str]:
    """Every generated page: its path under `docs/` and its Markdown."""
    regimes = lawbook.coverage()
    places = {m.id: f"../{m.regime}/{m.id}.md" for regime in regimes for m in regime.measures}
    found = {"measures/index.md": _text(_regimes(regimes))}
    for regime in regimes:
        found[f"measures/{regime.id}/index.md"] = _text(_regime(regime))
        for m in regime.measures:
            sheet = lawbook.sheet_of(m, regime)
            found[_path(m)] = report.write_sheet(sheet, "md", href=lambda name: places.get(name, ""))
    found["reference/claims.md"] = _text(_claims())
    found["reference/tests.md"] = _text(_tests())
    return found


def _path(m: Measure) -> str:
    return f"measures/{m.regime}/{m.id}.md"


def _text(lines: Iterator[str]) -> str:
    return "\n".join(lines) + "\n"


def _regimes(regimes: tuple[Regime, ...]) -> Iterator[str]:
    yield "# Measures\n"
    yield from (f"- [{cell(r.title)}]({r.id}/index.md), {len(r.measures)} measures" for r in regimes)


def _regime(regime: Regime) -> Iterator[str]:
    yield f"# {cell(regime.title)}\n"
    yield "| measure | law | what | in force | verified |\n|---|---|---|---|---|"
    for m in sorted(regime.measures, key=lambda m: (m.start, m.id)):
        force = f"{m.start} to {m.end or 'now'}"
        title = cell(m.title)
        yield f"| [{m.id}]({m.id}.md) | {cell(m.paragraph)} | {title} | {force} | {m.verification.value} |"
    if regime.paragraphs:
        yield "\n## Where each paragraph went\n"
        yield "| paragraph | what | measures | says |\n|---|---|---|---|"
    for p in regime.paragraphs:
        links = ", ".join(f"[{name}]({name}.md)" for name in p.of)
        yield f"| {cell(p.id)} | {p.kind.value} | {links} | {cell(p.says)} |"


def _claims() -> Iterator[str]:
    yield "# Claims\n"
    yield (
        "Words to write under `approval` or `purpose` of a dealing, and the measures and routes that ask for them."
        " What is not claimed counts as not claimed, never as unknown.\n"
    )
    yield "| claim | asked for by |\n|---|---|"
    for word, places in lawbook.claims().items():
        asked = [f"[{m.id}](../{_path(m)}){f' ({cell(r.title)})' if r else ''}" for m, r in places]
        yield f"| `{word}` | {'<br>'.join(asked)} |"


def _tests() -> Iterator[str]:
    yield "# Tests\n"
    yield "What the conditions of measures are made of. Each is true, false or unknown.\n"
    for name, says in lawbook.tests().items():
        yield f"## `{name}`\n"
        yield from (f"{cell(' '.join(part.split()))}\n" for part in says.strip().split("\n\n"))

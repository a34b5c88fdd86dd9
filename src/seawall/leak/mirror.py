"""Both sides of a trade beside one another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from seawall import __version__, judge
from seawall.estimate import gaps
from seawall.estimate import mirror as mirrored
from seawall.estimate.compilers import compilers
from seawall.estimate.noise import noise
from seawall.estimate.prices import odd_prices
from seawall.judge.trade import banned
from seawall.report import MirrorPage
from seawall.sources.trade import Wanted, places, read_trade
from seawall.tables import law
from seawall.tables.edition import tables_edition
from seawall.tables.mirror import load_mirror


def mirror(files: Sequence[Path], reporters: Sequence[str] = (), partners: Sequence[str] = ()) -> MirrorPage:
    """Set what partners record of one trade side by side, and say which gaps mean something (docs/mirror.md).

    `files` are of any layout of `sources.trade_formats`. `reporters` and `partners`, codes or names, keep only trade of
    one of the former with one of the latter, whichever side tells it; all if none are named.
    Raises UsageError for a country that is not known, InputError if a file cannot be read.
    """
    trade = read_trade(files, Wanted(places(reporters, "--reporter"), places(partners, "--partner")))
    terms = load_mirror()
    bans = banned(judge.compile(law.load_regimes(), law.load_terms()), trade.rows)
    beside = noise(mirrored.pairs(trade.rows, terms), terms)
    pairs = gaps.raised(beside.pairs, terms)
    return MirrorPage(
        read=trade.read, formats=trade.formats, left_out=trade.left_out, errors=trade.errors,
        pairs=gaps.with_bans(pairs, bans), flags=gaps.flags(pairs, bans), classes=beside.classes,
        reporters=beside.reporters, measured=beside.measured, prices=odd_prices(trade.rows, terms),
        compilers=compilers(trade.rows, trade.again), silent=tuple(gaps.silent(trade.rows, pairs)), terms=terms,
        engine_version=__version__, tables_edition=tables_edition().day,
    )  # fmt: skip

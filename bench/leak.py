"""Measure drawing channels: 100,000 draws of every channel in each year, beside a plain loop over worlds.

The slow twin (`tests/oracles/channel_oracle.py`) draws a sample, and the ends of the ranges are compared. Ends with 1
if that takes longer than promised, or if the two do not agree.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from pathlib import Path

import numpy as np

from seawall.estimate import channels as drawing
from seawall.leak import YEARS
from seawall.tables.channels import load_channels

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "oracles"))
import channel_oracle

DRAWS, SECONDS = 100_000, 5.0
"""What is promised on two cores: this many draws of all channels in all years."""
_APART = 0.05
"""How far the ends of a range may be apart, as a share of its width: the error of a sample of the twin."""


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=DRAWS)
    parser.add_argument("--sample", type=int, default=20_000, help="worlds of the slow twin per channel and year")
    parser.add_argument("--regime", default="un-dprk")
    options = parser.parse_args()
    start = time.perf_counter()
    modelled = load_channels(options.regime)
    read = time.perf_counter()
    drawing.estimate(modelled, YEARS, options.draws, 1)
    drawn = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    unknowns = len(drawing.parameters(modelled))
    print(f"{len(modelled)} channels of {unknowns} unknowns, {len(YEARS)} years, {options.draws:,} draws")
    print(f"read {read - start:.2f} s, drawn and summed {drawn - read:.2f} s, peak {peak:,.0f} MB")
    worst, seconds, cells = 0.0, 0.0, 0
    for channel in modelled:
        row = drawing.flow(channel, [2016], drawing.uniforms(drawing.parameters([channel]), options.draws, 1))[0]
        begin = time.perf_counter()
        slow = channel_oracle.worlds(channel, 2016, options.sample, 2)
        seconds += time.perf_counter() - begin
        if slow is None or slow[0] == slow[-1]:
            continue
        cells += 1
        ends = np.quantile(slow, [0.1, 0.5, 0.9])
        worst = max(worst, float(np.abs(np.quantile(row, [0.1, 0.5, 0.9]) - ends).max() / (ends[2] - ends[0])))
    whole = seconds / options.sample * options.draws * len(YEARS)
    print(f"the plain loop: {seconds:.1f} s for {options.sample:,} worlds of one year, so {whole:,.0f} s for all")
    print(f"they differ by at most {worst:.1%} of a range in {cells} channels of 2016 (allowed {_APART:.0%})")
    return 0 if drawn - read <= SECONDS and worst <= _APART else 1


if __name__ == "__main__":
    sys.exit(main())

"""The arithmetic of equal alert rates: what a tool finds when each may raise the same share of false alerts.

A score is in [0, 1]; `MISSED` stands for a query without any hit. `negatives` are the best scores of queries for nobody
on the list, `positives` the scores of the entity that each query was for.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

MISSED = -1.0


def share(scores: Sequence[float], threshold: float) -> float:
    """The share of scores at or above a threshold, 0 of none."""
    return sum(score >= threshold for score in scores) / len(scores) if scores else 0.0


def threshold_at(negatives: Sequence[float], rate: float) -> float | None:
    """The least score that may be the threshold with at most `rate` of the negatives alerting, if any may."""
    allowed = math.floor(rate * len(negatives) + 1e-9)
    found = sorted((score for score in negatives if score > MISSED), reverse=True)
    if len(found) <= allowed:
        return min(found, default=0.0)
    return min((score for score in found if score > found[allowed]), default=None)


def recall_at(positives: Sequence[float], negatives: Sequence[float], rate: float) -> float:
    """The share of positives found when `rate` of the negatives alert.

    Between two thresholds that can be set, as where many negatives score the same, the recall is interpolated (Fawcett
    2006, "An introduction to ROC analysis", section 7), so that a tool with coarse scores is not charged for them.
    Beyond the lowest score given at all nothing more is found.
    """
    allowed = rate * len(negatives) + 1e-9
    found, hits = sorted(s for s in negatives if s > MISSED), sorted(s for s in positives if s > MISSED)
    if len(found) <= allowed:
        return len(hits) / len(positives)
    tie = found[-1 - math.floor(allowed)]
    above, within = len(found) - bisect_right(found, tie), bisect_right(found, tie) - bisect_left(found, tie)
    sure, possible = len(hits) - bisect_right(hits, tie), len(hits) - bisect_left(hits, tie)
    return (sure + (possible - sure) * max(0.0, allowed - 1e-9 - above) / within) / len(positives)


def alerts_at(positives: Sequence[float], negatives: Sequence[float], recall: float) -> float | None:
    """The share of negatives that alert at the highest threshold that finds `recall` of the positives; None if no
    threshold does.
    """
    needed = math.ceil(recall * len(positives) - 1e-9)
    hits = sorted(positives, reverse=True)
    if not 0 < needed <= len(hits) or hits[needed - 1] <= MISSED:
        return None
    return share(negatives, hits[needed - 1])

"""Judge dealings under the law of a day: three values, reasons, missing facts."""

from seawall.judge.frames import ALWAYS, FINDINGS, judge_frame
from seawall.judge.judging import Options, judge
from seawall.judge.rulebook import Rulebook, compile
from seawall.judge.tests import TESTS

__all__ = ["ALWAYS", "FINDINGS", "TESTS", "Options", "Rulebook", "compile", "judge", "judge_frame"]

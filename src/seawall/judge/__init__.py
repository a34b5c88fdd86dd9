"""Judge dealings under the law of a day: three values, reasons, missing facts."""

from seawall.judge.judging import Options, judge
from seawall.judge.rulebook import Rulebook, compile
from seawall.judge.tests import TESTS

__all__ = ["TESTS", "Options", "Rulebook", "compile", "judge"]

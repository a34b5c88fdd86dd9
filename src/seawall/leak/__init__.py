"""How much still flows, what each measure stopped, what another package would change. Wiring only."""

from seawall.leak.channels import YEARS, View, channels, fuel, labour, sensitivity
from seawall.leak.figures import conflicts, figures
from seawall.leak.mirror import mirror
from seawall.leak.stopped import Run, compare, enforcement, hindcast, scenario

__all__ = [
    "YEARS", "Run", "View", "channels", "compare", "conflicts", "enforcement", "figures", "fuel", "hindcast", "labour",
    "mirror", "scenario", "sensitivity",
]  # fmt: skip

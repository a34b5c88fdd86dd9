"""How much still flows, what each measure stopped, what another package would change. Wiring only."""

from seawall.leak.channels import YEARS, View, channels, fuel, labour, sensitivity
from seawall.leak.figures import conflicts, figures
from seawall.leak.mirror import mirror

__all__ = ["YEARS", "View", "channels", "conflicts", "figures", "fuel", "labour", "mirror", "sensitivity"]

"""`seawall leak`: estimates of what flows past a regime, and of what its measures stopped."""

from __future__ import annotations

import typer

leak_app = typer.Typer(help="What still flows, with ranges; what each measure stopped.", no_args_is_help=True)

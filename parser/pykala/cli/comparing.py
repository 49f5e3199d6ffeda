"""Options of the commands that compare records."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Gold = Annotated[
    Path | None,
    typer.Option(
        "--gold", metavar="DIR", help="Gold files that tell what a change has fixed or broken.", show_default=False
    ),
]

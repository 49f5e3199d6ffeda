"""``pykala schema``: the schemas of what the other commands write."""

from __future__ import annotations

from typing import Annotated

import typer

from pykala.cli.terminal import orderly_output, refuse


def schema(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="bulletin, decision, failure, diff or review.", show_default=False),
    ] = None,
) -> None:
    """Print the JSON Schema (2020-12) of the output; without NAME, list the schemas.

    [bold]Examples[/bold]

      pykala schema

      pykala schema bulletin > bulletin.schema.json
    """
    from pykala.schemas import load, names, text

    if name is not None and name not in names():
        refuse(f"there is no schema {name!r}; there are: {', '.join(names())}")
    with orderly_output():
        if name is None:
            for known in names():
                typer.echo(f"{known:<10} {load(known)['version']}  {load(known)['title']}")
        else:
            typer.echo(text(name), nl=False)

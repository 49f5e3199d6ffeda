"""``pykala sources``: where municipalities publish."""

from __future__ import annotations

from typing import Annotated

import typer

from pykala.cli.terminal import orderly_output, refuse


def sources(
    municipality: Annotated[
        list[str] | None,
        typer.Option(
            "--municipality",
            metavar="NAME",
            help="Only this one, by its Finnish or Swedish name, its beginning or its code; may be repeated.",
            show_default=False,
        ),
    ] = None,
    platform: Annotated[
        str | None, typer.Option("--platform", metavar="NAME", help="Only those on this platform.", show_default=False)
    ] = None,
) -> None:
    """List the municipalities with their platforms and the pages that lead to their bulletins.

    Five columns with a tab between them, one line a page: code, Finnish and
    Swedish name, platform, address. The last two are empty where it is not
    known where a municipality publishes.

    [bold]Examples[/bold]

      pykala sources --municipality Espoo

      pykala sources --platform dynasty
    """
    from pykala.fetch.sources import matching, municipalities

    chosen = list(municipalities())
    if municipality:
        found = [matching(words) for words in municipality]
        if not all(found):
            missing = next(words for words, one in zip(municipality, found, strict=True) if not one)
            refuse(f"there is no municipality {missing!r}")
        chosen = list(dict.fromkeys(one for several in found for one in several))
    if platform is not None:
        chosen = [one for one in chosen if one.platform == platform]
        if not chosen:
            known = sorted({one.platform for one in municipalities() if one.platform})
            refuse(f"none is on {platform!r}; the platforms are {', '.join(known)}")
    with orderly_output():
        for one in chosen:
            for address in one.listings or ("",):
                typer.echo("\t".join((one.id, one.name, one.swedish or one.name, one.platform or "", address)))

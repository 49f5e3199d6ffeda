"""``pykala diff``: what differs between two sets of records, by meaning."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from typer.core import TyperCommand

from pykala.cli.comparing import Gold
from pykala.cli.terminal import FAILED, OK, counting, orderly_output, refuse

if TYPE_CHECKING:
    from pykala.diff.command import Outputs
    from pykala.diff.differences import Wanted

_PATHS: Final = "pykala.diff.paths"


class WithPaths(TyperCommand):
    """A command whose arguments may end in ``-- PATH...``, as those of git do."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Keep what stands after ``--`` apart."""
        if "--" in args:
            place = args.index("--")
            ctx.meta[_PATHS] = tuple(args[place + 1 :])
            if not args[place + 1 :]:
                refuse("no path stands after --")
            args = args[:place]
        return super().parse_args(ctx, args)


def diff(  # noqa: PLR0913, PLR0917  # one for each option
    context: typer.Context,
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD", help="What [b]parse -o[/b] has written, or with paths a git revision.", show_default=False
        ),
    ],
    new: Annotated[
        str | None,
        typer.Argument(metavar="NEW", help="Likewise; with paths the working tree unless told.", show_default=False),
    ] = None,
    gold: Gold = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="CLASS",
            help="added, removed, value, role, link, moved, reworded, rule, source; fixed, broken, unjudged. May be repeated.",
            show_default=False,
        ),
    ] = None,
    field: Annotated[
        list[str] | None,
        typer.Option("--field", metavar="FIELD", help="amounts, decisions … May be repeated.", show_default=False),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", metavar="N", min=0, help="List N changes at most; all are counted.", show_default=False
        ),
    ] = None,
    json: Annotated[
        str | None, typer.Option("--json", metavar="FILE", help="Write it as JSON.", show_default=False)
    ] = None,
    markdown: Annotated[
        str | None,
        typer.Option("--markdown", metavar="FILE", help="Write it for a pull request.", show_default=False),
    ] = None,
    html: Annotated[
        str | None, typer.Option("--html", metavar="FILE", help="Write it as a page.", show_default=False)
    ] = None,
) -> None:
    """Show what differs between two sets of records, by meaning.

    Ids, the order of records and entries, and white space of JSON are no
    differences. FILE may be - for standard output.

    With -- PATH... the bulletins there are read with the code of the
    revision OLD and with the present one, or with that of the revision NEW.
    In a repository that holds no code of pykala, the golden records
    (*.expected.json) of both states are compared instead.

    [bold]Exit codes[/bold]

      0  the same

      1  something differs

      2  wrong usage, or something cannot be read

    [bold]Examples[/bold]

      pykala diff before.jsonl after.jsonl --gold corpus/ --only broken

      pykala diff main -- corpus/

      pykala diff v0.1 v0.2 --markdown comment.md -- bulletins/
    """
    from pykala.diff.command import Outputs

    paths = context.meta.get(_PATHS, ())
    if new is None and not paths:
        refuse("name two sets of records, or a revision and paths: pykala diff main -- corpus/")
    outputs = Outputs(json=json, markdown=markdown, html=html)
    if (json, markdown, html).count("-") > 1:
        refuse("only one form can go to standard output")
    with orderly_output():
        raise typer.Exit(_differ(old, new, paths, gold, _wanted(only or [], field or [], limit), outputs))


def _wanted(only: list[str], fields: list[str], limit: int | None) -> Wanted:
    from pykala.diff.differences import Wanted
    from pykala.diff.model import Field, Kind, Verdict

    kinds, verdicts = [one.value for one in Kind], [one.value for one in Verdict]
    for one, known in (*((one, kinds + verdicts) for one in only), *((one, [*Field]) for one in fields)):
        if one not in known:
            refuse(f"there is no {one!r}; there are: {', '.join(known)}")
    return Wanted(
        kinds=frozenset(Kind(one) for one in only if one in kinds),
        verdicts=frozenset(Verdict(one) for one in only if one in verdicts),
        fields=frozenset(map(Field, fields)),
        limit=limit,
    )


def _differ(  # as above
    old: str, new: str | None, paths: tuple[str, ...], gold: Path | None, wanted: Wanted, outputs: Outputs
) -> int:
    """Compare; gives the exit code."""
    from pykala.diff.command import run
    from pykala.errors import PykalaError
    from pykala.evaluate.gold import WrongFile

    try:
        with counting("documents compared") as told:
            return FAILED if run(old, new, paths, gold, wanted, outputs, told) else OK
    except (PykalaError, WrongFile) as error:
        refuse(str(error))

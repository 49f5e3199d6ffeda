"""Which documents a command line names, in which order, and what each is called."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from pykala.batch.expand import expanded, fetching
from pykala.batch.kinds import FLOORS_NAME, GOLD_ENDING, KNOWN_ENDINGS, LINKS_ENDING, Kind, is_document, kind_of
from pykala.batch.names import Names, stem
from pykala.batch.source import STDIN, Source
from pykala.batch.texts import listed

if TYPE_CHECKING:
    from pykala.fetch.policy import Policy

__all__ = [
    "FLOORS_NAME",
    "GOLD_ENDING",
    "KNOWN_ENDINGS",
    "LINKS_ENDING",
    "STDIN",
    "Input",
    "WrongInput",
    "collect",
    "inputs",
]

#: What holds many documents and is looked for in folders; JSON Lines there are mostly records, or failures.
_OF_FOLDERS: Final = frozenset({Kind.ZIP, Kind.TAR, Kind.WARC})
_ADDRESS: Final = ("http://", "https://")


class WrongInput(ValueError):
    """An input that names no document; says which and why."""


@dataclass(frozen=True, slots=True)
class Input(Source):
    """One document to parse.

    Attributes:
        name: what it is called in this run: the path's last part without its ending, unlike all others.
    """

    name: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a command line asks for.

    Attributes:
        arguments: files, folders, archives, patterns, addresses, or ``-`` once for standard input.
        lists: files that name more of them, one a line; ``-`` for standard input.
        leave_out: a folder whose files do not count, since the run writes there.
        policy: how addresses are fetched; as anybody is by default.
    """

    arguments: Sequence[str] = ()
    lists: Sequence[str] = ()
    leave_out: Path | None = None
    policy: Policy | None = None


def collect(arguments: Sequence[str], *, leave_out: Path | None = None) -> tuple[Input, ...]:
    """The documents that the arguments name, in their order; a folder's files in sorted order.

    Of a folder only files of a known ending count, and no hidden file, no folder of that kind and no gold or floors; a page
    beside which ``NAME.links.json`` says where it leads is a listing, and no document. Where two documents would have one
    name, the later ones are called ``NAME-2``, ``NAME-3`` and so on.

    Args:
        arguments: files, folders, or ``-`` once.
        leave_out: a folder whose files do not count, since the run writes there.

    Raises:
        WrongInput: an argument is no file and no folder, or a folder holds no document or is itself ``leave_out``.
    """
    return tuple(inputs(Wanted(arguments, leave_out=leave_out)))


def inputs(wanted: Wanted) -> Iterator[Input]:
    """The same as :func:`collect`, one by one and with the documents inside archives; checked before the first is given.

    What turns out to be missing only when its turn comes, such as a file that a list names, is an input that says so.

    Raises:
        WrongInput: as :func:`collect`; or standard input would be read twice.
    """
    if [*wanted.arguments, *wanted.lists].count(STDIN) > 1:
        raise WrongInput("standard input (-) can be read only once")
    leave_out = wanted.leave_out.resolve() if wanted.leave_out else None
    for argument in wanted.arguments:
        _check(argument, leave_out)
    for source in wanted.lists:
        if source != STDIN and not Path(source).is_file():
            raise WrongInput(f"{source}: there is no such file")
    return _named(_sources(wanted, leave_out))


def _named(sources: Iterable[Source]) -> Iterator[Input]:
    names = Names()
    for one in sources:
        yield Input(
            one.uri, one.content, one.retrieved_at, name=names.new("stdin" if one.uri == STDIN else stem(one.uri))
        )


def _sources(wanted: Wanted, leave_out: Path | None) -> Iterator[Source]:
    with fetching(wanted.policy) as fetch:
        for argument in wanted.arguments:
            yield from _documents(argument, leave_out, fetch)
        for source in wanted.lists:
            for path in listed(source):
                yield from _documents(path, leave_out, fetch)


def _documents(argument: str, leave_out: Path | None, fetch: Callable[[str], Source]) -> Iterator[Source]:
    """What one argument, or one line of a list, stands for."""
    if argument == STDIN or argument.startswith(_ADDRESS):
        yield from expanded(argument, None, fetch)
    elif os.path.isdir(argument):  # noqa: PTH112  # a path as given, which Path would rewrite
        for one in _walk(argument, leave_out):
            yield from (one,) if one.content is not None else expanded(one.uri, kind_of(one.uri), fetch)
    elif found := _matches(argument):
        for path in found:
            yield from _documents(path, leave_out, fetch)
    else:
        yield from expanded(argument, kind_of(argument), fetch)


def _check(argument: str, leave_out: Path | None) -> None:
    """Refuse an argument that names nothing, before anything is read."""
    if argument == STDIN or argument.startswith(_ADDRESS) or _matches(argument):
        return
    path = Path(argument)
    if not argument or not path.exists():
        raise WrongInput(f"{argument or 'an empty name'}: there is no such file or folder")
    if not path.is_dir():
        return
    if path.resolve() == leave_out:
        raise WrongInput(f"{argument}: records cannot be written into a folder that is read")
    if next(_walk(argument, leave_out), None) is None:
        raise WrongInput(f"{argument}: the folder holds no {', '.join(sorted(KNOWN_ENDINGS))} file")


def _matches(pattern: str) -> list[str]:
    """The paths that fit a pattern which the shell has left alone, sorted; none where a file has that very name."""
    if not glob.has_magic(pattern) or os.path.lexists(pattern):
        return []
    return sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207  # a path as given


def _walk(folder: str, leave_out: Path | None) -> Iterator[Source]:
    """Files and folders of one level together in sorted order; links to folders are not followed."""
    try:
        with os.scandir(folder) as entries:
            inside = sorted(
                (entry for entry in entries if not entry.name.startswith(".")), key=lambda entry: entry.name
            )
    except OSError as error:
        yield Source(folder, error)
        return
    listings = {entry.name.removesuffix(LINKS_ENDING) for entry in inside if entry.name.endswith(LINKS_ENDING)}
    for entry in inside:
        if entry.is_dir(follow_symlinks=False):
            if leave_out is None or Path(entry.path).resolve() != leave_out:
                yield from _walk(entry.path, leave_out)
        elif entry.is_file() and _counts(entry.name, listings):
            yield Source(entry.path)


def _counts(name: str, listings: set[str]) -> bool:
    """Whether a file of a folder is taken, beside pages whose links are written down since they are listings."""
    return (is_document(name) and PurePath(name).stem not in listings) or kind_of(name) in _OF_FOLDERS


def count(wanted: Wanted) -> int | None:
    """How many documents there will be, where that can be told without opening anything."""
    leave_out = wanted.leave_out.resolve() if wanted.leave_out else None
    number = 0
    for argument in () if wanted.lists else wanted.arguments:
        paths = _matches(argument) or [argument]
        for path in paths:
            one = (Source(path),) if not os.path.isdir(path) else _walk(path, leave_out)  # noqa: PTH112
            for source in one:
                if kind_of(source.uri) is not None:
                    return None
                number += 1
    return number or None

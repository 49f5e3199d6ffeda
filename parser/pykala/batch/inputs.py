"""Which documents a command line names, in which order, and what each is called."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

STDIN: Final = "-"
KNOWN_ENDINGS: Final = frozenset({".txt", ".html", ".htm", ".xhtml", ".json", ".pdf"})
GOLD_ENDING: Final = ".expected.json"
LINKS_ENDING: Final = ".links.json"
FLOORS_NAME: Final = "floors.json"


class WrongInput(ValueError):
    """An input that names no document; says which and why."""


@dataclass(frozen=True, slots=True)
class Input:
    """One document to parse.

    Attributes:
        uri: its path as given, or ``-`` for standard input.
        name: what it is called in this run: the path's last part without its ending, unlike all others.
    """

    uri: str
    name: str


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
    if arguments.count(STDIN) > 1:
        raise WrongInput("standard input (-) can be read only once")
    uris: list[str] = []
    for argument in arguments:
        uris.extend(_documents(argument, leave_out.resolve() if leave_out else None))
    return tuple(Input(uri, name) for uri, name in zip(uris, _names(uris), strict=True))


def _documents(argument: str, leave_out: Path | None) -> Iterable[str]:
    if argument == STDIN:
        return (STDIN,)
    path = Path(argument)
    if not argument or not path.exists():
        raise WrongInput(f"{argument or 'an empty name'}: there is no such file or folder")
    if not path.is_dir():
        return (argument,)
    if path.resolve() == leave_out:
        raise WrongInput(f"{argument}: records cannot be written into a folder that is read")
    found = tuple(_walk(argument, leave_out))
    if not found:
        raise WrongInput(f"{argument}: the folder holds no {', '.join(sorted(KNOWN_ENDINGS))} file")
    return found


def _walk(folder: str, leave_out: Path | None) -> Iterator[str]:
    """Files and folders of one level together in sorted order; links to folders are not followed."""
    with os.scandir(folder) as entries:
        inside = sorted((entry for entry in entries if not entry.name.startswith(".")), key=lambda entry: entry.name)
    listings = {entry.name.removesuffix(LINKS_ENDING) for entry in inside if entry.name.endswith(LINKS_ENDING)}
    for entry in inside:
        if entry.is_dir(follow_symlinks=False):
            if leave_out is None or Path(entry.path).resolve() != leave_out:
                yield from _walk(entry.path, leave_out)
        elif entry.is_file() and _is_document(entry.name) and Path(entry.name).stem not in listings:
            yield entry.path


def _is_document(name: str) -> bool:
    lower = name.lower()
    known = os.path.splitext(lower)[1] in KNOWN_ENDINGS  # noqa: PTH122  # a name
    return known and not lower.endswith((GOLD_ENDING, LINKS_ENDING)) and lower != FLOORS_NAME


def _names(uris: Sequence[str]) -> Iterator[str]:
    """A name for each document, told apart without regard to case, as on file systems that have none."""
    wanted = ["stdin" if uri == STDIN else Path(uri).stem for uri in uris]
    taken: set[str] = set()
    for name in wanted:
        free, count = name, 1
        while free.casefold() in taken:
            count += 1
            free = f"{name}-{count}"
        taken.add(free.casefold())
        yield free

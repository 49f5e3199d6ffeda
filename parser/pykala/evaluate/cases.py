"""Gold files and records on disk, and which record answers to which gold file."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, Final

from pydantic import ValidationError

from pykala.batch.inputs import GOLD_ENDING
from pykala.evaluate.found import Found, found
from pykala.evaluate.gold import Gold, WrongFile, first_of, read_gold
from pykala.evaluate.publishers import Publisher, Publishers
from pykala.evaluate.record_file import RecordFile

_ENDING: Final = re.compile(r"\.(?:json|txt|x?html?|pdf|docx?)$", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"-\d+$")
_NOTHING: Final = found(RecordFile())


@dataclass(frozen=True, slots=True)
class Case:
    """A gold file with the record that answers to it.

    Attributes:
        path: the gold file's place in its tree, without its ending.
        absent: whether there is no record; ``found`` is empty then.
    """

    path: str
    gold: Gold
    found: Found
    absent: bool
    publisher: Publisher | None


@dataclass(frozen=True, slots=True)
class _Held:
    """A record with the name and the folders that its document has."""

    name: str
    folders: tuple[str, ...]
    found: Found


def cases(gold: Path, records: Path, publishers: Publishers | None = None) -> tuple[Case, ...]:
    """Every gold file below a folder with its record, in order of their names.

    A record answers to the gold file that is called as its document, without ending: of a folder of records the file's
    name counts, of JSON Lines ``source.uri``. Documents of one name are told apart by the folders they lie in.

    Args:
        gold: a folder; where it holds any ``*.expected.json``, other files are no gold.
        records: JSON Lines, or a folder with one ``NAME.json`` for each document.
        publishers: the publishers to whom the documents belong, if that is to be known.

    Raises:
        WrongFile: there is no gold, a file is malformed, or a document belongs to no publisher.
    """
    files = gold_files(gold)
    held: dict[str, list[_Held]] = {}
    for one in _records(records):
        held.setdefault(one.name, []).append(one)
    names = Counter(stem(path) for path in files)
    made = []
    for path in files:
        inside = path.relative_to(gold).with_name(stem(path)).as_posix()
        facts = read_gold(path)
        answer = _answer(path, held.get(stem(path), ()), alone=names[stem(path)] == 1)
        publisher = publishers.of(inside, facts.municipality) if publishers else None
        if publishers and publisher is None:
            raise WrongFile(f"{path}: not exactly one of the publishers has this document")
        made.append(Case(inside, facts, answer.found if answer else _NOTHING, answer is None, publisher))
    return tuple(made)


def gold_files(folder: Path) -> tuple[Path, ...]:
    """The gold files below a folder, in order of their names.

    Raises:
        WrongFile: there is none.
    """
    found = [path for path in folder.rglob("*.json") if path.is_file()]
    expected = [path for path in found if path.name.endswith(GOLD_ENDING)]
    if not found:
        raise WrongFile(f"{folder}: there is no gold file (*{GOLD_ENDING} or *.json)")
    return tuple(sorted(expected or found, key=lambda path: (path.name, path)))


def stem(path: Path) -> str:
    """What a gold file's document is called, without its ending."""
    return path.name.removesuffix(GOLD_ENDING) if path.name.endswith(GOLD_ENDING) else path.stem


def without_ending(name: str) -> str:
    """What a document is called, without its ending.

    >>> without_ending("minutes.pdf")
    'minutes'
    """
    return _ENDING.sub("", name)


def _answer(path: Path, fitting: Sequence[_Held], *, alone: bool) -> _Held | None:
    """The record of a gold file: of several the one that shares most folders with it, of equals the last."""
    shared = [(shared_folders(path.parent.parts, one.folders), index) for index, one in enumerate(fitting)]
    if not alone:
        shared = [pair for pair in shared if pair[0]]
    return fitting[max(shared)[1]] if shared else None


def shared_folders(one: Sequence[str], other: Sequence[str]) -> int:
    """How many folders two paths share, counted from the file up."""
    count = 0
    for a, b in zip(reversed(one), reversed(other), strict=False):
        if a != b:
            break
        count += 1
    return count


# ---------------------------------------------------------------- records


def _records(path: Path) -> Iterator[_Held]:
    if not path.is_dir():
        for number, line in enumerate(_content(path).splitlines(), 1):
            if line.strip():
                yield _held(line, f"{path}, line {number}")
        return
    files = sorted(path.glob("*.json"))
    if not files:
        raise WrongFile(f"{path}: the folder holds no record (NAME.json)")
    for file in files:
        yield _held(_content(file), str(file), file.stem)


def _content(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise WrongFile(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise WrongFile(f"{path}: is no UTF-8") from error


def _held(content: str, place: str, file: str | None = None) -> _Held:
    """The record that some JSON holds; one of a folder goes by its file's name."""
    try:
        data: Any = json.loads(content)
        if not isinstance(data, Mapping):
            raise WrongFile(f"{place}: is no bulletin's record but a {type(data).__name__}")
        record = RecordFile.model_validate(data)
    except ValidationError as error:
        raise WrongFile(f"{place}: {first_of(error)}") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise WrongFile(f"{place}: is no JSON: {error}") from error
    uri = PurePath((record.source.uri if record.source else "").split("?")[0])
    document = without_ending(uri.name)
    named = document if file is None or _NUMBERED.sub("", file) == document else file
    return _Held(named, uri.parent.parts, found(record))

"""Rules as data: TOML files whose entries carry their own proof.

An entry may have ``examples`` (sentences in which ``[[…]]`` marks exactly what the entry reads), ``counterexamples``
(sentences in which it reads nothing) and ``known_failures`` (examples that do not work yet; when one starts to work it has
to move to ``examples``). One test walks them all.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from pykala.errors import RuleError
from pykala.model import Value


@cache
def load(name: str) -> Mapping[str, Any]:
    """The content of one rule file.

    Args:
        name: the file's stem, for example ``"units"``.

    Raises:
        RuleError: the file is missing or is no TOML.
    """
    path = files(__name__) / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise RuleError(str(error), source=f"{name}.toml", remedy="mend the rule file") from error


def names() -> tuple[str, ...]:
    """The stems of all rule files, sorted."""
    return tuple(sorted(p.name.removesuffix(".toml") for p in files(__name__).iterdir() if p.name.endswith(".toml")))


@cache
def fingerprint() -> str:
    """A hash of every rule file's content: two records with the same one were read by the same rules."""
    digest = hashlib.sha256()
    for name in names():
        digest.update(name.encode() + b"\0" + (files(__name__) / f"{name}.toml").read_bytes() + b"\0")
    return digest.hexdigest()[:16]


class Proof(Value):
    """One example or counterexample of an entry.

    Attributes:
        rule: ``<file>.<entry id>``.
        text: the sentence without its marks.
        marked: spans that the rule has to read in it, none for a counterexample.
        known_failure: it does not work yet.
    """

    rule: str
    text: str
    marked: tuple[tuple[int, int], ...]
    known_failure: bool = False


def unmark(example: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A sentence without its ``[[…]]`` marks, and the spans that they held.

    >>> unmark("Lautakunta [[myönsi]] luvan.")
    ('Lautakunta myönsi luvan.', ((11, 17),))

    Raises:
        RuleError: a mark is not closed, or nothing is marked.
    """
    pieces = re.split(r"(\[\[|\]\])", example)
    text, spans, opened = "", [], None
    for piece in pieces:
        if piece == "[[" and opened is None:
            opened = len(text)
        elif piece == "]]" and opened is not None:
            spans.append((opened, len(text)))
            opened = None
        elif piece in ("[[", "]]"):
            raise RuleError(f"unbalanced mark in example: {example!r}")
        else:
            text += piece
    if opened is not None or not spans:
        raise RuleError(f"nothing, or half, is marked in example: {example!r}")
    return text, tuple(spans)


def proofs() -> Iterator[Proof]:
    """Every example and counterexample of every entry of every file."""
    for name in names():
        for entries in load(name).values():
            for entry in entries if isinstance(entries, list) else ():
                if isinstance(entry, dict) and "id" in entry:
                    yield from _proofs_of(f"{name}.{entry['id']}", entry)


def _proofs_of(rule: str, entry: Mapping[str, Any]) -> Iterator[Proof]:
    for example in entry.get("examples", ()):
        yield Proof(rule, *unmark(example))
    for example in entry.get("known_failures", ()):
        yield Proof(rule, *unmark(example), known_failure=True)
    for text in entry.get("counterexamples", ()):
        yield Proof(rule, text, ())

"""Inline runs of one paragraph → drafts: labels, bold headings and line breaks set apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pykala.model import BlockKind, Origin
from pykala.read import shape, typeset
from pykala.read.draft import Draft

BREAK: Final = "\v"  # stands for <br> until the lines are set

_SPACES: Final = re.compile(r"[ \t\n\r\f]+")
_SEPARATORS: Final = re.compile(r"[\s|/»›>·•,\-–]*\Z")
_WIDE_GAP: Final = re.compile(r"[\s\u00a0]{2,}|\t")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style.

    Attributes:
        names: classes of the inline element that holds it.
        link: it is the text of a link.
    """

    text: str
    bold: bool = False
    names: tuple[str, ...] = ()
    link: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a paragraph stands: what its drafts inherit."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    marks: tuple[str, ...] = ()
    path: str = ""


def drafts_of(runs: Sequence[Run], setting: Setting) -> Iterator[Draft]:
    """The drafts that one block of markup makes: mostly one, more where labels stand in it."""
    whole = "".join(run.text for run in runs)
    if not whole or whole.isspace() or _only_steers(runs):
        return
    lines = _lines(runs)
    if setting.kind is not BlockKind.PARAGRAPH:
        text = typeset.lines("\n".join(_text(line) for line in lines))
        if text:
            yield _draft(text, setting)
        return
    yield from _paragraphs(lines, setting)


def _only_steers(runs: Sequence[Run]) -> bool:
    """A row of links with nothing but separators between them leads elsewhere."""
    links = sum(1 for run in runs if run.link and not run.text.isspace())
    others = "".join(run.text for run in runs if not run.link)
    return links >= 2 and bool(others.strip()) and _SEPARATORS.match(others) is not None


def _lines(runs: Sequence[Run]) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    for run in runs:
        pieces = run.text.split(BREAK) if BREAK in run.text else [run.text]
        for index, piece in enumerate(pieces):
            if index:
                lines.append([])
            if piece:
                lines[-1].append(Run(_SPACES.sub(" ", piece), run.bold, run.names, run.link))
    return [line for line in lines if any(run.text.strip() for run in line)]


def _text(line: Sequence[Run]) -> str:
    """The text of a line; a gap that only the style sheet draws becomes a space."""
    text = ""
    styled = False
    for run in line:
        if styled and text[-1:].isalnum() and run.text[:1].isupper() and not text[-1:].isupper():
            text += " "
        text += run.text
        styled = bool(run.names)
    return text


def _paragraphs(lines: list[list[Run]], setting: Setting) -> Iterator[Draft]:
    kept: list[str] = []
    texts = [typeset.line(typeset.characters(_text(line))) for line in lines]
    bold = [_is_bold(line) for line in lines]
    if all(bold) and shape.may_head(whole := typeset.wrapped(texts)):
        yield _draft(whole, setting, heads=True)
        return
    for index, line in enumerate(lines):
        last = index + 1 == len(lines)
        if bold[index] and not last and not bold[index + 1] and shape.may_head(texts[index]):
            yield from _kept(kept, setting)
            yield _draft(texts[index], setting, heads=True)
            continue
        label = _label(line)
        if label:
            yield from _kept(kept, setting)
            names, head, rest = label
            yield _draft(head, setting, heads=True, names=names)
            line, texts[index] = rest, typeset.line(typeset.characters(_text(rest)))
            if last and not kept and _is_bold(rest) and shape.may_head(texts[index]):
                yield _draft(texts[index], setting, heads=True)
                continue
        kept.append(texts[index])
    yield from _kept(kept, setting)


def _kept(kept: list[str], setting: Setting) -> Iterator[Draft]:
    text = typeset.lines("\n".join(kept))
    kept.clear()
    if text:
        yield _draft(text, setting)


def _is_bold(line: Sequence[Run]) -> bool:
    return all(run.bold or not run.text.strip() for run in line)


def _label(line: Sequence[Run]) -> tuple[tuple[str, ...], str, list[Run]] | None:
    """A label at the start of a line (its classes, its text, what follows it), None where there is none."""
    at = next(index for index, run in enumerate(line) if run.text.strip())
    first = line[at]
    end = at + 1
    while end < len(line) and line[end].bold == first.bold and line[end].names == first.names:
        end += 1
    if not first.bold and not first.names or first.link or end == len(line):
        return None
    raw = "".join(run.text for run in line[at:end])
    rest = "".join(run.text for run in line[end:])
    head = typeset.line(raw)
    if not rest.strip() or not shape.is_label(head) or len(head) < 4 or head.isupper() and " " not in head:
        return None
    gap = raw[len(raw.rstrip()) :] + rest[: len(rest) - len(rest.lstrip())]
    glued = not gap and rest[0].isupper()
    colon = first.bold and (head[-1] == ":" or rest[0] == ":")
    if not (glued or colon or _WIDE_GAP.search(gap)):
        return None
    following = list(line[end:])
    if rest[0] == ":":
        following[0] = Run(following[0].text[1:], following[0].bold, following[0].names, following[0].link)
    return first.names, head, following


def _draft(text: str, setting: Setting, *, heads: bool = False, names: tuple[str, ...] = ()) -> Draft:
    kind = BlockKind.HEADING if heads else setting.kind
    level = setting.level if kind is setting.kind else 0
    return Draft(text, kind, level, names + setting.marks, Origin(path=setting.path or None))

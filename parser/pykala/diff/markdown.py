"""A diff as Markdown for a pull request: words of documents are made harmless, and the whole fits into a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Final

from pykala.diff.differences import Differences
from pykala.diff.model import Change, DocumentDiff, Verdict
from pykala.diff.wording import (
    KINDS,
    amount,
    counted,
    kinds_counted,
    produced,
    sign,
    stories,
    subject,
    tally,
    values,
    verdicts_counted,
)
from pykala.explain.marks import plain

#: Characters after which no further document is told; forges take 65,536 in a comment.
ROOM: Final = 60_000
_OPEN: Final = 5
_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|~:@])")
_VERDICTS: Final = {Verdict.FIXED: "✅ fixed", Verdict.BROKEN: "❌ broken"}


def markdown(differences: Differences) -> Iterator[str]:
    """The diff in pieces: a summary, then a fold for each document."""
    summary = differences.summary
    head = [f"### {counted(summary)}", ""]
    if summary.changes:
        head.append(f"- {amount(summary.changes)}: {', '.join(kinds_counted(summary))}")
    if summary.judged and summary.changes:
        head.append(f"- by gold of {summary.judged} documents: **{', '.join(verdicts_counted(summary))}**")
    head += [f"- {harmless(produced(differences.old, differences.new))}", ""]
    yield "\n".join(head)
    used = left_out = told = 0
    for number, document in enumerate(differences.documents):
        piece = _document(document, unfolded=number < _OPEN)
        if used + len(piece) > ROOM:
            left_out += 1
            continue
        used += len(piece)
        told += len(document.changes)
        yield piece
    if told < summary.changes:
        yield f"\n… and {summary.changes - told} more changes" + (f", in {left_out} documents\n" if left_out else "\n")


def harmless(text: str) -> str:
    r"""Words of a document as Markdown that says nothing but them.

    >>> harmless("a *b* <img>")
    'a \\*b\\* &lt;img&gt;'
    """
    return escape(_SPECIAL.sub(r"\\\1", " ".join(plain(text).split())), quote=False)


def _document(document: DocumentDiff, *, unfolded: bool) -> str:
    lines = [f"\n<details{' open' if unfolded else ''}><summary>{_named(document)}</summary>\n"]
    for story in stories(document):
        lines.append(f"- {_change(story.change)}")
        if quote := _quote(story.change):
            lines.append(f"  {quote}")
        lines += [f"  - {_change(one)}" for one in story.consequences]
    return "\n".join([*lines, "", "</details>", ""])


def _named(document: DocumentDiff) -> str:
    name = escape(" ".join(plain(document.document).split()), quote=False)
    return f"<code>{name}</code>: {tally(document.changes)}"


def _change(change: Change) -> str:
    old, new = values(change)
    said = harmless(old or new or "") if old is None or new is None else f"~~{harmless(old)}~~ → {harmless(new)}"
    verdict = f" {_VERDICTS[change.verdict]}" if change.verdict in _VERDICTS else ""
    cause = f" <sub>{harmless(str(change.cause))}</sub>"
    return f"{sign(change)} **{KINDS[change.kind]}** {harmless(subject(change))}: {said}{verdict}{cause}"


def _quote(change: Change) -> str:
    around = change.side.context
    if around is None:
        return ""
    return f"<br>…{harmless(around.before)} **{harmless(around.words)}** {harmless(around.after)}…"

"""A diff as one page that needs no network and no script, and trusts no word of the documents."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from pykala.diff.differences import Differences
from pykala.diff.model import Change, Context, DocumentDiff, Kind, Verdict
from pykala.diff.wording import KINDS, Story, counted, produced, sign, stories, subject, tally, values
from pykala.explain.shell import head, safe

#: As many documents are unfolded at first.
UNFOLDED = 20


def page(differences: Differences) -> Iterator[str]:
    """The page in pieces: its head with the figures, then each document that differs."""
    summary = differences.summary
    yield f"""{head(f"{counted(summary)} – compared by pykala", style=_style())}
<body>
<a class="skip" href="#documents">Skip to the documents</a>
<header>
<h1>{counted(summary)}</h1>
{_figures(differences)}
<p>{safe(differences.old.name)} → {safe(differences.new.name)}</p>
<p>{safe(produced(differences.old, differences.new))}</p>
</header>
<main id="documents" tabindex="-1">
"""
    for number, document in enumerate(differences.documents):
        yield _document(document, unfolded=number < UNFOLDED)
    if summary.shown < summary.changes:
        yield f"<p>… and {summary.changes - summary.shown} more changes</p>\n"
    yield "</main>\n</body>\n</html>\n"


@cache
def _style() -> str:
    return (files("pykala.diff") / "page.css").read_text("utf-8")


def _figures(differences: Differences) -> str:
    summary = differences.summary
    rows = [(KINDS[kind], count, _class(kind)) for kind, count in summary.kinds.items() if count]
    if summary.judged:
        rows += [(verdict.value, count, verdict.value) for verdict, count in summary.verdicts.items()]
    cells = "".join(f'<div><dt>{name}</dt><dd class="{style}">{count}</dd></div>' for name, count, style in rows)
    return f'<dl class="figures">{cells}</dl>' if cells else ""


def _class(kind: Kind) -> str:
    return kind.value if kind in (Kind.ADDED, Kind.REMOVED) else "other"


def _document(document: DocumentDiff, *, unfolded: bool) -> str:
    title = f" <i>{safe(document.title)}</i>" if document.title else ""
    items = "".join(map(_story, stories(document)))
    return (
        f"<details{' open' if unfolded else ''}><summary>{safe(document.document)}{title} "
        f"<b>{tally(document.changes)}</b></summary>\n<ol>{items}</ol></details>\n"
    )


def _story(story: Story) -> str:
    change = story.change
    before, after = (side.context if side else None for side in (change.old, change.new))
    quotes = [before, after] if before and after and before != after else [after or before]
    following = "".join(f"<li>{_change(one)}</li>" for one in story.consequences)
    return (
        f'<li id="{change.id}">{_change(change)} <small>{safe(str(change.cause))}</small>'
        + "".join(_quote(around) for around in quotes if around)
        + (f"<ul>{following}</ul>" if following else "")
        + "</li>\n"
    )


def _change(change: Change) -> str:
    old, new = (safe(value) if value is not None else None for value in values(change))
    said = [f"<del>{old}</del>" if old is not None else "", f"<ins>{new}</ins>" if new is not None else ""]
    verdict = (
        f' <span class="verdict {change.verdict}">{change.verdict}</span>'
        if change.verdict is not Verdict.UNJUDGED
        else ""
    )
    return (
        f'<strong class="{_class(change.kind)}">{sign(change)} {KINDS[change.kind]}</strong> {safe(subject(change))}: '
        f"{' → '.join(part for part in said if part)}{verdict}"
    )


def _quote(around: Context) -> str:
    words = f"<mark>{safe(around.words)}</mark>"
    return f"<blockquote>…{safe(around.before)}{words}{safe(around.after)}…</blockquote>"

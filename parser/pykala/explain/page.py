"""The explained text as one page that needs no network, no script to be read, and trusts no word of the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from importlib.resources import files

from pykala.explain.marks import Explained, Kind, Mark, marks, paragraphs, pieces, plain
from pykala.explain.panel import panel
from pykala.explain.shell import head, safe
from pykala.model import Block, BlockKind
from pykala.record import Record

LABELS = {
    Kind.DECISION: "Decisions",
    Kind.AMOUNT: "Sums",
    Kind.YEARS: "Years",
    Kind.DATE: "Dates",
    Kind.INSTITUTION: "Institutions",
    Kind.REJECTED: "Read as no value",
}


def page(analysis: Explained) -> str:
    """The whole page.

    Args:
        analysis: a record with the findings behind it.
    """
    record = analysis.record
    marked = marks(record, analysis.findings.rejected)
    title = safe(record.title or record.source.uri)
    top = head(f"{title} – explained by pykala", style=_asset("page.css"), script=_asset("page.js"))
    return f"""{top}
<body>
<a class="skip" href="#decisions">Skip to the decisions</a>
{_header(record, title, marked)}
<main>
<article lang="{record.language}" aria-label="The bulletin's text">
{"".join(_paragraphs(record, marked, analysis.document.bulletin.blocks))}
</article>
<aside aria-label="What was read">
{panel(record, marked)}
</aside>
</main>
<div id="tips" hidden>
{"".join(_tip(mark) for mark in marked)}
</div>
<script>{_asset("page.js")}</script>
</body>
</html>
"""


@cache
def _asset(name: str) -> str:
    return (files("pykala.explain") / name).read_text("utf-8")


def _header(record: Record, title: str, marked: Iterable[Mark]) -> str:
    meeting = record.meeting
    facts = (
        ("Municipality", f"{record.municipality.name} ({record.municipality.code})" if record.municipality else None),
        ("Body", meeting.body if meeting else None),
        ("Meeting", meeting.date if meeting else None),
        ("Published", record.published),
        ("Case", ", ".join(record.case_numbers)),
        ("Kind", record.kind),
        ("Language", record.language),
        ("Source", record.source.uri),
    )
    rows = "".join(f"<div><dt>{label}</dt><dd>{safe(value)}</dd></div>" for label, value in facts if value)
    counts = dict.fromkeys(Kind, 0)
    for mark in marked:
        counts[mark.kind] += 1
    legend = "".join(
        f'<label class="key {kind}"><input type="checkbox" id="show-{kind}" checked>'
        f"<span>{LABELS[kind]}</span> <b>{count}</b></label>"
        for kind, count in counts.items()
    )
    return (
        f"<header>\n<h1>{title}</h1>\n<dl>{rows}</dl>\n"
        f'<fieldset class="legend"><legend>Marks to show</legend>{legend}</fieldset>\n</header>'
    )


def _paragraphs(record: Record, marked: tuple[Mark, ...], blocks: tuple[Block, ...]) -> Iterator[str]:
    kinds = {block.start: block for block in blocks}
    for start, end, active in paragraphs(record.text, marked):
        content = "".join(_pieces(start, end, active, record))
        block = kinds.get(start)
        name = block.kind.value if block else BlockKind.PARAGRAPH.value
        yield f'<p class="{name}">{content}</p>\n'


def _pieces(start: int, end: int, active: list[Mark], record: Record) -> Iterator[str]:
    text = record.text
    for piece in pieces(start, end, active, record):
        words = safe(text[piece.start : piece.end])
        clause = " clause" if piece.decision else ""
        if not piece.over:
            yield f'<span class="clause">{words}</span>' if clause else words
            continue
        anchors = [f"m{mark.number}" for mark in piece.over if max(mark.start, start) == piece.start]
        own = f' id="{anchors[0]}"' if anchors else ""
        others = "".join(f'<a id="{anchor}"></a>' for anchor in anchors[1:])
        numbers = " ".join(str(mark.number) for mark in piece.over)
        tips = " ".join(f"t{mark.number}" for mark in piece.over)
        title = escape(" | ".join(_told(mark) for mark in piece.over), quote=True)
        yield (
            f'{others}<mark{own} class="{piece.over[0].kind}{clause}" tabindex="0" data-marks="{numbers}"'
            f' aria-describedby="{tips}" title="{title}">{words}</mark>'
        )


def _told(mark: Mark) -> str:
    facts = "".join(f"; {label}: {fact}" for label, fact in mark.facts)
    return plain(f"{mark.kind}: {mark.value}{facts} [{mark.rule}]")


def _tip(mark: Mark) -> str:
    facts = "".join(f"<div><dt>{safe(label)}</dt><dd>{safe(fact)}</dd></div>" for label, fact in mark.facts)
    kind = "read as no value" if mark.kind is Kind.REJECTED else mark.kind.value
    return (
        f'<div class="tip {mark.kind}" id="t{mark.number}"><strong>{kind}</strong> '
        f"<b>{safe(mark.value)}</b><dl>{facts}<div><dt>rule</dt><dd><code>{safe(mark.rule)}</code></dd></div></dl></div>\n"
    )

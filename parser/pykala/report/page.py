"""The report as one page that needs no network and trusts no word of the documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pykala.explain.shell import head, safe
from pykala.pages.assets import data, module, options, style
from pykala.pages.words import PageLanguage, Words, words
from pykala.report.counted import Left
from pykala.report.gathered import Gathered
from pykala.report.money import money
from pykala.report.plots import bars, columns, heat
from pykala.report.rows import rows
from pykala.report.totals import By, Label, Total, currencies, totals

_PACKAGE: Final = "pykala.report"
_ORDER: Final = (By.DECIDED, By.RECIPIENT, By.BODY, By.FUND, By.FOR)
_ORDERS: Final = ("text", "sum", "small", "new", "old", "recipient", "body")


@dataclass(frozen=True, slots=True)
class Telling:
    """What every part of the page draws on.

    Attributes:
        totals: those of each kind, in the order of :func:`pykala.report.totals.totals`; their place there is their number.
    """

    gathered: Gathered
    words: Words
    language: PageLanguage
    totals: Mapping[By, tuple[Total, ...]]


def page(gathered: Gathered, language: PageLanguage = PageLanguage.EN) -> str:
    """The whole page.

    Args:
        gathered: what the records say.
        language: of the page's own words.
    """
    tell = Telling(gathered, words(_PACKAGE, language), language, {by: totals(gathered.sums, by) for by in By})
    told = tell.words
    script = module(_PACKAGE, "page.js")
    top = head(f"{told['title']} – pykala", style=style(_PACKAGE, "page.css"), script=script, language=language.value)
    listed = rows(gathered.sums, {by: tell.totals[by] for by in By}, told, language)
    return f"""{top}
<body>
<a class="skip" href="#sums">{told["skip"]}</a>
{_header(tell)}
<main>
{"".join(_currency(tell, currency) for currency in currencies(gathered.sums)) or f'<p class="empty">{told["nothing"]}</p>'}
{heat(gathered.decisions, told)}
{_how(tell)}
{_table(told)}
</main>
{data("told", listed)}
<script type="module">{script}</script>
</body>
</html>
"""


def _header(tell: Telling) -> str:
    told, gathered = tell.words, tell.gathered
    days = sorted(day for _, day in gathered.decisions if day)
    read = (
        told["read_from"].format(bulletins=gathered.bulletins, first=days[0], last=days[-1])
        if days
        else told["read_undated"].format(bulletins=gathered.bulletins)
    )
    figures = [
        (money(_whole(tell, currency), currency, tell.language), told["granted_in"].format(currency=currency))
        for currency in currencies(gathered.sums)
    ]
    figures += [
        (str(sum(one.counts > 0 for one in gathered.sums)), told["sums_counted"]),
        (str(sum(one.why is not None for one in gathered.sums)), told["sums_left"]),
        (str(sum(gathered.decisions.values())), told["decisions_read"]),
    ]
    boxes = "".join(f"<div><dd>{safe(figure)}</dd><dt>{safe(label)}</dt></div>" for figure, label in figures)
    links = "".join(
        f'<a href="#{name}">{safe(told[name])}</a>'
        for name in (*(by.value for by in _ORDER if tell.totals[by]), "timeline", "how", "rows")
    )
    return (
        f'<header>\n<h1>{told["title"]}</h1>\n<p class="read">{safe(read)}</p>\n'
        f'<dl class="figures">{boxes}</dl>\n<nav>{links}</nav>\n</header>'
    )


def _whole(tell: Telling, currency: str) -> Decimal:
    return sum((one.counts for one in tell.gathered.sums if one.sum.currency == currency), Decimal(0))


def _currency(tell: Telling, currency: str) -> str:
    """The totals in one currency; those of the first carry the anchors."""
    first = currency == currencies(tell.gathered.sums)[0]
    return "\n".join(_section(tell, by, currency, anchored=first) for by in _ORDER)


def _section(tell: Telling, by: By, currency: str, *, anchored: bool) -> str:
    told = tell.words
    numbered = [(number, one) for number, one in enumerate(tell.totals[by]) if one.currency == currency]
    labelled = [(number, named(one.label, by, told), one) for number, one in numbered]
    drawn = columns if by is By.DECIDED else bars
    note = f'<p class="note">{told[f"note-{by.value}"]}</p>' if f"note-{by.value}" in told else ""
    own = f' id="{by.value}"' if anchored else ""
    heading = told[by.value] if anchored else f"{told[by.value]}, {safe(currency)}"
    return f'<section class="totals"{own}>\n<h2>{heading}</h2>\n{note}{drawn(labelled, by, told, tell.language)}\n</section>'


def named(label: Label, by: By, told: Words) -> str:
    """What a total is of, in one line."""
    *before, last = label
    own = last if last is not None else told[f"none-{by.value}"]
    return ", ".join([own, *(part for part in before if part and part not in own)])


def _how(tell: Telling) -> str:
    told = tell.words
    left = Counter(one.why for one in tell.gathered.sums if one.why and not one.counts)
    in_part = sum(1 for one in tell.gathered.sums if one.why and one.counts)
    part = f"<p>{told['how_parts'].format(count=in_part)}</p>" if in_part else ""
    lines = "".join(
        f'<tr><th scope="row"><a href="#sums:why:{why}">{safe(why_of(why, told))}</a></th><td>{left[why]}</td></tr>'
        for why in Left
        if left[why]
    )
    table = (
        f'<table class="why"><thead><tr><th scope="col">{told["why"]}</th><th scope="col">{told["sums"]}</th></tr></thead>'
        f"<tbody>{lines}</tbody></table>"
    )
    return (
        f'<section id="how">\n<h2>{told["how"]}</h2>\n<p class="prose">{told["how_text"]}</p>\n{part}'
        f"{table if lines else ''}\n</section>"
    )


def why_of(why: Left, told: Words) -> str:
    """A reason in words."""
    return told["total-why" if why is Left.TOTAL else why.value]


def _table(told: Words) -> str:
    shows = [("", told["show_all"]), ("counted", told["show_counted"]), ("left", told["show_left"])]
    shows += [(why.value, f"– {why_of(why, told)}") for why in Left]
    orders = [(name, told[f"order_{name}"]) for name in _ORDERS]
    return f"""<section id="rows">
<h2>{told["rows"]}</h2>
<noscript><p class="empty">{told["no_script"]}</p></noscript>
<form class="tools" id="tools" hidden>
<label><span>{told["search"]}</span><input type="search" id="search" placeholder="{told["search_hint"]}" autocomplete="off" spellcheck="false"></label>
<label><span>{told["show"]}</span><select id="show">{options(shows)}</select></label>
<label><span>{told["order"]}</span><select id="order">{options(orders)}</select></label>
</form>
<p class="only" id="only" hidden><span></span> <button type="button">{told["clear"]}</button></p>
<p id="found" role="status"></p>
<ol id="sums" tabindex="-1"></ol>
<button type="button" id="more" hidden></button>
</section>"""

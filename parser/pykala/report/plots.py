"""Plots of totals: words and figures are text of the page, only bars are drawn, so that they read at every width and in print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Final

from pykala.explain.shell import safe
from pykala.pages.words import PageLanguage, Words
from pykala.report.money import money, short
from pykala.report.periods import timeline
from pykala.report.totals import By, Total

Labelled = tuple[int, str, Total]
"""A total with its number among those of its kind, and its name."""

_AT_ONCE: Final = 15
_YEARS_AT_ONCE: Final = 40
_AT_MOST: Final = 300
_SHADES: Final = 6
_LONGEST_GAP: Final = 5  # years of nothing that are drawn


def columns(labelled: Sequence[Labelled], by: By, told: Words, language: PageLanguage) -> str:
    """Totals side by side, in their order: what changes over the years."""
    largest = max((one.total for _, _, one in labelled), default=Decimal(0))
    items: list[str] = []
    last = None
    for number, name, one in labelled:
        year = int(name) if name.isdecimal() else None
        if year and last and year - last < _LONGEST_GAP:
            items += (
                f"<li>{_column(Decimal(0), largest)}<span>{between}</span></li>" for between in range(last + 1, year)
            )
        last = year
        items.append(
            f'<li><a href="#sums:{by.value}:{number}" title="{money(one.total, one.currency, language)}">'
            f"<b>{short(one.total, one.currency, told, language)}</b>{_column(one.total, largest)}<span>{safe(name)}</span></a></li>"
        )
    exact = f"<details><summary>{told['exactly']}</summary>{bars(labelled, by, told, language)}</details>"
    return (
        f'<div class="scroll" tabindex="0" role="group" aria-label="{told[by.value]}">'
        f'<ol class="columns">{"".join(items)}</ol></div>{exact}'
    )


def bars(labelled: Sequence[Labelled], by: By, told: Words, language: PageLanguage) -> str:
    """A table of totals with a bar in each row; what comes after the first ones is folded away."""
    largest = max((one.total for _, _, one in labelled if one.label[-1] is not None), default=Decimal(0))
    inexact = any(one.inexact for _, _, one in labelled)
    named = [one for one in labelled if one[2].label[-1] is not None]
    row = partial(_bar_row, by=by, told=told, language=language, largest=largest, inexact=inexact)
    lines = [*map(row, named[:_AT_MOST])]
    nameless = [row(one) for one in labelled if one not in named]
    if len(nameless) > 1:
        lines, nameless = [*lines, *nameless], []
    first = _YEARS_AT_ONCE if by in (By.DECIDED, By.FOR) else _AT_ONCE
    table = _table([*lines[:first], *nameless], by, told, inexact=inexact)
    if not lines[first:]:
        return table
    unlisted = max(len(named) - _AT_MOST, 0)
    rest = f'<p class="note">{told["rest_in_csv"].format(count=unlisted)}</p>' if unlisted else ""
    folded = told["more"].format(count=len(lines) - first + unlisted)
    return (
        f"{table}<details><summary>{folded}</summary>{_table(lines[first:], by, told, inexact=inexact)}{rest}</details>"
    )


def heat(decisions: Mapping[tuple[str, str | None], int], told: Words) -> str:
    """Decisions by type and time: each cell prints its count on a shade of it."""
    line = timeline(decisions)
    most = max((count for _, counts in line.rows for count in counts), default=0)
    heads = "".join(f'<th scope="col">{period or told["undated"]}</th>' for period in line.periods)
    body = "".join(
        f'<tr><th scope="row">{told[act]}</th>{"".join(_shaded(count, most) for count in counts)}<td class="all">{sum(counts)}</td></tr>'
        for act, counts in line.rows
    )
    return (
        f'<section id="timeline">\n<h2>{told["timeline"]}</h2>\n'
        f'<div class="scroll" tabindex="0" role="group" aria-label="{told["timeline"]}"><table class="heat">'
        f'<thead><tr><th scope="col">{told["type"]}</th>{heads}<th scope="col">{told["all"]}</th></tr></thead>'
        f"<tbody>{body}</tbody></table></div>\n</section>"
    )


def _table(lines: Sequence[str], by: By, told: Words, *, inexact: bool) -> str:
    last = f'<th scope="col">{told["inexact"]}</th>' if inexact else ""
    return (
        f'<table class="bars"><thead><tr><th scope="col">{told[f"head-{by.value}"]}</th><td></td>'
        f'<th scope="col">{told["total"]}</th><th scope="col">{told["sums"]}</th>{last}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table>"
    )


def _bar_row(
    labelled: Labelled, *, by: By, told: Words, language: PageLanguage, largest: Decimal, inexact: bool
) -> str:
    number, name, one = labelled
    none = ' class="none"' if one.label[-1] is None else ""
    bar = "" if none else _bar(one.total, largest)
    some = money(one.inexact, one.currency, language) if one.inexact else ""
    return (
        f'<tr{none}><th scope="row">{safe(name)}</th><td class="bar">{bar}</td>'
        f'<td><a href="#sums:{by.value}:{number}" title="{safe(told["to_sums"].format(name=name))}">'
        f"{money(one.total, one.currency, language)}</a></td><td>{one.sums}</td>{f'<td>{some}</td>' if inexact else ''}</tr>"
    )


def _bar(value: Decimal, largest: Decimal) -> str:
    return f'<svg aria-hidden="true"><rect width="{_percent(value, largest)}%" height="100%" rx="2"/></svg>'


def _column(value: Decimal, largest: Decimal) -> str:
    height = _percent(value, largest)
    return f'<svg aria-hidden="true"><rect y="{100 - height:.2f}%" width="100%" height="{height}%"/></svg>'


def _percent(value: Decimal, largest: Decimal) -> Decimal:
    """A share in percent; what is there at all is seen."""
    return max((value / largest * 100).quantize(Decimal("0.01")), Decimal("0.4")) if value and largest else Decimal(0)


def _shaded(count: int, most: int) -> str:
    """A cell, its shade by the root of its count so that small ones differ, too."""
    shade = -int(-_SHADES * (count / most) ** 0.5 // 1) if most else 0
    return f'<td class="s{shade}">{count or ""}</td>'

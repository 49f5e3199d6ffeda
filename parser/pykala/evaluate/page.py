"""A report as one page that needs no network and no script, and trusts no word of the documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from pykala.evaluate.breakdowns import By
from pykala.evaluate.counts import CORE, CORE_FIELDS, Field
from pykala.evaluate.report import Mistake, Result, Scores, grouped, mistakes, scores
from pykala.evaluate.terminal import BREAKDOWN_FIELDS
from pykala.explain.shell import head, safe

LOW, FAIR = 0.8, 0.95


def page(results: Sequence[Result]) -> str:
    """The whole page."""
    of_all, listed = scores(results), mistakes(results)
    numbers = {one.case.path: number for number, one in enumerate(results, 1)}
    top = head(f"How good: {of_all.documents} documents scored by pykala", style=_style())
    return f"""{top}
<body>
<a class="skip" href="#mistakes">Skip to the mistakes</a>
<header>
<h1>How far the records say what their gold says</h1>
{_figures(of_all, sum(map(len, listed.values())))}
<p>Core is the mean over {", ".join(_label(field) for field in CORE_FIELDS)}.</p>
</header>
<main>
{_fields(of_all, listed)}
<section aria-labelledby="breakdowns"><h2 id="breakdowns">Breakdowns</h2>
<p>Means of the documents' own F1.</p>
{"".join(_breakdown(by, grouped(results, by)) for by in By)}
</section>
{_documents(results, numbers)}
<section aria-labelledby="mistakes"><h2 id="mistakes">Mistakes</h2>
{"".join(_mistakes(field, some, numbers) for field, some in listed.items() if some) or "<p>None.</p>"}
</section>
</main>
</body>
</html>
"""


def _figures(of: Scores, mistaken: int) -> str:
    rows = (
        ("Core, mean of the documents", f"{of.core.per_document:.3f}"),
        ("Core F1, pooled", f"{of.core.f1:.3f}"),
        ("Documents", of.documents),
        ("Without a record", len(of.absent)),
        ("Mistakes", mistaken),
    )
    return (
        '<dl class="figures">'
        + "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in rows)
        + "</dl>"
    )


@cache
def _style() -> str:
    return (files("pykala.evaluate") / "page.css").read_text("utf-8")


def _label(name: str) -> str:
    return name.replace("_", " ")


def _share(share: float, *, strong: bool = False) -> str:
    level = "low" if share < LOW else "fair" if share < FAIR else "good"
    return f'<td class="{level}">{f"<b>{share:.3f}</b>" if strong else f"{share:.3f}"}</td>'


def _head(*headings: str, words: int = 1) -> str:
    """The heads of columns, of which the first hold words."""
    cells = ('<td class="bar"></td>' if not heading else f'<th scope="col">{heading}</th>' for heading in headings)
    left = (cell.replace("<th", '<th class="words"', 1) if n < words else cell for n, cell in enumerate(cells))
    return f"<thead><tr>{''.join(left)}</tr></thead>"


def _fields(of: Scores, listed: Mapping[Field, Sequence[Mistake]]) -> str:
    rows = []
    for field, one in of.fields.items():
        counts = one.counts
        name = f'<a href="#{field.value}">{_label(field)}</a>' if listed[field] else _label(field)
        shares = "".join(map(_share, (counts.precision, counts.recall, one.f1, one.per_document)))
        meter = f'<meter min="0" max="1" low="{LOW}" high="{FAIR}" optimum="1" value="{one.per_document:.4f}" aria-hidden="true"></meter>'
        rows.append(
            f'<tr><th scope="row">{name}</th>{shares}<td class="bar">{meter}</td>'
            f"<td>{counts.gold}</td><td>{counts.found}</td></tr>"
        )
    core = _share(of.core.f1, strong=True) + _share(of.core.per_document, strong=True)
    rows.append(f'<tr class="core"><th scope="row">{CORE}</th><td></td><td></td>{core}<td></td><td></td><td></td></tr>')
    headings = ("Field", "Precision", "Recall", "F1", "Documents’ mean", "", "In gold", "Found")
    return (
        '<section aria-labelledby="fields"><h2 id="fields">Fields</h2>\n<div class="scroll" tabindex="0" role="group" '
        f'aria-labelledby="fields"><table>{_head(*headings)}<tbody>\n'
        + "\n".join(rows)
        + "\n</tbody></table></div></section>"
    )


def _breakdown(by: By, groups: Mapping[str, Scores]) -> str:
    rows = []
    for name, of in groups.items():
        shares = "".join(_share(of.fields[field].per_document) for field in BREAKDOWN_FIELDS)
        core = _share(of.core.per_document, strong=True)
        rows.append(f'<tr><th scope="row">{safe(name)}</th><td>{of.documents}</td>{core}{shares}</tr>')
    headings = (by.value.capitalize(), "Documents", "Core", *(_label(field).capitalize() for field in BREAKDOWN_FIELDS))
    return (
        f"<details{' open' if len(groups) <= 12 else ''}><summary>By {by.value} <b>{len(groups)}</b></summary>\n"
        f'<div class="scroll" tabindex="0" role="group" aria-label="By {by.value}"><table>{_head(*headings)}<tbody>\n'
        + "\n".join(rows)
        + "\n</tbody></table></div></details>\n"
    )


def _documents(results: Sequence[Result], numbers: Mapping[str, int]) -> str:
    """Every document, the worst first."""
    rows = []
    for one in sorted(results, key=lambda one: (one.core, -len(one.mistakes), one.case.path)):
        case = one.case
        rows.append(
            f'<tr id="d{numbers[case.path]}"><th scope="row">{safe(case.path)}</th><td class="words">{safe(one.group(By.PUBLISHER))}</td>'
            f'<td class="words">{safe(one.group(By.KIND))}</td>{_share(one.core)}<td>{len(one.mistakes)}</td></tr>'
        )
    headings = ("Document", "Publisher", "Kind", "Core", "Mistakes")
    return (
        '<section aria-labelledby="documents"><h2 id="documents">Documents, the worst first</h2>\n'
        f'<div class="scroll tall" tabindex="0" role="group" aria-labelledby="documents"><table>{_head(*headings, words=3)}<tbody>\n'
        + "\n".join(rows)
        + "\n</tbody></table></div></section>"
    )


def _mistakes(field: Field, some: Sequence[Mistake], numbers: Mapping[str, int]) -> str:
    items = "\n".join(_mistake(mistake, numbers) for mistake in some)
    return (
        f'<details open><summary id="{field.value}">{_label(field).capitalize()} <b>{len(some)}</b></summary>\n'
        f"<ol>{items}</ol></details>\n"
    )


def _mistake(mistake: Mistake, numbers: Mapping[str, int]) -> str:
    around = mistake.context
    quote = (
        f"<blockquote>…{safe(around.before)}<mark>{safe(around.words)}</mark>{safe(around.after)}…</blockquote>"
        if around
        else ""
    )
    what = "".join(_told(mistake))
    return f'<li>{what} <a class="where" href="#d{numbers[mistake.document]}">{safe(mistake.document)}</a>{quote}</li>'


def _told(mistake: Mistake) -> Iterator[str]:
    match mistake:
        case Mistake(gold=str(gold), found=None):
            yield f'<strong class="missed">missed</strong> {safe(gold)}'
        case Mistake(gold=None, found=str(found)):
            yield f'<strong class="extra">extra</strong> {safe(found)}'
        case _:
            yield f'<strong class="wrong">wrong</strong> {safe(mistake.found or "")}, <i>not</i> {safe(mistake.gold or "")}'

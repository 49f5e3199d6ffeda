"""The explained text: every value is marked where it stands, and nothing of the document is taken for markup."""

import io
import re
import shutil
import subprocess
import sys
import unicodedata
from dataclasses import dataclass, replace
from html.parser import HTMLParser

import pytest
from rich.console import Console

from pykala.explain.marks import Kind, marks, pieces, plain
from pykala.explain.page import page
from pykala.explain.terminal import show
from pykala.model import Bulletin, Document, DocumentKind, Findings, Header, Rejected, Source
from pykala.record import Record

HOSTILE = '</p><script>document.title="taken"</script><img src=x onerror=\'document.title="taken"\'>"&<b>\x1b[31m\u202e'
TEXT = (
    f"Lautakunnan kokous {HOSTILE}\n\n"
    "Kulttuurilautakunta myönsi Meriteatteri ry:lle 15 000 euroa vuosille 2025–2026.\n\n"
    "Hakemus koskee 3.12.2024 kirjattua asiaa § 74, josta maksettiin 900 euroa."
)
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@dataclass(frozen=True)
class Analysis:
    record: Record
    findings: Findings
    document: Document


def at(words: str) -> dict:
    start = TEXT.index(words)
    return {"text": words, "span": (start, start + len(words))}


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    """A record made by hand, whose institution has a name that is markup too."""
    decision = at("Kulttuurilautakunta myönsi Meriteatteri ry:lle 15 000 euroa vuosille 2025–2026") | {
        "id": "decision-1", "rule": "verbs.myontaa", "type": "granted", "outcome": "as_proposed",
        "decision_maker": "institution-1", "title": HOSTILE, "section": "§ 74", "case_number": None,
        "verb": at("myönsi"), "amounts": ["amount-1"], "years": ["years-1"], "dates": [], "votes": None,
        "institutions": [{"id": "institution-1", "role": "decision_maker"}, {"id": "institution-2", "role": "recipient"}],
    }  # fmt: skip
    amount = {
        "rule": "units.euro", "value_max": None, "currency": "EUR", "per": None, "payer": None, "fund": None, "years": [],
    }  # fmt: skip
    record = Record.model_validate(
        {
            "id": "bulletin-1", "source": {"uri": f"{HOSTILE}.txt", "media_type": "text/plain", "sha256": "0" * 64, "bytes": 1},
            "pipeline": {"version": "0", "rules": "0"}, "kind": "minutes", "language": "fi", "title": HOSTILE,
            "published": None, "municipality": None, "publisher": None, "meeting": None, "case_numbers": (), "sections": (),
            "text": TEXT, "decisions": (decision,), "places": (),
            "amounts": (
                at("15 000 euroa") | amount | {"id": "amount-1", "value": "15000", "qualifier": "exact", "role": "granted",
                                               "decision": "decision-1", "recipients": ["institution-2"], "years": ["years-1"]},
                at("900 euroa") | amount | {"id": "amount-2", "value": "900", "qualifier": "exact", "role": "previous",
                                            "decision": None, "recipients": []},
            ),
            "years": (at("2025–2026") | {"id": "years-1", "rule": "years.vali", "start": 2025, "end": 2026, "decision": "decision-1"},),
            "dates": (at("3.12.2024") | {"id": "date-1", "rule": "dates.paiva", "value": "2024-12-03", "decision": None},),
            "institutions": (
                {"id": "institution-1", "name": f"Kulttuurilautakunta {HOSTILE}", "kind": "committee", "aliases": (HOSTILE,),
                 "identifiers": {}, "mentions": (at("Kulttuurilautakunta") | {"rule": "bodies.lautakunta"},)},
                {"id": "institution-2", "name": "Meriteatteri ry", "kind": "association", "aliases": (), "identifiers": {},
                 "mentions": (at("Meriteatteri ry:lle") | {"rule": "forms.ry"},)},
            ),
            "warnings": ({"code": "no-year", "message": HOSTILE},),
        }
    )  # fmt: skip
    start = TEXT.index("§ 74")
    rejected = (Rejected("lookalikes.section", start, start + 4, "§ 74", f"section {HOSTILE}"),)
    bulletin = Bulletin(Source("a.txt", "text/plain", "0" * 64, 1), "text", TEXT, "fi", ())
    return Analysis(record, Findings(rejected=rejected), Document(bulletin, DocumentKind.MINUTES, Header(), (), ()))


class Page(HTMLParser):
    """The elements of a page, the words of its article, and the words of each mark."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict]] = []
        self.words, self.marked = "", {}
        self._within: list[str] = []
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag in ("article", "mark"):
            self._within.append(tag)
        if tag == "mark":
            self._open = dict(attrs)["data-marks"].split()

    def handle_endtag(self, tag):
        if tag in ("article", "mark"):
            self._within.remove(tag)

    def handle_data(self, data):
        if "article" in self._within:
            self.words += data
        if "mark" in self._within:
            for number in self._open:
                self.marked[int(number)] = self.marked.get(int(number), "") + data


def test_every_value_is_marked_on_exactly_its_words(analysis):
    marked = marks(analysis.record, analysis.findings.rejected)
    assert [(TEXT[mark.start : mark.end], mark.kind.value, mark.rule) for mark in marked] == [
        ("Kulttuurilautakunta", "institution", "bodies.lautakunta"),
        ("myönsi", "decision", "verbs.myontaa"),
        ("Meriteatteri ry:lle", "institution", "forms.ry"),
        ("15 000 euroa", "amount", "units.euro"),
        ("2025–2026", "years", "years.vali"),
        ("3.12.2024", "date", "dates.paiva"),
        ("§ 74", "rejected", "lookalikes.section"),
        ("900 euroa", "amount", "units.euro"),
    ]
    shown = Page(page(analysis))
    assert [shown.marked[mark.number] for mark in marked] == [TEXT[mark.start : mark.end] for mark in marked]


def test_pieces_of_overlapping_marks_put_text_and_marks_together_again(analysis):
    marked = marks(analysis.record, ())
    wide = [replace(mark, number=mark.number + 100, start=mark.start - 3, end=mark.end + 2) for mark in marked]
    found = list(pieces(0, len(TEXT), [*marked, *wide], analysis.record))
    assert "".join(TEXT[piece.start : piece.end] for piece in found) == TEXT
    for mark in (*marked, *wide):
        words = "".join(TEXT[piece.start : piece.end] for piece in found if mark in piece.over)
        assert words == TEXT[mark.start : mark.end]
    for piece in found:
        lengths = [mark.end - mark.start for mark in piece.over]
        assert lengths == sorted(lengths)


def test_what_was_refused_within_a_value_does_not_hide_the_value(analysis):
    start = TEXT.index("2025–2026")
    marked = marks(analysis.record, [Rejected("r", start, start + 4, "2025", "half of a span")])
    tops = [piece.over[0].kind for piece in pieces(start, start + 9, marked, analysis.record)]
    assert tops == [Kind.YEARS, Kind.YEARS]


def test_the_page_shows_the_whole_text(analysis):
    shown = re.sub(r"\s+", " ", Page(page(analysis)).words).strip()
    assert shown == re.sub(r"\s+", " ", plain(TEXT)).strip()


def test_no_markup_of_the_document_becomes_markup_of_the_page(analysis):
    shown = Page(page(analysis))
    tags = [tag for tag, _ in shown.elements]
    assert tags.count("script") == 1
    assert "img" not in tags
    assert not [name for _, attributes in shown.elements for name in attributes if name.startswith("on")]


def test_the_page_needs_nothing_from_elsewhere_and_allows_nothing(analysis):
    html = page(analysis)
    loading = [
        value for _, attributes in Page(html).elements for key, value in attributes.items() if key in ("src", "href")
    ]
    assert all(value.startswith("#") for value in loading)
    assert "url(" not in html
    assert "@import" not in html
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy
    assert policy[1].startswith("default-src 'none';")
    assert "unsafe" not in policy[1]


def test_every_link_of_the_page_leads_somewhere(analysis):
    elements = Page(page(analysis)).elements
    ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = [attributes["href"][1:] for tag, attributes in elements if tag == "a" and "href" in attributes]
    described = [one for _, attributes in elements for one in (attributes.get("aria-describedby") or "").split()]
    assert len(targets) > 8
    assert set(targets) | set(described) <= set(ids)


def test_every_mark_can_be_reached_and_told_without_a_mouse(analysis):
    for tag, attributes in Page(page(analysis)).elements:
        if tag == "mark":
            assert attributes["tabindex"] == "0"
            assert attributes["aria-describedby"]
            assert attributes["title"]


def test_the_same_analysis_gives_the_same_page(analysis):
    assert page(analysis) == page(analysis)


def test_the_terminal_shows_values_rules_and_reasons_and_obeys_no_escape_code(analysis):
    shown = io.StringIO()
    show(analysis, Console(file=shown, width=160))
    output = shown.getvalue()
    assert "⟦15 000 euroa⟧" in output
    assert "15\u00a0000 EUR; role: granted; to: Meriteatteri ry; years: 2025–2026; decision: 1" in output
    for words in ("units.euro", "verbs.myontaa", "lookalikes.section", "Read as no value", "no-year"):
        assert words in output
    assert "\x1b" not in output
    assert "\u202e" not in output


def test_no_character_that_is_a_command_is_left():
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    shown = plain(everything)
    assert len(shown) == len(everything)
    assert {c for c in shown if unicodedata.category(c) in ("Cc", "Cf", "Cs")} == {"\n", "\t"}
    assert shown.count("\ufffd") < 3000


def test_colours_are_used_where_the_terminal_has_them(analysis):
    shown = io.StringIO()
    show(analysis, Console(file=shown, force_terminal=True, color_system="truecolor", width=160))
    assert "\x1b[" in shown.getvalue()
    assert "⟦" not in shown.getvalue()
    assert "\x1b[31m" not in shown.getvalue()


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here to open the page in")
def test_a_browser_runs_our_script_alone_and_jumps_to_the_words(analysis, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(page(analysis), "utf-8")
    flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--enable-logging=stderr",
    ]
    run = subprocess.run(
        [CHROMIUM, *flags, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", f"{path.as_uri()}#m4"],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert "CONSOLE" not in run.stderr, "the page's own policy refuses a part of the page"
    title = re.search(r"<title>(.*?)</title>", run.stdout, re.DOTALL)
    assert title
    assert title[1].endswith("explained by pykala")
    lit = re.findall(r'<mark[^>]*class="([^"]* lit)"[^>]*>([^<]*)</mark>', run.stdout)
    assert lit == [("amount clause lit", "15 000 euroa")]
    assert 'title="amount' not in run.stdout, "tooltips take the place of titles"

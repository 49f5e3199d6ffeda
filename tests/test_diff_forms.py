"""The forms of a diff: words of documents are only words in each of them, and the JSON is what its schema says."""

import io
import json
import re

import pytest
from jsonschema import Draft202012Validator
from rich.console import Console

from pykala import parse, schemas
from pykala.diff.as_json import as_json
from pykala.diff.differences import differences
from pykala.diff.markdown import ROOM, harmless, markdown
from pykala.diff.model import Diff
from pykala.diff.page import page
from pykala.diff.terminal import show
from pykala.record import Record

EVIL = "<script>alert(1)</script> [x](javascript:y) @kunta **b** | `c` \x1b[31m \u202e"
TEXT = "Kunnanhallitus myönsi Kylä ry:lle 500 euroa vuodelle 2025.\n"


@pytest.fixture(scope="module")
def hostile():
    """Differences whose every word of a document would like to be more than a word."""
    old = parse(TEXT, uri=f"minutes/{EVIL}.txt").model_dump(mode="json")
    new = json.loads(json.dumps(old))
    new["title"] = EVIL
    new["institutions"][1]["name"] = EVIL
    new["amounts"][0]["rule"] = EVIL
    new["warnings"] = [{"code": "slip", "message": EVIL, "span": None}]
    with differences((EVIL, [Record.model_validate(old)]), (EVIL, [Record.model_validate(new)])) as found:
        yield found


def test_the_page_runs_loads_and_marks_up_nothing_of_a_document(hostile):
    whole = "".join(page(hostile))
    assert "default-src 'none'" in whole
    assert "<script" not in whole
    assert "&lt;script&gt;alert(1)" in whole
    assert not re.search("[\x1b\u202e]", whole)


def test_markdown_says_a_document_s_words_and_nothing_else(hostile):
    whole = "".join(markdown(hostile))
    assert "<script" not in whole
    prose = re.sub("<summary><code>.*?</code>", "", whole)  # HTML, in which Markdown has no say
    assert not re.search(r"(?<!\\)[@\[`]", prose)
    assert not re.search("[\x1b\u202e]", whole)


def test_a_terminal_gets_no_commands_from_a_document(hostile):
    stream = io.StringIO()
    show(hostile, Console(file=stream, width=100, force_terminal=False))
    assert not re.search("[\x1b\u202e]", stream.getvalue())
    assert "<script>alert(1)</script>" in stream.getvalue()


def test_the_json_is_valid_and_read_back_the_same(hostile):
    whole = "".join(as_json(hostile))
    Draft202012Validator(schemas.load("diff")).validate(json.loads(whole))
    assert Diff.model_validate_json(whole) == hostile.whole()


def test_markdown_fits_into_a_comment_and_says_what_it_leaves_out():
    record = parse(TEXT, uri="a.txt")
    olds, news = [], []
    for number in range(300):
        said = record.model_dump(mode="json")
        said["source"]["uri"] = f"minutes/{number:03}.txt"
        olds.append(Record.model_validate(said))
        said["amounts"][0]["value"] = str(number)
        news.append(Record.model_validate(said))
    with differences(("a", olds), ("b", news)) as found:
        whole = "".join(markdown(found))
    assert len(whole) < ROOM + 2_000
    told = whole.count("**value**")
    assert f"… and {300 - told} more changes" in whole


@pytest.mark.parametrize("text", ["a_b", "#1", "~~x~~", "\n\n# heading", "&amp;", "1. x"])
def test_harmless_words_start_nothing(text):
    assert not re.search(r"(?<!\\)[_#~]|\n|&(?!amp;)|(?<!\\)\.", harmless(text))

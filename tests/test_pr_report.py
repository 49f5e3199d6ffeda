"""The comment for a pull request tells what a change gains and loses, and fits into a comment."""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def report():
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("pr_report", ROOT / "scripts/pr_report.py")
    module = sys.modules["pr_report"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def mistake(gold: str | None, found: str | None, words: str = "500 euroa") -> dict:
    context = {"before": "myönsi", "words": words, "after": "vuodelle 2025"}
    return {"field": "amounts", "document": "text/kylä", "gold": gold, "found": found, "context": context}


def side(report, name: str, f1: float, seconds: float, *mistakes: dict):
    score = {"f1": f1, "per_document": f1}
    fields = {"amounts": score, "years": {"f1": 1.0, "per_document": 1.0}, "core": score}
    return report.Side(name, {"documents": 10, "fields": fields, "mistakes": list(mistakes)}, seconds)


def test_scores_gains_losses_and_speed_are_told(report):
    base = side(report, "main", 0.9, 2.0, mistake("500 EUR", None), mistake("1 EUR", "2 EUR"))
    head = side(report, "this change", 0.95, 1.0, mistake("1 EUR", "2 EUR"), mistake(None, "7 EUR"))
    text = report.comment(base, head, "the diff")
    assert "## Core 0.900 → 0.950 (+0.050): 1 gained, 1 lost" in text
    assert "| amounts | 0.900 | 0.950 | **+0.050** | **+0.050** |" in text
    assert "| years | 1.000 | 1.000 | · | · |" in text
    assert "Speed: 5.0 → 10.0 documents a second of processor time: **100 % faster** (+100.0 %)." in text
    lost, gained = text.split("Wrong now, right before: 1")[1].split("Right now, wrong before: 1")
    assert "amounts: found too much: 7 EUR (text/kylä)" in lost
    assert "amounts: not found: 500 EUR (text/kylä)" in gained
    assert "**500 euroa**" in gained
    assert text.endswith("the diff\n</details>\n")


def test_a_change_that_changes_nothing_says_so(report):
    same = side(report, "main", 0.9, 2.0, mistake("1 EUR", None))
    text = report.comment(same, side(report, "this change", 0.9, 1.95, mistake("1 EUR", None)), "")
    assert "## No score changes: core 0.900" in text
    assert "no change that means anything" in text
    assert "Wrong now" not in text


def test_a_mistake_that_is_made_twice_now_is_lost_once(report):
    once = [mistake("1 EUR", None)]
    assert [len(some) for some in report.moved(once, once * 2)] == [0, 1]


def test_words_of_a_document_are_no_markup_of_the_comment(report):
    told = report.told(mistake(None, "</details><img src=x> @everyone", "**[x](http://a)**"))
    assert "<" not in told
    assert "[x](" not in told
    assert "@e" not in told.replace("\\@", "")


def test_a_comment_is_never_too_long_for_a_forge(report):
    base = side(report, "main", 0.9, 2.0)
    head = side(report, "this change", 0.9, 2.0, *(mistake(None, f"{n} EUR", "sana " * 40) for n in range(500)))
    document = "<details><summary>x</summary>\n\n- y\n\n</details>\n"
    text = report.comment(base, head, document * 5000)
    assert len(text) <= report.ROOM
    assert text.count("<details") == text.count("</details>")
    assert "pykala diff` tells them all" in text
    assert "and 475 more" in text


def test_the_command_compares_two_revisions(report, tmp_path):
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout")
    (tmp_path / "docs").mkdir()
    for path in sorted((ROOT / "corpus/casem").glob("hirvensalmi*")):
        shutil.copy(path, tmp_path / "docs")
    command = [
        sys.executable,
        str(ROOT / "scripts/pr_report.py"),
        "HEAD",
        "--documents",
        str(tmp_path / "docs"),
        "--rounds",
        "1",
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.startswith(report.MARKER)) == (0, True), done.stderr
    assert "| field | HEAD | this change | change |" in done.stdout
    wrong = subprocess.run([*command[:2], "no-such-revision"], capture_output=True, text=True, check=False)
    assert wrong.returncode == 2
    assert "no-such-revision" in wrong.stderr

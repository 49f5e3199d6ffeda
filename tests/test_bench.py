"""The speed is measured on documents that differ, told as a table, and written where the README has a place for it."""

import itertools
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pykala import parse

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = ROOT / "scripts"
MODULES = ("bench", "bench_contestants", "bench_table", "crowd")


@pytest.fixture
def scripts(monkeypatch):
    """The scripts as modules, which find each other as they do when they run."""
    monkeypatch.syspath_prepend(str(SCRIPTS))
    yield __import__
    for name in MODULES:
        sys.modules.pop(name, None)


def test_the_table_takes_the_place_of_what_stood_between_the_markers(scripts):
    table = scripts("bench_table")
    readme = "before\n<!-- bench: begin -->\nold\nolder\n<!-- bench: end -->\nafter\n"
    new = "before\n<!-- bench: begin -->\nnew\n<!-- bench: end -->\nafter\n"
    assert table.within(readme, "new\n") == new
    assert table.within(new, "new") == new


@pytest.mark.parametrize(
    "readme", ["", "<!-- bench: begin -->\n", "<!-- bench: end -->\n", "<!-- bench: end -->\n<!-- bench: begin -->\n"]
)
def test_a_readme_without_markers_is_refused_and_says_which_are_needed(scripts, readme):
    table = scripts("bench_table")
    with pytest.raises(table.NoPlace, match=r"bench: begin.*bench: end"):
        table.within(readme, "new")


def test_the_readme_has_its_place(scripts):
    assert scripts("bench_table").within((ROOT / "README.md").read_text("utf-8"), "new")


def test_copies_of_the_corpus_are_different_and_the_same_each_time(scripts):
    crowd = scripts("crowd")
    number = max(300, 2 * len(crowd.originals()))
    copies = list(crowd.varied(number))
    assert len({content for _, content in copies}) == len({name for name, _ in copies}) == number
    assert copies == list(crowd.varied(number))


def test_copies_of_one_document_differ_in_more_than_a_sentence_and_still_are_bulletins(scripts):
    crowd = scripts("crowd")
    number = len(crowd.originals())
    copies = list(crowd.varied(2 * number))
    tried = [place for place in range(0, number, 12) if copies[place][0].endswith((".txt", ".html"))][:6]
    for place in tried:
        one, other = (parse(content, uri=name) for name, content in (copies[place], copies[place + number]))
        assert one.text != other.text
        if one.amounts[1:]:
            assert [amount.value for amount in one.amounts[:-1]] != [amount.value for amount in other.amounts[:-1]]
    assert tried


def test_other_sums_and_days_leave_the_markup_and_other_numbers_as_they_were(scripts):
    crowd = scripts("crowd")
    page = '<p title="5 euroa 3.4.2024">§ 12, 31.12.2024 ja 1.2.2025: 1&#160;500,50 euroa, 20 € ja 7 kpl 2025</p>'
    digits = bytes.maketrans(b"123456789", b"987654321")
    assert crowd._changed(page.encode(), digits, 3).decode() == (
        '<p title="5 euroa 3.4.2024">§ 12, 06.12.2024 ja 4.2.2025: 9&#160;500,50 euroa, 80 € ja 7 kpl 2025</p>'
    )


def test_without_its_package_a_contestant_is_told_as_missing(scripts, monkeypatch, tmp_path):
    bench = scripts("bench")
    absent = replace(bench.CONTESTANTS["eds"], needs="no_such_package")
    monkeypatch.setitem(bench.CONTESTANTS, "eds", absent)
    path = tmp_path / "a.txt"
    path.write_text("a", "utf-8")
    told = list(bench.findings([(str(path), "a")], ["eds"], 0.0, tmp_path))
    assert [line for line in told if "EDS-NLP" in line and "no_such_package is not installed" in line]


def test_a_run_gives_a_table_and_what_two_workers_do(tmp_path):
    for name, (start, end) in zip("abc", itertools.pairwise((0, 30, 60, 90)), strict=True):
        lines = [
            f"Kunnanhallitus myönsi {n}.5.2025 Kylä ry:lle {n} 500 euroa vuodelle 2025.\n" for n in range(start, end)
        ]
        (tmp_path / f"{name}.txt").write_text("".join(lines), "utf-8")
    (tmp_path / "none.txt").write_text("The weather was fine.\n", "utf-8")
    command = [sys.executable, str(SCRIPTS / "bench.py"), str(tmp_path), "--seconds", "0"]
    command += ["--only", "text", "blank", "workers"]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    assert run.stdout.startswith("3 bulletins, 3 different texts,")
    rows = [re.split(r" *\| *", line)[1:-1] for line in run.stdout.splitlines() if line.startswith("|")]
    assert [row[0] for row in rows[2:]] == ["pykala, from plain text", '`spacy.blank("fi")`, tokens only']
    assert all(float(row[1]) > 0 and float(row[7]) > 0 for row in rows[2:])
    assert re.search(r"of\s+9\s+files.*with\s+one\s+worker", run.stdout, re.DOTALL)

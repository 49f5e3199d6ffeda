"""A change of one rule: the diff of two revisions lists exactly what it fixed and broke, in each form."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pykala import parse
from pykala.diff.goldens import write_golden
from pykala.diff.model import Diff

ROOT = Path(__file__).resolve().parents[1]
BULLETINS = {
    "broken": "Kunnanhallituksen päätöksiä\n\nKylä ry:lle myönnettiin 500 euroa vuodelle 2025.\n",
    "fixed": "Kunnanhallituksen päätöksiä\n\nKaupungin teatterille myönnettiin vapautus maksusta.\n",
    "unjudged": "Kunnanhallituksen päätöksiä\n\nSeuralle myönnettiin 900 euroa.\n",
    "same": "Kunnanhallituksen päätöksiä\n\nKunnanhallitus hyväksyi talousarvion.\n",
}
GIVEN = {
    "decisions": [{"type": "granted", "decision_maker": [], "anchor": "myönnettiin 500 euroa"}],
    "amounts": [{"value": "500", "currency": "EUR", "per": None, "qualifier": "exact"}],
    "fundings": [{"value": "500", "recipients": [["Kylä ry"]], "years": [[2025, 2025]]}],
}
GOLD = {"broken": GIVEN, "fixed": {"decisions": []}}


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)  # noqa: S607


def diff(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pykala", "diff", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """A repository of pykala's code with bulletins, in whose working tree one form of a verb is gone."""
    folder = tmp_path_factory.mktemp("repository")
    shutil.copytree(ROOT / "parser", folder / "parser", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "bulletins").mkdir()
    for name, text in BULLETINS.items():
        (folder / f"bulletins/{name}.txt").write_text(text, "utf-8")
    for name, gold in GOLD.items():
        (folder / f"bulletins/{name}.expected.json").write_text(json.dumps(gold), "utf-8")
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "before")
    rules = folder / "parser/pykala/rules/verbs.toml"
    text = rules.read_text("utf-8")
    line = 'passive = ["myönnettiin"]\n'
    assert text.count(line) == 1
    rules.write_text(text.replace(line, ""), "utf-8")
    return folder


@pytest.fixture(scope="module")
def told(repository):
    forms = ("--json", "d.json", "--markdown", "d.md", "--html", "d.html")
    return diff(repository, "HEAD", "--gold", "bulletins", *forms, "--", "bulletins")


def test_it_lists_exactly_what_the_rule_fixed_and_broke(repository, told):
    assert told.returncode == 1, told.stderr
    found = Diff.model_validate_json((repository / "d.json").read_text("utf-8"))
    assert (found.summary.documents, found.summary.same, found.summary.judged) == (4, 1, 2)
    roots = [one for one in found.changes if not one.follows and one.field == "decisions"]
    assert {Path(one.document).stem: (one.kind, one.verdict) for one in roots} == {
        name: ("removed", name) for name in ("broken", "fixed", "unjudged")
    }
    assert {(one.cause.by, one.cause.old, one.cause.new) for one in roots} == {("rule", "verbs.myontaa", None)}
    broken = [(one.field, one.facet) for one in found.changes if one.verdict == "broken"]
    assert sorted(broken, key=str) == [("amounts", "role"), ("decisions", None)]


def test_each_form_tells_each_of_them(repository, told):
    forms = [told.stdout, *((repository / name).read_text("utf-8") for name in ("d.md", "d.html"))]
    for form in forms:
        for name in ("broken", "fixed", "unjudged"):
            assert f"bulletins/{name}.txt" in form
        assert "bulletins/same.txt" not in form
        assert "myönnettiin" in form
        assert "3 of 4 documents differ" in form


def test_the_repository_is_left_as_it_was(repository, told):
    command = ["git", "status", "--short"]
    status = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=True)
    assert sorted(line.split()[1] for line in status.stdout.splitlines() if not line.startswith("??")) == [
        "parser/pykala/rules/verbs.toml"
    ]


def test_without_code_in_the_repository_golden_records_are_compared(tmp_path):
    record = parse(BULLETINS["broken"], uri="a.txt")
    write_golden(tmp_path / "a.expected.json", record)
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "before")
    assert diff(tmp_path, "HEAD", "--", ".").returncode == 0
    write_golden(tmp_path / "a.expected.json", parse(BULLETINS["broken"].replace("500", "600"), uri="a.txt"))
    changed = diff(tmp_path, "HEAD", "--only", "value", "--", ".")
    assert changed.returncode == 1
    assert "500 EUR → 600 EUR" in changed.stdout
    for wrong in (("none", "--", "."), ("HEAD", "--"), ("HEAD", "--", "nowhere")):
        assert diff(tmp_path, *wrong).returncode == 2

"""The pytest plugin: golden files are tests without code, and are written only when somebody says so."""

import json
import shutil

import pytest

from pykala import parse
from pykala.testing import accepting, bulletins, collecting
from pykala.testing.known import Known, read_known, write_known

pytest_plugins = ("pytester",)

TEXT = "Kunnanhallituksen päätöksiä\n\nKunnanhallitus myönsi Kylä ry:lle 500 euroa vuodelle 2025.\n"
FACTS = {"amounts": [{"value": "500", "currency": "EUR", "per": None, "qualifier": "exact"}], "years": [[2024, 2024]]}


@pytest.fixture(scope="module", autouse=True)
def _loaded():
    """What the runs below would load anew each time, since what a run loads is forgotten with it."""
    assert all(module.__doc__ for module in (accepting, bulletins, collecting))
    assert parse(TEXT).amounts


@pytest.fixture
def project(pytester, monkeypatch):
    """A project of somebody's own, with one bulletin."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.delenv("CI", raising=False)
    folder = pytester.mkdir("bulletins")
    (folder / "a.txt").write_text(TEXT, "utf-8")
    return folder


@pytest.fixture
def run(pytester):
    def run(*arguments):
        return pytester.runpytest_inprocess("-p", "pykala.testing.plugin", "-p", "no:cacheprovider", *arguments)

    return run


@pytest.fixture
def golden(project, run):
    """The golden record of the bulletin, as the plugin writes it."""
    path = project / "a.expected.json"
    (project.parent / "pytest.ini").write_text("[pytest]\npykala_bulletins = bulletins\n", "utf-8")
    run("--pykala-accept", "bulletins").assert_outcomes(passed=1)
    return path


def edit(path, **edits):
    said = json.loads(path.read_text("utf-8"))
    said["amounts"][0].update(edits)
    path.write_text(json.dumps(said), "utf-8")


def test_a_golden_file_beside_its_bulletin_is_a_test(golden, run):
    assert json.loads(golden.read_text("utf-8"))["source"]["uri"] == "a.txt"
    run("bulletins").assert_outcomes(passed=1)


def test_a_difference_fails_with_what_differs_and_no_wall_of_json(golden, run):
    edit(golden, value="600")
    result = run("bulletins")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*value sum 600 EUR: 600 EUR → 500 EUR*", "*⟦500 euroa⟧ vuodelle 2025*"])
    assert '"amounts"' not in result.stdout.str()
    assert "Traceback" not in result.stdout.str()


def test_nothing_is_written_unless_told(golden, run):
    edit(golden, value="600")
    before = golden.read_bytes()
    run("bulletins")
    assert golden.read_bytes() == before


def test_accepting_writes_what_is_read_and_names_it(golden, run):
    whole = golden.read_bytes()
    edit(golden, value="600")
    result = run("bulletins", "--pykala-accept")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["*golden files written*", "*a.expected.json"])
    assert golden.read_bytes() == whole


def test_only_what_matches_the_pattern_is_accepted(golden, project, run):
    shutil.copy(project / "a.txt", project / "b.txt")
    shutil.copy(golden, project / "b.expected.json")
    for name in ("a", "b"):
        edit(project / f"{name}.expected.json", value="600")
    run("bulletins", "--pykala-accept=b").assert_outcomes(passed=1, failed=1)
    run("bulletins").assert_outcomes(passed=1, failed=1)
    run("bulletins", "--pykala-accept=bulletins/a*").assert_outcomes(passed=2)


@pytest.mark.parametrize("value", ["true", "1", "yes"])
def test_accepting_is_refused_in_ci(golden, run, monkeypatch, value):
    edit(golden, value="600")
    before = golden.read_bytes()
    monkeypatch.setenv("CI", value)
    result = run("bulletins", "--pykala-accept")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert golden.read_bytes() == before


def test_a_bulletin_without_a_golden_file_fails_where_others_have_one(golden, project, run):
    (project.parent / "pytest.ini").unlink()
    (project / "b.txt").write_text(TEXT, "utf-8")
    result = run("bulletins")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*b.expected.json: there is no such golden file*--pykala-accept writes it*"])


def test_a_folder_without_any_golden_file_is_no_test_unless_it_is_named(project, run):
    run("bulletins").assert_outcomes()
    run("-o", "pykala_bulletins=bulletins", "bulletins").assert_outcomes(failed=1)


def test_an_unused_golden_file_fails(golden, project, run):
    (project / "a.txt").rename(project / "c.html.bak")
    result = run("bulletins")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["a.expected.json: is unused*"])


def test_two_documents_of_one_golden_file_fail(golden, project, run):
    shutil.copy(project / "a.txt", project / "a.html")
    result = run("bulletins")
    assert result.parseoutcomes()["failed"] == 1
    result.stdout.fnmatch_lines(["*cannot tell which document*a.html, a.txt*"])


def test_a_bulletin_that_cannot_be_read_fails_in_one_line(golden, project, run):
    (project / "a.txt").write_text("", "utf-8")
    result = run("bulletins")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["a.txt: *fetch the file again*"])


def test_another_rule_does_not_count_unless_told(golden, run):
    edit(golden, rule="units.other")
    run("bulletins").assert_outcomes(passed=1)
    run("bulletins", "-o", "pykala_ignore=places").assert_outcomes(failed=1)


def test_it_can_be_turned_off(golden, run):
    edit(golden, value="600")
    run("bulletins", "-o", "pykala_goldens=false").assert_outcomes()


def test_workers_check_and_write_as_one_process_does(golden, project, run):
    for name in "bcd":
        shutil.copy(project / "a.txt", project / f"{name}.txt")
        shutil.copy(golden, project / f"{name}.expected.json")
        edit(project / f"{name}.expected.json", value="600")
    result = run("-p", "xdist.plugin", "-n", "2", "bulletins", "--pykala-accept")
    result.assert_outcomes(passed=4)
    result.stdout.fnmatch_lines(["*golden files written*", "*b.expected.json", "*c.expected.json", "*d.expected.json"])
    assert {path.read_bytes() for path in project.glob("*.expected.json")} != set()
    run("bulletins").assert_outcomes(passed=4)


# ---------------------------------------------------------------- facts


@pytest.fixture
def facts(project):
    path = project / "a.expected.json"
    path.write_text(json.dumps(FACTS), "utf-8")
    return path


def test_facts_are_compared_as_far_as_they_go(facts, run):
    result = run("bulletins")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*missed years: 2024", "*extra years: 2025", "*⟦2025⟧*"])
    facts.write_text(json.dumps(FACTS | {"years": [[2025, 2025]]}), "utf-8")
    run("bulletins").assert_outcomes(passed=1)


def test_accepting_states_known_differences_and_leaves_facts_alone(facts, project, run):
    before = facts.read_bytes()
    run("bulletins", "--pykala-accept").assert_outcomes(passed=1)
    assert facts.read_bytes() == before
    known = project / "a.known.toml"
    assert read_known(known) == (Known(field="years", found="2025"), Known(field="years", gold="2024"))
    run("bulletins").assert_outcomes(passed=1)


def test_a_known_difference_that_is_gone_fails_until_it_is_taken_off_the_list(facts, project, run):
    run("bulletins", "--pykala-accept")
    facts.write_text(json.dumps(FACTS | {"years": [[2025, 2025]]}), "utf-8")
    result = run("bulletins")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*no more: *known difference*"])
    run("bulletins", "--pykala-accept").assert_outcomes(passed=1)
    assert not (project / "a.known.toml").exists()


def test_known_differences_without_facts_fail(project, run):
    (project / "b.known.toml").write_text("", "utf-8")
    result = run("bulletins")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["b.known.toml: *remove it"])


def test_known_differences_are_read_as_they_were_written(tmp_path):
    known = (Known(field="years", gold='"\\ \x7f\n„ä”', found="\u2028€"), Known(field="years", gold="2024"))
    write_known(tmp_path / "a.known.toml", known)
    assert set(read_known(tmp_path / "a.known.toml")) == set(known)


# ---------------------------------------------------------------- tests by hand


def test_the_fixture_reads_texts_and_files_and_compares_with_golden_files(golden, pytester, run):
    pytester.makepyfile(
        f"""
        from pathlib import Path

        def test_text(bulletin):
            assert [one.value for one in bulletin({TEXT!r}).amounts] == ["500"]

        def test_file(bulletin):
            bulletin.matches(bulletin(Path("bulletins/a.txt")), "bulletins/a")

        def test_another(bulletin):
            bulletin.matches(bulletin({TEXT.replace("500", "600")!r}), "bulletins/a")
        """
    )
    result = run("-k", "test_")
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["*value sum 500 EUR: 500 EUR → 600 EUR*"])

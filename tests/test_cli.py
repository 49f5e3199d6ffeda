"""The command line as other programs call it: real processes, their output and their exit codes."""

import json
import os
import pty
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

LEAD = "Kaupunginhallitus hyväksyi kokouksessaan 2.12.2024 sopimuksen, jonka arvo on 1,2 miljoonaa euroa.\n"
GRANTS = (
    "Kulttuurilautakunta myönsi Meriteatteri ry:lle 15 000 euroa ja valtuutti johtajan allekirjoittamaan sopimuksen.\n"
)
PROSE = "The weather was fine, and nobody had anything to say about it.\n"


def pykala(
    *arguments: str | Path, cwd: Path, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "pykala", *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        check=False,
        timeout=120,
        env=os.environ | environment,
    )


def rows(output: bytes) -> list[dict]:
    return [json.loads(line) for line in output.decode("utf-8").splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two bulletins, one of them deeper, among files that are no documents."""
    for name, text in {
        "minutes/b.txt": LEAD,
        "minutes/a/c.txt": GRANTS,
        "minutes/readme.md": LEAD,
        "minutes/style.css": "p { color: red }",
        "minutes/b.expected.json": "{}",
        "minutes/list.txt": LEAD,
        "minutes/list.links.json": "{}",
        "minutes/.hidden.txt": LEAD,
        "minutes/.git/d.txt": LEAD,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def test_writes_one_record_a_line_to_standard_output_and_nothing_else(folder):
    run = pykala("parse", "minutes/b.txt", "minutes/a/c.txt", cwd=folder)
    assert run.returncode == 0
    assert run.stderr == b""
    assert [row["source"]["uri"] for row in rows(run.stdout)] == ["minutes/b.txt", "minutes/a/c.txt"]


def test_names_the_source_as_it_was_given(folder):
    absolute = str(folder / "minutes" / "b.txt")
    run = pykala("parse", "./minutes/b.txt", absolute, cwd=folder)
    assert [row["source"]["uri"] for row in rows(run.stdout)] == ["./minutes/b.txt", absolute]


def test_walks_folders_in_sorted_order_and_leaves_out_what_is_no_document(folder):
    run = pykala("parse", "minutes", cwd=folder)
    assert (run.returncode, run.stderr) == (0, b"")
    assert [row["source"]["uri"] for row in rows(run.stdout)] == ["minutes/a/c.txt", "minutes/b.txt"]


def test_a_listing_that_is_named_outright_fails_and_says_what_to_do(folder):
    (folder / "list.html").write_text('<a href="20201234-1.HTM">1</a><a href="20201234-2.HTM">2</a>', "utf-8")
    run = pykala("parse", "list.html", cwd=folder)
    assert (run.returncode, run.stdout) == (1, b"")
    assert b"list.html: it is a listing page, it leads to 2 bulletins (use pykala fetch" in run.stderr


def test_tries_a_file_of_any_ending_that_is_named_outright(folder):
    run = pykala("parse", "minutes/readme.md", cwd=folder)
    assert [row["source"]["uri"] for row in rows(run.stdout)] == ["minutes/readme.md"]


def test_reads_standard_input(folder):
    run = pykala("parse", "-", cwd=folder, stdin=LEAD.encode())
    assert run.returncode == 0
    assert [row["source"]["uri"] for row in rows(run.stdout)] == ["-"]


def test_output_is_utf8_whatever_the_locale(folder):
    run = pykala("parse", "minutes/b.txt", cwd=folder, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert "hyväksyi".encode() in run.stdout


def test_the_same_input_gives_the_same_bytes(folder):
    once, again = (pykala("parse", "minutes", cwd=folder, PYTHONHASHSEED=seed).stdout for seed in ("1", "2"))
    assert once
    assert once == again


def test_out_jsonl_is_one_file_with_the_bytes_of_standard_output(folder):
    printed = pykala("parse", "minutes", cwd=folder).stdout
    run = pykala("parse", "minutes", "-o", "new/records.jsonl", cwd=folder)
    assert (run.returncode, run.stdout, run.stderr) == (0, b"", b"")
    assert (folder / "new/records.jsonl").read_bytes() == printed
    assert sorted(path.name for path in (folder / "new").iterdir()) == ["records.jsonl"]


def test_out_folder_gets_one_file_for_each_document(folder):
    run = pykala("parse", "minutes", "-o", "records", cwd=folder)
    assert (run.returncode, run.stdout) == (0, b"")
    assert sorted(path.name for path in (folder / "records").iterdir()) == ["b.json", "c.json"]
    assert json.loads((folder / "records/b.json").read_bytes())["source"]["uri"] == "minutes/b.txt"


def test_documents_of_one_name_do_not_overwrite_each_other(folder):
    (folder / "minutes/a/B.txt").write_text(GRANTS, "utf-8")
    pykala("parse", "minutes", "-o", "records", cwd=folder)
    found = {path.name: json.loads(path.read_bytes())["source"]["uri"] for path in (folder / "records").iterdir()}
    assert found == {"B.json": "minutes/a/B.txt", "b-2.json": "minutes/b.txt", "c.json": "minutes/a/c.txt"}


def test_a_second_run_into_a_walked_folder_does_not_read_its_own_output(folder):
    for _ in range(2):
        run = pykala("parse", "minutes", "-o", "minutes/records", cwd=folder)
        assert (run.returncode, run.stderr) == (0, b"")
    assert sorted(path.name for path in (folder / "minutes/records").iterdir()) == ["b.json", "c.json"]


def test_unit_decision_gives_one_flat_row_a_decision(folder):
    run = pykala("parse", "minutes", "--unit", "decision", cwd=folder)
    found = rows(run.stdout)
    assert [(row["uri"], row["type"]) for row in found] == [
        ("minutes/a/c.txt", "granted"),
        ("minutes/a/c.txt", "authorised"),
        ("minutes/b.txt", "approved"),
    ]
    assert found[0]["decision_maker"] == "Kulttuurilautakunta"
    assert [(amount["value"], amount["recipients"]) for amount in found[0]["amounts"]] == [
        ("15000", ["Meriteatteri ry"])
    ]


def test_unit_decision_in_a_folder_is_a_list_of_rows(folder):
    pykala("parse", "minutes/a", "--unit", "decision", "-o", "records", cwd=folder)
    assert [row["type"] for row in json.loads((folder / "records/c.json").read_bytes())] == ["granted", "authorised"]


def test_a_document_that_fails_is_one_line_and_stops_no_other(folder):
    (folder / "minutes/a/empty.txt").write_bytes(b"")
    (folder / "minutes/weather.txt").write_text(PROSE, "utf-8")
    run = pykala("parse", "minutes", "-o", "records.jsonl", cwd=folder)
    assert run.returncode == 1
    lines = run.stderr.decode().splitlines()
    assert [line.split(":")[0] for line in lines] == ["minutes/a/empty.txt", "minutes/weather.txt"]
    assert len(rows((folder / "records.jsonl").read_bytes())) == 2
    failures = rows((folder / "records.jsonl.failures.jsonl").read_bytes())
    assert [(row["uri"], row["code"]) for row in failures] == [
        ("minutes/a/empty.txt", "empty"),
        ("minutes/weather.txt", "not-a-bulletin"),
    ]


def test_failures_of_a_run_into_a_folder_lie_beside_it(folder):
    (folder / "minutes/weather.txt").write_text(PROSE, "utf-8")
    assert pykala("parse", "minutes", "-o", "records/", cwd=folder).returncode == 1
    assert len(rows((folder / "records.failures.jsonl").read_bytes())) == 1


def test_a_list_of_failures_goes_when_all_is_well_again(folder):
    (folder / "minutes/weather.txt").write_text(PROSE, "utf-8")
    pykala("parse", "minutes", "-o", "records.jsonl", cwd=folder)
    (folder / "minutes/weather.txt").unlink()
    assert pykala("parse", "minutes", "-o", "records.jsonl", cwd=folder).returncode == 0
    assert not (folder / "records.jsonl.failures.jsonl").exists()


def test_a_failure_without_out_leaves_no_file(folder):
    before = sorted(folder.rglob("*"))
    (folder / "minutes/b.txt").write_bytes(b"")
    run = pykala("parse", "minutes", cwd=folder)
    assert run.returncode == 1
    assert [row["source"]["uri"] for row in rows(run.stdout)] == ["minutes/a/c.txt"]
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["parse"],
        ["parse", "nowhere.txt"],
        ["parse", "minutes", "nowhere.txt"],
        ["parse", "void"],
        ["parse", "-", "-"],
        ["parse", "minutes", "--unit", "page"],
        ["parse", "minutes", "--frobnicate"],
        ["parse", "minutes", "-o", "void.jsonl"],
        ["parse", "minutes", "-o", "records.json"],
        ["parse", "minutes", "-o", "minutes/b.txt"],
        ["parse", "minutes", "-o", "minutes"],
        ["parse", "minutes", "-o", "-"],
        ["parse", "minutes", "-o", "minutes/b.txt/records.jsonl"],
        ["parse", ""],
        ["explain"],
        ["explain", "nowhere.txt"],
        ["explain", "minutes"],
        ["schema", "page"],
        ["frobnicate"],
        [],
    ],
    ids=lambda arguments: " ".join(arguments) or "nothing",
)
def test_wrong_usage_is_exit_code_2_and_prints_no_record(folder, arguments):
    (folder / "void").mkdir()
    (folder / "void.jsonl").mkdir()
    run = pykala(*arguments, cwd=folder)
    assert run.returncode == 2
    assert b"{" not in run.stdout
    assert b"Traceback" not in run.stderr
    assert run.stderr or run.stdout


def test_ends_quietly_when_the_reader_has_seen_enough(folder):
    for number in range(300):
        (folder / f"minutes/{number:03}.txt").write_text(LEAD * 40, "utf-8")
    command = [sys.executable, "-m", "pykala", "parse", "minutes"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_says_so_when_standard_output_is_full(folder):
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(
            [sys.executable, "-m", "pykala", "parse", "minutes"],
            cwd=folder,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert run.returncode == 2
    assert run.stderr.decode().startswith("pykala: standard output: cannot be written")
    assert len(run.stderr.splitlines()) == 1


def test_an_interrupted_run_leaves_nothing_half_written(folder):
    for number in range(2000):
        (folder / f"minutes/{number:04}.txt").write_text(LEAD * 20, "utf-8")
    command = [sys.executable, "-m", "pykala", "parse", "minutes", "-o", "new/records.jsonl"]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE) as process:
        while not list(folder.glob("new/.*.part")):
            time.sleep(0.01)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        assert process.stderr
        assert b"Traceback" not in process.stderr.read()
    assert process.returncode == 130
    assert list((folder / "new").iterdir()) == []


def test_failures_of_the_current_folder_lie_beside_it(folder):
    (folder / "minutes/weather.txt").write_text(PROSE, "utf-8")
    (folder / "here").mkdir()
    assert pykala("parse", "../minutes", "-o", ".", cwd=folder / "here").returncode == 1
    assert (folder / "here.failures.jsonl").exists()


def test_shows_progress_on_a_terminal_but_not_in_a_pipe(folder):
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "pykala", "parse", "minutes", "-o", "records.jsonl"],
        cwd=folder,
        stderr=theirs,
        env=os.environ | {"TERM": "xterm"},
    )
    assert process.wait(timeout=60) == 0
    os.close(theirs)
    shown = os.read(ours, 100_000)
    os.close(ours)
    assert b"Parsing" in shown
    assert b"2 of 2 documents" in shown


def test_says_its_version(tmp_path):
    from importlib.metadata import version

    assert pykala("--version", cwd=tmp_path).stdout.decode() == f"pykala {version('pykala')}\n"


@pytest.mark.parametrize("statement", ["import pykala", "import pykala; pykala.__version__", "import pykala.cli"])
def test_importing_pykala_brings_nothing_heavy(tmp_path, statement):
    code = f"{statement}; import sys; print(sorted({{'spacy', 'pydantic', 'lxml', 'numpy'}} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


def test_lists_its_schemas_and_prints_each(tmp_path):
    listed = pykala("schema", cwd=tmp_path)
    assert [line.split()[0] for line in listed.stdout.decode().splitlines()] == [
        "bulletin",
        "decision",
        "diff",
        "failure",
        "review",
    ]
    for name in ("bulletin", "decision", "diff", "failure", "review"):
        run = pykala("schema", name, cwd=tmp_path)
        assert run.returncode == 0
        assert json.loads(run.stdout)["$id"].split(":")[-2] == name


def test_explains_in_the_terminal(folder):
    run = pykala("explain", "minutes/b.txt", cwd=folder)
    assert (run.returncode, run.stderr) == (0, b"")
    assert "⟦1,2 miljoonaa euroa⟧" in run.stdout.decode()


def test_explains_as_a_page(folder):
    run = pykala("explain", "minutes/b.txt", "--html", "page.html", cwd=folder)
    assert (run.returncode, run.stdout) == (0, b"")
    assert (folder / "page.html").read_text("utf-8").startswith("<!doctype html>")


def test_explaining_what_cannot_be_read_is_exit_code_1_and_writes_no_page(folder):
    (folder / "empty.txt").write_bytes(b"")
    run = pykala("explain", "empty.txt", "--html", "page.html", cwd=folder)
    assert run.returncode == 1
    assert run.stderr.decode().startswith("empty.txt: ")
    assert len(run.stderr.decode().splitlines()) == 1
    assert not (folder / "page.html").exists()


@pytest.mark.parametrize("command", ["parse", "explain", "schema"])
def test_help_has_examples(tmp_path, command):
    run = pykala(command, "--help", cwd=tmp_path, COLUMNS="120")
    assert run.returncode == 0
    assert f"pykala {command}" in run.stdout.decode().partition("Examples")[2]


def test_writes_tables_beside_their_failures(folder):
    (folder / "minutes" / "empty.txt").touch()
    run = pykala("parse", "minutes", "-o", "sqlite:///out/records.db", cwd=folder)
    assert run.returncode == 1
    with closing(sqlite3.connect(folder / "out" / "records.db")) as connection:
        assert connection.execute("SELECT uri FROM bulletins ORDER BY uri").fetchall() == [
            ("minutes/a/c.txt",),
            ("minutes/b.txt",),
        ]
        assert connection.execute("SELECT recipient_name, value FROM fundings").fetchall() == [
            ("Meriteatteri ry", 15000)
        ]
    assert [row["code"] for row in rows((folder / "out" / "records.db.failures.jsonl").read_bytes())] == ["empty"]


def test_writes_forms_of_other_projects_to_standard_output(folder):
    run = pykala("parse", "minutes", "--as", "schema.org", cwd=folder)
    assert (run.returncode, run.stderr) == (0, b"")
    assert [row["@type"] for row in rows(run.stdout)] == ["DigitalDocument"] * 2


def test_a_database_that_takes_nothing_ends_the_run_in_one_line(folder):
    (folder / "letter.db").write_text("Dear council, " * 100)
    run = pykala("parse", "minutes", "-o", "sqlite:///letter.db", cwd=folder)
    assert run.returncode == 2
    assert run.stderr.decode().startswith("pykala: sqlite:///letter.db: file is not a database")
    assert run.stderr.count(b"\n") == 1

"""pykala fetch and pykala sources against a real server: as processes where that is the point, else within this one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from loopback import Answer, Site
from pykala import parse
from pykala.cli import app
from pykala.fetch import archive, documents

if TYPE_CHECKING:
    from click.testing import Result

CGI = "/cgi/DREQUEST.PHP?page="
FRONT = f"{CGI}meeting_frames"


def page(inside: str) -> Answer:
    markup = f'<html lang="fi"><head><title>Rannan kunta</title></head><body>{inside}</body></html>'
    return Answer(markup.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def publish(site: Site, meetings: int, items: int) -> list[str]:
    """A town on Dynasty: bodies, meetings and their items; gives the addresses of the items."""
    rows, found = "", []
    for meeting in range(1, meetings + 1):
        day, number = f"{meeting:02}.05.2025", f"2025{meeting:03}"
        rows += (
            f'<tr><td>Kunnanhallitus<td><a href="DREQUEST.PHP?page=meeting&amp;id={number}">Pöytäkirja {day}</a></tr>'
        )
        links = ""
        for item in range(1, items + 1):
            section = (meeting - 1) * items + item
            name = f"{CGI}meetingitem&id={number}-{item}"
            links += (
                f'<tr><td><a href="DREQUEST.PHP?page=meetingitem&amp;id={number}-{item}">Avustus {section}</a></tr>'
            )
            label = f"<h1>Kunnanhallitus</h1><p>Pöytäkirja {day}/Pykälä {section}</p><h2>Avustus {section}</h2>"
            act = f"<h3>Päätös</h3><p>Kunnanhallitus myönsi Rannan Soutajat ry:lle {section * 100} euroa.</p>"
            site[name] = page(f"{label}{act}")
            found.append(site.address(name))
        heading = f"<h1>Kunnanhallitus<br>Pöytäkirja {day}</h1>"
        site[f"{CGI}meeting&id={number}"] = page(f"{heading}<table>{links}</table>")
    site[FRONT] = page(f"<h1>Kokoukset</h1><table>{rows}</table>")
    return found


def pykala(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)))


def fetch(site: Site, store: Path, *more: str | Path, check: int = 0) -> Result:
    done = pykala("fetch", site.address(FRONT), "-o", store, "--allow-private", "--delay", "0.001", *more)
    assert done.exit_code == check, done.output
    return done


def fetch_command(site: Site, store: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "pykala", "fetch", site.address(FRONT), "-o", str(store), "--allow-private", *more]


@pytest.fixture
def store(tmp_path):
    return tmp_path / "ranta.warc.gz"


def test_a_run_that_is_killed_again_and_again_gets_every_page_once_and_loses_none(site, store):
    items = publish(site, meetings=4, items=6)
    command = fetch_command(site, store, "--delay", "0.03")
    kills = 0
    for enough in (3, 12, 23):
        with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
            while len(site.log) < enough and process.poll() is None:
                time.sleep(0.002)
            assert process.poll() is None, process.stderr.read()
            os.kill(process.pid, signal.SIGKILL)
            process.communicate()
            kills += 1
    done = fetch(site, store)
    assert done.stdout == ""
    kept = Counter(
        e.address for e in archive.entries(store) if e.kind == "response" and e.fields["pykala-kind"] == "bulletin"
    )
    assert kept == Counter(items)
    assert sorted(one.uri for one in documents(store)) == sorted(items)
    asked = Counter(path for path in site.paths if path != "/robots.txt")
    again = asked.total() - len(asked)
    assert set(asked) == {FRONT, *(name for name in asked if "page=meeting" in name)}
    assert len(asked) == 1 + 4 + 24
    assert again <= kills  # what was under way when the process was killed
    runs = [e for e in archive.entries(store) if e.fields["pykala-kind"] in {"run", "report"}]
    assert [e.fields["pykala-kind"] for e in runs] == ["run", "report"]


def test_one_host_is_asked_at_most_once_a_second(site, store):
    publish(site, meetings=1, items=1)
    subprocess.run(fetch_command(site, store), check=True, timeout=60)
    assert len(site.log) == 4
    assert min(later.at - earlier.at for earlier, later in pairwise(site.log)) >= 0.99


def test_a_run_is_quiet_and_its_report_tells_what_came(site, store, tmp_path):
    publish(site, meetings=2, items=3)
    site[f"{CGI}meetingitem&id=2025001-2"] = page("<p>Sivua ei voi näyttää.</p>")
    done = fetch(site, store, "--report", tmp_path / "report.json", "--contact", "data@example.org")
    assert (done.stdout, done.stderr) == ("", "")
    assert "data@example.org" in site.log[0].headers["user-agent"]
    (said,) = json.loads((tmp_path / "report.json").read_text("utf-8"))["sources"]
    assert said["bulletins"] == {"new": 6, "changed": 0, "same": 0, "absent": 0, "unlisted": 0, "failed": 0}
    assert (said["meetings"], said["sections"], said["documents"]) == (2, 5, 5)
    assert said["gaps"] == [{"body": "Kunnanhallitus", "year": "2025", "missing": "2"}]
    assert [one["code"] for one in said["unread"]] == ["not-a-bulletin"]
    fetch(site, store, "--report", tmp_path / "report.json")
    (said,) = json.loads((tmp_path / "report.json").read_text("utf-8"))["sources"]
    assert (said["bulletins"]["same"], said["bulletins"]["new"]) == (6, 0)


def test_fields_that_fall_against_the_history_are_told(site, store):
    publish(site, meetings=2, items=8)
    fetch(site, store)
    for meeting, item in ((m, i) for m in (1, 2) for i in range(1, 9)):
        site[f"{CGI}meetingitem&id=2025{meeting:03}-{item}"] = page(
            f"<h1>Kunnanhallitus</h1><p>Pöytäkirja {meeting:02}.05.2025/Pykälä {item}</p><h2>Avustus {item}</h2>"
            "<h3>Päätös</h3><p>Rannan Soutajat ry:n hakemus.</p>"
        )
    done = fetch(site, store, check=1)
    assert "decisions in 0% of the documents, 100% before" in done.stderr
    assert "meeting_date" not in done.stderr


@pytest.mark.parametrize(
    ("front", "words"),
    [
        (page("<p>Sivusto on uudistunut.</p>"), "lead to nothing"),
        (Answer(b"", status=404), "could not be had"),
        (Answer(b"", headers={"Content-Type": "text/html"}), "could"),
    ],
)
def test_a_run_that_is_green_but_empty_is_no_success(site, store, front, words):
    publish(site, meetings=1, items=1)
    fetch(site, store, "--since", "2025-01-01")
    site[FRONT] = front
    assert words in fetch(site, store, "--since", "2025-01-01", check=1).stderr


def test_a_window_without_a_bulletin_is_told_where_the_store_has_none_either(site, store):
    publish(site, meetings=1, items=1)
    assert "none lies in the days" in fetch(site, store, "--since", "2025-06-01", check=1).stderr
    fetch(site, store, "--until", "2025-05-31")
    fetch(site, store, "--since", "2025-06-01")


def test_a_private_network_is_refused_unless_allowed(site, store):
    publish(site, meetings=1, items=1)
    done = pykala("fetch", site.address(FRONT), "-o", store)
    assert done.exit_code == 1
    assert "private" in done.stderr
    assert site.log == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["Ruritania", "-o", "s.warc.gz"], "no municipality"),
        (["Espo", "-o", "s.warc.gz"], "Espoo"),
        (["Oulu", "-o", "s.warc.gz"], "not known where it publishes"),
        (["ftp://example.fi/", "-o", "s.warc.gz"], "http"),
        (["Espoo", "-o", "s.jsonl"], ".warc.gz"),
        (["Espoo", "-o", "s.warc.gz", "--since", "yesterday"], "no day"),
        (["Espoo", "-o", "s.warc.gz", "--since", "2025-05-02", "--until", "2025-05-01"], "after"),
        (["Espoo", "-o", "s.warc.gz", "--contact", "a\nb"], "contact"),
    ],
)
def test_wrong_usage_is_one_line_and_makes_no_file(tmp_path, monkeypatch, arguments, words):
    monkeypatch.chdir(tmp_path)
    done = pykala("fetch", *arguments)
    assert done.exit_code == 2
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_records_of_a_store_say_when_they_were_fetched(site, store):
    items = publish(site, meetings=1, items=2)
    fetch(site, store)
    records = [parse(one.content, uri=one.uri) for one in documents(store)]
    assert [one.source.uri for one in records] == items
    assert [one.amounts[0].value for one in records] == ["100", "200"]


# ---------------------------------------------------------------- sources


def sources(*arguments: str, check: int = 0) -> list[list[str]]:
    done = pykala("sources", *arguments)
    assert done.exit_code == check, done.output
    return [line.split("\t") for line in done.stdout.splitlines()]


def test_what_was_fetched_is_parsed_without_the_site(site, store, tmp_path):
    items = publish(site, meetings=2, items=2)
    fetch(site, store)
    asked = len(site.log)
    done = pykala("parse", store, "-o", tmp_path / "records.jsonl")
    assert done.exit_code == 0, done.output
    rows = [json.loads(line) for line in (tmp_path / "records.jsonl").read_text("utf-8").splitlines()]
    assert sorted(row["source"]["uri"] for row in rows) == sorted(items)
    assert sorted(int(row["amounts"][0]["value"]) for row in rows) == [100, 200, 300, 400]
    assert all(row["source"]["retrieved_at"] for row in rows)
    assert len(site.log) == asked


def test_all_municipalities_are_listed_and_most_with_a_platform():
    rows = sources()
    assert len({row[0] for row in rows}) == 308
    assert len({row[0] for row in rows if row[3]}) >= 60
    assert all(len(row) == 5 for row in rows)
    assert all(bool(row[3]) == row[4].startswith("http") for row in rows)


def test_a_municipality_is_found_by_any_of_its_names():
    assert sources("--municipality", "Esbo") == sources("--municipality", "049") == sources("--municipality", "espoo")
    assert sources("--municipality", "Ruritania", check=2) == []

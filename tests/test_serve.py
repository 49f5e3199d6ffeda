"""The service as its clients meet it: a real process that answers over HTTP."""

import base64
import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
import requests

from pykala import schemas

SUM = "Kunnanhallitus myönsi Kylä ry:lle 500 euroa vuodelle 2025.\n"
TAKEN = "Kunnanhallitus hyväksyi kokouksessaan 2.12.2024 sopimuksen, jonka arvo on 1,2 miljoonaa euroa.\n"
PATIENCE = 60


class Service:
    """A running service and a session of its client."""

    def __init__(self, *options: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pykala", "serve", "--port", "0", "--workers", "2", *options],
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self.process.stderr is not None
        first = self.process.stderr.readline()
        found = re.search(r"http://\S+:\d+(?=,)", first)
        assert found, first
        self.address = found[0]
        self.said: list[str] = []
        self._reader = threading.Thread(target=self.said.extend, args=(self.process.stderr,), daemon=True)
        self._reader.start()

    def post(self, path: str, body: bytes | None = None, **how) -> requests.Response:
        return requests.post(self.address + path, data=body, timeout=PATIENCE, **how)

    def get(self, path: str, **how) -> requests.Response:
        return requests.get(self.address + path, timeout=PATIENCE, **how)

    def end(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        self.process.stderr.close()
        return code


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    running = Service("--max-bytes", "100000", "--timeout", "20")
    yield running
    running.end()


def checked(name: str, value: object) -> None:
    jsonschema.Draft202012Validator(schemas.load(name)).validate(value)


def batch(service: Service, *documents: object) -> list[dict]:
    body = "".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in documents)
    answer = service.post("/parse/batch", body.encode())
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    return [json.loads(line) for line in answer.text.splitlines()]


def test_gives_the_record_that_the_command_gives(service, tmp_path):
    (tmp_path / "a.txt").write_text(SUM, "utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pykala", "parse", "a.txt"], cwd=tmp_path, capture_output=True, check=True
    )
    answer = service.post("/parse?uri=a.txt", SUM.encode())
    assert answer.status_code == 200
    assert answer.content == run.stdout.rstrip(b"\n")
    checked("bulletin", answer.json())


def test_takes_a_file_from_a_form_and_calls_it_by_its_name(service):
    answer = service.post("/parse", files={"file": ("minutes.html", f"<h1>Avustus</h1><p>{SUM}</p>".encode())})
    assert answer.status_code == 200
    assert answer.json()["source"]["uri"] == "minutes.html"
    assert [amount["value"] for amount in answer.json()["amounts"]] == ["500"]


def test_gives_flat_rows_where_a_row_is_a_decision(service):
    rows = service.post("/parse?unit=decision", SUM.encode()).json()
    assert [row["type"] for row in rows] == ["granted"]
    checked("decision", rows[0])


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 422, "empty"),
        (b"\x00\x01\x02\xff" * 50, 422, "unknown-format"),
        (b"%PDF-1.7 cut off", 422, "broken"),
        (b"The weather was fine, and nobody had anything to say about it.\n", 422, "not-a-bulletin"),
        (b"a" * 100_001, 413, "too-large"),
    ],
)
def test_tells_what_is_wrong_with_a_document(service, body, status, code):
    answer = service.post("/parse?uri=x", body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["remedy"]
    checked("failure", answer.json())


def test_refuses_a_form_without_a_file(service):
    answer = service.post("/parse", files={"other": ("a.txt", b"text")})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-form")


def test_answers_a_batch_line_by_line_in_its_order(service):
    numbered = [{"uri": f"{i}", "text": SUM if i % 2 else TAKEN} for i in range(40)]
    lines = batch(service, *numbered)
    assert [line["record"]["source"]["uri"] for line in lines] == [str(i) for i in range(40)]
    assert {line["record"]["amounts"][0]["value"] for line in lines} == {"500", "1200000"}


def test_one_bad_line_of_a_batch_spoils_no_other(service):
    packed = base64.b64encode(f"<p>{SUM}</p>".encode()).decode()
    lines = batch(
        service,
        {"uri": "a", "text": SUM},
        "{no json",
        {"uri": "b"},
        {"uri": "c", "text": ""},
        {"uri": "d", "content": packed},
    )
    told = [line["failure"]["code"] if "failure" in line else line["record"]["source"]["uri"] for line in lines]
    assert told == ["a", "bad-line", "bad-line", "no-text", "d"]
    for line in lines:
        checked("bulletin" if "record" in line else "failure", line.get("record") or line["failure"])


def test_a_client_may_send_a_whole_batch_before_it_reads(service):
    body = json.dumps({"text": SUM * 20}).encode() + b"\n"
    answer = service.post("/parse/batch", body * 300, stream=True)
    assert sum(b'"record"' in line[:12] for line in answer.iter_lines()) == 300


def test_a_worker_that_is_killed_costs_no_answer(service):
    killed: list[int] = []

    def kill() -> None:
        killed.append(_descendants(service.process.pid)[-1])  # the server that forks workers is the first
        os.kill(killed[0], signal.SIGKILL)

    threading.Timer(0.3, kill).start()
    lines = batch(service, *({"text": SUM} for _ in range(400)))
    assert killed
    assert sum("record" in line for line in lines) == 400


def test_documents_every_call_and_needs_no_other_site(service):
    page = service.get("/docs")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert not re.search(r"(?:src|href)=.(?:https?:)?//", page.text)
    for name in re.findall(r'(?:src|href)="([^"]+)"', page.text):
        assert service.get(f"/{name}").status_code == 200, name
    paths = service.get("/openapi.json").json()["paths"]
    assert {"/parse", "/parse/batch", "/health", "/metrics"} <= set(paths)
    assert "example" in paths["/parse"]["post"]["requestBody"]["content"]["text/plain"]


def test_tells_its_health_and_its_counts(service):
    assert service.get("/health").json()["status"] == "ok"
    before = _count(service, "record")
    service.post("/parse", SUM.encode())
    assert _count(service, "record") == before + 1


def test_answers_only_under_its_own_names_and_no_page_of_another_site(service):
    assert service.get("/health", headers={"Host": "rebound.example"}).status_code == 421
    assert service.post("/parse", SUM.encode(), headers={"Origin": "https://elsewhere.example"}).status_code == 403
    own = {"Origin": service.address}
    assert service.post("/parse", SUM.encode(), headers=own).status_code == 200


def test_a_document_that_takes_too_long_is_given_up():
    slow = Service("--timeout", "2")
    try:
        long = " ".join(f"Lautakunta myönsi {i} euroa Kylä {i} ry:lle vuosille 2020–2025." for i in range(20_000))
        answer = slow.post("/parse", long.encode())
        assert (answer.status_code, answer.json()["code"]) == (504, "timeout")
        assert slow.post("/parse", SUM.encode()).status_code == 200
    finally:
        slow.end()


def test_a_port_that_is_taken_is_told_in_one_line(service):
    port = service.address.rsplit(":", 1)[1]
    run = subprocess.run(
        [sys.executable, "-m", "pykala", "serve", "--port", port],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert run.returncode == 2
    assert run.stderr.startswith(f"pykala: 127.0.0.1:{port}: cannot be listened on: ")
    assert run.stderr.count("\n") == 1


def test_ends_when_it_is_told_to():
    running = Service()
    assert running.end() in (0, -signal.SIGTERM)
    assert "Traceback" not in "".join(running.said)


def _count(service: Service, result: str) -> float:
    found = re.search(rf'pykala_documents_total{{result="{result}"}} (\S+)', service.get("/metrics").text)
    return float(found[1]) if found else 0.0


def _descendants(pid: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(stat.parent.name))
    out, todo = [], [pid]
    while todo:
        found = sorted(children.get(todo.pop(), []))
        out += found
        todo += found
    return out

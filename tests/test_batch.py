"""Long runs: worker processes that may die, a ledger of what has been done, and the same bytes whatever happens."""

import io
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest
from rich.console import Console

from pykala.batch.faults import Caps
from pykala.batch.inputs import Wanted
from pykala.batch.job import Job, started
from pykala.batch.ledger import Ledger
from pykala.batch.lock import locked
from pykala.batch.pool import Inline
from pykala.batch.result import Packed, Task
from pykala.batch.supervisor import Supervisor
from pykala.batch.worker import Reply
from pykala.cli.telling import Telling
from pykala.emit.files import clear_parts
from pykala.errors import LedgerError, WorkersFail
from pykala.record import Failure
from pykala.settings import Limits, Settings

SCRIPTS = Path(__file__).resolve().parents[1] / "scripts"
LEAD = "Kaupunginhallitus hyväksyi kokouksessaan 2.12.2024 sopimuksen, jonka arvo on 1,2 miljoonaa euroa.\n"
#: Takes a good part of a second on any machine.
LONG = LEAD * 2_000
PROSE = "The weather was fine, and nobody had anything to say about it.\n"


@pytest.fixture
def minutes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Twenty bulletins, one of them none."""
    monkeypatch.chdir(tmp_path)
    Path("minutes").mkdir()
    for number in range(20):
        Path(f"minutes/{number:02}.txt").write_text(LEAD * (1 + number % 3) if number != 5 else PROSE, "utf-8")
    return tmp_path


def pykala(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "pykala", *arguments]
    return subprocess.run(
        command, input=stdin, capture_output=True, check=False, timeout=120, env=os.environ | environment
    )


def done(job: Job) -> list[tuple[str, bytes | Failure, bool]]:
    with started(job) as outcomes:
        return [
            (one.name, one.result.unpacked().line if isinstance(one.result, Packed) else one.result, one.known)
            for one in outcomes
        ]


def results(supervisor: Supervisor, *contents: str | bytes) -> list[Packed | Failure]:
    found = {}
    with supervisor:
        for number, content in enumerate(contents):
            supervisor.submit(Task(number, f"{number}.txt", content))
        while supervisor.busy:
            found.update(supervisor.replies())
    return [found[number] for number in range(len(contents))]


@contextmanager
def ending(supervisor: Supervisor, *signals: signal.Signals):
    """Meanwhile, send each signal to the worker that reads a long document."""

    def send() -> None:
        for number in signals:
            while not (busy := [worker for worker in supervisor._workers if worker.ready and worker.held]):
                time.sleep(0.01)
            time.sleep(0.1)
            os.kill(busy[0].process.pid, number)
            while busy[0] in supervisor._workers:
                time.sleep(0.01)

    sender = threading.Thread(target=send)
    sender.start()
    yield
    sender.join(timeout=60)
    assert not sender.is_alive()


# ---------------------------------------------------------------- workers


def test_any_number_of_workers_gives_the_same_outcomes_in_the_order_of_the_inputs(minutes):
    job = Job(Wanted(["minutes"]))
    with (
        Inline() as pool,
        started(Job(Wanted(["minutes"]), workers=1)) as one,
        started(Job(job.wanted, workers=3)) as three,
    ):
        assert pool.free
        single, triple = list(one), list(three)
    assert [outcome.name for outcome in single] == [f"{number:02}" for number in range(20)]
    assert single == triple
    assert [isinstance(outcome.result, Failure) for outcome in single].index(True) == 5


def test_a_handful_of_small_documents_starts_no_process(minutes, monkeypatch):
    def refuse(*arguments: object) -> None:
        raise AssertionError(arguments)

    monkeypatch.setattr("pykala.batch.supervisor.Supervisor.__init__", refuse)
    assert len(done(Job(Wanted(["minutes/01.txt", "minutes/02.txt"])))) == 2
    with pytest.raises(AssertionError):
        done(Job(Wanted(["minutes"])))


def test_the_process_that_hands_documents_out_loads_none_of_the_stages(minutes):
    stages = "read segment extract link pipeline"
    code = (
        "import sys; from pykala.cli import app;"
        "app('parse minutes -o out.jsonl --workers 2 --quiet'.split(), standalone_mode=False);"
        f"print([name for name in {stages.split()} if f'pykala.{{name}}' in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120)
    assert (run.stdout, run.stderr) == ("[]\n", "")
    assert Path("out.jsonl").read_text("utf-8").count("\n") == 19  # and one that is no bulletin


def test_a_worker_that_is_killed_costs_no_document_anything():
    supervisor = Supervisor(1)
    with ending(supervisor, signal.SIGKILL):
        long, short = results(supervisor, LONG, LEAD)
    assert isinstance(long, Packed)
    assert isinstance(short, Packed)


def test_a_document_whose_worker_is_killed_twice_is_one_failure_and_its_neighbours_are_unharmed():
    supervisor = Supervisor(1)
    with ending(supervisor, signal.SIGKILL, signal.SIGKILL):
        before, long, after = results(supervisor, LEAD, LONG, LEAD)
    assert isinstance(long, Failure)
    assert (long.code, long.uri) == ("killed", "1.txt")
    assert isinstance(before, Packed)
    assert isinstance(after, Packed)


def test_a_crash_is_told_with_the_stage_and_the_line_that_it_happened_at():
    supervisor = Supervisor(1)
    with ending(supervisor, signal.SIGSEGV, signal.SIGSEGV):
        (long,) = results(supervisor, LONG)
    assert isinstance(long, Failure)
    assert (long.code, "SIGSEGV" in long.message) == ("crashed", True)
    assert long.place
    assert re.fullmatch(r"pykala\.[\w.]+:\d+", long.place)


def test_a_document_that_takes_too_long_is_given_up_where_it_was():
    long, short = results(Supervisor(1, caps=Caps(seconds=1.5)), LONG * 8, LEAD)
    assert isinstance(long, Failure)
    assert (long.code, long.message) == ("timeout", "it was given up after 1.5 seconds")
    assert long.place
    assert ":" in long.place
    assert isinstance(short, Packed)


def test_the_time_limit_also_holds_without_worker_processes():
    with Inline(caps=Caps(seconds=0.1)) as pool:
        pool.submit(Task(0, "a.txt", LONG))
        ((_, result),) = pool.replies()
    assert isinstance(result, Failure)
    assert result.code == "timeout"


def test_a_document_that_eats_the_memory_is_one_failure():
    greedy, small = results(Supervisor(1, caps=Caps(megabytes=64)), b"<p>" + b"<b>a</b>" * 600_000, LEAD)
    assert isinstance(greedy, Failure)
    assert (greedy.code, greedy.stage) == ("memory", "read")
    assert isinstance(small, Packed)


def test_workers_that_cannot_be_started_end_the_run(monkeypatch):
    monkeypatch.setattr("pykala.batch.supervisor.serve", len)  # ends at once, since it is called with four arguments
    with pytest.raises(WorkersFail, match="no worker process can be started"):
        results(Supervisor(1), LEAD)


def test_a_reply_travels_as_plain_bytes():
    failure = Failure(uri="ä", stage="read", code="broken", message="m", place=None, remedy=None)
    for reply in (Reply(7, Packed(b"\x00record")), Reply(2**40, failure, leaving=True)):
        assert Reply.from_bytes(reply.to_bytes()) == reply


# ---------------------------------------------------------------- the ledger


def test_a_second_run_does_only_what_is_new_or_has_changed(minutes):
    job = Job(Wanted(["minutes"]), workers=2, ledger=Path("ledger"), keep=True)
    first = done(job)
    Path("minutes/07.txt").write_text(LEAD * 9, "utf-8")
    Path("minutes/99.txt").write_text(LEAD, "utf-8")
    second = done(job)
    assert {name for name, _, known in second if not known} == {"07", "99"}
    assert [one[:2] for one in second if one[2]] == [one[:2] for one in first if one[0] != "07"]


def test_what_other_settings_made_is_not_taken_for_the_same(minutes):
    job = Job(Wanted(["minutes/01.txt"]), ledger=Path("ledger"), keep=True)
    done(job)
    assert [known for _, _, known in done(job)] == [True]
    smaller = Job(job.wanted, Settings(limits=Limits(pages=7)), ledger=job.ledger)
    assert [known for _, _, known in done(smaller)] == [False]


def test_failures_are_known_too_until_they_are_to_be_tried_again(minutes):
    job = Job(Wanted(["minutes/05.txt", "minutes/01.txt"]), ledger=Path("ledger"), keep=True)
    assert done(job)[0][1] == done(job)[0][1]
    again = Job(job.wanted, ledger=job.ledger, retry_failed=True)
    assert [known for _, _, known in done(job)] == [True, True]
    assert [known for _, _, known in done(again)] == [False, True]


def test_a_document_that_somebody_killed_the_worker_of_is_tried_again_in_any_case(tmp_path):
    killed = Failure(uri="a", stage="read", code="killed", message="m", place=None, remedy=None)
    task = Task(0, "a", LEAD)
    with Ledger(tmp_path / "ledger", "pipeline", at_once=True) as ledger:
        ledger.put(task, killed)
        ledger.put_away()
        assert ledger.get(task) is None


def test_a_ledger_tells_apart_text_bytes_and_times_of_fetching(tmp_path):
    tasks = [Task(0, "a", "A"), Task(0, "a", b"A"), Task(0, "a", b"A", "2024-11-25T10:00:00Z")]
    with Ledger(tmp_path / "ledger", "pipeline") as ledger:
        for task in tasks:
            ledger.put(task, Packed(repr(task).encode()))
            ledger.put_away()
            assert [ledger.get(one) is not None for one in tasks] == [one == task for one in tasks]


def test_a_short_run_leaves_no_ledger_and_a_longer_one_does(minutes):
    ledger = Path("records.jsonl.ledger.sqlite")
    assert len(done(Job(Wanted(["minutes/01.txt"]), ledger=ledger))) == 1
    assert not ledger.exists()
    assert len(done(Job(Wanted(["minutes"]), ledger=ledger))) == 20
    assert ledger.exists()
    assert [known for _, _, known in done(Job(Wanted(["minutes/01.txt"]), ledger=ledger))] == [True]


def test_a_file_that_is_no_ledger_is_refused_and_left_alone(minutes):
    for content in (b"not a database" * 100, b"SQLite format 3\0" + b"x" * 500):
        Path("ledger").write_bytes(content)
        with pytest.raises(LedgerError):
            done(Job(Wanted(["minutes/01.txt"]), ledger=Path("ledger")))
        assert Path("ledger").read_bytes() == content


def test_two_runs_on_one_output_exclude_each_other(minutes):
    with locked(Path("records.jsonl.lock")):
        run = pykala("parse", "minutes/01.txt", "-o", "records.jsonl")
        assert run.returncode == 2
        assert f"process {os.getpid()}" in run.stderr.decode()
        assert not Path("records.jsonl").exists()


def test_the_lock_of_a_run_that_was_killed_locks_nothing(tmp_path):
    path = tmp_path / "lock"
    path.write_text("1\n")
    with locked(path):
        assert path.read_text() == f"{os.getpid()}\n"
        with pytest.raises(LedgerError), locked(path):
            pass
    assert not path.exists()


def test_what_a_killed_run_left_half_written_goes_with_the_next(minutes):
    left = [
        Path(".records.jsonl.abcd.part"),
        Path(".records.jsonl.failures.jsonl.x.part"),
        Path(".others.jsonl.abcd.part"),
    ]
    for path in left:
        path.write_text("half")
    clear_parts("records.jsonl")
    assert [path.exists() for path in left] == [False, False, True]


def test_runs_that_are_disturbed_at_random_moments_end_with_the_same_bytes():
    command = [sys.executable, str(SCRIPTS / "kill_test.py"), "--times", "1", "--documents", "24", "--kills", "1"]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.count("same bytes") == 3


def test_bad_documents_fail_for_their_own_reasons_and_no_other_is_harmed():
    command = [sys.executable, str(SCRIPTS / "hostile.py"), "--good", "10", "--bad", "12", "--timeout", "20"]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "10 records and 12 failures" in run.stdout


# ---------------------------------------------------------------- the command


def test_reads_a_list_of_files_from_standard_input(minutes):
    run = pykala("parse", "--files-from", "-", stdin=b"minutes/02.txt\nnowhere.txt\nminutes/01.txt\n")
    assert run.returncode == 1
    assert [json.loads(line)["source"]["uri"] for line in run.stdout.splitlines()] == [
        "minutes/02.txt",
        "minutes/01.txt",
    ]
    assert run.stderr.decode().startswith("nowhere.txt: No such file")


def test_many_failures_end_in_a_table_by_cause():
    told = io.StringIO()
    telling = Telling(Console(file=told))
    for code, stage in [("empty", "read")] * 2 + [("not-a-bulletin", "segment")] * 9:
        telling.fail(Failure(uri="a", stage=stage, code=code, message="m", place=None, remedy=None), listed=True)
    telling.conclude("records.jsonl")
    table = [line.split() for line in told.getvalue().splitlines()[-3:]]
    assert table == [["failures", "cause", "stage"], ["9", "not-a-bulletin", "segment"], ["2", "empty", "read"]]


def test_quiet_tells_only_what_no_file_tells():
    told = io.StringIO()
    telling = Telling(Console(file=told), quiet=True)
    row = Failure(uri="a", stage="read", code="empty", message="m", place=None, remedy=None)
    telling.fail(row, listed=True)
    telling.conclude("records.jsonl")
    assert told.getvalue() == ""
    telling.fail(row, listed=False)
    assert told.getvalue() == "a: m\n"


def test_a_run_that_nobody_watches_says_now_and_then_how_far_it_is(monkeypatch):
    monkeypatch.setattr("pykala.cli.telling.PAUSE", 0.0)
    told = io.StringIO()
    telling = Telling(Console(file=told))
    telling.fail(Failure(uri="a", stage="read", code="empty", message="m", place=None, remedy=None), listed=True)
    telling.count(known=False)
    assert told.getvalue().splitlines()[1].startswith("1 documents, ")
    assert told.getvalue().splitlines()[1].endswith(" 1 failed")


@pytest.mark.parametrize(
    "options", [["--workers", "0"], ["--timeout", "0"], ["--memory", "1"], ["--files-from", "nowhere"]]
)
def test_limits_that_leave_nothing_are_wrong_usage(minutes, options):
    assert pykala("parse", "minutes", *options).returncode == 2


def test_no_process_outlives_a_run_that_is_killed(minutes):
    Path("minutes/00.txt").write_text(LONG, "utf-8")
    command = [
        sys.executable,
        "-m",
        "pykala",
        "parse",
        "minutes",
        "--workers",
        "2",
        "--timeout",
        "2",
        "-o",
        "out.jsonl",
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as run:
        while not any(_children(child) for child in _children(run.pid)):
            time.sleep(0.02)
        run.kill()
        assert run.stderr
        run.stderr.read()  # until the last process that could write to it has ended


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


# ---------------------------------------------------------------- a cluster


@contextmanager
def three_machines(folder: Path):
    """A cluster whose workers are started as on machines of their own, with no nanny that would start a lost one anew: its scheduler,
    and their processes by their names.
    """
    from distributed import LocalCluster

    worker = [sys.executable, "-m", "dask", "worker", "--no-nanny", "--no-dashboard", "--nthreads", "1"]
    with (
        closing(LocalCluster(n_workers=0, dashboard_address=None, silence_logs=50)) as cluster,
        ExitStack() as machines,
    ):
        started_here: dict[str, subprocess.Popen[bytes]] = {}
        for name in ("one", "two", "three"):
            where = ["--name", name, "--local-directory", str(folder / name), cluster.scheduler_address]
            process = machines.enter_context(subprocess.Popen([*worker, *where], stderr=subprocess.DEVNULL))
            machines.enter_context(ended(process))
            started_here[name] = process
        cluster.wait_for_workers(3, timeout=60)
        yield cluster.scheduler, started_here


@contextmanager
def ended(process: subprocess.Popen[bytes]):
    """Leave no process behind, whatever a test finds."""
    try:
        yield
    finally:
        process.kill()


def until(condition: Callable[[], object]) -> None:
    """Wait for something that has to come."""
    patience = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < patience
        time.sleep(0.01)


def moved(scheduler, start: str, finish: str) -> set[str]:
    """The parcels that the scheduler has seen go from one state to another."""
    return {key for key, *states in (step[:3] for step in list(scheduler.transition_log)) if states == [start, finish]}


def parts(name: str) -> list[Path]:
    """What a run has written so far of an output that is not whole yet."""
    return [part for part in Path().glob(f".{name}.*.part") if "failures" not in part.name]


def working(scheduler) -> list[str]:
    """The names of the workers that have something to do."""
    return [worker.name for worker in list(scheduler.workers.values()) if worker.processing]


def test_a_cluster_of_three_that_loses_a_worker_midway_writes_the_bytes_of_an_undisturbed_run(minutes):
    for number in range(100, 420):
        Path(f"minutes/{number}.txt").write_text(LEAD * 12, "utf-8")
    assert pykala("parse", "minutes", "-o", "alone.jsonl", "--quiet").returncode == 1
    with three_machines(minutes / "machines") as (scheduler, processes):
        command = [sys.executable, "-m", "pykala", "parse", "minutes", "-o", "shared.jsonl", "--quiet", "--cluster"]
        with subprocess.Popen([*command, scheduler.address]) as run, ended(run):
            until(lambda: run.poll() is not None or any(b"\n" in part.read_bytes() for part in parts("shared.jsonl")))
            assert run.poll() is None, "the run was over before a worker could be lost"
            arrived = sum(part.read_bytes().count(b"\n") for part in parts("shared.jsonl"))
            until(lambda: len(working(scheduler)) == 3)
            processes["two"].kill()
            assert processes["two"].wait(10) == -signal.SIGKILL
            assert run.poll() is None, "the run was over before a worker was lost"
            assert run.wait(120) == 1
        lost = moved(scheduler, "processing", "released") | moved(scheduler, "processing", "erred")
        assert {worker.name for worker in scheduler.workers.values()} == {"one", "three"}
    assert 0 < arrived < 339
    assert lost, "the worker that was lost had nothing to do"
    assert Path("shared.jsonl").read_bytes() == Path("alone.jsonl").read_bytes()
    failed = [Path(f"{name}.jsonl.failures.jsonl").read_bytes() for name in ("shared", "alone")]
    assert failed[0] == failed[1]
    uris = [json.loads(line)["source"]["uri"] for line in Path("shared.jsonl").read_bytes().splitlines()]
    assert uris == sorted(str(path) for path in Path("minutes").iterdir() if path.name != "05.txt")


def test_what_a_lost_worker_had_done_and_not_yet_handed_over_is_done_again_by_others(minutes):
    for number in range(100, 150):
        Path(f"minutes/{number}.txt").write_text(LEAD * 150, "utf-8")
    with started(Job(Wanted(["minutes"]))) as outcomes:
        alone = list(outcomes)
    with (
        three_machines(minutes / "machines") as (scheduler, processes),
        started(Job(Wanted(["minutes"]), cluster=scheduler.address)) as outcomes,
    ):
        shared = [next(outcomes)]
        until(lambda: not working(scheduler))
        holder = max(scheduler.workers.values(), key=lambda worker: len(worker.has_what))
        assert len(holder.has_what) > 1, "it holds none but what has been handed over"
        processes[holder.name].kill()
        until(lambda: moved(scheduler, "memory", "released"))
        assert working(scheduler), "what was lost has been done again before anybody asked for it"
        shared.extend(outcomes)
    assert shared == alone


def test_a_cluster_that_does_not_answer_is_told_in_one_line(minutes, monkeypatch):
    monkeypatch.setattr("pykala.batch.cluster.PATIENCE", 1)
    with pytest.raises(WorkersFail, match="no cluster answers at tcp"):
        done(Job(Wanted(["minutes"]), cluster="tcp://127.0.0.1:9"))

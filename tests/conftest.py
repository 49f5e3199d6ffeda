"""How hypothesis looks for counterexamples (the same ones in every run of the gates, new ones in a campaign); web sites, a
PostgreSQL server and a browser for a run.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import sync_playwright

from loopback import PatientClock, Site

_UNHURRIED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}  # the first call compiles the rules

settings.register_profile("gates", derandomize=True, database=None, **_UNHURRIED)
settings.register_profile("campaign", max_examples=3_000, **_UNHURRIED)
settings.load_profile("gates")


@pytest.fixture(scope="session", autouse=True)
def interruptible() -> Iterator[None]:
    """Processes that tests start can be interrupted, also where the run was started with SIGINT ignored (which they would inherit),
    as a shell does with what it runs in the background.
    """
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.SIG_IGN:
        yield
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def site() -> Iterator[Site]:
    """A web site on the loopback interface that answers as it is told (tests/support/loopback.py)."""
    with Site() as site:
        yield site


@pytest.fixture
def clock() -> PatientClock:
    """A clock in which waiting takes no time."""
    return PatientClock()


def _postgresql_programs() -> Path | None:
    """The folder of initdb and pg_ctl, the newest where there are several."""
    found = [Path(program).parent] if (program := shutil.which("pg_ctl")) else []
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True)
    return next((folder for folder in found if (folder / "initdb").exists()), None)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A PostgreSQL server of this run alone, on a socket in a folder of its own: the folder."""
    programs = _postgresql_programs()
    if programs is None:
        pytest.skip(
            "PostgreSQL is not tested here: no initdb and pg_ctl are installed (Debian: apt install postgresql)"
        )
    folder = Path(tempfile.mkdtemp(prefix="pykala-postgresql-"))  # not pytest's, which another user may not enter
    user = None
    if os.geteuid() == 0:  # the server refuses to run as root
        user = "postgres" if any(one.pw_name == "postgres" for one in pwd.getpwall()) else "nobody"
        shutil.chown(folder, user)
    data = folder / "data"
    start = f"-k {folder} -c listen_addresses= -c fsync=off -c max_connections=20"

    def run(program: str, *arguments: str) -> None:
        command = [str(programs / program), *arguments]
        subprocess.run(command, check=True, cwd=folder, user=user, stdout=subprocess.DEVNULL, timeout=60)

    try:
        run("initdb", "-D", str(data), "-U", "pykala", "--auth=trust", "--encoding=UTF8", "--no-sync")
        run("pg_ctl", "start", "-w", "-D", str(data), "-l", str(folder / "log"), "-o", start)
        try:
            yield str(folder)
        finally:
            run("pg_ctl", "stop", "-D", str(data), "-m", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgresql(postgresql_server: str) -> Iterator[str]:
    """The address of a new, empty database."""
    from pg8000.native import Connection

    socket = f"{postgresql_server}/.s.PGSQL.5432"
    name = f"records_{uuid.uuid4().hex}"
    with Connection("pykala", database="postgres", unix_sock=socket) as connection:
        connection.run(f"CREATE DATABASE {name}")
        yield f"postgresql://pykala@/{name}?unix_sock={socket}"
        connection.run(f"DROP DATABASE {name} WITH (FORCE)")


_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium of this machine."""
    path = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if path is None:
        pytest.skip("there is no Chromium on this machine")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(_QUIET))
        yield chromium
        chromium.close()

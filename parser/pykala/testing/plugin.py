"""What pytest loads: golden files are collected, checked, and on request written; see docs/testing.md.

pytest loads this in every run where pykala is installed, so everything heavy is imported where it is needed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter

    from pykala.testing.bulletins import Bulletins

_OPTION: Final = "--pykala-accept"
_EVERYTHING: Final = "*"
WRITTEN: Final = "pykala_written"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options and settings."""
    group = parser.getgroup("pykala", "golden records of bulletins")
    group.addoption(
        _OPTION,
        nargs="?",
        const=_EVERYTHING,
        default=None,
        metavar="PATTERN",
        help="write golden files after what is read now; with =PATTERN only those whose name or path matches it",
    )
    parser.addini("pykala_goldens", "collect *.expected.json files", type="bool", default=True)
    parser.addini(
        "pykala_bulletins", "folders each of whose documents has to have a golden file", type="paths", default=[]
    )
    parser.addini(
        "pykala_ignore",
        "classes and fields of differences from golden records that do not count",
        type="args",
        default=["rule", "places"],
    )


def pytest_load_initial_conftests(args: list[str]) -> None:
    """Let the option without a value not take the path that stands after it."""
    args[:] = [f"{_OPTION}={_EVERYTHING}" if one == _OPTION else one for one in args]


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to write golden files where nobody would look at them."""
    if config.getoption(_OPTION) is not None and os.environ.get("CI", "").lower() not in ("", "0", "false"):
        raise pytest.UsageError(f"{_OPTION} writes what is expected, and is refused where CI is set: run it by hand")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A golden file, known differences without one, or a document that lacks one."""
    if not parent.config.getini("pykala_goldens"):
        return None
    from pykala.testing.collecting import collected

    return collected(file_path, parent)


@pytest.fixture
def bulletin(request: pytest.FixtureRequest) -> Bulletins:
    """Reads bulletins in a test written by hand, and compares records with golden files beside the test."""
    from pykala.testing.bulletins import Bulletins

    return Bulletins(request.path.parent, request.node, request.config)


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Name the golden files that were written, by whatever worker."""
    written = sorted(set(_written(terminalreporter.stats)))
    if written:
        terminalreporter.section("golden files written")
        for path in written:
            terminalreporter.write_line(path)


def _written(stats: dict[str, list[Any]]) -> Iterator[str]:
    for reports in stats.values():
        for report in reports:
            yield from (str(value) for name, value in getattr(report, "user_properties", ()) if name == WRITTEN)

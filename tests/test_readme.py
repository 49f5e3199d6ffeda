"""The README keeps its word: its code runs, its commands work, its example is what comes out."""

import doctest
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def contains(whole: object, part: object, where: str = "$") -> None:
    """Fail where something of the shortened example is not in the whole record."""
    if isinstance(part, dict):
        assert isinstance(whole, dict), where
        for key, value in part.items():
            assert key in whole, f"{where}.{key}"
            contains(whole[key], value, f"{where}.{key}")
    elif isinstance(part, list):
        assert isinstance(whole, list), where
        for index, value in enumerate(part):
            contains(whole[index], value, f"{where}[{index}]")
    else:
        assert whole == part, where


def test_the_example_is_what_comes_out(tmp_path):
    text, shown = blocks("text")[0], json.loads(blocks("json")[0])
    (tmp_path / "bulletin.txt").write_text(text, "utf-8")
    command = [sys.executable, "-m", "pykala", "parse", "bulletin.txt"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    contains(json.loads(run.stdout), shown)


@pytest.mark.parametrize("number", range(len(blocks("python"))))
def test_the_python_runs(number):
    code = "from decimal import Decimal\nfrom pykala import parse\n"
    names: dict[str, object] = {}
    exec(code, names)  # noqa: S102  # what the README's earlier blocks have imported
    test = doctest.DocTestParser().get_doctest(blocks("python")[number], names, f"README[{number}]", "README.md", 0)
    assert test.examples
    assert doctest.DocTestRunner().run(test).failed == 0


def test_the_example_of_the_platforms_runs():
    results = doctest.testfile(str(ROOT / "docs" / "platforms.md"), module_relative=False)
    assert (results.failed, results.attempted > 0) == (0, True)


def test_the_commands_are_there():
    for line in blocks("sh")[0].splitlines():
        assert (ROOT / line.split()[0]).stat().st_mode & 0o100


def test_every_command_and_option_that_it_names_exists(tmp_path):
    for line in blocks("text")[1].splitlines():
        _, command, *rest = line.split()
        if command.startswith("-"):
            continue
        run = subprocess.run(
            [sys.executable, "-m", "pykala", command, "--help"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        for option in re.findall(r"-{1,2}[a-z]+", " ".join(rest)):
            assert option in run.stdout


def test_what_it_points_to_exists():
    for path in re.findall(r"`((?:schemas|parser|scripts)/[\w/.]+)`", README):
        assert (ROOT / path).exists(), path

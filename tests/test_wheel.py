"""The built wheel works where there is no source: data files and schemas are in it."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import sysconfig
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TEXT = "Kaupunginhallitus hyväksyi kokouksessaan 2.12.2024 sopimuksen, jonka arvo on 1,2 miljoonaa euroa.\n"


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """A folder that holds nothing but the installed wheel; what it was built from is gone."""
    base = tmp_path_factory.mktemp("wheel")
    source, wheels, target = base / "source", base / "wheels", base / "installed"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for name in ("parser", "schemas"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", wheels, source], check=True)
    shutil.rmtree(source)
    (wheel,) = wheels.glob("*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--no-compile", "--target", target, wheel], check=True)
    return target


def run(
    installed: Path, *arguments: str, cwd: Path, main: str = "from pykala.cli import main; main()"
) -> subprocess.CompletedProcess[bytes]:
    """Run pykala from the wheel, or another program with it; dependencies come from this environment, whose own pykala is out
    of reach.
    """
    packages = cwd / "packages"
    packages.mkdir(exist_ok=True)
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if "pykala" not in path.name.lower() and not (packages / path.name).exists():
            (packages / path.name).symlink_to(path)
    code = (
        "import sys; sys.path[:0] = sys.argv[1:3]; del sys.argv[1:3]; import pykala;"
        f"assert pykala.__file__.startswith({str(installed)!r}), pykala.__file__;"
        f"{main}"
    )
    return subprocess.run(
        [sys.executable, "-S", "-c", code, str(installed), str(packages), *arguments],
        cwd=cwd,
        capture_output=True,
        check=False,
        env={key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "CI")},
    )


def test_the_wheel_prints_its_schemas(installed, tmp_path):
    for name in ("bulletin", "decision", "failure", "diff", "review"):
        result = run(installed, "schema", name, cwd=tmp_path)
        assert result.returncode == 0, result.stderr.decode()
        assert json.loads(result.stdout)["version"]


def test_the_wheel_parses(installed, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    result = run(installed, "parse", "a.txt", cwd=tmp_path)
    assert result.returncode == 0, result.stderr.decode()
    assert [amount["value"] for amount in json.loads(result.stdout)["amounts"]] == ["1200000"]


def test_the_wheel_makes_the_tables_of_a_database(installed, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    result = run(installed, "parse", "a.txt", "-o", "sqlite:///records.db", cwd=tmp_path)
    assert result.returncode == 0, result.stderr.decode()
    with closing(sqlite3.connect(tmp_path / "records.db")) as connection:
        assert connection.execute("SELECT value FROM amounts").fetchall() == [(1200000,)]


def test_the_wheel_explains_as_a_page(installed, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    result = run(installed, "explain", "a.txt", "--html", "page.html", cwd=tmp_path)
    assert result.returncode == 0, result.stderr.decode()
    assert "<style>" in (tmp_path / "page.html").read_text("utf-8")


def test_a_project_that_installs_the_wheel_has_its_golden_files_as_tests(installed, tmp_path):
    bulletins = tmp_path / "bulletins"
    bulletins.mkdir()
    (tmp_path / "pytest.ini").write_text("[pytest]\npykala_bulletins = bulletins\n", "utf-8")
    (bulletins / "a.txt").write_text(TEXT, "utf-8")
    main = "import pytest; sys.exit(pytest.main(['-q', '-p', 'no:cacheprovider', 'bulletins', *sys.argv[1:]]))"
    result = run(installed, "--pykala-accept", cwd=tmp_path, main=main)
    assert result.returncode == 0, result.stdout.decode() + result.stderr.decode()
    (bulletins / "a.txt").write_text(TEXT.replace("1,2", "1,3"), "utf-8")
    result = run(installed, cwd=tmp_path, main=main)
    assert result.returncode == 1
    assert "1 200 000 EUR → 1 300 000 EUR" in result.stdout.decode()


def test_the_wheel_brings_its_components_and_its_command(installed):
    (metadata,) = installed.glob("pykala-*.dist-info")
    entries = (metadata / "entry_points.txt").read_text("utf-8")
    assert "pykala = pykala.cli:main" in entries
    assert "[pytest11]\npykala = pykala.testing.plugin" in entries
    assert "pykala_amounts = pykala.extract.components:amounts" in entries
    assert (metadata / "licenses/LICENSE").is_file()

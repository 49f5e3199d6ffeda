"""What stands in pyproject.toml is what lies on disk."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_every_package_is_shipped():
    found = {
        ".".join(path.parent.relative_to(ROOT / "parser").parts) for path in (ROOT / "parser").rglob("__init__.py")
    }
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == found | {"pykala.schemas"}


def test_every_data_file_is_shipped():
    shipped = PROJECT["tool"]["setuptools"]["package-data"]
    for path in (ROOT / "parser/pykala").rglob("*"):
        if path.is_file() and path.suffix not in {".py", ".pyc"}:
            patterns = shipped.get(".".join(path.parent.relative_to(ROOT / "parser").parts), [])
            assert any(path.match(pattern) for pattern in patterns), path


def test_every_folder_of_code_is_a_package():
    for folder in {path.parent for path in (ROOT / "parser/pykala").rglob("*.py")}:
        assert (folder / "__init__.py").is_file(), folder


def test_commands_are_executable():
    for name in ("run", "test", "bench", "schemas", "evaluate", "model-worth", "pr-report"):
        assert (ROOT / "scripts" / name).stat().st_mode & 0o100
    assert (ROOT / ".ci/run").stat().st_mode & 0o100

"""Golden files and documents as tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pykala.batch.inputs import FLOORS_NAME, GOLD_ENDING, KNOWN_ENDINGS, LINKS_ENDING
from pykala.errors import PykalaError
from pykala.testing.checking import Mismatch, known_path
from pykala.testing.known import KNOWN_ENDING

if TYPE_CHECKING:
    from _pytest._code.code import ExceptionInfo, TerminalRepr, TracebackStyle


def collected(path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """The tests that a file gives: a golden file one, a document that should have one and has none another."""
    if path.name.endswith(GOLD_ENDING) or _is_orphan(path) or _lacks_golden(path, parent.config):
        return GoldenFile.from_parent(parent, path=path)
    return None


def _is_orphan(path: Path) -> bool:
    """Whether a file states known differences from facts that are not there."""
    stem = path.name.removesuffix(KNOWN_ENDING)
    return path.name.endswith(KNOWN_ENDING) and not path.with_name(stem + GOLD_ENDING).exists()


def _lacks_golden(path: Path, config: pytest.Config) -> bool:
    """Whether a document has no golden file where others of its folder have one, or where the settings ask for one."""
    if not is_document(path) or path.with_name(path.stem + GOLD_ENDING).exists():
        return False
    folders = config.getini("pykala_bulletins")
    return any(path.is_relative_to(folder) for folder in folders) or any(path.parent.glob(f"*{GOLD_ENDING}"))


def is_document(path: Path) -> bool:
    """Whether a file is a bulletin by its name, and by no listing's links beside it."""
    lower = path.name.lower()
    return (
        path.suffix.lower() in KNOWN_ENDINGS
        and not lower.startswith(".")
        and not lower.endswith((GOLD_ENDING, LINKS_ENDING))
        and lower != FLOORS_NAME
        and not path.with_name(path.stem + LINKS_ENDING).exists()
    )


class GoldenFile(pytest.File):
    """A golden file, or a file that lacks its counterpart."""

    def collect(self) -> Iterator[pytest.Item]:
        """One test."""
        yield GoldenItem.from_parent(self, name=self.path.name.removesuffix(GOLD_ENDING))


class GoldenItem(pytest.Item):
    """Reads a document and compares the record with what is expected."""

    def runtest(self) -> None:
        """Check, or write what is expected where the run is to."""
        from pykala.pipeline import parse
        from pykala.testing.accepting import expect

        if self.path.name.endswith(KNOWN_ENDING):
            raise Mismatch(f"{self.path.name}: states differences from facts that are not there; remove it")
        document = self._document()
        record = parse(document.read_bytes(), uri=document.name)
        expect(record, document.with_name(document.stem + GOLD_ENDING), self)

    def _document(self) -> Path:
        """The document that the golden file is about: the one beside it that has its name."""
        if not self.path.name.endswith(GOLD_ENDING):
            return self.path
        stem = self.path.name.removesuffix(GOLD_ENDING)
        fitting = [path for path in sorted(self.path.parent.glob("*")) if path.stem == stem and is_document(path)]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            names = ", ".join(path.name for path in fitting)
            raise Mismatch(f"{self.path.name}: cannot tell which document it is about: {names}")
        unused = "with its known differences" if known_path(self.path).exists() else "or give it its document back"
        raise Mismatch(
            f"{self.path.name}: is unused, as there is no {stem}.html, .txt, .pdf or .json: remove it, {unused}"
        )

    def repr_failure(
        self, excinfo: ExceptionInfo[BaseException], style: TracebackStyle | None = None
    ) -> str | TerminalRepr:
        """The difference in words; of anything unforeseen the traceback."""
        if isinstance(excinfo.value, Mismatch | PykalaError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the test stands and what it is called."""
        return self.path, None, f"golden: {self.name}"

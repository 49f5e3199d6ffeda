"""Breaks lines that matter in a private copy of the project, one by one, and tells which breaks no test notices."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = Path("parser") / "pykala"
DATA = ROOT / "scripts" / "mutations.toml"
#: Copies that are broken at the same time.
WORKERS = 2
#: A test that has not ended after so many seconds has noticed something.
PATIENCE = 120
# The tests of each stage, by how the path of its modules begins.
STAGES = {
    "sentences.py": ("tests/test_sentences.py",),
    "outcomes.py": ("tests/test_outcomes.py",),
    "segment/": ("tests/test_segment.py",),
    "extract/": ("tests/test_acts.py",),
    "rules/": ("tests/test_acts.py",),
    "link/": ("tests/test_link.py",),
    "": ("tests/test_pipeline.py",),
}


@dataclass(frozen=True, slots=True)
class Mutation:
    """One break.

    Attributes:
        file: the module or rule file, below ``parser/pykala/``.
        tests: what pytest is to run against it.
    """

    file: str
    old: str
    new: str
    tests: tuple[str, ...]

    @property
    def title(self) -> str:
        """The break in one line."""
        old, new = (" ".join(words.split()) for words in (self.old, self.new))
        return f"{self.file}: {old} → {new or '(nothing)'}"


def mutations() -> tuple[Mutation, ...]:
    """Every mutation of the data file, in its order."""
    entries = tomllib.loads(DATA.read_text("utf-8"))["mutation"]
    return tuple(
        Mutation(e["file"], e["old"], e["new"], tuple(e.get("tests") or _tests_of(e["file"]))) for e in entries
    )


def _tests_of(file: str) -> tuple[str, ...]:
    return next(tests for beginning, tests in STAGES.items() if file.startswith(beginning))


def applied(mutation: Mutation, root: Path = ROOT) -> str:
    """The broken module's text.

    Raises:
        ValueError: what is to be broken does not stand in the file, or more than once.
    """
    text = (root / PACKAGE / mutation.file).read_text("utf-8")
    if text.count(mutation.old) != 1:
        raise ValueError(f"{mutation.file} holds {text.count(mutation.old)} times: {mutation.old}")
    return text.replace(mutation.old, mutation.new)


def misfit(mutation: Mutation) -> ValueError | None:
    """Why a mutation cannot be applied any more, if so."""
    try:
        applied(mutation)
    except ValueError as reason:
        return reason
    return None


def passes(copy: Path, tests: Sequence[str], *, show: bool = False) -> bool:
    """Whether the tests pass in a copy.

    Args:
        show: print what pytest says of a failure.

    Raises:
        RuntimeError: they did not run.
    """
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    try:
        run = subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    if show and run.returncode:
        print(run.stdout[-2000:])
    if run.returncode not in (0, 1):
        raise RuntimeError(run.stdout[-2000:] + run.stderr[-2000:])
    return run.returncode == 0


def survives(mutation: Mutation, copies: SimpleQueue[Path]) -> bool:
    """Whether no test notices the break."""
    copy = copies.get()
    path = copy / PACKAGE / mutation.file
    whole = path.read_text("utf-8")
    try:
        path.write_text(applied(mutation, copy), "utf-8")
        return passes(copy, mutation.tests)
    finally:
        path.write_text(whole, "utf-8")
        copies.put(copy)


def copied(folder: Path) -> Path:
    """A copy of what the tests need."""
    kept_out = shutil.ignore_patterns("__pycache__", "*.egg-info", ".*")
    for name in ("parser", "tests", "schemas", "corpus", "docs"):
        shutil.copytree(ROOT / name, folder / name, ignore=kept_out)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def main() -> int:
    """Run all mutations, or those whose file's path begins as told; 1 where one survives."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "begins", nargs="*", metavar="PATH", help="only breaks of such files: segment/ link/ cli/parse.py …"
    )
    begins = tuple(parser.parse_args().begins)
    chosen = [m for m in mutations() if m.file.startswith(begins or "")]
    if not chosen:
        parser.error(f"no break is listed for {' '.join(begins)}")
    stale = [str(reason) for m in chosen if (reason := misfit(m)) is not None]
    if stale:
        print("Bring scripts/mutations.toml up to date:", *stale, sep="\n  ")
        return 1
    with tempfile.TemporaryDirectory(prefix="mutate-") as folder:
        copies: SimpleQueue[Path] = SimpleQueue()
        for number in range(WORKERS):
            copies.put(copied(Path(folder) / str(number)))
        whole = copies.get()
        if not passes(
            whole, sorted({one for m in chosen for one in m.tests if one.endswith(".py") or "::" in one}), show=True
        ):
            print("The tests fail on the unbroken code: mend that first.")
            return 1
        copies.put(whole)
        survivors = 0
        with ThreadPoolExecutor(WORKERS) as pool:
            for mutation, alive in zip(chosen, pool.map(lambda m: survives(m, copies), chosen), strict=True):
                survivors += alive
                print(f"{'SURVIVED' if alive else 'caught':9}{mutation.title}", flush=True)
    print(f"{len(chosen) - survivors} of {len(chosen)} caught.")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())

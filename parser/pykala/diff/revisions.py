"""Records of two states of a repository: bulletins read by the code of each, or the golden records that each holds."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from pykala.diff.goldens import golden_records
from pykala.emit.load import records
from pykala.errors import PykalaError
from pykala.record import Record

_CODE: Final = "parser/pykala/__init__.py"
WORKING_TREE: Final = "the working tree"


class RevisionError(PykalaError):
    """A revision that cannot be compared."""

    code = "revision"
    remedy_by_default = "check the revision with git log, and the paths"


@dataclass(frozen=True, slots=True)
class Sides:
    """The records of both states, each with what it is called."""

    old: tuple[str, Iterator[Record]]
    new: tuple[str, Iterator[Record]]


@contextmanager
def revisions(old: str, new: str | None, paths: Sequence[str]) -> Iterator[Sides]:
    """The records that two states of the repository around the working directory give.

    Where the repository holds pykala's own code at both, the bulletins of ``paths``, as they are now, are read by the code of
    each state in a process of its own. Elsewhere the golden records below ``paths`` are compared as each state holds them.

    Args:
        old: a revision.
        new: another, None for the working tree.
        paths: files and folders.

    Raises:
        RevisionError: there is no repository, no such revision, or nothing to compare.
    """
    root = Path(_git("rev-parse", "--show-toplevel").decode().rstrip("\n"))
    commits = [_commit(one) for one in (old, new) if one is not None]
    names = (old, new or WORKING_TREE)
    with TemporaryDirectory(prefix="pykala-diff-") as folder:
        trees = [_tree(commit, Path(folder) / str(number)) for number, commit in enumerate(commits)]
        trees += [root] if new is None else []
        if all((tree / _CODE).is_file() for tree in trees):
            found = [_parsed(tree, paths, Path(folder) / f"{n}.jsonl") for n, tree in enumerate(trees)]
        else:
            inside = [os.path.relpath(Path(path).resolve(), root) for path in paths]
            found = [golden_records(tree, inside) for tree in trees]
        yield Sides((names[0], found[0]), (names[1], found[1]))


def _commit(revision: str) -> str:
    try:
        return _git("rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    except RevisionError as error:
        raise RevisionError("there is no such revision", source=revision) from error


def _tree(commit: str, folder: Path) -> Path:
    """The files of a commit, unpacked."""
    with tarfile.open(fileobj=io.BytesIO(_git("archive", "--format=tar", commit, at_root=True))) as packed:
        packed.extractall(folder, filter="data")
    return folder


def _parsed(tree: Path, paths: Sequence[str], out: Path) -> Iterator[Record]:
    """The records that the code of a tree reads from the paths; what fails is told and has no record."""
    run = subprocess.run(  # noqa: S603  # our own interpreter on code of the user's own repository
        [sys.executable, "-m", "pykala", "parse", "-o", str(out), "--", *paths],
        env=os.environ | {"PYTHONPATH": str(tree / "parser")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    if run.returncode not in (0, 1) or not out.exists():
        raise RevisionError(f"the code cannot read the bulletins: {run.stderr.decode(errors='replace').strip()}")
    sys.stderr.buffer.write(run.stderr)
    return records(str(out))


def _git(*arguments: str, at_root: bool = False) -> bytes:
    where = ["-C", _git("rev-parse", "--show-toplevel").decode().rstrip("\n")] if at_root else []
    try:
        run = subprocess.run(["git", *where, *arguments], capture_output=True, check=False)  # noqa: S603, S607
    except FileNotFoundError:
        raise RevisionError("git is not installed", remedy="install it, or compare records") from None
    if run.returncode:
        raise RevisionError(run.stderr.decode(errors="replace").strip().removeprefix("fatal: "))
    return run.stdout

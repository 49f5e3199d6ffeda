"""Known differences: what pykala reads otherwise than people have written down, stated beside their facts.

``NAME.known.toml`` lies beside ``NAME.expected.json``. The facts stay what they are; the list has to be exactly right, so that
neither a new mistake nor the end of a known one goes by unseen.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from pykala.diff.goldens import GoldenError
from pykala.emit.files import whole_file
from pykala.evaluate.gold import first_of

KNOWN_ENDING: Final = ".known.toml"
_HEAD: Final = "# What pykala reads otherwise than the facts beside this file say. pytest --pykala-accept writes it.\n"


class Known(BaseModel):
    """One difference from the facts.

    Attributes:
        field: which field, as ``pykala evaluate`` calls it.
        gold: what it should be; None where there should be nothing.
        found: what is read; None where nothing is.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    field: str
    gold: str | None = None
    found: str | None = None


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    difference: tuple[Known, ...] = ()


def read_known(path: Path) -> tuple[Known, ...]:
    """The differences that a file states; none where there is no file.

    Raises:
        GoldenError: the file is malformed.
    """
    if not path.exists():
        return ()
    try:
        return _File.model_validate(tomllib.loads(path.read_text("utf-8"))).difference
    except ValidationError as error:
        raise GoldenError(first_of(error), source=str(path)) from error
    except (OSError, ValueError) as error:
        raise GoldenError(str(error), source=str(path)) from error


def write_known(path: Path, known: Iterable[Known]) -> None:
    """State the differences; where there are none, take the file away."""
    listed = sorted(known, key=lambda one: (one.field, one.gold or "", one.found or ""))
    if not listed:
        path.unlink(missing_ok=True)
        return
    with whole_file(path) as stream:
        stream.write((_HEAD + "".join(map(_entry, listed))).encode())


def _entry(one: Known) -> str:
    said = ((key, value) for key, value in one if value is not None)
    return "\n[[difference]]\n" + "".join(f"{key} = {_string(value)}\n" for key, value in said)


def _string(value: str) -> str:
    """A TOML string; JSON's are such, but for one character that has to be escaped."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")

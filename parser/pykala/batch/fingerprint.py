"""What makes records: everything on which the bytes of a record depend, besides the document."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from pykala import rules
from pykala.settings import Settings

#: Parts of the package that make no record.
_AROUND: Final = frozenset({"batch", "cli", "diff", "evaluate", "explain", "fetch", "review", "serve", "__pycache__"})
_LIBRARIES: Final = ("beautifulsoup4", "lxml", "pydantic", "pypdfium2", "python-dateutil", "python-stdnum", "spacy")


@cache
def fingerprint(settings: Settings = Settings()) -> str:
    """A hash of version, code, rules, settings and libraries: where it is the same, the same document gives the same bytes."""
    digest = hashlib.sha256()
    for part in (
        rules.fingerprint(),
        repr(settings.limits),
        _model(settings.model) if settings.model else None,
        platform.python_version(),
        *map(_version, _LIBRARIES),
    ):
        digest.update(f"{part}\0".encode())
    for module in _modules(files("pykala")):
        digest.update(module.read_bytes())
    return digest.hexdigest()


def _model(name: str) -> str:
    from pykala.extract import model_version  # here, since without a model nothing of the stages is needed

    return model_version(name)


def _version(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"{name} absent"


def _modules(folder: Traversable) -> list[Traversable]:
    """The modules of the stages, in the order of their names."""
    found: list[Traversable] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            found.extend(_modules(entry) if entry.name not in _AROUND else ())
        elif entry.name.endswith(".py"):
            found.append(entry)
    return found

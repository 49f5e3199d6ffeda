"""pykala reads decision bulletins of Finnish municipalities into structured, quoted records.

>>> from pykala import parse
>>> record = parse("Kaupunginhallitus hyväksyi 2.12.2024 sopimuksen, jonka arvo on 1,2 miljoonaa euroa.")
>>> [(decision.type, decision.verb.text) for decision in record.decisions]
[('approved', 'hyväksyi')]
>>> [(amount.value, amount.text) for amount in record.amounts]
[('1200000', '1,2 miljoonaa euroa')]
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.metadata import version

    from pykala.errors import PykalaError as PykalaError
    from pykala.pipeline import parse as parse
    from pykala.record import Record as Record
    from pykala.settings import Settings as Settings

    __version__ = version("pykala")

__all__ = ["PykalaError", "Record", "Settings", "__version__", "parse"]

# Where each public name lies; it is imported when it is first asked for, so that `import pykala` costs nothing.
_HOMES = {
    "parse": "pykala.pipeline",
    "Settings": "pykala.settings",
    "Record": "pykala.record",
    "PykalaError": "pykala.errors",
}


def __getattr__(name: str) -> object:
    if name == "__version__":
        value: object = import_module("importlib.metadata").version("pykala")
    elif name in _HOMES:
        value = getattr(import_module(_HOMES[name]), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(__all__))

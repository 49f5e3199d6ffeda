"""Style sheets and scripts of the package, and data for them, as they stand inside one page."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final

_IMPORT: Final = re.compile(r"^import [^;]*;\n", re.MULTILINE)
_EXPORT: Final = re.compile(r"^export (?=(?:async )?(?:function|class|const) )", re.MULTILINE)
_UNSAFE: Final = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@cache
def asset(package: str, name: str) -> str:
    """The text of a file of the package.

    Args:
        package: such as ``pykala.report``.
        name: of the file in it.
    """
    return (files(package) / name).read_text("utf-8")


@cache
def style(package: str, *names: str) -> str:
    """What all pages look like, then the page's own style sheets."""
    return "\n".join((asset("pykala.pages", "page.css"), *(asset(package, name) for name in names)))


@cache
def module(package: str, *names: str) -> str:
    """ES modules as the one that a page of one file holds: one after the other, none importing any more.

    Args:
        package: such as ``pykala.review``.
        names: files in the order in which they need each other.
    """
    text = "\n".join(asset(package, name) for name in names)
    return _EXPORT.sub("", _IMPORT.sub("", text))


def data(name: str, value: object) -> str:
    r"""A value for the page's script, in which no word of a document ends the element or begins another.

    >>> data("rows", ["</script>"])
    '<script type="application/json" id="rows">["\\u003c/script\\u003e"]</script>'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)
    return f'<script type="application/json" id="{name}">{text}</script>'


def options(pairs: Sequence[tuple[str, str]]) -> str:
    """Options of a menu.

    Args:
        pairs: value and label of each, both already made safe.
    """
    return "".join(f'<option value="{value}">{label}</option>' for value, label in pairs)

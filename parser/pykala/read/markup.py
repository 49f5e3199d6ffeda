"""HTML text → element tree: parsing that survives whatever a page holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from pykala.errors import BrokenDocument, TooLarge
from pykala.settings import Limits

Element = etree._Element  # noqa: SLF001 -- the class has no public name
_TOO_DEEP: Final = re.compile(r"depth", re.IGNORECASE)
# A parser of UTF-8 reads these as line noise inside attributes and text.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_PROLOG: Final = re.compile(r"\s*<\?xml[^>]{0,200}\?>")


def tree(text: str, limits: Limits) -> Element:
    """The root element of a page or of a fragment.

    Raises:
        TooLarge: its elements nest deeper than the limits allow.
        BrokenDocument: there is no element in it.
        MemoryError: the parser asked for more than there is.
    """
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    text = _CONTROL.sub("", _PROLOG.sub("", text, count=1))
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise _refusal(error, limits) from error
    if root is None:
        raise BrokenDocument("its markup holds no element")
    if any(entry.type == etree.ErrorTypes.ERR_NO_MEMORY for entry in parser.error_log):
        raise MemoryError
    if any(_TOO_DEEP.search(entry.message or "") for entry in parser.error_log):
        raise TooLarge(f"its elements nest too deep, the limit is {limits.depth:,} (depth)")
    return root


def _refusal(error: etree.XMLSyntaxError, limits: Limits) -> TooLarge | BrokenDocument | MemoryError:
    if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
        return MemoryError()
    if _TOO_DEEP.search(str(error)):
        return TooLarge(f"its elements nest too deep, the limit is {limits.depth:,} (depth)")
    return BrokenDocument("its markup cannot be parsed")


def names_of(element: Element) -> tuple[str, ...]:
    """Classes, id and role of an element, lower case."""
    attributes = element.attrib
    if not attributes:
        return ()
    said = " ".join(attributes.get(name, "") for name in ("class", "id", "role"))
    return tuple(said.lower().split())


def text_of(element: Element) -> str:
    """All text within an element, its line breaks kept as such."""
    return "".join(_texts(element))


def _texts(element: Element) -> Iterator[str]:
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if node.tag == "br":
                yield "\n"
            elif node.text:
                yield re.sub(r"[ \t\n\r\f]+", " ", node.text)
        elif node is not element and node.tail:
            if node.tag in ("p", "div", "li"):
                yield "\n"
            yield re.sub(r"[ \t\n\r\f]+", " ", node.tail)
        elif node is not element and node.tag in ("p", "div", "li"):
            yield "\n"

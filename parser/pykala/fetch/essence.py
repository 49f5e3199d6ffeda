"""What a page says and where it links, without what a portal writes anew for each visit: sessions, tokens, times of making."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree
from lxml.html import HTMLParser

_SILENT: Final = frozenset({"script", "style", "noscript", "template", "meta", "link", "base", "input"})
_LINKS: Final = ("href", "src", "data", "action")
_SESSION: Final = re.compile(
    r"(?:(?<=[?&;])(?:phpsessid|jsessionid|sessionid|session_id|aspsessionid\w*|cfid|cftoken|sid|_|ts|nocache)=[^&;#?]*[&;]?)"
    r"|/\(S\([a-z0-9]{24}\)\)",
    re.IGNORECASE,
)


def essence(content: bytes, media_type: str) -> str | None:
    """A digest of what an HTML page says and where it links; None where it is no HTML or cannot be taken apart.

    >>> one = essence(b'<p>Minutes</p><a href="a.php?id=1&PHPSESSID=3f">next</a><script>t=1</script>', "text/html")
    >>> one == essence(b'<p> Minutes</p><a href="a.php?id=1&PHPSESSID=77">next</a><script>t=2</script>', "text/html")
    True
    >>> one == essence(b'<p>Minutes</p><a href="a.php?id=2&PHPSESSID=3f">next</a>', "text/html")
    False
    """
    if "html" not in media_type.lower() or not content.strip():
        return None
    try:
        root = etree.fromstring(content, HTMLParser(remove_comments=True, remove_pis=True, huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    if root is None:
        return None
    digest = hashlib.sha256()
    for piece in _pieces(root):
        digest.update(" ".join(piece.split()).encode("utf-8", "surrogatepass") + b"\0")
    return f"sha256:{digest.hexdigest()}"


def _pieces(root: Any) -> Iterator[str]:  # noqa: ANN401  # lxml's stubs know no iterwalk of HTML
    """Text and links in the order of the page."""
    for event, node in etree.iterwalk(root, events=("start", "end")):
        silent = not isinstance(node.tag, str) or node.tag in _SILENT
        if event == "end":
            yield node.tail or ""
        elif not silent:
            yield node.text or ""
            yield from (_SESSION.sub("", node.get(name)) for name in _LINKS if node.get(name))

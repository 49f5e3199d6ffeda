"""What every page begins with: a head that lets nothing be loaded, and words of documents made harmless."""

from __future__ import annotations

import base64
import hashlib
from html import escape

from pykala.explain.marks import plain


def safe(text: str) -> str:
    """Words of the document as text of the page, whatever they are."""
    return escape(plain(text), quote=True)


def head(title: str, *, style: str, script: str | None = None, language: str = "en", served: bool = False) -> str:
    """A page down to the end of its head; nothing may be loaded, and nothing run or styled but what the page ships.

    Args:
        title: already made safe.
        style: the page's own style sheet.
        script: the page's own script, where it has one.
        language: that of the page's own words.
        served: whether the page may talk to the server that it came from.
    """
    scripts = f"script-src '{_digest(script)}'; " if script is not None else ""
    own = "connect-src 'self'; " if served else ""
    policy = f"default-src 'none'; style-src '{_digest(style)}'; {scripts}{own}base-uri 'none'; form-action 'none'"
    return f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{style}</style>
</head>"""


def _digest(asset: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(asset.encode()).digest()).decode()}"

"""HTML pages by the platform that made them: the first whose marks are there reads the page's facts."""

from __future__ import annotations

from pykala.read.draft import Page
from pykala.read.html import open_html, read_html
from pykala.read.limits import Limits


def read_markup(markup: str, limits: Limits) -> Page:
    """The drafts and facts of an HTML page.

    Raises:
        ReadError: the markup cannot be read.
    """
    return read_html(open_html(markup, limits))

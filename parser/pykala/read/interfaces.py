"""JSON of open interfaces, by the system that answers in it."""

from __future__ import annotations

from pykala.read import ahjo_json, casem, listing
from pykala.read.draft import Page
from pykala.read.webpage import NOWHERE, open_text
from pykala.settings import Limits


def read_json(text: str, limits: Limits) -> Page:
    """The drafts and facts of a JSON document.

    Raises:
        BrokenDocument: it is no JSON.
        TooLarge: it nests deeper than the limits allow.
        ListingPage: it only leads to bulletins.
    """
    page = open_text(text, "json", NOWHERE, limits)
    listing.refuse(page)
    return casem.read(page.data, limits) if casem.belongs(page.data) else ahjo_json.read(page.data, limits)

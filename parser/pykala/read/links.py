"""What a listing page leads to: the bulletins and the further listings that it links."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pykala.model import Value


class Link(Value):
    """One address that a listing page gives.

    Attributes:
        address: absolute, without its fragment.
        leads_to: another listing, or a bulletin (a page or a file that ``read`` takes).
        title: what the listing calls it.
        day: the day of the meeting or of publication, where the listing tells it beside the link.
        body: the decision-making body, where the listing tells it.
    """

    address: str
    leads_to: Literal["listing", "bulletin"]
    title: str = ""
    day: date | None = None
    body: str | None = None

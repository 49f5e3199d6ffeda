"""One source in one run: from its listings to its bulletins, each page asked for once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from pykala.errors import Busy, FetchError, HttpStatus, PykalaError, ReadError
from pykala.fetch.address import target
from pykala.fetch.archive import Entry
from pykala.fetch.asking import Asker
from pykala.fetch.index import Page
from pykala.fetch.plan import Window
from pykala.fetch.records import Asked
from pykala.fetch.sources import Source
from pykala.fetch.store import Store
from pykala.fetch.tally import Failure, Tally
from pykala.read.links import Link

_DEEPEST: Final = 8
_MOST_PAGES: Final = 20_000
_PATIENCE: Final = 5


@dataclass(frozen=True, slots=True)
class Reader:
    """What reads listings; each takes a page's content and its address, and raises ``ReadError`` where it is no page.

    Attributes:
        links: what a listing leads to.
        lists: whether a page is a listing and no bulletin.
    """

    links: Callable[[bytes, str], tuple[Link, ...]]
    lists: Callable[[bytes, str], bool]


class Walk:
    """The walk through one source.

    Args:
        source: where to begin.
        window: which days count; a bulletin whose listing tells no day counts as of the day when it was first seen.
        reader: of listings.
        asker: asks servers and keeps what they say.

    Attributes:
        tally: what came of it so far.
        waiting: how many known pages are still to be asked for.
    """

    def __init__(self, source: Source, window: Window, reader: Reader, store: Store, asker: Asker) -> None:
        self.tally = Tally(source)
        self._source = source
        self._window = window
        self._reader = reader
        self._store = store
        self._asker = asker
        self._oldest: dict[str, date | None] = {}  # of each listing that led somewhere, the oldest day that it told
        self._queue: deque[Asked] = deque()
        self._seen: set[str] = set()
        self._hosts: set[str | None] = set()
        self._in_vain = 0

    @property
    def waiting(self) -> int:
        """How many known pages are still to be asked for."""
        return len(self._queue)

    def steps(self) -> Iterator[Asked]:
        """Walk; gives each page that a server was asked for, after it is in the store."""
        for address in self._source.listings:
            self._hosts.add(urlsplit(address).hostname)
            self._push(Asked(address, "listing", self._source.id))
        while self._queue and self.tally.left is None:
            yield from self._visit(self._queue.popleft())
        if self.tally.left is None:
            for page in self._missing():
                yield from self._look_for(page)

    # ------------------------------------------------------------ one page

    def _visit(self, asked: Asked) -> Iterator[Asked]:
        page = self._store.visited(asked.address)
        if page is None:
            if not self._ask(asked, self._lists if self._may_be_either(asked) else None):
                return
            yield asked
            page = self._store.index.pages[asked.address]
        if page.asked.kind == "bulletin":
            self.tally.bulletins[asked.address] = page.fate
        elif page.fate == "absent" or page.current is None:
            self._fail(asked, "http-status", "the listing is not there")
        else:
            self._follow(asked, page.current)

    def _ask(self, asked: Asked, is_listing: Callable[[bytes, str], bool] | None = None) -> bool:
        """Ask for a page and keep it; False where nothing came that could be kept as the page."""
        try:
            self._asker.ask(asked, is_listing)
        except FetchError as error:
            self._asker.fail(asked, error)
            self._fail(asked, error.code, error.message)
            self._give_up_if_in_vain(asked, error)
            return False
        self._in_vain = 0
        return True

    def _may_be_either(self, asked: Asked) -> bool:
        """Whether nobody knows if a page is a listing: it was given by its address, and is none by what is in the store."""
        known = self._store.index.pages.get(asked.address)
        was_listing = known is not None and known.asked.kind == "listing"
        return asked.via is None and self._source.platform is None and not was_listing

    def _lists(self, content: bytes, address: str) -> bool:
        """Whether a page that was given by its address is a listing."""
        try:
            return self._reader.lists(content, address)
        except ReadError:
            return False

    def _give_up_if_in_vain(self, asked: Asked, error: FetchError) -> None:
        """Leave a server alone that asks for it, or that answers nothing time and again."""
        if isinstance(error, Busy) and urlsplit(asked.address).hostname in self._hosts:
            self.tally.left = error.message
            return
        self._in_vain += not isinstance(error, HttpStatus)
        if self._in_vain >= _PATIENCE:
            self.tally.left = f"{_PATIENCE} pages one after the other could not be had"

    def _fail(self, asked: Asked, code: str, message: str) -> None:
        self.tally.failures.append(Failure(asked.address, code, message))
        if asked.kind == "bulletin":
            self.tally.bulletins[asked.address] = "failed"

    # ------------------------------------------------------------ what listings lead to

    def _follow(self, asked: Asked, page: Entry) -> None:
        if asked.via is None:
            self._hosts.add(urlsplit(page.address).hostname)
        try:
            found = self._reader.links(self._store.content(page, self._asker.limit), page.address)
        except PykalaError as error:
            self._fail(asked, error.code, error.message)
            return
        self.tally.listings += 1
        if found:
            self._oldest[asked.address] = min((link.day for link in found if link.day), default=None)
        for link in found:
            self.tally.links += link.leads_to == "bulletin" or link.day is not None
            self._consider(link, asked)

    def _consider(self, link: Link, listing: Asked) -> None:
        """Take a link, if it lies in the window and not too deep."""
        try:
            address = str(target(link.address))
        except FetchError as error:
            self.tally.failures.append(Failure(link.address, error.code, error.message))
            return
        day = link.day or listing.day
        known = self._store.index.pages.get(address)
        counts_as = day or (known.first_seen if known and known.current else None)
        if counts_as is not None and not self._window.holds(counts_as):
            return
        if link.leads_to == "listing" and not self._may_lead_on(address, listing.depth + 1):
            return
        self._push(
            Asked(
                address=address,
                kind=link.leads_to,
                source=self._source.id,
                via=listing.address,
                day=day,
                title=link.title,
                body=link.body or listing.body,
                depth=listing.depth + 1,
            )
        )

    def _may_lead_on(self, address: str, depth: int) -> bool:
        """Listings are followed on the source's own servers alone, and to a depth that no portal has."""
        return depth <= _DEEPEST and urlsplit(address).hostname in self._hosts

    def _push(self, asked: Asked) -> None:
        if asked.address in self._seen:
            return
        if len(self._seen) >= _MOST_PAGES:
            self.tally.left = f"the listings lead to more than {_MOST_PAGES:,} pages"
            return
        self._seen.add(asked.address)
        self._queue.append(asked)

    # ------------------------------------------------------------ what they no longer lead to

    def _missing(self) -> list[Page]:
        """Bulletins of the window that were listed before and are not now."""
        return [
            page
            for page in self._store.index.of_source(self._source.id)
            if page.asked.kind == "bulletin"
            and page.current is not None
            and page.tombstone is None
            and page.asked.address not in self._seen
            and self._window.holds(page.day)
            and self._listing_above(page.asked) is not None
        ]

    def _listing_above(self, asked: Asked) -> str | None:
        """The nearest listing on the way to a page that this run came to; None if it did not lead anywhere.

        A page that cannot be had, or that suddenly names nothing, says nothing of what it named before.
        """
        via = asked.via
        for _ in range(_DEEPEST):
            if via is None or via in self._seen:
                break
            page = self._store.index.pages.get(via)
            via = page.asked.via if page is not None else None
        return via if via in self._oldest else None

    def _would_be_listed(self, page: Page) -> bool:
        """Whether a bulletin of its day would be listed if it still were: a list of the latest ones drops the old."""
        oldest = self._oldest.get(self._listing_above(page.asked) or "")
        return oldest is None or page.day >= oldest

    def _look_for(self, page: Page) -> Iterator[Asked]:
        """Ask once more for a bulletin that is no longer listed, and bury it."""
        asked = page.asked
        self._seen.add(asked.address)
        if self._store.visited(asked.address) is None:
            if not self._ask(asked):
                return
            yield asked
        self.tally.bulletins[asked.address] = page.fate
        if page.tombstone is None and self._would_be_listed(page):
            self._store.bury(page, "unlisted")
            self.tally.bulletins[asked.address] = "unlisted"

"""One tree of errors: each names the file, the place in it, and what to do about it.

PykalaError
 ├── ReadError        a document that cannot be read as a bulletin
 │    ├── EmptyDocument
 │    ├── UnknownFormat
 │    ├── BrokenDocument
 │    ├── ProtectedDocument
 │    ├── NoText
 │    ├── TooLarge
 │    ├── NestedArchive
 │    ├── ListingPage
 │    └── NotABulletin
 ├── FetchError       an address that gives no document
 │    ├── Refused
 │    ├── Forbidden
 │    ├── Unreachable
 │    ├── BrokenResponse
 │    ├── TooSlow
 │    ├── Oversized
 │    ├── TooManyRedirects
 │    ├── HttpStatus
 │    └── Busy
 ├── UnknownSource    a municipality or address that nothing can be fetched from
 ├── StoreError       a file of fetched pages that cannot be opened, read or written
 │    ├── StoreBusy
 │    └── StoreDamaged
 ├── ModelMissing     a language model that is asked for and not installed
 ├── NoRecords        a place that records should be read back from and cannot
 ├── WorkersFail      worker processes, or a cluster, that cannot be had
 ├── LedgerError      a ledger that cannot be used
 ├── NotWritten       a place that records should be written to and cannot
 ├── RuleError        a rule file that does not say what it must
 └── RecordError      a record that would break its own schema
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from datetime import datetime

    from pykala.fetch.exchange import Response


class PykalaError(Exception):
    """Anything that pykala reports instead of a record.

    Args:
        message: what is wrong, in one sentence without the file's name.
        source: path or address of the document or rule file, where known.
        place: where in it: a page, a line, an entry.
        remedy: what the user can do.
    """

    code: ClassVar[str] = "error"
    remedy_by_default: ClassVar[str] = ""

    def __init__(
        self, message: str, *, source: str | None = None, place: str | None = None, remedy: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.source = source
        self.place = place
        self.remedy = remedy or self.remedy_by_default

    def at(self, source: str) -> PykalaError:
        """The same error, naming the document it happened in (the innermost name wins)."""
        self.source = self.source or source
        return self

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.source, self.place) if part)
        line = f"{where}: {self.message}" if where else self.message
        return f"{line} ({self.remedy})" if self.remedy else line


class ReadError(PykalaError):
    """A document that cannot be read."""

    code = "unreadable"


class EmptyDocument(ReadError):
    """A file of no bytes, or of white space alone."""

    code = "empty"
    remedy_by_default = "fetch the file again"


class UnknownFormat(ReadError):
    """Bytes that are no text, HTML, JSON or PDF."""

    code = "unknown-format"
    remedy_by_default = "give a .txt, .html, .json or .pdf file"


class BrokenDocument(ReadError):
    """A file whose format is known but whose content is damaged."""

    code = "broken"
    remedy_by_default = "fetch the file again"


class ProtectedDocument(ReadError):
    """A PDF that asks for a password."""

    code = "protected"
    remedy_by_default = "save a copy without the password"


class NoText(ReadError):
    """A document whose pages hold no text, such as a scanned PDF."""

    code = "no-text"
    remedy_by_default = "run text recognition over it first"


class TooLarge(ReadError):
    """A document over the limits of size, pages or depth."""

    code = "too-large"
    remedy_by_default = "split it into single bulletins"


class NestedArchive(ReadError):
    """An archive within an archive."""

    code = "nested-archive"
    remedy_by_default = "unpack the outer archive first"


class ListingPage(ReadError):
    """A page that only leads to bulletins, which ``pykala fetch`` follows."""

    code = "listing"
    remedy_by_default = "use pykala fetch to get what it leads to"


class NotABulletin(ReadError):
    """Readable text in which nothing says that a Finnish public body decided or prepared something."""

    code = "not-a-bulletin"
    remedy_by_default = "check that the file is a decision bulletin, minutes or an agenda"


class FetchError(PykalaError):
    """An address that gives no document.

    Args:
        passing: whether the same request may succeed a little later.
    """

    code = "not-fetched"
    passing_by_default: ClassVar[bool] = False

    def __init__(
        self,
        message: str,
        *,
        passing: bool | None = None,
        source: str | None = None,
        place: str | None = None,
        remedy: str | None = None,
    ) -> None:
        super().__init__(message, source=source, place=place, remedy=remedy)
        self.passing = self.passing_by_default if passing is None else passing


class Refused(FetchError):
    """An address that pykala does not connect to: not of the web, or of a private network."""

    code = "refused"
    remedy_by_default = "give the http or https address of a public page"


class Forbidden(FetchError):
    """A page that the server's robots.txt keeps to itself."""

    code = "forbidden"
    remedy_by_default = "ask whoever runs the server"


class Unreachable(FetchError):
    """A server that cannot be connected to, or that breaks off before it answers."""

    code = "unreachable"
    passing_by_default = True
    remedy_by_default = "check the address and try again later"


class BrokenResponse(FetchError):
    """An answer that breaks off, has another length than it says, or is not coded as it says."""

    code = "broken-response"
    passing_by_default = True
    remedy_by_default = "try again later"


class TooSlow(FetchError):
    """An answer that was not whole when its time was up."""

    code = "too-slow"
    remedy_by_default = "try again later, or allow more time"


class Oversized(FetchError):
    """An answer over the limit of size, as it comes or decoded."""

    code = "oversized"
    remedy_by_default = "allow more bytes if the document is known"


class TooManyRedirects(FetchError):
    """An address that leads from one to the next without an end."""

    code = "too-many-redirects"
    remedy_by_default = "give the address that the page has now"


class HttpStatus(FetchError):
    """An answer that is none of what was asked for.

    Attributes:
        status: its HTTP status.
        response: the answer itself.
    """

    code = "http-status"

    def __init__(self, response: Response) -> None:
        words = "".join(c if c.isprintable() else " " for c in response.last.reason[:80]).strip()
        match response.status:
            case 401 | 403 | 407 | 451:
                remedy = "ask whoever runs the server"
            case 408 | 425 | 429 | 500 | 502 | 503 | 504:
                remedy = "try again later"
            case _:
                remedy = "check the address"
        super().__init__(
            f"the server answers {response.status} {words}".strip(), source=response.final_address, remedy=remedy
        )
        self.status = response.status
        self.response = response


class Busy(FetchError):
    """A server that asks to be left alone for longer than the client waits.

    Attributes:
        until: when it may be asked again, in UTC.
    """

    code = "busy"

    def __init__(self, until: datetime) -> None:
        moment = f"{until:%Y-%m-%d %H:%M:%S} UTC"
        super().__init__("the server asks to be left alone", remedy=f"try again after {moment}")
        self.until = until


class UnknownSource(PykalaError):
    """A name that is no municipality, or one whose address is not known."""

    code = "unknown-source"
    remedy_by_default = "pykala sources lists all that are known; an address of a listing does as well"


class StoreError(PykalaError):
    """A store of fetched pages that cannot be opened, read or written."""

    code = "store"


class StoreBusy(StoreError):
    """A store that another run is writing."""

    code = "store-busy"
    remedy_by_default = "wait for the other run, or give another file"


class StoreDamaged(StoreError):
    """A WARC file with a record that cannot be read."""

    code = "store-damaged"
    remedy_by_default = "take the file from a backup, or fetch into a new one"


class ModelMissing(PykalaError):
    """A language model that a run asks for and that is not installed."""

    code = "no-model"
    remedy_by_default = "pip install 'pykala[ner]' brings spacy_fi_experimental_web_md"


class NoRecords(PykalaError):
    """A place that records should be read back from and that holds none, or something else."""

    code = "no-records"
    remedy_by_default = "name what pykala parse wrote with -o"


class WorkersFail(PykalaError):
    """Worker processes or a cluster that cannot be had."""

    code = "workers"


class LedgerError(PykalaError):
    """A ledger that another run uses, or that is none."""

    code = "ledger"


class NotWritten(PykalaError):
    """A place that records should be written to and that does not take them."""

    code = "not-written"
    remedy_by_default = "see what is there, and that it may be written"


class RuleError(PykalaError):
    """A rule file that is malformed."""

    code = "rule"


class RecordError(PykalaError):
    """A record that breaks an invariant of its schema: a defect of pykala, never of the document."""

    code = "record"
    remedy_by_default = "report it with the document"

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
 │    └── NotABulletin
 ├── ModelMissing     a language model that is asked for and not installed
 ├── NoRecords        a place that records should be read back from and cannot
 ├── WorkersFail      worker processes, or a cluster, that cannot be had
 ├── LedgerError      a ledger that cannot be used
 ├── NotWritten       a place that records should be written to and cannot
 ├── RuleError        a rule file that does not say what it must
 └── RecordError      a record that would break its own schema
"""

from __future__ import annotations

from typing import ClassVar


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


class NotABulletin(ReadError):
    """Readable text in which nothing says that a Finnish public body decided or prepared something."""

    code = "not-a-bulletin"
    remedy_by_default = "check that the file is a decision bulletin, minutes or an agenda"


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

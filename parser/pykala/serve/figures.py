"""What the service tells Prometheus."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from pykala.batch.result import Packed
from pykala.record import Failure


class Figures:
    """Counts of one service, in a registry of its own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._documents = Counter(
            "pykala_documents", "Documents by what they gave: record, or the failure's code.", ["result"],
            registry=self._registry,
        )  # fmt: skip
        self._bytes = Counter("pykala_document_bytes", "Size of the documents.", registry=self._registry)
        self._seconds = Histogram(
            "pykala_document_seconds", "Time from a document's arrival to its answer.", registry=self._registry
        )
        self._open = Gauge(
            "pykala_documents_in_progress", "Documents that wait or are parsed.", registry=self._registry
        )

    @contextmanager
    def timed(self, size: int) -> Iterator[None]:
        """Count a document that has arrived, and how long it takes."""
        self._bytes.inc(size)
        start = perf_counter()
        with self._open.track_inprogress():
            yield
        self._seconds.observe(perf_counter() - start)

    def answered(self, result: Packed | Failure) -> None:
        """Count an answer."""
        self._documents.labels("record" if isinstance(result, Packed) else result.code).inc()

    def text(self) -> bytes:
        """All counts in Prometheus's text format."""
        return generate_latest(self._registry)

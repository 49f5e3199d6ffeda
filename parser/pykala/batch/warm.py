"""Imported once by the process that forks workers: what every one of them needs is loaded, compiled and tried before.

Workers share these pages of memory, and a worker that takes the place of a dead one starts in a moment.
"""

from __future__ import annotations

import gc

import pykala.read.pdf  # noqa: F401  # heavy, so that nothing else loads it before there is a PDF
from pykala.batch.result import Task, packed_result_of
from pykala.settings import Settings

__all__ = ["TASK"]

_TEXT = (
    "Kunnanhallitus 2.12.2024 § 7\n\nKunnanhallitus myönsi Kylä ry:lle 500 euroa vuodelle 2025.\n\n"
    "Kommunstyrelsen beviljade Byn rf 500 euro för år 2025.\n"
)
TASK = Task(-1, "-", _TEXT)

# Whatever is wrong shows in the worker itself, which reads the same before its first document.
packed_result_of(TASK, Settings())
packed_result_of(Task(-1, "-", f"<html><body><p>{_TEXT}</p></body></html>".encode()), Settings())
# What is there by now stays: the collector need not look through it, and so does not write into pages that workers share.
gc.collect()
gc.freeze()

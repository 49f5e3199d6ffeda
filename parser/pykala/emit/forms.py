"""What is written: one row a bulletin or a decision, in our own form or that of another project."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

Unit = Literal["bulletin", "decision"]


class Form(StrEnum):
    """Forms of other projects (``--as``)."""

    SCHEMA_ORG = "schema.org"
    POPOLO = "popolo"
    OPEN_DECISIONS = "6aika"
    ELASTICSEARCH = "elasticsearch"

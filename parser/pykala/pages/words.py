"""A page's own words in Finnish and English, kept as data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from pykala.pages.assets import asset


class PageLanguage(StrEnum):
    """The languages of pages."""

    EN = "en"
    FI = "fi"


Words = Mapping[str, str]


@cache
def words(package: str, language: PageLanguage) -> Words:
    """A page's words by their names.

    Args:
        package: the one whose ``words.toml`` has a table of names, each with a text in every language.
        language: which of them.
    """
    table = tomllib.loads(asset(package, "words.toml"))
    return {name: texts[language.value] for name, texts in table.items()}

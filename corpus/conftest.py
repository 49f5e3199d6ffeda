"""The corpus as tests of the plugin: documents of ``dev`` alone, whose mistakes may be in view."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from pykala.batch.inputs import GOLD_ENDING
from pykala.evaluate.gold import read_gold
from pykala.evaluate.publishers import FILE_NAME, Publishers, read_publishers

CORPUS = Path(__file__).resolve().parent


def pytest_configure(config: pytest.Config) -> None:
    if not config.pluginmanager.has_plugin("pykala"):
        raise pytest.UsageError("the environment does not know pykala's pytest plugin: install pykala in it anew")


@cache
def publishers() -> Publishers:
    return read_publishers(CORPUS / FILE_NAME)


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    if not collection_path.name.endswith(GOLD_ENDING):
        return None
    inside = collection_path.relative_to(CORPUS).as_posix().removesuffix(GOLD_ENDING)
    publisher = publishers().of(inside, read_gold(collection_path).municipality)
    return True if publisher and publisher.split == "test" else None

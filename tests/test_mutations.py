"""Every mutation of scripts/mutations.toml still breaks something that is there."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "scripts" / "mutate.py"


def _loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("mutate", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["mutate"] = module  # its dataclass looks itself up
    spec.loader.exec_module(module)
    return module


mutate = _loaded()


@pytest.mark.parametrize("mutation", mutate.mutations(), ids=lambda m: m.title)
def test_what_is_to_be_broken_stands_exactly_once_in_its_file(mutation) -> None:
    assert mutate.applied(mutation) != (mutate.ROOT / mutate.PACKAGE / mutation.file).read_text("utf-8")
    assert all((mutate.ROOT / test).is_file() for test in mutation.tests if test.endswith(".py"))


def test_every_stage_is_broken_somewhere() -> None:
    files = [mutation.file for mutation in mutate.mutations()]
    assert all(any(file.startswith(stage) for file in files) for stage in mutate.STAGES)


def test_a_break_that_does_not_apply_says_so() -> None:
    with pytest.raises(ValueError, match="holds 0 times"):
        mutate.applied(mutate.Mutation("outcomes.py", "nowhere to be found", "", ()))

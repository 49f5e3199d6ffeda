"""Who publishes a document, and on which side of the split all documents of that publisher stand."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from pykala.evaluate.breakdowns import Split
from pykala.evaluate.gold import WrongFile, first_of

FILE_NAME: Final = "publishers.toml"


class Publisher(BaseModel):
    """A municipality, a wellbeing county or a joint authority.

    Attributes:
        name: of a municipality its Finnish name, as gold has it.
        split: on which side all of its documents stand.
        documents: how the paths of its documents begin, where their gold names no municipality.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    split: Split
    documents: tuple[str, ...] = ()


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    publisher: tuple[Publisher, ...]

    @model_validator(mode="after")
    def _each_once(self) -> _File:
        names = [publisher.name for publisher in self.publisher]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"more than once: {', '.join(twice)}")
        return self


@dataclass(frozen=True, slots=True)
class Publishers:
    """All publishers of a corpus."""

    known: tuple[Publisher, ...]

    def of(self, path: str, municipality: str | None) -> Publisher | None:
        """The one publisher of a document; None where the list names none or more than one.

        Args:
            path: the document's path inside the corpus, without its ending: ``html/kuopio-paatostiedote``.
            municipality: what its gold says.
        """
        claiming = [one for one in self.known if any(path.startswith(prefix) for prefix in one.documents)]
        found = claiming or [one for one in self.known if one.name == municipality]
        return found[0] if len(found) == 1 else None


def read_publishers(path: Path) -> Publishers:
    """The publishers that a file lists.

    Raises:
        WrongFile: it cannot be read, or names a publisher twice or a split that is none.
    """
    try:
        return Publishers(_File.model_validate(tomllib.loads(path.read_text("utf-8"))).publisher)
    except OSError as error:
        raise WrongFile(f"{path}: {error.strerror}") from error
    except ValidationError as error:
        raise WrongFile(f"{path}: {first_of(error)}") from error
    except ValueError as error:
        raise WrongFile(f"{path}: {error}") from error

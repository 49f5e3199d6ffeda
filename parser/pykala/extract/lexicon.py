"""The decision verbs of ``rules/verbs.toml`` as a look-up from a word form to what it may be."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any

from pykala import rules
from pykala.model import Value
from pykala.rules.stems import stem_of


class Form(StrEnum):
    """The forms of a decision verb that matter, named as their lists in the rule file."""

    INFINITIVE = "infinitive"
    PAST = "past"
    PASSIVE = "passive"
    PRESENT = "present"
    PRESENT_PASSIVE = "present_passive"
    UNDER_PRESENT_PASSIVE = "under_present_passive"  # counts in an *että* clause alone
    FIRST_PERSON = "first_person"
    NEGATED = "negated"
    ABESSIVE = "abessive"


PRESENTS = frozenset({Form.PRESENT, Form.PRESENT_PASSIVE})
FINITE = PRESENTS | {Form.PAST, Form.PASSIVE, Form.FIRST_PERSON}


_APPLICATION = re.compile(r"hakemu|anomu|ansökan", re.IGNORECASE)


class Verb(Value):
    """One entry of the rule file.

    Attributes:
        decides: it is *päättää*, whose content is another verb.
        news: its passive tells an act in news too, although its type is `decided`.
        senses: cue and type, tried in order on the words of the clause.
    """

    rule: str
    language: str
    type: str
    negated_type: str
    decides: bool
    news: bool
    senses: tuple[tuple[re.Pattern[str], str], ...]

    def type_in(self, clause: str, *, negated: bool = False) -> str:
        """The type of the act, given the words around it.

        Args:
            clause: the words of the clause, with its objects.
            negated: the verb is denied (*ei myönnä*, *olla myöntämättä*).
        """
        found = next((kind for cue, kind in self.senses if cue.search(clause)), self.type)
        if not negated:
            return found
        if _APPLICATION.search(clause) and found in ("approved", "granted"):
            return "denied"
        return "denied" if found == "granted" else self.negated_type if found == self.type else "decided"


@cache
def forms() -> Mapping[str, tuple[tuple[Verb, Form], ...]]:
    """Every known word form, in lower case, with the verbs and forms that it may be."""
    table: dict[str, list[tuple[Verb, Form]]] = defaultdict(list)
    data = rules.load("verbs")
    for entry in (*data["verb"], *data["decide"]):
        verb = _verb(entry, decides=entry in data["decide"])
        for form in Form:
            for word in entry.get(form.value, ()):
                table[word].append((verb, form))
    return {word: tuple(meanings) for word, meanings in table.items()}


def _verb(entry: Mapping[str, Any], *, decides: bool) -> Verb:
    senses = tuple((re.compile(s["cue"], re.IGNORECASE), s["type"]) for s in entry.get("senses", ()))
    return Verb(
        rule=f"verbs.{entry['id']}",
        language=entry["language"],
        type=entry.get("type", "decided"),
        negated_type=entry.get("negated_type", "decided"),
        decides=decides,
        news=entry.get("news", False),
        senses=senses,
    )


class Formula(Value):
    """A sentence that accepts what was proposed without spelling it out."""

    rule: str
    type: str
    outcome: str | None
    pattern: re.Pattern[str]
    stem: str
    residue: bool
    prose: bool


@cache
def formulas() -> tuple[Formula, ...]:
    """The formulas of ``rules/formulas.toml``, in their order."""
    return tuple(
        Formula(
            rule=f"formulas.{entry['id']}",
            type=entry["type"],
            outcome=entry["outcome"] or None,
            pattern=re.compile(entry["pattern"], re.IGNORECASE),
            stem=stem_of(entry["pattern"]),
            residue=entry.get("residue", False),
            prose=entry.get("prose", False),
        )
        for entry in rules.load("formulas")["formula"]
    )

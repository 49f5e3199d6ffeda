"""What a regular expression matches, by examples in which each of its alternatives is taken at least once."""

import re
from collections.abc import Iterable
from itertools import chain

SIGNS = " x7-"
CATEGORIES = {"DIGIT": r"\d", "NOT_DIGIT": r"\D", "SPACE": r"\s", "NOT_SPACE": r"\S", "WORD": r"\w", "NOT_WORD": r"\W"}


def spelled(pattern: re.Pattern[str]) -> list[str]:
    """Texts that hold the pattern, one at least for each alternative that can be told without looking around."""
    texts = (f"\n{text}\n" for text in _of(re._parser.parse(pattern.pattern, pattern.flags)))
    return [text for text in texts if pattern.search(text)]


def _of(parsed: Iterable[tuple[object, object]]) -> list[str]:
    """Each part once in each of its ways, the others in their first."""
    parts = [_ways(str(operation), value) for operation, value in parsed]
    usual = [part[0] for part in parts]
    varied = (
        "".join([*usual[:place], way, *usual[place + 1 :]]) for place, part in enumerate(parts) for way in part[1:]
    )
    return ["".join(usual), *varied]


def _ways(operation: str, value) -> list[str]:
    match operation:
        case "LITERAL":
            return [chr(value)]
        case "IN":
            return [_member(value)]
        case "BRANCH":
            return list(chain.from_iterable(map(_of, value[1])))
        case "SUBPATTERN" | "ATOMIC_GROUP":
            return _of(value[3] if operation == "SUBPATTERN" else value)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            least, most, repeated = value
            ways = [way * max(least, 1) for way in _of(repeated)] if most else []
            return ways if least else [*ways, ""]
        case "NOT_LITERAL":
            return [next(sign for sign in SIGNS if sign != chr(value))]
        case "ANY":
            return ["x"]
        case _:  # anchors and what is looked at ahead or behind take no room
            return [""]


def _member(members) -> str:
    """A sign that a set lets in: of one that tells what is not meant, whichever of a few it leaves."""
    operation, value = members[0]
    match str(operation):
        case "LITERAL":
            return chr(value)
        case "RANGE":
            return chr(value[0])
        case "NEGATE":
            return next(sign for sign in SIGNS if not any(_is(sign, *member) for member in members[1:]))
        case _:
            return next(sign for sign in SIGNS if _is(sign, *members[0]))


def _is(sign: str, operation: object, value) -> bool:
    match str(operation):
        case "LITERAL":
            return sign == chr(value)
        case "RANGE":
            return value[0] <= ord(sign) <= value[1]
        case _:
            return re.match(CATEGORIES[str(value).removeprefix("CATEGORY_")], sign) is not None

"""What may stand before a head noun as part of a name: listed parts of a compound, adjectives, genitives, owners."""

from __future__ import annotations

from functools import cache

from pykala.extract.inflection import paradigm
from pykala.extract.registers import region_genitives, town_forms
from pykala.extract.words import Word, Words, word_list

_FIELD_HEADS = frozenset(
    {"palvelut", "palvelu", "toimi", "museo", "teatteri", "orkesteri", "opisto", "koulu", "satama", "kirjasto"}
)
_CONJUNCTIONS = frozenset({"ja", "tai", "sekä", "&", "och"})


@cache
def adjective_forms() -> dict[str, tuple[str, str]]:
    """Forms of the adjectives that open names: the nominative and the case."""
    forms: dict[str, tuple[str, str]] = {}
    for adjective in word_list("adjectives"):
        genitive = {"korkein": "korkeimman", "vihreä": "vihreän"}.get(adjective) or adjective[:-3] + "sen"
        forms |= {form: (adjective, meaning.case) for form, meaning in paradigm(adjective, genitive).items()}
    return forms | {"korkeimpaan": ("korkein", "illative")}


def town_genitive(word: Word) -> str | None:
    """The key of the municipality whose genitive the word is."""
    found = town_forms().get(word.text)
    return found[0].key if found and found[1] == "genitive" else None


def ellipsis_start(words: Words, index: int) -> int:
    """The first word of a compound whose parts are listed: *sosiaali-, terveys- ja pelastuslautakunta*."""
    first, before = index, words.at(index - 1).lower
    if before in _CONJUNCTIONS:
        if words.at(index - 2).open_hyphen and words.adjoin(index):
            first = index - 2
            while words.at(first - 1).text == "," and words.at(first - 2).open_hyphen and words.adjoin(first):
                first -= 2
    elif before.endswith(("-ja", "-tai")) and words.adjoin(index):
        first = index - 1
    return first


def is_proper_genitive(words: Words, index: int) -> bool:
    """Whether the word is a capitalised genitive that may open a name."""
    word = words.at(index)
    if not word.capital or not (word.genitive or word.text in town_forms()):
        return False
    if word.text in region_genitives() or town_genitive(word):
        return True
    return (
        (word.head is None or word.head.plural)
        and word.genitive
        and word.lower not in word_list("openers")
        and not word.verb
    )


def _certain_genitive(words: Words, index: int) -> bool:
    word = words.at(index)
    return bool(town_genitive(word)) or plain_word(word.text) in region_genitives()


def plain_word(text: str) -> str:
    """A word without a stray hyphen inside: *Pirkan-maan*."""
    head, hyphen, tail = text.partition("-")
    return head + tail if hyphen and tail[:1].islower() and head + tail in region_genitives() else text


def _field_genitive(words: Words, index: int) -> bool:
    """Whether the word is a genitive in lower case that says what a body is for."""
    word = words.at(index)
    if word.open_hyphen:
        return True
    starts = words.opens(index) and word.capital
    return (
        word.genitive
        and (not word.capital or starts)
        and _is_field_word(word)
        and word.lower not in word_list("pointing")
    )


def _is_field_word(word: Word) -> bool:
    """Whether a genitive may say what a body is for: no organisation itself, unless it is one of services or culture."""
    return word.head is None or word.head.plural or word.head.head.id in _FIELD_HEADS


def field_start(words: Words, index: int) -> int:
    """The first word of the genitives before a bare head: *rakennusten ja yleisten alueiden jaosto*."""
    first = index
    while words.adjoin(first) and index - first < 8:
        if _field_genitive(words, first - 1) and not (
            _certain_genitive(words, first - 1) or words.at(first - 1).open_hyphen
        ):
            first -= 1
        elif first < index and words.at(first - 1).lower in ("ja", "sekä") and _field_genitive(words, first - 2):
            if _certain_genitive(words, first - 2):
                break
            first -= 2
        elif (
            first < index
            and words.at(first - 1).text == ","
            and _field_genitive(words, first - 2)
            and words.at(first).lower != "ja"
        ):
            first -= 2
        else:
            break
    return first


def names_field(words: Words, first: int, head: int) -> bool:
    """Whether one of the genitives before a head says what it is for."""
    return any(words.at(k).lower.endswith(_fields()) for k in range(first, head))


@cache
def _fields() -> tuple[str, ...]:
    return tuple(sorted(word_list("fields")))


def may_be_place(word: Word) -> bool:
    """Whether the word before a name may be of a place that begins it; only then is ``proper_start`` before the name."""
    return word.capital or word.open_hyphen or word.lower in word_list("place_links")


def proper_start(words: Words, index: int, *, unknown: bool, joint: bool = False) -> int:
    """The first word of capitalised genitives before ``index``, with *seudun*, *kaupunkiseudun* and the like between."""
    first = index
    while words.adjoin(first) and index - first < 6:
        before = words.at(first - 1)
        if (
            before.lower in word_list("place_links")
            and is_proper_genitive(words, first - 2)
            and words.adjoin(first - 1)
        ):
            if before.lower in ("kaupungin", "kunnan"):
                break
            first -= 2
        elif (
            _certain_genitive(words, first - 1)
            or _split_genitive(words, first)
            or (unknown and is_proper_genitive(words, first - 1))
        ):
            first -= 1
        elif first < index and before.lower == "ja" and _joins_place(words, first - 2, joint=joint):
            first -= 2
        else:
            break
    return first


def _joins_place(words: Words, index: int, *, joint: bool) -> bool:
    """Whether a word before *ja* is the first of two places of one name: *Länsi- ja Sisä-Suomen*."""
    word = words.at(index)
    return (joint and is_proper_genitive(words, index)) or (word.open_hyphen and word.capital)


def _split_genitive(words: Words, index: int) -> bool:
    """Whether a stray space parts a region's name: *Etelä- Savon*."""
    before = words.at(index - 1)
    return before.open_hyphen and before.text + words.at(index).text in region_genitives()


def town_owner(words: Words, index: int) -> tuple[int, str] | None:
    """The town named just before a word as an organisation of its own, *Espoon kaupungin*: its first word and its key."""
    before = words.at(index - 1)
    if before.lower in ("kaupungin", "kunnan") and words.adjoin(index) and words.adjoin(index - 1):
        key = town_genitive(words.at(index - 2))
        if key:
            return index - 2, key
        if is_proper_genitive(words, index - 2):
            return index - 2, words.at(index - 2).lower
    return None


def listed_genitives(words: Words, index: int) -> list[int]:
    """Indices of the capitalised genitives listed before a word: *Espoon, Vantaan ja Helsingin* before *kaupungit*."""
    found: list[int] = []
    k = index
    while words.adjoin(k) and len(found) < 30:
        if words.at(k - 1).text == ")":
            k = next((j for j in range(k - 2, max(k - 8, -1), -1) if words.at(j).text == "("), k)
        if not is_proper_genitive(words, k - 1):
            break
        found.append(k - 1)
        k -= 1
        if words.at(k - 1).lower in ("ja", "sekä") or words.at(k - 1).text == ",":
            k -= 1
        else:
            break
    return found[::-1]

"""Crowds of documents for the scripts that try long runs: varied copies of the corpus, and documents that are bad in known ways."""

from __future__ import annotations

import io
import itertools
import random
import re
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_SYLLABLES = "ka la mi no pu ru sa ti vo yr hä le".split()
SENTENCE = "Kaupunginhallitus hyväksyi kokouksessaan 2.12.2024 sopimuksen, jonka arvo on 1,2 miljoonaa euroa.\n"
#: What is no text: tags, comments, programs, styles.
_MARKUP = re.compile(
    rb"(<(?:script|style)\b.*?</(?:script|style)>|<!--.*?-->|<[a-zA-Z/!?][^<>]*>)", re.DOTALL | re.IGNORECASE
)
_SPACE = rb"(?:[ .]|\xc2?\xa0|\xe2\x80\xaf|&nbsp;|&#160;)"
#: A sum before its currency. What follows a dash, a letter or a point is the end of something else.
_SUM = re.compile(
    rb"(?<![\w.,&#\x80-\xff-])\d+(?:%b\d{3})*(?:,\d{1,2})?"
    rb"(?=%b{0,2}(?:(?:milj|tuha|mrd)[a-z]*\.? ?)?(?:euro|eur\b|\xe2\x82\xac|\x80|&euro;))" % (_SPACE, _SPACE),
    re.IGNORECASE,
)
#: The day of a date d.m.yyyy.
_DAY = re.compile(rb"(?<![\d.])(?:0?[1-9]|[12]\d|3[01])(?=\.(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d(?!\d))")


def originals() -> list[Path]:
    """The documents of the corpus."""
    from pykala.batch.inputs import collect

    return [Path(one.uri) for one in collect([str(ROOT / "corpus")])]


def varied(number: int) -> Iterator[tuple[str, bytes]]:
    """So many documents, each with a name: copies of the corpus, each with days and sums, an act and a name of its own."""
    chance = random.Random(7)  # noqa: S311  # nothing secret
    sources = [(path.suffix.lower(), path.read_bytes()) for path in originals()]
    for count, (ending, content) in enumerate(itertools.islice(itertools.cycle(sources), number)):
        name = "".join(chance.choices(_SYLLABLES, k=4)).capitalize()
        own = f"Kunnanhallitus myönsi {name} ry:lle {chance.randrange(100, 99_999)} euroa vuodelle {2000 + count % 30}."
        digits = bytes.maketrans(b"123456789", bytes(chance.sample(b"123456789", 9)))
        days = chance.randrange(1, 28)
        changed = content if ending == ".pdf" else _changed(content, digits, days)
        again = b"\n" * (count // len(sources)) if ending == ".json" else b""
        yield f"{count // 1000:03}/{count:06}{ending}", _with(changed, ending, own) + again


def _changed(content: bytes, digits: bytes, days: int) -> bytes:
    """The document with other sums and other days of the month, and its markup as it was.

    One table of digits and one shift for all of it, so that what was the same sum or the same day twice still is, and a sum
    has as many digits as before. It is done to bytes, since documents of any encoding have these in ASCII.
    """
    parts = _MARKUP.split(content)
    for place in range(0, len(parts), 2):
        text = _SUM.sub(lambda found: _other_digits(found[0], digits), parts[place])
        parts[place] = _DAY.sub(lambda found: _other_day(found[0], days), text)
    return b"".join(parts)


def _other_digits(number: bytes, digits: bytes) -> bytes:
    """A number with each digit but zero replaced; those of an entity's code stay."""
    return b"".join(
        part if part.startswith(b"&") else part.translate(digits) for part in re.split(rb"(&#?\w+;)", number)
    )


def _other_day(day: bytes, days: int) -> bytes:
    """A day of the month moved within the days that every month has."""
    return b"%0*d" % (len(day), (int(day) - 1 + days) % 28 + 1)


def _with(content: bytes, ending: str, own: str) -> bytes:
    """The document with a sentence more, where its format lets one in."""
    if ending == ".txt":
        return content + f"\n\n{own}\n".encode()
    if ending in (".html", ".htm", ".xhtml"):
        letters = "".join(f"&#{ord(letter)};" if ord(letter) > 127 else letter for letter in own)
        paragraph = f"<p>{letters}</p>".encode()
        end = content.lower().rfind(b"</body>")
        return content[:end] + paragraph + content[end:] if end >= 0 else content + paragraph
    return content + (b"\n% " + own.encode() if ending == ".pdf" else b"\n")


def write(folder: Path, documents: Iterator[tuple[str, bytes]]) -> None:
    """Write documents into a folder."""
    for name, content in documents:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


# ---------------------------------------------------------------- bad ones


def bad(number: int) -> Iterator[tuple[str, bytes, str]]:
    """So many bad documents in turn: a name, the content, and the code of the failure that each has to be.

    Where two codes stand with *or* between them, it depends on the machine and the limits which of the two comes first.
    """
    makers: list[tuple[str, str, Callable[[int], bytes]]] = [
        ("empty.txt", "empty", lambda _: b""),
        ("blank.html", "empty", lambda count: b" \n" * (count + 1)),
        ("binary.txt", "unknown-format", lambda count: random.Random(count).randbytes(50_000)),  # noqa: S311
        ("cut.pdf", "broken", _cut_pdf),
        (
            "weather.txt",
            "not-a-bulletin",
            lambda count: b"The weather was fine, and nobody said a word.\n" * (count + 1),
        ),
        ("deep.html", "too-large", lambda count: b"<div>" * (1_000_000 + count) + SENTENCE.encode()),
        ("bomb.zip", "too-large", _bomb),
        ("nested.zip", "nested-archive", _nested),
        ("many.tar.gz", "too-large", _claims_much),
        ("digits.txt", "timeout or memory", lambda count: SENTENCE.encode() + b"1 000 " * (800_000 + count)),
        ("cut.zip", "broken", lambda count: _nested(count)[:-30]),
        ("letters.txt", "too-large", lambda count: SENTENCE.encode() * (2_000_000 if count < 12 else 600_000)),
    ]
    for count, (name, code, make) in enumerate(itertools.islice(itertools.cycle(makers), number)):
        yield f"bad-{count:02}-{name}", make(count), code


def _cut_pdf(count: int) -> bytes:
    whole = next(path for path in originals() if path.suffix == ".pdf").read_bytes()
    return whole[: 300 + count]


def _bomb(count: int) -> bytes:
    """Two hundred megabytes in two hundred kilobytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("bomb.txt", "w") as member:
        for _ in range(200 + count):
            member.write(bytes(1_000_000))
    return packed.getvalue()


def _nested(count: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inner.zip", bytes(100 + count))
    return packed.getvalue()


def _claims_much(count: int) -> bytes:
    """A header that claims a name of three gigabytes."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        info = tarfile.TarInfo("././@LongLink")
        info.type = tarfile.GNUTYPE_LONGNAME
        info.size = 3_000_000_000 + count
        archive.addfile(info)
        archive.addfile(tarfile.TarInfo("a.txt"))
    return packed.getvalue()

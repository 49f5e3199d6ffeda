"""Crowds of documents for the scripts that try long runs: varied copies of the corpus, and documents that are bad in known ways."""

from __future__ import annotations

import io
import itertools
import random
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_SYLLABLES = "ka la mi no pu ru sa ti vo yr hä le".split()
SENTENCE = "Kaupunginhallitus hyväksyi kokouksessaan 2.12.2024 sopimuksen, jonka arvo on 1,2 miljoonaa euroa.\n"


def originals() -> list[Path]:
    """The documents of the corpus."""
    from pykala.batch.inputs import collect

    return [Path(one.uri) for one in collect([str(ROOT / "corpus")])]


def varied(number: int) -> Iterator[tuple[str, bytes]]:
    """So many documents, each with a name: copies of the corpus, each with an act, a name and a sum of its own."""
    chance = random.Random(7)  # noqa: S311  # nothing secret
    sources = [(path.suffix, path.read_bytes()) for path in originals()]
    for count, (ending, content) in enumerate(itertools.islice(itertools.cycle(sources), number)):
        name = "".join(chance.choices(_SYLLABLES, k=4)).capitalize()
        own = f"Kunnanhallitus myönsi {name} ry:lle {chance.randrange(100, 99_999)} euroa vuodelle {2000 + count % 30}."
        yield f"{count // 1000:03}/{count:06}{ending}", _with(content, ending, own)


def _with(content: bytes, ending: str, own: str) -> bytes:
    """The document with a sentence more, where its format lets one in."""
    if ending == ".txt":
        return content + f"\n\n{own}\n".encode()
    if ending in (".html", ".htm"):
        letters = "".join(f"&#{ord(letter)};" if ord(letter) > 127 else letter for letter in own)
        return content.replace(b"</body>", f"<p>{letters}</p></body>".encode())
    return content + (b"\n% " + own.encode() if ending == ".pdf" else b"\n")


def write(folder: Path, documents: Iterator[tuple[str, bytes]]) -> None:
    """Write documents into a folder."""
    for name, content in documents:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


# ---------------------------------------------------------------- bad ones


def bad(number: int) -> Iterator[tuple[str, bytes, str]]:
    """So many bad documents in turn: a name, the content, and the code of the failure that each has to be."""
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
        ("digits.txt", "timeout", lambda count: SENTENCE.encode() + b"1 000 " * (800_000 + count)),
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

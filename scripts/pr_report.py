"""One Markdown comment for a pull request: scores by field with their change, what is right now and what is wrong, the speed.

The corpus as it is now is read by the code of both revisions, each in processes of its own, and scored by the present code.
Seconds are those that the processor worked, the least of some runs that take turns, so that they hold on a busy machine.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pykala.diff.markdown import harmless

ROOT = Path(__file__).resolve().parents[1]
MARKER = "<!-- pykala pr-report -->"
#: Characters of a comment; forges take 65,536.
ROOM = 64_000
#: Gains and losses that are told one by one.
TOLD = 25
#: Changes of speed in percent that mean nothing.
NOISE = 5.0
ONE_CORE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}

Scored = Mapping[str, Any]


@dataclass(frozen=True)
class Side:
    """What one revision does with the corpus.

    Attributes:
        name: the revision as given.
        scores: its report of ``pykala evaluate --json``.
        seconds: what the processor worked for the whole corpus.
    """

    name: str
    scores: Scored
    seconds: float


def main(arguments: Sequence[str]) -> int:
    """Compare, and write the comment."""
    options = _options(arguments)
    with TemporaryDirectory(prefix="pykala-pr-") as place:
        folder = Path(place)
        try:
            base = _unpacked(options.base, folder / "base")
            records, seconds = _read({"base": base, "head": ROOT}, options.documents, folder, options.rounds)
            sides = [
                Side(name, _scores(options.documents, records[key], folder), seconds[key])
                for key, name in (("base", options.base), ("head", "this change"))
            ]
            diff = _run(
                [
                    "diff",
                    str(records["base"]),
                    str(records["head"]),
                    "--gold",
                    str(options.documents),
                    "--markdown",
                    "-",
                ]
            )
        except subprocess.CalledProcessError as error:
            sys.stderr.write((error.stderr or b"").decode(errors="replace"))
            return 2
    text = comment(*sides, diff.decode())
    if options.out:
        options.out.write_text(text, "utf-8")
    else:
        sys.stdout.write(text)
    return 0


def comment(base: Side, head: Side, diff: str) -> str:
    """The whole comment, short enough for a forge.

    Args:
        base: the revision that the change is for.
        head: the change.
        diff: what ``pykala diff --markdown`` says of the records of both.
    """
    gained, lost = moved(base.scores["mistakes"], head.scores["mistakes"])
    pieces = [
        MARKER,
        f"## {headline(base, head, len(gained), len(lost))}",
        "",
        *table(base, head),
        "",
        speed(base, head),
        *listed("Wrong now, right before", lost, unfolded=True),
        *listed("Right now, wrong before", gained, unfolded=False),
    ]
    text = "\n".join(pieces) + "\n"
    return text + folded(diff, ROOM - len(text))


def headline(base: Side, head: Side, gained: int, lost: int) -> str:
    """What it all comes to, in one line."""
    before, after = (side.scores["fields"]["core"]["per_document"] for side in (base, head))
    if not gained and not lost:
        return f"No score changes: core {after:.3f}"
    return f"Core {before:.3f} → {after:.3f} ({signed(after - before)}): {gained} gained, {lost} lost"


def table(base: Side, head: Side) -> Iterator[str]:
    """F1 by field, those that change in bold."""
    yield f"| field | {harmless(base.name)} | {harmless(head.name)} | change | of the documents |"
    yield "|---|---:|---:|---:|---:|"
    for name, now in head.scores["fields"].items():
        before = base.scores["fields"][name]
        changes = [now[key] - before[key] for key in ("f1", "per_document")]
        told = [f"**{signed(change)}**" if round(change, 3) else "·" for change in changes]
        yield f"| {name.replace('_', ' ')} | {before['f1']:.3f} | {now['f1']:.3f} | {told[0]} | {told[1]} |"


def speed(base: Side, head: Side) -> str:
    """The change of speed, and whether it means anything."""
    change = (base.seconds / head.seconds - 1) * 100
    count = head.scores["documents"]
    told = (
        "no change that means anything"
        if abs(change) < NOISE
        else f"**{abs(change):.0f} % {'faster' if change > 0 else 'slower'}**"
    )
    return f"Speed: {count / base.seconds:.1f} → {count / head.seconds:.1f} documents a second of processor time: {told} ({change:+.1f} %)."


def moved(before: Sequence[Scored], after: Sequence[Scored]) -> tuple[list[Scored], list[Scored]]:
    """Mistakes that are gone, and mistakes that are new, each as often as it is."""
    keys = [Counter(_key(mistake) for mistake in some) for some in (before, after)]
    gone, new = keys[0] - keys[1], keys[1] - keys[0]
    return _taken(before, gone), _taken(after, new)


def listed(heading: str, mistakes: Sequence[Scored], *, unfolded: bool) -> Iterator[str]:
    """Mistakes in a fold, the first of them one by one."""
    if not mistakes:
        return
    yield f"\n<details{' open' if unfolded else ''}><summary>{heading}: {len(mistakes)}</summary>\n"
    yield from (f"- {told(mistake)}" for mistake in mistakes[:TOLD])
    if len(mistakes) > TOLD:
        yield f"- … and {len(mistakes) - TOLD} more"
    yield "\n</details>"


def told(mistake: Scored) -> str:
    """A mistake in one line, with its words."""
    found, gold = (harmless(mistake[key]) if mistake[key] is not None else None for key in ("found", "gold"))
    what = (
        f"not found: {gold}"
        if found is None
        else f"found too much: {found}"
        if gold is None
        else f"{found}, not {gold}"
    )
    context = mistake["context"]
    words = (
        f" — …{harmless(context['before'])} **{harmless(context['words'])}** {harmless(context['after'])}…"
        if context
        else ""
    )
    return f"{mistake['field'].replace('_', ' ')}: {what} ({harmless(mistake['document'])}){words}"


def folded(diff: str, room: int) -> str:
    """The diff of the records in a fold, cut after a whole document where it is too long."""
    head = "\n<details><summary>Every change of the records</summary>\n\n"
    end, cut = "\n</details>\n", "\n… and more; `pykala diff` tells them all\n"
    left = room - len(head) - len(end) - len(cut)
    if len(diff) <= left:
        return head + diff + end
    kept = diff[: max(0, left)].rpartition("\n</details>\n")
    return head + kept[0] + kept[1] + cut + end


def signed(change: float) -> str:
    """A change of a score.

    >>> signed(0.0123), signed(-0.0001)
    ('+0.012', '±0.000')
    """
    return f"{change:+.3f}" if round(change, 3) else "±0.000"


def _key(mistake: Scored) -> tuple[Any, ...]:
    return mistake["document"], mistake["field"], mistake["gold"], mistake["found"]


def _taken(mistakes: Sequence[Scored], wanted: Counter[tuple[Any, ...]]) -> list[Scored]:
    left, taken = Counter(wanted), []
    for mistake in mistakes:
        if left[_key(mistake)] > 0:
            left[_key(mistake)] -= 1
            taken.append(mistake)
    return taken


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="pr-report", description="One Markdown comment: what a change gains and loses."
    )
    parser.add_argument("base", nargs="?", default="main", help="the revision that it is for (main)")
    parser.add_argument(
        "-o", "--out", type=Path, metavar="FILE", help="where to write the comment, instead of standard output"
    )
    parser.add_argument(
        "--documents", type=Path, default=ROOT / "corpus", metavar="DIR", help="bulletins with gold (corpus/)"
    )
    parser.add_argument(
        "--rounds", type=int, default=3, metavar="N", help="how often each side reads them, for the speed (3)"
    )
    return parser.parse_args(arguments)


def _unpacked(revision: str, folder: Path) -> Path:
    """The code of a revision."""
    command = ["git", "-C", str(ROOT), "archive", "--format=tar", "--end-of-options", revision]
    packed = subprocess.run(command, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    return folder


def _read(
    trees: Mapping[str, Path], documents: Path, folder: Path, rounds: int
) -> tuple[dict[str, Path], dict[str, float]]:
    """The records of each side, and the least seconds that reading them took; the sides take turns."""
    records = {key: folder / f"{key}.jsonl" for key in trees}
    seconds = dict.fromkeys(trees, float("inf"))
    for _ in range(max(1, rounds)):
        for key, tree in trees.items():
            command = [sys.executable, "-m", "pykala", "parse", str(documents), "-o", str(records[key])]
            process = subprocess.Popen(
                command, env=os.environ | ONE_CORE | {"PYTHONPATH": str(tree / "parser")}, stderr=subprocess.DEVNULL
            )
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode not in (0, 1):
                raise subprocess.CalledProcessError(
                    process.returncode, command, stderr=f"{key}: parse failed\n".encode()
                )
            seconds[key] = min(seconds[key], used.ru_utime + used.ru_stime)
    return records, seconds


def _scores(gold: Path, records: Path, folder: Path) -> Scored:
    out = folder / "scores.json"
    _run(["evaluate", str(gold), str(records), "--json", str(out)])
    scores: Scored = json.loads(out.read_bytes())
    return scores


def _run(arguments: Sequence[str]) -> bytes:
    """What a command of the present code prints."""
    done = subprocess.run(
        [sys.executable, "-m", "pykala", *arguments],
        env=os.environ | {"PYTHONPATH": str(ROOT / "parser")},
        capture_output=True,
        check=False,
    )
    if done.returncode not in (0, 1):
        raise subprocess.CalledProcessError(done.returncode, "pykala", stderr=done.stderr)
    return done.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Who is compared in bench.py, and what one of them does in its process: `bench_contestants.py NAME`, documents on standard input."""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path

#: What is done with one document: the path of its file, its plain text.
Work = Callable[[str, str], object]
Documents = Sequence[tuple[str, str]]
MODEL = "spacy_fi_experimental_web_md"
#: Characters of the plain text of a short news bulletin.
SHORT = range(2_500, 4_501)


@dataclass(frozen=True, slots=True)
class Contestant:
    """One way to read documents.

    Attributes:
        title: what its row is called.
        load: makes what does the work.
        needs: the package without which it cannot be.
    """

    title: str
    load: Callable[[], Work]
    needs: str = "pykala"

    @property
    def is_missing(self) -> bool:
        """Whether its package is not installed."""
        return find_spec(self.needs) is None


@dataclass(frozen=True, slots=True)
class Figures:
    """What a contestant needed.

    Attributes:
        seconds: of the processor for one document, on the mean of the whole set.
        short: the same for the short documents alone; 0 where there are none.
        peak: megabytes of memory.
    """

    seconds: float
    short: float
    peak: float


def is_short(text: str) -> bool:
    """Whether a text is as long as a short news bulletin."""
    return len(text) in SHORT


def measure(work: Work, files: Sequence[tuple[str, str]], seconds: float) -> Figures:
    """Warm up, and time each document of the set, all over again until enough time has passed.

    Args:
        work: what the contestant does.
        files: the path of each document and that of its text, which is read when its turn comes: a set that is held would
            count as memory of the contestant.
        seconds: enough time.
    """
    work(files[0][0], read(files[0][1]))
    gc.collect()
    gc.freeze()  # what was loaded is not looked through again, as in any process that lives long
    spent, passes = [0.0] * len(files), 0
    short: set[int] = set()
    while not passes or sum(spent) < seconds:
        for place, (path, text_path) in enumerate(files):
            text = read(text_path)
            start = time.process_time()
            work(path, text)
            spent[place] += time.process_time() - start
            if is_short(text):
                short.add(place)
        passes += 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Figures(_mean(spent) / passes, _mean([spent[place] for place in short]) / passes, peak)


def read(path: str) -> str:
    """A text with the ends of its lines as they are."""
    return Path(path).read_bytes().decode()


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0


def load_files() -> Work:
    """Whole records of the files, written as JSON."""
    from pykala import parse
    from pykala.emit.serialise import to_json

    return lambda path, _: to_json(parse(Path(path)))


def load_text() -> Work:
    """Whole records of what the others get too."""
    from pykala import parse
    from pykala.emit.serialise import to_json

    return lambda path, text: to_json(parse(text, uri=path))


def load_model() -> Work:
    """The same with a model that looks for names where the rules leave words open."""
    from pykala import Settings, parse
    from pykala.emit.serialise import to_json

    settings = Settings(model=MODEL)
    return lambda path, text: to_json(parse(text, uri=path, settings=settings))


def load_ner() -> Work:
    """spaCy's Finnish model; its lemmatizer needs a system library."""
    import spacy

    nlp = spacy.load(MODEL, exclude=["lemmatizer"])
    return lambda _, text: nlp(text).ents


def load_blank() -> Work:
    """spaCy's Finnish tokenizer alone."""
    import spacy

    nlp = spacy.blank("fi")
    return lambda _, text: nlp(text)


def load_eds() -> Work:
    """The dates and quantities of EDS-NLP, which looks for such values in text by rules, as pykala does.

    It was made for French clinical notes: what it finds in Finnish is beside the point, what its search costs is not.
    """
    import edsnlp

    nlp = edsnlp.blank("eds")
    nlp.add_pipe("eds.sentences")
    nlp.add_pipe("eds.dates")
    nlp.add_pipe("eds.quantities", config={"use_tables": False})  # which a pipe would have to find first
    return lambda _, text: nlp(text).spans


#: The default of pykala is its rules alone, whatever else is installed; a model works only where it is named.
CONTESTANTS = {
    "files": Contestant("pykala, from files", load_files),
    "text": Contestant("pykala, from plain text", load_text),
    "model": Contestant(f"pykala with `--model {MODEL}`, from plain text", load_model, MODEL),
    "ner": Contestant("spacy-fi-experimental-web-md with NER", load_ner, MODEL),
    "blank": Contestant('`spacy.blank("fi")`, tokens only', load_blank, "spacy"),
    "eds": Contestant("EDS-NLP, French dates and quantities", load_eds, "edsnlp"),
}


def main(name: str) -> None:
    """Do the work of one contestant, and print its figures."""
    told = json.load(sys.stdin)
    figures = measure(CONTESTANTS[name].load(), told["files"], told["seconds"])
    print(json.dumps(asdict(figures)))


if __name__ == "__main__":
    main(sys.argv[1])

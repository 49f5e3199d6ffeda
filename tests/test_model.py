"""A language model adds names only where the rules leave words open, and only when it is asked for."""

import importlib.util
import subprocess
import sys

import pytest
import spacy
from typer.testing import CliRunner

from pykala import Settings, parse
from pykala.cli import app
from pykala.errors import ModelMissing
from pykala.extract import model
from pykala.pipeline import analyse

NAME = "spacy_fi_experimental_web_md"
INSTALLED = importlib.util.find_spec(NAME) is not None
needs_model = pytest.mark.skipif(not INSTALLED, reason=f"{NAME} is not installed (pip install 'pykala[ner]')")

TEXT = (
    "Kunnanhallitus myönsi 12.5.2025 hankkeelle 500 euroa. Avustuksen saa Revontulipaja yhdessä Kylä ry:n kanssa. "
    "Hakemuksen toi Ahti Laine Porissa. Kunnanhallitus kiitti Revontulipajaa."
)


def use(monkeypatch: pytest.MonkeyPatch, *organisations: str) -> None:
    """A model that calls these words organisations."""
    nlp = spacy.blank("fi")
    ruler = nlp.add_pipe("entity_ruler", name="ner")
    ruler.add_patterns([{"label": "ORG", "pattern": words} for words in organisations])
    monkeypatch.setattr(model, "load", lambda name: model.NameModel(f"{name} 1.0", nlp))


def added(text: str = TEXT) -> list[tuple[str, str]]:
    """What the model adds to the names of the rules: the name and the words."""
    found = analyse(text, settings=Settings(model="any")).findings.names
    assert [name for name in found if not name.rule.startswith("model.")] == list(analyse(text).findings.names)
    return [(name.name, name.text) for name in found if name.rule.startswith("model.")]


def test_adds_an_organisation_that_no_rule_has_read(monkeypatch):
    use(monkeypatch, "Revontulipaja")
    assert added() == [("Revontulipaja", "Revontulipaja")]


def test_adds_nothing_over_what_a_rule_has_read_or_refused(monkeypatch):
    use(monkeypatch, "Kylä", "Kylä ry:n", "500 euroa", "12.5.2025", "Kunnanhallitus")
    assert added() == []


def test_adds_no_town_alone_and_no_part_of_a_persons_name(monkeypatch):
    use(monkeypatch, "Porissa", "Ahti", "Laine")
    assert added("Kunnanhallitus päätti asiasta. Hakemuksen toi Ahti Laine, joka asuu Porissa.") == []


def test_adds_nothing_that_is_no_name_by_its_looks(monkeypatch):
    use(monkeypatch, "kanssa", "saa")
    assert added() == []


def test_sees_only_sentences_that_hold_an_open_capitalised_word(monkeypatch):
    use(monkeypatch, "Revontulipaja")
    seen: list[str] = []
    nlp = model.load("any").nlp
    pipe = nlp.pipe
    monkeypatch.setattr(nlp, "pipe", lambda texts: pipe(seen.append(text) or text for text in texts))
    added()
    assert seen
    assert not any("500 euroa" in text for text in seen)


def test_reads_no_language_but_finnish(monkeypatch):
    use(monkeypatch, "Norrskensverkstaden")
    text = "Kommunstyrelsen beviljade 500 euro för år 2025. Bidraget går till Norrskensverkstaden och dess medlemmar."
    assert parse(text).language == "sv"
    assert added(text) == []


def test_mentions_of_one_name_are_one_institution_that_says_what_read_it(monkeypatch):
    use(monkeypatch, "Revontulipaja", "Revontulipajan")
    text = "Kunnanhallitus myönsi tuen, jonka saa Revontulipaja. Kunnanhallitus kiitti, että Revontulipajan työ jatkuu."
    record = parse(text, settings=Settings(model="any"))
    (entry,) = [one for one in record.institutions if one.name == "Revontulipaja"]
    assert [(m.rule, m.text) for m in entry.mentions] == [
        ("model.organisation", "Revontulipaja"),
        ("model.organisation", "Revontulipajan"),
    ]


def test_the_record_names_the_model_and_without_one_nobody(monkeypatch):
    use(monkeypatch, "Revontulipaja")
    assert parse(TEXT, settings=Settings(model="any")).pipeline.model == "any 1.0"
    assert parse(TEXT).pipeline.model is None


def test_without_a_model_spacy_is_not_even_imported():
    code = f"import sys; from pykala import parse; parse({TEXT!r}); sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


def test_a_model_that_is_not_installed_is_an_error_that_says_what_to_do():
    with pytest.raises(ModelMissing, match=r"'no_such_model' is not installed \(pip install 'pykala\[ner\]'"):
        parse(TEXT, settings=Settings(model="no_such_model"))


def test_a_model_that_reads_no_names_is_no_model(tmp_path):
    spacy.blank("fi").to_disk(tmp_path / "blank")
    with pytest.raises(ModelMissing, match="reads no names"):
        model.load(str(tmp_path / "blank"))


def test_the_command_refuses_a_missing_model_before_it_reads_anything(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    out = tmp_path / "records.jsonl"
    done = CliRunner().invoke(app, ["parse", str(tmp_path / "a.txt"), "--model", "no_such_model", "-o", str(out)])
    assert done.exit_code == 2
    assert "pip install 'pykala[ner]'" in done.output
    assert not out.exists()


@needs_model
def test_the_real_model_takes_part_with_its_version_and_gives_the_same_record_each_time():
    settings = Settings(model=NAME)
    once, again = (parse(TEXT, settings=settings) for _ in range(2))
    assert once == again
    assert once.pipeline.model == f"{NAME} {model.load(NAME).nlp.meta['version']}"


@needs_model
def test_the_real_model_runs_only_what_its_entities_need():
    assert model.load(NAME).nlp.pipe_names == ["ner"]


@needs_model
def test_the_command_takes_the_real_model(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    command = [sys.executable, "-m", "pykala", "parse", "a.txt", "--model", NAME]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert f'"model":"{NAME} ' in done.stdout

"""The review page: people decide about changes with keys or without, nothing is lost, and only what they accept is written."""

import http.client
import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import expect
from typer.testing import CliRunner

from pykala.cli import app
from pykala.diff.apply import apply
from pykala.diff.compare import compare
from pykala.diff.differences import differences
from pykala.diff.goldens import GoldenError, read_golden, write_golden
from pykala.diff.model import Change, Decisions, Diff
from pykala.emit.serialise import to_json
from pykala.errors import PykalaError
from pykala.pages.words import PageLanguage, words
from pykala.pipeline import parse
from pykala.record import Institution, InstitutionMention, Record
from pykala.review.page import hash_of, page
from pykala.review.serve import Asked, ReviewServer
from pykala.review.writing import Golden

ROOT = Path(__file__).resolve().parents[1]
HOSTILE = '</script><script>document.title="taken"</script><img src=x onerror=\'document.title="taken"\'>'
TEXT = (
    "Kunnanhallitus 3.3.2025\n\nKunnanhallitus myönsi Kylä ry:lle 500 euroa vuodelle 2025 ja Sepät ry:lle 700 euroa vuodelle 2026.\n\n"
    f"Kunnanhallitus merkitsi tiedoksi katsauksen {HOSTILE}.\n\nLautakunta hyväksyi suunnitelman."
)


def amount(record: Record, place: int, **said) -> Record:
    """The record with one of its sums saying something else."""
    amounts = tuple(one.model_copy(update=said) if at == place else one for at, one in enumerate(record.amounts))
    return record.model_copy(update={"amounts": amounts})


@pytest.fixture(scope="module")
def old() -> Record:
    read = parse(TEXT)
    return read.model_copy(
        update={"title": HOSTILE, "source": read.source.model_copy(update={"uri": "kokoukset/kylä.txt"})}
    )


@pytest.fixture(scope="module")
def new(old) -> Record:
    """The same document read otherwise: another sum, another type, a decision that is gone, a receiver that is new."""
    changed = amount(amount(old, 0, value="5000"), 1, recipients=("institution-9",))
    start = TEXT.index("katsauksen")
    mention = InstitutionMention(text="katsauksen", span=(start, start + len("katsauksen")), rule="heads.katsaus")
    added = Institution(
        id="institution-9", name="Katsaus", kind="other", aliases=(), identifiers={}, mentions=(mention,)
    )
    changed = changed.model_copy(update={"institutions": (*changed.institutions, added)})
    decisions = [one.model_copy(update={"type": "stated"}) if one.type == "noted" else one for one in changed.decisions]
    return changed.model_copy(update={"decisions": tuple(one for one in decisions if one.type != "approved")})


@pytest.fixture(scope="module")
def diff(old, new) -> Diff:
    with differences(("old", [old]), ("new", [new])) as found:
        return found.whole()


@pytest.fixture
def golden(tmp_path, old) -> Path:
    """A folder with the golden record of the document, and something beside it that is none of the page's business."""
    folder = tmp_path / "golden"
    (folder / "deep").mkdir(parents=True)
    name = Path(old.source.uri).stem
    write_golden(folder / "deep" / f"{name}.expected.json", old)
    (tmp_path / "beside.expected.json").write_text("{}")
    return folder


def the_golden(folder: Path) -> Record:
    (path,) = folder.rglob("*.expected.json")
    found = read_golden(path)
    assert isinstance(found, Record)
    return found


def same(one: Record, other: Record) -> bool:
    return not compare(one, other).changes


# ---------------------------------------------------------------- the page as a file


def test_the_page_is_the_same_each_time_and_lets_nothing_be_loaded(diff):
    assert page(diff) == page(diff)
    assert "default-src 'none'" in page(diff)
    assert "connect-src" not in page(diff)
    assert HOSTILE not in page(diff)


def test_the_page_holds_all_that_applying_needs(diff):
    told = json.loads(re.search(r'id="told">(.*?)</script>', page(diff))[1])
    assert [Change.model_validate(one) for document in told["documents"] for one in document["changes"]] == [
        *diff.changes
    ]


def test_one_diff_keeps_one_progress_wherever_its_records_lie(diff, old):
    moved = diff.model_copy(update={"old": diff.old.model_copy(update={"name": "elsewhere"})})
    with differences(("old", [old]), ("new", [old])) as nothing:
        assert hash_of(moved) == hash_of(diff) != hash_of(nothing.whole())


def test_every_word_of_the_page_is_told_in_both_languages():
    english, finnish = (words("pykala.review", language) for language in PageLanguage)
    assert english.keys() == finnish.keys()
    assert {re.sub(r"[^{}]|(?<=\{)\w+", "", text).count("{") for text in english.values()} <= {0, 1, 2, 3, 4}
    for name, text in english.items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", finnish[name])), name


def test_every_word_that_the_page_asks_for_is_there(diff):
    asked = set(re.findall(r'data-(?:word|label|hint)="([\w-]+)"', page(diff, token="")))
    scripts = "".join(path.read_text("utf-8") for path in (ROOT / "parser/pykala/review").glob("*.js"))
    asked |= set(re.findall(r'\bsay\("([\w-]+)"', scripts))
    assert asked <= words("pykala.review", PageLanguage.EN).keys()
    assert len(asked) > 40


# ---------------------------------------------------------------- in a browser

PATIENCE = 30_000
"""How long a test waits for what the page is about to do, in milliseconds. It waits by ``expect``, which looks from outside: the
page's own policy forbids what evaluates a string in it.
"""


@pytest.fixture
def context(browser):
    made = browser.new_context(locale="en-GB", accept_downloads=True, viewport={"width": 1280, "height": 900})
    made.set_default_timeout(PATIENCE)
    yield made
    made.close()


def watched(context, address: str):
    """A tab that fails the test where the page complains, or asks for anything but itself."""
    tab = context.new_page()
    tab.complaints = []
    tab.on("console", lambda message: tab.complaints.append(message.text))
    tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
    tab.on(
        "request",
        lambda request: None if request.url.startswith((address, "blob:")) else tab.complaints.append(request.url),
    )
    tab.goto(address)
    return tab


@pytest.fixture
def tab(context, diff, tmp_path):
    (tmp_path / "review.html").write_text(page(diff), "utf-8")
    opened = watched(context, (tmp_path / "review.html").as_uri())
    yield opened
    assert opened.complaints == []
    assert opened.title() == "Review of changes – pykala"
    assert opened.locator("img").count() == 0


def tally(tab) -> str:
    return tab.locator("#tally").inner_text()


def shown(tab, count: int) -> list[str]:
    """The lines of the list that tell what changed, once so many are drawn."""
    lines = tab.locator("#list .said")
    expect(lines).to_have_count(count, timeout=PATIENCE)
    return lines.all_inner_texts()


def save(tab, tmp_path) -> Decisions:
    with tab.expect_download() as download:
        tab.click("#save")
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert path.name == "decisions.json"
    return Decisions.model_validate_json(path.read_bytes())


def test_who_opens_it_for_the_first_time_sees_what_to_do(tab):
    assert "Accept if the new one is right" in tab.locator("#intro").inner_text()
    tab.click("#close")
    assert tab.locator("#intro").is_hidden()
    tab.keyboard.press("?")
    assert tab.locator("#intro").is_visible()


def test_the_old_stands_beside_the_new_with_the_words_marked(tab):
    tab.click("#close")
    tab.fill("#search", "5 000 EUR")
    assert tab.locator("#change .old .shown").inner_text() == "500 EUR"
    assert tab.locator("#change .new .shown").inner_text() == "5\u00a0000 EUR"
    assert tab.locator("#change .new ins").inner_text().strip() == "5\u00a0000"
    assert tab.locator("#change .old mark").inner_text() == "500 euroa"
    assert tab.locator("#change .document b").inner_text() == HOSTILE


def test_changes_are_filtered_and_each_filter_tells_its_counts(tab, diff):
    tab.click("#close")
    fields = [change.field.value for change in diff.changes if change.follows is None]
    tab.wait_for_selector(f"#filter-field option:has-text('all ({len(fields)})')", state="attached")
    options = tab.locator("#filter-field option").all_text_contents()
    assert f"sum ({fields.count('amounts')})" in options
    tab.select_option("#filter-field", "amounts")
    tab.select_option("#filter-kind", "value")
    assert tab.locator("#found").inner_text() == "1 shown"
    assert ["500 EUR" in line and "5\u00a0000 EUR" in line for line in shown(tab, 1)] == [True]
    tab.click("#clear")
    assert tab.locator("#found").inner_text() == f"{len(fields)} shown"
    tab.fill("#search", "no such words")
    assert tab.locator("#nothing").inner_text() == "No change fits the filters."


def test_keys_decide_undo_takes_back_and_accept_writes_what_was_accepted(tab, tmp_path, diff, golden, old, new):
    count = diff.summary.changes
    tab.keyboard.press("Escape")
    for _ in range(count):
        tab.keyboard.press("a")
    assert tally(tab).startswith(f"{count} of {count} decided: {count} accepted")
    assert same(apply(old, save(tab, tmp_path).accepted), new)
    done = CliRunner().invoke(app, ["accept", str(tmp_path / "decisions.json"), str(golden)])
    assert (done.exit_code, same(the_golden(golden), new)) == (0, True), done.output
    for _ in range(count):
        tab.keyboard.press("u")
    assert tally(tab) == f"0 of {count} decided: 0 accepted, 0 rejected"
    assert tab.locator("#status").inner_text() == "There is nothing to undo."


def test_only_what_is_accepted_is_applied_and_notes_go_along(tab, tmp_path, diff, old):
    tab.click("#close")
    tab.fill("#search", "5 000 EUR")
    tab.click("#accept")
    tab.fill("#search", "stated")
    tab.fill("#note", "Ei lausunto")
    tab.click("#reject")
    rulings = save(tab, tmp_path).rulings
    assert {(one.ruling, one.note) for one in rulings} == {("accepted", None), ("rejected", "Ei lausunto")}
    applied = apply(old, [one.change for one in rulings if one.ruling == "accepted"])
    assert [one.value for one in applied.amounts] == ["5000", "700"]
    assert [one.type for one in applied.decisions] == [one.type for one in old.decisions]


def test_what_a_change_needs_goes_along_and_what_needs_a_rejected_one_is_open_again(tab, tmp_path, diff):
    (link,) = [change for change in diff.changes if change.facet == "recipients"]
    tab.click("#close")
    tab.select_option("#filter-kind", "link")
    tab.click("#accept")
    assert "Along with it: 1 that it needs." in tab.locator("#status").inner_text()
    assert {one.change.id for one in save(tab, tmp_path).rulings} == {link.id, *link.needs}
    tab.locator("#change .others button").first.click()
    assert "Katsaus" in tab.locator("#change .new .shown").inner_text()
    tab.click("#reject")
    assert "1 that" in tab.locator("#status").inner_text()
    rulings = {one.change.id: one.ruling for one in save(tab, tmp_path).rulings}
    assert (rulings[link.needs[0]], rulings.get(link.id) == "accepted") == ("rejected", False)


def test_progress_outlives_the_page_and_undo_reaches_beyond_it(tab, diff):
    tab.click("#close")
    tab.keyboard.press("a")
    tab.keyboard.press("r")
    before = tally(tab)
    assert "1 rejected" in before
    tab.reload()
    assert tally(tab) == before
    assert tab.locator("#intro").is_hidden()
    tab.keyboard.press("u")
    assert "0 rejected" in tally(tab)


def test_it_is_usable_without_a_mouse(tab):
    tab.locator("#close").press("Enter")
    assert tab.evaluate("document.activeElement.id") == "list"
    before = tab.locator("#change .where").inner_text()
    tab.keyboard.press("ArrowDown")
    assert tab.locator("#change .where").inner_text() != before
    expect(tab.locator("#list")).to_have_attribute("aria-activedescendant", "row-1", timeout=PATIENCE)
    assert tab.locator("#row-1").get_attribute("aria-selected") == "true"
    tab.keyboard.press("/")
    tab.keyboard.type("stated")
    assert tab.locator("#found").inner_text() == "1 shown"
    tab.keyboard.press("Escape")
    tab.keyboard.press("a")
    assert "1 accepted" in tally(tab)


def test_the_page_speaks_finnish_and_remembers_it(tab):
    tab.click("#language")
    assert tab.locator("#accept").inner_text().startswith("Hyväksy")
    assert tab.evaluate("document.documentElement.lang") == "fi"
    tab.reload()
    assert tab.locator("h1").inner_text() == "Muutosten tarkistus"
    tab.click("#language")


def test_nothing_runs_out_of_the_page(tab):
    for width in (360, 800, 1280):
        tab.set_viewport_size({"width": width, "height": 800})
        assert tab.evaluate("document.documentElement.scrollWidth") == width
        assert tab.locator("#accept").is_visible()


def test_what_merely_follows_is_folded_into_what_it_follows_from(context, diff, tmp_path):
    (one,) = diff.documents
    first, *others = (change.model_copy(update={"needs": ()}) for change in one.changes)
    following = (first, *(change.model_copy(update={"follows": first.id}) for change in others))
    path = tmp_path / "folded.html"
    path.write_text(
        page(diff.model_copy(update={"documents": (one.model_copy(update={"changes": following}),)})), "utf-8"
    )
    tab = watched(context, path.as_uri())
    tab.click("#close")
    assert tab.locator("#found").inner_text() == "1 shown"
    assert tab.locator("#list .along").inner_text() == f"+{len(others)}"
    tab.keyboard.press("r")
    assert f"{len(following)} rejected" in tally(tab)
    tab.keyboard.press("u")
    assert "0 rejected" in tally(tab)
    tab.check("#whole")
    assert tab.locator("#found").inner_text() == f"{len(following)} shown"
    assert tab.complaints == []


def test_of_thousands_of_changes_only_those_in_sight_are_drawn(context, diff, tmp_path):
    (one,) = diff.documents
    many = [
        one.model_copy(update={"document": f"{n}.txt", "changes": tuple(
            change.model_copy(update={"id": f"change-{n * 100 + at:016x}", "document": f"{n}.txt", "needs": (), "follows": None})
            for at, change in enumerate(one.changes))})
        for n in range(5000 // len(one.changes) + 1)
    ]  # fmt: skip
    path = tmp_path / "many.html"
    path.write_text(page(diff.model_copy(update={"documents": tuple(many)})), "utf-8")
    tab = watched(context, path.as_uri())
    tab.click("#close")
    tab.keyboard.press("End")
    count = int(tab.locator("#found").inner_text().split()[0])
    assert count >= 5000
    expect(tab.locator(f"#row-{count - 1}")).to_be_visible(timeout=PATIENCE)
    assert tab.locator("#change .where").inner_text().startswith(f"{count} of {count}")
    assert tab.locator("#list .row").count() < 60
    tab.click("#accept-shown")
    assert f"{count} accepted" in tally(tab)
    tab.keyboard.press("u")
    assert tally(tab).startswith("0 of")
    assert tab.complaints == []


# ---------------------------------------------------------------- served


@pytest.fixture
def served(diff, golden):
    """The address of a page that is served, with its token."""
    with ReviewServer(lambda token: page(diff, token=token), Golden(golden, diff).write, port=0) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server.address
        server.shutdown()
        thread.join()


def test_the_command_serves_the_page_on_the_loopback_until_it_is_ended(tmp_path, old, new, golden, diff):
    for name, one in (("old", old), ("new", new)):
        (tmp_path / f"{name}.jsonl").write_text(to_json(one) + "\n", "utf-8")
    command = [
        sys.executable,
        "-m",
        "pykala",
        "review",
        "old.jsonl",
        "new.jsonl",
        "--serve",
        str(golden),
        "--port",
        "0",
    ]
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    told = process.stderr.readline()
    address = re.search(r"http://127\.0\.0\.1:\d+/[\w-]{30,}/", told)[0]
    status, body = ask(address, "GET", "/" + address.split("/", 3)[3])
    assert (status, diff.documents[0].changes[0].id in body.decode()) == (200, True)
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 0
    assert process.communicate()[1] == ""


def write(tab) -> None:
    with tab.expect_response("**/decisions") as answer:
        tab.click("#write")
    assert answer.value.ok
    expect(tab.locator("#write")).to_be_disabled(timeout=PATIENCE)


def test_what_is_accepted_is_written_into_the_golden_file_and_nothing_else(context, served, golden, old, new, tmp_path):
    beside = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and golden not in path.parents}
    tab = watched(context, served)
    tab.click("#close")
    tab.fill("#search", "5 000 EUR")
    tab.click("#accept")
    write(tab)
    (path,) = golden.rglob("*.expected.json")
    assert tab.locator("#status").inner_text() == f"The golden files hold 1 accepted changes. Written: deep/{path.name}"
    assert [one.value for one in the_golden(golden).amounts] == ["5000", "700"]
    assert {path: path.read_bytes() for path in beside} == beside
    tab.fill("#search", "")
    tab.click("#accept-shown")
    write(tab)
    assert same(the_golden(golden), new)
    for _ in range(2):
        tab.click("#undo")
    write(tab)
    assert same(the_golden(golden), old)
    assert tab.locator("#write").is_disabled()
    assert tab.complaints == []


def test_a_golden_file_that_says_something_else_by_now_is_left_alone(context, served, golden, old):
    (path,) = golden.rglob("*.expected.json")
    write_golden(path, amount(old, 0, value="1"))
    tab = watched(context, served)
    tab.click("#close")
    tab.fill("#search", "5 000 EUR")
    tab.click("#accept")
    tab.click("#write")
    expect(tab.locator("#status")).to_have_text(re.compile("^Nothing was written"), timeout=PATIENCE)
    assert [one.value for one in the_golden(golden).amounts] == ["1", "700"]


def ask(address: str, method: str, path: str | None = None, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
    """A request as any program could send it; header names with ``_`` for ``-``."""
    _, _, host, token, _ = address.split("/")
    connection = http.client.HTTPConnection(host, timeout=10)
    sent = {"Host": host, "Origin": f"http://{host}", "Content-Type": "application/json", "X-Pykala-Token": token}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(
        method, f"/{token}/decisions" if path is None else path, body, {k: v for k, v in sent.items() if v}
    )
    answer = connection.getresponse()
    told = answer.status, answer.read()
    connection.close()
    return told


def test_others_are_refused_and_write_nothing(served, golden, diff):
    body = json.dumps(
        {"rulings": [{"change": change.id, "ruling": "accepted", "note": None} for change in diff.changes]}
    ).encode()
    host = served.split("/")[2]
    before = the_golden(golden)
    refused = [
        {"Host": "evil.example"},  # a name of the web bound to the loopback
        {"Host": f"evil.example:{host.split(':')[1]}", "Origin": f"http://evil.example:{host.split(':')[1]}"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": f"http://localhost:{host.split(':')[1]}"},
        {"Sec_Fetch_Site": "cross-site"},
        {"X_Pykala_Token": "guess"},
        {"X_Pykala_Token": ""},
        {"Content_Type": "text/plain"},
    ]
    assert {ask(served, "POST", body=body, **headers)[0] for headers in refused} == {403, 421}
    assert ask(served, "POST", "/guess/decisions", body)[0] == 403
    assert [ask(served, "GET", path)[0] for path in ("/", "/guess/", "/../../etc/passwd")] == [403] * 3
    assert ask(served, "GET", f"/{served.split('/')[3]}/", Host="evil.example")[0] == 421
    assert ask(served, "PUT", body=body)[0] == 501
    assert the_golden(golden) == before
    assert ask(served, "POST", body=body)[0] == 200


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"no json", {}, 400),
        (b'{"rulings": [{"change": "../../x", "ruling": "accepted"}]}', {}, 400),
        (b'{"rulings": [{"change": "change-0000000000000000", "ruling": "accepted"}]}', {}, 409),
        (b"", {"Content_Length": str(10**9)}, 413),
        (b"", {"Content_Length": "9" * 40}, 413),
        (b"", {"Content_Length": "-1"}, 411),
    ],
)
def test_what_is_no_decision_about_these_changes_is_refused(served, golden, old, body, headers, status):
    assert ask(served, "POST", body=body, **headers)[0] == status
    assert same(the_golden(golden), old)


def accepted(diff: Diff) -> list[Asked]:
    return [Asked(change=change.id, ruling="accepted") for change in diff.changes]


def test_a_link_that_leads_out_of_the_folder_is_not_followed(golden, diff, old, tmp_path):
    (path,) = golden.rglob("*.expected.json")
    outside = tmp_path / path.name
    path.rename(outside)
    path.symlink_to(outside)
    before = outside.read_bytes()
    with pytest.raises(GoldenError, match="leads elsewhere"):
        Golden(golden, diff).write(accepted(diff))
    assert outside.read_bytes() == before


def test_what_somebody_else_has_written_meanwhile_is_left_alone(golden, diff, old):
    files = Golden(golden, diff)
    files.write(accepted(diff)[:1])
    (path,) = golden.rglob("*.expected.json")
    path.write_text("{}")
    with pytest.raises(GoldenError, match="meanwhile"):
        files.write(accepted(diff))
    assert path.read_text() == "{}"


def test_facts_and_whole_documents_are_written_as_accept_does(golden, old, new):
    (path,) = golden.rglob("*.expected.json")
    gold = {"decisions": [], "amounts": [{"value": "500"}, {"value": "700"}]}
    path.write_text(json.dumps(gold))
    other = new.model_copy(update={"id": "bulletin-9", "source": new.source.model_copy(update={"uri": "uusi.txt"})})
    with differences(("old", [old]), ("new", [new, other])) as found:
        diff = found.whole()
    wanted = [change.id for change in diff.changes if change.facet == "value" or change.field == "document"]
    written = Golden(golden, diff).write([Asked(change=one, ruling="accepted") for one in wanted])
    assert (written.changes, written.files) == (2, (f"deep/{path.name}", "uusi.expected.json"))
    assert sorted(one["value"] for one in json.loads(path.read_text())["amounts"]) == ["5000", "700"]
    assert same(read_golden(golden / "uusi.expected.json"), other)
    assert Golden(golden, diff).write([]).files == ()


def test_all_is_written_or_nothing(golden, diff, old):
    (one,) = diff.documents
    absent = tuple(change.model_copy(update={"document": "zz.txt", "id": f"change-{at:016x}", "needs": (), "follows": None})
                   for at, change in enumerate(one.changes))  # fmt: skip
    both = diff.model_copy(
        update={"documents": (one, one.model_copy(update={"document": "zz.txt", "changes": absent}))}
    )
    with pytest.raises(PykalaError, match="no golden file"):
        Golden(golden, both).write(accepted(both))
    assert same(the_golden(golden), old)


def test_a_port_that_is_taken_is_told(diff):
    with ReviewServer(lambda _: "", lambda _: None, port=0) as first, pytest.raises(PykalaError, match="--port"):
        ReviewServer(lambda _: "", lambda _: None, port=first.server_port)


@pytest.mark.parametrize(
    ("arguments", "words_"),
    [
        (["old.jsonl", "new.jsonl"], "say what becomes of the page"),
        (["old.jsonl", "none.jsonl", "-o", "x.html"], "there is no such file"),
        (["old.jsonl", "-o", "x.html"], "this is no diff"),
        (["old.jsonl", "new.jsonl", "--serve", "nowhere"], "no such folder"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path, monkeypatch, old, arguments, words_):
    for name in ("old", "new"):
        (tmp_path / f"{name}.jsonl").write_text(to_json(old) + "\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["review", *arguments])
    assert (done.exit_code, words_ in done.output) == (2, True), done.output

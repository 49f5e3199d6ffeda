"""What holds of every diff: nothing differs from itself, a diff applied gives the new record, and turned round it is its own reverse."""

from functools import cache
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from pykala import parse
from pykala.batch.inputs import collect
from pykala.diff.apply import apply
from pykala.diff.compare import compare
from pykala.diff.model import Kind, with_needed
from pykala.record import Record

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
DOCUMENTS = {one.name: Path(one.uri) for one in collect([str(CORPUS / "text")]) if Path(one.uri).stat().st_size < 2_000}
SENTENCES = (
    "Kaupunginhallituksen elinkeinojaosto myönsi Rantakylän Yrityshautomo Oy:lle enintään 250 000 euroa vuodelle 2025.",
    "Lautakunta myönsi Kylä ry:lle 500 euroa vuosille 2025–2027.",
    "Samalla jaosto merkitsi tiedoksi matkailun katsauksen.",
    "Valtuusto hyväksyi äänin 21–18 talousarvion, jonka loppusumma on 1,2 miljoonaa euroa.",
    "Kokous pidettiin 12.5.2025.",
    "Kaupunginhallitus palautti asian valmisteltavaksi.",
    "Kunnanhallitus myönsi Kylä ry:lle 800 euroa vuodelle 2026 ja oikeutti johtajan allekirjoittamaan sopimuksen.",
    "Porvoon kaupunki ja Metropolia Ammattikorkeakoulu Oy jatkavat yhteistyötä.",
    "Pykälä 30.2.2024 jäi auki.",
)
texts = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=7).map(
    lambda some: "Porvoon kaupunginhallitus\n\n" + "\n\n".join(some) + "\n"
)


@cache
def read(text: str) -> Record:
    return parse(text, uri="bulletin.txt")


@cache
def document(path: Path) -> Record:
    return parse(path)


def edited(name: str, edits: list[tuple[str, int]]) -> tuple[Record, Record]:
    """A record of the corpus, and the same with some of its entries gone, changed or linked otherwise."""
    record = document(DOCUMENTS[name])
    said = record.model_dump(mode="json")
    for edit, number in edits:
        EDITS[edit](said, number)
    return record, Record.model_validate(said)


def one_of(entries, number):
    return entries[number % len(entries)] if entries else {}


def lose_amount(said, number):
    gone = one_of(said["amounts"], number)
    if gone:
        said["amounts"].remove(gone)
        for decision in said["decisions"]:
            decision["amounts"] = [key for key in decision["amounts"] if key != gone["id"]]


def lose_institution(said, number):
    gone = one_of(said["institutions"], number)
    if gone:
        said["institutions"].remove(gone)
        said["publisher"] = None if said["publisher"] == gone["id"] else said["publisher"]
        for amount in said["amounts"]:
            amount["recipients"] = [key for key in amount["recipients"] if key != gone["id"]]
            amount.update({key: None for key in ("payer", "fund") if amount[key] == gone["id"]})
        for decision in said["decisions"]:
            decision["institutions"] = [link for link in decision["institutions"] if link["id"] != gone["id"]]
            if decision["decision_maker"] == gone["id"]:
                decision["decision_maker"] = None


def lose_decision(said, number):
    gone = one_of(said["decisions"], number)
    if gone:
        said["decisions"].remove(gone)
        for entry in (*said["amounts"], *said["years"], *said["dates"]):
            entry["decision"] = None if entry["decision"] == gone["id"] else entry["decision"]


def give_to_another(said, number):
    amount, institution = one_of(said["amounts"], number), one_of(said["institutions"], number // 7)
    if amount and institution:
        amount["recipients"] = [institution["id"]]


def move_a_quote(said, number):
    entry = one_of([*said["amounts"], *said["dates"]], number)
    if entry:
        start = number % max(1, len(said["text"]) - 3)
        entry.update(span=[start, start + 3], text=said["text"][start : start + 3])


EDITS = {
    "lose an amount": lose_amount,
    "lose an institution": lose_institution,
    "lose a decision": lose_decision,
    "give to another": give_to_another,
    "move a quote": move_a_quote,
    "another value": lambda said, n: one_of(said["amounts"], n).update(value=str(n)),
    "another role": lambda said, n: one_of(said["amounts"], n).update(role=("granted", "other", "cost")[n % 3]),
    "another type": lambda said, n: one_of(said["decisions"], n).update(type=("noted", "granted", "decided")[n % 3]),
    "another name": lambda said, n: one_of(said["institutions"], n).update(name=f"Säätiö {n % 5}"),
    "another maker": lambda said, n: one_of(said["decisions"], n).update(
        decision_maker=one_of(said["institutions"], n // 3).get("id")
    ),
    "another rule": lambda said, n: one_of(said["years"], n).update(rule=f"years.{n % 3}"),
    "another date": lambda said, n: said.update(published=f"2024-{n % 12 + 1:02}"),
    "another meeting": lambda said, n: said.update(
        meeting=(None, {"body": "Jaosto", "date": None, "number": str(n), "place": None})[n % 2]
    ),
    "another section": lambda said, n: said.update(sections=[f"§ {n % 7}", "§ 8"]),
    "a warning": lambda said, n: said["warnings"].append({"code": "slip", "message": f"{n % 4}", "span": [0, 3]}),
}


names = st.sampled_from(sorted(DOCUMENTS))
edits = st.lists(st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 10**6)), max_size=6)


def reversed_by_hand(change):
    kind = {Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED}.get(change.kind, change.kind)
    return kind, change.field, change.facet, change.new, change.old, sorted((b, a) for a, b in change.same)


def told(change):
    return change.kind, change.field, change.facet, change.old, change.new, sorted(change.same)


def meaning(record: Record) -> object:
    """The record with ids put in order of place, so that two which say the same are equal."""
    return apply(record, ())


def both_ways(old: Record, new: Record) -> None:
    changes = compare(old, new).changes
    again = apply(old, changes)
    assert compare(again, new).changes == ()
    assert compare(new, again).changes == ()
    back = compare(new, old).changes
    assert sorted(map(repr, map(reversed_by_hand, changes))) == sorted(map(repr, map(told, back)))
    assert compare(apply(new, back), old).changes == ()


@given(names, edits)
def test_an_applied_diff_gives_the_new_record_and_its_reverse_the_old(name, edits):
    both_ways(*edited(name, edits))


@given(texts, texts)
@example("Kunnanhallitus myönsi Kylä ry:lle 500 euroa.\n", "Kunnanhallitus myönsi Kylä ry:lle 900 euroa.\n")
def test_so_does_one_between_two_states_of_a_text(before, after):
    both_ways(read(before), read(after))


@given(names, edits)
def test_nothing_differs_from_itself_or_from_itself_in_another_order(name, edits):
    for record in edited(name, edits):
        assert compare(record, record).changes == ()
        assert compare(record, shuffled(record)).changes == ()


def shuffled(record: Record) -> Record:
    """The record with every list turned round and every id another."""
    said = record.model_dump(mode="json")
    ids = {}
    for key in ("decisions", "amounts", "years", "dates", "institutions"):
        said[key].reverse()
        ids |= {entry["id"]: f"x-{key}-{number}" for number, entry in enumerate(said[key])}
    return Record.model_validate(renamed(said, ids))


def renamed(node, ids):
    if isinstance(node, dict):
        return {key: renamed(value, ids) for key, value in node.items()}
    if isinstance(node, list):
        turned = [renamed(value, ids) for value in node]
        return turned[::-1] if all(isinstance(one, str) for one in turned) else turned
    return ids.get(node, node) if isinstance(node, str) else node


@given(names, edits, st.data())
def test_some_of_a_diff_can_be_applied_with_what_it_needs_and_the_rest_is_left(name, edits, data):
    old, new = edited(name, edits)
    changes = compare(old, new).changes
    if not changes:
        return
    chosen = data.draw(st.sets(st.sampled_from([change.id for change in changes])))
    taken = with_needed(chosen, changes)
    partly = apply(old, [change for change in changes if change.id in taken])
    left = {change.id for change in compare(partly, new).changes}
    assert len(left) <= len(changes)
    assert compare(apply(partly, compare(partly, new).changes), new).changes == ()

"""SQLite and a real PostgreSQL server: what is written, replaced, migrated, and refused."""

import sqlite3

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from pydantic_core import PydanticSerializationError

from pykala import parse
from pykala.emit.database import sink as database_sink
from pykala.emit.database.connect import VERSION_TABLE, engine_of, upgrade, writing
from pykala.emit.database.schema import metadata
from pykala.emit.encoded import Encoded
from pykala.emit.load import records
from pykala.emit.places import place_of
from pykala.emit.sinks import open_sink
from pykala.errors import NotWritten
from pykala.record import WarningEntry

GRANTS = parse(
    "Lohjan kaupunginhallitus myönsi 3.2.2025 Saariston Laivapaja Oy:lle innovaatiorahastosta 200 000 euroa vuodelle 2025. "
    "Samalla kaupunginhallitus myönsi Kylätalo ry:lle ja Rantaseura ry:lle 6 000 euroa vuosille 2026 ja 2028."
)
NOTED = parse("Porvoon kaupunginhallitus merkitsi tiedoksi matkailun katsauksen.")
CHANGED = NOTED.model_copy(update={"id": GRANTS.id})


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path):
    """Where a database is to be: a file that is not there yet, or an empty database of a server."""
    return (
        request.getfixturevalue("postgresql") if request.param == "postgresql" else f"sqlite:///{tmp_path}/records.db"
    )


def write(place, *written):
    with open_sink(place) as sink:
        for number, record in enumerate(written):
            sink.write(f"bulletin-{number}", Encoded.of(record))


def rows(place):
    """All rows of all tables."""
    with engine_of(place_of(place)).connect() as connection:
        return {
            name: sorted(map(repr, connection.execute(sa.select(table)).all()))
            for name, table in metadata().tables.items()
        }


def ask(place, sql, **values):
    with engine_of(place_of(place)).connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(sql), values)]


def test_what_was_written_comes_back(place):
    write(place, GRANTS, NOTED)
    assert list(records(place)) == sorted((GRANTS, NOTED), key=lambda record: record.id)


def test_each_value_is_a_row_of_its_table(place):
    write(place, GRANTS)
    counts = {name: len(found) for name, found in rows(place).items()}
    assert counts["bulletins"] == 1
    for field in ("decisions", "amounts", "years", "dates", "institutions", "warnings"):
        assert counts[field] == len(getattr(GRANTS, field)), field
    assert counts["institution_mentions"] == sum(len(one.mentions) for one in GRANTS.institutions)
    assert counts["decision_institutions"] == sum(len(one.institutions) for one in GRANTS.decisions)
    assert counts["amount_years"] == sum(len(one.years) for one in GRANTS.amounts)
    assert counts["institution_aliases"] == sum(len(one.aliases) for one in GRANTS.institutions)


def test_a_sum_that_two_share_says_so_in_each_row(place):
    write(place, GRANTS)
    sql = "SELECT recipient_name, shared_by, first_year, last_year FROM fundings ORDER BY recipient_name"
    assert ask(place, sql) == [
        ("Kylätalo ry", 2, 2026, 2028),
        ("Rantaseura ry", 2, 2026, 2028),
        ("Saariston Laivapaja Oy", 1, 2025, 2025),
    ]


def test_the_same_run_twice_leaves_the_same_rows(place):
    write(place, GRANTS, NOTED)
    once = rows(place)
    write(place, GRANTS, NOTED)
    assert rows(place) == once


def test_a_record_that_changed_is_replaced_with_all_that_was_its(place):
    write(place, GRANTS, NOTED)
    write(place, CHANGED)
    assert {record.id: record.kind for record in records(place)} == {GRANTS.id: CHANGED.kind, NOTED.id: NOTED.kind}
    assert ask(place, "SELECT COUNT(*) FROM amounts") == [(0,)]
    assert ask(place, "SELECT type FROM decisions WHERE bulletin = :id", id=GRANTS.id) == [("noted",)]


def test_of_two_documents_of_the_same_bytes_the_last_counts(place):
    write(place, GRANTS, CHANGED)
    assert [record.decisions[0].type for record in records(place)] == ["noted"]


def test_what_belongs_to_nothing_is_refused(place):
    write(place, GRANTS)
    stray = "INSERT INTO sections (bulletin, position, section) VALUES ('bulletin-0', 0, '§ 1')"
    twice = "INSERT INTO bulletins SELECT * FROM bulletins"
    unnamed = "UPDATE amounts SET fund = 'institution-99'"
    for sql in (stray, twice, unnamed):
        with (
            pytest.raises(sa.exc.DBAPIError, match=r"(?i)constraint"),
            engine_of(place_of(place)).begin() as connection,
        ):
            connection.execute(sa.text(sql))


def test_a_bulletin_that_is_deleted_takes_all_that_is_its_along(place):
    write(place, GRANTS)
    with engine_of(place_of(place)).begin() as connection:
        connection.execute(sa.text("DELETE FROM bulletins"))
    assert not any(rows(place).values())


HOSTILE = "'; DROP TABLE bulletins; -- \x00 \\N \\. \t \r\n %s :id ? \" \ud83d\ude00 \u202e =1+1".encode(
    "utf-16", "surrogatepass"
)


def test_hostile_words_survive(place):
    words = HOSTILE.decode("utf-16")
    hostile = GRANTS.model_copy(update={"title": words, "warnings": (WarningEntry(code="odd", message=words),)})
    write(place, hostile)
    assert list(records(place)) == [hostile]
    without_nul = words.replace("\x00", "\ufffd")
    assert ask(place, "SELECT title FROM bulletins") == [(without_nul,)]
    assert ask(place, "SELECT message FROM warnings") == [(without_nul,)]


def test_half_a_surrogate_is_refused_before_anything_is_written():
    with pytest.raises(PydanticSerializationError, match="surrogate"):
        Encoded.of(GRANTS.model_copy(update={"title": "\ud800"}))


def test_a_number_beyond_the_tables_decimals_is_null_there_and_whole_in_the_record(place):
    beyond = {"value": "1" + "0" * 40, "value_max": "0.0000000001"}
    amounts = (GRANTS.amounts[0].model_copy(update=beyond), *GRANTS.amounts[1:])
    write(place, GRANTS.model_copy(update={"amounts": amounts}))
    assert ask(place, "SELECT value, value_max FROM amounts WHERE id = 'amount-1'") == [(None, None)]
    assert [record.amounts for record in records(place)] == [amounts]


def test_a_run_that_breaks_off_keeps_what_it_had_read(place):
    def broken():
        with open_sink(place) as sink:
            sink.write("bulletin", Encoded.of(GRANTS))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken()
    assert list(records(place)) == [GRANTS]


def test_records_are_written_as_they_come(place, monkeypatch):
    monkeypatch.setattr(database_sink, "_RECORDS", 3)
    with open_sink(place) as sink:
        for number in range(7):
            sink.write("bulletin", Encoded.of(NOTED.model_copy(update={"id": f"bulletin-{number}"})))
            assert len(sink._held) < 3
        assert len(list(records(place))) == 6
    assert len(list(records(place))) == 7


# ---------------------------------------------------------------- migrations


def test_the_migrations_lead_to_the_tables_of_today(place):
    with writing(engine_of(place_of(place))) as connection:
        upgrade(connection)
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "compare_type": True})
        assert compare_metadata(context, metadata()) == []


def test_a_database_of_the_first_revision_is_brought_up_and_filled(place):
    engine = engine_of(place_of(place))
    tables = {name: table for name, table in metadata().tables.items() if name != "fundings"}
    with writing(engine) as connection:
        upgrade(connection, "0001")
        assert "fundings" not in sa.inspect(connection).get_table_names()
        database_sink.fill(connection, {GRANTS.id: Encoded.of(GRANTS)}, tables.values())
        assert connection.execute(sa.select(sa.func.count()).select_from(tables["amounts"])).scalar() == 2
    write(place, NOTED)
    assert {record.id for record in records(place)} == {GRANTS.id, NOTED.id}
    upgraded = rows(place)
    assert len(upgraded["fundings"]) == 3
    write(place, GRANTS, NOTED)
    assert rows(place) == upgraded


def test_a_database_of_a_newer_version_is_left_alone(place):
    write(place, GRANTS)
    with engine_of(place_of(place)).begin() as connection:
        connection.execute(sa.update(sa.table(VERSION_TABLE, sa.column("version_num"))).values(version_num="9999"))
    with pytest.raises(NotWritten, match=r"revision 9999.*install a newer pykala"):
        write(place, CHANGED)
    assert list(records(place)) == [GRANTS]


def test_an_upgrade_that_fails_changes_nothing(place):
    engine = engine_of(place_of(place))
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE amounts (mine INTEGER)"))
    with pytest.raises(NotWritten, match="amounts"):
        write(place, GRANTS)
    with engine.connect() as connection:
        assert set(sa.inspect(connection).get_table_names()) <= {"amounts"}


# ---------------------------------------------------------------- what is no database


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path):
    path = tmp_path / "letter.db"
    path.write_text("Dear council, " * 100)
    with pytest.raises(NotWritten, match=r"letter\.db: file is not a database"):
        write(f"sqlite:///{path}", GRANTS)
    assert path.read_text() == "Dear council, " * 100


def test_a_server_that_is_not_there_is_told_without_the_password():
    with pytest.raises(NotWritten) as caught:
        write("postgresql://clerk:secret@127.0.0.1:1/records", GRANTS)
    assert "127.0.0.1" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_another_run_that_holds_the_file_is_waited_for_and_then_told(tmp_path, monkeypatch):
    monkeypatch.setattr("pykala.emit.database.connect._PATIENCE", 0.1)
    place = f"sqlite:///{tmp_path}/records.db"
    write(place, GRANTS)
    other = sqlite3.connect(tmp_path / "records.db", isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(NotWritten, match="locked"):
            write(place, NOTED)
    finally:
        other.close()

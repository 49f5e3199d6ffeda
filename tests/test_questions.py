"""The questions of the README, asked of Parquet through DuckDB, of SQLite and of PostgreSQL in the same SQL."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from pg8000.native import Connection
from sqlalchemy import make_url

from pykala import parse
from pykala.emit.encoded import Encoded
from pykala.emit.sinks import open_sink

README = Path(__file__).parents[1] / "README.md"
ROOM = "Porvoon kaupunginhallituksen elinkeinojaosto"
HALL, SCHOOL = (
    f"§ {number} {name}n korjaus\n\nPäätös\n\nKaupunginvaltuusto hyväksyi {name}n hankesuunnitelman äänestyksen jälkeen äänin {votes}."
    for number, name, votes in ((14, "uimahalli", "25–18"), (15, "koulu", "22–21"))
)
BULLETINS = (
    f"{ROOM} myönsi 12.5.2025 Rantakylän Yrityshautomo Oy:lle innovaatiorahastosta 250 000 euroa vuodelle 2025.",
    (
        f"{ROOM} myönsi 9.6.2025 Saariston Laivapaja Oy:lle innovaatiorahastosta 90 000,50 euroa vuosille 2025–2026. "
        "Samalla jaosto myönsi Rantakylän Yrityshautomo Oy:lle innovaatiorahastosta 60 000 euroa vuodelle 2026."
    ),
    (
        "Lohjan kaupunginhallitus myönsi 3.2.2025 Saariston Laivapaja Oy:lle innovaatiorahastosta 200 000 euroa vuodelle 2025. "
        "Kylätalo ry haki 10 000 euroa, ja kaupunginhallitus myönsi Kylätalo ry:lle 6 000 euroa vuodelle 2025."
    ),
    f"Lohjan kaupunginvaltuusto\n\nKokous 10.3.2025\n\n{HALL}\n\n{SCHOOL}",
)
ANSWERS = {
    "Who got most from the innovation fund in 2025?": [
        ("Saariston Laivapaja Oy", Decimal("290000.5")),
        ("Rantakylän Yrityshautomo Oy", 250000),
    ],
    "Who is supported by more than one municipality?": [("Saariston Laivapaja Oy", 2, Decimal("290000.5"))],
    "How much is promised for years after 2025?": [(2025, 2026, Decimal("90000.5")), (2026, 2026, 60000)],
    "Which decisions took a vote, the closest first?": [
        ("Lohja", "Lohjan kaupunginvaltuusto", "§ 15", 22, 21),
        ("Lohja", "Lohjan kaupunginvaltuusto", "§ 14", 25, 18),
    ],
    "Who got less than was asked for?": [("Kylätalo ry", 10000, 6000)],
}

Asking = Callable[[str], list[tuple]]


def questions() -> dict[str, str]:
    """Each question of the README with its SQL."""
    return dict(re.findall(r"^\*\*([^\n]+\?)\*\*\n\n```sql\n([^`]+)```", README.read_text("utf-8"), re.MULTILINE))


def written(out: str) -> str:
    with open_sink(out) as sink:
        for number, text in enumerate(BULLETINS):
            sink.write(f"bulletin-{number}", Encoded.of(parse(text)))
    return out


@pytest.fixture(scope="module")
def parquet(tmp_path_factory) -> Path:
    return Path(written(str(tmp_path_factory.mktemp("parquet") / "records.parquet")))


@pytest.fixture(scope="module")
def duckdb_over_parquet(parquet) -> Iterator[Asking]:
    with duckdb.connect() as connection:
        for file in parquet.iterdir():
            connection.read_parquet(str(file)).create_view(file.stem)
        yield lambda sql: connection.execute(sql).fetchall()


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory) -> Iterator[Asking]:
    path = tmp_path_factory.mktemp("sqlite") / "records.db"
    written(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


@pytest.fixture
def postgresql_tables(postgresql) -> Iterator[Asking]:
    url = make_url(written(postgresql))
    with Connection(url.username, database=url.database, **url.query) as connection:
        yield connection.run


def test_the_readme_asks_what_is_answered_here():
    assert questions().keys() == ANSWERS.keys()


@pytest.mark.parametrize("tables", ["duckdb_over_parquet", "sqlite", "postgresql_tables"])
def test_the_same_sql_gives_the_same_answers(tables, request):
    ask = request.getfixturevalue(tables)
    answers = {question: [tuple(row) for row in ask(sql)] for question, sql in questions().items()}
    assert answers == ANSWERS


def test_pandas_reads_the_fundings_with_exact_sums(parquet):
    fundings = pd.read_parquet(parquet / "fundings.parquet")
    of_2025 = fundings[(fundings.fund_name == "innovaatiorahasto") & (fundings.first_year <= 2025)]
    assert dict(of_2025.groupby("recipient_name").value.sum()) == {
        "Saariston Laivapaja Oy": Decimal("290000.5"),
        "Rantakylän Yrityshautomo Oy": Decimal(250000),
    }
    decisions = pd.read_parquet(parquet / "decisions.parquet")
    assert list(decisions[decisions.outcome == "by_vote"].votes_yes) == [25, 22]

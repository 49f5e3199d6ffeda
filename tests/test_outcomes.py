"""How a matter was settled: what the words say, and the counts of a vote in every order."""

import pytest

from pykala.outcomes import count_of, outcome_of


def counted(text: str) -> tuple[int | None, ...] | None:
    vote = count_of(text)
    return (vote.yes, vote.no, vote.empty, vote.absent) if vote else None


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Lautakunta päätti äänin 7–4 myydä tontin.", "by_vote"),
        ("Lautakunta päätti äänestyksen jälkeen myydä tontin.", "by_vote"),
        ("Lautakunta hyväksyi esityksen 9 äänellä 6 ääntä vastaan.", "by_vote"),
        ("Nämnden beslutade med rösterna 29–22 sälja tomten.", "by_vote"),
        ("Nämnden beslutade efter omröstning sälja tomten.", "by_vote"),
        ("Päätös on ehdotuksen mukainen.", "as_proposed"),
        ("Asia ratkaistiin päätösehdotuksen mukaisesti.", "as_proposed"),
        ("Nämnden beslutade enligt förslaget.", "as_proposed"),
        ("Hyväksyttiin esittelijän muutetun ehdotuksen mukaan.", "as_amended"),
        ("Hyväksyttiin tehdyin muutoksin.", "as_amended"),
        ("Asia hyväksyttiin sillä tarkennuksella, että tontti aidataan.", "as_amended"),
        ("Muuten ehdotuksen mukaan, mutta summa on 400 euroa.", "as_amended"),
        ("Ehdotus hyväksyttiin muutettuna.", "as_amended"),
        ("Nämnden godkände förslaget med följande ändring.", "as_amended"),
        ("Lautakunta päätti yksimielisesti myydä tontin.", None),
        ("Lautakunta myi tontin.", None),
        ("Nämnden beslutade enhälligt sälja tomten.", None),
    ],
)
def test_an_outcome_is_what_the_words_say_and_unanimity_alone_is_none(text: str, outcome: str | None) -> None:
    assert outcome_of(text) == outcome


def test_a_vote_outweighs_the_proposal_that_won_it() -> None:
    assert outcome_of("Päätettiin ehdotuksen mukaan äänin 7–4.") == "by_vote"


@pytest.mark.parametrize(
    ("text", "votes"),
    [
        ("Päätös syntyi äänin 32–24, 3 tyhjää.", (32, 24, 3, None)),
        ("Päätös syntyi äänin 32-24, 3 tyhjää, 1 poissa.", (32, 24, 3, 1)),
        ("Hyväksyttiin 9 äänellä 6 ääntä vastaan.", (9, 6, None, None)),
        ("Hyväksyttiin 9 äänellä 6 vastaan (2 tyhjää).", (9, 6, 2, None)),
        ("Jaa-äänet: jaa 8, ei 4.", (8, 4, None, None)),
        ("Jaa-ääniä: 8 Ei-ääniä: 4 Tyhjiä: 1 Poissa: 2", (8, 4, 1, 2)),
        ("Förslaget godkändes med rösterna 29–22, 1 blanka.", (29, 22, 1, None)),
        ("Esityksen puolesta äänesti 7 jäsentä ja vastaan 4.", (7, 4, None, None)),
        ("Asia ratkesi yksimielisesti.", None),
    ],
)
def test_votes_are_counted_in_every_order_of_telling(text: str, votes: tuple[int | None, ...] | None) -> None:
    assert counted(text) == votes


def test_the_first_vote_of_a_stretch_counts_and_is_quoted() -> None:
    text = "Ensin äänin 5–4, sitten 9 äänellä 6 vastaan."
    vote = count_of(text)
    assert vote is not None
    assert text[vote.start : vote.end] == "äänin 5–4"
    turned = "Ensin 9 äänellä 6 vastaan, sitten äänin 5–4."
    assert counted(turned) == (9, 6, None, None)
    later = count_of(text, 18, len(text))
    assert later is not None
    assert text[later.start : later.end] == "9 äänellä 6 vastaan"

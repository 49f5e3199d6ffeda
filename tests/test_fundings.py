"""Whom a sum is given, in the ways that bulletins tell it."""

from __future__ import annotations

import pytest

from pykala import Record, parse

NEWS = """Mäntylän kaupungin tiedote

12.5.2025

Mäntylän kaupunginhallitus, lautakunnat ja jaosto kokoontuivat 11.5.2025.

Asia

{}
"""


def given(record: Record) -> set[tuple[str, tuple[str, ...]]]:
    """The sums that the record's decisions give, each with the names of those who get it."""
    names = {institution.id: institution.name for institution in record.institutions}
    return {
        (a.value if a.per is None else f"{a.value} a {a.per}", tuple(sorted(names[key] for key in a.recipients)))
        for a in record.amounts
        if a.role in ("granted", "committed")
    }


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "Lautakunta myönsi Kuuselan Kylä ry:lle 4 000 euroa laavun kunnostamiseen.",
            {("4000", ("Kuuselan Kylä ry",))},
        ),
        (
            "Lautakunta myönsi 4 000 euroa Kuuselan Kylä ry:lle laavun kunnostamiseen.",
            {("4000", ("Kuuselan Kylä ry",))},
        ),
        ("Kuuselan Kylä ry:n avustukseksi vahvistettiin 4 000 euroa.", {("4000", ("Kuuselan Kylä ry",))}),
        (
            "Lautakunta päätti, että Kuuselan Kylä ry:lle myönnetään 4 000 euroa ja Mäntylän Seura ry:lle 2 500 euroa.",
            {("2500", ("Mäntylän Seura ry",)), ("4000", ("Kuuselan Kylä ry",))},
        ),
        (
            "Lautakunta myönsi Kuuselan Kylä ry:lle ja Mäntylän Seura ry:lle kummallekin 1 000 euroa.",
            {("1000", ("Kuuselan Kylä ry", "Mäntylän Seura ry"))},
        ),
        (
            "Kaupunginhallitus päätti tukea Mäntylän Seura ry:n kesäleiriä 3 000 eurolla.",
            {("3000", ("Mäntylän Seura ry",))},
        ),
        (
            "Kaupunginhallitus päätti avustaa Mäntylän Seura ry:tä 3 000 eurolla vuonna 2025.",
            {("3000", ("Mäntylän Seura ry",))},
        ),
        (
            "Kaupunginhallitus osoitti käyttövaroistaan 1 500 euroa Mäntylän Seura ry:lle.",
            {("1500", ("Mäntylän Seura ry",))},
        ),
        (
            "Kaupunginhallitus päätti osallistua hankkeen kuntarahoitukseen 12 000 eurolla vuosina 2025–2026.",
            {("12000", ())},
        ),
        (
            "Kaupunginhallitus päätti sijoittaa Virtaranta Oy:n SVOP-rahastoon 200 000 euroa.",
            {("200000", ("Virtaranta Oy",))},
        ),
        ("Valtuusto päätti merkitä Virtaranta Oy:n uusia osakkeita 50 000 eurolla.", {("50000", ("Virtaranta Oy",))}),
        ("Kulttuuristipendi, 2 000 euroa, myönnettiin Mäntylän Kuoro ry:lle.", {("2000", ("Mäntylän Kuoro ry",))}),
        (
            "Jaosto jakoi avustuksia yhteensä 9 000 euroa: Kuuselan Kylä ry 4 000 euroa, Mäntylän Seura ry 3 000 euroa ja Rannan Martat ry 2 000 euroa.",
            {
                ("2000", ("Rannan Martat ry",)),
                ("3000", ("Mäntylän Seura ry",)),
                ("4000", ("Kuuselan Kylä ry",)),
                ("9000", ()),
            },
        ),
        (
            "Jaosto myönsi avustukset seuraavasti: Kuuselan Kylä ry (4 000 euroa), Mäntylän Seura ry (3 000 euroa).",
            {("3000", ("Mäntylän Seura ry",)), ("4000", ("Kuuselan Kylä ry",))},
        ),
        (
            "Lautakunta myönsi seuroille 7 000 euroa, josta Kuuselan Kylä ry saa 4 000 euroa ja Mäntylän Seura ry 3 000 euroa.",
            {("3000", ("Mäntylän Seura ry",)), ("4000", ("Kuuselan Kylä ry",)), ("7000", ())},
        ),
        (
            "Lautakunta hyväksyi yhteistyösopimuksen, jonka mukaan kunta maksaa Mäntylän Seura ry:lle 8 000 euroa vuodessa vuosina 2025–2027.",
            {("8000 a year", ("Mäntylän Seura ry",))},
        ),
        (
            "Nämnden beviljade Skärgårdens Byalag rf 3 000 euro i bidrag för 2025.",
            {("3000", ("Skärgårdens Byalag rf",))},
        ),
        (
            "Nämnden beviljade ett understöd på 3 000 euro till Skärgårdens Byalag rf.",
            {("3000", ("Skärgårdens Byalag rf",))},
        ),
        (
            "Nämnden beslutade bevilja bidrag enligt följande: Skärgårdens Byalag rf 3 000 euro och Norra Sångkör rf 1 200 euro.",
            {("1200", ("Norra Sångkör rf",)), ("3000", ("Skärgårdens Byalag rf",))},
        ),
        ("Stadsstyrelsen beslutade att delta i projektet med 15 000 euro.", {("15000", ())}),
        (
            "Lautakunta myönsi Mäntylän Seura ry:lle 5 000 euron kohdeavustuksen, josta 2 000 euroa vuokriin.",
            {("5000", ("Mäntylän Seura ry",))},
        ),
        (
            "Lautakunta myönsi toiminta-avustusta Mäntylän Seura ry:lle (6 000 euroa) ja Kuuselan Kylä ry:lle (4 000 euroa).",
            {("4000", ("Kuuselan Kylä ry",)), ("6000", ("Mäntylän Seura ry",))},
        ),
        (
            "Lautakunta myönsi 6 000 euron avustuksen Mäntylän Seura ry:lle ja 4 000 euron avustuksen Kuuselan Kylä ry:lle.",
            {("4000", ("Kuuselan Kylä ry",)), ("6000", ("Mäntylän Seura ry",))},
        ),
        (
            "Lautakunta myönsi Mäntylän Seura ry:lle 6 000 euroa ja hylkäsi Kuuselan Kylä ry:n 2 000 euron hakemuksen.",
            {("6000", ("Mäntylän Seura ry",))},
        ),
        ("Valtuusto myönsi Virtaranta Oy:lle omavelkaisen takauksen 900 000 euron lainaan.", set()),
        ("Valtuusto myönsi Virtaranta Oy:lle 300 000 euron lainan.", set()),
        ("Lautakunta myi tontin Virtaranta Oy:lle 90 000 eurolla.", set()),
        ("Kaupunginhallitus myönsi kaupunkiympäristön toimialalle oikeuden ylittää määrärahaa 40 000 eurolla.", set()),
        ("Kaupunginhallitus esittää valtuustolle, että Mäntylän Seura ry:lle myönnetään 40 000 euroa.", set()),
        ("Kaupunginhallitus päätti korottaa Mäntylän Seura ry:n avustusta 2 000 eurolla.", set()),
        (
            "Kaupunginhallitus sitoi innovaatiorahastosta 100 000 euroa Virtaranta Oy:n vetyhankkeelle vuosille 2025–2026.",
            {("100000", ("Virtaranta Oy",))},
        ),
        (
            "Lautakunta myönsi avustukset: Kuuselan Kylä ry 1 200 €, Mäntylän Seura ry 900 €.",
            {("1200", ("Kuuselan Kylä ry",)), ("900", ("Mäntylän Seura ry",))},
        ),
        (
            "Lautakunta päätti myöntää kohdeavustusta seuraavasti:\n\nKuuselan Kylä ry, 1 200 euroa, laavu\n\nMäntylän Seura ry, 900 euroa, leiri\n\nYhteensä 2 100 euroa.",
            {("1200", ("Kuuselan Kylä ry",)), ("2100", ()), ("900", ("Mäntylän Seura ry",))},
        ),
        (
            "Lautakunta päätti myöntää kohdeavustusta seuraavasti:\n\n1. Kuuselan Kylä ry: 1 200 euroa laavun kunnostamiseen\n\n2. Mäntylän Seura ry: 900 euroa leiriin",
            {("1200", ("Kuuselan Kylä ry",)), ("900", ("Mäntylän Seura ry",))},
        ),
        (
            "Lautakunta myönsi liikunta-avustuksina 25 000 euroa, josta Mäntylän Palloseura ry:lle 15 000 euroa ja Rannan Hiihtäjät ry:lle 10 000 euroa.",
            {("10000", ("Rannan Hiihtäjät ry",)), ("15000", ("Mäntylän Palloseura ry",)), ("25000", ())},
        ),
        (
            "Lautakunta myönsi Mäntylän Palloseura ry:lle 15 000 euroa vuodelle 2025 ja sitoi 10 000 euroa vuodelle 2026.",
            {("10000", ("Mäntylän Palloseura ry",)), ("15000", ("Mäntylän Palloseura ry",))},
        ),
        (
            "Suurimman tuen, 15 000 euroa, lautakunta myönsi Mäntylän Palloseura ry:lle.",
            {("15000", ("Mäntylän Palloseura ry",))},
        ),
        (
            "Kaupunginhallitus päätti myöntää Mäntylän Palloseura ry:lle 15 000 euron suuruisen avustuksen hallivuokriin.",
            {("15000", ("Mäntylän Palloseura ry",))},
        ),
        (
            "Kaupunginhallitus päätti osallistua Rannan Festivaali ry:n järjestämän tapahtuman kustannuksiin 5 000 eurolla.",
            {("5000", ("Rannan Festivaali ry",))},
        ),
        (
            "Kaupunginhallitus myönsi Rannan Festivaali ry:lle markkinointitukea 5 000 euroa ja päätti vuokrata alueen yhdistykselle 300 eurolla.",
            {("5000", ("Rannan Festivaali ry",))},
        ),
        (
            "Kaupunginhallitus päätti maksaa Rannan Festivaali ry:lle 5 000 euron avustuksen.",
            {("5000", ("Rannan Festivaali ry",))},
        ),
        (
            "Kaupunginhallitus päätti lahjoittaa 5 000 euroa Mäntylän Sotaveteraanit ry:lle.",
            {("5000", ("Mäntylän Sotaveteraanit ry",))},
        ),
        (
            "Kaupunginhallitus päätti, että kaupunki maksaa Virtaranta Oy:lle pääomitusta 100 000 euroa.",
            {("100000", ("Virtaranta Oy",))},
        ),
        ("Stadsstyrelsen beslöt stöda Norra Teatern rf med 4 000 euro.", {("4000", ("Norra Teatern rf",))}),
        (
            "Stadsstyrelsen beviljade Norra Teatern rf ett verksamhetsbidrag om 4 000 euro och Södra Kören rf 1 000 euro.",
            {("1000", ("Södra Kören rf",)), ("4000", ("Norra Teatern rf",))},
        ),
        ("Till Norra Teatern rf beviljades 4 000 euro.", {("4000", ("Norra Teatern rf",))}),
        (
            "Kaupunginhallitus myönsi yhteensä 8 000 euroa kolmelle hankkeelle: Kuuselan Kylä ry:lle 4 000 euroa, Mäntylän Seura ry:lle 3 000 euroa ja Rannan Martat ry:lle 1 000 euroa.",
            {
                ("1000", ("Rannan Martat ry",)),
                ("3000", ("Mäntylän Seura ry",)),
                ("4000", ("Kuuselan Kylä ry",)),
                ("8000", ()),
            },
        ),
        (
            "Kaupunginhallitus myönsi Helsingin yliopiston hankkeelle ”Vesi” 45 000 euroa vuodelle 2025.",
            {("45000", ("Helsingin yliopisto",))},
        ),
        (
            "Kaupunginhallitus myönsi 45 000 euroa Helsingin yliopiston Vesi-hankkeeseen.",
            {("45000", ("Helsingin yliopisto",))},
        ),
        (
            "Kaupunginhallitus myönsi Mäntylän Palloseura ry:n hakemuksen mukaisesti 15 000 euroa.",
            {("15000", ("Mäntylän Palloseura ry",))},
        ),
        (
            "Kaupunginhallitus hyväksyi Mäntylän Palloseura ry:n hakemuksen ja myönsi sille 15 000 euroa.",
            {("15000", ("Mäntylän Palloseura ry",))},
        ),
        (
            "Lautakunta myönsi avustuksia yhteensä 25 000 euroa, josta 15 000 euroa Mäntylän Palloseura ry:lle ja 10 000 euroa Rannan Hiihtäjät ry:lle.",
            {("10000", ("Rannan Hiihtäjät ry",)), ("15000", ("Mäntylän Palloseura ry",)), ("25000", ())},
        ),
        ("Kesätyöseteleihin osoitettiin 12 000 euroa.", {("12000", ())}),
        ("Lautakunta osoitti koululaisten uimaopetukseen 12 000 euroa.", {("12000", ())}),
        (
            "Lautakunta myönsi 2 000 euroa Rannan Martat ry:lle, 1 500 euroa Kuuselan Kylä ry:lle ja 900 euroa Mäntylän Seura ry:lle.",
            {("1500", ("Kuuselan Kylä ry",)), ("2000", ("Rannan Martat ry",)), ("900", ("Mäntylän Seura ry",))},
        ),
        (
            "Lautakunta myönsi Rannan Martat ry:lle kerhotoimintaan 2 000 euroa, josta puolet maksetaan kesäkuussa.",
            {("2000", ("Rannan Martat ry",))},
        ),
        ("Lautakunta myönsi Rannan Martat ry:lle haetun 2 000 euron avustuksen.", {("2000", ("Rannan Martat ry",))}),
        (
            "Lautakunta myönsi Rannan Martat ry:lle 2 000 euroa. Yhdistys haki 5 000 euroa.",
            {("2000", ("Rannan Martat ry",))},
        ),
        (
            "Lautakunta myönsi Rannan Martat ry:lle 2 000 euroa. Hankkeen kustannukset ovat 15 000 euroa.",
            {("2000", ("Rannan Martat ry",))},
        ),
        (
            "Lautakunta myönsi Rannan Martat ry:lle 2 000 euroa. Talousarviossa avustuksiin on 20 000 euroa.",
            {("2000", ("Rannan Martat ry",))},
        ),
        (
            "Lautakunta jakoi avustuksia 10 yhdistykselle yhteensä 8 000 euroa. Suurin avustus, 2 000 euroa, meni Rannan Martat ry:lle.",
            {("2000", ("Rannan Martat ry",)), ("8000", ())},
        ),
        (
            "Lautakunta jakoi 8 000 euroa yhdistyksille. Avustusta saavat Rannan Martat ry (2 000 euroa) ja Kuuselan Kylä ry (6 000 euroa).",
            {("2000", ("Rannan Martat ry",)), ("6000", ("Kuuselan Kylä ry",)), ("8000", ())},
        ),
        ("Yksityisteille jaettiin kunnossapitoavustusta yhteensä 40 000 euroa.", {("40000", ())}),
        (
            "Valtuusto hyväksyi Mäntylän Lämpö Oy:n pääomittamisen 200 000 eurolla.",
            {("200000", ("Mäntylän Lämpö Oy",))},
        ),
        ("Kunnanhallitus päätti osallistua kesäteatterin kustannuksiin 3 000 eurolla.", {("3000", ())}),
        ("Kunnanhallitus myönsi 1 000 euron stipendin lukion parhaalle oppilaalle.", {("1000", ())}),
        (
            "Kunnanhallitus myönsi Rannan Martat ry:lle enintään 2 000 euroa vuodessa vuosina 2025–2026.",
            {("2000 a year", ("Rannan Martat ry",))},
        ),
        ("Kommunstyrelsen beviljade 500 euro var åt Byarådet rf och Kören rf.", {("500", ("Byarådet rf", "Kören rf"))}),
        (
            "Kommunstyrelsen beviljade följande bidrag:\n\nSkärgårdens Byalag rf, 3 000 euro\n\nNorra Sångkör rf, 1 200 euro\n\nSammanlagt 4 200 euro",
            {("1200", ("Norra Sångkör rf",)), ("3000", ("Skärgårdens Byalag rf",)), ("4200", ())},
        ),
        (
            "Jaosto myönsi Mäntylän Seura ry:lle vuokra-avustusta 900 euroa ja Kuuselan Kylä ry:lle toiminta-avustusta 1 200 euroa.",
            {("1200", ("Kuuselan Kylä ry",)), ("900", ("Mäntylän Seura ry",))},
        ),
        ("Jaosto myönsi Mäntylän Seura ry:lle 900 euroa vuokrakuluihin.", {("900", ("Mäntylän Seura ry",))}),
        (
            "Jaosto myönsi Mäntylän Seura ry:lle 900 euroa osallistumismaksuihin ja matkakuluihin.",
            {("900", ("Mäntylän Seura ry",))},
        ),
        ("Jaosto myönsi Mäntylän Seura ry:n kesäleirille 900 euroa.", {("900", ("Mäntylän Seura ry",))}),
        ("Jaosto myönsi Mäntylän Seura ry:lle talousarvion määrärahasta 900 euroa.", {("900", ("Mäntylän Seura ry",))}),
    ],
)
def test_a_sum_goes_to_those_whom_the_words_give_it(words: str, expected: set[tuple[str, tuple[str, ...]]]) -> None:
    assert given(parse(NEWS.format(words))) == expected

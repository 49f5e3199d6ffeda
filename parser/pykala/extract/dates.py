"""Days, months, seasons and intervals, as EDTF."""

from __future__ import annotations

from collections.abc import Sequence

from pykala.extract import date_figures, date_words, lookalikes, yearless
from pykala.extract.date_ledger import Ledger
from pykala.model import Date, Mention, Reading


def find(text: str, *, taken: Sequence[Mention] | None = None) -> Reading[Date]:
    """Every day, month, season or interval that carries its year, or takes it from the same day elsewhere.

    Args:
        text: the document's text.
        taken: spans that are no dates; by default what :func:`lookalikes.find` reads.

    >>> [(d.text, d.value) for d in find("Haku 1.1.–28.2.2017, tulokset syksyllä 2017").values]
    [('1.1.–28.2.2017', '2017-01-01/2017-02-28'), ('syksyllä 2017', '2017-23')]
    """
    ledger = Ledger(text, lookalikes.find(text) if taken is None else taken)
    for stage in (date_figures, date_words, yearless):  # each leans on the days read before
        stage.read(ledger)
    return Reading(
        tuple(sorted(ledger.values, key=lambda m: m.start)),
        tuple(sorted(ledger.rejected, key=lambda m: m.start)),
        tuple(sorted(ledger.warnings, key=lambda w: w.start or 0)),
    )

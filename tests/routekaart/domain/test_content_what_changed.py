"""The chapter that tells what differs from an earlier version."""

from datetime import date

from routekaart.domain.content.blocks import Bullets, Chapter, Paragraph
from routekaart.domain.content.what_changed import (
    EarlierVersion,
    WhatChanged,
    what_changed_chapter,
)

PROPOSAL = EarlierVersion(2, date(2026, 8, 24))
LINES = ("De studiedag van dinsdag 3 november 2026 vervalt.", "Cursus ‘A’: nieuw voor 12 leraren.")


def test_a_chapter_of_sentences() -> None:
    adopted = EarlierVersion(1, date(2026, 8, 24), date(2026, 9, 1))
    assert what_changed_chapter(WhatChanged(adopted, LINES), "4") == (
        Chapter(
            "4",
            "Wat er veranderde sinds versie 1",
            "Versie 1 is gemaakt op 24 augustus 2026 en vastgesteld op 1 september 2026.",
        ),
        Bullets(LINES),
    )


def test_nothing_changed_is_said() -> None:
    assert what_changed_chapter(WhatChanged(PROPOSAL, ())) == (
        Chapter(
            "",
            "Wat er veranderde sinds versie 2",
            "Versie 2 is gemaakt op 24 augustus 2026 en was een voorstel.",
        ),
        Paragraph("Er is niets veranderd in de dagen, de doelen en de voorbereiding.", "soft"),
    )


def test_another_catalogue_is_noted() -> None:
    blocks = what_changed_chapter(WhatChanged(PROPOSAL, LINES, other_catalogue=True))
    assert blocks[-1] == Paragraph(
        "De catalogus met cursussen en interventies is intussen bijgewerkt.", "note"
    )

"""The few lines that short documents have for what differs from an earlier version."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from routekaart.domain.content.blocks import Block, BlockDocument, Heading, Paragraph, flat
from routekaart.domain.content.changed_in_short import changed_in_short
from routekaart.domain.content.group_plan import build_group_plan
from routekaart.domain.content.inputs import ScholingsplanInput
from routekaart.domain.content.mr_summary import mr_summary
from routekaart.domain.content.plan_blocks import Length, plan_document
from routekaart.domain.content.scholingsplan import build_scholingsplan
from routekaart.domain.content.what_changed import EarlierVersion, WhatChanged
from tests.routekaart.sample_kinds import group
from tests.routekaart.sample_overview import mr_team
from tests.routekaart.sample_team import sample

ADOPTED = EarlierVersion(1, date(2026, 8, 24), date(2026, 9, 1))
LINES = ("Doel 2 is nieuw.", "De studiedag van dinsdag 3 november 2026 vervalt.", "Klaar.")
TITLE = "Wat er veranderde sinds versie 1"
NAMED = WhatChanged(ADOPTED, ("Mo Lid krijgt een cursus.",))
NUMBERED = WhatChanged(ADOPTED, ("Een collega krijgt een cursus.",))


def texts_of(blocks: Iterable[Block]) -> list[str]:
    """Of the headings and paragraphs."""
    return [
        block.title if isinstance(block, Heading) else block.text
        for block in blocks
        if isinstance(block, Heading | Paragraph)
    ]


def _said(given: WhatChanged | None, letters: int) -> list[str]:
    return texts_of(changed_in_short(given, letters=letters))


def test_all_sentences_that_fit_are_told() -> None:
    assert _said(WhatChanged(ADOPTED, LINES), 200) == [
        TITLE,
        "Doel 2 is nieuw. De studiedag van dinsdag 3 november 2026 vervalt. Klaar.",
    ]


def test_no_sentence_is_cut_and_the_rest_is_pointed_at() -> None:
    assert _said(WhatChanged(ADOPTED, LINES), 67) == [
        TITLE,
        f"{' '.join(LINES[:2])} Alles staat in het uitgebreide plan.",
    ]
    assert _said(WhatChanged(ADOPTED, LINES), 66) == [
        TITLE,
        "Doel 2 is nieuw. Alles staat in het uitgebreide plan.",
    ]


def test_without_room_the_changes_are_counted() -> None:
    assert _said(WhatChanged(ADOPTED, LINES, other_catalogue=True), 16) == [
        "Sinds versie 1 zijn er 3 veranderingen. Alles staat in het uitgebreide plan."
    ]
    assert _said(WhatChanged(ADOPTED, LINES[:1]), 0) == [
        "Sinds versie 1 is er 1 verandering. Alles staat in het uitgebreide plan."
    ]


def test_another_catalogue_is_told_last() -> None:
    told = _said(WhatChanged(ADOPTED, LINES[:1], other_catalogue=True), 200)
    assert told[1].endswith(
        "nieuw. De catalogus met cursussen en interventies is intussen bijgewerkt."
    )


def test_nothing_changed_is_said_and_nothing_of_a_first_version() -> None:
    assert _said(WhatChanged(ADOPTED, ()), 0) == [
        "Sinds versie 1: er is niets veranderd in de dagen, de doelen en de voorbereiding."
    ]
    assert _said(None, 200) == []


def _later(**extra: object) -> ScholingsplanInput:
    made = replace(sample(), changed_by_name=NAMED, changed_in_numbers=NUMBERED)
    return replace(made, **extra)  # type: ignore[arg-type]  # any field, each of its own type


def _compact(given: ScholingsplanInput) -> BlockDocument:
    return plan_document(build_scholingsplan(given), Length.COMPACT)


def _mr(given: ScholingsplanInput) -> BlockDocument:
    return mr_summary(replace(mr_team(), plan=given))


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (_compact(_later()), NAMED),
        (_compact(_later(with_persons=False)), NUMBERED),
        (build_group_plan(group(_later())), NUMBERED),
        (build_group_plan(group(_later(), with_persons=False)), NUMBERED),
        (_mr(_later(with_persons=False)), NUMBERED),
    ],
    ids=["compact", "compact without persons", "group", "group without persons", "mr"],
)
def test_every_short_document_tells_it(document: BlockDocument, told: WhatChanged) -> None:
    found = texts_of(flat(document.blocks))
    at = found.index(TITLE)
    assert found[at + 1] == told.sentences[0]

"""The plan of one person says what its team changed since it was approved."""

from dataclasses import replace

from routekaart.domain.content.blocks import Paragraph
from routekaart.domain.content.person_input import PersonPlanInput
from routekaart.domain.content.person_plan import build_person_plan
from tests.routekaart.sample_kinds import one_person


def test_what_changed_since_the_approval_is_said_once() -> None:
    given = one_person()
    changed = tuple(
        replace(team, added=("Rekenen", "Lezen"), dropped=("Schrijven",)) for team in given.teams
    )

    def said(person: PersonPlanInput) -> list[str]:
        return [
            block.text
            for block in build_person_plan(person).blocks
            if isinstance(block, Paragraph) and "is vastgesteld" in block.text
        ]

    assert said(given) == []
    assert said(replace(given, teams=(*changed, *changed))) == [
        (
            "Erbij gekomen nadat het plan is vastgesteld: Rekenen en Lezen. Wanneer je dit doet, "
            "staat nog niet in het plan."
        ),
        "Niet meer nodig sinds het plan is vastgesteld: Schrijven.",
    ]

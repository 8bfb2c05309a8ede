"""Budgets in documents: a team's together, one's own in one's own plan only."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from routekaart.domain.budget import ledger
from routekaart.domain.budget_rules import OwnNumbers, budget_basis
from routekaart.domain.content.blocks import Facts, Paragraph
from routekaart.domain.content.person_input import OwnBudget
from routekaart.domain.content.person_plan import build_person_plan
from routekaart.domain.content.scholingsplan import build_scholingsplan
from routekaart.domain.people import Member
from routekaart.domain.planner.plan import Code, NotPlaced, Subject
from tests.routekaart.blocks_in import chapter, of_kind
from tests.routekaart.sample_kinds import one_person
from tests.routekaart.sample_team import empty, sample

SOURCE = "Bron: CAO PO 1 november 2025 tot 1 maart 2027, bekeken op 21 november 2026."
TEAM = tuple(
    Member(str(number), f"Collega {number}", functions, Decimal("0.5"))
    for number, functions in enumerate([("leerkracht",)] * 5 + [("schoolleider",)])
)


def notes(**changes: object) -> tuple[str, ...]:
    given = replace(empty(), members=TEAM, budget=OwnNumbers())
    return build_scholingsplan(replace(given, **changes)).hours.notes  # type: ignore[arg-type]


def test_a_team_plan_tells_what_the_year_gives_with_each_source() -> None:
    total, staff, leaders, saving = notes()

    assert total == (
        "Scholingsbudget: 6 collega’s hebben in dit schooljaar samen €\u00a02.750, naast wat er "
        "uit eerdere jaren gespaard is (aanname: de fte van nu, het hele jaar)."
    )
    assert staff.startswith("€\u00a0500 per schooljaar bij een volle baan")
    assert leaders.startswith("€\u00a03.000 per schooljaar bij een volle baan")
    assert all(SOURCE in line for line in (staff, leaders))
    assert saving.startswith("Wat overblijft, is nog 3 schooljaren te gebruiken")


def test_what_was_frozen_before_budgets_says_nothing_of_them() -> None:
    assert notes(budget=None) == ()


def test_of_a_few_without_names_nothing_is_told() -> None:
    assert notes(with_persons=False, members=TEAM[:4]) == ()
    assert notes(with_persons=False) == notes()


def test_what_is_not_known_is_said_to_be_missing() -> None:
    assert notes(sector="mbo") == (
        "Hoeveel scholingsbudget iemand heeft, is voor dit soort school niet bekend.",
    )


def test_every_kind_of_plan_with_names_keeps_its_own_notes() -> None:
    assert build_scholingsplan(sample()).hours.notes[-1].endswith("(de volgorde is een aanname).")


def test_one_s_own_plan_tells_what_is_left() -> None:
    basis = budget_basis(["leerkracht"], sector="po", on=date(2026, 8, 1), own=OwnNumbers())
    (now,) = ledger(year=2026, stated={}, spent={2026: 5_000}, reckoned=20_000, saved_years=3)

    facts = own_facts(OwnBudget(now, basis))

    assert facts["Je scholingsbudget"].startswith(
        "€\u00a0200 voor dit jaar; €\u00a050 uitgegeven, dus nog €\u00a0150 over. "
        "Berekend (aanname: de fte van nu, het hele jaar). "
    )
    assert SOURCE in facts["Je scholingsbudget"]


def test_a_plan_for_somebody_else_tells_nothing_of_money() -> None:
    assert "Je scholingsbudget" not in own_facts(None)


def test_an_unknown_budget_says_so() -> None:
    (now,) = ledger(year=2026, stated={}, spent={}, reckoned=None, saved_years=0)

    assert own_facts(OwnBudget(now, None))["Je scholingsbudget"].endswith(
        "Niet vastgelegd: telt als niets. Hoeveel je te besteden hebt, is niet bekend."
    )


def own_facts(budget: OwnBudget | None) -> dict[str, str]:
    document = build_person_plan(one_person(budget=budget))
    return {
        fact.label: fact.value
        for block in of_kind(chapter(document, "Je uren"), Facts)
        for fact in block.items
    }


OWN_HOURS = (
    "Het jaarbudget is wat iemand in een schooljaar zelf te besteden heeft: 83 uur bij 1 fte"
)


def test_the_own_hours_of_a_year_carry_their_source() -> None:
    assert (
        f"{OWN_HOURS}, naar rato van de fte, volgens CAO PO, artikel 9.3 (CAO PO 1 november 2025 "
        "tot 1 maart 2027). 2 uur per week × fte, over een jaar ongeveer 83 uur."
    ) in build_scholingsplan(sample()).hours.notes


def test_own_hours_of_which_we_are_not_sure_say_so() -> None:
    assert (
        f"{OWN_HOURS}, en 40 uur voor ondersteuners, naar rato van de fte, volgens CAO VO, "
        "hoofdstuk 16 (CAO VO, gevonden tot 1 november 2025). Controleer dit eerst: we weten het "
        "niet zeker. De begindatum is een aanname. Ondersteuners met een plan krijgen 43 uur "
        "extra. Die regel gold van 1 januari 2024 tot 1 november 2025: kijk of er een nieuwe is."
    ) in build_scholingsplan(replace(sample(), sector="vo")).hours.notes


def test_without_a_rule_nothing_is_told_of_own_hours() -> None:
    told = build_scholingsplan(replace(sample(), sector="mbo")).hours.notes
    assert [line for line in told if line.startswith("Het jaarbudget")] == []


def test_hours_say_what_they_leave_out() -> None:
    left_out = "Wat niet in de planning past, samen 89 uur 6 min, telt hier niet mee."
    assert left_out in build_scholingsplan(sample()).hours.notes
    given = sample()
    assert given.plan is not None
    whole = replace(given, plan=replace(given.plan, not_placed=()))
    told = build_scholingsplan(whole).hours.notes
    assert [line for line in told if "niet in de planning" in line] == []
    own = chapter(build_person_plan(one_person()), "Je uren")
    said = [block.text for block in of_kind(own, Paragraph)]
    assert "Wat niet in de planning past, samen 5 uur 30 min, telt hier niet mee." in said


def test_hours_leave_out_what_a_waiting_goal_asks_too() -> None:
    """A goal without a study day has the preparation of all of them in one line."""
    given = sample()
    assert given.plan is not None
    waits = NotPlaced(Subject.GOAL, Code.NO_ROOM_BEFORE_DAY, "Wacht.", missing_minutes=600)
    plan = replace(given.plan, not_placed=(waits,))
    told = build_scholingsplan(replace(given, plan=plan)).hours.notes
    assert "Wat niet in de planning past, samen 10 uur, telt hier niet mee." in told
    # Of one person it is no hours of their own.
    alone = one_person(replace(given, plan=plan))
    said = [
        block.text for block in of_kind(chapter(build_person_plan(alone), "Je uren"), Paragraph)
    ]
    assert [text for text in said if "niet in de planning" in text] == []

"""The line of steps: order, how far each is, and where a finding is mended."""

from datetime import date

from courses.entities import Catalogue
from courses.findings import Finding, Severity
from routekaart.domain.filling_in import (
    Part,
    Standing,
    Stop,
    part_after,
    part_of,
    parts_of,
    stops,
)
from routekaart.domain.rules import Choice, FreeText, GoalView, MemberView, RoutekaartView

TODAY = date(2026, 10, 5)
NO_GOAL = Finding("no_goal", Severity.ERROR, "Er is nog geen doel.", field="goals")


def line(
    catalogue: Catalogue, findings: tuple[Finding, ...] = (), **values: object
) -> dict[Part, Stop]:
    view = RoutekaartView(today=TODAY, members=(MemberView(),), **values)  # type: ignore[arg-type]
    return {stop.part: stop for stop in stops(catalogue, view, findings)}


def test_the_step_about_category_f_is_there_only_when_it_was_chosen() -> None:
    assert list(parts_of(with_facilities=True)) == list(Part)
    assert Part.FACILITIES not in parts_of(with_facilities=False)
    assert part_after(Part.GOALS, with_facilities=True) is Part.FACILITIES
    assert part_after(Part.GOALS, with_facilities=False) is Part.STUDY_DAYS
    assert part_after(Part.FACILITIES, with_facilities=False) is Part.STUDY_DAYS
    assert part_after(Part.CHECK, with_facilities=False) is Part.CHECK


def test_a_finding_is_mended_where_its_field_is() -> None:
    def at(code: str = "x", **where: str) -> Part:
        return part_of(Finding(code, Severity.WARNING, "Let op.", **where))

    assert at(field="members") is Part.TEAM
    assert at(field="looking_back") is Part.REASON
    assert at(field="study_days") is Part.STUDY_DAYS
    assert at(intervention="feedback") is Part.INTERVENTIONS
    assert at("f_not_linked", intervention="klassenverkleining") is Part.FACILITIES
    assert at(goal="1") is Part.GOALS
    assert at(field="framework") is Part.INTERVENTIONS
    assert at(field="answers") is Part.INTERVENTIONS


def test_a_new_routekaart_begins_at_its_first_empty_step(catalogue: Catalogue) -> None:
    found = line(catalogue, (NO_GOAL,))
    assert {part: stop.standing for part, stop in found.items()} == {
        Part.TEAM: Standing.DONE,
        Part.REASON: Standing.NOW,
        Part.INTERVENTIONS: Standing.TO_DO,
        Part.GOALS: Standing.TO_DO,
        Part.STUDY_DAYS: Standing.TO_DO,
        Part.HOURS: Standing.DONE,
        Part.CHECK: Standing.TO_DO,
    }
    assert found[Part.GOALS].missing == ("Er is nog geen doel.",)
    assert found[Part.CHECK].tag == "nog 1 punt"


def test_a_reason_that_was_passed_by_is_not_asked_for_again(catalogue: Catalogue) -> None:
    found = line(catalogue, (NO_GOAL,), choices=(Choice("feedback"),))
    assert found[Part.REASON].tag == "mag leeg"
    assert found[Part.GOALS].standing is Standing.NOW
    assert found[Part.INTERVENTIONS].facts == "1 gekozen"
    filled = line(catalogue, (NO_GOAL,), texts=(FreeText("reason", "Omdat."),))
    assert filled[Part.REASON].standing is Standing.DONE


def test_what_only_deserves_a_look_holds_no_step_back(catalogue: Catalogue) -> None:
    warning = Finding("too_many_goals", Severity.WARNING, "Veel doelen.", field="goals")
    goals = tuple(GoalView(str(key), "Wij leren.") for key in range(4))
    found = line(catalogue, (warning,), goals=goals)
    stop = found[Part.GOALS]
    assert (stop.standing, stop.facts, stop.looks, stop.missing) == (
        Standing.DONE,
        "4 doelen",
        1,
        (),
    )


def test_of_much_that_is_missing_a_few_are_told(catalogue: Catalogue) -> None:
    questions = tuple(
        Finding("q", Severity.QUESTION, f"Vraag {one}", intervention="feedback") for one in range(5)
    )
    stop = line(catalogue, questions, choices=(Choice("feedback"),))[Part.INTERVENTIONS]
    assert stop.missing == ("Vraag 0", "Vraag 1", "Vraag 2")
    assert stop.more_missing == 2
    assert stop.standing is Standing.TO_DO

"""What documents without persons leave out, because it would be about one or a few people."""

from dataclasses import replace

import pytest

from courses.advice import Availability
from routekaart.domain.content.canonical import canonical_json
from routekaart.domain.content.group_input import few_told, of_group
from routekaart.domain.content.group_plan import build_group_plan
from routekaart.domain.content.inputs import PlanAssignment, ScholingsplanInput
from routekaart.domain.content.scholingsplan import build_scholingsplan
from routekaart.domain.people import Member
from tests.routekaart.sample_team import sample

HIDDEN = "Van minder dan 5 mensen laten we de reden niet zien."
ADVISED = "omdat: Feedback + leerkracht"


def people(teachers: int, helpers: int = 0, coaches: int = 0) -> tuple[Member, ...]:
    """Teachers first, then assistants, then those who coach."""
    kinds = ["leerkracht"] * teachers + ["onderwijsassistent"] * helpers
    kinds += ["intern-begeleider"] * coaches
    return tuple(Member(f"m{place}", f"Naam {place}", (kind,)) for place, kind in enumerate(kinds))


def follows(
    members: tuple[Member, ...], *, mandatory: int | None = None, reasons: tuple[str, ...] = ()
) -> ScholingsplanInput:
    """A team of these in which all of them have one course, the first `mandatory` without choice.

    `reasons` go round; the reason of the advice without any.
    """
    given = sample(people=1, goals=1)
    kept, told = given.assignments[0], reasons or (ADVISED,)
    most = len(members) if mandatory is None else mandatory
    rows = tuple(
        replace(
            kept,
            member_id=one.id,
            mandatory=place < most,
            reason=told[place % len(told)],
        )
        for place, one in enumerate(members)
    )
    return replace(given, members=members, assignments=rows, advice=None)


def row(given: ScholingsplanInput, *, persons: bool = False) -> tuple[str, str]:
    """For whom a course is, and why."""
    plan = build_scholingsplan(replace(given, with_persons=persons))
    ((_course, audience, _minutes, reason),) = plan.courses.goals[0].table.rows
    return audience, reason


@pytest.mark.parametrize(
    ("members", "audience"),
    [
        (people(5), "5 leerkrachten\nverplicht"),
        (people(4), "enkele collega’s"),
        (people(5, 1), "5 leerkrachten en enkele andere collega’s\nverplicht"),
        (people(5, 3, 2), "5 leerkrachten en 5 andere collega’s\nverplicht"),
        (people(0, 3, 2), "5 collega’s\nverplicht"),
        (people(0, 0, 1), "enkele collega’s"),
        (people(6, 5), "6 leerkrachten en 5 onderwijsassistenten\nverplicht"),
    ],
)
def test_a_function_is_named_with_five_people_or_more(
    members: tuple[Member, ...], audience: str
) -> None:
    assert row(follows(members))[0] == audience


def test_with_persons_everybody_is_counted() -> None:
    told = row(follows(people(1, 2, 1), mandatory=1, reasons=("Anna wil dit.",)), persons=True)
    assert told == (
        "1 leerkracht, 2 onderwijsassistenten en 1 intern begeleider\nvoor 1 verplicht",
        "Anna wil dit.",
    )


def test_who_has_two_functions_is_no_other_colleague() -> None:
    *others, last = people(5)
    both = replace(last, functions=("leerkracht", "intern-begeleider"))
    assert row(follows((*others, both)))[0] == "5 leerkrachten\nverplicht"


@pytest.mark.parametrize(
    ("mandatory", "told"),
    [
        (0, "naar keuze"),
        (1, "voor een deel verplicht"),
        (4, "voor een deel verplicht"),
        (5, "voor 5 verplicht"),
        (6, "voor een deel verplicht"),
        (10, "verplicht"),
    ],
)
def test_for_how_many_it_is_mandatory(mandatory: int, told: str) -> None:
    assert row(follows(people(10), mandatory=mandatory))[0] == f"10 leerkrachten\n{told}"


def test_a_reason_of_a_few_is_not_told() -> None:
    """The reason of the advice names a function, and what a team writes may be about somebody."""
    assert row(follows(people(4)))[1] == HIDDEN
    assert row(follows(people(5)))[1] == ADVISED
    assert row(follows(people(9), reasons=(ADVISED, "Anna wil dit.")))[1] == ADVISED
    assert row(follows(people(8), reasons=(ADVISED, "Anna wil dit.")))[1] == HIDDEN
    nothing = row(follows(people(5), reasons=("",)))[1]
    assert nothing == "Met de hand gekozen; er is geen reden ingevuld."
    assert row(follows(people(4), reasons=("",)))[1] == HIDDEN


def unsure(given: ScholingsplanInput, *, persons: bool) -> tuple[str, ...]:
    def waits(item: PlanAssignment) -> PlanAssignment:
        return replace(item, availability=Availability.NOT_YET, availability_text="Later.")

    plan = build_scholingsplan(
        replace(given, assignments=tuple(map(waits, given.assignments)), with_persons=persons)
    )
    points = {one.title: one.items for one in plan.open_points.lists}
    return points["Cursussen die nog niet vaststaan"]


def test_a_course_that_is_not_sure_for_a_few() -> None:
    few, five = follows(people(4)), follows(people(5))
    (told,) = unsure(few, persons=False)
    assert ", voor enkele collega’s. " in told
    assert ", voor 4 collega’s. " in unsure(few, persons=True)[0]
    assert ", voor 5 collega’s. " in unsure(five, persons=False)[0]


def test_nobody_alone_is_told_of_in_a_whole_plan() -> None:
    printed = canonical_json(build_scholingsplan(replace(sample(), with_persons=False))).decode()
    assert [
        word for word in ("1 intern begeleider", "2 onderwijsassistenten") if word in printed
    ] == []


@pytest.mark.parametrize(
    ("functions", "few"),
    [
        (["leerkracht"], False),
        (["onderwijsassistent"], True),
        (["intern-begeleider"], True),
        # Five together, of whom none can be told from the others.
        (["intern-begeleider", "onderwijsassistent"], False),
        # Beside the plan of the teachers alone it would tell what one person does.
        (["leerkracht", "intern-begeleider"], True),
        (["leerkracht", "onderwijsassistent", "intern-begeleider"], True),
        # That nobody has it changes nothing.
        (["leerkracht", "instructeur"], False),
    ],
)
def test_a_group_that_would_tell_of_a_few(functions: list[str], *, few: bool) -> None:
    members = people(5, 4, 1)
    assert few_told(members, functions) is few


def test_a_group_plan_without_persons_counts_its_courses_likewise() -> None:
    given = replace(follows(people(5, 4)), with_persons=False)
    printed = canonical_json(
        build_group_plan(of_group(given, ("leerkracht", "onderwijsassistent")))
    ).decode()
    assert "5 leerkrachten en enkele andere collega’s" in printed
    assert "4 onderwijsassistenten" not in printed

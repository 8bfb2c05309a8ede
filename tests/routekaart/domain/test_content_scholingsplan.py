"""What a scholingsplan says, and what it says when something is not known."""

from dataclasses import replace
from datetime import date

from courses.advice import Availability
from courses.entities import DurationBasis
from courses.findings import Finding, Severity
from routekaart.domain.content.canonical import content_hash
from routekaart.domain.content.document import Scholingsplan
from routekaart.domain.content.inputs import (
    ChosenIntervention,
    Consent,
    PlanAssignment,
    PlanGoal,
    PointAnswer,
    ScholingsplanInput,
    Signer,
)
from routekaart.domain.content.parts import Fact
from routekaart.domain.content.scholingsplan import build_scholingsplan
from routekaart.domain.content.wording import weekday_date
from routekaart.domain.people import Member
from routekaart.domain.planner.plan import Code, NotPlaced, Subject
from tests.routekaart.sample_team import catalogue, empty, sample

GOAL = PlanGoal(
    "g",
    "Wij leren feedback geven",
    "Leerlingen zien hun volgende stap.",
    (ChosenIntervention("feedback"),),
)
TEACHER = Member("t", "Aysel Demir", ("leerkracht",))
ASSISTANT = Member("o", "Wout van Dam", ("onderwijsassistent", "intern-begeleider"))
COURSE = catalogue().course_by_slug["complimenten-geven-en-corrigeren"]


def _team(**changes: object) -> ScholingsplanInput:
    given = replace(empty(), goals=(GOAL,), members=(TEACHER, ASSISTANT))
    # Any field may change, each with a type of its own.
    return replace(given, **changes)  # type: ignore[arg-type]


def _assignment(member: Member = TEACHER, **changes: object) -> PlanAssignment:
    assignment = PlanAssignment(
        member_id=member.id,
        goal_ids=("g",),
        course=COURSE.slug,
        course_title=COURSE.title,
        minutes=240,
        duration_basis=DurationBasis.ASSUMED,
        mandatory=True,
        reason="omdat: Feedback + leerkracht",
        availability=Availability.OFFERED,
    )
    # As above.
    return replace(assignment, **changes)  # type: ignore[arg-type]


def test_every_activity_names_the_meeting_at_which_it_comes_up() -> None:
    given = sample()
    assert given.plan is not None
    meetings = {meeting.date for meeting in given.plan.plg_meetings}
    assert {item.date for item in given.plan.activities} <= meetings
    rows = build_scholingsplan(given).plg.activities.rows
    assert {row[3].partition("\n")[0] for row in rows} == {
        f"In de PLG van {weekday_date(item.date)}" for item in given.plan.activities
    }
    without = build_scholingsplan(replace(given, plan=replace(given.plan, activities=())))
    assert {row[3].partition("\n")[0] for row in without.plg.activities.rows} == {
        "Nog zonder datum"
    }


def _open(plan: Scholingsplan, title: str) -> tuple[str, ...]:
    return next(item.items for item in plan.open_points.lists if item.title == title)


def test_same_input_gives_the_same_content() -> None:
    assert build_scholingsplan(sample()) == build_scholingsplan(sample())
    other = build_scholingsplan(replace(sample(), version=3))
    assert content_hash(other) != content_hash(build_scholingsplan(sample()))


def test_nothing_is_filled_in_for_an_empty_team() -> None:
    plan = build_scholingsplan(empty())
    assert plan.meta.status == "Concept"
    assert _open(plan, "Nog in te vullen") == (
        "De doelen van het team.",
        "De mensen in het team.",
        "Het advies over cursussen.",
        "De planning over het schooljaar.",
        "Wie dit plan heeft opgesteld.",
        "De instemming van de MR.",
        "De vaststelling door de directeur.",
    )
    assert plan.summary.open_line == "Er staan nog 7 punten open."
    assert plan.goals.missing == "Dit team heeft nog geen doelen gekozen."
    assert plan.study_days.missing == "Er zijn nog geen studiedagen gepland."
    assert plan.hours.table.rows == plan.dates.table.rows == plan.plg.meetings.rows == ()
    assert [lane.marks for lane in plan.summary.timeline.lanes] == [()] * 5


def test_goal_prints_answers_and_keeps_the_rest_open() -> None:
    points = catalogue().intervention_by_slug["feedback"].attention_points
    first, *others = [point for point in points if point.kind == "question"]
    fact = next(point for point in points if point.kind != "question")
    goal = replace(
        GOAL,
        answers=(
            PointAnswer("feedback", fact.slug, "Dat wisten we."),
            PointAnswer("feedback", first.slug, " We beginnen klein. "),
            PointAnswer("feedback", "gone", "Ja.", "Hadden jullie tijd?"),
            PointAnswer("feedback", "blank", "  "),
        ),
    )
    plan = build_scholingsplan(_team(goals=(goal,)))
    (content,) = plan.goals.goals
    assert [(item.question, item.answer) for item in content.answers] == [
        (f"Feedback: {first.text}", "We beginnen klein."),
        (f"Feedback: {fact.text}", "Dat wisten we."),
        ("Feedback: Hadden jullie tijd?", "Ja."),
    ]
    assert content.open_questions == tuple(f"Feedback: {point.text}" for point in others)
    number = len(others)
    assert _open(plan, "Vragen zonder antwoord") == (
        f"Doel 1, Feedback: {number} {'vraag' if number == 1 else 'vragen'}; zie hoofdstuk 2.",
    )


def test_interventions_come_with_framework_reason_and_claims() -> None:
    facility = ChosenIntervention("professionalisering", ("feedback",), "samen oefenen kost tijd")
    goal = replace(GOAL, interventions=(ChosenIntervention("feedback"), facility))
    feedback, other = build_scholingsplan(_team(goals=(goal,))).goals.goals[0].interventions
    assert feedback.category.startswith("Menukaart NPO (liep tot en met 31 juli 2025) · B ")
    assert feedback.claims[0].value == "+8 maanden (gemiddeld)"
    assert other.why == "Ondersteunt Feedback. Samen oefenen kost tijd."
    assert other.claims == ()
    assert other.claims_missing == "Geen bron geeft hier een schatting van effect of kosten."


def test_what_the_catalogue_no_longer_has_is_named() -> None:
    goal = replace(GOAL, interventions=(ChosenIntervention("verdwenen"),))
    (content,) = build_scholingsplan(_team(goals=(goal,))).goals.goals
    assert content.interventions == ()
    assert content.interventions_missing == "Niet meer in de catalogus: verdwenen."


def test_long_goal_is_cut_in_its_heading_only() -> None:
    long = "Wij leren " + "samen onderzoeken " * 30
    goal = replace(GOAL, learning=long)
    (content,) = build_scholingsplan(_team(goals=(goal,))).goals.goals
    assert len(content.heading) <= 160
    assert content.heading.endswith("…")
    assert content.learning == long.strip()
    (short,) = build_scholingsplan(_team()).goals.goals
    assert (short.heading, short.learning) == ("Wij leren feedback geven", "")


def test_courses_are_counted_per_function_with_their_reason() -> None:
    plan = build_scholingsplan(
        _team(assignments=(_assignment(), _assignment(ASSISTANT, mandatory=False)))
    )
    (goal,) = plan.courses.goals
    assert goal.table.rows == (
        (
            COURSE.title,
            "1 leerkracht, 1 onderwijsassistent en 1 intern begeleider\nvoor 1 verplicht",
            "4 uur (aanname)",
            "omdat: Feedback + leerkracht",
        ),
    )
    assert plan.courses.notes == (
        "Wie bij een cursus met twee functies meetelt, staat er bij allebei.",
        "Er is nog geen advies gevraagd.",
    )
    alone = build_scholingsplan(_team(assignments=(_assignment(),)))
    assert alone.courses.notes == ("Er is nog geen advies gevraagd.",)


def test_a_course_picked_by_hand_counts_everyone_who_has_it() -> None:
    advice = sample(people=1, goals=1).advice
    assert advice is not None
    item = replace(advice.items[0], course=COURSE.slug, functions=("leerkracht",))
    both = Member("b", "Kim Berkel", ("leerkracht", "intern-begeleider"))
    members = (TEACHER, ASSISTANT, both)
    plan = build_scholingsplan(
        _team(
            members=members,
            advice=replace(advice, items=(item,)),
            assignments=tuple(_assignment(member) for member in members),
        )
    )
    ((_course, audience, *_rest),) = plan.courses.goals[0].table.rows
    assert audience.splitlines()[0] == "2 leerkrachten, 1 onderwijsassistent en 1 intern begeleider"


def test_who_misses_meetings_is_told() -> None:
    given = sample(people=3, goals=1, days=1)
    assert given.plan is not None
    meetings = [
        *(meeting.date for meeting in given.plan.plg_meetings),
        *(meeting.date for meeting in given.plan.follow_ups),
        *(meeting.date for meeting in given.plan.evaluations),
    ]
    day = meetings[0].isoweekday()
    missed = [meeting for meeting in meetings if meeting.isoweekday() == day]
    rest = tuple(weekday for weekday in range(1, 6) if weekday != day)
    first, second, third = given.members
    members = (
        replace(first, working_days=rest),
        replace(second, working_days=(1, 2, 3, 4, 5)),
        third,
    )
    plan = build_scholingsplan(replace(given, members=members))
    falls = "valt" if len(missed) == 1 else "vallen"
    assert plan.people.people[0].facts[-1] == Fact(
        "Let op",
        f"{len(missed)} van de {len(meetings)} bijeenkomsten {falls} op een vrije dag: spreek "
        "samen af hoe het dan gaat.",
    )
    assert not any("bijeenkomst" in fact.value for fact in plan.people.people[1].facts)


def test_a_course_that_is_not_sure_says_so_everywhere() -> None:
    text = "Zou er zijn vanaf 20 maart 2022, maar niemand heeft dat bevestigd."
    unsure = _assignment(
        course="notendop-feedback",
        course_title="Feedback",
        mandatory=False,
        availability=Availability.UNCONFIRMED,
        availability_text=text,
    )
    plan = build_scholingsplan(_team(assignments=(unsure,)))
    assert plan.courses.goals[0].table.rows[0][0] == f"Feedback (notendop)\n{text}"
    assert _open(plan, "Cursussen die nog niet vaststaan") == (
        f"Feedback (notendop), voor 1 collega. {text}",
    )
    task = plan.people.people[0].tasks.rows[0]
    assert task[1] == "Feedback (notendop) (naar keuze, nog niet bevestigd)"


def test_assumed_durations_are_marked_and_listed_and_stated_ones_are_not() -> None:
    stated = _assignment(duration_basis=DurationBasis.STATED)
    for assignment, duration, listed in (
        (_assignment(), "4 uur (aanname)", True),
        (stated, "4 uur", False),
    ):
        plan = build_scholingsplan(_team(assignments=(assignment,)))
        assert plan.people.people[0].tasks.rows[0][2] == duration
        assert plan.courses.goals[0].table.rows[0][2] == duration
        assert bool(_open(plan, "Aannames")) is listed


def test_people_know_what_to_do_by_when() -> None:
    given = sample(people=3, goals=1, days=1)
    assert given.plan is not None
    plan = build_scholingsplan(given)
    assert [person.heading for person in plan.people.people] == [m.name for m in given.members]
    first = plan.people.people[0]
    weeks = [week for week in given.plan.preparation_weeks if week.member_id == given.members[0].id]
    assert {row[0] for row in first.tasks.rows} == {"wo 16 sep 2026"}
    assert {week.deadline for week in weeks} == {date(2026, 9, 16)}
    assert first.facts[0] == Fact(
        "Werk", "Leerkracht · 1 fte · maandag, dinsdag, woensdag, donderdag, vrijdag"
    )
    hours = given.plan.hours[0]
    assert hours.individual_minutes == 0
    assert first.facts[1].value.startswith("Individueel 0 minuten · opgedragen ")


def test_hours_keep_individual_and_assigned_apart_and_add_up() -> None:
    given = sample(people=6)
    assert given.plan is not None
    plan = build_scholingsplan(given)
    *rows, total = plan.hours.table.rows

    def minutes(text: str) -> int:
        hours, rest = text.split(":")
        return int(hours) * 60 + int(rest)

    assert len(rows) == 6
    assert plan.hours.table.totals
    for column, expected in (
        (2, [item.individual_minutes for item in given.plan.hours]),
        (3, [item.assigned_minutes for item in given.plan.hours]),
        (4, [item.assumed_minutes for item in given.plan.hours]),
    ):
        assert [minutes(row[column]) for row in rows] == expected
        assert minutes(total[column]) == sum(expected)


def test_days_come_in_order_with_a_programme_that_fills_them() -> None:
    given = sample()
    assert given.plan is not None
    plan = build_scholingsplan(given)
    assert [day.label for day in plan.study_days.days] == [f"Studiedag {n}" for n in range(1, 5)]
    assert plan.study_days.days[0].heading == "Woensdag 23 september 2026"
    for content, day in zip(plan.study_days.days, given.plan.study_days, strict=True):
        assert len(content.programme.rows) == len(day.blocks)
        assert content.programme.rows[0][0].startswith(day.start.strftime("%H.%M"))
    moments = [row[0] for row in plan.dates.table.rows]
    assert len(moments) == (
        len({(p.deadline, p.study_day_id) for p in given.plan.placements if p.deadline})
        + len(given.plan.study_days)
        + len(given.plan.plg_meetings)
        + len(given.plan.follow_ups)
        + len(given.plan.evaluations)
    )


def test_timeline_marks_the_days_of_the_plan() -> None:
    given = sample()
    assert given.plan is not None
    timeline = build_scholingsplan(given).summary.timeline
    assert timeline.days == 365
    assert [month.label for month in timeline.months] == (
        ["aug", "sep", "okt", "nov", "dec", "jan", "feb", "mrt", "apr", "mei", "jun", "jul"]
    )
    assert sum(month.last_day - month.first_day + 1 for month in timeline.months) == 365
    lanes = {lane.kind: lane.marks for lane in timeline.lanes}
    assert [mark.day for mark in lanes["study_day"]] == [
        (day.date - date(2026, 8, 1)).days for day in given.plan.study_days
    ]
    assert [mark.symbol for mark in lanes["study_day"]] == ["1", "2", "3", "4"]
    assert "Studiedagen: wo 23 sep 2026, do 19 nov 2026" in timeline.alt
    assert "Herfstvakantie" in {span.label for span in timeline.closed}


def test_what_does_not_fit_is_reported_with_its_reason() -> None:
    given = sample(people=2, goals=1, days=1)
    assert given.plan is not None
    assignment, name = given.assignments[0], given.members[0].name
    missing = NotPlaced(
        Subject.PREPARATION,
        Code.NOT_ENOUGH_MINUTES,
        f"{name} komt tekort.",
        goal_id=assignment.goal_ids[0],
        member_id=assignment.member_id,
        course=assignment.course,
        missing_minutes=90,
    )
    meeting = NotPlaced(Subject.PLG_MEETING, Code.NO_DATE_LEFT, "geen datum voor de PLG")
    stranger = replace(missing, member_id="weg", text="Iemand komt tekort.")
    team = replace(
        given, plan=replace(given.plan, not_placed=(missing, meeting, meeting, stranger))
    )
    plan = build_scholingsplan(team)
    assert _open(plan, "Wat niet in de planning paste") == (
        "Geen datum voor de PLG.",
        "Iemand komt tekort.",
        f"{name}: 1 cursus niet op tijd, samen 1 uur 30 min te weinig.",
    )
    said = [row[1] for row in plan.people.people[0].tasks.rows]
    reason = (
        "Doel 1: voor 1 uur 30 min is geen plek, want er is te weinig studietijd vóór de deadline."
    )
    assert sum(reason in text for text in said) == 1


def test_a_course_for_two_goals_that_does_not_fit_is_one_line() -> None:
    given = sample(people=2, goals=2, days=2)
    assert given.plan is not None
    both = tuple(goal.id for goal in given.goals)
    assignment = replace(given.assignments[0], goal_ids=both)
    missing = NotPlaced(
        Subject.PREPARATION,
        Code.NOT_ENOUGH_MINUTES,
        "Komt tekort.",
        goal_id=both[0],
        member_id=assignment.member_id,
        course=assignment.course,
        missing_minutes=90,
    )
    also = replace(missing, goal_id=both[1], missing_minutes=0)
    plan = build_scholingsplan(
        replace(
            given,
            assignments=(assignment,),
            plan=replace(given.plan, not_placed=(missing, also)),
        )
    )
    (row,) = plan.people.people[0].tasks.rows
    _, said = row[1].split("\n")
    assert said == (
        "Doel 1 en 2: voor 1 uur 30 min is geen plek, want er is te weinig studietijd vóór de "
        "deadline."
    )


def test_without_persons_no_name_and_no_hours_of_one() -> None:
    given = replace(sample(), with_persons=False)
    plan = build_scholingsplan(given)
    names = {member.name for member in given.members}
    assert not [name for name in names if name in repr(plan)]
    assert plan.people.people == ()
    assert plan.people.missing == "Deze uitgave van het plan is zonder personen gemaakt."
    assert [row[0] for row in plan.hours.table.rows] == ["Hele team"]
    few = build_scholingsplan(replace(sample(people=4), with_persons=False))
    assert few.hours.table.rows == ()
    assert few.hours.table.missing == "Van minder dan 5 mensen laten we hier geen uren zien."
    assert not [figure for figure in few.summary.figures if "uren" in figure.label]


def test_consent_says_what_is_known() -> None:
    signers = (Signer("Directeur", "Fenna Visser", date(2026, 7, 1)), Signer("MR"))
    consent = Consent(date(2026, 6, 30), date(2026, 7, 1), signers)
    plan = build_scholingsplan(_team(consent=consent, adopted=True))
    assert plan.meta.status == "Vastgesteld"
    assert plan.consent.facts == (
        Fact("Instemming MR", "30 juni 2026"),
        Fact("Vastgesteld", "1 juli 2026"),
    )
    assert [item.date for item in plan.consent.signatures] == ["1 juli 2026", ""]
    assert not [item for item in _open(plan, "Nog in te vullen") if "MR" in item]


def test_findings_stand_among_the_open_points_but_questions_do_not_twice() -> None:
    findings = (
        Finding("framework_historic", Severity.WARNING, "de bekostiging is gestopt"),
        Finding("consider_first_unanswered", Severity.QUESTION, "Beantwoord dit eerst."),
    )
    plan = build_scholingsplan(_team(findings=findings))
    assert _open(plan, "Aandachtspunten") == ("De bekostiging is gestopt.",)


def test_summary_stays_short_and_points_to_the_rest() -> None:
    summary = build_scholingsplan(sample(goals=60, people=2)).summary
    assert len(summary.goals) == 4
    assert summary.more_goals == "En nog 56 doelen."
    assert [figure.value for figure in summary.figures[:3]] == ["60", "2", "4"]


def test_sources_are_those_that_are_used() -> None:
    plan = build_scholingsplan(_team())
    assert [row[0].partition("\n")[0] for row in plan.sources.table.rows] == [
        catalogue().source_by_slug["handreiking-duurzaam-beter-onderwijs"].title
    ]
    assert plan.sources.table.rows[0][3] == "De bron geeft geen adres."

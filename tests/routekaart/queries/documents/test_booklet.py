"""Who gets what in the booklet of a study day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from courses.catalogue import current_catalogue
from courses.entities import Catalogue
from routekaart.access import Access, Forbidden, NotFound
from routekaart.clock import standing_at
from routekaart.domain.content.booklet import build_booklet
from routekaart.domain.content.booklet_input import BookletInput, DayAgreement, DayNote, DayTopic
from routekaart.domain.content.canonical import canonical_json
from routekaart.domain.study_day import NoteKind
from routekaart.models import (
    Agreement,
    Assignment,
    AssignmentGoal,
    BlockPerson,
    Goal,
    Leave,
    Person,
    PreparationNote,
    ProgrammeBlock,
    StudyDay,
    Topic,
    TopicVote,
)
from routekaart.queries.documents.booklet import booklet_input
from tests.makers import make_colleague, make_team
from tests.stages import STUDY_DAY, Stage

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 2)
SHARED = datetime(2026, 10, 28, 9, tzinfo=UTC)


@pytest.fixture
def stage(catalogue: Catalogue) -> Iterator[Stage]:  # noqa: ARG001  (loaded first)
    with standing_at(datetime(2026, 11, 2, 9, tzinfo=UTC)):
        yield Stage().running()


def given(stage: Stage, by: Access | None = None, *, with_persons: bool = True) -> BookletInput:
    return booklet_input(
        by=by or stage.as_lead,
        study_day_id=stage.study_day.pk,
        with_persons=with_persons,
        today=TODAY,
    )


def note(stage: Stage, text: str, *, shared: bool = True, **values: Any) -> PreparationNote:
    with scopes_disabled():
        return PreparationNote.objects.create(
            study_day=values.pop("study_day", stage.study_day),
            author=values.pop("author", stage.member),
            kind=values.pop("kind", "question"),
            text=text,
            shared_at=SHARED if shared else None,
            **values,
        )


def filled(stage: Stage) -> Topic:
    """A day with a topic, notes, an agreement and a block that somebody leads."""
    with scopes_disabled():
        topic = Topic.objects.create(study_day=stage.study_day, title="Tijdgebrek", goal=stage.goal)
        TopicVote.objects.create(topic=topic, person=stage.member)
        Agreement.objects.create(
            routekaart=stage.routekaart,
            study_day=stage.study_day,
            what="Elke les een tip",
            owner=stage.member,
            due_on=date(2026, 12, 1),
            check_on=date(2026, 12, 2),
        )
        block = ProgrammeBlock.objects.create(
            study_day=stage.study_day,
            starts_at=time(8, 30),
            minutes=420,
            kind="opening",
            title="Samen",
            items=["Geheime vraag"],
            room="Hal",
        )
        BlockPerson.objects.create(block=block, person=stage.trainer, leads=True)
        topic.block = block
        topic.save()
    note(stage, "Hoe dan?", topic=topic)
    note(stage, "Een voorbeeld.", kind="wish", goal=stage.goal)
    return topic


def test_all_of_a_day(stage: Stage) -> None:
    topic = filled(stage)
    found = given(stage)
    goal = str(stage.goal.pk)
    assert (found.goals_of_day, found.suggested, found.inside) == ((goal,), False, True)
    assert found.topics == (
        DayTopic(
            str(topic.pk), "Tijdgebrek", "open", goal, 1, (DayNote(NoteKind.QUESTION, "Hoe dan?"),)
        ),
    )
    assert found.notes == (DayNote(NoteKind.WISH, "Een voorbeeld.", goal),)
    assert found.agreements == (
        DayAgreement("Elke les een tip", "Mo Lid", date(2026, 12, 1), date(2026, 12, 2)),
    )
    assert found.people == ((str(stage.trainer.pk), "Tess Trainer"),)
    assert found.expected == ("Lies Leider", "Mo Lid")
    assert (found.day.room, found.day.kind, found.day.state, found.day.follow_up_on is None) == (
        "",
        "studiedag",
        "in voorbereiding",
        False,
    )
    assert [(one.room, one.topics) for one in found.blocks] == [("Hal", (str(topic.pk),))]


def test_everybody_in_it_is_called_as_the_school_does(stage: Stage) -> None:
    filled(stage)
    with scopes_disabled():
        stage.member.employments.update(given_name="Anja Anders")
        BlockPerson.objects.update(person=stage.member)
        StudyDay.objects.update(trainer=stage.member)
    found = given(stage)
    assert found.day.trainer == "Anja Anders"
    assert found.people == ((str(stage.member.pk), "Anja Anders"),)
    assert found.expected == ("Anja Anders", "Lies Leider")
    assert [one.who for one in found.agreements] == ["Anja Anders"]


def test_what_the_team_prepares_counts_no_group_of_a_few(stage: Stage) -> None:
    preparation = given(stage).preparation
    assert [(one.minutes, one.assumed, one.functions) for one in preparation.courses] == [
        (240, True, ())
    ]
    assert preparation.deadline == date(2026, 10, 28)
    assert (preparation.done, preparation.asked, preparation.hidden) == (0, 0, True)


def test_a_function_is_told_when_five_people_have_the_course_with_it(stage: Stage) -> None:
    def told() -> list[tuple[tuple[str, ...], bool]]:
        courses = given(stage).preparation.courses
        return [(one.functions, one.others) for one in courses]

    with scopes_disabled():
        (course,) = set(Assignment.objects.values_list("course_id", flat=True))

    def follows(function: str) -> None:
        person = make_colleague(stage.team, functions=(function,))
        with scopes_disabled():
            row = Assignment.objects.create(
                routekaart=stage.routekaart, person=person, course_id=course, reason="Ook."
            )
            AssignmentGoal.objects.create(assignment=row, goal=stage.goal)

    for _ in range(2):
        follows("leerkracht")
    assert told() == [((), True)]
    follows("leerkracht")
    assert told() == [(("leerkracht",), False)]
    follows("intern-begeleider")
    assert told() == [(("leerkracht",), True)]


def test_drafts_what_was_taken_away_and_other_days_are_not_in_it(stage: Stage) -> None:
    note(stage, "Kladje", shared=False)
    note(stage, "Kladje van wie het vraagt", shared=False, author=stage.lead)
    note(stage, "Weggehaald", removed_at=SHARED)
    with scopes_disabled():
        values = STUDY_DAY | {"date": date(2027, 2, 10)}
        other = StudyDay.objects.create(routekaart=stage.routekaart, **values)
    note(stage, "Van later", study_day=other)
    found = given(stage)
    assert (found.notes, found.topics) == ((), ())
    printed = canonical_json(build_booklet(found)).decode()
    assert [text for text in ("Kladje", "Weggehaald", "Van later") if text in printed] == []


def test_a_suggestion_stands_in_for_a_programme(stage: Stage) -> None:
    note(stage, "Hoe dan?")
    found = given(stage)
    assert found.suggested
    assert found.findings == ()
    assert "Vraag: Hoe dan?" in found.blocks[0].items
    outline = given(stage, stage.as_director, with_persons=False)
    assert [one.items for one in outline.blocks] == [()] * len(found.blocks)


def test_who_is_on_leave_joined_later_or_is_in_another_team_is_not_expected(stage: Stage) -> None:
    make_colleague(make_team(stage.school, "Bovenbouw"), name="Bo Buur")
    away = make_colleague(stage.team, name="Vera Verlof")
    with scopes_disabled():
        employment = away.employments.get()
        Leave.objects.create(
            employment=employment, first_day=date(2026, 11, 1), last_day=date(2026, 11, 30)
        )
        stage.member.memberships.update(joined_on=date(2026, 11, 5))
    found = given(stage)
    assert (found.expected, found.team_size) == (("Lies Leider",), 2)


def test_without_persons_no_name_and_nothing_of_what_the_team_said(stage: Stage) -> None:
    filled(stage)
    found = given(stage, stage.as_director, with_persons=False)
    printed = canonical_json(build_booklet(found)).decode()
    canaries = ["Hoe dan?", "Een voorbeeld", "Geheime vraag", "Elke les een tip", "Tijdgebrek"]
    with scopes_disabled():
        names = list(Person.objects.values_list("name", flat=True))
    assert [text for text in [*names, *canaries] if text in printed] == []
    assert found.team_size == 2


@pytest.mark.parametrize("role", ["as_director", "as_member"])
def test_persons_are_for_team_lead_and_trainer(stage: Stage, role: str) -> None:
    with pytest.raises(Forbidden):
        given(stage, getattr(stage, role))
    assert given(stage, stage.as_trainer).inside


def test_a_stranger_finds_nothing(stage: Stage) -> None:
    with pytest.raises(NotFound):
        given(stage, Stage().as_lead, with_persons=False)


def test_a_day_without_a_plan_has_a_booklet_too(catalogue: Catalogue) -> None:  # noqa: ARG001  (loaded first)
    stage = Stage().accepted()
    found = given(stage)
    assert (found.goals_of_day, found.preparation.courses, found.preparation.deadline) == (
        (),
        (),
        None,
    )
    with scopes_disabled():
        ProgrammeBlock.objects.create(
            study_day=stage.study_day,
            starts_at=time(8, 30),
            minutes=60,
            kind="opening",
            title="Samen",
            goal=Goal.objects.get(),
        )
    assert given(stage).goals_of_day == (str(stage.goal.pk),)
    # It does not fill the day, and that is said.
    assert [one.code for one in given(stage).findings] == ["programme_gap"]


def test_as_many_queries_for_one_as_for_thirty(stage: Stage) -> None:
    topic = filled(stage)

    def queries() -> int:
        by = stage.as_lead
        # Its version is read at most once in a few seconds.
        current_catalogue()
        with CaptureQueriesContext(connection) as captured:
            given(stage, by)
        return len(captured)

    few = queries()
    for number in range(30):
        make_colleague(stage.team, name=f"Collega {number}")
        note(stage, f"Vraag {number}", topic=topic if number % 2 else None)
        with scopes_disabled():
            Topic.objects.create(study_day=stage.study_day, title=f"Onderwerp {number}")
            ProgrammeBlock.objects.create(
                study_day=stage.study_day,
                starts_at=time(9),
                minutes=5,
                kind="practice",
                title=f"Blok {number}",
            )
    assert queries() == few

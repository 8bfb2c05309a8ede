"""One study day for each of its readers: what of it is theirs, and what they may do."""

from datetime import UTC, date, datetime

import pytest
from django_scopes import scopes_disabled

from routekaart.access import ROLE_PERMISSIONS, Access, Forbidden, Permission, Role
from routekaart.models import (
    NoteVersion,
    Person,
    PreparationNote,
    Routekaart,
    StudyDay,
    Team,
    Topic,
    TopicVote,
    WorkGroup,
    WorkGroupMember,
)
from routekaart.queries.study_day.board import day_board
from routekaart.queries.study_day.gathering import gathering
from routekaart.queries.study_day.notes import versions_of_note
from routekaart.queries.study_day.notes_page import notes_page
from routekaart.queries.study_day.on_the_day import Sight, day_in_hand
from routekaart.queries.study_day.readiness import day_readiness
from tests.makers import access_for, make_colleague, make_routekaart, make_team
from tests.stages import STUDY_DAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

SHARED = datetime(2026, 10, 28, 9, tzinfo=UTC)
TODAY = date(2026, 10, 29)


class Day:
    """A day on which two members each share a note, vote for a topic and are in a group."""

    def __init__(self) -> None:
        self.team: Team = make_team()
        routekaart: Routekaart = make_routekaart(self.team)
        with scopes_disabled():
            self.row: StudyDay = StudyDay.objects.create(routekaart=routekaart, **STUDY_DAY)
            self.people: list[Person] = []
            for name in ("Anna", "Bram"):
                person = make_colleague(self.team, name=name)
                self.people.append(person)
                PreparationNote.objects.create(
                    study_day=self.row, author=person, kind="wish", text=name, shared_at=SHARED
                )
                topic = Topic.objects.create(study_day=self.row, title=name)
                TopicVote.objects.create(topic=topic, person=person)
                group = WorkGroup.objects.create(routekaart=routekaart, name=name)
                WorkGroupMember.objects.create(work_group=group, person=person)

    def by(self, role: Role) -> Access:
        return access_for(make_colleague(self.team, role))


@pytest.fixture
def day() -> Day:
    return Day()


def test_own_notes_groups_and_votes_are_nobody_else_s(day: Day) -> None:
    for me, other in (day.people, day.people[::-1]):
        by = access_for(me)
        page = notes_page(by=by, study_day_id=day.row.pk)
        with by.entered():
            others = [note.text for note in page.others]
        assert ([note.text for note in page.own], others) == ([me.name], [other.name])
        assert [group.name for group in page.groups] == [me.name]
        found = day_in_hand(by=by, study_day_id=day.row.pk, today=TODAY)
        votes = {topic.title: getattr(topic, "own_vote") for topic in found.topics}  # noqa: B009  (annotated, so unknown to mypy)
        assert votes == {me.name: True, other.name: False}


def test_a_note_that_is_not_shared_yet_counts_for_its_author_alone(day: Day) -> None:
    anna, bram = day.people
    with scopes_disabled():
        PreparationNote.objects.create(
            study_day=day.row, author=anna, kind="wish", text="Kladje", shared_at=None
        )
    counted = [
        (found.own_drafts, found.shared)
        for person in (anna, bram)
        for found in [day_in_hand(by=access_for(person), study_day_id=day.row.pk, today=TODAY)]
    ]
    assert counted == [(1, 2), (0, 2)]


def test_a_trainer_reads_along_and_writes_and_votes_for_nobody(day: Day) -> None:
    by = day.by(Role.TRAINER)
    page = notes_page(by=by, study_day_id=day.row.pk)
    assert (page.writes, page.own, page.groups) == (False, (), ())
    found = gathering(by=by, study_day_id=day.row.pk)
    assert (found.may_prepare, found.may_vote) == (True, False)
    assert gathering(by=access_for(day.people[0]), study_day_id=day.row.pk).may_vote


def test_a_board_sees_the_outline_of_a_day_and_nothing_that_the_team_made(day: Day) -> None:
    found = day_in_hand(by=day.by(Role.BOARD), study_day_id=day.row.pk, today=TODAY)
    nothing = dict.fromkeys(("inside", "notes", "agreements", "agree", "readiness"), False)
    assert found.sight == Sight(**nothing, booklet=True)
    assert (found.topics, found.agreements, found.shared) == ((), (), 0)
    lead = day_in_hand(by=day.by(Role.TEAM_LEAD), study_day_id=day.row.pk, today=TODAY)
    assert lead.sight == Sight(*[True] * 6)


def test_a_board_of_preparation_is_no_way_in_for_who_may_not_prepare(day: Day) -> None:
    for role in (Role.MEMBER, Role.DIRECTOR):
        by = day.by(role)
        assert not day_board(by=by, study_day_id=day.row.pk, today=TODAY).may_prepare
        with pytest.raises(Forbidden):
            day_board(
                by=by, study_day_id=day.row.pk, today=TODAY, permission=Permission.PREPARE_DAY
            )


def test_what_stood_in_a_note_before_it_was_shared_is_for_its_author(day: Day) -> None:
    anna, bram = day.people
    with scopes_disabled():
        note = PreparationNote.objects.get(author=anna)
        NoteVersion.objects.create(note=note, revision=1, kind="wish", text="Kladje")
        NoteVersion.objects.update(replaced_at=datetime(2026, 10, 27, 9, tzinfo=UTC))
    found = {
        person.name: [row.text for row in versions_of_note(by=access_for(person), note_id=note.pk)]
        for person in (anna, bram)
    }
    assert found == {"Anna": ["Kladje"], "Bram": []}


def test_how_far_a_day_is_asks_more_than_reading_it(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = day.by(Role.BOARD)
    assert day_readiness(by=by, study_day_id=day.row.pk, today=TODAY).day == day.row
    # No role is like that today: whoever reads a routekaart sees its progress.
    reads = ROLE_PERMISSIONS[Role.BOARD] - {Permission.VIEW_PROGRESS}
    monkeypatch.setitem(ROLE_PERMISSIONS, Role.BOARD, reads)
    with pytest.raises(Forbidden):
        day_readiness(by=by, study_day_id=day.row.pk, today=TODAY)

"""What stands in the way of lesson visits, and for whom the notes of a visit are."""

from datetime import date, time
from typing import Any

import pytest
from django_scopes import scopes_disabled

from routekaart.access import NotFound, school_scope
from routekaart.domain.visit_times import Taken, TakenBy
from routekaart.models import (
    LessonVisit,
    LessonVisitNote,
    Person,
    PlgCycle,
    PlgCycleMember,
    PlgMeeting,
    Routekaart,
    StudyDay,
    Team,
)
from routekaart.queries.plg.lesson_visits import colleagues_of, notes_of
from routekaart.queries.plg.pages import visit_in_hand
from tests.makers import access_for, join, make_colleague, make_person, make_routekaart, make_team
from tests.stages import STUDY_DAY

pytestmark = pytest.mark.django_db


class Place:
    """A team with a PLG, and on each of three days something that takes time."""

    def __init__(self, team: Team, day: int, *people: Person) -> None:
        self.day = day
        routekaart: Routekaart = make_routekaart(team)
        with scopes_disabled():
            self.cycle = PlgCycle.objects.create(routekaart=routekaart, name="Feedback")
            for person in people:
                PlgCycleMember.objects.create(cycle=self.cycle, person=person)
            StudyDay.objects.create(routekaart=routekaart, **STUDY_DAY | {"date": self.on(9)})
            PlgMeeting.objects.create(cycle=self.cycle, date=self.on(10))
            self.visit: LessonVisit = LessonVisit.objects.create(
                cycle=self.cycle,
                visitor=people[0],
                host=people[1],
                date=self.on(11),
                starts_at=time(9),
            )

    def on(self, month: int) -> date:
        return date(2026, month, self.day)

    def takes(self, *, own: bool) -> set[Taken]:
        return {
            Taken(self.on(9), TakenBy.STUDY_DAY, own=own),
            Taken(self.on(10), TakenBy.MEETING, None, 90, own=own),
            Taken(self.on(11), TakenBy.LESSON_VISIT, time(9), 45, own=own),
        }


def test_what_is_in_the_way_is_of_this_school_whichever_the_team() -> None:
    team = make_team()
    beside, elsewhere = make_team(team.school, "Bovenbouw"), make_team()
    anna, bram = (make_colleague(team, name=name) for name in ("Anna", "Bram"))
    for other in (beside, elsewhere):
        join(anna, other)
    here, next_door, _ = (
        Place(team, 1, anna, bram),
        Place(beside, 2, anna, make_colleague(beside, name="Cor")),
        Place(elsewhere, 3, anna, make_person("Dot")),
    )
    with school_scope([team.school_id, elsewhere.school_id]):
        found = colleagues_of(here.cycle)
    taken: dict[str, Any] = {one.member.name: set(one.taken) for one in found.values()}
    assert taken == {
        "Anna": here.takes(own=True) | next_door.takes(own=False),
        "Bram": here.takes(own=True),
    }


def test_what_a_pair_noted_is_for_the_two_of_them_alone() -> None:
    team = make_team()
    anna, bram, cor = (make_colleague(team, name=name) for name in ("Anna", "Bram", "Cor"))
    visit = Place(team, 1, anna, bram).visit
    with scopes_disabled():
        note = LessonVisitNote.objects.create(visit=visit, author=bram, text="Mooi.")
    for person in (anna, bram):
        by = access_for(person)
        assert list(notes_of(by=by, visit_id=visit.pk)) == [note]
        assert visit_in_hand(by=by, visit_id=visit.pk).notes == [note]
    with pytest.raises(NotFound):
        notes_of(by=access_for(cor), visit_id=visit.pk)
    assert visit_in_hand(by=access_for(cor), visit_id=visit.pk).notes is None

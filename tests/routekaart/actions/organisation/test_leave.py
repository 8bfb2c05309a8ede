"""One period of leave more or less."""

from datetime import date

import pytest
from django_scopes import scopes_disabled

from routekaart.access import NotFound, Role
from routekaart.actions.organisation.leave import MOST_PERIODS, add_leave, remove_leave
from routekaart.actions.organisation.people import Away
from routekaart.domain.errors import BadInput, Conflict
from routekaart.models import Employment, Leave
from tests.makers import access_for, employ, make_colleague, make_person, make_team
from tests.stages import Interrupted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
FIRST = Away(date(2026, 9, 7), date(2026, 9, 11))
SECOND = Away(date(2026, 10, 1), date(2026, 10, 1))


def periods(employment: Employment) -> list[Away]:
    with scopes_disabled():
        rows = Leave.objects.filter(employment=employment)
        return [Away(row.first_day, row.last_day) for row in rows]


def test_periods_come_and_go_one_by_one() -> None:
    team = make_team()
    by = access_for(make_colleague(team, Role.SCHOOL_ADMIN))
    employment = employ(make_person(), team.school)
    for away in (SECOND, FIRST, FIRST):
        add_leave(by=by, employment_id=employment.pk, away=away)
    assert periods(employment) == [FIRST, SECOND]
    for _ in range(2):
        remove_leave(by=by, employment_id=employment.pk, away=FIRST)
    assert periods(employment) == [SECOND]


def test_what_is_refused() -> None:
    team = make_team()
    by = access_for(make_colleague(team, Role.SCHOOL_ADMIN))
    employment = employ(make_person(), team.school)
    with pytest.raises(BadInput) as refused:
        add_leave(by=by, employment_id=employment.pk, away=Away(SECOND.last_day, FIRST.last_day))
    assert (refused.value.field, refused.value.code) == ("last_day", "wrong_order")
    with scopes_disabled():
        Leave.objects.bulk_create(
            Leave(employment=employment, first_day=day, last_day=day)
            for day in (date.fromordinal(FIRST.last_day.toordinal() + n) for n in range(1, 51))
        )
    assert len(periods(employment)) == MOST_PERIODS
    with pytest.raises(Conflict) as full:
        add_leave(by=by, employment_id=employment.pk, away=FIRST)
    assert full.value.code == "too_many_periods"


def test_who_may_not() -> None:
    team = make_team()
    employment = employ(make_person(), team.school)
    # Who does not manage people does not see an employment at all.
    for person in (
        make_colleague(team, Role.DIRECTOR),
        make_colleague(make_team(), Role.SCHOOL_ADMIN),
    ):
        for change in (add_leave, remove_leave):
            with pytest.raises(NotFound):
                change(by=access_for(person), employment_id=employment.pk, away=FIRST)
    assert periods(employment) == []


def test_a_period_that_somebody_else_adds_meanwhile_is_kept() -> None:
    team = make_team()
    admin = access_for(make_colleague(team, Role.SCHOOL_ADMIN))
    employment = employ(make_person(), team.school)
    by = Interrupted.by(
        admin, lambda: add_leave(by=admin, employment_id=employment.pk, away=SECOND)
    )
    add_leave(by=by, employment_id=employment.pk, away=FIRST)
    assert periods(employment) == [FIRST, SECOND]

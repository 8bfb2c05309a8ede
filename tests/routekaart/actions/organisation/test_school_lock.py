"""Several change the people of one school at the same moment: nobody waits in a circle.

On SQLite writers queue up anyway; on PostgreSQL a wrong order of locks shows as a deadlock.
"""

from collections.abc import Callable
from decimal import Decimal
from functools import partial

import pytest
from django_scopes import scopes_disabled

from routekaart.access import NotFound, Role
from routekaart.actions.organisation.handing_over import hand_over_role
from routekaart.actions.organisation.people import (
    add_employment,
    add_membership,
    change_employment,
    end_employment,
)
from routekaart.actions.organisation.people_import import import_people
from routekaart.actions.routekaarten.study_days import change_study_day
from routekaart.domain.errors import DomainError
from routekaart.models import AuditEntry, Employment, TeamMembership
from tests.at_once import at_once
from tests.makers import access_for, employ, join, make_colleague, make_person
from tests.stages import TODAY, Stage

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("catalogue"),
]
ROUNDS = 4


def said(action: Callable[[], object]) -> str:
    """What came of it: "done", or the refusal of a domain rule. A deadlock comes out as it is."""
    try:
        action()
    except NotFound:
        return "gone"
    except DomainError as refused:
        return refused.code
    except Exception as broken:  # noqa: BLE001 - told to the thread that asks
        return repr(broken)
    return "done"


def test_a_list_is_read_in_while_people_leave_come_and_change() -> None:
    stage = Stage().planned()
    admin = make_colleague(stage.team, Role.SCHOOL_ADMIN)
    by = access_for(admin)
    for number in range(ROUNDS):
        leaver, other, coming = (make_person(f"{name} {number}") for name in "ABC")
        for person in (leaver, other):
            employ(person, stage.school)
            join(person, stage.team)
        employ(coming, stage.school)
        with scopes_disabled():
            places = {
                row.person_id: row.pk for row in Employment.objects.filter(school=stage.school)
            }
        rows = [
            f"{person.email};{person.name};onderwijsassistent;{stage.team.name}"
            for person in (other, coming)
        ]
        table = "\n".join(["e-mail;naam;functie;team", *rows]).encode()
        answers = at_once(
            partial(said, partial(end_employment, by=by, employment_id=places[leaver.pk])),
            partial(
                said,
                partial(
                    import_people,
                    by=by,
                    school_id=stage.school.pk,
                    data=table,
                    today=TODAY,
                    dry_run=False,
                ),
            ),
            partial(
                said,
                partial(
                    change_employment,
                    by=by,
                    employment_id=places[other.pk],
                    changes={"functions": ["intern-begeleider"]},
                    roles=[Role.MEMBER],
                ),
            ),
            partial(
                said,
                partial(
                    add_employment,
                    by=by,
                    school_id=stage.school.pk,
                    email=f"nieuw{number}@voorbeeld.test",
                    name="Nieuw",
                    roles=[Role.MEMBER],
                    functions=[],
                    fte=Decimal(1),
                    working_days=[1, 2],
                    weekly_study_minutes=None,
                ),
            ),
            # Somebody else at work in the routekaart, whose log line refers to the school.
            partial(
                said,
                partial(
                    change_study_day,
                    by=stage.as_lead,
                    study_day_id=stage.study_day.pk,
                    values={"title": f"Dag {number}"},
                ),
            ),
        )
        assert answers == ["done"] * 5
    with scopes_disabled():
        assert AuditEntry.objects.filter(action="end_employment").count() == ROUNDS
        assert AuditEntry.objects.filter(action="import_people").count() == ROUNDS


def test_who_leaves_is_not_put_in_a_team_meanwhile() -> None:
    stage = Stage()
    admin = make_colleague(stage.team, Role.SCHOOL_ADMIN)
    by = access_for(admin)
    for _ in range(ROUNDS):
        person = make_person()
        place = employ(person, stage.school)
        left, joined = at_once(
            partial(said, partial(end_employment, by=by, employment_id=place.pk)),
            partial(
                said,
                partial(
                    add_membership,
                    by=by,
                    team_id=stage.team.pk,
                    person_id=person.pk,
                    joined_on=TODAY,
                ),
            ),
        )
        assert (left, joined) in {("done", "done"), ("done", "not_at_this_school")}
        with scopes_disabled():
            assert not TeamMembership.objects.filter(person=person).exists()


def test_two_admins_who_hand_over_to_each_other_leave_one() -> None:
    for _ in range(ROUNDS):
        stage = Stage()
        one, two = (make_colleague(stage.team, Role.SCHOOL_ADMIN) for _ in range(2))
        answers = at_once(
            *(
                partial(
                    said,
                    partial(
                        hand_over_role,
                        by=access_for(giver),
                        school_id=stage.school.pk,
                        role=Role.SCHOOL_ADMIN,
                        holder_id=giver.pk,
                        taker_id=taker.pk,
                    ),
                )
                for giver, taker in ((one, two), (two, one))
            )
        )
        # The second gives it back, with all that there is.
        assert answers == ["done", "done"]
        left = [person for person in (one, two) if access_for(person).schools]
        assert len(left) == 1

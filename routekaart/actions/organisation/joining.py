"""Staff of a school that comes in by signing in with an account of the federation.

Nobody added them, so there is no `by=`: the school did when it chose so, and the federation says
that they work there. Only signing in with such an account calls this.
"""

from collections.abc import Iterable

from django.contrib.auth.hashers import make_password
from django.db import transaction

from routekaart.access import Role, access_of, school_scope
from routekaart.actions.audit import record
from routekaart.actions.organisation.accounts import held_accounts
from routekaart.actions.organisation.roles import set_roles
from routekaart.actions.organisation.school_lock import lock_school
from routekaart.models import Employment, Person
from routekaart.queries.organisation.places import school_that_takes_staff_of


@transaction.atomic
def join(*, email: str, name: str, institutions: Iterable[str]) -> Person | None:
    """Makes somebody who is not known a member of the one school here of these institutions.

    None when that school does not take its staff in like this, when there are several, and for an
    address that is known: who left is not let in again. Function and hours are for the school to
    fill in. `email` is one that the federation stands for.
    """
    school_id = school_that_takes_staff_of(institutions)
    if school_id is None:
        return None
    with school_scope([school_id]):
        # Chosen otherwise since, or joined by another request of the same person.
        if not lock_school(school_id).staff_joins:
            return None
        person, is_new = held_accounts().get_or_create(
            email=email, defaults={"name": name or email, "password": make_password(None)}
        )
        if not is_new:
            return None
        employment = Employment.objects.create(person=person, school_id=school_id)
        set_roles(school_id, person, [Role.MEMBER])
        record(by=access_of(person), school=school_id, action="join", subject=employment)
    return person

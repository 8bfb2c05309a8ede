"""Roles of which the last day is over, taken away by the clock with what they let in."""

from contextlib import ExitStack
from datetime import date

from django.db import transaction
from django_scopes import scopes_disabled

from routekaart.access import school_scope
from routekaart.actions.audit import record_without_person
from routekaart.actions.organisation.leaving import after_losing_roles
from routekaart.actions.organisation.school_lock import lock_school
from routekaart.models import RoleGrant, School


def clear_roles_that_are_over(*, day: date) -> int:
    """Takes away the roles whose last day lies before `day`; gives how many.

    They gave nothing any more, but whoever had them has left: what let them in ends, and the time
    that their data are kept begins. Each in an own transaction, so that a crash loses nothing.
    """
    over = RoleGrant.objects.over(day).order_by("board_id", "school_id", "pk")
    return sum(_clear(grant, day) for grant in list(over.values_list("pk", flat=True)))


@transaction.atomic
def _clear(grant_id: int, day: date) -> bool:
    seen = RoleGrant.objects.filter(pk=grant_id).first()
    if seen is None:
        return False
    with scopes_disabled():
        here = School.objects.filter(role_grants=seen) | School.objects.filter(
            board__role_grants=seen
        )
        # In one order, as everybody locks schools.
        schools = list(here.order_by("pk").values_list("pk", flat=True))
    with ExitStack() as stack:
        if schools:
            stack.enter_context(school_scope(schools))
        for school in schools:
            lock_school(school)
        # It may have been given once more meanwhile.
        grant = RoleGrant.objects.over(day).select_related("person").filter(pk=grant_id).first()
        if grant is None:
            return False
        grant.delete()
        for school in schools:
            record_without_person(school=school, action="role_over", subject=grant.person)
            after_losing_roles(grant.person, school)
    return True

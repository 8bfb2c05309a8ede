"""The schools where somebody has a place, asked at sign-in, when nothing is entered yet."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Left
from django_scopes import scopes_disabled

from routekaart.access import access_of
from routekaart.clock import today
from routekaart.models import Employment, Person, RoleGrant, School, TeamMembership
from routekaart.models.sign_in import who_came


def must_have_second_factor(*, person: Person) -> bool:
    """Whether a school where this person works or has a role, also through its board, asks it.

    Not one that added this person who did not sign in since: anybody can be added by address.
    """
    schools = _places(person)
    roles = RoleGrant.objects.in_force(today()).filter(person=person)
    with scopes_disabled():
        works = Employment.objects.filter(person=person)
        never_came = works.exclude(who_came()).values_list("school_id", flat=True)
        here = Q(pk__in=schools.difference(never_came))
        here |= Q(board__in=roles.values("board"))
        return School.objects.filter(here, second_factor_required=True).exists()


def brins_of(*, person: Person) -> frozenset[str]:
    """BRIN and location of the schools where this person works or has a role."""
    schools = _places(person)
    with scopes_disabled():
        return frozenset(School.objects.filter(pk__in=schools).values_list("brin", flat=True))


def school_that_takes_staff_of(institutions: Iterable[str]) -> UUID | None:
    """The school of one of these institutions (BRIN without location), when it takes its staff in.

    None when there are several here: which of them somebody works at is for a school to say.
    """
    with scopes_disabled():
        schools = School.objects.annotate(institution=Left("brin", 4)).filter(
            institution__in=tuple(institutions)
        )
        found = list(schools.values_list("pk", "staff_joins")[:2])
    return found[0][0] if len(found) == 1 and found[0][1] else None


def has_a_place(*, person: Person) -> bool:
    """Whether any school or board still has this person."""
    with scopes_disabled():
        works = Employment.objects.filter(person=person).exists()
    return works or person.role_grants.exists()


def has_a_place_outside(*, person: Person, schools: Collection[UUID]) -> bool:
    """Whether this person works, is in a team or has a role at another school than these.

    A role that is still to come counts, and so does one for a board with another school, or none.
    """
    with scopes_disabled():
        works = Employment.objects.filter(person=person).exclude(school__in=schools)
        teams = TeamMembership.objects.filter(person=person).exclude(team__school__in=schools)
        roles = person.role_grants.filter(Q(ends_on=None) | Q(ends_on__gte=today()))
        others = School.objects.exclude(pk__in=schools).values("board")
        at_schools = roles.filter(school__isnull=False).exclude(school__in=schools)
        of_boards = roles.filter(Q(board__in=others) | Q(school=None, board__schools=None))
        return any(rows.exists() for rows in (works, teams, at_schools, of_boards))


def schools_with_place(*, person: Person) -> frozenset[UUID]:
    """The schools where this person works or has a role, also through a board."""
    return frozenset(_places(person))


def _places(person: Person) -> set[UUID]:
    # Only ids leave here.
    with scopes_disabled():
        works = Employment.objects.filter(person=person).values_list("school_id", flat=True)
        return set(access_of(person).schools) | set(works)

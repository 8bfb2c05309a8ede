"""When somebody left a school: from there runs the time that the data are kept."""

from uuid import UUID

from routekaart.clock import now
from routekaart.models import Departure, TeamMembership
from routekaart.queries.organisation.people import belongs_to_school


def note_departure(*, person_id: UUID, school_id: UUID) -> None:
    """Writes down that somebody left, when nothing ties the person to the school any more.

    Call inside the scope of the school, after the last tie was taken away.
    """
    if belongs_to_school(person_id=person_id, school_id=school_id):
        return
    if TeamMembership.objects.filter(person=person_id, team__school=school_id).exists():
        return
    Departure.objects.update_or_create(
        person_id=person_id, school_id=school_id, defaults={"left_at": now()}
    )


def forget_departure(*, person_id: UUID, school_id: UUID) -> None:
    """Somebody came back. Call inside the scope of the school, or with the net lifted."""
    Departure.objects.filter(person=person_id, school=school_id).delete()

"""When somebody left a school: from there runs the time that the data are kept."""

from uuid import UUID

from routekaart.clock import now
from routekaart.models import Departure, TeamMembership
from routekaart.queries.organisation.people import belongs_to_school


def note_departure(*, person_id: UUID, school_id: UUID, never_came_as: str = "") -> None:
    """Writes down that somebody left, when nothing ties the person to the school any more.

    `never_came_as`: what the school called somebody who never came. Who came before that left
    then. Call inside the scope of the school, after the last tie was taken away.
    """
    if belongs_to_school(person_id=person_id, school_id=school_id):
        return
    if TeamMembership.objects.filter(person=person_id, team__school=school_id).exists():
        return
    earlier = Departure.objects.filter(person=person_id, school=school_id, given_name="")
    if never_came_as and earlier.exists():
        return
    Departure.objects.update_or_create(
        person_id=person_id,
        school_id=school_id,
        defaults={"left_at": now(), "given_name": never_came_as},
    )


def forget_departure(*, person_id: UUID, school_id: UUID, only_never_came: bool = False) -> None:
    """Somebody came back. Call inside the scope of the school, or with the net lifted.

    With `only_never_came` it stays when they had come before they left.
    """
    found = Departure.objects.filter(person=person_id, school=school_id)
    (found.exclude(given_name="") if only_never_came else found).delete()

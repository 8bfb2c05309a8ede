"""The file with all that is known of somebody, for who asks with a key."""

from django.db.models import Q

from routekaart.access import Access
from routekaart.models.jobs import DocumentKind


def no_wider_than(by: Access) -> Q:
    """Keeps out, for a key that does not reach all schools of the person, what tells of them."""
    return ~Q(kind=DocumentKind.PERSON_DATA) if by.narrowed else Q()

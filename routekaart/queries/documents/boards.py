"""What is about all schools of a board, for who reads each of them."""

from django.db.models import Exists, OuterRef, Q

from routekaart.access import Access, Permission
from routekaart.models import School


def whole_board(by: Access) -> Q:
    """Keeps documents and jobs that are about no board, or about one that `by` reads wholly.

    A school that joins the board later takes its earlier documents out of sight for who does not
    read that school too.
    """
    read = [
        school
        for school in by.schools
        if by.allows_everywhere(Permission.VIEW_DOCUMENT, school=school)
    ]
    # Outside the net on purpose: the question is whether there is a school out of reach. Of no
    # board there are no schools.
    others = School._base_manager.filter(board=OuterRef("board")).exclude(pk__in=read)
    return ~Q(Exists(others))

"""Which rows to lock so that nobody changes an object between looking at it and writing to it.

The same rows, in the same order, as the actions on that kind of object lock first (the order stands
in `organisation/school_lock.py`): who holds them waits for no one who waits for the holder.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from routekaart.access import Access
from routekaart.models import (
    Agreement,
    Assignment,
    Completion,
    Employment,
    Goal,
    Indicator,
    LessonVisit,
    Measurement,
    PlgCycle,
    PlgMeeting,
    PreparationNote,
    Routekaart,
    School,
    SchoolCourse,
    StudyDay,
    Team,
    Topic,
    WordTemplate,
    WorkGroup,
)

_ITSELF = "pk"
# Of each kind: the rows to lock, each by its model and how the object leads to it.
HELD: Mapping[type[Model], tuple[tuple[type[Model], str], ...]] = {
    School: ((School, _ITSELF),),
    Team: ((Team, _ITSELF),),
    # Roles are part of it, and those are given under the lock of the school.
    Employment: ((School, "school"), (Employment, _ITSELF)),
    SchoolCourse: ((SchoolCourse, _ITSELF),),
    WordTemplate: ((School, "school"),),
    Routekaart: ((Routekaart, _ITSELF),),
    Goal: ((Routekaart, "routekaart"),),
    WorkGroup: ((Routekaart, "routekaart"),),
    Agreement: ((Routekaart, "routekaart"),),
    Assignment: ((Routekaart, "routekaart"),),
    # Whatever asks something of this person: progress locks those of the course among them.
    Completion: ((Routekaart, "person__assignments__routekaart"), (Completion, _ITSELF)),
    Indicator: ((Routekaart, "goal__routekaart"),),
    Measurement: ((Routekaart, "indicator__goal__routekaart"),),
    StudyDay: ((Routekaart, "routekaart"), (StudyDay, _ITSELF)),
    PreparationNote: ((StudyDay, "study_day"),),
    Topic: ((StudyDay, "study_day"),),
    PlgCycle: ((PlgCycle, _ITSELF),),
    PlgMeeting: ((PlgCycle, "cycle"),),
    LessonVisit: ((PlgCycle, "cycle"),),
}


def hold(model: type[Model], pk: Any, *, by: Access) -> None:
    """Locks what belongs to the object until the transaction ends; nothing when it is not there.

    Decides about no right: call it before the object is fetched, inside a transaction.
    """
    with by.entered():
        for locked, way in HELD[model]:
            there = model._default_manager.filter(pk=pk).values(way)
            rows = locked._default_manager.select_for_update(of=("self",), no_key=True)
            list(rows.filter(pk__in=there).order_by("pk").values_list("pk"))

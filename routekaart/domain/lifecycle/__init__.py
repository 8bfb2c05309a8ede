"""The life of everything that has a state, as data. Who may make a step stands in `access.py`."""

from routekaart.domain.lifecycle.machine import Machine, Step
from routekaart.domain.lifecycle.machines import (
    AGREEMENT,
    ASSIGNMENT,
    LESSON_VISIT,
    MACHINES,
    MAIL,
    MICRO_STEP,
    PLG_CYCLE,
    PLG_MEETING,
    ROUTEKAART,
    STUDY_DAY,
    TOPIC,
)

__all__ = [
    "AGREEMENT",
    "ASSIGNMENT",
    "LESSON_VISIT",
    "MACHINES",
    "MAIL",
    "MICRO_STEP",
    "PLG_CYCLE",
    "PLG_MEETING",
    "ROUTEKAART",
    "STUDY_DAY",
    "TOPIC",
    "Machine",
    "Step",
]

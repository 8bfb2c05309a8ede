"""That this worker was asked to stop, for all processes of it.

A worker that is asked to stop takes on nothing new and finishes what it does. What is not finished
after `PATIENCE` is handed back (`leases.py`), so that another worker begins at once; the supervisor
ends this one a little later.
"""

import time
from multiprocessing.sharedctypes import RawValue

# Seconds. With the grace of the supervisor, 30, there is time left to hand back.
PATIENCE = 20.0

# Made before the worker forks, so that its children see what the parent writes. 0: not asked.
_asked_at = RawValue("d", 0.0)


def begin() -> None:
    """Called once in the parent, when the signal came."""
    _asked_at.value = time.monotonic()


def is_time_up() -> bool:
    """Whether what still runs must be handed back."""
    asked_at: float = _asked_at.value
    return asked_at > 0 and time.monotonic() > asked_at + PATIENCE

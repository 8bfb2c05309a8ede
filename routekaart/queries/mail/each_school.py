"""Reading what waits at the schools one by one: a school that cannot be read keeps no other."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

logger = logging.getLogger(__name__)


class NotAllRead(Exception):
    """Of some schools what waits could not be read; for the others everything was done."""

    def __init__(self, number: int) -> None:
        super().__init__(f"{number} schools could not be read")
        self.number = number


class EachSchool:
    """Which schools could not be read. What is in `ended_by` ends the reading of all at once.

    Such as the end of the time that there is for this, or a database that is away.
    """

    def __init__(self, ended_by: tuple[type[Exception], ...] = ()) -> None:
        self._ended_by = ended_by
        self._failed: set[UUID] = set()

    @contextmanager
    def reading(self, school: UUID) -> Iterator[None]:
        """Around what is read of one school: an error is logged, and ends this school alone."""
        try:
            yield
        except self._ended_by:
            raise
        except Exception:
            # Whatever it is: one plan that cannot be read must not cost everybody their mail.
            logger.exception(
                "What waits at a school could not be read.",
                extra={"fields": {"school": str(school)}},
            )
            self._failed.add(school)

    def check(self) -> None:
        """Raises `NotAllRead` when some school could not be read."""
        if self._failed:
            raise NotAllRead(len(self._failed))

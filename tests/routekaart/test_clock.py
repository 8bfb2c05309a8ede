"""The clock that people's actions go by."""

import threading
from datetime import UTC, date, datetime

from django.utils import timezone

from routekaart import clock

NEW_YEAR = datetime(2027, 12, 31, 23, 30, tzinfo=UTC)


def test_it_tells_the_time() -> None:
    before = timezone.now()
    assert before <= clock.now() <= timezone.now()


def test_it_can_stand_still_and_goes_on_after() -> None:
    with clock.standing_at(NEW_YEAR):
        assert clock.now() == NEW_YEAR
        # In the Netherlands the year has ended already.
        assert clock.today() == date(2028, 1, 1)
    assert clock.now() < NEW_YEAR


def test_elsewhere_it_goes_on() -> None:
    seen: list[datetime] = []
    with clock.standing_at(NEW_YEAR):
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert [moment < NEW_YEAR for moment in seen] == [True]

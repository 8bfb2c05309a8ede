"""Whose progress may be shown to whom: with names, as counts, or not at all."""

from datetime import date

# Of fewer people a count says too much about each of them (feature 63).
MINIMUM_GROUP = 5


def hides(people: int) -> bool:
    """Whether counts about a group of so many people stay hidden."""
    return people < MINIMUM_GROUP


def names_shown(since: date | None, today: date) -> bool:
    """Whether the PMR agreed, by `today`, that progress is shown by name."""
    return since is not None and since <= today

"""What a change of the desk does to the time that it asks of people."""

from collections.abc import Mapping
from dataclasses import dataclass

from courses.advice import Advice
from routekaart.domain.content.wording import duration


@dataclass(frozen=True, slots=True)
class FunctionTime:
    """Of somebody in one function: minutes of the whole advice, and of what is needed at least.

    `was_all` and `was_needed` are those before a change, None when nothing changed.
    """

    function: str
    all: int
    needed: int
    was_all: int | None = None
    was_needed: int | None = None

    @property
    def change(self) -> str:
        """nodig was 5 uur; empty when nothing changed."""
        parts = []
        if self.was_needed is not None:
            parts.append(f"nodig was {duration(self.was_needed)}")
        if self.was_all is not None:
            parts.append(f"alles was {duration(self.was_all)}")
        return ", ".join(parts)


def times_of(
    advice: Advice, plurals: Mapping[str, str], before: Advice | None = None
) -> tuple[FunctionTime, ...]:
    """Per function of the team, beside what it was `before`."""
    old = {one.function: one for one in before.saving.per_function} if before else {}
    found: list[FunctionTime] = []
    for one in advice.saving.per_function:
        was = old.get(one.function, one)
        found.append(
            FunctionTime(
                plurals.get(one.function, one.function),
                one.all_minutes,
                one.set_minutes,
                None if was.all_minutes == one.all_minutes else was.all_minutes,
                None if was.set_minutes == one.set_minutes else was.set_minutes,
            )
        )
    return tuple(found)


def effect_in_words(times: tuple[FunctionTime, ...]) -> str:
    """One sentence for who saved a change."""
    changed = [one for one in times if one.change]
    if not changed:
        return "De tijd per persoon blijft gelijk."
    return " ".join(
        f"{one.function}: nodig {duration(one.needed)}, alles {duration(one.all)} ({one.change})."
        for one in changed
    )

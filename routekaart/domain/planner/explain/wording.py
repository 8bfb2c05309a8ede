"""The Dutch of an explanation: people as numbers with their function, goals by their titles."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from courses.dutch import dutch_date, listed
from routekaart.domain.content.wording import counted, duration, sentence, weekday_date
from routekaart.domain.planner.changes import Words
from routekaart.domain.planner.explain.kinds import GoalMove, ShortPeople, Stop
from routekaart.domain.planner.taken import team_has

# More titles than this make a sentence hard to read.
_MOST = 3
_FRIDAY = timedelta(days=4)


def quoted(titles: Sequence[str]) -> str:
    """‘A’, ‘B’ en 2 andere doelen"""
    shown = [f"‘{title}’" for title in titles[:_MOST]]
    rest = len(titles) - len(shown)
    return listed([*shown, counted(rest, "ander doel", "andere doelen")] if rest else shown)


def who(people: ShortPeople, words: Words) -> str:
    """2 van de onderwijsassistenten"""
    if not people.function:
        return counted(people.people, "persoon zonder functie", "mensen zonder functie")
    if people.function in words.plurals:
        return f"{people.people} van {words.those_with(people.function)}"
    one, many = (f"{word} met de functie ‘{people.function}’" for word in ("persoon", "mensen"))
    return counted(people.people, one, many)


def short_of_time(people: ShortPeople, words: Words) -> str:
    """2 van de onderwijsassistenten komen tot 45 minuten studietijd tekort tussen … en …"""
    one = people.people == 1
    if people.first_week is None or people.last_week is None:
        return f"{who(people, words)} {'kan' if one else 'kunnen'} in die weken niet studeren"
    return (
        f"{who(people, words)} {'komt' if one else 'komen tot'} {duration(people.minutes)} "
        f"studietijd tekort tussen {dutch_date(people.first_week)} en "
        f"{dutch_date(people.last_week + _FRIDAY)}"
    )


def day_text(
    stop: Stop,
    titles: Sequence[str],
    people: Sequence[ShortPeople],
    words: Words,
    teams: Sequence[str] = (),
) -> str:
    """Why a goal is not on a day, without the day; `teams` have its room or trainer."""
    short = listed([short_of_time(item, words) for item in people])
    if stop is Stop.ORDER:
        return f"dit doel komt na {quoted(titles)}"
    if stop is Stop.NO_ROOM:
        return f"de dag is vol met {quoted(titles)}" if titles else "op deze dag is geen plek"
    if stop is Stop.TAKEN:
        return (
            f"dan {team_has(teams)} dezelfde ruimte of trainer; kies een andere tijd, ruimte of "
            "trainer"
        )
    if stop is Stop.NO_CANDIDATE:
        return "er mogen niet meer kandidaatdata worden gebruikt"
    if stop is Stop.NO_TIME:
        return f"ook zonder andere doelen lukt de voorbereiding niet: {short}"
    if stop is Stop.TIME_TAKEN:
        return f"de studietijd is al nodig voor {quoted(titles)}: {short}"
    return "dat kan ook, maar dan verandert er meer of staat een ander doel later"


_COUNTED: Mapping[Stop, tuple[str, str]] = {
    Stop.ORDER: (
        "1 studiedag valt niet na het doel dat eerst komt",
        "{} studiedagen vallen niet na het doel dat eerst komt",
    ),
    Stop.NO_TIME: (
        "vóór 1 studiedag is er ook zonder andere doelen te weinig studietijd",
        "vóór {} studiedagen is er ook zonder andere doelen te weinig studietijd",
    ),
    Stop.NO_ROOM: ("1 studiedag is vol", "{} studiedagen zijn vol"),
    Stop.TAKEN: (
        "op 1 studiedag heeft een ander team de ruimte of trainer",
        "op {} studiedagen heeft een ander team de ruimte of trainer",
    ),
    Stop.NO_CANDIDATE: (
        "1 kandidaatdatum mag niet meer worden gebruikt",
        "{} kandidaatdata mogen niet meer worden gebruikt",
    ),
    Stop.TIME_TAKEN: (
        "vóór 1 studiedag is de studietijd nodig voor andere doelen",
        "vóór {} studiedagen is de studietijd nodig voor andere doelen",
    ),
    Stop.STAYS_PUT: ("1 studiedag past ook", "{} studiedagen passen ook"),
}


def stops_in_short(stops: Sequence[Stop]) -> str:
    """2 studiedagen zijn vol en vóór 1 studiedag is er te weinig studietijd."""
    parts = []
    for stop in Stop:
        number = stops.count(stop)
        if number:
            one, many = _COUNTED[stop]
            parts.append(one if number == 1 else many.format(number))
    return sentence(listed(parts))


def moved(goal_id: str, moves: Sequence[GoalMove]) -> tuple[str, ...]:
    """What a help does in sentences, the goal that it is for first."""
    ordered = sorted(moves, key=lambda move: move.goal_id != goal_id)
    return tuple(sentence(_move(move)) for move in ordered)


def _move(move: GoalMove) -> str:
    if move.new is None:
        return f"‘{move.title}’ heeft dan geen studiedag meer"
    if move.old is None:
        return f"‘{move.title}’ staat dan op {weekday_date(move.new)}"
    if move.old == move.new:
        return f"‘{move.title}’ staat dan op een andere studiedag van {weekday_date(move.new)}"
    return (
        f"‘{move.title}’ verschuift dan van {weekday_date(move.old)} naar {weekday_date(move.new)}"
    )


def search_note(*, complete: bool, stopped: bool) -> str:
    """How far was searched, in Dutch; empty when everything was."""
    if complete:
        return ""
    why = "het zoeken duurde te lang" if stopped else "daarvoor zijn er te veel mogelijkheden"
    return f"Niet elke wijziging is doorgerekend: {why}. Misschien helpt er meer."

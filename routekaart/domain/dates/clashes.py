"""What other teams of the school have on a date: people, rooms and trainers can be there once."""

from collections.abc import Iterator

from routekaart.domain.content.wording import counted
from routekaart.domain.dates.reasons import Light, Reason, ReasonCode, reason
from routekaart.domain.dates.rules import DateRule, RuleSlug
from routekaart.domain.dates.situation import OtherTeam, Situation, TeamDay


def clash_reasons(situation: Situation, day: TeamDay) -> Iterator[Reason]:
    """What to know about each other team with a study day on this date."""
    rule = situation.rule(RuleSlug.ONE_PLACE, day.date)
    if rule is None:
        return
    away = {
        member.id
        for member in situation.members
        if any(leave.first <= day.date <= leave.last for leave in member.leave)
    }
    for team in situation.others:
        same_date = [other for other in team.days if other.fixed and other.date == day.date]
        if same_date:
            yield from _with_team(rule, team, day, same_date, len(team.shared - away))


def _with_team(
    rule: DateRule, team: OtherTeam, day: TeamDay, theirs: list[TeamDay], shared: int
) -> Iterator[Reason]:
    at_once = [other for other in theirs if day.overlaps(other)]
    resources = any(set(day.resources) & set(other.resources) for other in at_once)
    opening = f"Het team ‘{team.name}’ heeft dan ook een studiedag"
    people = counted(shared, "collega zit", "collega’s zitten")
    if resources:
        text = (
            f"{opening}, met dezelfde ruimte of trainer op dezelfde tijd. Kies een andere tijd, "
            "ruimte of trainer."
        )
        yield reason(ReasonCode.SHARED_RESOURCES, Light.RED, text, rule, day.date)
    if shared and at_once:
        text = (
            f"{opening} en {people} in beide teams. Houd de dag samen, of kies een andere tijd of "
            "datum."
        )
        yield reason(ReasonCode.SHARED_PEOPLE, Light.RED, text, rule, day.date)
    elif shared:
        text = (
            f"{opening}, op een andere tijd, en {people} in beide teams. Die hebben dan twee "
            "bijeenkomsten op één dag."
        )
        yield reason(ReasonCode.SHARED_PEOPLE_SAME_DAY, Light.AMBER, text, rule, day.date)
    if not shared and not resources:
        yield reason(ReasonCode.SAME_DAY, Light.GREEN, f"{opening}.", rule, day.date)

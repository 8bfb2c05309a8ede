"""Who came into the team after its plan was approved: what had its day by then goes on."""

from collections.abc import Iterable, Iterator

from routekaart.domain.content.wording import counted
from routekaart.domain.planner.demand import Demand
from routekaart.domain.planner.plan import Note, NotPlaced, Plan


class Newcomers:
    """The people who are not in a published plan, and the goals that do not wait for them."""

    def __init__(self, published: Plan) -> None:
        self._there = frozenset(item.member_id for item in published.hours)
        self._settled = frozenset(item.goal_id for item in published.placements)

    def is_late_for(self, member_id: str, goal_id: str) -> bool:
        """Whether a goal had its day before this person was in the team."""
        return goal_id in self._settled and member_id not in self._there


def newcomer_notes(
    published: Plan | None, demand: Demand, short: Iterable[NotPlaced]
) -> Iterator[Note]:
    """How many newcomers are not ready for what did not wait for them; never who.

    `short` is what people cannot prepare in time.
    """
    if published is None:
        return
    newcomers = Newcomers(published)
    late: set[str] = set()
    for item in short:
        member, goal, course = item.member_id or "", item.goal_id or "", item.course or ""
        row = demand.rows.get((member, goal, course))
        if row is not None and row.mandatory and newcomers.is_late_for(member, goal):
            late.add(member)
    if late:
        who = counted(len(late), "nieuwe collega is", "nieuwe collega’s zijn")
        yield Note(
            "newcomers_not_waited_for",
            "Doelen die in het vastgestelde plan een dag hadden, wachten niet op wie later in "
            f"het team kwam. {who} niet voor elk van die doelen op tijd klaar: gebruik het "
            "pakket voor wie later komt.",
        )

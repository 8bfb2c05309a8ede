"""What a team has chosen and answered, as the pages about choosing show it."""

from dataclasses import dataclass
from uuid import UUID

from courses.catalogue import current_catalogue
from courses.entities import Catalogue
from routekaart.access import Access, Permission
from routekaart.clock import today
from routekaart.domain.rules import Answer, Choice, RoutekaartView
from routekaart.models import Routekaart
from routekaart.queries.routekaarten.routekaarten import routekaart_detail


@dataclass(frozen=True, slots=True)
class Choices:
    """`view` holds only what was chosen and answered: enough for the rules about the choice.

    `may_edit`: whether this person may change this routekaart in the states that allow it.
    `may_scan`: whether this person sees the self-scans of the team.
    """

    routekaart: Routekaart
    sector: str
    catalogue: Catalogue
    view: RoutekaartView
    may_edit: bool
    may_scan: bool

    def answer(self, intervention: str, point: str) -> str:
        """The answer as it stands, or nothing."""
        return next(
            (
                one.text
                for one in self.view.answers
                if (one.intervention, one.point) == (intervention, point)
            ),
            "",
        )

    def choice(self, intervention: str) -> Choice | None:
        """What was chosen of an intervention; None when it was not chosen."""
        return next((one for one in self.view.choices if one.intervention == intervention), None)


def choices_of(*, by: Access, routekaart_id: UUID) -> Choices:
    """The choices of a routekaart in a fixed number of queries."""
    school = by.fetch(
        Routekaart, routekaart_id, Permission.VIEW_ROUTEKAART, along=("team__school",)
    ).team.school
    found = routekaart_detail(by=by, routekaart_id=routekaart_id)
    return Choices(
        routekaart=found,
        sector=school.sector,
        catalogue=current_catalogue(),
        view=RoutekaartView(
            today=today(),
            choices=tuple(
                Choice(
                    intervention=row.intervention_id,
                    programme=row.programme,
                    recognition=row.recognition,
                    parameters=tuple(sorted(row.parameters.items())),
                )
                for row in found.chosen.all()
            ),
            funding=found.funding,
            answers=tuple(
                Answer(intervention=row.intervention_id, point=row.point, text=row.text)
                for row in found.answers.all()
            ),
        ),
        may_edit=by.allows(Permission.EDIT_ROUTEKAART, school=school.pk, team=found.team_id),
        may_scan=by.allows(Permission.VIEW_SCAN, school=school.pk, team=found.team_id),
    )

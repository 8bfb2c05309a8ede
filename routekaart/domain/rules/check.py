"""All rules over one routekaart, in one call. Each rule lives once, in the modules beside this."""

from courses.entities import Catalogue
from courses.findings import Finding, sorted_findings
from routekaart.domain.appointments import closed_day_findings
from routekaart.domain.dates import study_day_findings
from routekaart.domain.rules.bsn import bsn_findings
from routekaart.domain.rules.choice import choice_findings, funding_findings, link_findings
from routekaart.domain.rules.goals import goal_findings
from routekaart.domain.rules.parameters import parameter_findings
from routekaart.domain.rules.planning import planning_findings
from routekaart.domain.rules.readability import readability_findings
from routekaart.domain.rules.view import RoutekaartView


def check(catalogue: Catalogue, view: RoutekaartView) -> tuple[Finding, ...]:
    """Everything that the rules have to say, heaviest first; the same view, the same answer."""
    return sorted_findings(
        [
            *choice_findings(catalogue, view),
            *link_findings(catalogue, view),
            *funding_findings(catalogue, view),
            *goal_findings(catalogue, view),
            *parameter_findings(catalogue, view),
            *planning_findings(view),
            *bsn_findings(view),
            *readability_findings(view),
            *closed_day_findings(view.appointments, view.calendars),
            *(study_day_findings(view.dates) if view.dates else ()),
        ]
    )


def check_selection(catalogue: Catalogue, view: RoutekaartView) -> tuple[Finding, ...]:
    """Only what can be said of a bare selection: it has no goals, links or programmes yet."""
    return sorted_findings(choice_findings(catalogue, view))

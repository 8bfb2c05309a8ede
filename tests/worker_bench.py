"""A team with a plan, and jobs of the stand-in kind for it."""

from dataclasses import dataclass
from typing import Any

from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.models import Document, Job, Person, Plan, Routekaart
from tests.makers import make_colleague, make_routekaart, make_team
from tests.worker_standin import KIND
from worker import runner, sweeping

_LOOK_AT = 16


@dataclass(frozen=True)
class Bench:
    """One routekaart with one plan; makes jobs for it and reads what came of them."""

    routekaart: Routekaart
    plan: Plan
    lead: Person

    def job(self, text: str = "scholingsplan", **values: Any) -> Job:
        payload = {
            "routekaart": str(self.routekaart.pk),
            "plan": str(self.plan.pk),
            "text": text,
        }
        fields = {
            "kind": KIND,
            "requested_by": self.lead,
            "routekaart": self.routekaart,
            "payload": payload | values.pop("payload", {}),
        }
        return Job.objects.create(school=self.routekaart.team.school, **fields | values)

    def documents(self) -> list[Document]:
        with scopes_disabled():
            return list(Document.objects.filter(routekaart=self.routekaart))


def make_bench() -> Bench:
    team = make_team()
    lead = make_colleague(team, Role.TEAM_LEAD)
    routekaart = make_routekaart(team)
    with scopes_disabled():
        plan = Plan.objects.create(
            routekaart=routekaart, version=1, content={}, input_hash="0", catalogue_version="0"
        )
    return Bench(routekaart, plan, lead)


def run_next() -> bool:
    """Runs the first job whose turn it is, each by itself; False when there is none."""
    return any(runner.run(one.job_id) for one in sweeping.runnable(_LOOK_AT))

"""A school at which nobody can be erased, without any stand-in: a stored plan is damaged."""

from django_scopes import scopes_disabled

from routekaart.models import FrozenPlan, Plan, School
from tests.makers import make_routekaart, make_team
from tests.personal_stage import AT


def damage_a_frozen_plan(school: School) -> None:
    """What was frozen of a plan of this school cannot be read, and so no name can be taken out."""
    with scopes_disabled():
        plan = Plan.objects.create(
            routekaart=make_routekaart(make_team(school, "Beschadigd")),
            version=1,
            content={},
            input_hash="0",
            catalogue_version="0",
        )
        FrozenPlan.objects.create(plan=plan, content=b"beschadigd", frozen_at=AT)

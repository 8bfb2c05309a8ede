"""The year of the demo school, from the approval of its plan to what goes along to the next one."""

from collections.abc import Iterator

from routekaart.demo.school import DemoSchool
from routekaart.demo.year import forget_tokens, year_of
from routekaart.demo.year_change import changes
from routekaart.demo.year_end import end_of_year
from routekaart.demo.year_learning import learning_together
from routekaart.demo.year_start import start_of_year
from routekaart.demo.year_study_day import first_study_day
from routekaart.domain.calendar import SchoolYear


def tell_year(demo: DemoSchool, routekaart: str, school_year: SchoolYear) -> Iterator[str]:
    """Does everything of the year and gives a Dutch line after each step.

    The routekaart has its first plan. Raises `ApiProblem` when a step fails.
    """
    year = year_of(demo, routekaart, school_year)
    for part in (start_of_year, first_study_day, learning_together, changes, end_of_year):
        part(year)
    try:
        yield from year.told()
    finally:
        forget_tokens()

"""Advice on a bare selection: the mapping with the rules that already apply."""

from dataclasses import replace
from datetime import date

from courses import plg_activities
from courses.files import read_catalogue
from courses.matching import AdviceRequest, match
from routekaart.domain.advising import advise
from routekaart.domain.rules.choice import PROFESSIONALISATION


class TestAdvise:
    """Advice on a bare selection of the real catalogue."""

    real = read_catalogue()
    today = date(2026, 11, 1)

    def codes(self, *interventions: str) -> list[tuple[str, str | None]]:
        asked = AdviceRequest(interventions, ("leerkracht",), self.today)
        return [(one.code, one.intervention) for one in advise(self.real, asked).findings]

    def test_it_is_the_advice_with_findings(self) -> None:
        asked = AdviceRequest(("feedback", "zomerschool"), ("leerkracht",), self.today)
        advice = advise(self.real, asked)
        assert replace(advice, findings=()) == replace(match(self.real, asked), findings=())
        assert [one.code for one in advice.findings] == [
            "consider_first_unanswered",
            "framework_historic",
        ]

    def test_only_f(self) -> None:
        assert self.codes("ouderbetrokkenheid") == [
            ("f_requires_a_to_e", None),
            ("framework_historic", None),
        ]
        assert self.codes("ouderbetrokkenheid", "feedback") == [("framework_historic", None)]

    def test_training_without_courses(self) -> None:
        assert self.codes("klassenverkleining") == [
            ("consider_first_unanswered", "klassenverkleining"),
            ("framework_historic", None),
            ("no_training_linked", "klassenverkleining"),
            ("no_course_offer", "klassenverkleining"),
        ]

    def test_the_five_of_wellbeing(self) -> None:
        slug = "welbevinden-en-sociaal-emotionele-ontwikkeling"
        assert self.codes(slug) == [
            *[("wellbeing_question_unanswered", slug)] * 5,
            ("framework_historic", None),
        ]

    def test_the_slugs_that_rules_and_activities_lean_on_exist(self) -> None:
        assert PROFESSIONALISATION in self.real.intervention_by_slug
        names = {"SHARED_GOALS", "COLLABORATION", "INQUIRY", "ACTION", "IMPROVEMENT", "RESULTS"}
        assert {getattr(plg_activities, name) for name in names} == {
            trait.slug for trait in self.real.plg.traits
        }
        assert {
            plg_activities.COACHING,
            plg_activities.TRAINING,
            plg_activities.TEAMS,
            plg_activities.PEERS,
        } == {form.slug for form in self.real.plg.forms}

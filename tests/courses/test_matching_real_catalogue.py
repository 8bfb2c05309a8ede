"""Matching on the shipped catalogue: against a plain reading of its lists, and by example."""

from dataclasses import replace
from datetime import date
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from courses.files import read_catalogue
from courses.matching import (
    AdviceRequest,
    Availability,
    match,
)

# How long one example takes on a busy machine is not what these tests are about.
UNHURRIED = settings(deadline=None)
REAL = read_catalogue()
INTERVENTIONS = [one.slug for one in REAL.interventions]
FUNCTIONS = [one.slug for one in REAL.functions]
PACKAGES = [one.slug for one in REAL.packages]

requests = st.builds(
    AdviceRequest,
    interventions=st.lists(st.sampled_from(INTERVENTIONS), unique=True).map(tuple),
    functions=st.lists(st.sampled_from(FUNCTIONS), unique=True, min_size=1).map(tuple),
    today=st.sampled_from((date(2021, 9, 1), date(2026, 11, 1))),
    platforms=st.lists(st.sampled_from(("google", "microsoft")), unique=True).map(tuple),
    packages=st.none() | st.lists(st.sampled_from(PACKAGES), unique=True).map(tuple),
    sector=st.none() | st.sampled_from(("po", "vo")),
)


class TestRealCatalogue:
    @UNHURRIED
    @given(requests)
    def test_every_mention_that_fits_is_in_and_nothing_else(self, request: AdviceRequest) -> None:
        """Against a plain reading of the lists, without bits."""
        fits = {
            "google": {"google-workspace", "google-classroom"},
            "microsoft": {"microsoft-365"},
        }
        shown = {None, "apps-en-tools"}
        for platform in request.platforms or fits:
            shown |= fits[platform]
        expected: dict[str, dict[str, set[str]]] = {}
        for slug in request.interventions:
            chosen = REAL.intervention_by_slug[slug]
            mentions = chosen.mentions
            if not mentions and chosen.category == "F":
                mentions = REAL.general_offer.mentions
            for line in mentions:
                meant = set(line.audience or FUNCTIONS)
                if "leerkracht" in meant:
                    meant.add("kleuterleerkracht")
                meant &= set(request.functions)
                if meant and line.platform in shown:
                    expected.setdefault(line.course, {}).setdefault(slug, set()).update(meant)
        found = match(REAL, request)
        assert {
            item.course: {reason.intervention: set(reason.functions) for reason in item.reasons}
            for item in found.items
        } == expected

    @UNHURRIED
    @given(requests)
    def test_the_smallest_set_covers_what_can_be_covered(self, request: AdviceRequest) -> None:
        found = match(REAL, request)
        pairs = {
            item.course: {
                (reason.intervention, function)
                for reason in item.reasons
                for function in reason.functions
            }
            for item in found.items
            if item.availability is Availability.OFFERED
        }
        coverable = set().union(*pairs.values())
        covered = set().union(*(pairs[slug] for slug in found.smallest_set))
        assert covered == coverable
        everything = set(product(request.interventions, request.functions))
        assert set(found.uncovered) == everything - coverable
        starts = {item.course for item in found.items if item.required}
        for slug in set(found.smallest_set) - starts:
            others = set().union(*(pairs[one] for one in found.smallest_set if one != slug))
            assert others != coverable, f"{slug} is not needed"

    @UNHURRIED
    @given(requests)
    def test_the_same_question_gets_the_same_answer(self, request: AdviceRequest) -> None:
        fresh = replace(REAL, version=REAL.version)  # another object, compiled anew
        assert match(fresh, request) == match(REAL, request)

    @UNHURRIED
    @given(requests)
    def test_every_intervention_gets_activities(self, request: AdviceRequest) -> None:
        found = match(REAL, request)
        assert {act.intervention for act in found.plg_activities} - {None} == set(
            request.interventions
        )
        slugs = [act.slug for act in found.plg_activities]
        assert len(slugs) == len(set(slugs))

    def test_a_realistic_team(self) -> None:
        found = match(
            REAL,
            AdviceRequest(
                interventions=("feedback", "instructie-in-kleine-groepen", "onderwijsassistenten"),
                functions=("leerkracht", "onderwijsassistent"),
                today=date(2026, 11, 1),
                platforms=("microsoft",),
                sector="po",
            ),
        )
        table = [
            (item.course, item.because.removeprefix("omdat: "), item.availability.value)
            for item in found.items
        ]
        feedback_and_groups = "Feedback en Instructie in kleine groepen + "
        assert table == [
            ("complimenten-geven-en-corrigeren", "Feedback + leerkracht", "offered"),
            ("de-mindset-theorie-van-carol-dweck", "Feedback + leerkracht", "offered"),
            (
                "feedback-geven-op-leer-en-ontwikkelingsprocessen",
                feedback_and_groups + "leerkracht",
                "offered",
            ),
            ("het-zelfvertrouwen-van-je-leerlingen-bevorderen", "Feedback + leerkracht", "offered"),
            ("notendop-feedback", feedback_and_groups + "iedereen", "unconfirmed"),
            ("feedback-en-toetsen", "Feedback + iedereen + Microsoft 365", "locked"),
            ("datagestuurd-werken", "Instructie in kleine groepen + leerkracht", "offered"),
            ("duidelijke-uitleg-geven", "Instructie in kleine groepen + leerkracht", "offered"),
            (
                "de-leerkracht-in-ontwikkeling",
                "Instructie in kleine groepen + leerkracht",
                "offered",
            ),
            ("de-zelfsturende-leerling", "Instructie in kleine groepen + leerkracht", "offered"),
            ("executieve-functies", "Instructie in kleine groepen + leerkracht", "offered"),
            (
                "gepersonaliseerd-leren-en-de-inzet-van-ict-in-de-klas",
                "Instructie in kleine groepen + leerkracht",
                "offered",
            ),
            (
                "notendop-klassenmanagement",
                "Instructie in kleine groepen + iedereen",
                "unconfirmed",
            ),
            ("didactisch-handelen", "Onderwijsassistenten + onderwijsassistent", "offered"),
            (
                "functie-inhoud-en-rol-in-de-school",
                "Onderwijsassistenten + onderwijsassistent",
                "offered",
            ),
            (
                "de-leerkracht-handelt-professioneel",
                "Onderwijsassistenten + leerkracht",
                "offered",
            ),
            (
                "werken-in-een-professionele-leergemeenschap-plg",
                "Onderwijsassistenten + leerkracht",
                "offered",
            ),
            ("taken-organiseren-met-trello", "Onderwijsassistenten + iedereen", "locked"),
            (
                "online-samenwerken-in-bestanden",
                "Onderwijsassistenten + iedereen + Microsoft 365",
                "locked",
            ),
            ("samenwerken-in-teams", "Onderwijsassistenten + iedereen + Microsoft 365", "locked"),
        ]
        assert found.smallest_set == (
            "de-leerkracht-handelt-professioneel",
            "didactisch-handelen",
            "feedback-geven-op-leer-en-ontwikkelingsprocessen",
        )
        assert found.uncovered == (
            ("feedback", "onderwijsassistent"),
            ("instructie-in-kleine-groepen", "onderwijsassistent"),
        )

    def test_direct_instruction_starts_with_its_start_course(self) -> None:
        start = "verbeteren-van-instructiegedrag-met-de-leidraad-structurele-onderwijsverbetering"
        found = match(
            REAL, AdviceRequest(("directe-instructie",), ("leerkracht",), date(2026, 11, 1))
        )
        assert (found.items[0].course, found.items[0].order, found.items[0].required) == (
            start,
            1,
            True,
        )
        assert found.smallest_set == (start,)

    def test_sport_and_culture_get_activities_instead_of_an_empty_list(self) -> None:
        slugs = ("sportieve-activiteiten", "cultuureducatie", "klassenverkleining")
        found = match(REAL, AdviceRequest(slugs, ("leerkracht",), date(2026, 11, 1)))
        assert found.items == ()
        assert [finding.code for finding in found.findings] == ["no_course_offer"] * 3
        coached = [act.intervention for act in found.plg_activities if act.basis == "coaching"]
        assert coached == list(slugs)

    def test_the_sector_has_its_own_figure(self) -> None:
        def months(sector: str) -> list[tuple[int | None, float | None]]:
            asked = AdviceRequest(("een-op-een-begeleiding",), (), date(2026, 11, 1), sector=sector)
            return [
                (one.effect_months, claim.minimum)
                for one in match(REAL, asked).interventions
                for claim in one.sector_effect
            ]

        assert months("po") == [(5, 6)]
        assert months("vo") == [(5, 4)]
        assert months("so") == []

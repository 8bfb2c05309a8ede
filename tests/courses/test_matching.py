"""From choices to advice: what is shown, why, and in which state."""

import time
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.entities import Catalogue, Step
from courses.files import read_catalogue
from courses.matching import (
    ActivityKind,
    Advice,
    AdviceItem,
    AdviceRequest,
    Availability,
    FunctionSaving,
    Saving,
    UnknownSlug,
    course_availability,
    match,
)
from tests.small_catalogue import SPRING_2022, TODAY, catalogue, intervention, mention


def advice(
    of: Catalogue,
    *interventions: str,
    functions: tuple[str, ...] = ("leerkracht",),
    platforms: tuple[str, ...] = (),
    packages: tuple[str, ...] | None = None,
    today: date = TODAY,
) -> Advice:
    return match(of, AdviceRequest(interventions, functions, today, platforms, packages))


def courses(found: Advice) -> list[str]:
    return [item.course for item in found.items]


def one_item(found: Advice) -> AdviceItem:
    (item,) = found.items
    return item


class TestWhatIsShown:
    def test_only_courses_for_functions_of_the_team(self) -> None:
        small = catalogue(
            intervention(
                "feedback",
                mention("voor-leerkrachten", "leerkracht"),
                mention("voor-leiders", "schoolleider"),
                mention("voor-allen"),
            )
        )
        assert courses(advice(small, "feedback")) == ["voor-leerkrachten", "voor-allen"]
        both = advice(small, "feedback", functions=("schoolleider", "onderwijsassistent"))
        assert [(item.course, item.functions) for item in both.items] == [
            ("voor-leiders", ("schoolleider",)),
            ("voor-allen", ("onderwijsassistent", "schoolleider")),
        ]

    def test_leerkracht_includes_kleuterleerkracht_and_not_the_other_way(self) -> None:
        small = catalogue(
            intervention("feedback", mention("a", "leerkracht"), mention("b", "kleuterleerkracht"))
        )
        assert courses(advice(small, "feedback", functions=("kleuterleerkracht",))) == ["a", "b"]
        assert courses(advice(small, "feedback", functions=("leerkracht",))) == ["a"]

    def test_platforms_of_the_team_decide_and_the_rest_always_fits(self) -> None:
        small = catalogue(
            intervention(
                "digitaal",
                mention("w", platform="google-workspace"),
                mention("c", platform="google-classroom"),
                mention("m", platform="microsoft-365"),
                mention("t", platform="apps-en-tools"),
                mention("n"),
            )
        )
        assert courses(advice(small, "digitaal", platforms=("google",))) == ["w", "c", "t", "n"]
        assert courses(advice(small, "digitaal", platforms=("microsoft",))) == ["m", "t", "n"]
        everything = [(item.course, item.group) for item in advice(small, "digitaal").items]
        assert everything == [
            ("w", "google"),
            ("c", "google"),
            ("m", "microsoft"),
            ("t", None),
            ("n", None),
        ]
        both = advice(small, "digitaal", platforms=("microsoft", "google"))
        assert [(item.course, item.group) for item in both.items] == everything

    def test_a_course_that_serves_three_appears_once_with_three(self) -> None:
        small = catalogue(
            intervention("een", mention("gedeeld", "leerkracht")),
            intervention("twee", mention("gedeeld")),
            intervention("drie", mention("gedeeld", "onderwijsassistent", "leerkracht")),
        )
        item = one_item(
            advice(small, "drie", "een", "twee", functions=("onderwijsassistent", "leerkracht"))
        )
        assert item.interventions == ("drie", "een", "twee")
        assert item.functions == ("leerkracht", "onderwijsassistent")
        assert [(reason.intervention, reason.functions) for reason in item.reasons] == [
            ("drie", ("leerkracht", "onderwijsassistent")),
            ("een", ("leerkracht",)),
            ("twee", ("leerkracht", "onderwijsassistent")),
        ]
        assert item.because == "omdat: Drie, Een en Twee + leerkracht en onderwijsassistent"

    def test_reasons_name_intervention_function_and_platform(self) -> None:
        small = catalogue(
            intervention("feedback", mention("a", "leerkracht", platform="microsoft-365")),
            intervention("rekenen", mention("b", platform="apps-en-tools")),
        )
        first, second = advice(small, "feedback", "rekenen").items
        assert first.because == "omdat: Feedback + leerkracht + Microsoft 365"
        assert [reason.text for reason in first.reasons] == [first.because]
        # Apps en Tools fits every team, so it is no reason.
        assert second.because == "omdat: Rekenen + iedereen"
        assert second.platform == "apps-en-tools"

    def test_the_order_is_that_of_the_choice_and_then_of_the_source(self) -> None:
        small = catalogue(
            intervention("een", mention("b"), mention("a")),
            intervention("twee", mention("c"), mention("a")),
        )
        assert courses(advice(small, "een", "twee")) == ["b", "a", "c"]
        assert courses(advice(small, "twee", "een")) == ["c", "a", "b"]
        assert advice(small, "een", "twee", "een") == advice(small, "een", "twee")

    def test_the_advised_sequence_comes_first_whatever_the_print(self) -> None:
        small = catalogue(
            intervention(
                "instructie",
                mention("los"),
                mention("fase", step=Step.CHOOSE, phases=("terugblik",)),
                mention("model", step=Step.DEEPEN),
                mention("begin", step=Step.START),
            )
        )
        found = [
            (item.course, item.step, item.order, item.required, item.phases)
            for item in advice(small, "instructie").items
        ]
        assert found == [
            ("begin", Step.START, 1, True, ()),
            ("model", Step.DEEPEN, 2, False, ()),
            ("fase", Step.CHOOSE, 3, False, ("terugblik",)),
            ("los", None, None, False, ()),
        ]

    def test_facilities_without_a_list_get_the_general_offer(self) -> None:
        small = catalogue(
            intervention("leermiddelen", category="F"),
            intervention("ouders", mention("eigen"), category="F"),
            intervention("sport"),
            general=[mention("algemeen", "leerkracht")],
        )
        found = advice(small, "leermiddelen", "ouders", "sport")
        assert [(item.course, item.interventions) for item in found.items] == [
            ("algemeen", ("leermiddelen",)),
            ("eigen", ("ouders",)),
        ]
        assert found.items[0].because == (
            "omdat: Leermiddelen (algemeen aanbod bij F) + leerkracht"
        )
        assert [reason.general_offer for reason in found.items[0].reasons] == [True]


class TestAvailability:
    small = catalogue(
        intervention(
            "feedback",
            mention("gewoon"),
            mention("plus", package="pluspakket"),
            mention("ster", starred=True),
            mention("bevestigd", starred=True),
            mention("vrij", package="vrij"),
        ),
        confirmed={"bevestigd": date(2023, 1, 1)},
    )

    def states(self, **asked: object) -> dict[str, Availability]:
        found = advice(self.small, "feedback", **asked)  # type: ignore[arg-type]
        return {item.course: item.availability for item in found.items}

    def test_each_state(self) -> None:
        assert self.states() == {
            "gewoon": Availability.OFFERED,
            "plus": Availability.LOCKED,
            "ster": Availability.UNCONFIRMED,
            "bevestigd": Availability.OFFERED,
            "vrij": Availability.OFFERED,
        }

    def test_no_packages_at_all_leaves_what_is_always_available(self) -> None:
        offered = [s for s, a in self.states(packages=()).items() if a is Availability.OFFERED]
        assert offered == ["vrij"]

    def test_a_package_unlocks(self) -> None:
        assert self.states(packages=("academie", "pluspakket"))["plus"] is Availability.OFFERED

    @pytest.mark.parametrize(
        ("today", "star", "confirmed"),
        [
            (date(2022, 3, 19), Availability.NOT_YET, Availability.NOT_YET),
            (date(2022, 3, 20), Availability.UNCONFIRMED, Availability.UNCONFIRMED),
            (date(2022, 12, 31), Availability.UNCONFIRMED, Availability.UNCONFIRMED),
            (date(2023, 1, 1), Availability.UNCONFIRMED, Availability.OFFERED),
        ],
    )
    def test_a_star_over_time(
        self, today: date, star: Availability, confirmed: Availability
    ) -> None:
        states = self.states(today=today)
        assert (states["ster"], states["bevestigd"]) == (star, confirmed)

    def test_words_say_what_to_do(self) -> None:
        found = advice(self.small, "feedback", today=date(2022, 1, 1))
        assert [(item.availability_text, item.available_from) for item in found.items] == [
            ("Te volgen in jullie academie.", None),
            ("Nog niet in jullie academie (Pluspakket): vraag een offerte aan.", None),
            ("Beschikbaar vanaf 20 maart 2022: plan de cursus daarna.", SPRING_2022),
            ("Beschikbaar vanaf 20 maart 2022: plan de cursus daarna.", SPRING_2022),
            ("Voor iedereen te volgen, zonder pakket.", None),
        ]

    def test_two_packages_either_will_do_also_when_another_intervention_says_so(self) -> None:
        small = catalogue(
            intervention("een", mention("toetsen", package="pluspakket")),
            intervention("twee", mention("toetsen", package="leerblokken")),
        )
        item = one_item(advice(small, "een"))
        assert (item.availability, item.package, item.packages) == (
            Availability.OFFERED,
            "leerblokken",
            ("pluspakket", "leerblokken"),
        )
        only_plus = one_item(advice(small, "een", packages=("pluspakket",)))
        assert (only_plus.availability, only_plus.package) == (Availability.OFFERED, "pluspakket")
        neither = one_item(advice(small, "een", packages=("academie",)))
        assert neither.availability is Availability.LOCKED

    def test_of_a_course_by_itself(self) -> None:
        small = catalogue(
            intervention("een", mention("ster", starred=True, platform="google-workspace")),
            extra_courses=["alleen-in-de-tekst"],
        )

        def ask(course: str) -> tuple[Availability, date | None]:
            return course_availability(
                small, course, platforms=("microsoft",), packages=("academie",), today=TODAY
            )

        assert ask("ster") == (Availability.UNCONFIRMED, SPRING_2022)
        assert ask("alleen-in-de-tekst") == (Availability.OFFERED, None)
        with pytest.raises(UnknownSlug, match="'sterr' staat niet in de catalogus") as caught:
            ask("sterr")
        assert (caught.value.field, caught.value.suggestions) == ("courses", ("ster",))


class TestSmallestSet:
    def test_covers_every_intervention_for_every_function(self) -> None:
        small = catalogue(
            intervention("een", mention("breed"), mention("kort", "leerkracht")),
            intervention("twee", mention("breed"), mention("los", "onderwijsassistent")),
            minutes={"breed": 100, "kort": 30, "los": 45},
        )
        found = advice(small, "een", "twee", functions=("leerkracht", "onderwijsassistent"))
        assert found.smallest_set == ("breed",)
        assert [item.in_smallest_set for item in found.items] == [True, False, False]
        assert found.saving == Saving(
            175,
            100,
            (
                FunctionSaving("leerkracht", 130, 100),
                FunctionSaving("onderwijsassistent", 145, 100),
            ),
        )
        assert found.saving.minutes == 75
        assert advice(small, "een").smallest_set == ("kort",)

    def test_only_offered_courses_count(self) -> None:
        small = catalogue(
            intervention("een", mention("ster", starred=True), mention("gewoon")),
            intervention("twee", mention("plus", package="pluspakket")),
            minutes={"ster": 10, "gewoon": 240},
        )
        found = advice(small, "een", "twee")
        assert found.smallest_set == ("gewoon",)
        assert found.uncovered == (("twee", "leerkracht"),)
        assert (found.saving.all_minutes, found.saving.set_minutes) == (240, 240)

    def test_a_start_course_is_always_in_when_it_is_offered(self) -> None:
        def sequence(package: str) -> Catalogue:
            return catalogue(
                intervention(
                    "instructie",
                    mention("begin", package=package, step=Step.START),
                    mention("kort"),
                ),
                minutes={"begin": 240, "kort": 10},
            )

        assert advice(sequence("academie"), "instructie").smallest_set == ("begin",)
        locked = advice(sequence("pluspakket"), "instructie")
        assert locked.smallest_set == ("kort",)
        assert [item.required for item in locked.items] == [False, False]


class TestTogether:
    def test_no_courses_gives_coaching_and_teams_instead(self) -> None:
        small = catalogue(intervention("sport"), intervention("klein", training_required=True))
        agenda = (
            "Zet deze vragen op de agenda en leg de antwoorden vast: "
            "1. Vraag 1? 2. Vraag 2? 3. Vraag 3? 4. Vraag 4?"
        )
        found = advice(small, "sport", "klein")
        assert found.items == ()
        assert [(act.slug, act.text) for act in found.plg_activities] == [
            (
                "sport--vragen",
                agenda,
            ),
            ("sport--samen-onderzoeken", "samen-onderzoeken 1"),
            ("sport--coaching", "coaching zonder"),
            ("sport--lerende-en-reflecterende-teams", "lerende-en-reflecterende-teams zonder"),
            (
                "klein--vragen",
                agenda,
            ),
            ("klein--samen-onderzoeken", "samen-onderzoeken 2"),
            ("klein--coaching", "coaching zonder"),
            ("klein--lerende-en-reflecterende-teams", "lerende-en-reflecterende-teams zonder"),
            ("klein--gerichte-scholing", "gerichte-scholing zonder"),
        ]
        assert {act.replaces_courses for act in found.plg_activities if act.kind == "form"} == {
            True
        }
        assert [(finding.code, finding.intervention) for finding in found.findings] == [
            ("no_course_offer", "klein"),
            ("no_course_offer", "sport"),
        ]

    def test_trait_and_form_follow_from_the_intervention(self) -> None:
        small = catalogue(
            intervention("sterk", mention("a"), training_required=True),
            intervention("zwak", mention("a"), evidence="Beperkt"),
            intervention("gewoon", mention("a")),
            intervention("middel", mention("a"), category="F"),
            intervention("dicht", mention("p", package="pluspakket"), training_required=True),
            intervention("assistent", mention("o", "onderwijsassistent"), training_required=True),
            intervention("leider", mention("l", "schoolleider")),
        )
        found = advice(
            small,
            *(one.slug for one in small.interventions),
            functions=("leerkracht", "onderwijsassistent"),
        )
        chosen = [
            (act.intervention, act.basis)
            for act in found.plg_activities
            if act.kind is not ActivityKind.AGENDA
        ]
        assert chosen == [
            ("sterk", "actiegericht-leren-door-te-doen"),
            ("sterk", "peer-learning"),
            ("zwak", "resultaatgericht-werken"),
            ("zwak", "lerende-en-reflecterende-teams"),
            ("gewoon", "voortdurend-verbeteren"),
            ("gewoon", "lerende-en-reflecterende-teams"),
            ("middel", "gedeelde-missie-visie-waarden-en-doelen"),
            ("middel", "lerende-en-reflecterende-teams"),
            ("dicht", "samen-onderzoeken"),
            ("dicht", "coaching"),
            ("dicht", "lerende-en-reflecterende-teams"),
            ("assistent", "actiegericht-leren-door-te-doen"),
            ("assistent", "peer-learning"),
            ("assistent", "coaching"),
            ("leider", "samen-onderzoeken"),
            ("leider", "coaching"),
            ("leider", "lerende-en-reflecterende-teams"),
            (None, "samenwerkingscultuur-gericht-op-leren"),
        ]
        # There are courses, only not for this team: the text must not say there are none.
        texts = [act.text for act in found.plg_activities if act.intervention == "leider"]
        assert texts[2:] == ["coaching met", "lerende-en-reflecterende-teams met"]

    def test_only_courses_is_noticed(self) -> None:
        small = catalogue(intervention("een", mention("a")))
        bare = replace(small, plg=replace(small.plg, forms=()))
        assert [finding.code for finding in advice(bare, "een").findings] == ["only_courses"]
        assert advice(small, "een").findings == ()


class TestRequest:
    small = catalogue(
        intervention("feedback", mention("a")), intervention("zomerschool", mention("b"))
    )

    def test_no_functions_shows_everything_and_says_so(self) -> None:
        found = advice(self.small, "feedback", functions=())
        assert one_item(found).functions == tuple(one.slug for one in self.small.functions)
        assert [finding.code for finding in found.findings] == ["no_functions"]
        # Nobody said that the team has several functions.
        assert [act for act in found.plg_activities if act.intervention is None] == []

    def test_nothing_chosen_gives_an_empty_advice_that_says_so(self) -> None:
        found = advice(self.small)
        assert (found.items, found.smallest_set, found.plg_activities) == ((), (), ())
        assert [finding.code for finding in found.findings] == ["no_intervention"]

    @pytest.mark.parametrize(
        ("request_", "field", "slug", "suggestions"),
        [
            (AdviceRequest(("feedbak",), (), TODAY), "interventions", "feedbak", ("feedback",)),
            (AdviceRequest((), ("leerkragt",), TODAY), "functions", "leerkragt", None),
            (AdviceRequest((), (), TODAY, ("apple",)), "platforms", "apple", ()),
            (AdviceRequest((), (), TODAY, (), ("plus",)), "packages", "plus", None),
            (AdviceRequest((), (), TODAY, sector="hbo"), "sector", "hbo", None),
        ],
    )
    def test_unknown_slugs(
        self,
        request_: AdviceRequest,
        field: str,
        slug: str,
        suggestions: tuple[str, ...] | None,
    ) -> None:
        with pytest.raises(UnknownSlug) as caught:
            match(self.small, request_)
        assert (caught.value.field, caught.value.slug) == (field, slug)
        if suggestions is not None:
            assert caught.value.suggestions == suggestions

    def test_the_nearest_function_is_suggested(self) -> None:
        with pytest.raises(UnknownSlug) as caught:
            advice(self.small, "feedback", functions=("leerkragt",))
        assert str(caught.value) == (
            "'leerkragt' staat niet in de catalogus. Bedoel je 'leerkracht' of 'kleuterleerkracht'?"
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

    def test_the_whole_menu_for_everybody_is_quick(self) -> None:
        """The real bar is the benchmark's; this only catches a search that runs away."""
        asked = AdviceRequest(
            tuple(INTERVENTIONS), tuple(FUNCTIONS), date(2026, 11, 1), (), tuple(PACKAGES)
        )
        match(REAL, asked)
        started = time.process_time()
        match(REAL, asked)
        assert time.process_time() - started < 0.25

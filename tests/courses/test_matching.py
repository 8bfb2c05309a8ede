"""From choices to advice: what is shown, why, and in which state."""

from datetime import date

import pytest

from courses.entities import Catalogue, Step
from courses.matching import (
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
        # The cases change fields of different types.
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

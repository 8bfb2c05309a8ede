"""What a team does together beside, or instead of, the courses."""

from dataclasses import replace
from datetime import date

from courses.entities import Catalogue
from courses.matching import (
    ActivityKind,
    Advice,
    AdviceRequest,
    match,
)
from tests.small_catalogue import TODAY, catalogue, intervention, mention


def advice(
    of: Catalogue,
    *interventions: str,
    functions: tuple[str, ...] = ("leerkracht",),
    platforms: tuple[str, ...] = (),
    packages: tuple[str, ...] | None = None,
    today: date = TODAY,
) -> Advice:
    return match(of, AdviceRequest(interventions, functions, today, platforms, packages))


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

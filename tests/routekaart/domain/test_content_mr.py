"""The summaries for the MR: what is asked, why, on which dates, and nobody's name."""

from dataclasses import replace
from datetime import date

from routekaart.domain.content.blocks import (
    Block,
    BlockDocument,
    Bullets,
    Facts,
    Paragraph,
    Signatures,
    TableBlock,
    flat,
)
from routekaart.domain.content.canonical import canonical_json
from routekaart.domain.content.inputs import DEFAULT_SIGNERS, Consent
from routekaart.domain.content.mr_input import MrTeamInput
from routekaart.domain.content.mr_school import mr_school_summary
from routekaart.domain.content.mr_summary import mr_summary
from routekaart.domain.dates.rules import DATE_RULES, RuleSlug
from routekaart.domain.overview import NO_TOTALS
from tests.routekaart.sample_overview import DRAFT, FEW, NOT_BEGUN, TEAMS, mr_school, mr_team
from tests.routekaart.sample_team import empty, sample

TRAINING = "Wet medezeggenschap op scholen, artikel 12, eerste lid, onder c"
PLAN = "Wet medezeggenschap op scholen, artikel 10, onder b"
SOURCE = "Duurzaam beter onderwijs, 2021"
CONSENT_DAY = (
    "Let op. De MR stemt in.\nVoor groep 3 tot en met 8 houdt deze week 3 lesdagen over. Dat mag "
    "alleen voor een tweedaagse van het team: spreek die af met de MR en kondig hem aan bij de "
    "ouders."
)


def blocks(document: BlockDocument) -> list[Block]:
    return list(flat(document.blocks))


def bullets(document: BlockDocument) -> list[tuple[str, ...]]:
    return [block.items for block in blocks(document) if isinstance(block, Bullets)]


def tables(document: BlockDocument) -> list[tuple[tuple[str, ...], ...]]:
    return [block.table.rows for block in blocks(document) if isinstance(block, TableBlock)]


def facts(document: BlockDocument) -> dict[str, str]:
    return {
        fact.label: fact.value
        for block in blocks(document)
        if isinstance(block, Facts)
        for fact in block.items
    }


def notes(document: BlockDocument, tone: str) -> list[str]:
    return [
        block.text
        for block in blocks(document)
        if isinstance(block, Paragraph) and block.tone == tone
    ]


class TestTeam:
    def test_what_is_asked(self) -> None:
        assert bullets(mr_summary(mr_team()))[0] == (
            (
                "Instemming van de personeelsgeleding van de MR met het scholingsplan van Team "
                f"middenbouw, versie 2 van 24 juni 2026 ({TRAINING})."
            ),
            f"Is dit een deel van het schoolplan? Dan stemt de hele MR daarmee in ({PLAN}).",
            (
                "Instemming met een studiedag op woensdag 23 september 2026 en donderdag 24 "
                "september "
                "2026: zie de tabel met studiedagen."
            ),
        )

    def test_why_with_every_source_that_says_something(self) -> None:
        document = mr_summary(mr_team())
        assert facts(document)["Aanleiding"] == "De leerlingen weten niet waar ze aan werken."
        goals = tables(document)[0]
        assert goals[0] == (
            (
                "Doel 1. Wij leren feedback geven waarmee leerlingen zelf hun volgende stap zien\n"
                "Leerlingen merken: Leerlingen kunnen vertellen waar ze aan werken en wat ze "
                "nu anders "
                "gaan doen."
            ),
            "Feedback en Professionalisering",
            f"Feedback: effect +8 maanden, bewijs gemiddeld ({SOURCE}).",
        )
        # Sources that differ stand there both.
        assert goals[2][2].splitlines()[0] == (
            f"Een-op-een-begeleiding: effect +5 maanden, bewijs sterk ({SOURCE}); effect +5 "
            "maanden, bewijs redelijk sterk (Een-op-een-begeleiding (Toolkit Lesgeven en Leren), "
            "zonder jaartal)."
        )
        assert any("voorspellen niet" in text for text in notes(document, "soft"))

    def test_the_dates_with_what_the_rules_say(self) -> None:
        days = tables(mr_summary(mr_team()))[1]
        assert days[0] == (
            "Wo 23 sep 2026, hele dag: Doel 1\nDo 24 sep 2026, hele dag: nog geen doel",
            "Groep 3 tot en met 8",
            CONSENT_DAY,
        )
        # Days of which the rules say the same stand in one row.
        assert [(row[0], row[2].splitlines()[0]) for row in days[1:]] == [
            ("Do 19 nov 2026, hele dag: Doel 2\nWo 7 apr 2027, hele dag: Doel 3", "Past goed."),
            ("Di 26 jan 2027, middag: nog geen doel", "Past goed."),
        ]
        assert (
            "Waar de regels staan. In principe geen week met zo weinig lesdagen: AVS, normen van "
            "de inspectie voor gebroken schoolweken, nagekeken op 22 november 2026. Weken van vier "
            "dagen in een schooljaar, hoogstens: Rijksoverheid, schooltijden en lesuren op de "
            "basisschool, nagekeken op 22 november 2026."
        ) in notes(mr_summary(mr_team()), "soft")

    def test_our_own_rule_and_the_calendar_of_the_school_have_no_day_of_looking_up(self) -> None:
        given = mr_team()
        rules = {rule.slug: rule for rule in DATE_RULES}
        own = [rules[RuleSlug.FOUR_DAY_SPREAD], rules[RuleSlug.SCHOOL_CALENDAR]]
        assert given.checks is not None
        first = given.checks[0]
        reasons = tuple(replace(first.reasons[0], light=first.light, rule=rule) for rule in own)
        document = mr_summary(replace(given, checks=(replace(first, reasons=reasons),)))
        assert (
            "Waar de regels staan. Weken van vier dagen verspreid over het jaar: aanname. Wanneer "
            "de school open is: Kalender van jullie school."
        ) in notes(document, "soft")

    def test_a_day_that_moved_since_the_plan(self) -> None:
        given = mr_team()
        moved = replace(given, checks=(given.checks or ())[1:])
        assert notes(mr_summary(given), "missing") == []
        assert notes(mr_summary(moved), "missing") == [
            (
                "Het plan noemt ook woensdag 23 september 2026. Die studiedag staat niet meer "
                "zo in de "
                "routekaart: er is een nieuw plan nodig."
            )
        ]

    def test_hours_and_tasks_are_totals(self) -> None:
        found = facts(mr_summary(mr_team()))
        assert found["Uren, samen"] == (
            "827 uur 6 min voor 16 mensen samen. 815 uur 51 min opgedragen en 11 uur 15 min "
            "individueel. Daarvan is 443 uur 6 min een aanname. Uit plan versie 2. Wat niet in de "
            "planning past, samen 89 uur 6 min, telt hier niet mee."
        )
        assert found["Leren in de PLG"] == (
            "7 bijeenkomsten, samen 10 uur 30 min (aanname), van 5 november 2026 tot en met 15 "
            "juli 2027."
        )
        assert found["Studiedagen"] == "4 studiedagen, samen 24 uur."
        assert found["Cursussen"] == "11 cursussen voor 16 mensen, waarvan 7 verplicht voor iemand."

    def test_of_a_few_people_there_are_no_totals(self) -> None:
        few = replace(sample(people=4), with_persons=False)
        found = facts(mr_summary(MrTeamInput(few, "", ())))
        assert found["Uren, samen"] == "Niet getoond, want minder dan 5 mensen."
        assert found["Cursussen"].endswith(
            "Voor hoeveel mensen laten we niet zien, want het zijn minder dan 5 mensen."
        )

    def test_progress_by_name(self) -> None:
        article = "personeelsgeleding van de MR (Wet medezeggenschap op scholen, artikel 12, "
        assert facts(mr_summary(mr_team()))["Voortgang op naam"] == (
            f"Staat uit. Daarvoor is instemming nodig van de {article}eerste lid, onder n)."
        )
        on = replace(mr_team(), names_since=date(2026, 8, 1))
        assert facts(mr_summary(on))["Voortgang op naam"] == (
            f"Staat aan sinds 1 augustus 2026, met instemming van de {article}eerste lid, onder n)."
        )

    def test_what_is_open_and_where_to_sign(self) -> None:
        document = mr_summary(mr_team())
        assert bullets(document)[1] == (
            "Doel 3: wat leerlingen ervan merken.",
            "7 vragen bij de interventies zonder antwoord.",
            "4 cursussen staan nog niet vast: het plan zegt waarom.",
            "Van 15 collega’s past niet alle voorbereiding op tijd in de studietijd.",
        )
        [signed] = [block.items for block in blocks(document) if isinstance(block, Signatures)]
        assert [(one.role, one.date) for one in signed] == [("Directeur", ""), ("MR", "")]
        found = facts(document)
        assert (found["Instemming MR"], found["Vastgesteld"]) == (
            "Nog niet gegeven.",
            "Nog niet vastgesteld.",
        )

    def test_when_the_mr_has_agreed(self) -> None:
        given = mr_team()
        agreed = Consent(mr_consent_on=date(2026, 8, 20), approved_on=date(2026, 8, 24))
        document = mr_summary(replace(given, plan=replace(given.plan, consent=agreed)))
        assert notes(document, "note") == [
            "De MR heeft op 20 augustus 2026 ingestemd met dit plan."
        ]
        assert facts(document)["Instemming MR"] == "20 augustus 2026"

    def test_a_team_with_nothing_yet(self) -> None:
        document = mr_summary(MrTeamInput(replace(empty(), with_persons=False), "", ()))
        assert tables(document) == [(), ()]
        found = facts(document)
        assert found["Aanleiding"] == "Niet ingevuld."
        assert found["Uren, samen"] == "Nog geen plan."
        assert found["Cursussen"] == "Er zijn nog geen cursussen toegewezen."
        assert bullets(document)[-1][0] == "De doelen van het team."

    def test_no_name_is_in_it(self) -> None:
        given = mr_team()
        text = canonical_json(
            mr_summary(replace(given, plan=replace(given.plan, consent=Consent())))
        ).decode()
        names = {
            part for one in given.plan.members for part in one.name.split() if part[0].isupper()
        }
        assert [name for name in names if name in text] == []

    def test_a_long_reason_is_cut(self) -> None:
        reason = facts(mr_summary(mr_team("Omdat het moet. " * 500)))["Aanleiding"]
        assert (len(reason) <= 280, reason[-1]) == (True, "…")

    def test_what_two_pages_have_no_room_for_is_counted_and_says_where_it_stands(self) -> None:
        given = mr_team()
        document = mr_summary(replace(given, plan=replace(sample(goals=9), with_persons=False)))
        goals, _days = tables(document)
        assert 3 <= len(goals) < 9
        left = 9 - len(goals)
        (others,) = [one for one in notes(document, "soft") if one.startswith(f"En {left} doelen")]
        assert others.endswith(f"’ en nog {left - 3}. Zie het scholingsplan.")
        assert len(bullets(document)[-1]) >= 5


class TestSchool:
    def test_all_teams_with_what_they_want(self) -> None:
        document = mr_school_summary(mr_school(*TEAMS))
        assert tables(document)[0] == (
            (
                "Bovenbouw\nIn uitvoering, sinds 24 augustus 2026.",
                "Wij leren feedback geven.\nWij leren voordoen.",
                "Feedback en Directe instructie",
                "160 uur 30 min",
                "20 augustus 2026",
            ),
            (
                "Kleuters\nGepland, sinds 24 augustus 2026.",
                "Wij leren feedback geven.\nWij leren voordoen.",
                "Feedback en Directe instructie",
                "niet getoond",
                "Nog niet gegeven.",
            ),
            (
                "Middenbouw\nConcept, sinds 1 september 2026.",
                "Nog geen doelen.",
                "–",
                "–",
                "Nog niet gegeven.",
            ),
            ("Zorgteam\nNog niet begonnen.", "Nog geen doelen.", "–", "–", "–"),
        )
        assert bullets(document) == [
            (
                (
                    "Instemming van de personeelsgeleding van de MR met de scholing van de "
                    "teams in "
                    f"schooljaar 2026-2027 ({TRAINING})."
                ),
                f"Is dit een deel van het schoolplan? Dan stemt de hele MR daarmee in ({PLAN}).",
            ),
            (
                "Nog geen routekaart: Zorgteam.",
                "Nog geen doelen: Middenbouw.",
                "Nog geen plan: Middenbouw.",
                "Nog geen instemming van de MR: Kleuters.",
            ),
        ]

    def test_it_explains_only_the_figures_that_are_in_it(self) -> None:
        document = mr_school_summary(mr_school(*TEAMS))
        told = " ".join(notes(document, "soft"))
        assert "Uren volgen uit het plan" in told
        assert "Van minder dan 5 mensen laten we geen aantallen en geen uren zien." in told
        assert "Kosten staan" not in told
        assert "Voorbereiding telt" not in told

    def test_each_study_day_with_its_team(self) -> None:
        days = tables(mr_school_summary(mr_school(FEW, DRAFT, NOT_BEGUN)))[1]
        # The same day with the same groups: one line.
        assert [row[0] for row in days] == ["Wo 4 nov 2026, hele dag: Kleuters en Middenbouw"]

    def test_a_school_without_teams(self) -> None:
        given = mr_school()
        document = mr_school_summary(replace(given, school=replace(given.school, totals=NO_TOTALS)))
        assert tables(document) == [(), ()]
        assert facts(document)["Uren, samen"] == "Er is nog geen plan."
        [signed] = [block.items for block in blocks(document) if isinstance(block, Signatures)]
        assert [one.role for one in signed] == [one.role for one in DEFAULT_SIGNERS]

"""What mail says."""

from datetime import date, datetime

from routekaart.domain.mail_texts import (
    CourseLine,
    DocumentLine,
    assigned_text,
    changes_text,
    digest_text,
    document_text,
    one_line,
    route_text,
)
from routekaart.domain.reminders import Item, Reminder, Stage, Subject

DAY = date(2026, 10, 14)


def test_a_digest_speaks_by_stage_the_most_urgent_first() -> None:
    reminders = [
        Reminder(Item(Subject.STUDY_DAY, "1", "Studiedag", DAY), Stage.T5),
        Reminder(Item(Subject.AGREEMENT_BACK, "2", "Elke les {een} vraag", DAY), Stage.T10),
        Reminder(Item(Subject.COURSE, "3", "Feedback\ngeven", DAY), Stage.AFTER),
        Reminder(Item(Subject.MICRO_STEP, "4", "wachttijd", DAY), Stage.T1),
        Reminder(Item(Subject.AGREEMENT, "5", "Elke les een vraag", DAY), Stage.T1),
    ]
    text = digest_text(reminders, address="https://route.test")
    assert text.subject == "5 dingen staan voor je klaar"
    assert text.body == (
        "Hallo,\n\n"
        "De datum is voorbij:\n"
        "- Cursus ‘Feedback geven’ zou klaar zijn op woensdag 14 oktober 2026. "
        "Doe hem alsnog, of meld dat hij af is.\n\n"
        "Bijna zover:\n"
        "- Je wilt uiterlijk woensdag 14 oktober 2026 proberen: ‘wachttijd’.\n"
        "- Afspraak ‘Elke les een vraag’: klaar op woensdag 14 oktober 2026.\n\n"
        "Nog ongeveer een schoolweek:\n"
        "- Studiedag: woensdag 14 oktober 2026.\n\n"
        "Komt eraan:\n"
        "- Afspraak ‘Elke les {een} vraag’ komt terug op woensdag 14 oktober 2026.\n\n"
        "Je vindt alles op https://route.test\n"
    )


def test_one_reminder_is_singular() -> None:
    reminder = Reminder(Item(Subject.COURSE, "3", "Feedback", DAY), Stage.T10)
    assert digest_text([reminder]).subject == "1 ding staat voor je klaar"


def test_new_courses_say_why_and_when() -> None:
    text = assigned_text(
        [CourseLine("Feedback", "Doel: vragen stellen", DAY), CourseLine("Spel", "", None, False)]
    )
    assert text.subject == "Nieuw voor jou: 2 cursussen"
    assert text.body == (
        "Hallo,\n\n"
        "- Feedback\n"
        "  Waarom: Doel: vragen stellen\n"
        "  Wanneer: klaar op woensdag 14 oktober 2026\n\n"
        "- Spel (mag, hoeft niet)\n"
        "  Wanneer: nog niet gepland\n\n"
        "Al gedaan? Meld het dan, dan hoor je hier niets meer.\n"
    )


def test_a_changed_plan_and_a_whole_route() -> None:
    assert changes_text(["De evaluatie vervalt."], version=3).body == (
        "Hallo,\n\nHet plan is veranderd (versie 3). Dit is voor jou anders:\n"
        "- De evaluatie vervalt.\n"
    )
    assert route_text([("Feedback", DAY)], [("Evaluatie", DAY)], version=1).body == (
        "Hallo,\n\nHet plan (versie 1) is vastgesteld. Dit is jouw route.\n\n"
        "Voorbereiden:\n- Feedback: klaar op 14 oktober 2026\n\n"
        "Samen:\n- Evaluatie: woensdag 14 oktober 2026\n"
    )
    assert route_text([], [], version=1).body.endswith("jouw route.\n")


def test_a_document_says_what_it_is_and_until_when_the_link_works() -> None:
    text = document_text(
        DocumentLine("Scholingsplan\r\nvan het team (PDF)", "Team\nZon, De Wilg", DAY),
        sender="Lies\nLeider",
        until=datetime(2026, 10, 28, 9, 5),  # noqa: DTZ001  (local time, as it is printed)
        link="https://route.test/gedeeld/x",
        address="https://route.test",
    )
    assert text.subject == "Document voor jou: Scholingsplan van het team (PDF)"
    assert text.body == (
        "Hallo,\n\n"
        "Lies Leider heeft een document voor je klaargezet:\n\n"
        "- Scholingsplan van het team (PDF)\n"
        "  Team Zon, De Wilg. Gemaakt op 14 oktober 2026.\n\n"
        "Open het hier:\nhttps://route.test/gedeeld/x\n\n"
        "De link werkt tot woensdag 28 oktober 2026, 09.05 uur. "
        "Hij is alleen voor jou: stuur hem niet door.\n\n"
        "Werkt de link niet meer? Vraag Lies Leider om een nieuwe, of meld je aan.\n\n"
        "Je vindt alles op https://route.test\n"
    )
    nobody = document_text(
        DocumentLine("Iets", "De Wilg", DAY),
        sender="",
        until=datetime(2026, 10, 28, 9, 5),  # noqa: DTZ001  (local time)
        link="x",
    )
    assert "\nEen collega heeft een document" in nobody.body
    assert "Vraag een collega om een nieuwe" in nobody.body


def test_a_subject_is_one_line_that_is_not_too_long() -> None:
    assert one_line("Nieuw\r\nBcc: iemand@elders.test") == "Nieuw Bcc: iemand@elders.test"
    assert one_line("x" * 300) == "x" * 199 + "…"

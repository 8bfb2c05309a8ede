"""What the log says in words: for every action the rest of a sentence that begins with a name.

NEW ACTION? Add it here, in the section of its subject; a test reads all actions from the source
and fails for one without words. Mind who may read that it happened:

- `_open`: everyone who may see the history reads who did it;
- `_guides`: besides whoever did it, only those who see everything that is assigned;
- `_server` and `_clock`: nobody did it who is known by name; read as `_open`;
- `_own`: only whoever did it. Progress, notes, votes and answers of somebody show in a small team
  whose they are, also without a name: the others do not get the line at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

FORMER_COLLEAGUE = "Een oud-collega"
OPERATOR = "De technisch beheerder"
# Who does what has to be done on its day.
CLOCK = "Het programma"
_NEUTRAL = "De routekaart is bijgewerkt."


class Sight(StrEnum):
    OPEN = "open"
    GUIDES = "guides"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Words:
    """The rest of the sentence, without full stop, and who may read it.

    `nobody` is what it begins with when the log names no person.
    """

    text: str
    sight: Sight
    nobody: str = FORMER_COLLEAGUE


def _open(text: str) -> Words:
    return Words(text, Sight.OPEN)


def _server(text: str) -> Words:
    return Words(text, Sight.OPEN, OPERATOR)


def _clock(text: str) -> Words:
    return Words(text, Sight.OPEN, CLOCK)


def _guides(text: str) -> Words:
    return Words(text, Sight.GUIDES)


def _own(text: str) -> Words:
    return Words(text, Sight.OWN)


WORDS: Mapping[str, Words] = {
    # --- The routekaart and its steps -----------------------------------------------------------
    "create": _open("begon de routekaart"),
    "change": _open("wijzigde de routekaart"),
    "submit": _open("diende de routekaart in"),
    "withdraw": _open("haalde de routekaart terug"),
    "advise": _open("gaf advies"),
    "accept": _open("nam het advies aan"),
    "plan": _open("liet een plan maken"),
    "return": _open("gaf de routekaart terug aan het team"),
    "approve": _open("stelde het plan vast"),
    "record_mr_consent": _open("vulde de instemming van de MR in"),
    "start": _open("begon met de uitvoering"),
    "close": _open("rondde de routekaart af"),
    "add_goal": _open("voegde een doel toe"),
    "change_goal": _open("wijzigde een doel"),
    "remove_goal": _open("haalde een doel weg"),
    "answer": _open("beantwoordde aandachtspunten"),
    "add_study_day": _open("voegde een studiedag toe"),
    "change_study_day": _open("wijzigde een studiedag"),
    "remove_study_day": _open("haalde een studiedag weg"),
    "apply_repair": _open("koos een oplossing voor wat niet paste"),
    "carry_over_goal": _open("nam een doel mee uit het vorige schooljaar"),
    "carry_over_agreement": _open("nam een afspraak mee uit het vorige schooljaar"),
    # --- The trainer's desk ---------------------------------------------------------------------
    "change_advice_desk": _open("werkte aan het advies"),
    "decide_on_advice": _open("besliste over cursussen uit het advies"),
    "add_own_course": _open("voegde een eigen cursus toe"),
    "change_own_course": _open("wijzigde een eigen cursus"),
    # --- Assigning ------------------------------------------------------------------------------
    "assign": _open("wees cursussen toe volgens het advies"),
    "assign_batch": _open("wees een cursus toe"),
    "assign_by_rules": _open("wees cursussen toe volgens de regels"),
    "undo_batch": _open("draaide een toewijzing terug"),
    "withdraw_assignment": _open("trok een toewijzing in"),
    "withdraw_by_rules": _open("trok toewijzingen in die niet meer bij iemand hoorden"),
    "make_voluntary": _open("maakte een cursus vrijwillig"),
    "add_assignment_rule": _open("voegde een toewijsregel toe"),
    "remove_assignment_rule": _open("haalde een toewijsregel weg"),
    "add_work_group": _open("maakte een werkgroep"),
    "change_work_group": _open("wijzigde een werkgroep"),
    "remove_work_group": _open("haalde een werkgroep weg"),
    "agree_on_hours": _guides("legde een afspraak over eigen uren vast"),
    "withdraw_hours_agreement": _guides("trok een afspraak over eigen uren in"),
    # --- Progress -------------------------------------------------------------------------------
    "start_assignment": _own("begon aan een cursus"),
    "complete_assignment": _own("meldde een cursus als afgerond"),
    "waive_assignment": _own("gaf vrijstelling voor een cursus"),
    "reopen_assignment": _own("zette een cursus weer open"),
    "record_completion": _own("legde een afronding vast"),
    "revoke_completion": _own("nam een afronding terug"),
    "override_completion": _own("bepaalde of een afronding meetelt"),
    "write_reflection": _own("schreef een reflectie"),
    "note_group_completion": _own("noteerde een cursus die samen is gedaan"),
    "confirm_group_completion": _own("bevestigde een cursus die samen is gedaan"),
    "decline_group_completion": _own("was er niet bij toen een cursus samen werd gedaan"),
    # --- Notes, topics, the study day -----------------------------------------------------------
    "add_note": _own("schreef een notitie"),
    "change_note": _own("wijzigde een notitie"),
    "remove_note": _own("haalde een notitie weg"),
    "share_note": _own("deelde een notitie"),
    "unshare_note": _own("deelde een notitie niet langer"),
    "vote": _own("stemde op een onderwerp"),
    "unvote": _own("nam een stem terug"),
    "add_topic": _open("voegde een onderwerp toe"),
    "change_topic": _open("wijzigde een onderwerp"),
    "merge_topics": _open("voegde onderwerpen samen"),
    "set_topic_notes": _open("koos welke notities bij een onderwerp horen"),
    "schedule_topic": _open("zette een onderwerp in het programma"),
    "park_topic": _open("parkeerde een onderwerp"),
    "answer_topic": _open("beantwoordde een onderwerp"),
    "reopen_topic": _open("zette een onderwerp weer open"),
    "suggest_programme": _open("liet een programma voor een studiedag voorstellen"),
    "save_programme": _open("wijzigde het programma van een studiedag"),
    "set_moments": _open("koos de vervolgmomenten van een studiedag"),
    "mark_ready_study_day": _open("gaf aan dat een studiedag klaar is om te beginnen"),
    "back_to_preparing_study_day": _open("zette een studiedag terug in voorbereiding"),
    "close_study_day": _open("sloot een studiedag af"),
    "reopen_study_day": _open("opende een studiedag weer"),
    # --- PLG, lesson visits, scans --------------------------------------------------------------
    "add_plg_cycle": _open("begon een PLG"),
    "change_plg_cycle": _open("wijzigde een PLG"),
    "start_plg_cycle": _open("startte een PLG"),
    "close_plg_cycle": _open("rondde een PLG af"),
    "reopen_plg_cycle": _open("opende een PLG weer"),
    "next_plg_cycle": _open("begon een volgende ronde van een PLG"),
    "add_plg_meeting": _open("voegde een PLG-bijeenkomst toe"),
    "change_plg_meeting": _open("wijzigde een PLG-bijeenkomst"),
    "close_plg_meeting": _open("sloot een PLG-bijeenkomst af"),
    "skip_plg_meeting": _open("gaf aan dat een PLG-bijeenkomst niet doorging"),
    "reopen_plg_meeting": _open("opende een PLG-bijeenkomst weer"),
    "add_micro_step": _own("koos een stapje"),
    "try_micro_step": _own("probeerde een stapje"),
    "drop_micro_step": _own("liet een stapje los"),
    "reopen_micro_step": _own("pakte een stapje weer op"),
    "add_lesson_visit": _open("plande een lesbezoek"),
    "change_lesson_visit": _open("wijzigde een lesbezoek"),
    "hold_lesson_visit": _open("gaf aan dat een lesbezoek is geweest"),
    "cancel_lesson_visit": _open("liet een lesbezoek vervallen"),
    "add_lesson_visit_note": _own("schreef een notitie bij een lesbezoek"),
    "open_scan": _open("opende een scan"),
    "close_scan": _open("sloot een scan"),
    "answer_scan": _own("vulde een scan in"),
    # --- Agreements and evaluation --------------------------------------------------------------
    "add_agreement": _open("legde een afspraak vast"),
    "change_agreement": _open("wijzigde een afspraak"),
    "move_agreement": _open("nam een afspraak mee naar het volgende schooljaar"),
    "agreement_keep": _open("liet een afspraak doorlopen"),
    "agreement_finish": _open("noteerde dat een afspraak is nagekomen"),
    "agreement_drop": _open("liet een afspraak los"),
    "agreement_reopen": _open("opende een afspraak weer"),
    "agreement_to_team": _open("liet een afspraak overgaan naar het hele team"),
    "add_indicator": _open("voegde een indicator toe"),
    "change_indicator": _open("wijzigde een indicator"),
    "remove_indicator": _open("haalde een indicator weg"),
    "add_measurement": _open("noteerde een meting"),
    "change_measurement": _open("wijzigde een meting"),
    "remove_measurement": _open("haalde een meting weg"),
    "decide_about_goal": _open("besliste hoe het met een doel verder gaat"),
    # --- Mail -----------------------------------------------------------------------------------
    "prepare_mail": _open("zette berichten klaar"),
    "release_mail": _open("gaf berichten vrij"),
    "cancel_mail": _open("liet berichten vervallen"),
    "retry_mail": _open("liet berichten opnieuw versturen"),
    # --- Documents ------------------------------------------------------------------------------
    "request_job": _open("vroeg een document aan"),
    "retry_job": _open("vroeg een document opnieuw aan"),
    "request_bundle": _open("vroeg documenten voor alle teams aan"),
    "cancel_job": _open("liet een aangevraagd document vervallen"),
    "open_document": _own("opende een document"),
    "open_own_document": _own("opende een document dat alleen voor diegene zelf is"),
    "upload_word_template": _open("leverde een Word-sjabloon in"),
    "activate_word_template": _open("nam een Word-sjabloon in gebruik"),
    "deactivate_word_template": _open("stopte met een Word-sjabloon"),
    "remove_word_template": _open("haalde een Word-sjabloon weg"),
    "send_document": _own("stuurde een document"),
    "revoke_link": _own("stopte een link naar een document"),
    # --- School, teams and people ---------------------------------------------------------------
    "create_organisation": _server("richtte de school in"),
    "change_school": _open("wijzigde de school"),
    "add_team": _open("maakte een team"),
    "rename_team": _open("gaf een team een andere naam"),
    "add_employment": _open("voegde een medewerker toe"),
    "join": _open("kwam binnen met een account van de school"),
    "change_employment": _open("wijzigde een dienstverband"),
    "grant_role": _open("gaf iemand een rol"),
    "withdraw_role": _open("trok een rol in"),
    "hand_over_role": _open("droeg de rol van iemand over"),
    "take_over_role": _open("gaf iemand de rol van een ander"),
    "grant_board_role": _server("gaf iemand een rol bij het bestuur"),
    "withdraw_board_role": _server("trok een rol bij het bestuur in"),
    "role_over": _clock("liet een rol aflopen"),
    "make_calendar_feed": _open("maakte een adres voor de agenda"),
    "renew_calendar_feed": _open("maakte een nieuw adres voor de agenda"),
    "revoke_calendar_feed": _open("stopte een adres voor de agenda"),
    "issue_token": _open("maakte een sleutel voor de API"),
    "revoke_token": _open("trok een sleutel voor de API in"),
    "invite_again": _open("nodigde iemand opnieuw uit"),
    "renew_invitation": _own("vroeg een nieuwe uitnodiging"),
    "reset_second_factor": _open("zette de tweede stap bij het aanmelden van iemand uit"),
    "reset_second_factor_on_server": _server(
        "zette de tweede stap bij het aanmelden van iemand uit"
    ),
    "end_employment": _open("legde vast dat iemand van school gaat"),
    "restore_backup": _server("zette een back-up terug"),
    "erase_person": _open("wiste de gegevens van iemand die weg is"),
    "erase_person_on_server": _server("wiste de gegevens van iemand die weg is"),
    "erase_departed": _clock("wiste de gegevens van iemand die lang weg is"),
    "request_data_for": _open("liet iemands gegevens verzamelen, op verzoek"),
    "export_person_on_server": _server("verzamelde iemands gegevens, op verzoek"),
    "add_membership": _open("zette iemand in een team"),
    "change_membership": _open("wijzigde sinds wanneer iemand in een team zit"),
    "remove_membership": _open("haalde iemand uit een team"),
    "choose_weekly_mail": _own("veranderde wat er per mail komt"),
    "import_people": _open("las een lijst met medewerkers in"),
    "add_calendar_override": _open("voegde een afwijking van de kalender toe"),
    "remove_calendar_override": _open("haalde een afwijking van de kalender weg"),
    "set_course_override": _open("vulde gegevens van een cursus in"),
    "remove_course_override": _open("haalde gegevens van een cursus weg"),
    "request_quote": _open("vroeg een offerte"),
    "set_budget_numbers": _open("vulde in wat iemand aan scholingsbudget heeft"),
    "settle_budget_year": _open("legde de scholingsbudgetten van een jaar vast"),
    "state_grant": _own("vulde een scholingsbudget in"),
    "record_spending": _own("vulde een uitgave van een scholingsbudget in"),
    "remove_budget_line": _own("haalde een bedrag van een scholingsbudget weg"),
}


def hidden_from_others(*, sees_assignments: bool) -> frozenset[str]:
    """The actions of others that somebody does not read."""
    closed = {Sight.OWN} if sees_assignments else {Sight.OWN, Sight.GUIDES}
    return frozenset(action for action, words in WORDS.items() if words.sight in closed)


# Whose document somebody opened or sent is between these two and the school, which answers for it.
ABOUT_DOCUMENTS = frozenset({"open_document", "send_document", "revoke_link"})


def read_by_school() -> frozenset[str]:
    """The actions that who runs a school reads in its log: what is open, and documents."""
    shown = {action for action, words in WORDS.items() if words.sight is Sight.OPEN}
    return frozenset(shown | ABOUT_DOCUMENTS)


def sentence(action: str, name: str | None) -> str:
    """What happened, in Dutch. No `name`: the person is known no more, or it was nobody's doing.

    An action without words is told without a name: nobody decided yet who may read it.
    """
    words = WORDS.get(action)
    if words is None:
        return _NEUTRAL
    return f"{name or words.nobody} {words.text}."

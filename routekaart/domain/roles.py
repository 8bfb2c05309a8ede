"""Roles and rights as data: one table says what each role may do, and who gives it.

`access.py` reads these tables and decides nothing by itself about a role. A right that a role has
stands here and nowhere else; so does who may give a role, and how it goes to somebody else.
"""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What somebody is in the product.

    An ib'er is no role but a function: what an ib'er does here is what a team lead or a trainer
    does, at the own school, and then that is the role.
    """

    MEMBER = "member"
    TEAM_LEAD = "team_lead"
    TRAINER = "trainer"
    DIRECTOR = "director"
    BOARD = "board"
    MR_READER = "mr_reader"
    SCHOOL_ADMIN = "school_admin"
    CATALOGUE_MANAGER = "catalogue_manager"

    @property
    def label(self) -> str:
        """What it is called on screen."""
        return _LABELS[self]


_LABELS: Mapping[Role, str] = {
    Role.MEMBER: "teamlid",
    Role.TEAM_LEAD: "teamleider",
    Role.TRAINER: "trainer",
    Role.DIRECTOR: "directie",
    Role.BOARD: "bestuur",
    Role.MR_READER: "MR",
    Role.SCHOOL_ADMIN: "schoolbeheerder",
    Role.CATALOGUE_MANAGER: "catalogusbeheerder",
}


class Permission(StrEnum):
    VIEW_SCHOOL = "view_school"
    EDIT_SCHOOL = "edit_school"
    VIEW_TEAM = "view_team"
    MANAGE_TEAMS = "manage_teams"
    VIEW_PEOPLE = "view_people"
    MANAGE_PEOPLE = "manage_people"
    EDIT_COURSES = "edit_courses"
    # A course that the catalogue does not have, for the own school only.
    ADD_COURSES = "add_courses"
    VIEW_ROUTEKAART = "view_routekaart"
    EDIT_ROUTEKAART = "edit_routekaart"
    SUBMIT_ROUTEKAART = "submit_routekaart"
    ADVISE = "advise"
    ACCEPT_ADVICE = "accept_advice"
    ASSIGN = "assign"
    VIEW_ASSIGNMENTS = "view_assignments"
    VIEW_ALL_ASSIGNMENTS = "view_all_assignments"
    # On behalf of somebody else: everyone records it for the own courses.
    RECORD_AGREEMENT = "record_agreement"
    VIEW_PLAN = "view_plan"
    MAKE_PLAN = "make_plan"
    APPROVE = "approve"
    VIEW_DOCUMENT = "view_document"
    MAKE_DOCUMENT = "make_document"
    # By mail, to somebody who may read it anyway.
    SEND_DOCUMENT = "send_document"
    REQUEST_QUOTE = "request_quote"
    # The learning cycle.
    EDIT_WORK_GROUPS = "edit_work_groups"
    # Counts; whose names come with it is decided by the school's PMR switch.
    VIEW_PROGRESS = "view_progress"
    # One's own; that of others is RECORD_PROGRESS.
    REPORT_PROGRESS = "report_progress"
    RECORD_PROGRESS = "record_progress"
    WRITE_NOTES = "write_notes"
    VIEW_NOTES = "view_notes"
    PREPARE_DAY = "prepare_day"
    VIEW_PLG = "view_plg"
    RUN_PLG = "run_plg"
    VIEW_SCAN = "view_scan"
    OPEN_SCAN = "open_scan"
    ANSWER_SCAN = "answer_scan"
    VIEW_AGREEMENTS = "view_agreements"
    EDIT_AGREEMENTS = "edit_agreements"
    EVALUATE = "evaluate"
    VIEW_MAIL = "view_mail"
    RELEASE_MAIL = "release_mail"
    # What somebody has to spend on learning, and what it went to; everyone sees the own.
    KEEP_BUDGETS = "keep_budgets"
    VIEW_HISTORY = "view_history"


P = Permission
_READER = frozenset(
    {
        P.VIEW_SCHOOL,
        P.VIEW_TEAM,
        P.VIEW_ROUTEKAART,
        P.VIEW_PLAN,
        P.VIEW_DOCUMENT,
        P.VIEW_PROGRESS,
    }
)
# Who works with the team, and may know what it speaks of.
_COMPANION = frozenset(
    {
        P.VIEW_PEOPLE,
        P.VIEW_ASSIGNMENTS,
        P.VIEW_NOTES,
        P.VIEW_PLG,
        P.VIEW_SCAN,
        P.VIEW_AGREEMENTS,
        P.EDIT_AGREEMENTS,
        P.VIEW_HISTORY,
    }
)
_MEMBER = (
    _READER
    | _COMPANION
    | {
        P.EDIT_ROUTEKAART,
        P.REPORT_PROGRESS,
        P.WRITE_NOTES,
        P.RUN_PLG,
        P.ANSWER_SCAN,
        P.EVALUATE,
    }
)
# What it takes to do the own courses. Who is in the team has this there, with any role.
OWN_WORK = _READER | {P.VIEW_ASSIGNMENTS, P.REPORT_PROGRESS}
# What a team lead and a trainer do for the team.
_GUIDE = frozenset(
    {
        P.ASSIGN,
        P.VIEW_ALL_ASSIGNMENTS,
        P.MAKE_PLAN,
        P.MAKE_DOCUMENT,
        P.SEND_DOCUMENT,
        P.EDIT_WORK_GROUPS,
        P.RECORD_PROGRESS,
        P.PREPARE_DAY,
        P.OPEN_SCAN,
        P.VIEW_MAIL,
        P.RELEASE_MAIL,
    }
)

ROLE_PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.MEMBER: _MEMBER,
    Role.TEAM_LEAD: _MEMBER
    | _GUIDE
    | {P.SUBMIT_ROUTEKAART, P.ACCEPT_ADVICE, P.RECORD_AGREEMENT, P.REQUEST_QUOTE},
    Role.TRAINER: _READER | _COMPANION | _GUIDE | {P.ADVISE, P.ADD_COURSES},
    Role.DIRECTOR: _READER
    | {
        P.VIEW_PEOPLE,
        P.MANAGE_TEAMS,
        P.KEEP_BUDGETS,
        P.APPROVE,
        P.MAKE_DOCUMENT,
        P.SEND_DOCUMENT,
        P.REQUEST_QUOTE,
        P.VIEW_PLG,
        P.VIEW_SCAN,
        P.VIEW_AGREEMENTS,
        P.VIEW_MAIL,
        P.RELEASE_MAIL,
        P.VIEW_HISTORY,
    },
    # Sends to who answers for a school, whom it knows: the directors and the board itself.
    Role.BOARD: _READER | {P.MAKE_DOCUMENT, P.SEND_DOCUMENT},
    # No progress, no names, nothing that a team still works on: see ADOPTED_ONLY.
    Role.MR_READER: frozenset({P.VIEW_SCHOOL, P.VIEW_TEAM, P.VIEW_PLAN, P.VIEW_DOCUMENT}),
    Role.SCHOOL_ADMIN: frozenset(
        {
            P.VIEW_SCHOOL,
            P.EDIT_SCHOOL,
            P.VIEW_TEAM,
            P.MANAGE_TEAMS,
            P.VIEW_PEOPLE,
            P.MANAGE_PEOPLE,
            P.KEEP_BUDGETS,
            P.REQUEST_QUOTE,
        }
    ),
    Role.CATALOGUE_MANAGER: frozenset({P.VIEW_SCHOOL, P.EDIT_COURSES, P.ADD_COURSES}),
}
# Who may make which step of which state machine; a step that is not here is made by a worker.
STEP_PERMISSIONS: Mapping[str, Mapping[str, Permission]] = {
    "routekaart": {
        "submit": P.SUBMIT_ROUTEKAART,
        "withdraw": P.SUBMIT_ROUTEKAART,
        "advise": P.ADVISE,
        "accept": P.ACCEPT_ADVICE,
        "plan": P.MAKE_PLAN,
        "return": P.APPROVE,
        "approve": P.APPROVE,
        "start": P.SUBMIT_ROUTEKAART,
        "close": P.SUBMIT_ROUTEKAART,
    },
    # For the own courses; for those of somebody else it takes RECORD_PROGRESS as well.
    "assignment": {
        "start": P.REPORT_PROGRESS,
        "complete": P.REPORT_PROGRESS,
        "reopen": P.REPORT_PROGRESS,
        "waive": P.RECORD_PROGRESS,
        "withdraw": P.ASSIGN,
    },
    "study_day": {
        "mark_ready": P.PREPARE_DAY,
        "back_to_preparing": P.PREPARE_DAY,
        "close": P.PREPARE_DAY,
        "reopen": P.PREPARE_DAY,
    },
    "topic": {
        "schedule": P.PREPARE_DAY,
        "park": P.PREPARE_DAY,
        "answer": P.PREPARE_DAY,
        "reopen": P.PREPARE_DAY,
    },
    "plg_cycle": {"start": P.RUN_PLG, "close": P.RUN_PLG, "reopen": P.RUN_PLG},
    "plg_meeting": {"close": P.RUN_PLG, "skip": P.RUN_PLG, "reopen": P.RUN_PLG},
    # Only the person who chose it.
    "micro_step": {"try": P.RUN_PLG, "drop": P.RUN_PLG, "reopen": P.RUN_PLG},
    "lesson_visit": {"hold": P.RUN_PLG, "cancel": P.RUN_PLG},
    "agreement": {
        "keep": P.EDIT_AGREEMENTS,
        "finish": P.EDIT_AGREEMENTS,
        "drop": P.EDIT_AGREEMENTS,
        "reopen": P.EDIT_AGREEMENTS,
    },
    "mail": {"release": P.RELEASE_MAIL, "cancel": P.RELEASE_MAIL, "retry": P.RELEASE_MAIL},
}
# Machine, step and state in which a step takes more: what a team lead or trainer decided about
# somebody is not for that person to undo.
STRICTER_STEPS: Mapping[tuple[str, str, str], Permission] = {
    ("assignment", "reopen", "waived"): P.RECORD_PROGRESS,
}
# These roles act only for the teams that the person belongs to.
TEAM_BOUND: frozenset[Role] = frozenset({Role.MEMBER, Role.TEAM_LEAD})
# These roles see of what teams make only what was adopted, and what is made for the MR.
ADOPTED_ONLY: frozenset[Role] = frozenset({Role.MR_READER})
# Who gives a role, and takes it back. A school gives these at itself.
SCHOOL_GIVES: tuple[Role, ...] = (
    Role.MEMBER,
    Role.TEAM_LEAD,
    Role.TRAINER,
    Role.DIRECTOR,
    Role.MR_READER,
    Role.SCHOOL_ADMIN,
    Role.CATALOGUE_MANAGER,
)


class Duty(StrEnum):
    """What hangs on who holds a role, and goes along when somebody else takes it over.

    What hangs on the role alone goes along by itself: who decides on a plan, whose turn it is, who
    lets mail go.
    """

    # The places in teams.
    TEAMS = "teams"
    # Open agreements of those teams that the holder keeps.
    AGREEMENTS = "agreements"
    # Days that are not over: as the trainer, and the parts that the holder leads.
    STUDY_DAYS = "study_days"
    # Documents that were asked for and are not there yet.
    DOCUMENTS = "documents"


# What goes along with which role. A place as a member is not taken over: it is nobody's task.
GOES_ALONG: Mapping[Role, frozenset[Duty]] = {
    Role.TEAM_LEAD: frozenset(Duty),
    Role.TRAINER: frozenset({Duty.STUDY_DAYS, Duty.DOCUMENTS}),
    Role.DIRECTOR: frozenset({Duty.STUDY_DAYS, Duty.DOCUMENTS}),
    Role.MR_READER: frozenset(),
    Role.SCHOOL_ADMIN: frozenset(),
    Role.CATALOGUE_MANAGER: frozenset(),
}

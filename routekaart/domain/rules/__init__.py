"""The rules of a routekaart, once, in pure code: a view in, findings out."""

from routekaart.domain.rules.bsn import bsn_in_texts, holds_bsn, passes_bsn_test
from routekaart.domain.rules.check import check, check_selection
from routekaart.domain.rules.goals import mandatory_course_finding
from routekaart.domain.rules.parameters import Plannable, parameter_findings, plannable
from routekaart.domain.rules.questions import QuestionProgress, question_progress
from routekaart.domain.rules.readability import HARD_TO_READ, readability_in_texts
from routekaart.domain.rules.transitions import Transition, blocked_transitions, blocking
from routekaart.domain.rules.view import (
    Answer,
    Choice,
    FacilityLink,
    FreeText,
    Funding,
    GoalView,
    MandatoryCourse,
    MemberView,
    RoutekaartView,
)

__all__ = [
    "HARD_TO_READ",
    "Answer",
    "Choice",
    "FacilityLink",
    "FreeText",
    "Funding",
    "GoalView",
    "MandatoryCourse",
    "MemberView",
    "Plannable",
    "QuestionProgress",
    "RoutekaartView",
    "Transition",
    "blocked_transitions",
    "blocking",
    "bsn_in_texts",
    "check",
    "check_selection",
    "holds_bsn",
    "mandatory_course_finding",
    "parameter_findings",
    "passes_bsn_test",
    "plannable",
    "question_progress",
    "readability_in_texts",
]

"""What follows from an assignment: rules for joiners, undoing, and the same course twice."""

from routekaart.domain.assigning import NewAssignment, NewRule, TeamMember
from routekaart.domain.assigning.rules import applies, by_rules, fallen_away
from routekaart.domain.assigning.together import ALONG, beginning_of, goes_along
from routekaart.domain.assigning.undoing import Asked, Kept, counted, sorted_out
from routekaart.domain.lifecycle import ASSIGNMENT

REACH = {"leerkracht": frozenset({"leerkracht", "kleuterleerkracht"})}
EVERYONE = NewRule("g1", "samen", "", True, "omdat: samen")
TEACHERS = NewRule("g1", "lezen", "leerkracht", True, "omdat: lezen")
AGAIN = NewRule("g2", "lezen", "", False, "omdat: ook")
RULES = (EVERYONE, TEACHERS, AGAIN)


def test_a_rule_is_about_a_function_with_what_it_includes() -> None:
    assert applies(EVERYONE, (), REACH)
    assert applies(TEACHERS, ("kleuterleerkracht",), REACH)
    assert not applies(TEACHERS, ("schoolleider",), REACH)
    # A function that the catalogue lost is still itself.
    assert applies(TEACHERS, ("leerkracht",), {})


def test_who_joins_gets_a_course_once_for_all_its_goals() -> None:
    kim = TeamMember("kim", ("kleuterleerkracht",))
    assert by_rules(RULES, kim, REACH, {"lezen"}) == (
        # Not offered now, so not mandatory.
        NewAssignment("kim", "samen", ("g1",), "omdat: samen", mandatory=False),
        NewAssignment("kim", "lezen", ("g1", "g2"), "omdat: lezen", mandatory=True),
    )
    sam = TeamMember("sam", ("schoolleider",))
    assert by_rules(RULES, sam, REACH, {"lezen"}) == (
        NewAssignment("sam", "samen", ("g1",), "omdat: samen", mandatory=False),
        NewAssignment("sam", "lezen", ("g2",), "omdat: ook", mandatory=False),
    )


def test_what_only_the_old_function_gave_falls_away() -> None:
    only = (EVERYONE, TEACHERS)
    assert fallen_away(only, ["leerkracht"], ["schoolleider"], REACH) == {"lezen"}
    assert fallen_away(only, ["leerkracht"], ["kleuterleerkracht"], REACH) == set()
    # Another rule gives it to everyone.
    assert fallen_away(RULES, ["leerkracht"], ["schoolleider"], REACH) == set()


def test_undoing_takes_what_nobody_began_with() -> None:
    states = [state for state in ASSIGNMENT.words if state != "withdrawn"]
    asked = [Asked(state, state, otherwise=False) for state in states]
    wanted_too = Asked("ook", "assigned", otherwise=True)
    assert sorted_out([*asked, wanted_too]) == (
        ("assigned",),
        (
            ("started", Kept.STARTED),
            ("done", Kept.DONE),
            ("waived", Kept.WAIVED),
            ("ook", Kept.ASKED_OTHERWISE),
        ),
    )


def test_how_far_somebody_is_takes_the_right_to_know_it() -> None:
    reasons = (Kept.STARTED, Kept.DONE, Kept.ASKED_OTHERWISE, Kept.WAIVED, Kept.DONE)
    assert counted(reasons, with_names=False) == {Kept.BEGUN: 4, Kept.ASKED_OTHERWISE: 1}
    assert counted(reasons, with_names=True) == {
        Kept.STARTED: 1,
        Kept.DONE: 2,
        Kept.ASKED_OTHERWISE: 1,
        Kept.WAIVED: 1,
    }


def test_the_same_course_begins_where_it_is_for_another_team() -> None:
    assert beginning_of([]) == "assigned"
    assert beginning_of(["assigned", "waived"]) == "assigned"
    assert beginning_of(["assigned", "started"]) == "started"
    assert beginning_of(["started", "done"]) == "done"


def test_only_what_the_person_does_goes_along() -> None:
    # Every step that goes along is one that may be made from there.
    for step, states in ALONG.items():
        assert states <= set(ASSIGNMENT.sources(step))
    assert goes_along("waived", "complete")
    assert not goes_along("waived", "reopen")
    assert not any(goes_along(state, "withdraw") for state in ASSIGNMENT.words)
    assert not any(goes_along(state, "waive") for state in ASSIGNMENT.words)

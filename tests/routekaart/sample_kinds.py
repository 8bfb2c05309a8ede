"""Samples of what one person, a group and a study day get, made from the sample team."""

from dataclasses import replace
from datetime import date, time

from routekaart.domain.content.booklet_input import (
    BookletInput,
    DayAgreement,
    DayCourse,
    DayHead,
    DayNote,
    DayPreparation,
    DayTopic,
)
from routekaart.domain.content.group_input import GroupPlanInput, of_group
from routekaart.domain.content.inputs import PlanGoal, ScholingsplanInput
from routekaart.domain.content.person_input import (
    CourseRecord,
    OwnAgreement,
    OwnMeeting,
    OwnPlg,
    OwnStep,
    PersonInTeam,
    PersonPlanInput,
)
from routekaart.domain.planner.sight import without_persons
from routekaart.domain.programme import BlockPerson, ProgrammeBlock
from routekaart.domain.study_day import BlockKind, NoteKind
from tests.routekaart.sample_team import sample

MADE_ON = date(2026, 11, 2)
BLOCKS = (
    ProgrammeBlock(
        time(8, 30), 60, BlockKind.OPENING, "Opening", "Wat kwam er uit de voorbereiding?"
    ),
    ProgrammeBlock(
        time(9, 30),
        120,
        BlockKind.DEEPENING,
        "Verdieping",
        items=("Bekijk samen een voorbeeld uit een eigen les.",),
        goal_id="goal-0",
        track="Groep 1 tot en met 4",
        room="Speelzaal",
        people=(BlockPerson("tess", leads=True), BlockPerson("mo")),
        topics=("lang",),
    ),
    ProgrammeBlock(
        time(9, 30),
        120,
        BlockKind.DEEPENING,
        "Verdieping",
        track="Groep 5 tot en met 8",
        room="Hal",
    ),
    ProgrammeBlock(time(11, 30), 45, BlockKind.LUNCH, "Lunch"),
    ProgrammeBlock(time(12, 15), 120, BlockKind.PRACTICE, "Oefenen", "In tweetallen."),
    ProgrammeBlock(time(14, 15), 75, BlockKind.AGREEMENTS, "Afspraken en borging"),
)
TOPICS = (
    DayTopic(
        "lang",
        "Feedback die niet te veel tijd kost",
        "scheduled",
        "goal-0",
        7,
        (
            DayNote(NoteKind.QUESTION, "Hoe geef ik feedback zonder dat de les stilvalt?"),
            DayNote(NoteKind.FINDING, "Eén ding per keer werkt het best."),
        ),
    ),
    DayTopic("klaar", "Wanneer beginnen we?", "answered", answer="Na de herfstvakantie"),
)


def one_person(
    given: ScholingsplanInput | None = None,
    number: int = 0,
    *,
    records: bool = True,
    **extra: object,
) -> PersonPlanInput:
    """Somebody of the sample team with a PLG, an agreement and something done."""
    team = given or sample()
    member = team.members[number]
    mine = tuple(item for item in team.assignments if item.member_id == member.id)
    plan = replace(
        team,
        members=(member,),
        assignments=mine,
        plan=replace(without_persons(team.plan, member.id), completed=()) if team.plan else None,
        findings=(),
    )
    in_team = PersonInTeam(
        plan=plan,
        records=tuple(
            CourseRecord(item.course, item.course_title, "toegewezen") for item in mine[1:]
        )
        + tuple(
            CourseRecord(
                item.course, item.course_title, "afgerond", date(2026, 10, 12), "Klein beginnen."
            )
            for item in mine[:1]
        )
        if records
        else None,
        plgs=(
            OwnPlg(
                "Feedback",
                team.goals[0].id if team.goals else "",
                (OwnMeeting(date(2026, 11, 25), 90, "gepland", time(15, 30)),),
                (OwnStep("Na elke les één tip", date(2026, 12, 2), "gekozen"),),
            ),
        ),
        agreements=(
            OwnAgreement("Ik geef elke week een tip", "jij", date(2026, 12, 1), date(2026, 12, 16)),
        ),
        work_groups=("Lezen",),
    )
    made = PersonPlanInput(member, MADE_ON, (in_team,), own=True)
    return replace(made, **extra)  # type: ignore[arg-type]  # any field, each of its own type


def group(
    given: ScholingsplanInput | None = None, *functions: str, with_persons: bool = True
) -> GroupPlanInput:
    """The teachers of the sample team, or those of other functions."""
    team = replace(given or sample(), with_persons=with_persons)
    return of_group(team, functions or ("leerkracht",))


def study_day(**extra: object) -> BookletInput:
    """A day with a programme in groups, topics, notes and one agreement."""
    made = BookletInput(
        team="Team middenbouw",
        school="Basisschool De Wilgenhof",
        school_year="2026-2027",
        made_on=MADE_ON,
        day=DayHead(
            title="Feedback die helpt",
            kind="studiedag",
            state="klaar om te beginnen",
            on=date(2026, 11, 4),
            start=time(8, 30),
            minutes=420,
            room="Teamkamer",
            trainer="Tess Trainer",
            follow_up_on=date(2026, 12, 2),
            evaluation_on=date(2027, 1, 20),
        ),
        function_titles=(("leerkracht", "leerkrachten"),),
        goals=(
            PlanGoal(
                "goal-0",
                "Wij leren feedback geven",
                "Leerlingen vertellen wat hun volgende stap is.",
            ),
            PlanGoal("goal-1", "Wij leren stap voor stap voordoen"),
        ),
        goals_of_day=("goal-0",),
        indicators=(("goal-0", "In elke les vertelt een leerling zijn volgende stap."),),
        blocks=BLOCKS,
        people=(("tess", "Tess Trainer"), ("mo", "Mo Lid")),
        preparation=DayPreparation(
            courses=(DayCourse("Feedback geven", 240, True, ("goal-0",), ("leerkracht",)),),
            deadline=date(2026, 10, 28),
            done=9,
            asked=12,
        ),
        topics=TOPICS,
        notes=(
            DayNote(NoteKind.WISH, "Voorbeelden voor groep 3.", "goal-0"),
            DayNote(NoteKind.QUESTION, "Doen we dit ook bij gym?"),
        ),
        agreements=(
            DayAgreement(
                "Elke les eindigt met een terugblik",
                "het hele team",
                date(2026, 12, 1),
                date(2026, 12, 2),
            ),
        ),
        expected=("Lies Leider", "Mo Lid"),
        team_size=2,
        inside=True,
    )
    return replace(made, **extra)  # type: ignore[arg-type]  # any field, each of its own type

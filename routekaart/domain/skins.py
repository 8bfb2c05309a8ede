"""The quality cycle in a school's own words (S31-S33, S40): names and templates, never other data.

What a source says and what is filled in by us stands beside each name. The handreiking only names
PDCA (with its four words), WMK and the approach of Stichting leerKRACHT (with its work sessions);
how WMK is built up no source says. Handelingsgericht werken has its four steps and three rounds a
year from Kennisrotonde. Which of our objects a phase holds is always an assumption.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

_HANDREIKING = "handreiking-duurzaam-beter-onderwijs"
_KENNISROTONDE = "kennisrotonde-ib-hoogbegaafd"


class SkinName(StrEnum):
    PLAIN = "plain"
    PDCA = "pdca"
    LEERKRACHT = "leerkracht"
    WMK = "wmk"
    HGW = "hgw"


class Holds(StrEnum):
    """Our objects that a phase can hold."""

    GOAL = "goal"
    PREPARATION = "preparation"
    STUDY_DAY = "study_day"
    PLG_MEETING = "plg_meeting"
    LESSON_VISIT = "lesson_visit"
    AGREEMENT = "agreement"
    FOLLOW_UP = "follow_up"
    SCAN = "scan"
    INDICATOR = "indicator"
    EVALUATION = "evaluation"


@dataclass(frozen=True, slots=True)
class Phase:
    """A step of the cycle. `source`: the one that names it; empty: an assumption of ours."""

    slug: str
    title: str
    holds: tuple[Holds, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class WeeklyMoment:
    """A short moment that comes back every week."""

    phase: str
    title: str
    minutes: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class Skin:
    """What a school calls things. `rounds`: how often a year the phases come by; 0: with the plan.

    `words` replaces the name of a kind of object.
    """

    name: SkinName
    title: str
    phases: tuple[Phase, ...]
    source: str = ""
    words: Mapping[Holds, str] | None = None
    weekly: WeeklyMoment | None = None
    rounds: int = 0

    def phase_of(self, kind: Holds) -> Phase:
        """The phase that holds a kind of object."""
        return next(phase for phase in self.phases if kind in phase.holds)

    def word(self, kind: Holds) -> str:
        """What the school calls a kind of object."""
        return (self.words or {}).get(kind, WORDS[kind])


WORDS: Mapping[Holds, str] = {
    Holds.GOAL: "Ontwikkeldoel",
    Holds.PREPARATION: "Voorbereiding klaar",
    Holds.STUDY_DAY: "Studiedag",
    Holds.PLG_MEETING: "PLG-bijeenkomst",
    Holds.LESSON_VISIT: "Lesbezoek",
    Holds.AGREEMENT: "Afspraak",
    Holds.FOLLOW_UP: "Vervolgbijeenkomst",
    Holds.SCAN: "Scan",
    Holds.INDICATOR: "Meting",
    Holds.EVALUATION: "Evaluatie",
}
_SETTING_OUT = (Holds.GOAL, Holds.PREPARATION)
_DOING = (Holds.STUDY_DAY, Holds.PLG_MEETING, Holds.LESSON_VISIT)
_CHECKING = (Holds.FOLLOW_UP, Holds.SCAN, Holds.INDICATOR)
_GOING_ON = (Holds.EVALUATION, Holds.AGREEMENT)

SKINS: Mapping[SkinName, Skin] = {
    skin.name: skin
    for skin in (
        Skin(
            SkinName.PLAIN,
            "Geen vaste cyclus",
            (
                Phase("voorbereiden", "Voorbereiden", _SETTING_OUT),
                Phase("leren", "Samen leren", _DOING),
                Phase("nagaan", "Nagaan", _CHECKING),
                Phase("verdergaan", "Verdergaan", _GOING_ON),
            ),
        ),
        Skin(
            SkinName.PDCA,
            "PDCA",
            (
                Phase("plan", "Plan", _SETTING_OUT, _HANDREIKING),
                Phase("do", "Do", _DOING, _HANDREIKING),
                Phase("check", "Check", _CHECKING, _HANDREIKING),
                Phase("act", "Act", _GOING_ON, _HANDREIKING),
            ),
            source=_HANDREIKING,
        ),
        Skin(
            SkinName.LEERKRACHT,
            "leerKRACHT",
            (
                Phase("bordsessie", "Bordsessie", (Holds.GOAL, Holds.AGREEMENT)),
                Phase(
                    "werksessie",
                    "Werksessie",
                    (Holds.PREPARATION, Holds.STUDY_DAY, Holds.PLG_MEETING),
                    _HANDREIKING,
                ),
                Phase("lesbezoek", "Lesbezoek en feedback", (Holds.LESSON_VISIT,)),
                Phase("terugblik", "Terugblik", (*_CHECKING, Holds.EVALUATION)),
            ),
            source=_HANDREIKING,
            words={
                Holds.PLG_MEETING: "Werksessie",
                Holds.PREPARATION: "E-learning klaar voor de werksessie",
            },
            weekly=WeeklyMoment("bordsessie", "Bordsessie", 15),
        ),
        Skin(
            SkinName.WMK,
            "WMK",
            (
                Phase("voornemen", "Voornemen", _SETTING_OUT),
                Phase("uitvoeren", "Uitvoeren", _DOING),
                Phase("beoordelen", "Beoordelen", _CHECKING),
                Phase("verbeteren", "Verbeteren", _GOING_ON),
            ),
            source=_HANDREIKING,
        ),
        Skin(
            SkinName.HGW,
            "Handelingsgericht werken",
            (
                Phase("signaleren", "Signaleren", _CHECKING, _KENNISROTONDE),
                Phase("analyseren", "Analyseren", (Holds.EVALUATION,), _KENNISROTONDE),
                Phase("plannen", "Plannen", (*_SETTING_OUT, Holds.AGREEMENT), _KENNISROTONDE),
                Phase("realiseren", "Realiseren", _DOING, _KENNISROTONDE),
            ),
            source=_KENNISROTONDE,
            rounds=3,
        ),
    )
}

"""The programme of one study day: what it is made of, what it starts from, whether it can be held.

`study_day.py` gives the shape of a day; this is the living programme that a trainer changes.
"""

from routekaart.domain.programme.block import BlockPerson, ProgrammeBlock
from routekaart.domain.programme.check import (
    Known,
    adds_up,
    lines_of,
    programme_findings,
    reference_findings,
)
from routekaart.domain.programme.elsewhere import BookedDay, elsewhere_findings
from routekaart.domain.programme.sequence import in_sequence, minutes_filled
from routekaart.domain.programme.suggest import RaisedTopic, item_of_note, suggested_programme

__all__ = [
    "BlockPerson",
    "BookedDay",
    "Known",
    "ProgrammeBlock",
    "RaisedTopic",
    "adds_up",
    "elsewhere_findings",
    "in_sequence",
    "item_of_note",
    "lines_of",
    "minutes_filled",
    "programme_findings",
    "reference_findings",
    "suggested_programme",
]

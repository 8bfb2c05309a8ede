"""What a team has to spend on its own learning, in the chapter about hours.

Only what the year gives: what somebody saved or spent is for that person and who keeps budgets.
"""

from collections.abc import Iterator

from routekaart.domain.budget import euros
from routekaart.domain.budget_rules import budget_basis, granted_cents
from routekaart.domain.budget_words import amount_lines, saving_line
from routekaart.domain.content.outline import Outline
from routekaart.domain.content.wording import counted


def budget_notes(outline: Outline) -> Iterator[str]:
    """Sentences, with source and year; none where the input holds nothing of budgets."""
    given = outline.given
    if given.budget is None or not given.members:
        return
    first_day = given.calendar.year.first_day
    bases = [
        budget_basis(member.functions, sector=given.sector, on=first_day, own=given.budget)
        for member in given.members
    ]
    known = [basis for basis in bases if basis is not None]
    if len(known) < len(bases):
        yield "Hoeveel scholingsbudget iemand heeft, is voor dit soort school niet bekend."
        return
    total = sum(
        granted_cents(basis, member.fte) for basis, member in zip(known, given.members, strict=True)
    )
    people = counted(len(known), "collega heeft", "collega’s hebben")
    yield (
        f"Scholingsbudget: {people} in dit schooljaar samen {euros(total)}, naast wat er uit "
        "eerdere jaren gespaard is (aanname: de fte van nu, het hele jaar)."
    )
    for basis in dict.fromkeys(known):
        yield " ".join(amount_lines(basis, first_day))
    yield from dict.fromkeys(map(saving_line, known))

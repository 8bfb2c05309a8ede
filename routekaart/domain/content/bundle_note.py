"""LEES MIJ.txt: what is in a ZIP with documents of many teams, and what is not, with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from routekaart.domain.content.wording import counted


@dataclass(frozen=True, slots=True)
class Absent:
    """Something that is not in the ZIP. `what`: team and format; `reason`: a whole sentence."""

    what: str
    reason: str


def bundle_note(
    *, title: str, documents: int, failed: Sequence[Absent], skipped: Sequence[Absent]
) -> str:
    """The text, without a date: the same content is the same file."""
    is_are = "zit" if documents == 1 else "zitten"
    parts = [
        f"{title}\n\nIn deze ZIP {is_are} {counted(documents, 'document', 'documenten')}.\n",
        _listed("Dit is niet gelukt:", failed),
        _listed("Van deze teams is er niets gemaakt:", skipped),
    ]
    return "\n".join(part for part in parts if part)


def _listed(title: str, absent: Sequence[Absent]) -> str:
    if not absent:
        return ""
    lines = (f"- {_one_line(one.what)}: {_one_line(one.reason)}\n" for one in absent)
    return f"{title}\n{''.join(lines)}"


def _one_line(text: str) -> str:
    return " ".join(text.split())

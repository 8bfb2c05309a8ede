"""What is kept of people, per purpose: the lines of the privacy page and of the register."""

from dataclasses import dataclass

from routekaart.domain.personal_data import PURPOSES, TABLES, Purpose, Rows


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One purpose, with what is kept for it and what an erasure does with that."""

    purpose: Purpose
    goes: tuple[str, ...]
    stays: tuple[str, ...]

    @property
    def kept(self) -> tuple[str, ...]:
        """All that is kept for this purpose."""
        return self.goes + self.stays


def register_lines() -> tuple[RegisterLine, ...]:
    """Every purpose, in a fixed order, with the titles of its tables."""
    return tuple(
        RegisterLine(
            purpose,
            goes=_titles(purpose, Rows.GO),
            stays=_titles(purpose, Rows.STAY),
        )
        for purpose in PURPOSES
    )


def _titles(purpose: Purpose, rows: Rows) -> tuple[str, ...]:
    return tuple(
        table.title
        for table in TABLES.values()
        if table.purpose == purpose.key and table.rows is rows
    )

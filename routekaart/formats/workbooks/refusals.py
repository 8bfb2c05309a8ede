"""What a workbook is refused for, with what to do about it."""

from routekaart.domain.errors import BadInput


def unreadable() -> BadInput:
    return _refused(
        "unreadable_table",
        "Dit Excel-bestand is niet te lezen. Open het en sla het opnieuw op als .xlsx of .csv.",
    )


def too_large() -> BadInput:
    return _refused(
        "too_large", "Dit Excel-bestand is te groot. Zet alleen de lijst in een nieuw bestand."
    )


def too_long(lines: int) -> BadInput:
    return _refused(
        "too_many_rows",
        f"Dit blad is langer dan {lines} rijen. Kopieer alleen de lijst naar een nieuw bestand.",
    )


def too_merged() -> BadInput:
    return _refused(
        "too_many_merged",
        "In dit blad zijn heel veel cellen samengevoegd. Kopieer de lijst naar een nieuw bestand "
        "en plak alleen de waarden.",
    )


def other_kind(what: str) -> BadInput:
    """`what`: what it is instead, as the end of ‘Dit is …’."""
    return _refused("unreadable_table", f"Dit is {what} Sla de lijst op als .xlsx of .csv.")


def packed() -> BadInput:
    return _refused(
        "unreadable_table",
        "Dit is een ZIP-bestand en geen Excel-bestand. Pak het uit en kies de lijst die erin zit.",
    )


def _refused(code: str, message: str) -> BadInput:
    return BadInput("file", message, code=code)

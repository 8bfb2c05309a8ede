"""How much room a text takes in a drawing, and a text that fits. Estimates, on the safe side."""

# Of one character of 12 pixels high; a drawing cannot measure.
_EACH = 6.6


def width_of(text: str) -> int:
    """The width of a text in pixels."""
    return round(len(text) * _EACH)


def shortened(text: str, characters: int) -> str:
    """The text, or as much as fits with an ellipsis."""
    plain = " ".join(text.split())
    if len(plain) <= characters:
        return plain
    return plain[: characters - 1].rstrip(" .,:;") + "…"

"""Text for a spreadsheet of somebody else, so that it never runs as a formula. Pure."""

# The wide ones are taken for the plain ones by spreadsheets in some languages.
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def runs(text: str) -> bool:
    """Whether a spreadsheet may take this text for a formula, also behind spaces or marks."""
    return text.startswith(_RUNS) or text.lstrip(" \u00a0\ufeff\u200b").startswith(_RUNS)


def neutral(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would run it."""
    return f"'{text}" if runs(text) else text

"""How the story is printed: numbered lines that stay within the width of a screen."""

import textwrap

WIDTH = 100


def laid_out(number: int, text: str) -> str:
    """A step with its number. What follows on lines of its own stands a little further in."""
    first, *details = text.split("\n")
    return "\n".join(
        [
            _wrapped(first, f"{number:>2}. ", "    "),
            *(_wrapped(detail, "    ", "      ") for detail in details),
        ]
    )


def _wrapped(text: str, indent: str, later: str) -> str:
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=later,
        break_long_words=False,
        break_on_hyphens=False,
    )

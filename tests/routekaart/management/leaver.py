"""What somebody who left is called in the tests of commands."""

from typing import Final

NAME: Final = "Lies Lang"
EMAIL: Final = "lies@voorbeeld.test"

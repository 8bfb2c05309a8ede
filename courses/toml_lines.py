"""On which line each key of a TOML text stands, so that a mistake can be pointed at.

`tomllib` gives values without lines. This scanner gives lines without values; it may assume that
the text is valid TOML, because `tomllib` has read it first.
"""

import re
from dataclasses import dataclass, field

# A place in the data: keys and list indexes, as pydantic writes them.
KeyPath = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'  # several lines, with escapes
    r"|'''.*?'{3,5}"  # several lines, literal
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[^,\]}#\n]+")


def lines_of_keys(text: str) -> dict[KeyPath, int]:
    """The line (from 1) of every key, table and list item of a valid TOML text."""
    scanner = _Scanner(text)
    scanner.scan()
    return scanner.lines


def nearest_line(lines: dict[KeyPath, int], path: KeyPath) -> int | None:
    """The line of a path, or of the closest thing around it that is in the text."""
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return None


@dataclass
class _Scanner:
    text: str
    at: int = 0
    lines: dict[KeyPath, int] = field(default_factory=dict)
    # How often each [[list of tables]] was opened so far.
    counts: dict[KeyPath, int] = field(default_factory=dict)
    line: int = 1
    counted_to: int = 0

    def scan(self) -> None:
        table: KeyPath = ()
        self._skip_blank()
        while self.at < len(self.text):
            if self.text.startswith("[", self.at):
                table = self._header()
            else:
                self._pair(table)
            self._skip_blank()

    def _header(self) -> KeyPath:
        start = self.at
        repeated = self.text.startswith("[[", self.at)
        self.at += 2 if repeated else 1
        parts = self._dotted_key()
        self._skip_blank()
        self.at += 2 if repeated else 1
        path: KeyPath = ()
        for part in parts[:-1]:
            path = (*path, part)
            if path in self.counts:
                path = (*path, self.counts[path] - 1)
        path = (*path, parts[-1])
        if repeated:
            index = self.counts.get(path, 0)
            self.counts[path] = index + 1
            self._note(path, start)
            path = (*path, index)
        self._note(path, start)
        return path

    def _pair(self, table: KeyPath) -> None:
        start = self.at
        path = table
        for part in self._dotted_key():
            path = (*path, part)
            self._note(path, start)
        self._skip_blank()
        self.at += 1  # the = sign
        self._skip_blank()
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        opening = self.text[self.at]
        if opening == "[":
            self._list(path)
        elif opening == "{":
            self._inline_table(path)
        elif match := _STRING.match(self.text, self.at) or _BARE_VALUE.match(self.text, self.at):
            self.at = match.end()
        else:
            raise AssertionError(f"no value at offset {self.at}: the text is not valid TOML")

    def _list(self, path: KeyPath) -> None:
        self.at += 1
        index = 0
        while not self._closes("]"):
            self._note((*path, index), self.at)
            self._value((*path, index))
            index += 1

    def _inline_table(self, path: KeyPath) -> None:
        self.at += 1
        while not self._closes("}"):
            self._pair(path)

    def _closes(self, bracket: str) -> bool:
        """Steps over blanks and a comma; true when the bracket follows, which is stepped over."""
        self._skip_blank()
        if self.text.startswith(",", self.at):
            self.at += 1
            self._skip_blank()
        if not self.text.startswith(bracket, self.at):
            return False
        self.at += 1
        return True

    def _dotted_key(self) -> list[str]:
        parts: list[str] = []
        while True:
            self._skip_blank()
            if match := _BARE_KEY.match(self.text, self.at):
                parts.append(match.group())
            elif match := _STRING.match(self.text, self.at):
                parts.append(match.group()[1:-1])
            else:
                raise AssertionError(f"no key at offset {self.at}: the text is not valid TOML")
            self.at = match.end()
            self._skip_blank()
            if not self.text.startswith(".", self.at):
                return parts
            self.at += 1

    def _skip_blank(self) -> None:
        match = _BLANK.match(self.text, self.at)
        if match is not None:
            self.at = match.end()

    def _note(self, path: KeyPath, offset: int) -> None:
        # Places are noted from the start to the end of the text, so each line is counted once.
        self.line += self.text.count("\n", self.counted_to, offset)
        self.counted_to = offset
        self.lines.setdefault(path, self.line)

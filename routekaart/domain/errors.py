"""What can go wrong in the product's own terms. Plain exceptions: the API maps them to HTTP.

Each carries a stable English `code` and a Dutch sentence that says what to do.
"""

from dataclasses import dataclass, field

from courses.findings import Finding


class DomainError(Exception):
    """Something that the user can mend. `code` is stable, the message is plain Dutch."""

    code = "domain_error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code


class BadInput(DomainError):
    """One field holds something that cannot be used."""

    code = "bad_input"

    def __init__(self, field_name: str, message: str, *, code: str | None = None) -> None:
        super().__init__(message, code=code)
        self.field = field_name


class Conflict(DomainError):
    """The object is not in the state that this needs, or somebody was first."""

    code = "conflict"


@dataclass
class RulesBroken(Exception):
    """A transition is blocked by these findings; all of them are named, not only the first."""

    findings: tuple[Finding, ...] = field(default=())
    code = "rules_broken"

    def __str__(self) -> str:
        return "; ".join(finding.message for finding in self.findings)

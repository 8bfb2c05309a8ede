"""What somebody saw before saying yes, as a short sign that changes with it. Pure."""

from collections.abc import Sequence
from hashlib import sha256

from routekaart.domain.people_import.comparing import PersonRow


def sign_of(rows: Sequence[PersonRow]) -> str:
    """The same for the same rows with the same effect, and for nothing else."""
    return sha256(repr(tuple(rows)).encode("utf-8", "surrogatepass")).hexdigest()

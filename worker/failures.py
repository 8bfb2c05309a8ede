"""Why a job did not work out: a stable code, and a Dutch sentence that says what to do."""

from dataclasses import dataclass

from routekaart.access import Forbidden, NotFound
from routekaart.domain.errors import DomainError, RulesBroken


@dataclass(frozen=True, slots=True)
class Failure:
    code: str
    text: str


class Refused(Exception):
    """The job cannot be run at all, and trying again would not help."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.code)
        self.failure = failure


UNKNOWN_KIND = Failure(
    "unknown_kind", "Deze versie van het programma kent dit soort klus niet. Vraag de beheerder."
)
REQUESTER_GONE = Failure(
    "requester_gone",
    "Wie dit aanvroeg heeft geen toegang meer. Vraag het document zelf opnieuw aan.",
)
NOT_ALLOWED = Failure(
    "not_allowed",
    "Wie dit aanvroeg mag het niet (meer) maken, of het plan bestaat niet meer.",
)
NOTHING_MADE = Failure(
    "nothing_made",
    "Geen van de documenten is gelukt. Hieronder staat per team waarom; probeer ze opnieuw.",
)
TRYING_AGAIN = Failure(
    "trying_again", "De vorige poging mislukte. Het programma probeert het vanzelf opnieuw."
)
TOOK_TOO_LONG = Failure(
    "took_too_long",
    "Het maken duurde te lang en is gestopt. Probeer het later opnieuw, of vraag de beheerder.",
)


def storage_failed(code: str, reason: str) -> Failure:
    """`reason`: what the storage says of it, with what to do."""
    return Failure(code, f"{reason} We wachtten vijf minuten. Probeer het daarna opnieuw.")


def unexpected(attempts: int) -> Failure:
    return Failure(
        "unexpected",
        f"Het maken mislukte {_times(attempts)} door een fout aan onze kant. "
        "Probeer het later opnieuw, of vraag de beheerder.",
    )


def worker_lost(attempts: int) -> Failure:
    return Failure(
        "worker_lost",
        f"Het programma dat dit maakt is {_times(attempts)} onverwacht gestopt. "
        "Probeer het later opnieuw, of vraag de beheerder.",
    )


def for_good(error: Exception) -> Failure | None:
    """The failure when trying again cannot help; None for every other error."""
    if isinstance(error, DomainError):
        return Failure(error.code, error.message)
    if isinstance(error, RulesBroken):
        return Failure(error.code, " ".join(finding.message for finding in error.findings))
    if isinstance(error, (Forbidden, NotFound)):
        return NOT_ALLOWED
    return None


def _times(count: int) -> str:
    return "één keer" if count == 1 else f"{count} keer"

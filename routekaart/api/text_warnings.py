"""What deserves a look in free text that somebody wrote. It warns, it never blocks."""

from collections.abc import Mapping

from routekaart.api.shapes import FindingReply, finding_reply
from routekaart.domain.rules import bsn_in_texts


def bsn_replies(texts: Mapping[str, str]) -> list[FindingReply]:
    """A warning for each text, by its field, that may hold a citizen service number (S13)."""
    return [finding_reply(finding) for finding in bsn_in_texts(texts)]

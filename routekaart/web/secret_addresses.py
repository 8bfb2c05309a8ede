"""Keeps secret addresses out of the log: who reads that must not read somebody's calendar, or a
document that was sent to somebody, too."""

import logging
import re

_SECRET = re.compile(r"(/agenda/)[^/\s]+(\.ics)|(/gedeeld/)[^/\s]+")


class HideSecretAddresses(logging.Filter):
    """Writes `/agenda/….ics` or `/gedeeld/…` for every such address in a message."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        hidden = _SECRET.sub(r"\1\3…\2", message)
        if hidden != message:
            record.msg, record.args = hidden, ()
        return True

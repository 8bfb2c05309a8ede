"""Keeps secret addresses out of the log: who reads that must not read somebody's calendar too."""

import logging
import re

_SECRET = re.compile(r"(/agenda/)[^/\s]+(\.ics)")


class HideSecretAddresses(logging.Filter):
    """Writes `/agenda/….ics` for every such address in a message."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        hidden = _SECRET.sub(r"\1…\2", message)
        if hidden != message:
            record.msg, record.args = hidden, ()
        return True

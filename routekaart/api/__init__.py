"""The HTTP interface: one router per subject, one table of errors, one set of field types."""

"""Faults on purpose: the whole product on servers of its own, hurt at random moments.

`python -m tests.chaos` (or `make chaos`) starts web server, worker, database, broker and a mail
server, lets clients ask for documents through the API, injects every kind of fault of
`faults.py`, waits until all is quiet, and then compares what the clients were told with what is in
the tables, in the storage and in the mailbox.
"""

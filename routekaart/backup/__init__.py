"""Backups: everything in one file, and everything back from it, or nothing at all.

`making` and `restoring` are the two ways; `sqlite` and `postgres` know how each database gives a
consistent copy of itself and how it is swapped for another one.
"""

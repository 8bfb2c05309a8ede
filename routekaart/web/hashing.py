"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class SmallArgon2(Argon2PasswordHasher):
    """Argon2id at what OWASP asks at least: 19 MiB, two rounds, one lane.

    Django's own takes 100 MB for each guess, and anybody may guess: eight at once took 700 MB of a
    machine that has 4 GB. What was kept with that is kept anew at the next sign-in.
    https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
    """

    time_cost = 2
    # KiB.
    memory_cost = 19 * 1024
    parallelism = 1

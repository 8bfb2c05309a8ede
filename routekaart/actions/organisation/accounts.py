"""Accounts, held by who gives them a place."""

from django.db.models import QuerySet

from routekaart.models import Person


def held_accounts() -> QuerySet[Person]:
    """Accounts that nobody else holds or erases until the transaction ends, once they are read.

    An erasure that waits for it sees the place that was given. One that came first took the address
    along: then none is found with it any more. Several are read in the order of their ids.
    """
    # Rows that refer to the account may come meanwhile.
    return Person.objects.select_for_update(no_key=True)

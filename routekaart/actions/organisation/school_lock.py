"""The lock of a school, and the one order in which actions lock rows.

Whoever locks more than one of these takes them in this order, so that two never wait for each
other in a circle:

1. the school: whoever adds, changes or removes its people, roles or places in teams;
2. an employment;
3. a person, and invitations;
4. routekaarten, by id;
5. whatever hangs on a routekaart.

An action that needs one further up only later takes it first all the same.
"""

from uuid import UUID

from routekaart.models import School


def lock_school(school_id: UUID) -> School:
    """The school, locked until the transaction ends. Call in its scope.

    Not against rows that refer to it: every action writes one to the log, and would wait here
    with its own locks in hand.
    """
    return School.objects.select_for_update(no_key=True).get(pk=school_id)

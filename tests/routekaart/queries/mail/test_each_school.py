"""Reading schools one by one: who fails keeps no other, and is told of at the end."""

from uuid import uuid4

import pytest

from routekaart.queries.mail.each_school import EachSchool, NotAllRead


def test_one_that_fails_keeps_no_other() -> None:
    each, read = EachSchool(), []
    schools = [uuid4() for _ in range(3)]
    for school in schools * 2:
        with each.reading(school):
            if school != schools[2]:
                raise KeyError(school)
            read.append(school)
    assert read == [schools[2]] * 2
    with pytest.raises(NotAllRead, match=r"^2 schools could not be read$") as told:
        each.check()
    assert told.value.number == 2


def test_when_all_were_read_there_is_nothing_to_tell() -> None:
    each = EachSchool()
    with each.reading(uuid4()):
        pass
    each.check()


def test_what_ends_it_all_is_not_about_one_school() -> None:
    each = EachSchool(ended_by=(TimeoutError,))
    with pytest.raises(TimeoutError), each.reading(uuid4()):
        raise TimeoutError
    each.check()

"""The number of a request, in its answer."""

from django.test import Client


def test_every_answer_has_a_number(pages: Client) -> None:
    number = "4f6a2b1c9d8e7f60"
    own = pages.get("/nergens")["X-Request-ID"]
    assert len(own) == 32
    assert pages.get("/nergens", headers={"X-Request-ID": number})["X-Request-ID"] == number
    assert pages.get("/api/v1/nergens", headers={"X-Request-ID": number})["X-Request-ID"] == number
    replaced = pages.get("/nergens", headers={"X-Request-ID": "Jan Jansen"})["X-Request-ID"]
    assert len(replaced) == 32
    assert replaced != own

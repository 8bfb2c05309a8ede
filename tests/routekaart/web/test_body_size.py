"""Bodies that no page takes are refused before anybody reads them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings


def part(disposition: bytes, content: bytes) -> bytes:
    head = b"--x\r\nContent-Disposition: form-data; "
    return head + disposition + b"\r\n\r\n" + content + b"\r\n--x--\r\n"


PATHS = ["/accounts/login/", "/", "/bestaat-niet"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("kind", "length", "status"),
    [
        ("multipart/form-data; boundary=x", "12000001", 413),
        ("Multipart/Form-Data; boundary=x", "99999999999999", 413),
        ("application/x-www-form-urlencoded", "1000001", 413),
        ("text/plain", "1000001", 413),
        ("", "1000001", 413),
        ("multipart/form-data; boundary=x", "9" * 5000, 400),
        ("multipart/form-data; boundary=x", "-1", 400),
        ("multipart/form-data; boundary=x", "1²", 400),
    ],
)
def test_too_large_and_unknown_sizes(
    pages: Client, path: str, kind: str, length: str, status: int
) -> None:
    answer = pages.generic("POST", path, b"", kind, CONTENT_LENGTH=length)
    assert answer.status_code == status
    assert "<h1>" in answer.content.decode()


def test_a_body_that_does_not_say_how_long_it_is(pages: Client) -> None:
    answer = pages.generic("POST", "/", b"", HTTP_TRANSFER_ENCODING="chunked")
    assert answer.status_code == 411


def test_the_page_says_what_to_do(pages: Client) -> None:
    answer = pages.generic("POST", "/", b"", "multipart/form-data", CONTENT_LENGTH="20000000")
    html = answer.content.decode()
    assert "Dit is te groot" in html
    assert "Kies een kleiner bestand, of lever het in delen in." in html


@pytest.mark.django_db
def test_more_files_than_any_form_has(pages: Client, settings: Settings) -> None:
    files = {
        f"f{number}": SimpleUploadedFile("a", b"a")
        for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FILES + 1)
    }
    assert pages.post("/accounts/login/", files).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--x",
        b"--x--",
        b"--x\r\n",
        part(b'name="login"', b"\0"),
        part(b"name*=bogus''a; filename=b", b"a"),
        part(b"name=a; filename*=UTF-8''%ff", b"a"),
        part(b'name=a; filename="../../a"\r\nContent-Transfer-Encoding: base64', b"!!!"),
        b"--x\r\n" + b"A: b\r\n" * 2000 + b"\r\n--x--\r\n",
        b"--x\r\n\r\n" * 2000,
    ],
)
def test_a_broken_form_is_an_answer(pages: Client, body: bytes) -> None:
    answer = pages.generic("POST", "/accounts/login/", body, "multipart/form-data; boundary=x")
    assert answer.status_code < 500

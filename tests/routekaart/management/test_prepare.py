"""Setting up begins only when the product can start afterwards."""

import socket

import pytest
from django.core.management import CommandError, call_command

from routekaart.demo.school import BRIN
from routekaart.models import School

pytestmark = pytest.mark.django_db


def test_a_taken_port_stops_before_anything_is_set_up() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"^Poort {port} is al in gebruik: "):
            call_command("prepare", "--demo", "--port", str(port))
    assert not School._base_manager.filter(brin=BRIN).exists()

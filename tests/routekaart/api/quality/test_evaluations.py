"""Indicators, measurements and decisions over HTTP."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scopes_disabled

from routekaart.models import AuditEntry, Routekaart
from tests.makers import ApiClient, client_for
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def day(offset: int) -> str:
    return (timezone.localdate() + timedelta(days=offset)).isoformat()


def code(response: Any) -> tuple[int, str]:
    return response.status_code, response.json()["code"]


@pytest.fixture
def stage() -> Stage:
    return Stage().accepted()


@pytest.fixture
def client(stage: Stage) -> ApiClient:
    return client_for(stage.member)


def indicators(stage: Stage) -> str:
    return f"/goals/{stage.goal.pk}/indicators"


def add_indicator(client: ApiClient, stage: Stage, **values: Any) -> Any:
    response = client.call("post", indicators(stage), {"name": "Toets"} | values)
    assert response.status_code == 201, response.json()
    return response.json()


def measure(client: ApiClient, indicator: Any, offset: int, value: float, **more: Any) -> Any:
    values = {"measured_on": day(offset), "value": value} | more
    return client.call("post", f"/indicators/{indicator['id']}/measurements", values)


class TestIndicators:
    def test_there_and_back_again(self, stage: Stage, client: ApiClient) -> None:
        values = {
            "unit": "punten",
            "baseline": 60,
            "baseline_on": day(-90),
            "target": 75.5,
            "target_on": day(90),
            "source": "Toets M5",
        }
        made = add_indicator(client, stage, **values)
        expected = values | {
            "id": made["id"],
            "goal": str(stage.goal.pk),
            "name": "Toets",
            "measured": 0,
            "findings": [],
        }
        assert made == expected
        measure(client, made, -1, 62)
        one = f"/indicators/{made['id']}"
        changed = client.call("patch", one, {"target": None, "unit": None, "name": "Leestoets"})
        expected |= {"target": None, "name": "Leestoets", "measured": 1}
        assert (changed.status_code, changed.json()) == (200, expected)
        assert client.call("get", indicators(stage)).json() == {"items": [expected], "count": 1}

    def test_gone_only_without_measurements(self, stage: Stage, client: ApiClient) -> None:
        made = add_indicator(client, stage)
        one = f"/indicators/{made['id']}"
        measured = measure(client, made, 0, 1).json()
        assert code(client.call("delete", one)) == (409, "indicator_has_measurements")
        assert client.call("delete", f"/measurements/{measured['id']}").status_code == 204
        assert client.call("delete", one).status_code == 204
        assert code(client.call("delete", one)) == (404, "not_found")
        with scopes_disabled():
            rows = AuditEntry.objects.filter(routekaart=stage.routekaart)
            assert set(rows.values_list("action", flat=True)) >= {
                "add_indicator",
                "add_measurement",
                "remove_measurement",
                "remove_indicator",
            }

    def test_one_name_per_goal_and_days_in_order(self, stage: Stage, client: ApiClient) -> None:
        add_indicator(client, stage)
        again = client.call("post", indicators(stage), {"name": "Toets"})
        assert code(again) == (409, "indicator_exists")
        wrong = {"name": "Anders", "baseline_on": day(1), "target_on": day(0)}
        refused = client.call("post", indicators(stage), wrong)
        assert code(refused) == (422, "target_before_baseline")

    @pytest.mark.parametrize("figure", [1.234, "60", True, 1e9, 100_000_000])
    def test_a_figure_has_two_decimals_at_most(
        self, stage: Stage, client: ApiClient, figure: Any
    ) -> None:
        response = client.call("post", indicators(stage), {"name": "x", "target": figure})
        assert code(response) == (422, "invalid_input")
        assert [error["field"] for error in response.json()["errors"]] == ["target"]

    def test_as_many_queries_for_three_as_for_one(self, stage: Stage, client: ApiClient) -> None:
        found = []
        for number in range(3):
            made = add_indicator(client, stage, name=f"Toets {number}")
            measure(client, made, 0, number)
            decide(client, stage, verdict="go_on", reason=f"Reden {number}")
            for path in (
                indicators(stage),
                f"/goals/{stage.goal.pk}/evaluation",
                f"/goals/{stage.goal.pk}/decisions",
            ):
                with CaptureQueriesContext(connection) as captured:
                    client.call("get", path)
                found.append((path, len(captured)))
        assert len(set(found)) == 3


class TestMeasurements:
    def test_one_per_day(self, stage: Stage, client: ApiClient) -> None:
        indicator = add_indicator(client, stage)
        first = measure(client, indicator, -2, 60.25, note="Groep 5.")
        assert first.status_code == 201
        assert first.json() == {
            "id": first.json()["id"],
            "indicator": indicator["id"],
            "measured_on": day(-2),
            "value": 60.25,
            "note": "Groep 5.",
            "findings": [],
        }
        # The same again is a repeat; another value is not.
        assert measure(client, indicator, -2, 60.25).json() == first.json()
        assert code(measure(client, indicator, -2, 61)) == (409, "measurement_exists")
        assert code(measure(client, indicator, 1, 61)) == (422, "in_the_future")
        second = measure(client, indicator, -1, 61).json()
        one = f"/measurements/{second['id']}"
        clash = client.call("patch", one, {"measured_on": day(-2)})
        assert code(clash) == (409, "measurement_exists")
        ahead = client.call("patch", one, {"measured_on": day(1)})
        assert code(ahead) == (422, "in_the_future")
        mended = client.call("patch", one, {"value": 62, "note": None})
        assert mended.json() == second | {"value": 62}
        warned = client.call("patch", one, {"note": "123456782"}).json()
        assert [one["field"] for one in warned["findings"]] == ["note"]


def decide(client: ApiClient, stage: Stage, **values: Any) -> Any:
    return client.call("post", f"/goals/{stage.goal.pk}/decisions", values)


class TestEvaluation:
    def test_how_a_goal_stands(self, stage: Stage, client: ApiClient) -> None:
        path = f"/goals/{stage.goal.pk}/evaluation"
        assert client.call("get", path).json() == {
            "goal": str(stage.goal.pk),
            "wording": stage.goal.wording,
            "indicators": [],
            "latest_decision": None,
            "is_open": True,
        }
        indicator = add_indicator(client, stage, baseline=60, baseline_on=day(-9), target=75)
        measured = [measure(client, indicator, -offset, 70 - offset).json() for offset in (2, 1)]
        decided = decide(client, stage, verdict="stop", reason="Genoeg.").json()
        found = client.call("get", path).json()
        assert found == {
            "goal": str(stage.goal.pk),
            "wording": stage.goal.wording,
            "indicators": [
                {
                    "id": indicator["id"],
                    "name": "Toets",
                    "unit": "",
                    "source": "",
                    "start": 60,
                    "start_on": day(-9),
                    "target": 75,
                    "target_on": None,
                    "last": 69,
                    "last_on": day(-1),
                    "direction": "closer",
                    "direction_label": "dichterbij",
                    "reached": False,
                    "measurements": measured,
                }
            ],
            "latest_decision": decided,
            "is_open": False,
        }

    def test_decisions_stay_and_the_latest_counts(self, stage: Stage, client: ApiClient) -> None:
        stop = decide(client, stage, verdict="stop", reason="Genoeg.", decided_on=day(-9))
        assert (stop.status_code, stop.json()["verdict_label"]) == (201, "stoppen")
        again = decide(client, stage, verdict="stop", reason="Genoeg.", decided_on=day(-9))
        assert again.json() == stop.json()
        go_on = decide(client, stage, verdict="go_on", reason="Toch niet.").json()
        assert (go_on["decided_on"], go_on["decided_by_name"]) == (day(0), "Mo Lid")
        listed = client.call("get", f"/goals/{stage.goal.pk}/decisions").json()
        assert listed == {"items": [go_on, stop.json()], "count": 2}
        ahead = decide(client, stage, verdict="stop", reason="x", decided_on=day(1))
        assert code(ahead) == (422, "in_the_future")
        assert code(decide(client, stage, verdict="stop")) == (422, "invalid_input")

    def test_a_year_that_is_over_is_only_read(self, stage: Stage, client: ApiClient) -> None:
        indicator = add_indicator(client, stage)
        measured = measure(client, indicator, 0, 1).json()
        with scopes_disabled():
            Routekaart.objects.update(state="closed")
        for response in (
            client.call("post", indicators(stage), {"name": "x"}),
            client.call("patch", f"/indicators/{indicator['id']}", {"name": "x"}),
            client.call("delete", f"/indicators/{indicator['id']}"),
            measure(client, indicator, -1, 2),
            client.call("patch", f"/measurements/{measured['id']}", {"value": 2}),
            client.call("delete", f"/measurements/{measured['id']}"),
            decide(client, stage, verdict="stop", reason="x"),
        ):
            assert code(response) == (409, "wrong_state")
        read = client.call("get", f"/goals/{stage.goal.pk}/evaluation").json()
        assert read["indicators"][0]["measurements"] == [measured]

    def test_a_plan_is_not_made_outdated(self, stage: Stage, client: ApiClient) -> None:
        before = stage.fresh().revision
        measure(client, add_indicator(client, stage), 0, 1)
        decide(client, stage, verdict="adjust", reason="x")
        assert stage.fresh().revision == before

    def test_a_draft_has_indicators_and_nothing_measured_or_decided(self) -> None:
        draft = Stage().filled()
        client = client_for(draft.member)
        # How the team will see it may be written down from the start.
        indicator = add_indicator(client, draft)
        for response in (
            measure(client, indicator, 0, 1),
            decide(client, draft, verdict="stop", reason="x"),
        ):
            assert code(response) == (409, "wrong_state")

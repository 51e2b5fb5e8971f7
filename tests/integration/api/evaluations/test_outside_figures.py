"""Figures from outside over the API: who sends and reads which, and that the same sent again changes nothing."""

import json

import pytest
from django.test import Client

from api.clients.models import Scope
from cms.evaluations.models import Figure
from cms.organisations.models import OfficerRead
from tests.integration.api.evaluations.conftest import program_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def figure(house):
    return {
        "officer": house.people["an"].code, "indicator": "hai-long", "value": "92.5",
        "measured_on": house.month.isoformat(), "source": "Khảo sát tháng",
    }  # fmt: skip


def send(program, *figures, key=""):
    headers = {"Authorization": f"Bearer {program.token}"} | ({"Idempotency-Key": key} if key else {})
    body = json.dumps({"figures": figures})
    return Client().post("/api/v1/outside-figures/bulk/", body, content_type="application/json", headers=headers)


def statuses(answer):
    assert answer.status_code == 200, answer.content
    return [each["status"] for each in answer.json()["results"]]


def test_the_same_changes_nothing_and_another_takes_its_place(house, program, figure):
    assert statuses(send(program, figure, figure, figure | {"value": 93})) == ["created", "unchanged", "changed"]
    assert statuses(send(program, figure | {"value": "93.0000"})) == ["unchanged"]

    first, second = Figure.objects.order_by("pk")
    assert (first.withdrawn_by, second.withdrawn_at, second.value) == (second.recorded_by, None, 93)
    rows = program.json("outside-figures/", stands="true", officer=figure["officer"])["results"]
    assert [(row["value"], row["indicator"], row["agency"]) for row in rows] == [("93.0000", "hai-long", None)]
    assert OfficerRead.objects.filter(officer=house.people["an"], reader=second.recorded_by).exists()


def test_each_is_judged_alone_with_a_sentence_for_what_is_wrong(province, program, stranger, figure):
    wrong = {
        "value": figure | {"value": "-1"},
        "source": figure | {"source": " "},
        "measured_on": figure | {"measured_on": "2126-01-31"},
        "officer": figure | {"officer": "CC-KHONG-CO"},
        "agency": figure | {"agency": province.statistics.code},
        "kind": figure | {"kind": "x"},
    }
    own = {**figure, "agency": province.statistics.code}
    del own["officer"]
    unit, elsewhere = (own | {"agency": each.code} for each in (province.division, province.office))

    results = send(program, *wrong.values(), "x", own, elsewhere, unit).json()["results"]

    assert [each["errors"][0]["field"] for each in results[:6]] == list(wrong)
    assert [each["errors"][0]["code"] for each in results[6:9]] == ["wrong_type", "own_evaluation", "not_allowed"]
    assert all(error["message"] for each in results for error in each["errors"])
    assert results[9]["status"] == "created"
    assert Figure.objects.get().agency == province.division
    # What is another agency's is not there for its program, be it an officer or a figure.
    assert send(stranger, figure).json()["results"][0]["errors"][0]["code"] == "not_found"
    assert stranger.json("outside-figures/")["results"] == []


def test_a_token_needs_the_scope_and_a_key_counts_once(house, figure):
    reads, writes = (program_of(house.agency, each) for each in (Scope.FIGURES_READ, Scope.FIGURES_WRITE))

    assert send(reads, figure).status_code == writes.get("outside-figures/").status_code == 403
    assert send(writes).status_code == 400
    assert statuses(send(writes, figure, key="mot")) == statuses(send(writes, figure, key="mot")) == ["created"]
    assert reads.get("outside-figures/").status_code == 200

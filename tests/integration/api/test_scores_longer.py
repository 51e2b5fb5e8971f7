"""Longer periods and caps over the API and from the command line: the golden cases, bad input, and nothing stored."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from jsonschema import Draft202012Validator

from cms.scoring import shipped
from cms.scoring.definition import write_definition
from tests.factories.frameworks import published

PERIODS, CAPS, SCORES = (f"/api/v1/scores/{name}/" for name in ("periods", "caps", "preview"))
GOLDEN: dict[str, Any] = json.loads((Path(__file__).parents[2] / "golden" / "scoring.json").read_text(encoding="utf-8"))


def post(client: Client, address: str, body: Any) -> Any:
    return client.post(address, json.dumps(body), content_type="application/json")


def codes(client: Client, address: str, body: Any) -> set[tuple[str, str]]:
    answer = post(client, address, body)
    assert answer.status_code == 400, answer.content
    return {(each["field"], each["code"]) for each in answer.json()["errors"]}


def printed(*args: str, **options: Any) -> str:
    out = io.StringIO()
    call_command("score", *args, stdout=out, **options)
    return out.getvalue()


def year(*totals: str | None, **more: Any) -> dict[str, Any]:
    return {"id": 7, "role": "staff", "parts": [{"total": total} for total in totals]} | more


def cumulative(**changes: Any) -> dict[str, Any]:
    """Return the periods of the decree's default, a quarter adding up its months."""
    periods = write_definition(shipped.load("nd335"))["periods"]
    return periods | {"longer": [each | {"total": {"value": "cumulative"}} for each in periods["longer"]]} | changes


def month(client: Client, common: str, assigned: str, completed: str, late: int = 0) -> dict[str, Any]:
    line = {"assigned": assigned, "completed": completed, "coefficient": "1", "late_occurrences": late}
    subject = {"role": "staff", "common": common, "work": [line]}
    result = post(client, SCORES, {"subjects": [subject], "receipts": False}).json()["results"][0]
    return dict(result["part"])


def three_months(client: Client) -> list[dict[str, Any]]:
    return [month(client, "26", "10", "5"), month(client, "28", "40", "40"), month(client, "27", "30", "30", late=2)]


@pytest.mark.django_db
@pytest.mark.parametrize(("way", "total", "level"), [("mean", "85.20", "good"), ("cumulative", "92.48", "excellent")])
def test_the_golden_quarter_from_the_parts_of_its_months(client: Client, way: str, total: str, level: str) -> None:
    published("nd335", code="cua-tinh", **({"periods": cumulative()} if way == "cumulative" else {}))
    body = {
        "framework": "cua-tinh",
        "period": "quarter",
        "subjects": [{"role": "staff", "parts": three_months(client)}],
    }

    result = post(client, PERIODS, body).json()["results"][0]

    assert (result["total"], result["level"], result["status"], result["way"]) == (total, level, "scored", way)
    assert (result["framework"]["code"], result["framework"]["version"]) == ("cua-tinh", 1)
    assert [each["code"] for each in result["steps"]][-1] == "total"


def test_a_year_by_the_default_leaves_out_what_was_not_worked(client: Client) -> None:
    parts = [*year("92.00", "88.50", "90.10")["parts"], {"total": None, "status": "not_worked", "note": "thai sản"}]

    result = post(client, PERIODS, {"subjects": [{"id": 7, "role": "staff", "parts": parts}]}).json()["results"][0]

    assert (result["id"], result["period"], result["total"], result["level"]) == (7, "year", "90.20", "excellent")
    assert "thai sản" in result["left_out"][0]


def test_what_holds_a_level_down_holds_down_a_year(client: Client) -> None:
    result = post(client, PERIODS, {"subjects": [year("93.50", flags=["disciplined"])]}).json()["results"][0]

    assert (result["total"], result["level"], result["status"]) == ("93.50", "not_completed", "scored")
    assert [each["code"] for each in result["reasons"]] == ["disqualified"]


def test_a_year_without_a_total_says_why(client: Client) -> None:
    parts = [{"total": "90"}, {"total": None, "status": "insufficient_data", "label": "Quý II"}]

    result = post(client, PERIODS, {"subjects": [{"role": "staff", "parts": parts}]}).json()["results"][0]

    assert (result["total"], result["level"], result["status"]) == (None, None, "insufficient_data")
    assert [each["message"] for each in result["reasons"]] == ["Quý II: chưa đủ dữ liệu để có tổng điểm."]


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({}, "subjects", "missing"),
        ({"subjects": [year("90")], "period": "week"}, "period", "not_a_choice"),
        ({"subjects": [year("90")], "period": "half"}, "period", "no_such_period"),
        ({"subjects": [year("90")], "made_of": "month"}, "made_of", "no_such_period"),
        ({"subjects": [year("90"), year("91")]}, "subjects[1].id", "repeated_id"),
        ({"subjects": [year("101")]}, "subjects[0].parts[0].total", "too_large"),
        ({"subjects": [year("90", role="chief")]}, "subjects[0].role", "not_a_choice"),
        ({"subjects": [year("90", flags=["bogus"])]}, "subjects[0].flags[0]", "unknown_flag"),
        ({"subjects": [year("90", metrics={"x": 1})]}, "subjects[0].metrics.x", "unknown_metric"),
        ({"subjects": [year("90", work=[])]}, "subjects[0].work", "unknown_key"),
        ({"subjects": [year("90", parts=[])], "on": "2026-01-01"}, "on", "day_without_framework"),
        (
            {"subjects": [year(parts=[{"total": "9", "marks": {"z": "1"}}])]},
            "subjects[0].parts[0].marks.z", "unknown_indicator",
        ),
        (
            {"subjects": [year(parts=[{"total": "9", "ratios": {"a": {"numerator": "1/0", "denominator": "1"}}}])]},
            "subjects[0].parts[0].ratios.a.numerator", "not_a_number",
        ),
        ({"subjects": [year(parts=[{"total": "9", "common": "2001/2"}])]}, "subjects[0].parts[0].common", "too_large"),
        ({"subjects": [3]}, "subjects[0]", "not_an_object"),
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_periods_that_make_no_sense_say_where(client: Client, body: Any, field: str, code: str) -> None:
    assert (field, code) in codes(client, PERIODS, body)


def test_one_sends_as_many_subjects_as_to_be_scored(client: Client) -> None:
    many = [year("90", id=number) for number in range(101)]

    assert codes(client, PERIODS, {"subjects": many}) == {("subjects", "too_many_subjects")}


def person(number: int, level: str | None, total: str | None, **more: Any) -> dict[str, Any]:
    return {"id": number, "level": level, "total": total, "agency": "STC", "position_group": "cv"} | more


def group(excellent: int, good: int) -> list[dict[str, Any]]:
    totals = [(f"{91 + number}", "excellent") for number in range(excellent)]
    totals += [(f"{71 + number}", "good") for number in range(good)]
    return [person(number, level, total) for number, (total, level) in enumerate(totals)]


@pytest.mark.parametrize(("excellent", "good", "allowance"), [(6, 24, 5), (2, 9, 1), (2, 4, 1), (1, 3, 0)])
def test_the_golden_caps(client: Client, excellent: int, good: int, allowance: int) -> None:
    answer = post(client, CAPS, {"people": group(excellent, good)}).json()

    (cap,) = answer["caps"]
    (found,) = cap["groups"]
    assert (cap["level"], cap["rate"], cap["base"]) == ("excellent", "20", "good_only")
    assert (found["group"], found["eligible"], found["allowance"]) == (["STC", "cv"], excellent + good, allowance)
    assert (found["holding"], found["breached"]) == (excellent, excellent > allowance)
    assert found["ranked"][0] == {
        "id": str(excellent - 1), "total": f"{90 + excellent}.00", "rank": 1,
        "standing": "within" if allowance else "over",
    }  # fmt: skip


def test_a_decision_about_the_agency_allows_the_higher_rate(client: Client) -> None:
    body = {"people": group(6, 24), "exceptions": {"STC": "Quyết định 12/QĐ-UBND"}}

    (found,) = post(client, CAPS, body).json()["caps"][0]["groups"]

    assert (found["allowance"], found["exception"]) == (6, "Quyết định 12/QĐ-UBND")


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({}, "people", "missing"),
        ({"people": [person(1, "excellent", None)]}, "people[0].total", "missing"),
        ({"people": [person(1, "best", "90")]}, "people[0].level", "not_a_choice"),
        ({"people": [person(1, None, None), person(1, None, None)]}, "people[1].id", "repeated_id"),
        ({"people": [person(1, None, None, name="A")]}, "people[0].name", "unknown_key"),
        ({"people": [], "exceptions": {"STC": "QĐ 1"}}, "exceptions.STC", "no_people_of_agency"),
        ({"people": [], "exceptions": {"STC": " "}}, "exceptions.STC", "blank"),
        ({"people": [person(n, None, None) for n in range(1_001)]}, "people", "too_many_subjects"),
        ({"people": [], "framework": "nobodys"}, "framework", "unknown_framework"),
        ([], "", "not_an_object"),
    ],
)
@pytest.mark.django_db
def test_people_who_make_no_sense_say_where(client: Client, body: Any, field: str, code: str) -> None:
    assert (field, code) in codes(client, CAPS, body)


@pytest.mark.django_db
def test_a_framework_that_caps_nothing_says_so(client: Client) -> None:
    data = write_definition(shipped.load("nd335"))["classification"] | {"caps": []}
    published("nd335", code="cua-tinh", classification=data)

    answer = post(client, CAPS, {"framework": "cua-tinh", "people": group(3, 0)}).json()

    assert (answer["framework"]["version"], answer["caps"]) == (1, [])


@pytest.mark.django_db
def test_nothing_is_read_and_nothing_stored(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        post(client, CAPS, {"people": group(2, 4)})
        post(client, PERIODS, {"subjects": [year("90")]})


def test_answers_are_as_the_document_says(client: Client, api: Any) -> None:
    document = api.json("schema/", format="json")
    for address, body, name in (
        (CAPS, {"people": group(2, 4)}, "CapAnswer"),
        (PERIODS, {"subjects": [year("90")]}, "PeriodAnswer"),
        (SCORES, {"subjects": [{"role": "staff", "common": "30"}]}, "ScoreAnswer"),
    ):
        schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
        assert [
            each.message for each in Draft202012Validator(schema).iter_errors(post(client, address, body).json())
        ] == []


def test_the_command_gives_what_the_api_gives(client: Client, tmp_path: Path) -> None:
    for address, body, option in (
        (CAPS, {"people": group(2, 4)}, "--caps"),
        (PERIODS, {"subjects": [year("90", "80")]}, "--periods"),
    ):
        file = tmp_path / "request.json"
        file.write_text(json.dumps(body), encoding="utf-8")

        assert json.loads(printed(str(file), option)) == post(client, address, body).json()


def test_the_command_explains_years_and_caps_for_a_person(tmp_path: Path) -> None:
    file = tmp_path / "request.json"
    file.write_text(json.dumps({"subjects": [year("92", "88.5", "90.1")]}), encoding="utf-8")
    reported = printed(str(file), "--periods", "--explain")
    assert "(92,00 + 88,50 + 90,10) : 3 = 90,20" in reported and "Điều 17" in reported

    file.write_text(json.dumps({"people": group(2, 4)}), encoding="utf-8")
    reported = printed(str(file), "--caps", "--explain")
    assert "tối đa 1 trường hợp" in reported and "1. 1: 92,00" in reported


@pytest.mark.django_db
def test_the_command_takes_framework_and_day_for_all_requests_and_leaves_receipts_out(tmp_path: Path) -> None:
    published("nd335", code="cua-tinh")
    subject = {"role": "staff", "common": "30"}
    file = tmp_path / "requests.json"
    file.write_text(json.dumps([{"subjects": [subject]}, {"framework": None, "subjects": [subject], "on": None}]))

    first, second = json.loads(printed(str(file), "--framework=cua-tinh", "--on=2026-03-31", "--no-receipts"))

    assert first["results"][0]["framework"]["code"] == "cua-tinh"
    assert second["results"][0]["framework"]["code"] == "nd335"
    assert first["results"][0]["receipt"] is None

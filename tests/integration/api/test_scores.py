"""Scoring over the API and from the command line: the golden cases, bad input, and nothing stored."""

import io
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from cms.frameworks.calculation import MOST_SUBJECTS
from tests.factories.frameworks import BY_DAYS, published, version_of

GOLDEN: dict[str, Any] = json.loads((Path(__file__).parents[2] / "golden" / "scoring.json").read_text(encoding="utf-8"))
ADDRESS = "/api/v1/scores/preview/"
_CHUNKED = {"CONTENT_TYPE": "application/json", "HTTP_TRANSFER_ENCODING": "chunked"}
ONE = {"id": 1, "role": "staff", "common": "30", "work": [{"assigned": "1", "completed": "1", "coefficient": "1"}]}


def post(client: Client, body: Any) -> Any:
    return client.post(ADDRESS, json.dumps(body), content_type="application/json")


def request_of(case: dict[str, Any]) -> dict[str, Any]:
    return {"settings": case["settings"], "subjects": [case["subject"] | {"id": case["id"]}]}


@pytest.mark.parametrize("case", GOLDEN["individual"], ids=lambda case: case["id"])
def test_every_golden_case_over_the_api(client: Client, case: dict[str, Any]) -> None:
    result = post(client, request_of(case)).json()["results"][0]

    assert {key: result[key] for key in case["expect"]} == case["expect"]
    assert result["status"] == "scored"
    assert result["receipt"]["hash"].startswith("sha256:")


def test_the_command_gives_what_the_api_gives(client: Client, tmp_path: Path) -> None:
    requests = [request_of(case) for case in GOLDEN["individual"][:3]]
    file = tmp_path / "requests.json"
    file.write_text(json.dumps(requests), encoding="utf-8")
    printed = io.StringIO()

    call_command("score", str(file), stdout=printed)

    assert json.loads(printed.getvalue()) == [post(client, each).json() for each in requests]


def test_the_command_explains_for_a_person(tmp_path: Path) -> None:
    file = tmp_path / "request.json"
    file.write_text(json.dumps(request_of(GOLDEN["individual"][2])), encoding="utf-8")
    printed = io.StringIO()

    call_command("score", str(file), explain=True, stdout=printed)

    assert "87,18" in printed.getvalue()
    assert "Điều 14" in printed.getvalue()


def test_the_command_writes_the_same_bytes_where_the_locale_is_not_vietnamese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, printed = tmp_path / "request.json", io.BytesIO()
    file.write_text(json.dumps({"subjects": [ONE]}), encoding="utf-8")
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(printed, encoding="ascii"))

    call_command("score", str(file), explain=True)
    sys.stdout.flush()

    assert "Mức xếp loại" in printed.getvalue().decode("utf-8")


def test_the_command_tells_every_problem_with_the_place_in_the_list(tmp_path: Path) -> None:
    file, printed = tmp_path / "requests.json", io.StringIO()
    file.write_text(json.dumps([{"subjects": [ONE]}, 5, {}]), encoding="utf-8")

    with pytest.raises(SystemExit) as ended:
        call_command("score", str(file), stdout=printed)

    assert ended.value.code == 1
    assert [each["field"] for each in json.loads(printed.getvalue())["errors"]] == ["[1]", "[2].subjects"]


def test_every_problem_of_every_subject_comes_back_at_once(client: Client) -> None:
    wrong = {
        "id": 2,
        "role": "chief",
        "common": "31",
        "work": [{"assigned": "-1", "completed": "0.12345", "coefficient": "x"}],
    }

    answer = post(
        client, {"subjects": [ONE, wrong, ONE | {"id": 3, "flags": ["bogus"]}], "settings": {"over_100": "x"}}
    )

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    fields = {each["field"] for each in answer.json()["errors"]}
    assert {
        "subjects[1].role", "subjects[1].common", "subjects[1].work[0].assigned",
        "subjects[1].work[0].coefficient", "subjects[2].flags[0]", "settings.over_100",
    } <= fields  # fmt: skip
    assert not any(field.startswith("subjects[0]") for field in fields)


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ([], "", "not_an_object"),
        ({}, "subjects", "missing"),
        ({"subjects": {}}, "subjects", "not_a_list"),
        ({"subjects": [ONE] * (MOST_SUBJECTS + 1)}, "subjects", "too_many_subjects"),
        ({"subjects": [ONE], "framework": "nobodys"}, "framework", "unknown_framework"),
        ({"subjects": [ONE], "framework": "nd335", "version": 7}, "version", "unknown_framework"),
        ({"subjects": [ONE], "version": 7}, "version", "version_without_framework"),
        ({"subjects": [ONE], "framework": 3}, "framework", "not_text"),
        ({"subjects": [ONE], "settings": {"points_off": "1"}}, "settings.points_off", "unknown_key"),
        ({"subjects": [ONE], "bogus": 1}, "bogus", "unknown_key"),
        ({"subjects": [], "\ud800": 1}, "\ufffd", "unknown_key"),
        ({"subjects": [], "framework": "\ud800"}, "framework", "not_characters"),
        ({"subjects": [], "framework": "a\0"}, "framework", "not_characters"),
        ({"subjects": [], "framework": 3, "version": "x"}, "version", "not_a_count"),
        ({"subjects": [{"role": "chief"}], "framework": "nobodys"}, "subjects[0].role", "not_a_choice"),
        ({"subjects": [3]}, "subjects[0]", "not_an_object"),
        ({"subjects": [], "on": "2026-03-31"}, "on", "day_without_framework"),
        ({"subjects": [], "framework": "nd335", "on": "31/03/2026"}, "on", "not_a_day"),
        ({"subjects": [], "framework": "nd335", "on": "2026-03-31", "version": 1}, "on", "version_and_day"),
        ({"subjects": [], "framework": "nd335", "on": "2026-03-31"}, "framework", "unknown_framework"),
        ({"subjects": [], "receipts": "no"}, "receipts", "not_yes_no"),
        ({"subjects": [ONE | {"wrok": []}]}, "subjects[0].wrok", "unknown_key"),
        ({"subjects": [ONE | {"work": [{"assigned": 1, "hours": 2}]}]}, "subjects[0].work[0].hours", "unknown_key"),
        ({"subjects": [ONE | {"id": 1.5}]}, "subjects[0].id", "not_an_id"),
    ],
)
@pytest.mark.django_db
def test_a_request_that_makes_no_sense_says_where(client: Client, body: Any, field: str, code: str) -> None:
    answer = post(client, body)

    assert answer.status_code == 400
    assert (field, code) in {(each["field"], each["code"]) for each in answer.json()["errors"]}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"subjects":\n [}', "dòng 2, cột 3"),
        (b'{"subjects": NaN}', "“NaN”"),
        (b'"\xff"', "UTF-8"),
        (b"[" * 100_000, "quá sâu"),
        (b'{"subjects": [], "subjects": []}', "“subjects” có hai lần"),
        (b'{"\\ud800": 1, "\\ud800": 2}', "“\ufffd” có hai lần"),
    ],
)
def test_what_is_not_json_is_refused_with_the_place(client: Client, body: bytes, said: str) -> None:
    answer = client.post(ADDRESS, body, content_type="application/json")

    assert answer.status_code == 400
    assert answer.json()["code"] == "not_json"
    assert said in answer.json()["detail"]


@pytest.mark.parametrize("number", ["1e99999999999999999999", "-1e-99999999999999999999", "1e9999999999", "9" * 5_000])
def test_a_number_that_nothing_can_hold_is_told_by_its_field(client: Client, number: str) -> None:
    body = '{"subjects": [{"role": "staff", "common": %s}]}' % number  # noqa: UP031

    errors = client.post(ADDRESS, body, content_type="application/json").json()["errors"]

    assert [(each["field"], each["code"]) for each in errors] == [("subjects[0].common", "not_a_number")]


def test_a_hundred_thousand_unknown_names_are_refused_at_once(client: Client, people: dict[str, Any]) -> None:
    client.force_login(people["editor"])
    body = {"subjects": []} | {f"name-{number}": 1 for number in range(100_000)}

    errors = post(client, body).json()["errors"]

    assert [(each["field"], each["code"]) for each in errors] == [("", "too_many")]


def test_a_packed_body_is_refused_before_it_is_read(client: Client) -> None:
    answer = client.post(ADDRESS, b"\x1f\x8b", content_type="application/json", headers={"Content-Encoding": "gzip"})

    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize(("ends", "status"), [(True, 200), (False, 411)])
def test_a_body_in_chunks_is_read_where_the_server_says_that_it_ends(client: Client, ends: bool, status: int) -> None:
    server = {"wsgi.input_terminated": ends, "wsgi.input": io.BytesIO(b'{"subjects": []}')}

    answer = client.generic("POST", ADDRESS, **_CHUNKED, **server)

    assert answer.status_code == status


@pytest.mark.django_db
def test_refusals_name_what_a_caller_must_send_and_numbers_as_people_read_them(client: Client) -> None:
    body = {"framework": "mau-01", "subjects": [{"role": "chief"}, {"role": "staff", "common": {"I.1.a": "9999999"}}]}

    def said(language: str) -> str:
        return str(client.post(ADDRESS, body, "application/json", headers={"Accept-Language": language}).json())

    assert "“chief” không thuộc: staff, head, deputy, organisation." in said("vi")
    assert "1.000.000" in said("vi")
    assert "1000000" in said("en")


@pytest.mark.django_db
def test_the_object_of_the_contract_is_taken_whole_and_with_null_for_all_it_lets_out(client: Client) -> None:
    line = {
        "assigned": 10, "completed": 8.5, "coefficient": "1.0", "quality_failures": 1, "late_occurrences": "0",
        "quality_exempt": False, "late_exempt": False,
    }  # fmt: skip
    whole = {
        "id": 7, "role": "head", "common": "27.5", "work": [line], "flags": ["disciplined"],
        "indicators": {"d": "100", "đ": "50", "e": "100"},
    }  # fmt: skip
    nothing = dict.fromkeys(("common", "work", "indicators", "flags")) | {"id": 8, "role": "staff"}

    answer = post(client, {"framework": None, "version": None, "settings": None, "subjects": [whole, nothing]})

    assert [each["status"] for each in answer.json()["results"]] == ["scored", "insufficient_data"]


@pytest.mark.django_db
def test_a_published_framework_is_scored_by_and_named_in_the_receipt(client: Client) -> None:
    version = published("nd335", code="cua-tinh", overridable=[])

    answer = post(client, {"framework": "cua-tinh", "subjects": [ONE]}).json()["results"][0]
    closed = post(client, {"framework": "cua-tinh", "settings": {"over_100": "line"}, "subjects": [ONE]})

    named = answer["receipt"]["framework"]
    assert (named["code"], named["version"], named["hash"]) == ("cua-tinh", 1, version.content_hash)
    assert [each["code"] for each in closed.json()["errors"]] == ["not_overridable"]


@pytest.mark.django_db
def test_days_late_are_taken_off_by_their_band_over_the_api_and_from_the_command_line(
    client: Client, tmp_path: Path
) -> None:
    published("nd335", code="theo-ngay", work=BY_DAYS)
    lines = [
        {"assigned": "1", "completed": "1", "coefficient": "1", "days_late": days} for days in (0, 3, "4", 30, None)
    ]
    body = {"framework": "theo-ngay", "subjects": [ONE | {"id": no, "work": [line]} for no, line in enumerate(lines)]}
    file, printed = tmp_path / "requests.json", io.StringIO()
    file.write_text(json.dumps(body), encoding="utf-8")
    call_command("score", str(file), stdout=printed)

    answer = post(client, body).json()

    assert [each["components"]["c"] for each in answer["results"]] == ["100.00", "95.00", "90.00", "75.00", "100.00"]
    assert answer["results"][2]["receipt"]["inputs"]["work"][0]["days_late"] == 4
    assert json.loads(printed.getvalue()) == answer


@pytest.mark.django_db
def test_a_late_line_without_days_blocks_its_subject_and_no_other(client: Client) -> None:
    published("nd335", code="theo-ngay", work=BY_DAYS)
    late = ONE | {"id": 2, "work": [ONE["work"][0] | {"late_occurrences": 1}]}

    first, second = post(client, {"framework": "theo-ngay", "subjects": [ONE, late]}).json()["results"]

    assert (first["status"], second["status"], second["total"]) == ("scored", "blocked", None)
    assert [each["code"] for each in second["reasons"]] == ["late_days_missing"]


@pytest.mark.django_db
def test_what_is_asked_where_points_are_cut_blocks_over_the_api_and_in_the_command(
    client: Client, tmp_path: Path
) -> None:
    published("nd335", code="hoi", marks={"asks_when_cut": {"value": "both", "citation": "Kế hoạch của tỉnh"}})
    silent = {"framework": "hoi", "subjects": [ONE | {"common": "29"}]}
    said = {"comments": {"common": "Chậm hai việc"}, "evidence": {"common": ["12/BC-VP"]}}
    spoken = {"framework": "hoi", "subjects": [ONE | {"common": "29"} | said]}
    file, printed = tmp_path / "requests.json", io.StringIO()
    file.write_text(json.dumps([silent, spoken]), encoding="utf-8")

    call_command("score", str(file), stdout=printed)
    answers = [post(client, each).json() for each in (silent, spoken)]

    assert json.loads(printed.getvalue()) == answers
    blocked, scored = (each["results"][0] for each in answers)
    assert (blocked["status"], blocked["total"]) == ("blocked", None)
    assert [each["code"] for each in blocked["reasons"]] == ["comment_missing", "evidence_missing"]
    assert scored["total"] == "99.00"
    assert scored["receipt"]["inputs"]["comments"] == {"common": "Chậm hai việc"}
    assert scored["receipt"]["steps"][0]["rows"] == [["Chậm hai việc", "12/BC-VP"]]


@pytest.mark.django_db
def test_what_was_said_of_somebody_is_kept_by_no_cache_and_told_in_no_refusal(client: Client) -> None:
    said = {"comments": {"common": "Bí mật một"}, "evidence": {"common": ["Bí mật hai\n"]}}

    scored = post(client, {"subjects": [ONE | {"comments": said["comments"]}]})
    refused = post(client, {"subjects": [ONE | said]})

    assert "Bí mật một" in scored.content.decode()
    assert scored["Cache-Control"] == refused["Cache-Control"] == "no-store"
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "subjects[0].evidence.common[0]")
    assert "Bí mật" not in refused.content.decode()


@pytest.mark.django_db
def test_a_day_chooses_the_version_that_holds_on_it_and_the_answer_says_which(client: Client) -> None:
    framework = published("nd335", code="cua-tinh", effective_to="2026-06-30").framework
    version_of(framework, effective_from="2026-07-01", effective_to="2026-09-30")

    def named(day: str) -> Any:
        body = post(client, {"framework": "cua-tinh", "on": day, "receipts": False, "subjects": [ONE]}).json()
        return body["errors"][0]["code"] if "errors" in body else body["results"][0]["framework"]

    assert [named(day)["version"] for day in ("2026-01-01", "2026-06-30", "2026-07-01")] == [1, 1, 2]
    assert named("2026-08-01")["effective_from"] == "2026-07-01"
    assert named("2026-08-01")["effective_to"] == "2026-09-30"
    assert [named(day) for day in ("2025-12-31", "2026-10-01")] == ["nothing_holds"] * 2


def test_receipts_are_left_out_where_they_are_not_wanted_and_all_else_is_the_same(client: Client) -> None:
    whole = post(client, {"subjects": [ONE]}).json()["results"][0]
    short = post(client, {"subjects": [ONE], "receipts": False}).json()["results"][0]

    assert whole["receipt"]["schema"] == "thuocdo.receipt/1"
    assert post(client, {"subjects": [ONE], "receipts": None}).json()["results"][0] == whole
    assert short == whole | {"receipt": None}


def test_officers_and_organisations_are_each_scored_by_their_default(client: Client) -> None:
    organisation = {"id": "O", "role": "organisation", "metrics": {}}

    answer = post(client, {"subjects": [organisation, ONE]}).json()["results"]

    assert [each["id"] for each in answer] == ["O", 1]
    assert [each["receipt"]["framework"]["code"] for each in answer] == ["nd335-to-chuc", "nd335"]
    assert answer[0]["status"] in ("blocked", "insufficient_data")


def test_an_answer_about_people_is_kept_by_no_cache(client: Client) -> None:
    assert post(client, {"subjects": [ONE]})["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_nothing_is_stored(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        post(client, {"subjects": [ONE]})


@pytest.mark.django_db
def test_the_example_of_the_documents_is_true(client: Client) -> None:
    text = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
    request, promised = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", text, re.DOTALL)[:2])

    result = post(client, request).json()["results"][0]

    shown = promised["results"][0]
    assert {key: result[key] for key in shown if key != "receipt"} == {k: v for k, v in shown.items() if k != "receipt"}


def test_a_key_is_taken_and_what_is_no_key_is_refused(client: Client) -> None:
    def sent(key: str) -> Any:
        headers = {"Idempotency-Key": key}
        return client.post(ADDRESS, json.dumps({"subjects": [ONE]}), content_type="application/json", headers=headers)

    first, again = sent("mot"), sent("mot")

    assert first.status_code == 200
    assert (again.content, again.get("Idempotent-Replayed")) == (first.content, None)
    assert sent("x" * 256).json()["code"] == "idempotency_key_invalid"

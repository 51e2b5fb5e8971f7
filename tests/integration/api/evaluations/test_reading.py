"""Who reads which periods, evaluations, results and receipts over the API, and that a reading is noted."""

import io
import json

import pytest
from django.core.management import call_command

from api.clients.models import Scope
from cms.evaluations import actions
from cms.evaluations.models import Result
from cms.organisations.models import Officer, OfficerRead
from tests.integration.api.evaluations.conftest import program_of
from tests.integration.evaluations.conftest import MARKS

pytestmark = pytest.mark.django_db


def codes(body):
    return sorted(each["officer"] for each in body["results"])


class TestPrograms:
    def test_they_read_their_agencies_periods_and_no_other(self, decided, program, stranger):
        (period,) = program.json("periods/")["results"]

        assert (period["kind"], period["state"], period["made_of"]) == ("month", "open", None)
        assert program.json(f"periods/{decided.pk}/") == period
        assert stranger.json("periods/")["results"] == []
        assert stranger.get(f"periods/{decided.pk}/").status_code == 404

    def test_they_read_results_once_decided(self, house, decided, program, stranger):
        rows = program.json("results/")["results"]

        assert len(rows) == 4
        an = next(each for each in rows if each["officer"] == house.people["an"].code)
        assert (an["total"], an["level"], an["state"], an["final_since"]) == ("97.500", "excellent", "standing", None)
        assert stranger.json("results/")["results"] == []
        assert stranger.get(an["url"].partition("/v1/")[2]).status_code == 404

    def test_what_is_not_decided_is_no_result(self, house, program):
        house.done("an")
        house.open()
        house.mark("an")

        assert program.json("results/")["results"] == []
        assert program.json("receipts/")["results"] == []
        stands = {each["officer"]: each["stands_at"] for each in program.json("evaluations/")["results"]}
        assert stands[house.people["an"].code] == "decide"

    def test_a_token_needs_the_scope(self, house, decided):
        periods = program_of(house.agency, Scope.EVALUATIONS_READ)
        results = program_of(house.agency, Scope.RESULTS_READ)

        assert periods.get("results/").status_code == results.get("evaluations/").status_code == 403
        assert periods.get("receipts/").status_code == results.get("periods/").status_code == 403
        assert periods.get("periods/").status_code == results.get("results/").status_code == 200

    def test_a_receipt_that_names_a_case_is_not_theirs(self, house, program):
        house.done("an")
        house.open()
        house.mark("an")
        actions.find(by=house.clerk, evaluation=house.of("an"), code="disciplined", document="QĐ 7/QĐ-SNV")
        house.decide("an")

        (row,) = program.json("results/")["results"]

        assert row["receipt_url"] is None
        assert program.json("receipts/")["results"] == []
        assert program.get(f"receipts/{house.of('an').identity}/1/").status_code == 404

    def test_each_list_is_narrowed_and_paged(self, house, decided, program):
        first = program.json("results/", page_size=1, fields="evaluation,total")

        assert list(first["results"][0]) == ["evaluation", "total"]
        assert len(program.json(first["next"])["results"]) == 1
        officer = house.people["binh"].code
        assert codes(program.json("results/", officer=officer, period=decided.pk)) == [officer]
        assert codes(program.json("evaluations/", stands_at="decided", officer=officer)) == [officer]
        assert program.json("evaluations/", stands_at="absent")["results"] == []
        assert program.json("periods/", kind="year")["results"] == []
        assert program.get("results/", officers=officer).status_code == 400

    def test_each_reading_is_noted_for_the_officer(self, house, decided, program):
        program.json("results/")
        program.json("results/")

        noted = OfficerRead.objects.filter(what="result")
        assert {each.officer for each in noted} == {house.people[name] for name in ("an", "binh", "division", "chief")}
        assert {each.times for each in noted} == {2}

    def test_a_page_costs_the_same_however_many_there_are(self, decided, program, django_assert_max_num_queries):
        with django_assert_max_num_queries(16):
            program.json("results/")


class TestPersons:
    def test_an_officer_reads_their_own_and_nobody_elses(self, house, decided, reader):
        own = house.account("an")

        assert codes(reader.json("results/", by=own)) == [house.people["an"].code]
        assert codes(reader.json("evaluations/", by=own)) == [house.people["an"].code]
        assert reader.get(f"evaluations/{house.of('binh').identity}/", by=own).status_code == 404
        assert not OfficerRead.objects.filter(reader=own, what="result").exists()

    def test_an_officer_reads_no_own_result_before_it_is_decided(self, house, reader):
        house.done("an")
        house.open()
        house.mark("an")

        assert reader.json("results/", by=house.account("an"))["results"] == []
        assert reader.get(f"receipts/{house.of('an').identity}/1/", by=house.account("an")).status_code == 404

    def test_the_desk_and_who_has_authority_read_theirs(self, house, decided, reader):
        assert len(reader.json("results/", by=house.clerk)["results"]) == 4
        led = sorted(house.people[name].code for name in ("an", "binh", "division"))
        assert codes(reader.json("results/", by=house.account("division"))) == led
        assert OfficerRead.objects.filter(reader=house.clerk, what="result").count() == 4

    def test_strangers_read_nothing(self, decided, reader, people):
        for path in ("periods/", "evaluations/", "results/", "results/changes/", "receipts/"):
            assert reader.get(path).status_code == 401
            assert reader.json(path, by=people["other_uploader"])["results"] == []
            assert reader.json(path, by=people["technical_admin"])["results"] == []


class TestReceipts:
    def test_it_is_the_stored_bytes_and_calculates_anew_to_the_same(self, house, decided, reader, program, tmp_path):
        stored = Result.objects.get(evaluation=house.of("division"))

        answer = program.get(f"receipts/{house.of('division').identity}/1/")

        assert answer.content.decode() == stored.receipt_text
        receipt = answer.json()
        request = {
            "framework": "nd335", "version": receipt["framework"]["version"], "subjects": [receipt["inputs"]],
        }  # fmt: skip
        again = reader.post("scores/preview/", request).json()
        assert again["results"][0]["receipt"] == receipt
        path = tmp_path / "request.json"
        path.write_text(json.dumps(request), encoding="utf-8")
        out = io.StringIO()
        call_command("score", str(path), stdout=out)
        assert json.loads(out.getvalue())["results"][0]["receipt"] == receipt

    def test_of_a_longer_period_too(self, house, decided, reader, program):
        month = decided.first_day
        house.lock(decided)
        quarter = house.open("quarter", month.replace(month=(month.month - 1) // 3 * 3 + 1))
        house.decide("an")

        receipt = program.get(f"receipts/{house.of('an', quarter).identity}/1/").json()

        again = reader.post("scores/periods/", receipt["inputs"]).json()
        assert again["results"][0] == receipt["result"]

    def test_it_is_found_by_its_check_code_and_not_sent_twice(self, house, decided, program):
        stored = Result.objects.get(evaluation=house.of("an"))
        (found,) = program.json("receipts/", hash=stored.content_hash)["results"]
        answer = program.get(found["url"])

        assert found["hash"] == stored.content_hash
        assert answer["ETag"]


class TestChanges:
    def test_nothing_is_missed_from_the_decision_to_the_correction(self, house, decided, program, second_head):
        first = program.json("results/changes/")
        assert [each["type"] for each in first["results"]] == ["evaluation.decided"] * 4
        assert first["at_end"] and all(each["result"]["level"] for each in first["results"])

        house.lock(decided)
        proposed = actions.propose_reopening(by=house.clerk, evaluation=house.of("an"), reason="Chấm sót việc")
        actions.approve_reopening(by=second_head, reopening=proposed)
        reopened = program.json(first["next"])
        assert [(each["type"], each["result"]) for each in reopened["results"]] == [("evaluation.reopened", None)]

        house.mark("an", {"criteria": MARKS["criteria"] | {"III": "5"}})
        house.decide("an", words="Sửa theo kết luận", level="good")
        last = program.json(reopened["next"])

        assert [each["type"] for each in last["results"]] == ["evaluation.decided", "evaluation.corrected"]
        assert {(each["result"]["number"], each["result"]["level"]) for each in last["results"]} == {(2, "good")}
        states = {(each["number"], each["state"], each["level"]) for each in
                  program.json("results/", officer=house.people["an"].code)["results"]}  # fmt: skip
        assert states == {(1, "replaced", "excellent"), (2, "standing", "good")}

    def test_others_hear_nothing(self, house, decided, stranger, reader):
        assert stranger.json("results/changes/")["results"] == []
        own = reader.json("results/changes/", by=house.account("an"))
        assert own["results"] == []
        assert Officer.objects.filter(reads__reader__username__startswith="api-").count() == 0

    def test_events_name_no_person_and_no_mark(self, house, decided, program):
        reported = program.json("events/", type="evaluation.decided,period.opened")["results"]

        assert {key for each in reported for key in each["data"]} == {"agency", "evaluation", "period", "url"}
        assert house.people["an"].code not in json.dumps(reported)
        for each in reported:
            assert program.get(each["data"]["url"]).status_code == 200

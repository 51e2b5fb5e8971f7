"""The result as its officer reads, prints and checks it."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from cms.evaluations.check_views import CheckThrottle
from cms.evaluations.models import Evaluation, Result

pytestmark = pytest.mark.django_db


@pytest.fixture
def decided(house):
    house.done("an", assigned=4, completed=4, late_occurrences=1)
    house.done("an", assigned=2, completed=1)
    for name in ("binh", "division", "chief"):
        house.done(name)
    period = house.open()
    Evaluation.objects.filter(officer=house.people["an"]).update(applied="Được đánh giá tại đơn vị mới.")
    house.finish_everybody()
    return house.lock(period)


def test_the_officer_reads_where_points_come_from_and_what_would_have_changed_them(house, decided, client):
    client.force_login(house.account("an"))
    one = house.of("an")

    page = client.get(reverse("personal:evaluation", args=[one.identity])).content.decode()

    assert "Nếu mọi công việc đều hoàn thành đủ, đúng hạn và đạt chất lượng" in page
    assert "Điểm đến từ đâu" in page and "27,50 / 30" in page and "Điều 12" in page
    assert "Được đánh giá tại đơn vị mới." in page
    printed = client.get(reverse("personal:evaluation_print", args=[one.identity])).content.decode()
    result = Result.objects.get(evaluation=one)
    assert result.check_code in printed and "đúng hạn" in printed and "Được đánh giá tại đơn vị mới." in printed
    kept = client.get(reverse("personal:evaluation_receipt", args=[one.identity]))
    assert kept.content.decode() == result.receipt_text
    client.force_login(house.account("binh"))
    for name in ("evaluation_print", "evaluation_receipt"):
        assert client.get(reverse(f"personal:{name}", args=[one.identity])).status_code == 404


def test_nothing_is_printed_before_it_may_be_read(house, client):
    house.done("an")
    house.open()
    house.mark("an")
    client.force_login(house.account("an"))
    for name in ("evaluation_print", "evaluation_receipt"):
        assert client.get(reverse(f"personal:{name}", args=[house.of("an").identity])).status_code == 404


class TestChecking:
    def ask(self, **typed):
        answer = Client().post(reverse("check_receipt"), typed)
        assert answer.status_code == 200
        return answer.content.decode()

    def test_code_and_points_fit_together_or_not_and_nobody_is_named(self, house, decided):
        result = Result.objects.get(evaluation=house.of("an"))
        points = str(result.shown_total).replace(".", ",")

        found = self.ask(code=result.check_code, total=points)

        assert "Khớp" in found
        assert house.people["an"].name not in found and points not in found.replace(f'value="{points}"', "")
        wrong = self.ask(code=result.check_code, total="99,99")
        unknown = self.ask(code="0000-0000-0000-0000-0000", total=points)
        said = "Không có kết quả đã chốt nào"
        assert said in wrong and said in unknown

    def test_a_file_that_was_changed_is_told_from_one_that_is_ours(self, house, decided, tmp_path):
        result = Result.objects.get(evaluation=house.of("an"))
        kept = tmp_path / "phieu.json"

        def send(receipt):
            kept.write_text(receipt, encoding="utf-8")
            with kept.open("rb") as file:
                return self.ask(file=file)

        assert "Khớp" in send(result.receipt_text)
        changed = result.receipt | {"summary": "Xuất sắc"}
        assert "đã bị sửa" in send(json.dumps(changed))
        assert "không phải là phiếu" in send("[1.5]")

    def test_what_is_not_final_is_not_found_and_many_questions_wait(self, house, monkeypatch):
        monkeypatch.setattr(CheckThrottle, "rate", "30/min", raising=False)
        house.done("an")
        house.open()
        house.mark("an")
        house.decide("an")
        result = Result.objects.get(evaluation=house.of("an"))
        assert "Không có kết quả" in self.ask(code=result.check_code, total=str(result.shown_total).replace(".", ","))
        asked = [Client().post(reverse("check_receipt"), {"code": "x"}, REMOTE_ADDR="198.51.100.7") for _ in range(31)]
        assert asked[0].status_code == 422 and asked[-1].status_code == 429

    def test_the_command_calculates_a_receipt_again(self, house, decided, tmp_path, capsys):
        result = Result.objects.get(evaluation=house.of("an"))
        kept = tmp_path / "phieu.json"
        kept.write_text(result.receipt_text, encoding="utf-8")

        call_command("score", str(kept), "--check")

        assert result.check_code in capsys.readouterr().out
        kept.write_text(json.dumps(result.receipt | {"summary": "Xuất sắc"}), encoding="utf-8")
        with pytest.raises(SystemExit):
            call_command("score", str(kept), "--check")
        assert "summary" in capsys.readouterr().out
        kept.write_text("[]", encoding="utf-8")
        with pytest.raises(CommandError):
            call_command("score", str(kept), "--check")

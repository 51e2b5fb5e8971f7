"""Forms 01 and 02 as Word files: what rows say, and nothing of what the reader may not see yet."""

import io

import docx
import pytest
from django.urls import reverse

from cms.evaluations import actions
from cms.organisations.models import OfficerRead
from tests.integration.evaluations.conftest import MARKS

pytestmark = pytest.mark.django_db


def text_of(answer) -> str:
    assert answer.status_code == 200
    paper = docx.Document(io.BytesIO(answer.content))
    cells = (cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(each.text for each in paper.paragraphs), *cells])


def test_they_say_what_rows_say_and_to_the_officer_nothing_too_early(house, client):
    house.done("an", assigned=4, completed=3)
    house.open()
    own = MARKS | {"criteria": MARKS["criteria"] | {"III": "9.5"}}
    one = actions.assess_self(by=house.account("an"), evaluation=house.of("an"), marks=own, words="Có sáng kiến.")
    house.mark("an", words="Quản lý nhận xét kín.")
    client.force_login(house.account("an"))
    urls = [reverse("personal:evaluation_form", args=[one.identity, number]) for number in (1, 2)]

    early = text_of(client.get(urls[0]))

    assert "MẪU" in early.upper() and "Công chức 0503" in early and "9,5" in early and "Có sáng kiến." in early
    assert "nhận xét kín" not in early and "7,5" not in early
    house.decide("an", words="Đồng ý mức theo điểm.")
    first, second = (text_of(client.get(url)) for url in urls)
    assert "7,5" in first and "nhận xét kín" in first and "3" in first and "Mã kiểm tra" in first
    assert "Hoàn thành" in second and "Đồng ý mức theo điểm." in second
    assert client.get(urls[0].replace("mau-01", "mau-03")).status_code == 404
    client.force_login(house.account("binh"))
    assert client.get(urls[0]).status_code == 404
    client.force_login(house.clerk)
    assert "nhận xét kín" in text_of(client.get(reverse("evaluations:form_document", args=[one.pk, 1])))
    assert OfficerRead.objects.filter(reader=house.clerk, officer=house.people["an"], what="result").exists()

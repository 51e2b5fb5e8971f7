"""Problems that are alike are counted together, and chosen by a link."""

from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook

from importers.enums import BatchState
from importers.models import ImportBatch
from tests.integration.importers.conftest import workbook


def bad_rows(count: int) -> bytes:
    """Return a workbook whose every row has a bad coefficient, and whose every tenth has no output."""
    rows = [
        (f"TK.{number}", f"Nhiệm vụ {number}", "" if number % 10 == 0 else "Báo cáo", "báo cáo", 1, "1,5 điểm")
        for number in range(count)
    ]
    return workbook(*rows)


@pytest.fixture
def refused(people, province, uploaded) -> ImportBatch:
    """Return an upload with 60 bad coefficients and 6 missing outputs."""
    batch = uploaded(people["uploader"], province.statistics, bad_rows(60), "sai.xlsx")
    assert (batch.state, batch.error_count) == (BatchState.REFUSED, 66)
    return batch


def shown(client: Client, user, batch: ImportBatch, query: str = ""):
    client.force_login(user)
    return client.get(reverse("importers:batch", args=[batch.pk]) + query)


def test_errors_alike_are_one_line_with_their_number(client: Client, people, refused) -> None:
    answer = shown(client, people["uploader"], refused)

    groups = answer.context["groups"].groups
    assert [(group.count, group.column, group.place) for group in groups] == [
        (60, "Hệ số quy đổi", "Dòng 2"), (6, "Sản phẩm/công việc đầu ra", "Dòng 2"),
    ]  # fmt: skip
    assert "Giống nhau 60 dòng. Dòng 2: “1,5 điểm” có đơn vị cạnh con số." in answer.content.decode()


def test_a_group_leads_to_its_rows_alone_and_back(client: Client, people, refused) -> None:
    group = shown(client, people["uploader"], refused).context["groups"].groups[1]

    answer = shown(client, people["uploader"], refused, f"?{group.query}")

    assert {line.column for line in answer.context["lines"]} == {"Sản phẩm/công việc đầu ra"}
    assert len(answer.context["lines"]) == 6
    assert "Xem lại tất cả" in answer.content.decode()


def test_mending_a_cell_leads_back_to_the_group(client: Client, people, refused) -> None:
    group = shown(client, people["uploader"], refused).context["groups"].groups[1]
    edited = shown(client, people["uploader"], refused, f"?{group.query}").context["lines"][0].edit_query
    form = shown(client, people["uploader"], refused, f"?{edited}").context["edited"]

    answer = client.post(
        reverse("importers:correct", args=[refused.pk]), {"sheet": "DanhMuc", "row": "2", "back": form["back"]}
    )

    assert answer.url.endswith(f"?{group.query}")


def test_few_errors_are_not_summed_up(client: Client, people, province, uploaded) -> None:
    batch = uploaded(people["uploader"], province.statistics, bad_rows(4), "it.xlsx")

    assert shown(client, people["uploader"], batch).context["groups"] is None


@pytest.mark.parametrize("query", ["?show=error&code=x&column=9", "?code=not_there&column=abc", "?column=99999999999"])
def test_a_group_that_is_not_there_breaks_nothing(client: Client, people, refused, query: str) -> None:
    assert shown(client, people["uploader"], refused, query).status_code == 200


def test_the_summary_costs_two_questions(client: Client, people, province, refused, uploaded) -> None:
    few = uploaded(people["editor"], province.office, bad_rows(20), "vua.xlsx")
    with CaptureQueriesContext(
        connection,
    ) as some:
        shown(client, people["editor"], few)
    with CaptureQueriesContext(connection) as many:
        shown(client, people["editor"], refused)

    assert len(many) <= len(some)


@pytest.fixture
def noisy(people, province, uploaded) -> ImportBatch:
    """Return an upload without errors, with 15 groups in words and 2 outputs that begin like a formula."""
    rows = [
        (f"TK.{number}", f"Nhiệm vụ {number}", "+ Báo cáo" if number > 13 else "Báo cáo", "báo cáo", "Nhóm 1", "1,5")
        for number in range(1, 16)
    ]
    batch = uploaded(people["uploader"], province.statistics, workbook(*rows), "on-ao.xlsx")
    assert (batch.state, batch.warning_count) == (BatchState.PREVIEWED, 17)
    return batch


def test_warnings_that_are_to_be_read_are_opened_first_one_line_a_kind(client: Client, people, noisy) -> None:
    answer = shown(client, people["uploader"], noisy)

    assert answer.context["chosen"] == "warning"
    assert [(group.count, group.also) for group in answer.context["groups"].groups] == [(15, "3, 4, 5"), (2, "16")]
    assert answer.context["lines"] == []
    text = " ".join(answer.content.decode().split())
    assert "Còn ở dòng 3, 4, 5" in text
    assert "?show=warning&amp;all=1" in text


def test_every_warning_can_still_be_listed(client: Client, people, noisy) -> None:
    every = shown(client, people["uploader"], noisy, "?show=warning&all=1").context["lines"]
    group = shown(client, people["uploader"], noisy).context["groups"].groups[0]
    of_group = shown(client, people["uploader"], noisy, f"?{group.query}").context["lines"]

    assert (len(every), len(of_group)) == (17, 15)


def test_a_warning_is_mended_from_the_list_of_all(client: Client, people, noisy) -> None:
    line = shown(client, people["uploader"], noisy, "?show=warning&all=1").context["lines"][0]

    edited = shown(client, people["uploader"], noisy, f"?{line.edit_query}").context["edited"]

    assert "all=1" in edited["back"]


@pytest.mark.parametrize("rows", [[], [("Danh mục sản phẩm",)]])
def test_a_workbook_with_nothing_to_match_is_not_offered_to_be_matched(
    client: Client, people, province, uploaded, rows
) -> None:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    batch = uploaded(people["uploader"], province.statistics, out.getvalue(), "trong.xlsx")

    answer = shown(client, people["uploader"], batch)

    assert batch.state == BatchState.REFUSED
    assert not answer.context["choices"].match
    assert "Ghép cột" not in answer.content.decode()

"""A file that leaves out much of what stands on record may be the wrong one: nothing is chosen for the person."""

import pytest
from django.urls import reverse

from importers import actions
from importers.enums import BatchState
from tests.integration.importers.conftest import GOOD_ROW, workbook

ROWS = [(f"TK.{number:02}", *GOOD_ROW[1:]) for number in range(1, 11)]


@pytest.fixture
def preview(client, people, province, uploaded):
    """Return the preview of a file with some of ten rows that stand on record, and where it is confirmed."""

    def of(*rows):
        first = uploaded(people["uploader"], province.statistics, workbook(*ROWS))
        actions.commit(by=people["uploader"], batch=first)
        batch = uploaded(people["uploader"], province.statistics, workbook(*rows), "lan-hai.xlsx")
        client.force_login(people["uploader"])
        return batch, client.get(reverse("importers:batch", args=[batch.pk]))

    return of


def press(client, batch, **chosen):
    answer = client.post(reverse("importers:commit", args=[batch.pk]), chosen, follow=True)
    batch.refresh_from_db()
    return answer.content.decode()


def test_nothing_is_chosen_and_the_items_are_named(client, preview):
    batch, answer = preview(*ROWS[:2], ("TK.99", *GOOD_ROW[1:]))
    page = answer.content.decode()

    assert (answer.context["banner"].tone, answer.context["banner"].headline) == (
        "warning", "Tệp thiếu nhiều mục đang có trên hệ thống",
    )  # fmt: skip
    assert 'type="radio"' in page and " checked" not in page.split("td-confirm")[1].split("</form>")[0]
    assert all(row[0] in page for row in ROWS[2:])


def test_taking_out_much_is_chosen_and_confirmed(client, preview):
    batch, _answer = preview(*ROWS[:2])

    assert "Hãy chọn cách xử lý các mục không có trong tệp." in press(client, batch)
    assert "Hãy đánh dấu xác nhận đưa các mục này ra" in press(client, batch, missing="remove")
    assert batch.state == BatchState.PREVIEWED
    press(client, batch, missing="remove", sure="on")
    assert (batch.state, batch.catalog.committed_to.items.count()) == (BatchState.COMMITTED, 2)


def test_keeping_what_is_left_out_needs_no_more_than_the_choice(client, preview):
    batch, _answer = preview(*ROWS[:2])
    press(client, batch, missing="keep")

    assert (batch.state, batch.catalog.committed_to.items.count()) == (BatchState.COMMITTED, 10)


def test_a_few_items_left_out_are_taken_out_as_before(client, preview):
    batch, answer = preview(*ROWS[:8])

    assert answer.context["banner"].tone == "success"
    press(client, batch)
    assert (batch.state, batch.catalog.committed_to.items.count()) == (BatchState.COMMITTED, 8)

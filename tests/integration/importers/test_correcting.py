"""A bad cell mended in the browser: checked again by the same check, kept beside what the file holds."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from cms.audit.models import AuditEvent
from cms.core.errors import NotAllowed, WrongState
from importers import actions
from importers.batches.previews import rows_of
from importers.enums import BatchState
from importers.models import ImportBatch
from tests.factories.people import make_member
from tests.integration.importers.conftest import GOOD_ROW, workbook

Uploaded = Callable[..., ImportBatch]
BAD_ROW = ("TK.102", "Việc", "Báo cáo", "báo cáo", 7, "abc")
GROUP, COEFFICIENT = 5, 6


@pytest.fixture
def batch(people, province, uploaded: Uploaded) -> ImportBatch:
    """Return an upload with two bad cells in row 3."""
    return uploaded(people["uploader"], province.statistics, workbook(GOOD_ROW, BAD_ROW))


def mend(by, batch, callbacks, row=3, **cells):
    """Mend cells, given as c5="text", and return the upload once it is checked again."""
    with callbacks(execute=True):
        actions.correct(
            by=by, batch=batch, sheet="DanhMuc", row=row, cells={int(name[1:]): text for name, text in cells.items()}
        )
    batch.refresh_from_db()
    return batch


def test_a_mended_file_can_be_confirmed(people, batch, django_capture_on_commit_callbacks) -> None:
    original = batch.original.read()

    half = mend(people["uploader"], batch, django_capture_on_commit_callbacks, c5="2")
    assert (half.state, [problem.column_number for problem in half.problems.all()]) == ("refused", [COEFFICIENT])
    whole = mend(people["uploader"], batch, django_capture_on_commit_callbacks, c6="1,5")

    assert (whole.state, whole.error_count, whole.counts["new"]) == (BatchState.PREVIEWED, 0, 2)
    version = actions.commit(by=people["uploader"], batch=whole).catalog.committed_to
    assert [(item.group, str(item.coefficient)) for item in version.items.order_by("code")] == [
        (1, "1.5000"), (2, "1.5000"),
    ]  # fmt: skip
    assert whole.original.read() == original


def test_a_correction_says_who_what_and_when_and_so_does_the_ledger(
    people, batch, django_capture_on_commit_callbacks
) -> None:
    mend(people["uploader"], batch, django_capture_on_commit_callbacks, c5="2", c6="x")
    mend(people["agency_head"], batch, django_capture_on_commit_callbacks, c6="1,5")

    made = list(batch.corrections.values_list("column_number", "original", "value", "by"))
    clerk, head = people["uploader"].pk, people["agency_head"].pk
    assert made == [(GROUP, "7", "2", clerk), (COEFFICIENT, "abc", "x", clerk), (COEFFICIENT, "abc", "1,5", head)]
    actions.commit(by=people["uploader"], batch=ImportBatch.objects.get(pk=batch.pk))
    events = AuditEvent.objects.filter(action__in=("import.correct", "import.commit")).order_by("sequence")
    assert [event.actor_id for event in events] == [clerk, head, clerk]
    reported = events.last().after["corrections"]
    assert reported["DanhMuc, 3, Hệ số quy đổi"].startswith(f"“abc” → “1,5” ({people['agency_head']}, ")


def test_the_same_text_changes_nothing(people, batch, django_capture_on_commit_callbacks) -> None:
    mend(people["uploader"], batch, django_capture_on_commit_callbacks, c5="7", c6="abc")

    assert not batch.corrections.exists()
    assert not AuditEvent.objects.filter(action="import.correct").exists()


def test_a_code_stored_as_a_number_is_mended_by_typing_it_again(
    people, province, uploaded: Uploaded, django_capture_on_commit_callbacks
) -> None:
    batch = uploaded(people["uploader"], province.statistics, workbook((101, *GOOD_ROW[1:])))
    assert batch.problems.get().code == "code_is_number"

    mend(people["uploader"], batch, django_capture_on_commit_callbacks, row=2, c1="101")

    assert (batch.state, next(rows_of(batch)).values["code"]) == (BatchState.PREVIEWED, "101")


def test_a_warning_may_be_mended_and_a_mended_cell_mended_again(
    people, province, uploaded: Uploaded, django_capture_on_commit_callbacks
) -> None:
    batch = uploaded(people["uploader"], province.statistics, workbook((*GOOD_ROW[:4], "Nhóm 2", 1)))
    mend(people["uploader"], batch, django_capture_on_commit_callbacks, row=2, c5="2")
    assert batch.verdict == "accept"

    mend(people["uploader"], batch, django_capture_on_commit_callbacks, row=2, c5="3")

    assert next(rows_of(batch)).values["group"] == 3


@pytest.mark.parametrize("cells", [{40: "x"}, {0: "x"}])
def test_only_columns_that_are_read_can_be_mended(people, batch, cells) -> None:
    with pytest.raises(WrongState):
        actions.correct(by=people["uploader"], batch=batch, sheet="DanhMuc", row=3, cells=cells)


@pytest.mark.parametrize(("sheet", "row"), [("DanhMuc", 2), ("DanhMuc", 1), ("Khác", 3), ("DanhMuc", 99)])
def test_only_rows_with_a_problem_can_be_mended(people, batch, sheet, row) -> None:
    with pytest.raises(WrongState):
        actions.correct(by=people["uploader"], batch=batch, sheet=sheet, row=row, cells={GROUP: "2"})


def test_a_colleague_without_the_right_to_confirm_mends_nothing(people, province, batch) -> None:
    colleague = make_member("uploader", province.statistics)

    with pytest.raises(NotAllowed):
        actions.correct(by=colleague, batch=batch, sheet="DanhMuc", row=3, cells={GROUP: "2"})


def test_what_is_written_is_not_mended(people, province, uploaded: Uploaded) -> None:
    batch = uploaded(people["uploader"], province.statistics, workbook((*GOOD_ROW[:4], "Nhóm 2", 1)))
    actions.commit(by=people["uploader"], batch=batch)

    with pytest.raises(WrongState):
        actions.correct(by=people["uploader"], batch=batch, sheet="DanhMuc", row=2, cells={GROUP: "2"})


def test_a_preview_that_was_mended_meanwhile_is_not_confirmed_unseen(
    people, province, uploaded: Uploaded, django_capture_on_commit_callbacks
) -> None:
    batch = uploaded(people["uploader"], province.statistics, workbook((*GOOD_ROW[:4], "Nhóm 2", 1)))
    seen = batch.checked_at.isoformat()
    mend(people["agency_head"], batch, django_capture_on_commit_callbacks, row=2, c5="5")

    with pytest.raises(WrongState):
        actions.commit(by=people["uploader"], batch=batch, seen=seen)

    assert actions.commit(by=people["uploader"], batch=batch, seen=batch.checked_at.isoformat()).catalog.committed_to


def open_form(client: Client, user, batch, line=0):
    client.force_login(user)
    page = client.get(reverse("importers:batch", args=[batch.pk]))
    return client.get(f"{reverse('importers:batch', args=[batch.pk])}?{page.context['lines'][line].edit_query}")


def test_the_form_stands_in_the_list_with_the_raw_cells_and_the_sentences(client: Client, people, batch) -> None:
    page = open_form(client, people["uploader"], batch)

    cells = page.context["edited"]["cells"]
    assert [cell.field.value() for cell in cells] == ["TK.102", "Việc", "Báo cáo", "báo cáo", "7", "abc"]
    assert [cell.severity for cell in cells] == ["", "", "", "", "error", "error"]
    assert cells[4].sentences == ["Nhóm phức tạp phải là số nguyên từ 1 đến 5. Hãy nhập lại."]
    html = page.content.decode()
    assert html.index("td-edit") > html.index("Dòng 3")
    assert [cell.field.name for cell in cells if "autofocus" in cell.field.field.widget.attrs] == ["cell_5"]
    assert html.count(" autofocus") == 1


def test_the_form_mends_and_leads_back_to_the_same_list(
    client: Client, people, batch, django_capture_on_commit_callbacks
) -> None:
    edited = open_form(client, people["uploader"], batch).context["edited"]
    sent = {cell.field.html_name: cell.field.value() for cell in edited["cells"]} | {"cell_5": "2"}
    place = {"sheet": "DanhMuc", "row": "3", "back": f"{edited['back']}&next=//evil.example"}

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("importers:correct", args=[batch.pk]), sent | place)

    assert answer.url == f"{reverse('importers:batch', args=[batch.pk])}?show=error"
    assert list(batch.corrections.values_list("column_number", "value")) == [(GROUP, "2")]
    page = client.get(answer.url).content.decode()
    assert "Đã sửa 1 ô" in page or "tệp đang được kiểm tra lại" in page


def test_a_row_of_the_preview_opens_no_form(client: Client, people, province, uploaded: Uploaded) -> None:
    batch = uploaded(people["uploader"], province.statistics, workbook((*GOOD_ROW[:4], "Nhóm 2", 1)))
    client.force_login(people["uploader"])

    page = client.get(reverse("importers:batch", args=[batch.pk]), {"show": "new", "edit": 1})

    assert (page.status_code, page.context["edited"]) == (200, None)


def test_who_may_not_confirm_sees_no_form(client: Client, people, province, batch) -> None:
    client.force_login(make_member("uploader", province.statistics))

    page = client.get(reverse("importers:batch", args=[batch.pk]))

    assert not any(line.edit_query for line in page.context["lines"])
    assert reverse("importers:correct", args=[batch.pk]) not in page.content.decode()


@pytest.mark.parametrize(
    "place", [{}, {"sheet": "DanhMuc", "row": "x"}, {"sheet": "DanhMuc", "row": "9" * 5000}, {"sheet": "", "row": "3"}]
)
def test_a_garbled_place_is_not_found(client: Client, people, batch, place) -> None:
    client.force_login(people["uploader"])

    assert client.post(reverse("importers:correct", args=[batch.pk]), place).status_code == 404


def test_line_breaks_of_a_cell_survive_the_browser(
    people, province, uploaded: Uploaded, django_capture_on_commit_callbacks
) -> None:
    batch = uploaded(people["uploader"], province.statistics, workbook(("TK.1", "Hai\ndòng", *BAD_ROW[2:])))

    mend(people["uploader"], batch, django_capture_on_commit_callbacks, row=2, c2="Hai\r\ndòng", c6="1")

    assert list(batch.corrections.values_list("column_number", flat=True)) == [COEFFICIENT]

"""Figures from outside come in by Excel as by the API: checked whole, previewed, written all or none, taken back."""

import io

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from cms.catalogs.errors import StaleEdition
from cms.core.errors import NotAllowed, WrongState
from cms.core.periods import CalendarPeriod
from cms.evaluations import actions as evaluation_actions
from cms.evaluations.actions import FigureValues
from cms.evaluations.models import Figure
from cms.organisations.actions import edit_officer
from importers import actions
from importers.enums import BatchState
from importers.kinds import KINDS
from importers.kinds.figures.check.layout import LAYOUTS
from importers.kinds.figures.compare import base_of, context_for
from importers.limits import limits
from importers.returned.job import COLOURS
from tests.factories.officers import make_officer
from tests.integration.importers.conftest import workbook

pytestmark = pytest.mark.django_db

HEADERS = (
    "STT", "Mã công chức", "Mã cơ quan, đơn vị", "Tên công chức, cơ quan", "Mã chỉ tiêu", "Số liệu", "Ngày đo",
    "Nguồn số liệu",
)  # fmt: skip
OFFICER = "CC-710"


@pytest.fixture
def officer(province, people):
    """Return an officer of the division; and who uploads is an officer of the same."""
    account_of(people["uploader"], make_officer(province.division, code="CC-711", name="Công chức 0711"))
    return make_officer(province.division, code=OFFICER, name="Công chức 0710")


@pytest.fixture
def row():
    """Return the maker of rows: what a test does not care about is right."""

    def make(**changes):
        values = {
            "officer": OFFICER, "agency": None, "name": None, "indicator": "hai-long", "value": 92.5,
            "day": timezone.localdate(), "source": "Khảo sát của tháng",
        } | changes  # fmt: skip
        return (1, *values.values())

    return make


@pytest.fixture
def send(people, province, officer):
    """Return the sender: send(*rows) uploads figures of this month for province.statistics."""

    def upload(*rows, by="uploader", agency=None, content=None):
        return actions.upload(
            by=people[by], agency=agency or province.statistics, name="so-lieu.xlsx", kind="figures", period=month(),
            file=ContentFile(content or workbook(*rows, headers=HEADERS)), wait=True,
        )  # fmt: skip

    return upload


def account_of(person, officer):
    edit_officer(by=None, officer=officer, account=person)


def month():
    return CalendarPeriod.around("month", timezone.localdate()).code


def standing():
    rows = Figure.objects.standing().order_by("pk")
    return [(str(each.subject.code), each.code, each.value.normalize(), each.source) for each in rows]


def errors(batch, severity="error"):
    return [(one.row, one.code) for one in batch.problems.filter(severity=severity)]


def test_figures_are_previewed_written_replaced_and_taken_back(send, row, people, province):
    unit = row(officer=None, agency=province.division.code, indicator="phoi-hop", value=80)
    first = send(row(), unit)
    assert (first.state, first.counts["new"], errors(first)) == ("previewed", 2, []) and standing() == []
    # No framework of the test's province asks for these: said, not refused.
    assert errors(first, "warning") == [(2, "indicator_not_asked"), (3, "indicator_not_asked")]
    actions.commit(by=people["uploader"], batch=first)
    assert standing() == [
        (OFFICER, "hai-long", 92.5, "Khảo sát của tháng"),
        (province.division.code, "phoi-hop", 80, "Khảo sát của tháng"),
    ]

    again = send(row(), unit)
    assert again.counts == {"new": 0, "changed": 0, "same": 2, "missing": 0}
    second = send(row(value=95))
    assert second.counts == {"new": 0, "changed": 1, "same": 0, "missing": 1}
    actions.commit(by=people["uploader"], batch=second)
    assert standing()[1] == (OFFICER, "hai-long", 95, "Khảo sát của tháng") and Figure.objects.count() == 3

    actions.undo(by=people["uploader"], batch=second)
    assert (OFFICER, "hai-long", 92.5, "Khảo sát của tháng") in standing() and len(standing()) == 2
    evaluation_actions.withdraw_figure(
        by=people["uploader"], figure=Figure.objects.standing().get(agency=province.division), reason="Nhầm"
    )
    first = actions.undo(by=people["uploader"], batch=first)
    assert first.state == BatchState.UNDONE and standing() == []
    assert (first.undo_result["removed"], first.undo_result["kept_count"]) == (1, 1)


def test_every_problem_comes_in_one_pass_at_its_cell_and_the_workbook_comes_back(send, row, people, province, client):
    future = timezone.localdate().replace(year=timezone.localdate().year + 1)
    batch = send(
        row(officer=None), row(agency=province.division.code), row(officer="CC-999"),
        row(officer=None, agency="khong-co"), row(name="Người khác"), row(officer="CC-711"),
        row(officer=None, agency=province.statistics.code), row(value=-1), row(value="nhiều"), row(day=future),
        row(day=timezone.localdate().replace(year=2024)), row(indicator=None), row(source=None), row(), row(value=1),
    )  # fmt: skip
    wanted = [
        (2, "subject_missing"), (3, "two_subjects"), (4, "measured_officer_not_found"),
        (5, "measured_agency_not_found"), (6, "measured_name_differs"), (7, "own_figure"), (8, "own_figure"),
        (9, "negative"), (10, "not_a_number"), (11, "measured_in_future"), (12, "measured_outside_period"),
        (13, "required"), (14, "required"), (16, "duplicate_figure"),
    ]  # fmt: skip
    assert errors(batch) == wanted and batch.state == BatchState.REFUSED
    with pytest.raises(WrongState):
        actions.commit(by=people["uploader"], batch=batch)

    client.force_login(people["uploader"])
    page = client.get(reverse("importers:batch", args=[batch.pk]), headers={"Accept-Language": "vi"}).content.decode()
    assert "Không ai ghi số liệu của chính mình" in page
    marked = load_workbook(io.BytesIO(b"".join(client.get(reverse("importers:marked", args=[batch.pk])))))
    assert marked["DanhMuc"]["C8"].fill.fgColor.rgb == COLOURS["error"]


def test_the_template_holds_what_stands_and_comes_back_the_same(send, row, people, province):
    actions.commit(by=people["uploader"], batch=send(row(), row(officer=None, agency=province.division.code)))
    kind = KINDS["figures"]
    taken = kind.template(province.statistics, kind.offers[0], month()).read()

    untouched = send(content=taken)

    assert untouched.counts == {"new": 0, "changed": 0, "same": 2, "missing": 0}, errors(untouched)
    book = load_workbook(io.BytesIO(taken))
    assert {"SoLieu", "CongChuc", "DonVi"} <= set(book.sheetnames)
    assert OFFICER in [cell.value for cell in book["CongChuc"]["A"]]


def test_who_appraises_sends_for_the_agency_itself_and_others_nothing(send, row, people, province):
    own = row(officer=None, agency=province.statistics.code, indicator="par-index", value="81,25")
    batch = actions.commit(by=people["editor"], batch=send(own, by="editor"))
    assert batch.state == BatchState.COMMITTED and standing()[0][:2] == (province.statistics.code, "par-index")
    for name in ("other_uploader", "api_client", "nobody"):
        with pytest.raises(NotAllowed):
            send(row(), by=name)


def test_figures_recorded_since_make_the_preview_stale_and_one_refused_at_the_end_refuses_all(
    send, row, people, province, officer
):
    batch = send(row())
    later = FigureValues(
        code="khac", subject=officer, value=1, measured_on=timezone.localdate(), source="Nơi khác"
    )  # fmt: skip
    evaluation_actions.put_figure(by=people["agency_head"], values=later)
    with pytest.raises(StaleEdition):
        actions.commit(by=people["uploader"], batch=batch)

    # The head confirms what the uploader sent; of the head's own figure nobody but another may.
    account_of(people["agency_head"], make_officer(province.division, code="CC-712", name="Công chức 0712"))
    both = send(row(), row(officer="CC-712"))
    assert errors(both) == []
    with pytest.raises(WrongState, match="3"):
        actions.commit(by=people["agency_head"], batch=both)
    assert [each[1] for each in standing()] == ["khac"]


def test_what_the_check_must_know_costs_as_much_for_many(province, people, officer, django_assert_max_num_queries):
    base = base_of(province.root, month())
    with django_assert_max_num_queries(8):
        context_for(province.root, base, limits(), LAYOUTS, by=people["editor"])

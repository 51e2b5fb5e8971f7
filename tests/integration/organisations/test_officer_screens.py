"""The screens of officers and positions: who sees what, what is written, and how many queries a list costs."""

import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.audit.models import AuditEvent
from cms.organisations import actions
from cms.organisations.models import Officer, Position, Posting
from cms.organisations.staff_table import HEADINGS
from tests.factories.officers import make_officer, make_position, make_posting, values

pytestmark = pytest.mark.django_db


@pytest.fixture
def show(client, people):
    """Return the reader: show(role, name, *args, **query) gives the page as text."""

    def get(role, name, /, *args, **query):
        client.force_login(people[role])
        return client.get(reverse(f"organisations:{name}", args=args), query).content.decode()

    return get


def test_the_list_shows_own_officers_and_to_home_affairs_all(show, province):
    make_officer(province.division, name="Công chức nhà")
    make_officer(province.office, name="Công chức ngoài")

    assert "Công chức nhà" in show("uploader", "officer_list")
    assert "Công chức ngoài" not in show("uploader", "officer_list")
    assert "Công chức ngoài" in show("approver", "officer_list")


def test_the_list_is_narrowed_by_agency_group_role_day_and_words(show, province):
    clerk = make_position("van-thu", "Văn thư", "Hỗ trợ")
    make_officer(province.division, name="Công chức A", role="head")
    make_officer(province.statistics, name="Công chức B", position=clerk)
    make_officer(province.statistics, name="Công chức C", code="CC-900", valid_to=date(2025, 6, 30))

    def found(**query):
        page = show("uploader", "officer_list", **query)
        return [letter for letter in "ABC" if f"Công chức {letter}" in page]

    assert found() == ["A", "B"]
    assert found(agency=province.division.pk) == ["A"]
    assert found(group=clerk.group_id) == ["B"]
    assert found(role="head") == ["A"]
    assert found(day="01/06/2025") == ["A", "B", "C"]
    assert found(everybody="on", q="cc-900 CHUC") == ["C"]
    assert found(day="hôm nay") == ["A", "B"]


def test_an_agency_that_is_not_ones_own_narrows_nothing(show, province):
    make_officer(province.office, name="Công chức ngoài")

    assert "Công chức ngoài" not in show("uploader", "officer_list", agency=province.office.pk)


def test_pages_follow_the_codes_and_cost_the_same(client, show, people, province):
    for number in range(3):
        make_officer(province.division, code=f"CC-{number:03}")

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as caught:
            show("uploader", "officer_list")
        return len(caught)

    few = queries()
    position = Posting.objects.first().position
    for number in range(3, 55):
        officer = Officer.objects.create(code=f"CC-{number:03}", name="Công chức")
        Posting.objects.create(
            officer=officer, agency=province.division, position=position, valid_from=date(2025, 1, 1)
        )

    assert queries() <= few
    client.force_login(people["uploader"])
    page = client.get(reverse("organisations:officer_list")).context["page"]
    following = client.get(reverse("organisations:officer_list"), {"after": page.next}).context["page"]
    assert [len(page.rows), len(following.rows), following.next] == [50, 5, None]
    assert following.rows[0].code == "CC-050"


def test_an_agency_adds_transfers_corrects_and_ends(client, people, province):
    client.force_login(people["agency_head"])
    position = make_position()

    def send(name, /, *args, **data):
        return client.post(reverse(f"organisations:{name}", args=args), data)

    send(
        "officer_add", code="CC-1", name="Công chức 1", category="cadre", agency=province.division.pk,
        position=position.pk, role="staff", is_main="on", valid_from="01/02/2026", fields_in_charge="Thuế\nPhí; Lệ phí",
    )  # fmt: skip
    posting = Posting.objects.get()
    assert posting.fields_in_charge == ["Thuế", "Phí", "Lệ phí"]
    send(
        "posting_transfer", posting.pk, agency=province.statistics.pk, position=position.pk, role="deputy",
        is_main="on", valid_from="01/03/2026", reason="QĐ 5",
    )  # fmt: skip
    new = Posting.objects.latest("pk")
    send(
        "posting_edit",
        new.pk,
        position=position.pk,
        role="head",
        is_main="on",
        valid_from="02/03/2026",
        reason="Ghi nhầm",
    )
    send("posting_end", new.pk, last_day="31/12/2026", reason="Nghỉ hưu")
    send("officer_edit", new.officer_id, name="Công chức một", category="cadre")
    send(
        "officer_post", new.officer_id, agency=province.division.pk, position=position.pk, role="staff",
        valid_from="01/04/2026",
    )  # fmt: skip

    rows = list(Posting.objects.order_by("pk").values_list("agency__code", "role", "is_main", "valid_from", "valid_to"))
    assert rows == [
        ("phong-tong-hop", "staff", True, date(2026, 2, 1), date(2026, 2, 28)),
        ("thong-ke", "head", True, date(2026, 3, 2), date(2026, 12, 31)),
        ("phong-tong-hop", "staff", False, date(2026, 4, 1), None),
    ]
    assert Officer.objects.get().name == "Công chức một"


def test_a_refusal_stands_in_the_form(client, people, province):
    officer = make_officer(province.division)
    client.force_login(people["uploader"])

    answer = client.post(
        reverse("organisations:officer_post", args=[officer.pk]),
        {"agency": province.division.pk, "position": make_position().pk, "role": "staff", "is_main": "on",
         "valid_from": "01/02/2026"},
    )  # fmt: skip

    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    assert officer.postings.count() == 1


def test_nothing_is_transferred_to_an_agency_that_is_not_ones_own(client, people, province):
    posting = make_posting(province.division)
    client.force_login(people["uploader"])
    to = {"agency": province.office.pk, "position": posting.position_id, "role": "staff", "valid_from": "01/02/2026"}

    answer = client.post(reverse("organisations:posting_transfer", args=[posting.pk]), to)

    assert "agency" in answer.context["form"].errors
    assert Posting.objects.count() == 1


def test_the_agency_that_an_officer_left_sees_its_part_and_changes_no_name(show, province):
    posting = make_posting(province.division)
    actions.transfer_posting(by=None, posting=posting, to=values(province.office, valid_from=date(2026, 1, 1)))

    page = show("uploader", "officer_edit", posting.officer_id)

    assert "Phòng Tổng hợp" in page and "Văn phòng UBND" not in page
    assert 'name="category"' not in page


def test_accounts_are_linked_by_home_affairs_by_username(client, show, people, province):
    officer = make_officer(province.division)
    url = reverse("organisations:officer_edit", args=[officer.pk])
    assert 'name="account"' not in show("uploader", "officer_edit", officer.pk)

    client.force_login(people["editor"])
    sent = {"name": officer.name, "category": officer.category}
    wrong = client.post(url, sent | {"account": "khong-co"})
    client.post(url, sent | {"account": "nobody"})

    assert "account" in wrong.context["form"].errors
    assert Officer.objects.get().account == people["nobody"]


def test_the_download_holds_what_the_filter_leaves_and_is_told_to_the_ledger(client, people, province):
    make_officer(province.division, code="CC-1", name="=Công chức", role="head")
    make_officer(province.division, code="CC-2")
    make_officer(province.office, code="CC-3")
    client.force_login(people["uploader"])

    answer = client.post(reverse("organisations:officer_download"), {"role": "head"})

    rows = list(openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active.iter_rows(values_only=True))
    assert (rows[0], [row[:2] for row in rows[1:]]) == (HEADINGS, [("CC-1", "=Công chức")])
    event = AuditEvent.objects.get(action="officer.export")
    assert (event.after["count"], event.after["role"], event.actor_id) == (1, "head", people["uploader"].pk)


def test_editors_keep_the_list_of_positions(client, show, people):
    group = make_position().group
    client.force_login(people["editor"])
    add = {"code": "ke-toan", "name": "Kế toán", "kind": "professional", "group": group.pk}

    client.post(reverse("organisations:position_add"), add)
    position = Position.objects.get(code="ke-toan")
    client.post(
        reverse("organisations:position_edit", args=[position.pk]), add | {"code": "x", "name": "Kế toán trưởng"}
    )

    position.refresh_from_db()
    assert (position.code, position.name) == ("ke-toan", "Kế toán trưởng")
    assert "Kế toán trưởng" in show("editor", "position_list", q="ke toan")
    assert "Kế toán trưởng" not in show("editor", "position_list", q="van thu")

"""The screens of work: given at the desk, reported on one's own pages, confirmed at the desk."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.assignments.enums import WorkState
from cms.assignments.models import WorkAssignment
from cms.organisations.actions import edit_officer
from cms.organisations.models import OfficerRead
from tests.factories.officers import make_officer
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(client, desk):
    client.force_login(desk.people["agency_head"])
    return client


def sent(client, name, *args, **form):
    """Send a form and return the page it leads to, or the form again with what was wrong."""
    return client.post(reverse(f"assignments:{name}", args=args), form, follow=True)


def test_work_is_found_given_reported_and_confirmed(client, head, desk):
    today = timezone.localdate().strftime("%d/%m/%Y")
    chosen = head.get(reverse("assignments:item_choice"), {"agency": desk.posting.agency_id, "q": desk.item.code})
    give = reverse("assignments:work_give", args=[desk.posting.agency_id, desk.item.pk])
    assert give in chosen.content.decode()
    form = {f"people-{desk.posting.pk}-chosen": "on", "assigned": "2,5", "given_on": today, "due_on": today}
    assert "Đã giao nhiệm vụ cho 1 người." in head.post(give, form, follow=True).content.decode()
    work = WorkAssignment.objects.get()
    assert (work.assigned, work.state) == (Decimal("2.5"), WorkState.GIVEN)

    client.force_login(desk.officer.account)
    own = reverse("personal:work_detail", args=[work.identity])
    assert own in client.get(reverse("personal:work")).content.decode()
    client.post(own, {"completed": "1", "done_on": "", "result": "", "progress": ""})
    client.post(own, {"completed": "2,5", "done_on": today, "result": "Số 12/BC", "done": ""})
    work.refresh_from_db()
    assert (work.state, work.completed, work.result) == (WorkState.DONE, Decimal("2.5"), "Số 12/BC")

    client.force_login(desk.people["agency_head"])
    assert "1 nhiệm vụ đang chờ bạn xác nhận" in client.get(reverse("assignments:work_list")).content.decode()
    assert "Đã xác nhận 1 nhiệm vụ." in sent(client, "work_confirm_many", work=[work.pk]).content.decode()
    work.refresh_from_db()
    assert work.state == WorkState.CONFIRMED


def test_what_is_refused_on_ones_own_page_stays_typed(client, desk):
    work = desk.give()
    client.force_login(desk.officer.account)
    own = reverse("personal:work_detail", args=[work.identity])

    response = client.post(own, {"completed": "0", "done_on": "", "result": "Đang soạn phụ lục", "done": ""})

    assert response.status_code == 422
    assert "Chưa có số lượng hoàn thành" in response.content.decode()
    assert "Đang soạn phụ lục" in response.content.decode()


def test_anothers_work_is_not_there(client, desk, province):
    work = desk.give()
    colleague = make_officer(province.statistics)
    edit_officer(by=None, officer=colleague, account=make_user("cc-200"))
    colleague.refresh_from_db()
    client.force_login(colleague.account)
    assert client.get(reverse("personal:work_detail", args=[work.identity])).status_code == 404

    client.force_login(desk.people["other_agency_head"])
    for name in ("work_detail", "work_edit", "work_withdraw", "work_confirm", "work_return", "work_correct"):
        assert client.get(reverse(f"assignments:{name}", args=[work.pk])).status_code == 404


def test_nothing_is_confirmed_when_one_of_the_chosen_cannot_be(head, desk):
    done, given = desk.done(), desk.give()

    page = sent(head, "work_confirm_many", work=[done.pk, given.pk]).content.decode()

    assert "chưa có gì được xác nhận" in page
    done.refresh_from_db()
    assert done.state == WorkState.DONE


def test_work_is_returned_changed_withdrawn_and_corrected_on_screens(head, desk):
    work = desk.done()
    sent(head, "work_return", work.pk, reason="Thiếu phụ lục")
    work.refresh_from_db()
    assert work.state == WorkState.RETURNED
    later = timezone.localdate() + timezone.timedelta(days=9)
    changed = {"assigned": "6", "due_on": later.strftime("%d/%m/%Y"), "is_planned": "on", "reason": "Thêm hai báo cáo"}
    sent(head, "work_edit", work.pk, **changed)
    work.refresh_from_db()
    assert (work.assigned, work.due_on, work.month) == (6, later, later.replace(day=1))
    sent(head, "work_withdraw", work.pk, reason="Giao nhầm")
    work.refresh_from_db()
    assert work.state == WorkState.WITHDRAWN

    confirmed = desk.done()
    sent(head, "work_confirm", confirmed.pk, quality_failures="1", late_occurrences="0")
    today = timezone.localdate().strftime("%d/%m/%Y")
    form = {"completed": "3", "done_on": today, "quality_failures": "1", "late_occurrences": "0", "reason": "Trùng"}
    assert "Đã đính chính nhiệm vụ." in sent(head, "work_correct", confirmed.pk, **form).content.decode()
    confirmed.refresh_from_db()
    assert (confirmed.completed, confirmed.quality_failures) == (3, 1)


def test_whoever_opens_an_officers_work_is_told_to_the_officer(head, desk):
    head.get(reverse("assignments:work_detail", args=[desk.give().pk]))

    assert OfficerRead.objects.get(officer=desk.officer).what == "work"


def test_lists_cost_the_same_however_long_they_are(client, desk):
    def cost(person, name):
        client.force_login(person)
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(name)).status_code == 200
        return len(queries)

    readers = [(desk.officer.account, "personal:work"), (desk.people["agency_head"], "assignments:work_list")]
    desk.give()
    few = [cost(*reader) for reader in readers]
    for _number in range(30):
        desk.give()

    assert [cost(*reader) for reader in readers] == few
    assert max(few) <= 20

"""Accounts for officers, many at once: links that hold once and not for long, and what could not be sent."""

import io
import re
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import openpyxl
import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse
from django.utils import timezone

from cms.audit.models import AuditEvent
from cms.organisations import actions
from cms.organisations.actions import InvitationRow
from cms.organisations.errors import InvalidAccount, InvalidInvitations, InvalidOfficer, LinkDoesNotHold
from cms.organisations.models import Invitation, Officer
from cms.users.models import User
from tests.factories.officers import make_officer
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
PASSWORD = "mot-mat-khau-rat-dai"


class FullMailbox(EmailBackend):
    """A mail server that refuses one reader."""

    def send_messages(self, messages):
        if any("day@" in message.to[0] for message in messages):
            raise SMTPRecipientsRefused({})
        return super().send_messages(messages)


class Nowhere(EmailBackend):
    """A mail server that is not there."""

    def open(self):
        raise ConnectionRefusedError


@pytest.fixture
def officer(province):
    return make_officer(province.division, code="CC-100", name="Công chức 0100")


@pytest.fixture
def invite(people, django_capture_on_commit_callbacks):
    """Return the inviter: invite(("CC-100", "a@example.com"), …) as the agency's uploader, links sent."""

    def do(*rows, by="uploader"):
        with django_capture_on_commit_callbacks(execute=True):
            return actions.invite_officers(by=people[by], rows=[InvitationRow(*row) for row in rows])

    return do


@pytest.fixture
def sent_again(people, django_capture_on_commit_callbacks):
    def do(invitation, email):
        with django_capture_on_commit_callbacks(execute=True):
            return actions.invite_again(by=people["uploader"], invitation=invitation, email=email)

    return do


def link():
    """Return the path of the link in the last e-mail."""
    return re.search(r"https?://[^/]+(/cua-toi/thiet-lap/\S+)", mail.outbox[-1].body)[1]


def token():
    return link().rstrip("/").rpartition("/")[2]


def refused(invite, *rows, by="uploader"):
    """Return the sentences with which rows are refused, and see that nothing came of them."""
    with pytest.raises(InvalidInvitations) as refusal:
        invite(*rows, by=by)
    assert not Invitation.objects.filter(voided_at=None).exists()
    assert mail.outbox == []
    return refusal.value.sentences


def test_a_link_sets_a_password_and_ends_on_ones_own_pages(client, invite, officer):
    invite(("cc-100", "moi@example.com"))
    assert mail.outbox[0].to == ["moi@example.com"]
    assert client.get(link()).status_code == 200

    wrong = client.post(link(), {"new_password1": "12345", "new_password2": "12345"})
    assert wrong.status_code == 200
    response = client.post(link(), {"new_password1": PASSWORD, "new_password2": PASSWORD})

    assert response.url == "/cua-toi/"
    assert "Công chức 0100" in client.get("/cua-toi/").content.decode()
    account = User.objects.get(username="cc-100")
    assert Officer.objects.get(account=account) == officer
    assert account.check_password(PASSWORD)
    assert not account.password_is_temporary
    assert account.emailaddress_set.get().verified
    assert not account.memberships.exists()
    assert not account.groups.exists()
    assert client.post("/accounts/logout/").status_code == 302
    assert client.post("/accounts/login/", {"login": "cc-100", "password": PASSWORD}).url == "/cua-toi/"


def test_a_link_is_used_once(client, invite, officer):
    invite(("CC-100", "moi@example.com"))
    actions.set_up_account(token=token(), password=PASSWORD)

    response = client.get(link())

    assert response.status_code == 404
    assert "Liên kết này đã được dùng" in response.content.decode()
    with pytest.raises(LinkDoesNotHold):
        actions.set_up_account(token=token(), password=PASSWORD + "2")


def test_a_link_expires(client, invite, officer, settings):
    invite(("CC-100", "moi@example.com"))
    invitation = Invitation.objects.get()
    assert invitation.expires_at - invitation.sent_at < timedelta(days=settings.THUOCDO_SETUP_LINK_DAYS)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert "Liên kết này đã hết hạn" in client.get(link()).content.decode()
    assert Invitation.objects.in_state("expired").exists()


def test_the_link_of_a_closed_account_opens_nothing(client, invite, officer):
    invite(("CC-100", "moi@example.com"))
    actions.set_account_active(by=None, user=User.objects.get(username="cc-100"), active=False, reason="Nghỉ")

    assert "Tài khoản này đã bị đóng" in client.get(link()).content.decode()


def test_a_link_sent_again_voids_the_earlier_one_and_may_mend_the_address(client, invite, sent_again, officer):
    invite(("CC-100", "sai@example.com"))
    first = link()

    sent_again(Invitation.objects.get(), "dung@example.com")

    assert "Liên kết này không dùng được" in client.get(first).content.decode()
    assert client.get(link()).status_code == 200
    assert mail.outbox[-1].to == ["dung@example.com"]
    assert User.objects.get(username="cc-100").email == "dung@example.com"
    assert Invitation.objects.current().count() == 1


def test_after_the_set_up_no_link_is_sent_again(invite, sent_again, officer):
    invite(("CC-100", "moi@example.com"))
    actions.set_up_account(token=token(), password=PASSWORD)

    with pytest.raises(InvalidInvitations, match="đã được thiết lập"):
        sent_again(Invitation.objects.get(), "khac@example.com")


def test_only_a_hash_of_the_token_is_kept_and_the_address_is_told_to_nobody(client, invite, officer):
    invite(("CC-100", "moi@example.com"))

    assert token() not in repr(Invitation.objects.values().get())
    assert not any(token() in repr((event.before, event.after)) for event in AuditEvent.objects.all())
    response = client.get(link())
    assert response.headers["Referrer-Policy"] == "strict-origin"
    assert "no-store" in response.headers["Cache-Control"]


def test_every_step_is_in_the_ledger(invite, people, officer):
    invite(("CC-100", "moi@example.com"))
    account = actions.set_up_account(token=token(), password=PASSWORD)

    acts = AuditEvent.objects.filter(subject_type="users.user", subject_id=str(account.pk)).order_by("sequence")
    assert [(event.action, event.actor_id) for event in acts] == [
        ("account.add", people["uploader"].pk),
        ("account.invite", people["uploader"].pk),
        ("account.set_up", account.pk),
    ]


def test_one_officer_has_one_account(invite, officer):
    actions.edit_officer(by=None, officer=officer, account=make_user("co-roi"))

    assert refused(invite, ("CC-100", "moi@example.com")) == ["CC-100 đã có tài khoản; mỗi công chức một tài khoản."]


def test_one_account_is_one_officers(province, officer):
    account = make_user("chung")
    actions.edit_officer(by=None, officer=officer, account=account)

    with pytest.raises(InvalidOfficer):
        actions.edit_officer(by=None, officer=make_officer(province.division), account=account)


def test_an_address_is_one_accounts(invite, officer, people, province):
    make_officer(province.division, code="CC-101")
    taken = people["editor"].email.upper()

    assert "địa chỉ của tài khoản khác" in refused(invite, ("CC-100", taken))[0]
    assert "không phải là địa chỉ" in refused(invite, ("CC-100", "khong-phai"))[0]
    same = refused(invite, ("CC-100", "chung@example.com"), ("CC-101", "Chung@example.com"))
    assert all("cho một công chức khác" in sentence for sentence in same)
    with pytest.raises(InvalidAccount, match="Một tài khoản khác đã dùng"):
        actions.add_account(by=None, username="moi", full_name="Công chức", email=taken)


def test_an_officer_stands_there_with_one_address(invite, officer):
    rows = ("CC-100", "a@example.com"), ("cc-100", "b@example.com")

    assert "hai địa chỉ thư điện tử khác nhau" in refused(invite, *rows)[0]


def test_an_officer_without_an_agency_gets_no_account(invite, officer):
    yesterday = timezone.localdate() - timedelta(days=1)
    actions.end_posting(by=None, posting=officer.postings.get(), last_day=yesterday)

    assert "không còn bố trí công tác" in refused(invite, ("CC-100", "moi@example.com"))[0]


def test_officers_of_others_are_as_if_they_were_not_there(invite, province, people):
    make_officer(province.office, code="CC-900")

    theirs, nobodys = (refused(invite, (code, "moi@example.com"))[0] for code in ("CC-900", "CC-999"))

    assert theirs.replace("CC-900", "CC-999") == nobodys
    assert Invitation.objects.visible_to(people["uploader"]).count() == 0
    invite(("CC-900", "moi@example.com"), by="other_uploader")
    assert Invitation.objects.visible_to(people["uploader"]).count() == 0


def test_what_could_not_be_sent_is_told_and_tried_again(
    invite, officer, people, province, settings, django_capture_on_commit_callbacks
):
    make_officer(province.division, code="CC-101")
    settings.EMAIL_BACKEND = f"{__name__}.FullMailbox"
    invite(("CC-100", "day@example.com"), ("CC-101", "moi@example.com"))
    states = dict(Invitation.objects.values_list("officer__code", "failure"))
    assert states == {"CC-100": "refused", "CC-101": ""}
    assert [one.officer.code for one in Invitation.objects.in_state("failed")] == ["CC-100"]

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.retry_invitations(by=people["uploader"]) == 1

    assert Invitation.objects.in_state("sent").count() == 2
    assert mail.outbox[-1].to == ["day@example.com"]
    assert User.objects.filter(username__startswith="cc-100").count() == 1


def test_without_a_mail_server_everything_waits_to_be_tried_again(invite, officer, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Nowhere"

    invite(("CC-100", "moi@example.com"))

    assert Invitation.objects.get().get_failure_display() == "Không kết nối được máy chủ thư."
    assert Invitation.objects.unsent().exists()


def test_an_account_given_meanwhile_is_left_alone(invite, officer, people, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.invite_officers(by=people["uploader"], rows=[InvitationRow("CC-100", "moi@example.com")])
        actions.edit_officer(by=None, officer=officer, account=make_user("khac"))

    assert Invitation.objects.get().failure == "has_account"
    assert mail.outbox == []


def test_no_link_is_sent_twice_by_two_tasks(invite, officer):
    (invitation,) = invite(("CC-100", "moi@example.com"))
    actions.deliver_invitations.func([invitation.pk])

    assert len(mail.outbox) == 1


def test_many_are_noted_in_few_queries(people, province, django_assert_max_num_queries):
    for number in range(40):
        make_officer(province.division, code=f"M-{number:03}")
    rows = [InvitationRow(f"M-{number:03}", f"m{number}@example.com") for number in range(40)]

    with django_assert_max_num_queries(15):
        actions.invite_officers(by=people["uploader"], rows=rows)


def test_chosen_in_the_list(client, people, province, officer, django_capture_on_commit_callbacks):
    make_officer(province.division, code="CC-101")
    client.force_login(people["uploader"])
    address = reverse("organisations:invitation_add")
    assert "CC-100" in client.get(address, {"q": "0100"}).content.decode()

    wrong = client.post(address, {"email-CC-100": "moi@example.com", "email-CC-101": "sai"}).content.decode()
    assert "không phải là địa chỉ" in wrong
    assert 'value="moi@example.com"' in wrong
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(address, {"email-CC-100": "moi@example.com", "email-CC-101": ""})

    assert response.url == reverse("organisations:invitation_list")
    page = client.get(response.url).content.decode()
    assert "moi@example.com" in page
    assert "Đã gửi: 1" in page
    assert "CC-100" not in client.get(address).content.decode()


def test_from_the_downloaded_staff_list_with_a_column_more(
    client, people, province, officer, django_capture_on_commit_callbacks
):
    make_officer(province.division, code="CC-101")
    client.force_login(people["uploader"])
    content = client.post(reverse("organisations:officer_download")).getvalue()
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.active
    column = sheet.max_column + 1
    sheet.cell(1, column, "Thư điện tử")
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, 1).value == "CC-100":
            sheet.cell(row, column, "moi@example.com")
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "cong-chuc.xlsx"

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("organisations:invitation_upload"), {"file": file})

    assert [one.officer.code for one in Invitation.objects.all()] == ["CC-100"]
    assert len(mail.outbox) == 1

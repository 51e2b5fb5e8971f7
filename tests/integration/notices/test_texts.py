"""Editors change what messages say; what does not fit is refused with a sentence, and the shipped text comes back."""

import logging
import unicodedata

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.translation import override

from cms.audit.models import AuditEvent
from cms.core.errors import NotAllowed
from cms.notices.actions import reset_texts, send, write_texts
from cms.notices.errors import InvalidText
from cms.notices.kinds import all_kinds, find_kind
from cms.notices.models import Message, Wording
from cms.notices.wording import check_texts, fill
from cms.users.enums import Role
from tests.factories.people import make_member

KIND = "upload.done"
GOOD = {"subject": "Tệp {file} đã xong", "text": "Của {agency}.\nXem: {link}"}
# The same as an editor reads and writes it.
IN_WORDS = {"subject": "Tệp {tên tệp} đã xong", "text": "Của {cơ quan}.\nXem: {liên kết}"}
ADDRESS = reverse("message_log:text", args=[KIND])


def notify(people):
    values = {"file": "a.xlsx", "state": "đã ghi", "agency": "Chi cục {link} {x.__class__}"}
    send(KIND, to=[people["uploader"].pk], link="/admin/", **values)
    return Message.objects.latest("pk")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.key)
def test_every_shipped_text_fits_its_kind_in_both_languages(kind, language):
    with override(language):
        check_texts(kind, str(kind.subject), str(kind.text))
        assert "{" not in fill(str(kind.subject), str(kind.text), kind.examples).text


def test_what_an_editor_wrote_is_sent_and_the_shipped_text_comes_back(people, django_capture_on_commit_callbacks):
    write_texts(by=people["approver"], kind=find_kind(KIND), **GOOD)
    with django_capture_on_commit_callbacks(execute=True):
        notify(people)
    assert mail.outbox[0].subject == "Tệp a.xlsx đã xong"
    # A value is put in as it is: what looks like a field in it is none.
    assert "Của Chi cục {link} {x.__class__}." in mail.outbox[0].body

    reset_texts(by=people["approver"], kind=find_kind(KIND))
    assert notify(people).subject == "a.xlsx: đã ghi"
    acts = AuditEvent.objects.filter(action__startswith="message.").values_list("action", flat=True)
    assert sorted(acts) == ["message.reset_text", "message.write_text"]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"text": "Không có liên kết"}, "{liên kết}"),
        ({"text": "{link} {x.__class__}"}, "Dấu ngoặc nhọn"),
        ({"text": "{link} {0}"}, "Dấu ngoặc nhọn"),
        ({"text": "{link} {file!r}"}, "Dấu ngoặc nhọn"),
        ({"text": "{link} {file:>999999999}"}, "Dấu ngoặc nhọn"),
        ({"text": "{link} {{file}}"}, "Dấu ngoặc nhọn"),
        ({"text": "{link} {"}, "Dấu ngoặc nhọn"),
        ({"text": "{link} {password}"}, "{password}"),
        ({"subject": "{version}"}, "{version}"),
        ({"subject": "Tệp\nBcc: khac@example.com"}, "một dòng"),
        ({"subject": "Tệp\u2028x"}, "một dòng"),
        ({"subject": " "}, "để trống"),
        ({"text": "{link}" + "x" * 5_000}, "tối đa"),
        ({"subject": "x" * 151}, "tối đa"),
        ({"text": "{link}" + "{file}" * 4}, "ba lần"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(people, changed, sentence):
    with pytest.raises(InvalidText, match=".") as refusal:
        write_texts(by=people["approver"], kind=find_kind(KIND), **(GOOD | changed))

    assert sentence in str(refusal.value)
    assert not Wording.objects.exists()


def test_a_text_that_fits_no_longer_is_passed_over_and_logged(people, caplog):
    Wording.objects.create(
        kind=KIND, subject="{gone}", text="{gone.__class__} {link}", changed_by=people["approver"]
    )  # fmt: skip
    with caplog.at_level(logging.ERROR):
        assert notify(people).subject == "a.xlsx: đã ghi"

    assert "upload.done" in caplog.text


@pytest.mark.parametrize("role", ["uploader", "editor", "provincial_approver", "technical_admin"])
def test_nobody_else_changes_texts(people, role):
    with pytest.raises(NotAllowed):
        write_texts(by=people[role], kind=find_kind(KIND), **GOOD)
    with pytest.raises(NotAllowed):
        reset_texts(by=people[role], kind=find_kind(KIND))


def test_the_editor_of_the_whole_portal_does_and_one_of_an_agency_does_not(people, province):
    write_texts(by=make_member(Role.PORTAL_EDITOR, province.root, "cong"), kind=find_kind(KIND), **GOOD)
    with pytest.raises(NotAllowed):
        write_texts(by=make_member(Role.PORTAL_EDITOR, province.office, "phong"), kind=find_kind(KIND), **GOOD)


def test_the_screen_previews_saves_and_resets(people, client_of):
    client = client_of(people["approver"])
    shown = client.get(ADDRESS).content.decode()
    assert "<code>{tên tệp}</code>" in shown
    assert "{tên tệp}: {tình trạng}" in shown
    assert "{file}" not in shown
    assert "danh-muc.xlsx: đã ghi" in shown

    previewed = client.post(ADDRESS, IN_WORDS | {"preview": "1"}).content.decode()
    assert "Tệp danh-muc.xlsx đã xong" in previewed
    assert not Wording.objects.exists()

    # Typed with letters taken apart, as some keyboards do.
    typed = {name: unicodedata.normalize("NFD", text) for name, text in IN_WORDS.items()}
    assert client.post(ADDRESS, typed).status_code == 302
    kept = Wording.objects.get()
    assert {"subject": kept.subject, "text": kept.text} == GOOD
    assert "đã được biên tập" in client.get(reverse("message_log:texts")).content.decode()

    client.post(reverse("message_log:reset", args=[KIND]))
    assert not Wording.objects.exists()


@pytest.mark.parametrize("more", [{}, {"preview": "1"}])
def test_a_refused_text_comes_again_with_the_sentence(people, client_of, more):
    page = client_of(people["approver"]).post(ADDRESS, GOOD | {"text": "{x.__class__}"} | more).content.decode()

    assert "Dấu ngoặc nhọn" in page
    assert not Wording.objects.exists()


def test_a_kind_that_nobody_registered_is_not_there(people, client_of):
    address = reverse("message_log:text", args=["khong.co"])
    assert client_of(people["approver"]).get(address).status_code == 404

"""Personal identity numbers: sealed, apart, read for a reason, never anywhere else."""

import io
import logging

import openpyxl
import pytest
from cryptography.fernet import Fernet
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from cms.audit.models import AuditEvent
from cms.core.checks import identity_keys_sound
from cms.core.errors import NotAllowed
from cms.organisations import actions
from cms.organisations.errors import IdentityNumbersRefused, IdentityNumbersSealed, InvalidIdentityNumber
from cms.organisations.models import IdentityNumber, Officer, OfficerRead
from cms.organisations.views.identity_numbers import COLUMNS
from cms.organisations.workbooks import write_rows
from tests.factories.officers import make_officer

pytestmark = pytest.mark.django_db
NUMBER, OTHER = "012345678901", "012345678902"


@pytest.fixture
def officer(province):
    return make_officer(province.division)


def everything_stored():
    """Every value of every table, as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            for row in cursor.fetchall():
                yield from map(str, row)


def rows(*pairs):
    return [actions.IdentityRow(place, *pair) for place, pair in enumerate(pairs, 2)]


def upload(client, person, *pairs):
    client.force_login(person)
    content = write_rows("SoDinhDanh", COLUMNS, pairs, {})
    return client.post(reverse("organisations:identity_upload"), {"file": SimpleUploadedFile("so.xlsx", content)})


def test_a_number_is_kept_sealed_and_read_by_those_who_keep_the_officer(people, officer):
    actions.enter_identity_number(by=people["uploader"], officer=officer, number="0123 4567 8901")

    assert actions.masked_identity_number(officer) == "•••••••••901"
    assert actions.read_identity_number(by=people["agency_head"], officer=officer, reason="Đồng bộ") == NUMBER


def test_whoever_reads_it_is_in_the_ledger_with_the_reason(people, officer):
    actions.enter_identity_number(by=None, officer=officer, number=NUMBER)

    actions.read_identity_number(by=people["editor"], officer=officer, reason="Đồng bộ")

    event = AuditEvent.objects.get(action="identity_number.read")
    assert (event.actor_id, event.subject_label, event.reason) == (people["editor"].pk, officer.code, "Đồng bộ")
    assert OfficerRead.objects.filter(officer=officer, reader=people["editor"], what="identity_number").exists()


def test_nobody_reads_without_a_reason_or_from_elsewhere(people, officer, province):
    actions.enter_identity_number(by=None, officer=officer, number=NUMBER)
    foreign = make_officer(province.office)
    actions.enter_identity_number(by=None, officer=foreign, number=OTHER)

    with pytest.raises(InvalidIdentityNumber):
        actions.read_identity_number(by=people["editor"], officer=officer, reason=" ")
    for role in ("uploader", "approver", "technical_admin", "nobody"):
        with pytest.raises(NotAllowed):
            actions.read_identity_number(by=people[role], officer=foreign, reason="Đồng bộ")


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("", "12 chữ số"), ("12345678901x", "12 chữ số"), ("0123456789012", "12 chữ số"), ("٠١٢٣٤٥٦٧٨٩٠١", "12 chữ số"),
        ("12345678901", "định dạng ô"),
    ],
)  # fmt: skip
def test_what_is_no_number_is_refused(officer, number, sentence):
    with pytest.raises(InvalidIdentityNumber, match=sentence):
        actions.enter_identity_number(by=None, officer=officer, number=number)
    assert not IdentityNumber.objects.exists()


def test_two_officers_never_have_one_number(people, officer, province):
    actions.enter_identity_number(by=None, officer=officer, number=NUMBER)
    near, far = make_officer(province.statistics), make_officer(province.office)

    with pytest.raises(InvalidIdentityNumber, match=officer.code):
        actions.enter_identity_number(by=people["uploader"], officer=near, number=NUMBER)
    actions.remove_identity_number(by=None, officer=officer)
    actions.enter_identity_number(by=None, officer=far, number=NUMBER)
    with pytest.raises(InvalidIdentityNumber, match="cơ quan khác") as refusal:
        actions.enter_identity_number(by=people["uploader"], officer=near, number=NUMBER)
    assert far.code not in str(refusal.value)


def test_the_number_stands_nowhere_in_the_database_and_in_no_log(client, people, officer, caplog):
    caplog.set_level(logging.DEBUG)
    client.force_login(people["uploader"])

    client.post(reverse("organisations:officer_identity", args=[officer.pk]), {"number": NUMBER})
    page = client.post(reverse("organisations:officer_identity_read", args=[officer.pk]), {"reason": "Đồng bộ"})
    upload(client, people["uploader"], (officer.code, OTHER))

    assert NUMBER in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert actions.read_identity_number(by=people["uploader"], officer=officer, reason="Kiểm tra") == OTHER
    stored = "\n".join(everything_stored())
    assert officer.code in stored
    assert not any(number in stored or number in caplog.text for number in (NUMBER, OTHER))


def test_it_stands_in_no_list_search_file_or_page_of_the_officer(client, people, officer):
    actions.enter_identity_number(by=None, officer=officer, number=NUMBER)
    client.force_login(people["editor"])

    shown = [
        client.get(reverse("organisations:officer_list"), {"q": NUMBER}),
        client.get(reverse("organisations:officer_list")),
        client.get(reverse("organisations:officer_edit", args=[officer.pk])),
        client.get(reverse("organisations:finder"), {"q": officer.code}),
    ]
    assert officer.name not in shown[0].content.decode()
    assert officer.name in shown[1].content.decode()
    assert not any(NUMBER[-3:] in page.content.decode().replace(f"?q={NUMBER}", "") for page in shown[1:])
    book = openpyxl.load_workbook(io.BytesIO(client.post(reverse("organisations:officer_download")).getvalue()))
    cells = [str(cell.value) for sheet in book for line in sheet for cell in line]
    assert officer.code in cells
    assert not any(NUMBER in cell for cell in cells)


def test_a_list_is_kept_whole(client, people, officer, province):
    second = make_officer(province.statistics)

    answer = upload(client, people["uploader"], (officer.code.lower(), NUMBER), (second.code, OTHER))

    assert answer.status_code == 302
    assert [actions.masked_identity_number(each)[-3:] for each in (officer, second)] == ["901", "902"]


def test_of_a_list_with_errors_nothing_is_kept_and_everything_is_said(client, people, officer, province):
    foreign = make_officer(province.office)
    pairs = [
        (officer.code, NUMBER), (officer.code, OTHER), (foreign.code, OTHER), ("KHONG-CO", OTHER),
        (make_officer(province.statistics).code, NUMBER), (make_officer(province.statistics).code, "12345678901"),
    ]  # fmt: skip

    with pytest.raises(IdentityNumbersRefused) as refusal:
        actions.write_identity_numbers(by=people["uploader"], rows=rows(*pairs))
    page = upload(client, people["uploader"], *pairs).content.decode()

    assert [row for row, _code, _sentence in refusal.value.problems] == [3, 4, 5, 6, 7]
    assert not IdentityNumber.objects.exists()
    assert all(code in page for code, _number in pairs[1:])
    assert not any(number in page for number in (NUMBER, OTHER))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"<html>"])
def test_what_is_no_workbook_is_refused_in_a_sentence(client, people, content):
    client.force_login(people["uploader"])

    page = client.post(
        reverse("organisations:identity_upload"), {"file": SimpleUploadedFile("so.xlsx", content)}
    )  # fmt: skip

    assert page.status_code == 200
    assert page.context["form"].errors


def test_a_key_is_changed_by_a_command(officer, settings):
    actions.enter_identity_number(by=None, officer=officer, number=NUMBER)
    old, new = settings.THUOCDO_IDENTITY_KEYS[0], Fernet.generate_key().decode()

    settings.THUOCDO_IDENTITY_KEYS = [new, old]
    second = Officer.objects.create(code="CC-X", name="Công chức 9990")
    with pytest.raises(InvalidIdentityNumber):
        actions.enter_identity_number(by=None, officer=second, number=NUMBER)
    call_command("rotate_identity_keys")
    settings.THUOCDO_IDENTITY_KEYS = [new]

    assert actions.masked_identity_number(officer, shown=12) == NUMBER


def test_without_the_key_nothing_is_opened_or_lost(client, people, officer, settings):
    actions.enter_identity_number(by=None, officer=officer, number=NUMBER)
    before = IdentityNumber.objects.values_list("sealed", flat=True).get()
    kept = settings.THUOCDO_IDENTITY_KEYS
    client.force_login(people["uploader"])

    for keys in ([], [Fernet.generate_key().decode()]):
        settings.THUOCDO_IDENTITY_KEYS = keys
        with pytest.raises(CommandError, match="THUOCDO_IDENTITY_KEYS"):
            call_command("rotate_identity_keys")
        page = client.get(reverse("organisations:officer_identity", args=[officer.pk]))
        assert "THUOCDO_IDENTITY_KEYS" in page.content.decode()

    settings.THUOCDO_IDENTITY_KEYS = kept
    assert IdentityNumber.objects.values_list("sealed", flat=True).get() == before
    assert actions.masked_identity_number(officer, shown=12) == NUMBER


def test_a_number_that_was_moved_in_the_database_opens_for_nobody_else(officer, province):
    actions.enter_identity_number(by=None, officer=officer, number=NUMBER)
    IdentityNumber.objects.update(officer=make_officer(province.statistics))

    with pytest.raises(IdentityNumbersSealed):
        actions.masked_identity_number(IdentityNumber.objects.get().officer)


def test_a_key_that_seals_nothing_is_found_before_the_start(settings):
    assert identity_keys_sound() == []
    settings.THUOCDO_IDENTITY_KEYS = ["khong-phai-khoa"]
    assert [error.id for error in identity_keys_sound()] == ["core.E006"]

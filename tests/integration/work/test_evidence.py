"""Evidence: brought by the officer, opened by who sees the work, verified by a second person, never replaced."""

import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.assignments import actions
from cms.assignments.actions import EvidenceValues
from cms.assignments.errors import InvalidEvidence, OwnEvidenceVerified
from cms.assignments.models import Evidence, WorkAssignment
from cms.assignments.models.evidence import MOST_PIECES
from cms.assignments.triggers import EVIDENCE_TRIGGERS
from cms.audit.models import AuditEvent
from cms.core import triggers
from cms.core.checked_files import MOST_BYTES
from cms.core.errors import DomainError, NotAllowed, WrongState
from cms.organisations.models import OfficerRead
from tests.factories.officers import make_officer

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n" + bytes(range(256))


def file(name="Báo cáo quý IV.pdf", content=PDF):
    return EvidenceValues(file=ContentFile(content, name=name))


@pytest.fixture
def work(desk):
    return desk.give()


@pytest.fixture
def own(desk):
    """Bring evidence as the officer."""
    return lambda work, values=None: actions.add_evidence(by=desk.officer.account, work=work, values=values or file())


def test_a_file_is_kept_under_a_name_of_ours_with_its_hash(work, own):
    piece = own(work, file("..\\..\\/etc/passwd\u202efdp.pdf"))
    assert (piece.name, piece.size, piece.media_type) == ("passwd\ufffdfdp.pdf", len(PDF), "application/pdf")
    assert piece.file.name.endswith(piece.identity.hex) and "passwd" not in piece.file.name
    assert piece.file.read() == PDF
    (act,) = AuditEvent.objects.filter(action="work.add_evidence")
    assert act.after["sha256"] == piece.sha256
    assert "passwd" not in str(act.after)


@pytest.mark.parametrize(
    "values",
    [
        EvidenceValues(),
        EvidenceValues(url="https://example.gov.vn/1", document_number="12/BC"),
        EvidenceValues(file=ContentFile(PDF, name="a.pdf"), url="https://example.gov.vn/1"),
        EvidenceValues(url="javascript:alert(1)"),
        EvidenceValues(file=ContentFile(b"MZ" + bytes(90), name="bao-cao.pdf")),
        EvidenceValues(document_number="x" * 200),
    ],
)
def test_what_cannot_be_evidence_is_refused_and_leaves_nothing(work, own, values):
    with pytest.raises(InvalidEvidence):
        own(work, values)
    assert not Evidence.objects.exists()


def test_a_refusal_after_the_file_was_read_leaves_no_bytes_behind(work, own, monkeypatch):
    kept = []
    monkeypatch.setattr("cms.assignments.actions.evidence.record_work", lambda *args, **kwargs: 1 / 0)
    storage = Evidence._meta.get_field("file").storage
    save = type(storage).save

    def note(self, *args, **options):
        kept.append(save(self, *args, **options))
        return kept[-1]

    monkeypatch.setattr(type(storage), "save", note)
    with pytest.raises(ZeroDivisionError):
        own(work)
    assert kept and not storage.exists(kept[0])


def test_only_the_officer_brings_and_only_until_the_work_is_settled(desk, work, own):
    with pytest.raises(NotAllowed):
        actions.add_evidence(by=desk.people["agency_head"], work=work, values=file())
    confirmed = desk.done()
    actions.confirm_work(by=desk.people["agency_head"], work=[confirmed])
    with pytest.raises(WrongState):
        own(confirmed)


def test_the_same_file_twice_and_too_many_are_refused(work, own):
    own(work)
    with pytest.raises(InvalidEvidence, match="đã có"):
        own(work, file("Tên khác.pdf"))
    for number in range(MOST_PIECES - 1):
        own(work, EvidenceValues(document_number=f"{number}/BC"))
    with pytest.raises(InvalidEvidence, match=str(MOST_PIECES)):
        own(work, EvidenceValues(document_number="99/BC"))


def test_a_second_person_verifies_and_never_the_officer(desk, work, own):
    piece = own(work)
    with pytest.raises(OwnEvidenceVerified):
        actions.verify_evidence(by=desk.officer.account, evidence=piece)
    with pytest.raises(NotAllowed):
        actions.verify_evidence(by=desk.people["uploader"], evidence=piece)
    verified = actions.verify_evidence(by=desk.people["agency_head"], evidence=piece)
    assert verified.verified_by == desk.people["agency_head"]
    with pytest.raises(WrongState):
        actions.verify_evidence(by=desk.people["agency_head"], evidence=piece)


def test_what_is_withdrawn_stays_to_be_read_with_its_reason(work, own, desk):
    piece = own(work)
    with pytest.raises(DomainError):
        actions.withdraw_evidence(by=desk.officer.account, evidence=piece, reason=" ")
    actions.withdraw_evidence(by=desk.officer.account, evidence=piece, reason="Nhầm tệp")
    piece.refresh_from_db()
    assert (piece.reason, piece.file.read()) == ("Nhầm tệp", PDF)
    own(work)


def test_the_database_keeps_what_was_brought(work, own):
    piece = own(work)
    for statement in (
        "DELETE FROM assignments_evidence",
        "UPDATE assignments_evidence SET sha256 = 'x'",
        "UPDATE assignments_evidence SET name = 'khác.pdf'",
        "UPDATE assignments_evidence SET verified_by_id = added_by_id",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Evidence.objects.get() == piece
    assert triggers.missing(EVIDENCE_TRIGGERS, connection) == []


def test_the_same_file_beside_other_work_is_pointed_out(client, desk, own, province, people):
    first, second = desk.give(), desk.give()
    own(first)
    other = own(second)
    client.force_login(people["agency_head"])
    page = client.get(reverse("assignments:work_detail", args=[first.pk])).content.decode()
    assert f"Tệp này cũng là minh chứng của nhiệm vụ khác: {second} ({desk.officer})" in page

    with CaptureQueriesContext(connection) as few:
        client.get(reverse("assignments:work_detail", args=[first.pk]))
    for number in range(6):
        own(first, file(f"{number}.pdf", PDF + bytes([number])))
        own(second, file(f"{number}.pdf", PDF + bytes([number])))
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("assignments:work_detail", args=[first.pk]))
    assert len(many) == len(few)
    assert other.name in client.get(reverse("assignments:work_detail", args=[second.pk])).content.decode()


def test_work_that_the_reader_may_not_see_is_not_named(client, desk, own, province, people):
    elsewhere = make_officer(province.office, name="Công chức 0900").postings.get()
    mine = desk.give()
    hidden = WorkAssignment.objects.create(
        officer=elsewhere.officer, posting=elsewhere, agency=elsewhere.agency, item=desk.item, code=mine.code,
        item_identity=mine.item_identity, name=mine.name, coefficient=mine.coefficient, assigned=1,
        given_on=mine.given_on, due_on=mine.due_on,
    )  # fmt: skip
    piece = own(mine)
    Evidence.objects.create(
        work=hidden, kind="file", name="a.pdf", sha256=piece.sha256, size=1, added_by=people["editor"]
    )
    client.force_login(people["agency_head"])
    assert "Công chức 0900" not in client.get(reverse("assignments:work_detail", args=[mine.pk])).content.decode()


def test_a_file_is_only_ever_saved_in_whole_or_in_part_and_its_opening_noted(client, desk, own, work, people):
    piece = own(work)
    client.force_login(people["agency_head"])
    url = reverse("assignments:evidence_file", args=[piece.pk])
    whole = client.get(url)
    assert b"".join(whole.streaming_content) == PDF
    assert whole["Content-Disposition"].startswith("attachment")
    assert (whole["X-Content-Type-Options"], whole["Accept-Ranges"]) == ("nosniff", "bytes")
    assert OfficerRead.objects.filter(officer=desk.officer, reader=people["agency_head"]).exists()

    for asked, expected in {
        "bytes=0-3": PDF[:4], "bytes=5-": PDF[5:], "bytes=-7": PDF[-7:], "bytes=260-9999": PDF[260:],
    }.items():  # fmt: skip
        part = client.get(url, headers={"Range": asked})
        assert (part.status_code, b"".join(part.streaming_content)) == (206, expected)
        assert int(part["Content-Length"]) == len(expected)
    assert client.get(url, headers={"Range": f"bytes={len(PDF)}-"}).status_code == 416
    for ignored in ("bytes=0-1,4-5", "lines=1-2", "bytes=-", "bytes=x"):
        assert client.get(url, headers={"Range": ignored}).status_code == 200
    changed = client.get(url, headers={"Range": "bytes=0-3", "If-Range": '"khac"'})
    assert b"".join(changed.streaming_content) == PDF


def test_on_ones_own_page_a_file_a_link_and_a_number_are_brought_opened_and_withdrawn(client, desk, work):
    client.force_login(desk.officer.account)
    add = reverse("personal:work_evidence_add", args=[work.identity])
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("[Content_Types].xml", "<x/>")
        package.writestr("word/document.xml", "<x/>")
    for body in (
        {"file": ContentFile(held.getvalue(), name="Tờ trình.docx")},
        {"url": "https://example.gov.vn/van-ban/12"},
        {"document_number": "12/BC-TK", "document_date": "20/11/2026"},
    ):
        assert "Đã thêm minh chứng." in client.post(add, body, follow=True).content.decode()
    pieces = {piece.kind: piece for piece in work.evidence.all()}
    opened = client.get(reverse("personal:work_evidence", args=[work.identity, pieces["file"].identity]))
    assert b"".join(opened.streaming_content) == held.getvalue()
    assert not OfficerRead.objects.exists()
    assert client.get(
        reverse("personal:work_evidence", args=[work.identity, pieces["link"].identity])
    ).status_code == 404  # fmt: skip

    withdraw = reverse("personal:work_evidence_withdraw", args=[work.identity, pieces["link"].identity])
    page = client.post(withdraw, {"reason": "Liên kết hỏng"}, follow=True).content.decode()
    assert "Liên kết hỏng" in page and "12/BC-TK, 20/11/2026" in page


def test_a_refused_piece_leaves_what_was_typed(client, desk, work):
    client.force_login(desk.officer.account)
    body = {"file": ContentFile(b"MZ" + bytes(90), name="a.pdf"), "document_number": ""}
    refused = client.post(reverse("personal:work_evidence_add", args=[work.identity]), body)
    assert refused.status_code == 422
    assert "loại khác" in refused.content.decode()
    both = {"url": "https://a.vn/1", "document_number": "12/BC"}
    twice = client.post(reverse("personal:work_evidence_add", args=[work.identity]), both)
    assert 'value="12/BC"' in twice.content.decode()


def test_a_body_far_over_the_limit_is_turned_away_unread(client, desk, work):
    client.force_login(desk.officer.account)
    url = reverse("personal:work_evidence_add", args=[work.identity])
    head = {"content_type": "multipart/form-data; boundary=x", "CONTENT_LENGTH": str(MOST_BYTES * 80)}
    refused = client.generic("POST", url, b"", **head)
    assert refused.status_code == 413
    assert not Evidence.objects.exists()

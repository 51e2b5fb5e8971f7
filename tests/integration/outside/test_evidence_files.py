"""Files of evidence over the API: the checks of the screens, no further than the system reaches, noted when opened."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cms.assignments import actions
from cms.assignments.errors import OwnEvidenceVerified
from cms.assignments.models import Evidence
from cms.organisations.models import OfficerRead
from tests.factories.outside import make_client, make_system

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n" + bytes(range(256))
# What every virus scanner reports, and nothing else: the test file of EICAR, in two halves.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Program:
    """Sends and fetches files with a token."""

    def __init__(self, token):
        self.headers = {"Authorization": f"Bearer {token}"}
        self.client = Client(raise_request_exception=False)

    def send(self, work, content=PDF, name="bao-cao.pdf", **headers):
        path = f"/api/v1/assignments/{work.identity}/evidence/files/"
        return self.client.post(path, {"file": SimpleUploadedFile(name, content)}, headers=self.headers | headers)

    def get(self, path, **headers):
        return self.client.get(path, headers=self.headers | headers)


@pytest.fixture
def program(outside):
    return Program(outside.token)


def package(*names):
    """Return a package of Office with these parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for name in ("[Content_Types].xml", *names):
            made.writestr(name, b"x")
    return content.getvalue()


def test_a_file_is_sent_once_listed_fetched_in_parts_and_noted(program, outside):
    outside.send()
    sent = program.send(outside.work, name="..\\..\\/etc/passwd.pdf", **{"Idempotency-Key": "viec-1"})
    assert sent.status_code == 201, sent.content
    piece = sent.json()
    assert (piece["name"], piece["media_type"], piece["size"]) == ("passwd.pdf", "application/pdf", len(PDF))
    again = program.send(outside.work, name="..\\..\\/etc/passwd.pdf", **{"Idempotency-Key": "viec-1"})
    assert again.json() == piece
    assert Evidence.objects.get().added_by == outside.client.user
    assert not Evidence.objects.get().file.name.endswith("passwd.pdf")

    listed = program.get(f"/api/v1/assignments/{outside.work.identity}/evidence/").json()["results"]
    assert [each["identity"] for each in listed] == [piece["identity"]]
    whole = program.get(piece["file"])
    assert b"".join(whole.streaming_content) == PDF
    assert whole["Content-Disposition"] == 'attachment; filename="passwd.pdf"'
    assert whole["X-Content-Type-Options"] == "nosniff"
    part = program.get(piece["file"], Range="bytes=2-5")
    assert (part.status_code, b"".join(part.streaming_content)) == (206, PDF[2:6])
    assert OfficerRead.objects.filter(officer=outside.officer, reader=outside.client.user).exists()

    # A second person verifies it, and the program is none.
    with pytest.raises(OwnEvidenceVerified):
        actions.verify_evidence(by=outside.client.user, evidence=Evidence.objects.get())
    actions.verify_evidence(by=outside.people["agency_head"], evidence=Evidence.objects.get())


def test_what_is_hostile_is_refused_in_a_sentence_and_leaves_nothing(program, outside):
    outside.send()
    for content, name in (
        (EICAR, "ket-qua.pdf"), (b"MZ" + bytes(90), "bao-cao.pdf"), (b"\x7fELF" + bytes(90), "bao-cao.docx"),
        (package("word/document.xml", "word/vbaProject.bin"), "bao-cao.docx"), (package("../../etc/passwd"), "a.docx"),
        (b"<html><script>alert(1)</script>", "bao-cao.pdf"), (b"", "bao-cao.pdf"),
    ):  # fmt: skip
        answer = program.send(outside.work, content, name)
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid_evidence"), (name, answer.content)
        assert answer.json()["detail"]
    path = f"/api/v1/assignments/{outside.work.identity}/evidence/files/"
    # 2 GB are turned away by what the head says, before a byte is read.
    huge = {"CONTENT_LENGTH": str(2 * 1024**3), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    assert program.client.post(path, headers=program.headers, **huge).status_code == 413
    assert not Evidence.objects.exists()


def test_the_same_file_beside_other_work_is_pointed_out_as_far_as_the_caller_sees(program, outside):
    outside.send()
    first = outside.work
    outside.send("CV-2")
    second = outside.officer.work.exclude(pk=first.pk).get()
    assert program.send(first).json()["same_file"] == []
    [url] = program.send(second, name="khac.pdf").json()["same_file"]
    assert program.get(url).json()["identity"] == str(first.identity)
    assert program.send(second).json()["code"] == "invalid_evidence"


def test_no_file_is_sent_to_work_of_another_system_or_typed_or_confirmed(program, outside, province):
    outside.send()
    other, token = make_client(province.statistics, name="Phần mềm khác")
    make_system(province.statistics, code="khac", clients=[other])
    stranger = Program(token)
    # It reads the work of the agency, and brings nothing beside what another system gave.
    assert stranger.send(outside.work).status_code == 403
    beyond = Program(make_client(province.statistics, name="Không hệ thống")[1])
    assert beyond.send(outside.work).status_code == 404
    reader = Program(make_client(province.statistics, scopes=["assignments:read"], name="Chỉ đọc")[1])
    assert reader.send(outside.work).status_code in (403, 404)

    officer = outside.officer.account
    today = outside.work.given_on
    actions.finish_work(by=officer, work=outside.work, completed=outside.work.assigned, done_on=today)
    actions.confirm_work(by=outside.people["agency_head"], work=[outside.work])
    assert (program.send(outside.work).status_code, Evidence.objects.count()) == (409, 0)

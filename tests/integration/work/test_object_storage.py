"""Evidence in object storage, on a server that speaks S3 over HTTP: private, whole, and honest when it is down."""

import urllib.error
import urllib.request

import boto3
import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from moto.server import ThreadedMotoServer

from cms.assignments import actions
from cms.assignments.actions import EvidenceValues
from cms.assignments.models import Evidence
from cms.audit.models import AuditEvent
from cms.core.errors import StorageUnreachable
from cms.core.object_storage import PrivateObjectStorage

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40
BUCKET = "thuoc-do"


@pytest.fixture(scope="module")
def server():
    """Serve S3 on a free port of this computer."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def storage(server, monkeypatch):
    """Keep evidence in a bucket of the server, as the settings of a province would."""
    keys = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "vn-1"}
    client = boto3.client("s3", endpoint_url=server, **keys)
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "vn-1"})
    storage = made(server)
    monkeypatch.setattr(Evidence._meta.get_field("file"), "storage", storage)
    yield storage
    for each in client.list_objects_v2(Bucket=BUCKET).get("Contents", []):
        client.delete_object(Bucket=BUCKET, Key=each["Key"])
    client.delete_bucket(Bucket=BUCKET)


def made(address):
    return PrivateObjectStorage(
        bucket_name=BUCKET, endpoint_url=address, access_key="key", secret_key="secret", region_name="vn-1",
        file_overwrite=False,
    )  # fmt: skip


@pytest.fixture
def piece(desk, storage):
    values = EvidenceValues(file=ContentFile(PDF, name="Báo cáo.pdf"))
    return actions.add_evidence(by=desk.officer.account, work=desk.give(), values=values)


def get(client, desk, piece, **headers):
    client.force_login(desk.people["agency_head"], backend="cms.organisations.backends.MembershipBackend")
    return client.get(reverse("assignments:evidence_file", args=[piece.pk]), headers=headers)


def test_a_file_goes_there_and_comes_back_through_the_checked_view(desk, piece, storage, client):
    assert storage.exists(piece.file.name)
    answer = get(client, desk, piece)
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["ETag"] == f'"{piece.sha256}"'

    part = get(client, desk, piece, range="bytes=9-264")
    assert (part.status_code, b"".join(part.streaming_content)) == (206, PDF[9:265])
    client.force_login(desk.people["other_agency_head"], backend="cms.organisations.backends.MembershipBackend")
    assert client.get(reverse("assignments:evidence_file", args=[piece.pk])).status_code == 404


def test_no_address_leads_to_it_past_us(piece, storage, server):
    with pytest.raises(ValueError, match="not accessible"):
        piece.file.url  # noqa: B018
    grants = storage.connection.meta.client.get_object_acl(Bucket=BUCKET, Key=piece.file.name)["Grants"]
    assert [each["Grantee"].get("URI") for each in grants] == [None]
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{server}/{BUCKET}/{piece.file.name}")  # noqa: S310
    assert refused.value.code == 403


def test_what_is_withdrawn_stays_to_be_read(desk, piece, storage, client):
    actions.withdraw_evidence(by=desk.officer.account, evidence=piece, reason="Nhầm tệp")
    assert storage.exists(piece.file.name)
    assert get(client, desk, piece).status_code == 200


def test_while_the_server_is_down_nothing_is_kept_in_half_and_nothing_is_lost(desk, piece, monkeypatch, client):
    field = Evidence._meta.get_field("file")
    up = field.storage
    monkeypatch.setattr(field, "storage", made("http://127.0.0.1:9"))
    work, acts = desk.give(), AuditEvent.objects.count()
    with pytest.raises(StorageUnreachable, match="Kho tệp"):
        values = EvidenceValues(file=ContentFile(PDF, name="b.pdf"))
        actions.add_evidence(by=desk.officer.account, work=work, values=values)
    assert list(Evidence.objects.all()) == [piece]
    assert AuditEvent.objects.count() == acts

    answer = get(client, desk, piece)
    assert answer.status_code == 503
    assert "Kho tệp" in answer.content.decode()
    client.force_login(desk.officer.account, backend="cms.organisations.backends.MembershipBackend")
    sent = {"file": ContentFile(PDF, name="c.pdf")}
    page = client.post(reverse("personal:work_evidence_add", args=[work.identity]), sent)
    assert "Kho tệp" in page.content.decode()
    monkeypatch.setattr(field, "storage", up)
    assert get(client, desk, piece).status_code == 200


def test_a_file_that_is_gone_from_the_store_is_not_found(desk, piece, storage, client):
    storage.delete(piece.file.name)
    assert get(client, desk, piece).status_code == 404

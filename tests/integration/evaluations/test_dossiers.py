"""Dossiers: who brings and reads files, what is no file, and that nothing comes or goes after the lock."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from cms.core.errors import DomainError, NotAllowed, WrongState
from cms.evaluations import actions
from cms.evaluations.enums import DossierKind
from cms.evaluations.errors import InvalidDossierFile
from cms.evaluations.models import DossierFile
from cms.evaluations.models.dossier import MOST_FILES
from cms.evaluations.permissions import dossier_for
from cms.organisations.models import OfficerRead
from tests.factories.frameworks import published

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n" + bytes(range(256))


@pytest.fixture
def one(house):
    house.done("an")
    house.open()
    return house.of("an")


def add(by, one, content=PDF, kind=DossierKind.DOCUMENT, name="Báo cáo.pdf"):
    return actions.add_dossier_file(by=by, evaluation=one, kind=kind, file=ContentFile(content, name=name))


def test_the_subject_and_who_has_a_part_bring_files_and_nobody_else(house, one, people):
    own = add(house.account("an"), one, kind=DossierKind.SELF_ASSESSMENT)
    minutes = add(house.clerk, one, PDF + b"2", DossierKind.MINUTES)

    assert (own.is_of_subject, minutes.is_of_subject, own.file.read()) == (True, False, PDF)
    for stranger in (house.account("binh"), people["nobody"], people["editor"]):
        with pytest.raises(NotAllowed):
            add(stranger, one, PDF + b"3")
    # What others bring the officer reads once the result is theirs to read.
    assert list(dossier_for(house.account("an"), one)) == [own]
    assert list(dossier_for(house.clerk, one)) == [own, minutes]
    with pytest.raises(NotAllowed):
        actions.withdraw_dossier_file(by=house.clerk, file=own, reason="Nhầm")
    with pytest.raises(InvalidDossierFile):
        actions.withdraw_dossier_file(by=house.account("an"), file=own, reason=" ")
    actions.withdraw_dossier_file(by=house.account("an"), file=own, reason="Nhầm tệp")
    add(house.account("an"), one)


def test_what_is_no_file_stands_there_already_or_is_too_many_is_refused_in_a_sentence(house, one):
    officer = house.account("an")
    add(officer, one)
    for content, sentence in ((b"", "rỗng"), (b"MZ" + bytes(90), "Tệp"), (PDF, "đã có")):
        with pytest.raises(InvalidDossierFile, match=sentence):
            add(officer, one, content)
    for number in range(MOST_FILES - 1):
        add(officer, one, PDF + bytes([number]))
    with pytest.raises(InvalidDossierFile, match=str(MOST_FILES)):
        add(officer, one, PDF + b"more")
    assert DossierFile.objects.count() == MOST_FILES


def test_after_the_lock_the_action_and_the_database_refuse(house):
    for name in ("an", "binh", "division", "chief"):
        house.done(name)
    period = house.open()
    piece = add(house.clerk, house.of("an"))
    for change in ({"name": "x"}, {"is_of_subject": True}):
        with pytest.raises(DatabaseError), transaction.atomic():
            DossierFile.objects.update(**change)
    house.finish_everybody()
    house.lock(period)

    with pytest.raises(WrongState):
        add(house.clerk, house.of("an"), PDF + b"2")
    with pytest.raises(DomainError):
        actions.withdraw_dossier_file(by=house.clerk, file=piece, reason="Nhầm")
    with pytest.raises(DatabaseError), transaction.atomic():
        DossierFile.objects.update(withdrawn_because="x")
    piece.pk, piece.identity, piece.sha256 = None, "0" * 32, "1" * 64
    with pytest.raises(DatabaseError), transaction.atomic():
        piece.save(force_insert=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        DossierFile.objects.all().delete()


def test_pages_show_the_dossier_hand_files_out_and_note_who_opened_them(house, one, client):
    clerk, officer = house.clerk, house.account("an")
    sent = {"kind": "minutes", "file": SimpleUploadedFile("bien-ban.pdf", PDF)}
    client.force_login(clerk, backend="cms.organisations.backends.MembershipBackend")
    assert client.post(reverse("evaluations:dossier_add", args=[one.pk]), sent).status_code == 302
    minutes = one.dossier.get()
    page = client.get(reverse("evaluations:evaluation", args=[one.pk])).content.decode()
    file_url = reverse("evaluations:dossier_file", args=[one.pk, minutes.pk])
    assert file_url in page and "Biên bản cuộc họp" in page
    OfficerRead.objects.all().delete()

    part = client.get(file_url, headers={"Range": "bytes=0-3"})

    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"%PDF")
    assert part["Content-Disposition"].startswith("attachment")
    assert OfficerRead.objects.filter(reader=clerk, officer=one.officer).exists()
    client.force_login(officer, backend="cms.organisations.backends.MembershipBackend")
    assert client.get(reverse("personal:dossier_file", args=[one.identity, minutes.identity])).status_code == 404
    own = {"kind": "self_assessment", "file": SimpleUploadedFile("tu-danh-gia.pdf", PDF + b"2")}
    answer = client.post(reverse("personal:dossier_add", args=[one.identity]), own)
    assert answer["Location"] == reverse("personal:evaluation", args=[one.identity])
    page = client.get(answer["Location"]).content.decode()
    assert "tu-danh-gia.pdf" in page and "bien-ban.pdf" not in page


def test_an_organisations_dossier_is_for_its_people_and_who_verifies_it_and_no_foreign_agency(
    house, province, people, client
):
    published("gia-lai-to-chuc")
    period = actions.open_organisation_period(
        by=None, agency=province.root, kind="year", first_day=house.month.replace(month=1)
    )
    one = period.evaluations.get(organisation=province.statistics)
    head, verifier = house.account("chief"), people["editor"]

    report = add(head, one, kind=DossierKind.SELF_ASSESSMENT, name="Báo cáo tự đánh giá.pdf")
    minutes = add(verifier, one, PDF + b"2", DossierKind.MINUTES, name="Biên bản thẩm định.pdf")

    assert (report.is_of_subject, minutes.is_of_subject) == (True, False)
    # What the verifying body brings is for its eyes until the organisation's result may be read.
    assert (list(dossier_for(head, one)), list(dossier_for(verifier, one))) == ([report], [report, minutes])
    for stranger in (people["other_uploader"], people["other_agency_head"], people["nobody"]):
        with pytest.raises(NotAllowed):
            add(stranger, one, PDF + b"3")
        client.force_login(stranger, backend="cms.organisations.backends.MembershipBackend")
        doors = (
            reverse("personal:dossier_add", args=[one.identity]), reverse("evaluations:dossier_add", args=[one.pk]),
            reverse("personal:dossier_file", args=[one.identity, report.identity]),
            reverse("evaluations:dossier_file", args=[one.pk, report.pk]),
        )  # fmt: skip
        answers = {door: client.get(door).status_code for door in doors}
        assert not {200, 206} & set(answers.values()), (stranger, answers)
    client.force_login(head, backend="cms.organisations.backends.MembershipBackend")
    address = reverse("personal:dossier_add", args=[one.identity])
    assert reverse("personal:organisation", args=[one.identity]) in client.get(address).content.decode()
    sent = {"kind": "document", "file": SimpleUploadedFile("quyet-dinh.pdf", PDF + b"4")}
    assert client.post(address, sent)["Location"] == reverse("personal:organisation", args=[one.identity])
    assert "quyet-dinh.pdf" in client.get(reverse("personal:organisation", args=[one.identity])).content.decode()

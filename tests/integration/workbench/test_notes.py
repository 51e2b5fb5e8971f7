"""Notes of the appraiser outlive a return: what was noted, what became of it, and who closed it."""

from decimal import Decimal

import pytest

from cms.audit.models import AuditEvent
from cms.catalogs import actions
from cms.catalogs.enums import VersionState
from cms.catalogs.models import CatalogVersion
from cms.core.errors import NotAllowed
from tests.factories import catalogs

REASON = "Xem lại điểm của mục đầu tiên"


def fresh(version):
    return CatalogVersion.objects.get(pk=version.pk)


def mend(version, by, **changes):
    """Change the first item of the version as its agency."""
    actions.edit_items(by=by, version=version, items=[version.items.in_order().first()], changes=changes)


@pytest.fixture
def resubmitted(people, submitted):
    """Return a version whose first item was noted, returned, brought from 50 to 45, and submitted again."""
    item = submitted.items.in_order().first()
    actions.edit_items(
        by=people["editor"], version=submitted, items=[item], reason="Thử",
        changes={"score": Decimal(50), "coefficient": Decimal(10)},
    )  # fmt: skip
    item.refresh_from_db()
    actions.leave_note(by=people["editor"], version=submitted, item=item, text="Điểm cao hơn mặt bằng")
    catalogs.send_back(fresh(submitted), people["editor"], REASON)
    mend(fresh(submitted), people["uploader"], score=Decimal(45), coefficient=Decimal(9))
    return catalogs.submit(fresh(submitted), people["uploader"])


def test_a_note_outlives_the_next_submission(resubmitted):
    assert [note.text for note in resubmitted.remarks.open_notes()] == ["Điểm cao hơn mặt bằng"]


@pytest.mark.parametrize("screen", ["version", "items", "item"])
def test_the_appraiser_reads_what_the_item_said_and_says_now(client_of, people, url, resubmitted, screen):
    item = resubmitted.items.in_order().first()
    keys = [resubmitted.pk, item.pk] if screen == "item" else [resubmitted.pk]

    page = client_of(people["editor"]).get(url(screen, *keys))

    text = " ".join(page.text.split()) if hasattr(page, "text") else " ".join(page.content.decode().split())
    assert "Đã sửa từ khi có góp ý:" in text
    assert "50</del>" in text
    assert "45</ins>" in text


def test_an_item_that_nobody_touched_is_said_to_be_as_it_was(client_of, people, url, submitted):
    actions.leave_note(by=people["editor"], version=submitted, item=submitted.items.first(), text="Sửa")

    page = client_of(people["editor"]).get(url("version", submitted.pk)).content.decode()

    assert "Mục chưa được sửa từ khi có góp ý." in page


def test_an_item_taken_out_is_said_to_be_gone(client_of, people, url, resubmitted):
    catalogs.send_back(resubmitted, people["editor"], REASON)
    version = fresh(resubmitted)
    actions.remove_items(by=people["uploader"], version=version, items=[version.items.in_order().first()])

    page = client_of(people["editor"]).get(url("version", resubmitted.pk)).content.decode()

    assert "Mục này không còn trong phiên bản." in page


def test_the_history_tells_of_the_return_and_why(client_of, people, url, resubmitted):
    page = client_of(people["editor"]).get(url("version", resubmitted.pk))

    moves = [(str(act), reason) for act, _person, _moment, reason in page.context["moves"]]
    assert ("Bị trả lại", REASON) in moves
    assert [act for act, _reason in moves][-1] == "Đã trình"
    assert REASON in page.content.decode()


def test_the_appraiser_closes_a_note(client_of, people, url, reported, resubmitted):
    note = resubmitted.remarks.open_notes().get()

    answer = client_of(people["approver"]).post(url("close_note", resubmitted.pk, note.pk))

    note.refresh_from_db()
    assert reported(answer) == "Đã đóng góp ý."
    assert (note.resolved_at is not None, note.resolved_by) == (True, people["approver"])
    event = AuditEvent.objects.get(action="catalog_version.close_note")
    assert (event.after["text"], event.actor_id) == (note.text, people["approver"].pk)
    assert "Góp ý đã được đóng trước đó." in reported(
        client_of(people["approver"]).post(url("close_note", resubmitted.pk, note.pk))
    )


def test_no_agency_closes_a_note(people, submitted):
    note = actions.leave_note(by=people["editor"], version=submitted, text="Sửa")
    returned = catalogs.send_back(fresh(submitted), people["editor"], REASON)

    for person in ("uploader", "agency_head", "editor"):
        with pytest.raises(NotAllowed):
            actions.close_note(by=people[person], version=returned, remark=note)


def test_a_note_of_another_version_is_not_closed(people, province, client_of, url, submitted):
    other = catalogs.make_submitted(people, province.office)
    note = actions.leave_note(by=people["editor"], version=other, text="Sửa")

    assert client_of(people["editor"]).post(url("close_note", submitted.pk, note.pk)).status_code == 404
    assert not actions.close_note(by=people["editor"], version=submitted, remark=note)


def test_accepting_over_open_notes_is_confirmed_and_closes_them(client_of, people, url, resubmitted):
    client, sent = client_of(people["approver"]), {"edition": resubmitted.edition}

    asked = client.post(url("accept", resubmitted.pk), sent)

    assert "close_notes" in asked.context["form"].errors
    assert "Còn 1 góp ý đang mở" in asked.content.decode()
    assert fresh(resubmitted).state == VersionState.SUBMITTED
    client.post(url("accept", resubmitted.pk), sent | {"close_notes": "on"})
    assert fresh(resubmitted).state == VersionState.APPRAISED
    assert not resubmitted.remarks.open_notes().exists()


def test_accepting_without_open_notes_asks_nothing(client_of, people, url, submitted):
    assert "close_notes" not in client_of(people["approver"]).get(url("accept", submitted.pk)).context["form"].fields

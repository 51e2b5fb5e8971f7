"""Nobody approves their own work, by whatever door it came in: every act that writes makes its person a writer."""

import datetime
import inspect
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog_pages import actions as pages
from cms.catalogs import actions as catalog_actions
from cms.catalogs.enums import VersionState
from cms.catalogs.errors import OwnWork
from cms.catalogs.models import CatalogVersion
from cms.organisations.actions import grant_membership
from cms.users.enums import Role
from cms.users.models import User
from importers import actions
from importers.actions import write_upload
from importers.mappings.models import ColumnMapping
from importers.models import ImportBatch
from tests.factories import catalogs
from tests.factories.catalogs import item_values
from tests.integration.importers.conftest import GOOD_ROW, workbook
from tests.integration.importers.test_mappings import WORDS, own_workbook

BAD_ROW = ("TK.102", "Việc", "Báo cáo", "báo cáo", 7, 1.5)
SECOND_ROW = ("TK.103", "Việc khác", "Báo cáo", "báo cáo", 2, 1.5)


class Doors:
    """The doors, each gone through by ``person`` on the way of a list that the agency's own people then submit."""

    def __init__(self, person: User, people: dict[str, User], province: Any, callbacks: Any) -> None:
        self.person, self.people, self.clerk, self.agency = person, people, people["uploader"], province.statistics
        self.callbacks = callbacks

    def draft(self) -> CatalogVersion:
        return catalogs.make_version(self.clerk, self.agency)

    def sent(self, by: User, content: bytes) -> ImportBatch:
        return actions.upload(by=by, agency=self.agency, file=ContentFile(content), name="danh-muc.xlsx", wait=True)

    def written(self, by: User, batch: ImportBatch) -> ImportBatch:
        return actions.commit(by=by, batch=ImportBatch.objects.get(pk=batch.pk))

    def matched(self, by: User) -> ImportBatch:
        batch = self.sent(self.clerk, own_workbook())
        with self.callbacks(execute=True):
            actions.map_columns(by=by, batch=batch, words=WORDS)
        return batch

    # Acts on versions.

    def start_version(self) -> None:
        decided = catalogs.make_approved(self.people, self.agency)
        catalog_actions.start_version(by=self.person, catalog=decided.catalog)

    def add_item(self) -> None:
        catalog_actions.add_item(by=self.person, version=self.draft(), values=item_values(50))

    def edit_items(self) -> None:
        version = self.draft()
        catalog_actions.edit_items(
            by=self.person, version=version, items=version.items.all()[:1], changes={"unit": "bộ"}
        )

    def remove_items(self) -> None:
        version = self.draft()
        catalog_actions.remove_items(by=self.person, version=version, items=version.items.all()[:1])

    def write_items(self) -> None:
        operation = catalog_actions.ItemOperation("add", item_values(50))
        catalog_actions.write_items(by=self.person, version=self.draft(), operations=[operation])

    def write_rows(self) -> None:
        row = catalog_actions.ItemRow(item_values(50))
        catalog_actions.write_rows(by=self.person, version=self.draft(), rows=[row], missing="keep")

    def edit_details(self) -> None:
        catalog_actions.edit_details(by=self.person, version=self.draft(), legal_basis="Nghị định 335/2025/NĐ-CP")

    # Acts on uploads.

    def upload(self) -> None:
        self.written(self.people["agency_head"], self.sent(self.person, workbook(GOOD_ROW)))

    def correct(self) -> None:
        batch = self.sent(self.clerk, workbook(GOOD_ROW, BAD_ROW))
        with self.callbacks(execute=True):
            actions.correct(by=self.person, batch=batch, sheet="DanhMuc", row=3, cells={5: "2"})
        self.written(self.clerk, batch)

    def map_columns(self) -> None:
        self.written(self.clerk, self.matched(self.person))

    def change_mapping(self) -> None:
        batch = self.matched(self.clerk)
        mapping = ColumnMapping.objects.get(agency=self.agency, header="Người lập")
        actions.change_mapping(by=self.person, mapping=mapping, column="note")
        actions.abandon(by=self.clerk, batch=batch)
        self.written(self.clerk, self.sent(self.clerk, own_workbook()))

    def commit(self) -> None:
        self.written(self.person, self.sent(self.clerk, workbook(GOOD_ROW)))

    def confirm(self) -> None:
        actions.confirm(by=self.person, batch=self.sent(self.clerk, workbook(GOOD_ROW)))

    def write_upload(self) -> None:
        batch = self.sent(self.clerk, workbook(GOOD_ROW))
        seen = batch.checked_at.isoformat() if batch.checked_at else ""
        write_upload.call(str(batch.pk), self.person.pk, "remove", seen)

    def undo(self) -> None:
        self.written(self.clerk, self.sent(self.clerk, workbook(GOOD_ROW)))
        later = self.written(self.clerk, self.sent(self.clerk, workbook(GOOD_ROW, SECOND_ROW)))
        actions.undo(by=self.person, batch=later)


_ACTS = {*catalog_actions.__all__, *actions.__all__}
WRITES = [name for name, _act in inspect.getmembers(Doors, inspect.isfunction) if name in _ACTS]
# Acts that say nothing in a version, and why.
WRITES_NOTHING = {
    "abandon": "drops an upload unwritten",
    "accept": "moves it on",
    "assign_version": "who reads it",
    "check_again": "reads the same bytes by what others matched and mended",
    "check_batch": "the same",
    "check_upload": "the same",
    "close_note": "beside the list",
    "code_taken": "a sentence",
    "confirm_column": "a column of all catalogs, with two persons of its own (docs/adr, 11)",
    "content_hash": "reads",
    "decide": "moves it on",
    "discard_version": "nothing of it is left",
    "fault_of": "a sentence",
    "findings": "reads",
    "forget": "what was sent goes, what was written stays",
    "forget_mapping": "a heading is again read as the platform reads it, which is nobody's word",
    "leave_note": "beside the list, signed",
    "leave_notes": "the same on many items",
    "list_reminders": "a text that is read before it goes",
    "lock_for_edit": "reads",
    "mark_seen": "what one has read",
    "open_catalog": "an empty catalog",
    "plan_undo": "reads",
    "publish_due": "what was decided",
    "recounted": "reads",
    "refresh_summary": "counts",
    "refuse_unread": "nothing is kept",
    "refuse_column": "the same",
    "release_version": "who reads it",
    "remind_agencies_of_lists": "e-mails",
    "remind_of_deadlines": "the same, by the calendar",
    "remove_board_filter": "one's own",
    "remove_strays": "files without a record",
    "require_later_day": "reads",
    "return_to_agency": "moves it back",
    "save_board_filter": "one's own",
    "save_column": "the same",
    "give_opinion": "words on the version, by who neither wrote nor accepted it",
    "save_opinion_step": "whom a block asks; nothing of a version",
    "remove_opinion_step": "the same",
    "save_round": "a round of all catalogs: agencies see and submit what it proposes",
    "submit": "who submits is refused besides",
    "submit_changes": "who hands it on started it; who proposed becomes a writer, see changesets",
    "turn_away": "nothing is kept",
    "version_to_replace": "reads",
    "withdraw": "moves it back",
    "working_version": "reads",
}


@pytest.fixture
def person(people, province) -> User:
    """Return somebody who may write for every agency, accept, and decide."""
    grant_membership(by=None, user=people["editor"], role=Role.PROVINCIAL_APPROVER, agency=province.root)
    return User.objects.get(pk=people["editor"].pk)


@pytest.fixture
def doors(person, people, province, django_capture_on_commit_callbacks: Any) -> Doors:
    return Doors(person, people, province, django_capture_on_commit_callbacks)


def test_every_act_is_a_door_or_known_to_write_nothing() -> None:
    every = {
        name
        for room in (catalog_actions, actions)
        for name in room.__all__
        if not inspect.isclass(getattr(room, name))
    }  # fmt: skip
    assert every == {*WRITES, *WRITES_NOTHING}
    assert not set(WRITES) & set(WRITES_NOTHING)


@pytest.mark.parametrize("door", WRITES)
def test_whoever_goes_through_a_door_neither_accepts_nor_decides(door: str, doors: Doors, people) -> None:
    getattr(doors, door)()
    version = CatalogVersion.objects.open().get(catalog__agency=doors.agency)

    assert version.writers.filter(pk=doors.person.pk).exists()
    catalogs.submit(version, people["agency_head"])
    page = pages.page_of(version)
    with pytest.raises(OwnWork):
        pages.accept(by=doors.person, page=page)
    pages.accept(by=people["approver"], page=page)
    with pytest.raises(OwnWork):
        catalogs.decide(version, doors.person)
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    assert catalogs.decide(version, people["provincial_approver"], tomorrow).state == VersionState.APPROVED


def test_an_upload_over_the_api_that_the_agency_confirms_stays_the_senders_work(
    client: Client, people, province, django_capture_on_commit_callbacks
) -> None:
    client.force_login(people["editor"])
    sent = {"agency": province.statistics.code, "file": SimpleUploadedFile("danh-muc.xlsx", workbook(GOOD_ROW))}
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/api/v1/imports/", sent, headers={"idempotency-key": "gui-thay-1"})
    assert answer.status_code == 202
    batch = ImportBatch.objects.get()
    version = actions.commit(by=people["agency_head"], batch=batch).catalog.committed_to
    version = catalogs.submit(version, people["agency_head"])

    client.post(reverse("catalogs:accept", args=[version.pk]), {"edition": version.edition})

    version.refresh_from_db()
    assert version.state == VersionState.SUBMITTED
    client.force_login(people["approver"])
    client.post(reverse("catalogs:accept", args=[version.pk]), {"edition": version.edition})
    version.refresh_from_db()
    assert version.state == VersionState.APPRAISED


def test_who_wrote_a_decided_version_is_no_writer_of_its_copy(people, province, approved) -> None:
    following = catalog_actions.start_version(by=people["agency_head"], catalog=approved.catalog)

    assert set(approved.writers.all()) == {people["uploader"]}
    assert set(following.writers.all()) == {people["agency_head"]}


def test_what_is_undone_leaves_its_writers_and_what_is_discarded_does_not(
    people, province, uploaded: Callable[..., ImportBatch]
) -> None:
    first = actions.commit(
        by=people["uploader"], batch=uploaded(people["uploader"], province.statistics, workbook(GOOD_ROW))
    )
    version = first.catalog.committed_to
    later = uploaded(people["editor"], province.statistics, workbook(GOOD_ROW, SECOND_ROW))
    actions.undo(by=people["agency_head"], batch=actions.commit(by=people["agency_head"], batch=later))
    assert set(version.writers.all()) == {people[name] for name in ("uploader", "editor", "agency_head")}

    actions.discard_version(by=people["uploader"], version=version)
    anew = catalog_actions.start_version(by=people["uploader"], catalog=version.catalog)
    assert (anew.number, list(anew.writers.all())) == (1, [people["uploader"]])


def test_an_upload_that_changes_nothing_makes_no_writer(people, province, uploaded: Callable[..., ImportBatch]) -> None:
    first = uploaded(people["uploader"], province.statistics, workbook(GOOD_ROW))
    version = actions.commit(by=people["uploader"], batch=first).catalog.committed_to
    again = uploaded(people["editor"], province.statistics, workbook(GOOD_ROW))

    actions.commit(by=people["agency_head"], batch=again)

    assert set(version.writers.all()) == {people["uploader"]}

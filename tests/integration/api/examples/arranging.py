"""The world in which examples are asked, and the states that some of them begin with."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils import timezone

from api.clients.actions import add_client
from api.clients.models import Scope
from api.events.reading import head_sequence
from api.webhooks.models import DeliveryAttempt, DeliveryError, DeliveryState, WebhookDelivery, WebhookEndpoint
from api.webhooks.secrets import new_secret, seal
from catalog_pages.change_sets import releasing
from catalog_pages.models import ContentPage, HomePage
from cms.assignments.actions import EvidenceValues, add_evidence, take_messages
from cms.assignments.models import ExternalSystem, WorkAssignment
from cms.catalogs import actions
from cms.catalogs.models import CatalogRound, CatalogVersion
from cms.changesets.models import ChangeSet, Proposal
from cms.curation import actions as curation_actions
from cms.curation.actions.regrouping import regroup
from cms.curation.models import Cluster, JudgedPair, Judgement, LikePair, WorkText
from cms.evaluations import actions as evaluation_actions
from cms.organisations.actions import edit_officer
from cms.organisations.models import Agency
from cms.users.models import User
from importers import actions as imports
from importers.checking.columns import IGNORED
from importers.checking.headings import header_key
from importers.enums import MissingItems
from importers.mappings.models import ColumnMapping
from importers.models import ImportBatch
from tests.factories import catalogs, outside
from tests.factories.agencies import Province
from tests.factories.decided import make_decided
from tests.factories.figures import publish_figures
from tests.factories.frameworks import BY_DAYS, published
from tests.factories.officers import make_officer
from tests.factories.people import make_member
from tests.integration.api.imports.conftest import BAD
from tests.integration.api.portal import add_document, add_picture, stored_body
from tests.integration.importers.conftest import GOOD_ROW, workbook
from tests.integration.importers.test_mappings import own_workbook

# What stands in the files of examples for what is another at every run.
ITEM = "5b0e7d5e-6d0a-4f6e-9d0c-2f1a7c0b9a11"
UPLOAD = "0b9a2f1a-7c0b-4f6e-8d5e-6d0a5b0e7d5e"
EVALUATION = "7a1c0b9a-2f1a-4f6e-9d0c-5b0e7d5e6d0a"
STATE = "412.0"
EVIDENCE = "0f3a2c8e-5d1b-4a97-b6f2-9c4e7d8a1b30"
WORK = "7d5e5b0e-0b9a-4f6e-8d5e-2f1a6d0a7c0b"
JUNE = {"given_on": "2026-06-15", "due_on": "2026-06-19"}
CHECKED_AT = "2026-06-15T09:30:12.345678+07:00"

# Keys of what is made for examples, which name it by them.
WEBHOOK = 14
GIVEN_UP = 9021
MAPPING = 31
PERIOD = 6105
CLUSTER, JUDGEMENT = 712, 4405
CHANGE_SET, PROPOSAL = 91, 9304
PICTURE, DOCUMENT, PAGE = 8101, 8102, 8103

StandIns = dict[str, str]


@dataclass(frozen=True)
class Shown:
    """Two agencies' catalogs, a published framework, an added column, a program with a token, a file that it sent."""

    people: dict[str, User]
    province: Province
    version: CatalogVersion
    program: User
    token: str
    # Of a file with errors, one of whose cells was mended.
    upload: ImportBatch

    @property
    def statistics(self) -> Agency:
        """Return the agency that most examples are about."""
        return self.province.statistics


def make_shown(people: dict[str, User], province: Province) -> Shown:
    """Make the world of the examples; version 2 of the statistics office changes, adds and removes an item."""
    actions.save_column(
        by=people["editor"], name="Mức ưu tiên", kind="choice", choices=["Cao", "Thấp"], help_text="Theo kế hoạch năm"
    )
    first = catalogs.make_approved(people, province.statistics, 4, datetime.date(2026, 1, 1))
    second = actions.start_version(by=people["uploader"], catalog=first.catalog)
    filled, changed, removed, _same = second.items.in_order()
    edit = {"by": people["uploader"], "version": second}
    actions.edit_items(**edit, items=[filled], changes={"extra.muc_uu_tien": "Cao"})
    actions.edit_items(**edit, items=[changed], changes={"name": "Báo cáo tình hình đất đai"})
    actions.remove_items(**edit, items=[removed])
    catalogs.make_items(second, 1, 50)
    _decided(people, second, datetime.date(2026, 6, 1))
    catalogs.make_approved(people, province.office, 2, datetime.date(2026, 3, 1))
    published("nd335")
    publish_figures()
    client, token = add_client(
        by=None, name="Phần mềm quản lý công việc", agency=province.statistics, scopes=Scope.values,
        last_day=timezone.localdate(),
    )  # fmt: skip
    upload = _sent(client.user, province.statistics)
    imports.correct(by=client.user, batch=upload, sheet="DanhMuc", row=3, cells={4: "tờ trình"})
    imports.check_batch(upload)
    return Shown(people, province, second, client.user, token, upload)


def _decided(people: dict[str, User], version: CatalogVersion, day: datetime.date) -> None:
    catalogs.submit(version, people["uploader"])
    catalogs.accept(version, people["editor"])
    catalogs.decide(version, people["provincial_approver"], day)


def stand_ins(shown: Shown, given: str) -> StandIns:
    """Bring about the state that an example begins with, and return what really stands for what its file says."""
    item = shown.version.items.in_order().first()
    return {ITEM: str(item.identity)} | _reported(shown.upload) | (GIVEN[given](shown) if given else {})


def _sent(by: User, agency: Agency, content: bytes = BAD) -> ImportBatch:
    return imports.upload(by=by, agency=agency, file=ContentFile(content), name="danh-muc.xlsx", wait=True)


def _reported(batch: ImportBatch) -> StandIns:
    batch.refresh_from_db()
    return {UPLOAD: str(batch.pk), CHECKED_AT: timezone.localtime(batch.checked_at).isoformat()}


def _previewed(shown: Shown) -> StandIns:
    return _reported(_sent(shown.program, shown.statistics, workbook(GOOD_ROW)))


def _committed(shown: Shown) -> StandIns:
    batch = _sent(shown.program, shown.statistics, workbook(GOOD_ROW))
    seen = batch.checked_at.isoformat()
    imports.confirm(by=shown.program, batch=batch, missing=MissingItems.KEEP, seen=seen)
    return _reported(batch)


def _draft(shown: Shown) -> StandIns:
    return _state(actions.start_version(by=shown.people["uploader"], catalog=shown.version.catalog))


def _unclear(shown: Shown) -> StandIns:
    version = actions.start_version(by=shown.people["uploader"], catalog=shown.version.catalog)
    catalogs.make_items(version, 1, 70, output="Khác")
    return _state(version)


def _submitted(shown: Shown) -> StandIns:
    version = actions.start_version(by=shown.people["uploader"], catalog=shown.version.catalog)
    catalogs.submit(version, shown.people["agency_head"])
    actions.leave_note(
        by=shown.people["editor"], version=version, text="Ghi rõ đầu ra", item=version.items.in_order()[0]
    )
    return _state(version)


def _appraised(shown: Shown) -> StandIns:
    reported = _submitted(shown)
    version = shown.version.catalog.versions.get(number=3)
    catalogs.accept(version, shown.people["editor"])
    return reported | _state(version)


def _asked(shown: Shown) -> StandIns:
    step = {"block": shown.statistics.block, "order": 1, "name": "Hội đồng thẩm định", "role": "approver"}
    actions.save_opinion_step(by=None, **step)
    return _appraised(shown)


def _round(shown: Shown) -> StandIns:
    days = {"submit_by": "2026-03-31", "appraise_by": "2026-05-15", "approve_by": "2026-06-30"}
    CatalogRound.objects.create(year=2026, name="Đợt năm 2026", is_current=True, **days)
    return {}


def _webhook(shown: Shown) -> StandIns:
    endpoint = WebhookEndpoint.objects.create(
        pk=WEBHOOK, client=shown.program.api_client, url="https://ung-dung.example.gov.vn/su-kien",
        types=["catalog.version.published"], secret=seal(new_secret()),
    )  # fmt: skip
    delivery = WebhookDelivery.objects.create(
        pk=GIVEN_UP, endpoint=endpoint, sequence=head_sequence(), type="catalog.version.published", attempts=10,
        state=DeliveryState.DEAD, last_error=DeliveryError.TIMEOUT,
    )  # fmt: skip
    DeliveryAttempt.objects.create(delivery=delivery, milliseconds=10_004, error=DeliveryError.TIMEOUT)
    return {}


def _own_headings(shown: Shown) -> StandIns:
    return _reported(_sent(shown.program, shown.statistics, own_workbook()))


def _mapping(shown: Shown) -> StandIns:
    values = {"header": "Người lập", "header_key": header_key("Người lập"), "column": IGNORED}
    ColumnMapping.objects.create(pk=MAPPING, agency=shown.statistics, kind="catalog", by=shown.program, **values)
    return {}


def _stricter(shown: Shown) -> StandIns:
    published("nd335-qd366")
    return {}


def _library(shown: Shown) -> StandIns:
    picture = add_picture("Trụ sở", pk=PICTURE, description="Trụ sở Sở Nội vụ nhìn từ quảng trường")
    document = add_document("Kế hoạch 2026", pk=DOCUMENT)
    image = {"image": picture.pk, "decorative": False, "alt_text": ""}
    page = ContentPage(pk=PAGE, title="Giới thiệu", slug="gioi-thieu", introduction="<p>Cổng thông tin đánh giá.</p>")
    page.body = stored_body([
        {"type": "text", "value": '<p>Xem <a href="/du-lieu-mo/">dữ liệu mở</a>.</p>'},
        {"type": "picture", "value": {"image": image, "caption": "Nơi tiếp nhận"}},
        {"type": "documents", "value": {"heading": "Văn bản", "documents": [document.pk]}},
    ])  # fmt: skip
    HomePage.objects.get().add_child(instance=page)
    return {}


def _by_days(shown: Shown) -> StandIns:
    published("nd335", code="theo-ngay", name="Khung trừ điểm theo số ngày chậm", work=BY_DAYS)
    return {}


def _outside(shown: Shown) -> StandIns:
    """Have the program speak for a document system, which has given one piece of work."""
    officer = make_officer(shown.statistics, code="CC-0101", name="Công chức 0101")
    edit_officer(by=None, officer=officer, account=shown.people["uploader"])
    system = outside.make_system(shown.statistics, clients=[shown.program.api_client])
    outside.map_person(system, officer)
    outside.map_kind(system, shown.version.items.in_order()[0])
    [taken] = take_messages(by=shown.program, system=system, messages=[outside.message("412/VB-DEN", **JUNE)])
    take_messages(by=shown.program, system=system, messages=[outside.message("413/VB-DEN", person="nv99", **JUNE)])
    return {WORK: str(taken.work.identity)}


def _done(shown: Shown) -> StandIns:
    reported = _outside(shown)
    done = outside.message("412/VB-DEN", 2, state="Hoàn thành", done_on="2026-06-15", result="Số 96/BC-CTK", **JUNE)
    system = ExternalSystem.objects.get()
    take_messages(by=shown.program, system=system, messages=[done])
    return reported


def _outside_shown(shown: Shown) -> StandIns:
    reported = _outside(shown)
    file = ContentFile(workbook(GOOD_ROW), name="bao-cao.xlsx")
    work = WorkAssignment.objects.get(identity=reported[WORK])
    piece = add_evidence(by=shown.program, work=work, values=EvidenceValues(file=file))
    return reported | {EVIDENCE: str(piece.identity)}


def _state(version: CatalogVersion) -> StandIns:
    """Return what the ETag of an open version is in the files, which know neither keys nor counts of writes."""
    version.refresh_from_db()
    return {f"{STATE}.{version.state}": f"{version.pk}.{version.edition}.{version.state}"}


def _evaluated(shown: Shown) -> StandIns:
    officer = make_officer(shown.statistics, code="CC-0001", name="Công chức 0001")
    result = make_decided(
        shown.statistics, officer.postings.get(), shown.people["agency_head"], first_day=datetime.date(2026, 5, 1),
        period=PERIOD,
    )  # fmt: skip
    return {EVALUATION: str(result.evaluation.identity)}


def _figures(shown: Shown) -> StandIns:
    officer = make_officer(shown.statistics, code="CC-0001", name="Công chức 0001")
    evaluation_actions.record_figure(
        by=shown.program, code="hai-long", subject=officer, value=Decimal("92.5"),
        measured_on=datetime.date(2026, 6, 30), source="Khảo sát hài lòng quý II/2026",
    )  # fmt: skip
    return {}


def _alike(shown: Shown) -> StandIns:
    """Have the works of both catalogs read; one cluster waits, under a key that examples know."""
    curation_actions.ask_for_reading_of_all()
    list(curation_actions.read_waiting())
    cluster = Cluster.objects.order_by("pk").first()
    assert cluster is not None
    before, cluster.pk = cluster.pk, CLUSTER
    cluster.save(force_insert=True)
    WorkText.objects.filter(cluster=before).update(cluster=CLUSTER)
    Cluster.objects.filter(pk=before).delete()
    return {}


def _judged(shown: Shown) -> StandIns:
    _alike(shown)
    by = shown.people["editor"]
    judgement = Judgement.objects.create(pk=JUDGEMENT, verdict="same", reason="Chỉ khác cách viết tắt", by=by)
    pair = LikePair.objects.waiting().filter(one__cluster=CLUSTER).order_by("pk")[0]
    JudgedPair.objects.create(judgement=judgement, pair=pair)
    LikePair.objects.filter(pk=pair.pk).update(judgement=judgement)
    regroup([pair.one_id, pair.other_id])
    return {}


def _proposed(shown: Shown) -> StandIns:
    """Have an editor propose another coefficient to the statistics office, in a set that is open."""
    by, item = shown.people["editor"], shown.version.items.in_order().first()
    assert item is not None
    change_set = ChangeSet.objects.create(pk=CHANGE_SET, name="Bộ thay đổi quý II", note="Cùng một định mức", by=by)
    Proposal.objects.create(
        pk=PROPOSAL, catalog=shown.version.catalog, change_set=change_set, kind="change", identity=item.identity,
        code=item.code, name=item.name, reason="Cùng một việc, cùng một hệ số", by=by,
        contents={"coefficient": "2.0000"}, former={"coefficient": item.coefficient},
    )  # fmt: skip
    return {}


def _loose(shown: Shown) -> StandIns:
    _proposed(shown)
    Proposal.objects.update(change_set=None)
    return {}


def _set_closed(shown: Shown) -> StandIns:
    _proposed(shown)
    by = shown.people["approver"]
    ChangeSet.objects.update(state="closed", closed_by=make_member("editor", shown.province.home_affairs, "nguoi-khoa"))
    Proposal.objects.update(by=by)
    return {}


def _set_judged(shown: Shown) -> StandIns:
    _set_closed(shown)
    Proposal.objects.update(outcome="accepted", by=shown.people["editor"])
    return {}


def _set_decided(shown: Shown, days: int = 1) -> StandIns:
    _set_judged(shown)
    ChangeSet.objects.update(state="appraised", appraised_by=shown.people["approver"])
    today = timezone.localdate()
    releasing.decide_set(
        by=shown.people["provincial_approver"], change_set=ChangeSet.objects.get(), number="99/QĐ-UBND",
        decision_date=today, signer="Chủ tịch UBND tỉnh", effective_from=today + datetime.timedelta(days=days),
        file=ContentFile(b"%PDF-1.7", name="quyet-dinh.pdf"),
    )  # fmt: skip
    return {}


def _set_due(shown: Shown) -> StandIns:
    return _set_decided(shown, 0)


# By name: an upload that may be written; one that was; version 3 of the statistics office as a draft, as one with
# something to find, submitted by its head with a note, accepted; a round; a webhook of the program with a delivery
# that was given up; an upload whose headings nobody knows; a heading that the agency remembers; a framework stricter
# than the decree; one that takes points off by days late; a page with a picture and a file; a document system
# with a piece of work, one that is done, and one with a file that shows it. Without a name the upload
# is the one with errors. "alike": works that are alike and wait; "judged": some of them were judged.
# "proposed": a proposal in an open set; "loose": in none; "set_…": the set closed, appraised, decided, on its day.
GIVEN: dict[str, Callable[[Shown], StandIns]] = {
    "proposed": _proposed,
    "loose": _loose,
    "set_closed": _set_closed,
    "set_judged": _set_judged,
    "set_decided": _set_decided,
    "set_due": _set_due,
    "alike": _alike,
    "judged": _judged,
    "previewed": _previewed,
    "committed": _committed,
    "draft": _draft,
    "unclear": _unclear,
    "submitted": _submitted,
    "appraised": _appraised,
    "asked": _asked,
    "round": _round,
    "webhook": _webhook,
    "own headings": _own_headings,
    "mapping": _mapping,
    "stricter": _stricter,
    "by days": _by_days,
    "library": _library,
    "evaluated": _evaluated,
    "figures": _figures,
    "outside": _outside,
    "outside done": _done,
    "outside shown": _outside_shown,
}

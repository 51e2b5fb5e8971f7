"""The province that the table is asked about: every state of a version, at the own agency and at others."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Revision, Site, Task, TaskState, Workflow, WorkflowState

from api.clients.actions import add_client
from api.webhooks.actions import add_endpoint, send_trial, switch_off
from api.webhooks.models import DeliveryError
from api.webhooks.results import abandon
from catalog_pages.actions import page_of
from catalog_pages.models import CatalogIndexPage
from catalog_pages.transparency.actions import prepare_draft
from cms.assignments.models import Claim, Evidence, WorkAssignment
from cms.audit.models import AuditEvent
from cms.catalogs import actions
from cms.catalogs.models import CatalogItem, CatalogRound, CatalogVersion, ExtraColumn, OpinionStep
from cms.evaluations.models import Evaluation, Finding, Period
from cms.evaluations.models.periods import last_day_of
from cms.frameworks.actions import drafting
from cms.frameworks.conversion import definition_data
from cms.frameworks.models import CriteriaFramework, FrameworkVersion
from cms.organisations.actions import (
    edit_officer,
    enter_identity_number,
    grant_membership,
    load_shipped_authority,
    sync_groups,
)
from cms.organisations.models import Agency, Invitation, Membership, PositionGroup, Posting
from cms.users.enums import Role
from cms.users.models import User
from importers import actions as importing
from importers.mappings.models import ColumnMapping
from tests.factories import catalogs, frameworks
from tests.factories.agencies import Province, make_agency, make_province
from tests.factories.delegations import make_delegation
from tests.factories.figures import publish_figures
from tests.factories.officers import make_officer, make_position, make_posting
from tests.factories.people import make_member, make_people, make_user

ROLES_WITH_COLUMN = (
    "anonymous", "nobody", "uploader", "agency_head", "editor", "approver", "provincial_approver", "technical_admin",
    "api_client",
)  # fmt: skip
# And an account without a role that is the officer of the relation ``own``.
ROLES = (*ROLES_WITH_COLUMN, "officer")
# Keys of nothing at all.
NO_KEY = 999_999
NO_IDENTITY = uuid.UUID("00000000-0000-4000-8000-000000000000")
# An officer of the own agency without an account.
NO_ACCOUNT = "CC-CHUA-CO"
# A heading of uploads that nothing of the platform's own is called.
STRANGE_HEADING = "Người lập"
_HEADERS = (
    "Mã sản phẩm/công việc", "Tên nhiệm vụ", "Sản phẩm/công việc đầu ra", "Đơn vị tính", "Nhóm phức tạp (1-5)",
    "Hệ số quy đổi", STRANGE_HEADING,
)  # fmt: skip
# Relations, codes of the agencies, and how many steps each version has taken.
_STEPS = {
    "own": (("own_submitted", "tk-a", 1), ("own_appraised", "tk-b", 2), ("own_approved", "tk-c", 3)),
    "other": (("other_submitted", "xa-a", 1), ("other_appraised", "xa-b", 2), ("other_approved", "xa-c", 3)),
}


@dataclass(frozen=True)
class Subject:
    """The keys that an address about one agency's work is made of."""

    agency: int = NO_KEY
    agency_code: str = "khong-co"
    catalog: int = NO_KEY
    version: int = NO_KEY
    number: int = 99
    item: int = NO_KEY
    identity: uuid.UUID = NO_IDENTITY
    batch: uuid.UUID = NO_IDENTITY
    mapping: int = NO_KEY
    remark: int = NO_KEY
    page: int = NO_KEY
    page_path: str = "/danh-muc/khong-co/"
    revision: int = NO_KEY
    task_state: int = NO_KEY
    workflow_state: int = NO_KEY
    event: int = NO_KEY
    officer: int = NO_KEY
    posting: int = NO_KEY
    delegation: int = NO_KEY
    invitation: int = NO_KEY
    # Work of the officer: open, reported as done, confirmed; and an item of which more can be given at an agency.
    work: int = NO_KEY
    work_identity: uuid.UUID = NO_IDENTITY
    work_done: int = NO_KEY
    work_confirmed: int = NO_KEY
    work_agency: int = NO_KEY
    work_item: int = NO_KEY
    # A file that is evidence of the open work.
    evidence: int = NO_KEY
    evidence_identity: uuid.UUID = NO_IDENTITY
    # A claim about it, which the head of the agency decides.
    claim: int = NO_KEY
    claim_identity: uuid.UUID = NO_IDENTITY
    # A month of the agency, an officer's evaluation in it, and a case that holds the level down.
    period: int = NO_KEY
    evaluation: int = NO_KEY
    evaluation_identity: uuid.UUID = NO_IDENTITY
    finding: int = NO_KEY
    framework: int = NO_KEY
    framework_code: str = "khong-co"
    framework_revision: int = NO_KEY
    framework_step: int = NO_KEY
    framework_version: int = NO_KEY
    trial: int = NO_KEY


@dataclass(frozen=True)
class World:
    """Everybody, signed in, and everything that they may ask about."""

    province: Province
    people: dict[str, User]
    clients: dict[str, Client]
    subjects: dict[str, Subject]
    # What is there and belongs to no agency, by the name of the argument that names it.
    things: dict[str, int]

    def version(self, relation: str) -> CatalogVersion:
        """Return the version of a relation as it is now."""
        return CatalogVersion.objects.get(pk=self.subjects[relation].version)


def canary(place: str) -> str:
    """Return a word that stands in one place of the database and nowhere else."""
    return f"chimhoangyen{place.replace('_', '')}x"


def make_world() -> World:
    """Make the province. The own agency is ``province.statistics``, with what is below it; the rest is others'."""
    province = make_province()
    people = make_people(province) | {"officer": make_user("cong-chuc")}
    managed = make_officer(province.division, code=NO_ACCOUNT)
    subjects = {"missing": Subject(), "above": Subject(page=CatalogIndexPage.objects.get().pk, page_path="/danh-muc/")}
    subjects |= _own(people, province) | _others(people, province)
    subjects["manager"] = Subject(officer=managed.pk)
    subjects |= _with_frameworks(people, province, subjects)
    subjects["own"] = _with_evaluation(subjects["own"], province.statistics)
    subjects["other"] = _with_evaluation(subjects["other"], province.office)
    return World(province, people, _clients(people), subjects, _things(province))


def _own(people: dict[str, User], province: Province) -> dict[str, Subject]:
    uploader = people["uploader"]
    public = _with_columns(people, province)
    draft = catalogs.make_version(uploader, province.statistics)
    _edit_hidden_column(draft, people["editor"])
    _hide_canary(draft, uploader, "own")
    subjects = {
        "public": _subject(public),
        "own": replace(
            _subject(draft),
            batch=_upload(uploader, province.statistics, "own"),
            mapping=_mapping(uploader, province.statistics),
            **_officer(province.division, "own", people["officer"]),
            **_work(province.division, public.items.in_order()[0]),
        ),
    }
    for name, code, steps in _STEPS["own"]:
        agency = make_agency(province.statistics, code=code, name=f"Chi nhánh {code}")
        subjects[name] = _subject(_version(people, agency, steps, name))
    return subjects


def _with_columns(people: dict[str, User], province: Province) -> CatalogVersion:
    """Make the own agency's published version: columns of offices and of appraisers hold canaries."""
    actions.save_column(by=None, name="Nơi lưu", audience="offices")
    actions.save_column(by=None, name="Ghi chú nội bộ", audience="appraisers")
    version = catalogs.make_version(people["uploader"], province.statistics)
    held = {"noi_luu": canary("own_office"), "ghi_chu_noi_bo": canary("own_hidden")}
    version.items.filter(pk=version.items.in_order()[1].pk).update(extra=held)
    actions.refresh_summary(version)
    catalogs.submit(version, people["uploader"])
    catalogs.accept(version, people["editor"])
    return catalogs.decide(version, people["provincial_approver"])


def _edit_hidden_column(draft: CatalogVersion, editor: User) -> None:
    """Let the ledger tell of a change in the column of appraisers."""
    changes = {"extra.ghi_chu_noi_bo": f"{canary('own_hidden')} (sửa)"}
    actions.edit_items(
        by=editor, version=CatalogVersion.objects.get(pk=draft.pk), items=[draft.items.in_order()[1]], changes=changes
    )


def _others(people: dict[str, User], province: Province) -> dict[str, Subject]:
    writer = people["other_uploader"]
    draft = catalogs.make_submitted(people, province.office)
    _remark(people, draft)
    catalogs.send_back(draft, people["editor"], reason=canary("reason"))
    _hide_canary(draft, writer, "other")
    batch = _upload(writer, province.office, "other")
    mapping = _mapping(writer, province.office)
    officer = _officer(province.office, "other")
    item = CatalogItem.objects.filter(version__catalog__agency=province.statistics).in_order()[0]
    work = _work(province.office, item)
    subjects = {"other": replace(_subject(draft), batch=batch, mapping=mapping, **officer, **work)}
    for name, code, steps in (
        ("other_submitted", "xa-a", 1),
        ("other_appraised", "xa-b", 2),
        ("other_approved", "xa-c", 3),
    ):
        agency = make_agency(province.root, code=code, name=f"Xã {code}", kind="commune")
        subjects[name] = _subject(_version(people, agency, steps, name))
    return subjects


def _with_frameworks(people: dict[str, User], province: Province, subjects: dict[str, Subject]) -> dict[str, Subject]:
    """Add tried drafts of frameworks: the own agency's, another one's, and three of the province.

    ``public`` is published; ``other_submitted`` waits for approval; so does ``other_appraised``, but the approver wrote
    a part of it.
    """
    editor, shared = people["editor"], frameworks.published("nd335").framework
    made = {
        "public": shared,
        "own": _own_framework(editor, "own", province.statistics, shared),
        "other": _own_framework(editor, "other", province.office, shared),
        "other_submitted": _waiting_framework(people, "waiting", editor),
        "other_appraised": _waiting_framework(people, "appraised", people["approver"]),
    }
    return {
        name: replace(
            subjects[name], framework=each.pk, framework_code=each.code,
            framework_revision=each.latest_revision_id or NO_KEY,
            framework_version=each.versions.values_list("pk", flat=True).first() or NO_KEY,
            framework_step=_step_of(each, subjects[name]),
            trial=frameworks.tried(each, editor, comment=f"Chậm {canary(f'{name}comment')}").pk,
        )
        for name, each in made.items()
    }  # fmt: skip


def _own_framework(by: User, name: str, agency: Agency, base: CriteriaFramework) -> CriteriaFramework:
    title = f"Khung {canary(f'{name}framework')}"
    return drafting.specialise(by=by, framework=base, agency=agency, code=f"khung-{name}", name=title)


def _waiting_framework(people: dict[str, User], name: str, by: User) -> CriteriaFramework:
    """Make a draft of the province, let this person write in it, and submit it."""
    draft = drafting.load_shipped(by=people["editor"], code={"waiting": "tay-ninh", "appraised": "lao-cai"}[name])
    assert draft is not None
    today = timezone.localdate().isoformat()
    # Beside the published one it is for fewer, and nothing but the approval is to be left.
    communes = {"categories": ["civil_servant"], "roles": [], "position_groups": [], "kinds": ["commune"]}
    title = f"Khung {canary(f'{name}framework')}"
    draft = frameworks.written(draft, by, name=title, effective_from=today, applies_to=communes)
    frameworks.confirm_sources(definition_data(draft))
    frameworks.tried(draft, people["editor"])
    return frameworks.submitted(draft, people["editor"])


def _step_of(framework: CriteriaFramework, subject: Subject) -> int:
    """Return the step that waits; for a framework that waits for nothing, the step of the subject's page."""
    step = framework.current_workflow_task_state
    return step.pk if step else subject.task_state


def _version(people: dict[str, User], agency: Agency, steps: int, name: str) -> CatalogVersion:
    """Make a version that was submitted (1 step), appraised (2) and approved (3); open ones hold a canary."""
    writer = make_member(Role.UPLOADER, agency, f"writer-{agency.code}")
    version = catalogs.make_version(writer, agency)
    if steps < 3:
        _hide_canary(version, writer, name)
    catalogs.submit(version, writer)
    _note(people["editor"], version)
    if steps > 1:
        catalogs.accept(version, people["editor"])
        _note(people["provincial_approver"], version)
    if steps > 2:
        catalogs.decide(version, people["provincial_approver"])
    return version


def _hide_canary(version: CatalogVersion, writer: User, name: str) -> None:
    item = version.items.in_order().first()
    changes = {"name": f"Báo cáo {canary(name)}", "note": canary(f"{name}note")}
    actions.edit_items(by=writer, version=CatalogVersion.objects.get(pk=version.pk), items=[item], changes=changes)


def _note(by: User, version: CatalogVersion) -> None:
    version = CatalogVersion.objects.get(pk=version.pk)
    actions.leave_note(by=by, version=version, item=version.items.in_order().first(), text="Ghi rõ đầu ra")


def _remark(people: dict[str, User], version: CatalogVersion) -> None:
    version = CatalogVersion.objects.get(pk=version.pk)
    actions.leave_note(by=people["editor"], version=version, item=version.items.first(), text=canary("remark"))


def _subject(version: CatalogVersion) -> Subject:
    page = page_of(version)
    item = version.items.in_order().first()
    remark = version.remarks.order_by("-pk").first()
    states = WorkflowState.objects.filter(object_id=str(page.pk)).order_by("-pk")
    state = states.first()
    task_state = TaskState.objects.filter(workflow_state=state).order_by("-pk").first()
    return Subject(
        agency=version.catalog.agency_id, agency_code=version.catalog.agency.code, catalog=version.catalog_id,
        version=version.pk, number=version.number, item=item.pk, identity=item.identity, batch=NO_IDENTITY,
        remark=remark.pk if remark else NO_KEY,
        page=page.pk, page_path=f"/danh-muc/{page.slug}/",
        revision=Revision.objects.filter(object_id=str(page.pk)).latest("pk").pk,
        task_state=task_state.pk if task_state else NO_KEY, workflow_state=state.pk if state else NO_KEY,
        event=AuditEvent.objects.filter(agency_code=version.catalog.agency.code).latest("sequence").sequence,
    )  # fmt: skip


def workbook(*rows: tuple[Any, ...]) -> bytes:
    """Return a workbook of these rows in the platform's own layout."""
    from openpyxl import Workbook

    book = Workbook()
    for row in (_HEADERS, *rows):
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def catalog_file(word: str = "") -> SimpleUploadedFile:
    """Return an upload without errors, with a group that was taken for a number, and a column that nobody knows."""
    content = workbook(("TK.901", f"Thẩm định hồ sơ {word}", "Báo cáo", "báo cáo", "I", 1.5, "x"))
    return SimpleUploadedFile(f"danh-muc-{word}.xlsx", content)


def officers_file() -> SimpleUploadedFile:
    """Return an upload of officers without errors, for any agency."""
    text = (
        "Mã công chức;Họ và tên;Đối tượng;Chức danh;Từ ngày\nCC-TEP;Công chức 9995;Công chức;Chuyên viên;01/01/2026\n"
    )
    return SimpleUploadedFile("cong-chuc.csv", text.encode())


def _upload(by: User, agency: Agency, name: str) -> uuid.UUID:
    file = catalog_file(canary(f"{name}upload"))
    batch = importing.upload(by=by, agency=agency, file=ContentFile(file.read()), name=file.name or "", wait=True)
    return batch.pk


def _mapping(by: User, agency: Agency) -> int:
    """Have the agency remember a heading, and return the key."""
    values = {"header": "Cột cũ", "header_key": "cộtcũ", "column": "legal"}
    return ColumnMapping.objects.create(agency=agency, kind="catalog", by=by, **values).pk


def _officer(agency: Agency, name: str, account: User | None = None) -> dict[str, int]:
    """Add an officer whose name holds a canary, and return the keys."""
    posting = make_posting(agency, name=f"Công chức {canary(f'{name}officer')}")
    identity_number = {"own": "012345678908", "other": "012345678909"}[name]
    enter_identity_number(by=None, officer=posting.officer, number=identity_number)
    if account is not None:
        edit_officer(by=None, officer=posting.officer, account=account)
    delegation = make_delegation("acting", to=posting.officer, agency=agency)
    invitation = Invitation.objects.create(officer=posting.officer, account=account, email=f"{name}@example.org")
    return {
        "officer": posting.officer_id, "posting": posting.pk, "invitation": invitation.pk, "delegation": delegation.pk,
    }  # fmt: skip


def _with_evaluation(subject: Subject, agency: Agency) -> Subject:
    """Open this month for the agency's officer with a canary: nothing is done yet, and a lock is proposed."""
    posting = Posting.objects.get(pk=subject.posting)
    approver, now = User.objects.get(username="approver"), timezone.now()
    first_day = timezone.localdate().replace(day=1)
    period = Period.objects.create(
        agency=agency, kind="month", first_day=first_day, last_day=last_day_of("month", first_day), opened_at=now,
        steps=["assess", "mark", "decide"], lock_proposed_by=approver, lock_proposed_at=now,
    )  # fmt: skip
    evaluation = Evaluation.objects.create(
        period=period, officer=posting.officer, posting=posting, agency=posting.agency, role=posting.role,
        category=posting.officer.category, position_group=posting.position.group.code,
        framework=FrameworkVersion.objects.filter(framework__code="nd335").latest("number"), awaits="assess",
    )  # fmt: skip
    finding = Finding.objects.create(
        evaluation=evaluation, code="degradation", document="12-KL/TU", recorded_by=approver,
        recorded_at=now,
    )  # fmt: skip
    return replace(
        subject, period=period.pk, evaluation=evaluation.pk, evaluation_identity=evaluation.identity,
        finding=finding.pk,
    )  # fmt: skip


def _work(agency: Agency, item: CatalogItem) -> dict[str, Any]:
    """Give the agency's officer with a canary work in three states, and return the keys."""
    posting = Posting.objects.filter(agency=agency, officer__name__contains="chimhoangyen").latest("pk")
    today = timezone.localdate()

    def add(state: str, **more: Any) -> WorkAssignment:
        return WorkAssignment.objects.create(
            officer=posting.officer, posting=posting, agency=agency, item=item, item_identity=item.identity,
            code=item.code, name=item.name, coefficient=item.coefficient, assigned=2, given_on=today, due_on=today,
            state=state, **more,
        )  # fmt: skip

    work, done = add("given"), add("done", completed=2, done_on=today)
    approver = User.objects.get(username="approver")
    evidence = Evidence(work=work, kind="file", name="anh.png", sha256="0" * 64, size=3, added_by=approver)
    evidence.file.save(evidence.identity.hex, ContentFile(b"anh"))
    claim = Claim.objects.create(
        work=work, about="late", cause="partner", statement="Chờ số liệu.", made_by=approver, made_at=timezone.now(),
        competent_reason="", decide_by=today,
    )  # fmt: skip
    confirmed = add("confirmed", completed=2, done_on=today, confirmed_by=approver, confirmed_at=timezone.now())
    return {
        "work": work.pk, "work_identity": work.identity, "work_done": done.pk, "work_confirmed": confirmed.pk,
        "work_agency": agency.pk, "work_item": item.pk, "evidence": evidence.pk, "evidence_identity": evidence.identity,
        "claim": claim.pk, "claim_identity": claim.identity,
    }  # fmt: skip


def _release(province: Province) -> int:
    """Publish the figures, change what they count, and have them prepared, so that there is something to publish."""
    number = publish_figures().number
    make_agency(province.root, code="xa-moi", name="Xã mới", kind="commune")
    prepare_draft(by=None, wait=True)
    return number


def _things(province: Province) -> dict[str, int]:
    day = date(2026, 1, 31)
    round_ = CatalogRound.objects.create(
        name="Đợt 2026", year=2026, submit_by=day, appraise_by=day + timedelta(30), approve_by=day + timedelta(60)
    )
    clerk = make_member(Role.UPLOADER, province.commune, "clerk")
    waiting = grant_membership(by=None, user=make_user("waiting"), role=Role.UPLOADER, agency=province.commune)
    Membership.objects.filter(pk=waiting.pk).update(role=Role.APPROVER, confirmed_at=None)
    return {
        "agency": province.commune.pk,
        "api_client": _api_client(province),
        "authority_table": load_shipped_authority(by=None).pk,
        "collection": 1,
        "document": _document(),
        "group": Group.objects.get(name=Role.EDITOR.group_name).pk,
        "image": _image(),
        "position": make_position().pk,
        "membership": clerk.memberships.get().pk,
        "position_group": PositionGroup.objects.create(code="mot-cua", name="Bộ phận một cửa").pk,
        "release": _release(province),
        "redirect": Redirect.add_redirect("/cu", "/danh-muc/").pk,
        "round": round_.pk,
        "step": OpinionStep.objects.create(block="front", order=1, name="Hội đồng", role=Role.EDITOR).pk,
        "column": actions.save_column(by=None, name="Mức ưu tiên").pk,
        "column_waiting": _column_waiting(province),
        "site": Site.objects.get().pk,
        "task": Task.objects.order_by("pk")[0].pk,
        "user": clerk.pk,
        "waiting": waiting.pk,
        **_webhooks(province),
        "workflow": Workflow.objects.filter(active=True, workflow_pages__isnull=False).earliest("pk").pk,
    }


def _column_waiting(province: Province) -> int:
    """Have another editor propose a guidance for the column of offices, in which a version holds something."""
    other = make_member(Role.EDITOR, province.home_affairs, "other_editor")
    column = ExtraColumn.objects.get(key="noi_luu")
    return actions.save_column(by=other, column_id=column.pk, help_text="Kho lưu trữ").pk


def _api_client(province: Province) -> int:
    last_day = timezone.localdate() + timedelta(30)
    client, _secret = add_client(
        by=None, name="Phần mềm", agency=province.commune, scopes=["catalogs:read"], last_day=last_day
    )
    return client.pk


def _webhooks(province: Province) -> dict[str, int]:
    """Add a webhook with a delivery that was given up, and one that is switched off."""
    last_day = timezone.localdate() + timedelta(30)
    client, _secret = add_client(
        by=None, name="Phần mềm nhận", agency=province.commune, scopes=["catalogs:read"], last_day=last_day
    )
    endpoint, _secret = add_endpoint(by=None, client=client, url=f"https://localhost/{canary('webhook')}")
    off, _secret = add_endpoint(by=None, client=client, url="https://localhost/tat")
    switch_off(by=None, endpoint=off, reason="Bảo trì")
    delivery = send_trial(by=None, endpoint=endpoint)
    abandon(delivery, DeliveryError.NO_CONNECTION)
    return {"webhook": endpoint.pk, "webhook_off": off.pk, "delivery": delivery.pk}


def _document() -> int:
    return Document.objects.create(title="Hướng dẫn", file=ContentFile(b"Huong dan", name="huong-dan.txt")).pk


def _image() -> int:
    return Image.objects.create(title="Hình", file=get_test_image_file("hinh.png")).pk


def _clients(people: dict[str, User]) -> dict[str, Client]:
    clients = {"anonymous": Client()}
    for role, person in people.items():
        # Done on the first request of a day anyway; no request of a test then has a reason to write.
        sync_groups(user=person)
        clients[role] = Client(raise_request_exception=False)
        clients[role].force_login(person, backend="cms.organisations.backends.MembershipBackend")
    return clients

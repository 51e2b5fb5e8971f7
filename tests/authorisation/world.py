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
from catalog_pages.joint_decisions import prepare_decision
from catalog_pages.models import CatalogIndexPage, HomePage, NewsIndexPage
from catalog_pages.transparency.actions import prepare_draft
from cms.assignments.actions import map_name, save_system
from cms.assignments.models import (
    Absence,
    Claim,
    DayOff,
    Evidence,
    OutsideMessage,
    OutsideWork,
    PlanTask,
    PositionTemplate,
    WorkAssignment,
    WorkProposal,
    WorkRule,
)
from cms.audit.models import AuditEvent
from cms.catalogs import actions
from cms.catalogs.models import CatalogItem, CatalogRound, CatalogVersion, ExtraColumn, OpinionStep
from cms.changesets.models import ChangeSet, Proposal
from cms.curation.models import Abbreviation
from cms.evaluations.actions import load_shipped_procedure
from cms.evaluations.models import DossierFile, Evaluation, Figure, Finding, Period, Procedure, Shortcoming, YearClock
from cms.evaluations.models.periods import last_day_of
from cms.evaluations.shipped_procedures import PROCEDURES
from cms.frameworks.actions import drafting
from cms.frameworks.conversion import definition_data
from cms.frameworks.models import CriteriaFramework, FrameworkVersion
from cms.notices.models import Message
from cms.organisations.actions import (
    draft_authority_table,
    edit_officer,
    enter_identity_number,
    grant_membership,
    issue_authority_table,
    load_shipped_authority,
    sync_groups,
)
from cms.organisations.models import Agency, Invitation, Membership, Officer, PositionGroup, Posting
from cms.questions.actions import ask_question
from cms.questions.models import QuestionFile, QuestionTopic
from cms.users.enums import Role
from cms.users.models import User
from importers import actions as importing
from importers.mappings.models import ColumnMapping
from tests.factories import catalogs, frameworks, surveys
from tests.factories.agencies import Province, make_agency, make_province
from tests.factories.curation import make_cluster, make_link
from tests.factories.decided import make_decided
from tests.factories.delegations import make_delegation
from tests.factories.figures import publish_figures
from tests.factories.officers import make_officer, make_position, make_posting
from tests.factories.outside import message as message_of_system
from tests.factories.people import make_member, make_people, make_user

ROLES_WITH_COLUMN = (
    "anonymous", "nobody", "uploader", "agency_head", "editor", "approver", "provincial_approver", "technical_admin",
    "api_client",
)  # fmt: skip
# And accounts without a role: the officer of the relation ``own``, that one's direct manager, and who classifies them.
SUPERIORS = ("manager", "authority")
ROLES_WITHOUT_COLUMN = ("officer", *SUPERIORS)
ROLES = (*ROLES_WITH_COLUMN, *ROLES_WITHOUT_COLUMN)
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
    work_done_identity: uuid.UUID = NO_IDENTITY
    # A system that writes for the agency, with a message that waits and the name that it waits for.
    outside_system: str = "khong-co"
    outside_message: int = NO_KEY
    outside_name: int = NO_KEY
    work_confirmed: int = NO_KEY
    work_agency: int = NO_KEY
    work_item: int = NO_KEY
    # Work that the officer proposed to the catalog: not decided yet, and in a version that holds.
    proposal: int = NO_KEY
    proposal_taken: int = NO_KEY
    # A rule of repeated work, an absence and a template, of the officer and of their position at the agency.
    work_rule: int = NO_KEY
    absence: int = NO_KEY
    work_template: int = NO_KEY
    work_position: int = NO_KEY
    # Plan tasks of the agency: open, reported, confirmed.
    plan: int = NO_KEY
    plan_reported: int = NO_KEY
    plan_confirmed: int = NO_KEY
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
    # A file of its dossier, which the officer may read.
    dossier_file: int = NO_KEY
    dossier_identity: uuid.UUID = NO_IDENTITY
    # What the agency asked, with a file.
    question: int = NO_KEY
    question_file: int = NO_KEY
    # A year in which a unit of the agency is evaluated, and what has to be remedied there.
    organisation_period: int = NO_KEY
    organisation_evaluation: int = NO_KEY
    organisation_identity: uuid.UUID = NO_IDENTITY
    shortcoming: int = NO_KEY
    figure: int = NO_KEY
    # The month before, decided: an evaluation with its result.
    decided_period: int = NO_KEY
    decided_identity: uuid.UUID = NO_IDENTITY
    result_number: int = 99
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
    people = make_people(province) | {role: make_user(f"tk-{role}") for role in ROLES_WITHOUT_COLUMN}
    managed = make_officer(province.division, code=NO_ACCOUNT)
    subjects = {"missing": Subject(), "above": Subject(page=CatalogIndexPage.objects.get().pk, page_path="/danh-muc/")}
    subjects |= _own(people, province) | _others(people, province)
    authority = _superiors(people, province, subjects["own"])
    subjects["manager"] = Subject(officer=managed.pk)
    subjects |= _with_frameworks(people, province, subjects)
    subjects["own"] = _with_evaluation(subjects["own"], province.statistics, evaluator=authority)
    subjects["other"] = _with_evaluation(subjects["other"], province.office)
    subjects["own"] = _with_organisation(subjects["own"], province.division)
    elsewhere = make_agency(province.office, code="phong-khac", name="Phòng khác", kind="division")
    subjects["other"] = _with_organisation(subjects["other"], elsewhere)
    subjects["own"] = _with_question(subjects["own"], people["uploader"], province.statistics, "own")
    subjects["other"] = _with_question(subjects["other"], people["other_uploader"], province.office, "other")
    things = _things(province, people["editor"]) | _decision(people, subjects)
    things |= {"message": _message(people["uploader"])} | _surveys(people["approver"])
    return World(province, people, _clients(people), subjects, things)


def _with_question(subject: Subject, by: User, agency: Agency, name: str) -> Subject:
    """Let the agency ask something that nobody has answered."""
    file = ContentFile(b"%PDF-1.7 hoi", name="hoi.pdf")
    question = ask_question(
        by=by, agency=agency, topic=QuestionTopic.objects.first(), subject="Đơn vị chuẩn",
        text=f"Hỏi về {canary(f'{name}_question')}", attachments=[file],
    )  # fmt: skip
    return replace(subject, question=question.pk, question_file=QuestionFile.objects.get(entry__question=question).pk)


def _message(user: User) -> int:
    """Return a message that this person alone was told."""
    return Message.objects.create(
        recipient=user, kind="upload.done", subject="Tệp", text=canary("message"), link="/admin/", email_state="none"
    ).pk


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


_EVALUATION_STEPS = [
    {"step": step, "name": "", "actor": actor, "due": None, "remind": None, "numbered": False}
    for step, actor in (("assess", "self"), ("mark", "evaluate"), ("decide", "classify"))
]


def _superiors(people: dict[str, User], province: Province, own: Subject) -> Officer:
    """Give the officer of ``own`` a manager by a decision; return the head of the department, who classifies them."""
    manager, head = make_officer(province.statistics), make_officer(province.statistics, role="head")
    edit_officer(by=None, officer=manager, account=people["manager"])
    edit_officer(by=None, officer=head, account=people["authority"])
    make_delegation("named", Officer.objects.get(pk=own.officer), manager)
    table = load_shipped_authority(by=None)
    day = timezone.localdate()
    issue_authority_table(by=None, table=table, effective_from=day, decision_number="1/QĐ")
    Claim.objects.filter(pk=own.claim).update(competent=head)
    return head


def _with_evaluation(subject: Subject, agency: Agency, evaluator: Officer | None = None) -> Subject:
    """Open this month for the agency's officer with a canary: nothing is done yet, and a lock is proposed."""
    posting = Posting.objects.get(pk=subject.posting)
    approver, now = User.objects.get(username="approver"), timezone.now()
    first_day = timezone.localdate().replace(day=1)
    period = Period.objects.create(
        agency=agency, kind="month", first_day=first_day, last_day=last_day_of("month", first_day), opened_at=now,
        lock_proposed_by=approver, lock_proposed_at=now,
    )  # fmt: skip
    evaluation = Evaluation.objects.create(
        period=period, officer=posting.officer, posting=posting, agency=posting.agency, role=posting.role,
        category=posting.officer.category, position_group=posting.position.group.code,
        framework=FrameworkVersion.objects.filter(framework__code="nd335").latest("number"), awaits="assess",
        awaits_actor="self", steps=_EVALUATION_STEPS,
        evaluator=evaluator,
    )  # fmt: skip
    finding = Finding.objects.create(
        evaluation=evaluation, code="degradation", document="12-KL/TU", recorded_by=approver,
        recorded_at=now,
    )  # fmt: skip
    brought = DossierFile(
        evaluation=evaluation, kind="minutes", is_of_subject=True, name="bien-ban.pdf", media_type="application/pdf",
        size=3, sha256="0" * 64, added_by=approver,
    )  # fmt: skip
    brought.file.save(brought.identity.hex, ContentFile(b"pdf"))
    return replace(
        subject, dossier_file=brought.pk, dossier_identity=brought.identity,
        period=period.pk, evaluation=evaluation.pk, evaluation_identity=evaluation.identity,
        finding=finding.pk, **_decided_month(agency, posting, approver, first_day),
    )  # fmt: skip


def _with_organisation(subject: Subject, unit: Agency) -> Subject:
    """Open this year for a unit of an agency, which has something to remedy; a lock is proposed."""
    approver, now = User.objects.get(username="approver"), timezone.now()
    first_day, agency = timezone.localdate().replace(month=1, day=1), unit.get_parent()
    period = Period.objects.create(
        agency=agency, kind="year", subject_kind="organisation", first_day=first_day,
        last_day=last_day_of("year", first_day), opened_at=now,
        lock_proposed_by=approver, lock_proposed_at=now,
    )  # fmt: skip
    one = Evaluation.objects.create(
        period=period, organisation=unit, agency=unit, role="organisation", awaits="assess"
    )  # fmt: skip
    shortcoming = Shortcoming.objects.create(
        organisation=unit, source="inspection", words="Chậm công khai.", document="05/KL-TTr", found_on=first_day,
        recorded_by=approver, recorded_at=now,
    )  # fmt: skip
    figure = Figure.objects.create(
        code="par-index", agency=unit, value=88, measured_on=first_day, source="QĐ 9/QĐ-BNV", recorded_by=approver,
        recorded_at=now,
    )  # fmt: skip
    return replace(
        subject, figure=figure.pk, organisation_period=period.pk, organisation_evaluation=one.pk,
        organisation_identity=one.identity, shortcoming=shortcoming.pk,
    )  # fmt: skip


def _decided_month(agency: Agency, posting: Posting, by: User, this_month: date) -> dict[str, Any]:
    """Decide about the officer with a canary in the month before, with the canary of the agency in the receipt."""
    first_day = (this_month - timedelta(days=1)).replace(day=1)
    words = canary("own_receipt" if agency.code == "thong-ke" else "other_receipt")
    result = make_decided(agency, posting, by, first_day=first_day, words=words)
    one = result.evaluation
    return {"decided_period": one.period_id, "decided_identity": one.identity, "result_number": result.number}


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
    evidence = Evidence(
        work=work, kind="file", name="anh.png", media_type="image/png", sha256="0" * 64, size=3, added_by=approver
    )
    evidence.file.save(evidence.identity.hex, ContentFile(b"anh"))
    claim = Claim.objects.create(
        work=work, about="late", cause="partner", statement="Chờ số liệu.", made_by=approver, made_at=timezone.now(),
        competent_reason="", decide_by=today,
    )  # fmt: skip
    confirmed = add("confirmed", completed=2, done_on=today, confirmed_by=approver, confirmed_at=timezone.now())
    return _plans(agency) | _planned(posting, item) | _proposed(posting, item, approver) | {
        "work": work.pk, "work_identity": work.identity, "work_done": done.pk, "work_done_identity": done.identity,
        **_outside(agency, work), "work_confirmed": confirmed.pk,
        "work_agency": agency.pk, "work_item": item.pk, "evidence": evidence.pk, "evidence_identity": evidence.identity,
        "claim": claim.pk, "claim_identity": claim.identity,
    }  # fmt: skip


def _proposed(posting: Posting, item: CatalogItem, by: User) -> dict[str, int]:
    """Propose the officer's work to the catalog, once more as an item that holds."""
    today = timezone.localdate()

    def propose(**more: Any) -> int:
        return WorkProposal.objects.create(
            posting=posting, name="Kiểm kê sau bão", unit="biên bản", quantity=1, given_on=today, due_on=today,
            reason="Lũ lụt", made_by=by, **more,
        ).pk  # fmt: skip

    taken = {"state": "taken", "item_identity": item.identity, "code": item.code}
    return {"proposal": propose(), "proposal_taken": propose(**taken)}


def _planned(posting: Posting, item: CatalogItem) -> dict[str, int]:
    """Give the officer a rule and an absence, and the position a template."""
    today, identity = timezone.localdate(), item.identity
    said = {"item_identity": identity, "code": item.code, "name": item.name, "assigned": 1}
    rule = WorkRule.objects.create(posting=posting, rhythm="weekly", day=5, first_day=today, **said)
    day = today + timedelta(100)
    absence = Absence.objects.create(officer=posting.officer, first_day=day, last_day=day, reason="Phép")
    template = PositionTemplate.objects.create(agency=posting.agency, position=posting.position)
    template.lines.create(day=25, **said)
    return {
        "work_rule": rule.pk, "absence": absence.pk, "work_template": template.pk, "work_position": posting.position_id
    }  # fmt: skip


def _plans(agency: Agency) -> dict[str, int]:
    """Give the agency plan tasks in three states, and return the keys."""
    today, approver, decided = timezone.localdate(), User.objects.get(username="approver"), timezone.now()

    def add(state: str, **more: Any) -> int:
        task = PlanTask.objects.create(
            agency=agency, giver=agency, name="Quyết toán", given_on=today, due_on=today, state=state, **more
        )
        return task.pk

    done = {"done_on": today, "reported_by": approver}
    judged = {"quality_met": True, "effect_met": True, "exceeded": False, "judged_at": decided}
    judge = User.objects.get(username="provincial_approver")
    return {
        "plan": add("given"),
        "plan_reported": add("reported", **done),
        "plan_confirmed": add("confirmed", **done, **judged, judged_by=judge),
    }


def _outside(agency: Agency, work: WorkAssignment) -> dict[str, Any]:
    """Add a system that writes for the agency, in the name of the API client of the table where it is the own one."""
    accounts = User.objects.filter(username="api_client") if agency.code == "phong-tong-hop" else []
    system = save_system(
        by=None, code=f"he-thong-{agency.code}", name="Hệ thống", agencies=[agency], accounts=list(accounts)
    )  # fmt: skip
    OutsideWork.objects.create(
        system=system, outside_id="CV-1", work=work, sequence=1, digest="0" * 64, received_at=timezone.now()
    )
    name = map_name(by=None, system=system, about="person", key="nv99")
    message = OutsideMessage.objects.create(
        system=system, outside_id="CV-2", sequence=1, state="waiting", code="no_person", reason="Chưa ánh xạ.",
        content=message_of_system("CV-2").stored, missing=[["person", "nv99"]], received_at=timezone.now(),
    )  # fmt: skip
    return {"outside_system": system.code, "outside_message": message.pk, "outside_name": name.pk}


def _release(province: Province) -> int:
    """Publish figures and a list of news; change what is counted and prepare it, so that there is some to publish."""
    number = publish_figures().number
    HomePage.objects.get().add_child(instance=NewsIndexPage(title="Tin tức", slug="tin-tuc"))
    make_agency(province.root, code="xa-moi", name="Xã mới", kind="commune")
    prepare_draft(by=None, wait=True)
    return number


def _change_set(province: Province, by: User) -> dict[str, int]:
    """Open a set with a proposal of the Department about an item of the own list."""
    item = CatalogItem.objects.filter(version__catalog__agency=province.statistics, version__number=1)[0]
    change_set = ChangeSet.objects.create(name="Bộ quý I", by=by)
    proposal = Proposal.objects.create(
        catalog=item.version.catalog, change_set=change_set, kind="end", identity=item.identity, code=item.code,
        name=item.name, reason="Không còn làm", former=item.content, by=by,
    )  # fmt: skip
    return {"change_set": change_set.pk, "item_proposal": proposal.pk}


def _surveys(holder: User) -> dict[str, int]:
    """Add a survey that is open, with a link, and one that is over."""
    asking, over = surveys.make_survey(), surveys.end(surveys.make_survey(title="Khảo sát đã xong"))
    surveys.links(holder, asking, None)
    return {"survey": asking.pk, "survey_over": over.pk}


def _things(province: Province, editor: User) -> dict[str, int]:
    day = date(2026, 1, 31)
    round_ = CatalogRound.objects.create(
        name="Đợt 2026", year=2026, submit_by=day, appraise_by=day + timedelta(30), approve_by=day + timedelta(60)
    )
    clerk = make_member(Role.UPLOADER, province.commune, "clerk")
    waiting = grant_membership(by=None, user=make_user("waiting"), role=Role.UPLOADER, agency=province.commune)
    Membership.objects.filter(pk=waiting.pk).update(role=Role.APPROVER, confirmed_at=None)
    cluster, judgement = make_cluster()
    return {
        "agency": province.commune.pk,
        "abbreviation": Abbreviation.objects.create(
            letters="TTLT", written_out="thông tư liên tịch", changed_by=judgement.by
        ).pk,
        "cluster": cluster.pk,
        **_change_set(province, editor),
        "judgement": judgement.pk,
        "common_link": make_link(CatalogVersion.objects.latest("pk"), judgement.by).pk,
        "api_client": _api_client(province),
        "authority_table": draft_authority_table(by=None, block="government").pk,
        "clock": YearClock.objects.create(name="Báo cáo", months=[6], first_day=5, last_day=10).pk,
        "collection": 1,
        "day_off": DayOff.objects.latest("pk").pk,
        "document": _document(),
        "group": Group.objects.get(name=Role.EDITOR.group_name).pk,
        "image": _image(),
        "position": make_position().pk,
        "procedure": _procedure().pk,
        "membership": clerk.memberships.get().pk,
        "position_group": PositionGroup.objects.create(code="mot-cua", name="Bộ phận một cửa").pk,
        "question_topic": QuestionTopic.objects.latest("pk").pk,
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


def _decision(people: dict[str, User], subjects: dict[str, Subject]) -> dict[str, int]:
    """Enter a decision that approves nothing yet."""
    pdf = SimpleUploadedFile("quyet-dinh.pdf", b"%PDF-1.7\n", "application/pdf")
    today = timezone.localdate()
    chosen = CatalogVersion.objects.filter(pk=subjects["own_appraised"].version)
    prepared = prepare_decision(
        by=people["provincial_approver"], file=pdf, versions=chosen, number="76/QĐ-UBND", decision_date=today,
        signer="Chủ tịch UBND tỉnh", effective_from=today,
    )  # fmt: skip
    return {"decision": prepared.pk}


def _procedure() -> Procedure:
    """Return a draft that nobody in particular wrote."""
    draft = load_shipped_procedure(by=None, spec=PROCEDURES[0])
    assert draft is not None
    return draft


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

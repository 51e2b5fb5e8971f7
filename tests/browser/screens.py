"""The screens that the browser tests look at: who sees what, on a small province with catalogs in every state."""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass

from django.core.files.base import File
from django.urls import reverse
from django.utils import timezone

from api.clients.actions import add_client, make_secret
from api.clients.models import ApiClient
from api.webhooks.actions import add_endpoint, send_trial, switch_off
from api.webhooks.models import DeliveryError
from api.webhooks.results import abandon, record_result
from api.webhooks.sending import SendResult
from catalog_pages.actions import page_of
from catalog_pages.transparency.actions import prepare_draft
from cms.assignments.actions import return_work
from cms.audit.models import AuditEvent
from cms.catalogs import actions
from cms.catalogs.models import CatalogVersion, ExtraColumn
from cms.core.personal import all_pages
from cms.evaluations.models import Period
from cms.frameworks.actions import trying
from cms.frameworks.models import CriteriaFramework, FrameworkVersion, Trial
from cms.frameworks.trials.sample import sample_subjects
from cms.organisations.actions import edit_officer, grant_membership, note_read, start_posting
from cms.organisations.enums import OfficerData
from cms.organisations.models import Agency, Invitation, Membership
from cms.organisations.models.invitations import hash_token
from cms.users.enums import Role
from cms.users.models import User
from importers import actions as imports
from importers.mappings.models import ColumnMapping
from importers.models import ImportBatch
from tests.browser import change_set_screens, evaluation_screens, question_screens, survey_screens
from tests.factories import catalogs, frameworks, work
from tests.factories.agencies import Province
from tests.factories.figures import publish_figures
from tests.factories.officers import make_posting, values
from tests.factories.people import make_member, make_user

WITH_ERRORS = (
    "Mã sản phẩm/công việc;Tên nhiệm vụ;Sản phẩm/công việc đầu ra;Đơn vị tính;Nhóm phức tạp (1-5);Hệ số quy đổi\n"
    "TK.901;Thẩm định hồ sơ;;báo cáo;Nhóm 2;abc\n"
) + "".join(f"TK.91{number};Việc {number};Báo cáo {number};báo cáo;1;1,5 điểm\n" for number in range(5))
WITH_OWN_HEADINGS = (
    "Ký hiệu;Đầu việc;Kết quả giao nộp;Tính theo;Bậc;HSQĐ;Người lập\n"
    "TK.901;Thẩm định hồ sơ trình lãnh đạo;Báo cáo;báo cáo;2;1,5;Công chức 0001\n"
)
PUBLIC = "/danh-muc/chi-cuc-thong-ke/"


@dataclass(frozen=True)
class World:
    """What the screens are about."""

    people: dict[str, User]
    province: Province
    approved: CatalogVersion
    waiting: CatalogVersion
    appraised: CatalogVersion
    previewed: ImportBatch
    refused: ImportBatch
    unmatched: ImportBatch
    written: ImportBatch
    at_work: ImportBatch
    framework: CriteriaFramework
    trial: Trial
    published: FrameworkVersion
    period: Period


def make_world(people: dict[str, User], province: Province, workbook: bytes) -> World:
    """Make a catalog that is approved, one that waits with a note, one that waits for the decision, and uploads."""
    people["officer"] = _officer(people, province)
    publish_figures()
    approved = catalogs.make_approved(people, province.statistics)
    publish_figures()
    waiting = catalogs.make_submitted(people, province.office)
    actions.leave_note(by=people["editor"], version=waiting, item=waiting.items.first(), text="Ghi rõ đầu ra.")
    prepare_draft(by=people["editor"], wait=True)
    return World(
        people, province, approved, waiting, _appraised(people, province),
        _upload(people["uploader"], province.statistics, workbook, "thong-ke.v2.xlsx"),
        _upload(people["uploader"], province.statistics, WITH_ERRORS.encode(), "sai.csv"),
        _with_own_headings(people["uploader"], province.statistics),
        _written(people["editor"], province.home_affairs, workbook),
        ImportBatch.objects.create(
            kind="catalog", by=people["uploader"], agency=province.statistics, file_name="lon.xlsx", size=9_000_000
        ),
        frameworks.draft_of("nd335"), _trial(people["editor"]), _published(people["editor"]),
        evaluation_screens.open_month(
            approved.items.in_order()[0], people["uploader"], people["agency_head"], people["officer"]
        ),
    )  # fmt: skip


def _officer(people: dict[str, User], province: Province) -> User:
    """Return the account of an officer who has worked elsewhere, and whose data was read."""
    posting = make_posting(province.division, role="head", fields_in_charge=["Tổng hợp, tổ chức"])
    past = values(
        province.office, is_main=False, valid_from=datetime.date(2024, 1, 1), valid_to=datetime.date(2024, 12, 31)
    )
    start_posting(by=None, officer=posting.officer, values=past)
    for role in ("editor", "uploader"):
        note_read(by=people[role], officer=posting.officer, what=OfficerData.STAFF_RECORD)
    account = make_user()
    edit_officer(by=None, officer=posting.officer, account=account)
    return account


def _invitation(province: Province) -> int:
    """Return the key of a link that the mail server did not take."""
    officer = make_posting(province.division).officer
    return Invitation.objects.create(officer=officer, email="cong-chuc@example.com", failure="refused").pk


def set_up_address(province: Province) -> str:
    """Return the address of a link that waits for its officer."""
    token = "lien-ket-thu-nghiem"
    officer, account = make_posting(province.division).officer, make_user()
    edit_officer(by=None, officer=officer, account=account)
    Invitation.objects.create(
        officer=officer, account=account, email=account.email, token_hash=hash_token(token), sent_at=timezone.now(),
        expires_at=timezone.now() + datetime.timedelta(7),
    )  # fmt: skip
    return reverse("set_up_account", args=[token])


def _appraised(people: dict[str, User], province: Province) -> CatalogVersion:
    clerk = make_member(Role.UPLOADER, province.commune)
    version = catalogs.submit(catalogs.make_version(clerk, province.commune), clerk)
    return catalogs.accept(version, people["editor"])


def _upload(by: User, agency: Agency, content: bytes, name: str) -> ImportBatch:
    batch = imports.upload(by=by, agency=agency, file=File(io.BytesIO(content), name), name=name, wait=True)
    batch.refresh_from_db()
    return batch


def _with_own_headings(by: User, agency: Agency) -> ImportBatch:
    """Send a file with headings that nobody knows, when another such heading has been matched before."""
    batch = _upload(by, agency, WITH_OWN_HEADINGS.encode(), "ten-cot-rieng.csv")
    words = {"header": "Ghi thêm", "header_key": "ghithêm", "column": "note"}
    ColumnMapping.objects.create(agency=agency, kind=batch.kind, by=by, **words)
    return batch


def _written(by: User, agency: Agency, content: bytes) -> ImportBatch:
    """Write an upload of which somebody edits one item since."""
    batch = imports.commit(by=by, batch=_upload(by, agency, content, "so-noi-vu.xlsx"))
    item = batch.catalog.committed_to.items.in_order()[0]
    actions.edit_items(by=by, version=batch.catalog.committed_to, items=[item], changes={"note": "xem lại"})
    return batch


def _trial(by: User) -> Trial:
    """Return a trial of a draft on a few made-up people, done."""
    draft = frameworks.draft_of("lao-cai")
    subjects = sample_subjects(trying.readable_draft(draft))[::13]
    inputs = trying.add_inputs(by=by, name="Quý III", subjects=subjects, subject="officer", made_up=True)
    return trying.run_trial(trying.start_trial(by=by, framework=draft, inputs_=inputs))


def addresses(world: World) -> dict[str, list[str]]:
    """Return the main screens by role, and those of a visitor under an empty name."""
    waiting, commit = f"/admin/catalogs/versions/{world.waiting.pk}/", f"/admin/imports/{world.previewed.pk}/"
    own = f"/admin/catalogs/versions/{world.approved.pk}/"
    upload = f"/admin/imports/agencies/{world.province.statistics.pk}/upload/"
    everybody = [
        "/admin/",
        "/admin/search/?q=thong+ke",
        "/hop-tin/",
        "/hop-tin/thu-dien-tu/",
        "/admin/account/",
        "/accounts/password/change/",
        "/accounts/2fa/",
    ]
    agency = [
        own,
        f"{own}items/",
        "/admin/catalogs/",
        "/admin/imports/",
        upload,
        commit,
        f"/admin/imports/{world.refused.pk}/?edit={world.refused.problems.first().pk}",
        f"/admin/imports/{world.at_work.pk}/",
        f"/admin/imports/{world.unmatched.pk}/columns/",
        f"/admin/imports/agencies/{world.province.statistics.pk}/columns/",
        "/admin/officers/",
        "/admin/officers/accounts/",
        "/admin/officers/accounts/give/",
        "/admin/officers/accounts/upload/",
        "/admin/officers/accounts/retry/",
        f"/admin/officers/accounts/{_invitation(world.province)}/again/",
    ]
    people = world.people
    return {
        "": [
            *survey_screens.of_visitors(world.people["approver"], world.province.statistics),
            *_of_visitors(world), set_up_address(world.province), reverse("set_up_account", args=["khong-co"])],
        "uploader": [
            *everybody, *agency, f"{own}items/{_first(world.approved)}/",
            f"/admin/imports/agencies/{world.province.statistics.pk}/officers/upload/",
            f"/admin/imports/agencies/{world.province.statistics.pk}/figures/upload/",
            *question_screens.of_agency(people["uploader"], world.province.statistics, people["editor"]),
        ],
        "agency_head": [
            *everybody, *agency, "/admin/frameworks/without/officers/", "/admin/frameworks/without/organisations/",
            "/admin/frameworks/contract-staff/", "/admin/frameworks/contract-staff/choose/", *_of_work(world),
            *evaluation_screens.of_desk(world.period),
        ],
        "editor": [
            *everybody, *_of_appraisers(world), f"{waiting}items/add/", f"{waiting}details/", "/admin/rounds/",
            *change_set_screens.of_gatherers(world.approved, world.people["editor"]),
            f"{waiting}items/{_first(world.waiting)}/promote/", "/admin/alike/common/",
            *_of_columns(), *evaluation_screens.of_procedures(),
            f"/admin/imports/{world.written.pk}/undo/",
            *_of_framework_editors(world), *_of_trials(world), *_of_officers(),
            *question_screens.of_appraisers(people["uploader"], world.province.statistics, people["editor"]),
        ],
        "approver": [
            *everybody, "/admin/messages/texts/", "/admin/messages/texts/catalog.returned/", "/admin/transparency/",
            "/admin/fairness/", *change_set_screens.of_appraisers(world.approved, world.people["editor"]),
            *_of_appraisers(world),
            *_of_framework_readers(world), *_of_second_persons(world), *evaluation_screens.of_second_persons(),
            "/admin/alike/common/choice/",
            *survey_screens.of_holders(world.people["approver"], world.province.statistics),
        ],
        "provincial_approver": [
            *everybody, "/admin/catalogs/", f"/admin/catalogs/versions/{world.appraised.pk}/",
            f"/admin/catalogs/versions/{world.appraised.pk}/decide/",
            "/admin/frameworks/issuing/", f"/admin/frameworks/issuing/{world.published.pk}/",
        ],
        "officer": [
            "/cua-toi/", *(reverse(f"personal:{page.name}") for page in all_pages()),
            *(f"/cua-toi/viec-nhom/{place}/" for place in (
                "ke-hoach", "giao-viec", "lap-lai", "sao-chep", "mau", "vang-mat", "vang-mat/them",
            )),
            *_own_work(world.people["officer"]), *evaluation_screens.of_officer(world.people["officer"]),
        ],
        "technical_admin": [
            *everybody, *_of_administrators(world), *_of_clients(), *_of_webhooks(), "/admin/messages/",
        ],
    }  # fmt: skip


def _published(by: User) -> FrameworkVersion:
    """Publish a framework, and change its draft since."""
    version = frameworks.published("truong-hoc")
    frameworks.written(version.framework, by, name="Trường học: viên chức, từ năm sau")
    return version


def _own_work(account: User) -> list[str]:
    """Return the pages of an officer's work that is open, and that was returned."""
    own = account.officer.work.exclude(state="done")
    return [reverse("personal:work_detail", args=[work.identity]) for work in own]


def _of_work(world: World) -> list[str]:
    """Give the officer work in three states, and return what the head of the agency opens."""
    head, account = world.people["agency_head"], world.people["officer"]
    posting = account.officer.postings.get(is_main=True)
    item = world.approved.items.in_order()[0]
    work.give(head, posting, item, is_key=True, instruction="Gửi bản thảo trước hạn hai ngày")
    done, returned = (work.finish(work.give(head, posting, item), account) for _number in range(2))
    return_work(by=head, work=returned, reason="Bổ sung phụ lục")
    one = f"/admin/work/{done.pk}/"
    given = f"/admin/work/give/{posting.agency_id}/{item.pk}/"
    template = f"/admin/work/templates/{posting.agency_id}/{posting.position_id}/?q={item.code}"
    planned = ["/admin/work/planning/", "/admin/work/copy/", template, f"/admin/work/hand-over/{posting.pk}/"]
    away = ("absences/", "absences/add/", "absences/upload/", "templates/", "templates/add/", "rules/")
    planned += [*(f"/admin/work/{name}" for name in away), f"/admin/work/rules/add/{posting.agency_id}/{item.pk}/"]
    return ["/admin/work/", "/admin/work/items/", given, one, f"{one}confirm/", f"{one}return/", *planned]


def _first(version: CatalogVersion) -> int:
    return version.items.in_order()[0].pk


def _of_clients() -> list[str]:
    agency = Agency.objects.get(code="so-noi-vu")
    networks, scopes = ["10.0.0.0/8"], ["catalogs:read", "imports:write"]
    last_day = timezone.localdate() + datetime.timedelta(30)
    client, _secret = add_client(
        by=None, name="Phần mềm quản lý công việc", agency=agency, scopes=scopes, networks=networks, last_day=last_day
    )
    one = f"/admin/api-clients/{client.pk}/"
    make_secret(by=None, client=client, last_day=last_day)
    return ["/admin/api-clients/", "/admin/api-clients/add/", one, f"{one}rotate/", f"{one}secret/", f"{one}revoke/"]


def _of_webhooks() -> list[str]:
    client = ApiClient.objects.get(name="Phần mềm quản lý công việc")
    endpoint, _secret = add_endpoint(by=None, client=client, url="https://localhost/nhan-su-kien")
    off, _secret = add_endpoint(by=None, client=client, url="https://localhost/cu", types=["framework.published"])
    switch_off(by=None, endpoint=off, reason="Bảo trì")
    delivery = record_result(
        send_trial(by=None, endpoint=endpoint), SendResult(status=500, answer="Lỗi", milliseconds=12)
    )
    dead = send_trial(by=None, endpoint=endpoint)
    abandon(dead, DeliveryError.NO_CONNECTION)
    one = f"/admin/webhooks/{endpoint.pk}/"
    return [
        "/admin/webhooks/", "/admin/webhooks/add/", one, *(f"{one}{act}/" for act in ("edit", "rotate", "off", "test")),
        f"{one}again/", f"/admin/webhooks/{off.pk}/on/", f"/admin/webhooks/deliveries/{delivery.pk}/",
        f"/admin/webhooks/deliveries/{dead.pk}/again/",
    ]  # fmt: skip


def _of_columns() -> list[str]:
    column = actions.save_column(by=None, name="Mức ưu tiên", kind="choice", choices=["Cao", "Thấp"])
    return ["/admin/columns/", "/admin/columns/new/", f"/admin/columns/edit/{column.pk}/"]


def _of_second_persons(world: World) -> list[str]:
    """A role that waits, and a change of a column that a version holds something in."""
    person, giver = make_member(Role.UPLOADER, world.province.commune), make_member(Role.EDITOR, world.province.root)
    given = grant_membership(by=None, user=person, role=Role.EDITOR, agency=world.province.home_affairs)
    Membership.objects.filter(pk=given.pk).update(confirmed_at=None, granted_by=giver)
    column = actions.save_column(by=None, name="Nơi lưu")
    proposed = {"name": "Kho lưu trữ", "audience": "everyone"}
    ExtraColumn.objects.filter(pk=column.pk).update(
        audience="offices", proposed=proposed, proposed_by=giver, proposed_at=timezone.now()
    )
    one = f"/admin/memberships/{given.pk}/"
    return ["/admin/memberships/", f"{one}confirm/", f"{one}refuse/", f"/admin/catalogs/columns/{column.pk}/proposal/"]


def _of_officers() -> list[str]:
    posting = make_posting(Agency.objects.get(code="so-noi-vu"), role="deputy", fields_in_charge=["Tổng hợp"])
    one = f"/admin/officers/postings/{posting.pk}/"
    return [
        "/admin/officers/?role=deputy", "/admin/officers/add/", f"/admin/officers/{posting.officer_id}/",
        f"/admin/officers/{posting.officer_id}/post/", one, f"{one}transfer/", f"{one}end/", "/admin/positions/",
        "/admin/positions/add/", f"/admin/positions/{posting.position_id}/",
    ]  # fmt: skip


def _of_visitors(world: World) -> list[str]:
    item = world.approved.items.in_order()[0]
    return [
        "/api/v1/guide/", "/tro-giup/", "/tro-giup/?q=hoan+tac", "/tro-giup/huong-dan-co-quan/",
        "/", "/danh-muc/", "/danh-muc/tim-kiem/?q=bao+cao", PUBLIC, f"{PUBLIC}phien-ban/",
        f"{PUBLIC}phien-ban/1/muc/{item.identity}/", "/khung-tieu-chi/", "/khung-tieu-chi/truong-hoc/1/",
        "/nghi-dinh-335/", "/giai-dap/",
        "/minh-bach/", "/minh-bach/ban/", "/minh-bach/ban/1/", "/minh-bach/ban/1/tien-do/", "/minh-bach/cach-tinh/",
        "/minh-bach/ban/2/so-voi/1/",
        "/du-lieu-mo/", "/du-lieu-mo/thay-doi/", "/du-lieu-mo/2026-06-01/",
        "/accounts/login/", "/khong-co/", "/api/v1/docs/",
        "/api/v1/redoc/",
    ]  # fmt: skip


def _of_appraisers(world: World) -> list[str]:
    waiting = f"/admin/catalogs/versions/{world.waiting.pk}/"
    page = page_of(world.waiting)
    return [
        "/admin/catalogs/", waiting, f"{waiting}items/", f"{waiting}items/{_first(world.waiting)}/",
        f"{waiting}items/{_first(world.waiting)}/note/", f"{waiting}return/", f"{waiting}accept/",
        f"/admin/catalogs/{world.approved.catalog_id}/difference/", f"/admin/pages/{page.get_parent().pk}/",
        f"/admin/pages/{page.pk}/edit/", f"/admin/pages/{page.pk}/history/",
        f"/admin/pages/{page.pk}/workflow_history/",
        "/admin/pages/search/?q=thong", "/admin/reports/workflow/", "/admin/reports/workflow_tasks/",
    ]  # fmt: skip


def _of_framework_readers(world: World) -> list[str]:
    history = f"/admin/frameworks/history/{world.framework.pk}/"
    return [
        "/admin/frameworks/", history, f"{history}revisions/compare/earliest...latest/",
        f"/admin/frameworks/preview/{world.framework.pk}/?mode=head",
    ]  # fmt: skip


def _of_framework_editors(world: World) -> list[str]:
    room = f"/admin/frameworks/{world.published.framework_id}/"
    own = ["/admin/frameworks/add/", f"/admin/frameworks/edit/{world.framework.pk}/", "/admin/position-groups/"]
    versions = [f"{room}versions/", f"{room}versions/1/", f"{room}difference/", f"{room}sources/"]
    started = ["/admin/frameworks/specialise/", "/admin/frameworks/upload/", f"{room}upload/", f"{room}copy/"]
    return [*_of_framework_readers(world), *own, "/admin/position-groups/new/", *versions, *started]


def _of_trials(world: World) -> list[str]:
    room = f"/admin/frameworks/{world.trial.framework_id}/"
    trial = f"{room}trials/{world.trial.pk}/"
    return [f"{room}trials/", f"{room}trials/start/", trial, f"{trial}subjects/1/", f"{room}calculator/"]


def _of_administrators(world: World) -> list[str]:
    membership = Membership.objects.filter(user=world.people["uploader"]).get()
    event = AuditEvent.objects.order_by("-sequence")[0]
    return [
        "/admin/days-off/", "/admin/days-off/add/",
        "/admin/agencies/", "/admin/agencies/add/", f"/admin/agencies/{world.province.statistics.pk}/",
        "/admin/agencies/upload/", "/admin/memberships/", "/admin/memberships/add/",
        f"/admin/memberships/{membership.pk}/revoke/", "/admin/people/", "/admin/people/add/",
        f"/admin/people/{world.people['uploader'].pk}/", "/admin/audit/", f"/admin/audit/{event.sequence}/",
    ]  # fmt: skip

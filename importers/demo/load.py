"""Making the demo province step by step. Each step looks first whether it has been done, so it can be run again."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from catalog_pages import actions as pages
from catalog_pages.models import CatalogIndexPage, HomePage, TransparencyRelease
from catalog_pages.transparency.actions import prepare_draft, publish_draft
from cms.catalogs import actions as catalog_actions
from cms.catalogs.models import CatalogRound, CatalogVersion
from cms.organisations import actions as organisation_actions
from cms.organisations.models import Agency
from cms.users.enums import Role
from cms.users.models import User
from importers import actions as import_actions
from importers.demo import frameworks, officers, writing
from importers.demo.agencies import AgencySeed, all_agencies
from importers.demo.works import works_of
from importers.models import ImportBatch

PASSWORD = "thuoc-do-2026"  # noqa: S105
_SAMPLES = Path(__file__).parent / "workbooks"


@dataclass(frozen=True)
class Account:
    """One demo account: what it is called, its role, and the agencies it acts for."""

    username: str
    role: Role
    agencies: tuple[str, ...]


ACCOUNTS = [
    Account("nhap-lieu", Role.UPLOADER, ("vp-hdnd", "thong-ke")),
    Account("thu-truong", Role.AGENCY_HEAD, ("vp-hdnd", "thong-ke")),
    Account("tham-dinh", Role.EDITOR, ("so-noi-vu",)),
    Account("tham-dinh-2", Role.APPROVER, ("so-noi-vu",)),
    Account("chu-tich", Role.PROVINCIAL_APPROVER, ("tinh",)),
    Account("bien-tap", Role.PORTAL_EDITOR, ("tinh",)),
    Account("quan-tri", Role.TECHNICAL_ADMIN, ("tinh",)),
    Account("may-khach", Role.API_CLIENT, ("thong-ke",)),
]
# Submits after the deadline, so that lateness shows.
_LATE = frozenset({"so-cong-thuong"})
# Writes for every other agency of the demo, so that the accounts above start with a clean desk.
_CLERK = "can-bo-nhap"


def load() -> Iterator[str]:
    """Make what is missing of the demo province; yield a line for each step."""
    yield f"Cây cơ quan: {_load_agencies()} cơ quan mới"
    yield f"Tài khoản: {_load_accounts()} tài khoản mới"
    yield _load_round()
    _load_introductions()
    for code, make in STORIES.items():
        agency = Agency.objects.get(code=code)
        if not ImportBatch.objects.filter(agency=agency, kind="catalog").exists():
            with transaction.atomic():
                make(agency)
            yield f"Danh mục: {agency.name}"
    yield from frameworks.load()
    yield from officers.load()
    yield from _publish_figures()


def _publish_figures() -> Iterator[str]:
    if not TransparencyRelease.objects.exists():
        draft = prepare_draft(by=None, wait=True)
        yield f"Số liệu minh bạch: bản {publish_draft(by=None, seen=draft.content_hash).number}"


def _load_agencies() -> int:
    known = {agency.code: agency for agency in Agency.objects.all()}
    made = 0
    for seed in all_agencies():
        if seed.code not in known:
            known[seed.code] = _add_agency(seed, known.get(seed.parent))
            made += 1
    return made


def _add_agency(seed: AgencySeed, parent: Agency | None) -> Agency:
    if parent:
        parent.refresh_from_db()
    return organisation_actions.add_agency(
        by=None,
        code=seed.code,
        name=seed.name,
        kind=seed.kind,
        item_prefix=seed.prefix,
        block=seed.block,
        parent=parent,
    )


def _load_accounts() -> int:
    everywhere = tuple(STORIES)
    wanted = [*ACCOUNTS, Account(_CLERK, Role.UPLOADER, everywhere)]
    made = 0
    for number, account in enumerate(wanted, start=1):
        user, created = User.objects.get_or_create(
            username=account.username,
            defaults={"full_name": f"Công chức {number:04}", "email": f"{account.username}@example.com"},
        )
        if created:
            user.set_password(PASSWORD)
            user.save()
            made += 1
        for code in account.agencies:
            agency = Agency.objects.get(code=code)
            if not user.memberships.filter(role=account.role, agency=agency).exists():
                organisation_actions.grant_membership(by=None, user=user, role=account.role, agency=agency)
    return made


def _load_round() -> str:
    today = timezone.localdate()
    current, created = CatalogRound.objects.get_or_create(
        is_current=True,
        defaults={
            "year": today.year,
            "name": f"Xây dựng danh mục năm {today.year}",
            "submit_by": today - datetime.timedelta(days=1),
            "appraise_by": today + datetime.timedelta(days=9),
            "approve_by": today + datetime.timedelta(days=17),
        },
    )
    return f"Đợt: {current.name}{'' if created else ' (đã có)'}"


def _load_introductions() -> None:
    home, index = HomePage.objects.get(), CatalogIndexPage.objects.get()
    if home.introduction:
        return
    home.introduction = (
        "<p>Danh mục sản phẩm, công việc và hệ số quy đổi của các cơ quan trong tỉnh, "
        "theo Nghị định số 335/2025/NĐ-CP. Đây là tỉnh giả định để dùng thử.</p>"
    )
    index.introduction = "<p>Mỗi cơ quan một danh mục; mỗi phiên bản có quyết định phê duyệt và ngày hiệu lực.</p>"
    for page in (home, index):
        page.save_revision().publish()


# How far each agency of the demo has come


def _user(username: str) -> User:
    """Return an account afresh: what it may do is read once an object."""
    return User.objects.get(username=username)


def _upload(agency: Agency, content: bytes, name: str, commit: bool = True) -> None:
    clerk = _user(_CLERK)
    batch = import_actions.upload(by=clerk, agency=agency, file=File(io.BytesIO(content), name), name=name, wait=True)
    if commit:
        import_actions.commit(by=clerk, batch=batch)


def _submit(agency: Agency) -> CatalogVersion:
    version = pages.submit(by=_user(_CLERK), page=pages.open_page(by=None, agency=agency))
    if agency.code not in _LATE:
        # Handed in before the deadline, as a list of the demo cannot be that is loaded today.
        version.submitted_at = timezone.now() - datetime.timedelta(days=4)
        version.save(update_fields=["submitted_at"])
    return version


def _accept(agency: Agency) -> None:
    _submit(agency)
    pages.accept(by=_user("tham-dinh"), page=pages.open_page(by=None, agency=agency))


def _approve(agency: Agency, number: str, in_days: int = -20) -> None:
    _accept(agency)
    day = timezone.localdate() + datetime.timedelta(days=in_days)
    pages.decide(
        by=_user("chu-tich"), page=pages.open_page(by=None, agency=agency), decision_number=number,
        decision_date=min(day, timezone.localdate()), effective_from=day,
    )  # fmt: skip


def _handbook(agency: Agency) -> None:
    _upload(agency, writing.handbook(agency.name, works_of(agency.code)), f"danh-muc-{agency.code}.xlsx")


def _sample(agency: Agency, name: str) -> None:
    _upload(agency, (_SAMPLES / name).read_bytes(), name)


def _draft(agency: Agency) -> None:
    _handbook(agency)


def _submitted(agency: Agency) -> None:
    _handbook(agency)
    _submit(agency)


def _returned(agency: Agency) -> None:
    """Submit a list that comes back with notes on two items."""
    _handbook(agency)
    version = _submit(agency)
    editor = _user("tham-dinh")
    first, second = version.items.in_order()[1:3]
    catalog_actions.leave_note(by=editor, version=version, item=first, text="Đề nghị ghi rõ đầu ra là giấy tờ gì.")
    catalog_actions.leave_note(
        by=editor, version=version, item=second, text="Trùng với việc của Văn phòng; đề nghị bỏ."
    )
    page = pages.open_page(by=None, agency=agency)
    pages.return_to_agency(by=editor, page=page, reason="Hai mục cần làm rõ trước khi thẩm định tiếp.")


def _corrected(agency: Agency) -> None:
    """Submit a list in which the editor has changed one item, so that somebody else has to accept it."""
    _submitted(agency)
    version = catalog_actions.working_version(pages.open_page(by=None, agency=agency).catalog)
    if version:
        catalog_actions.edit_items(
            by=_user("tham-dinh"), version=version, items=version.items.in_order()[:1],
            changes={"unit": "văn bản phát hành"}, reason="Thống nhất đơn vị tính toàn tỉnh.",
        )  # fmt: skip


def _appraised(agency: Agency) -> None:
    _handbook(agency)
    _accept(agency)


def _approved(number: str) -> Callable[[Agency], None]:
    def make(agency: Agency) -> None:
        _handbook(agency)
        _approve(agency, number)

    return make


def _common_list(agency: Agency) -> None:
    _upload(agency, writing.platform(works_of(agency.code), agency.item_prefix), "danh-muc-dung-chung.xlsx")
    _approve(agency, "95/QĐ-UBND", in_days=-40)


def _next_version_open(agency: Agency) -> None:
    """Approve a first version and begin the second with one item changed."""
    _approved("112/QĐ-UBND")(agency)
    clerk = _user(_CLERK)
    version = catalog_actions.start_version(by=clerk, catalog=pages.open_page(by=None, agency=agency).catalog)
    catalog_actions.edit_items(
        by=clerk,
        version=version,
        items=version.items.in_order()[:1],
        changes={"note": "Rà soát theo vị trí việc làm mới"},
    )


def _sample_commune(agency: Agency) -> None:
    _sample(agency, "xa.mau-ngan.xlsx")
    _approve(agency, "130/QĐ-UBND", in_days=-10)


def _from_next_month(agency: Agency) -> None:
    _upload(agency, writing.commune(), f"danh-muc-{agency.code}.xlsx")
    _approve(agency, "141/QĐ-UBND", in_days=10)


def _with_mistakes(agency: Agency) -> None:
    _upload(agency, writing.commune(mistakes=True), f"danh-muc-{agency.code}-loi.xlsx", commit=False)


def _statistics(agency: Agency) -> None:
    _sample(agency, "thong-ke.v1.xlsx")
    _approve(agency, "118/QĐ-UBND", in_days=-15)


STORIES: dict[str, Callable[[Agency], None]] = {
    "tinh": _common_list,
    "thong-ke": _statistics,
    "so-tai-chinh": _next_version_open,
    "so-xay-dung": _approved("113/QĐ-UBND"),
    "so-y-te": _submitted,
    "so-tu-phap": _returned,
    "so-khcn": _appraised,
    "so-cong-thuong": _corrected,
    "so-gddt": _draft,
    "xa-013": _sample_commune,
    "xa-014": _from_next_month,
    "xa-015": _with_mistakes,
}

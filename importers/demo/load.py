"""Making the demo province step by step. Each step looks first whether it has been done, so it can be run again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalog_pages.models import CatalogIndexPage, HomePage, TransparencyRelease
from catalog_pages.transparency.actions import prepare_draft, publish_draft
from cms.organisations import actions as organisation_actions
from cms.organisations.enums import Block
from cms.organisations.models import Agency, Membership
from cms.users.enums import Role
from cms.users.models import User
from importers.demo import authority, catalogs, evaluations, evidence, frameworks, officers, personal, work
from importers.demo.agencies import AgencySeed, all_agencies

PASSWORD = "thuoc-do-2026"  # noqa: S105


@dataclass(frozen=True)
class Account:
    """One demo account: what it is called, its role, the agencies it acts for, and the block if it is for one alone."""

    username: str
    role: Role
    agencies: tuple[str, ...]
    block: str = ""

    @property
    def label(self) -> str:
        """Return the role, and over which part of the province it is held."""
        return Membership(role=self.role, scope_block=self.block).role_label


ACCOUNTS = [
    Account("nhap-lieu", Role.UPLOADER, ("vp-hdnd", "thong-ke")),
    Account("thu-truong", Role.AGENCY_HEAD, ("vp-hdnd", "thong-ke")),
    Account("tham-dinh", Role.EDITOR, ("so-noi-vu",)),
    Account("tham-dinh-2", Role.APPROVER, ("so-noi-vu",)),
    Account("chu-tich", Role.PROVINCIAL_APPROVER, ("tinh",)),
    Account("bien-tap", Role.PORTAL_EDITOR, ("tinh",)),
    Account("quan-tri", Role.TECHNICAL_ADMIN, ("tinh",)),
    Account("tham-dinh-dang", Role.EDITOR, ("ban-to-chuc",), Block.PARTY),
    Account("phe-duyet-dang", Role.APPROVER, ("ban-to-chuc",), Block.PARTY),
    Account("tham-dinh-mttq", Role.EDITOR, ("mttq",), Block.FRONT),
    Account("hoi-dong-mttq", Role.APPROVER, ("mttq",), Block.FRONT),
    Account("phe-duyet-mttq", Role.PROVINCIAL_APPROVER, ("mttq",), Block.FRONT),
    Account("may-khach", Role.API_CLIENT, ("thong-ke",)),
]


def load() -> Iterator[str]:
    """Make what is missing of the demo province; yield a line for each step."""
    with catalogs.in_the_past():
        yield f"Cây cơ quan: {_load_agencies()} cơ quan mới"
        yield f"Tài khoản: {_load_accounts()} tài khoản mới"
    _load_introductions()
    yield from catalogs.load()
    yield from frameworks.load()
    yield from officers.load()
    yield from authority.load()
    yield from personal.load(User.objects.get(username=officers.EDITOR), PASSWORD)
    yield from work.load()
    yield from evidence.load()
    yield from evaluations.load()
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
    needed = [*ACCOUNTS, Account(catalogs.CLERK, Role.UPLOADER, ("tinh",))]
    made = 0
    for number, account in enumerate(needed, start=1):
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
                organisation_actions.grant_membership(
                    by=None, user=user, role=account.role, agency=agency, scope_block=account.block
                )
    return made


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

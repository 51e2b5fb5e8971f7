"""Making the demo province step by step. Each step looks first whether it has been done, so it can be run again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction

from catalog_pages.models import TransparencyRelease
from catalog_pages.transparency.actions import prepare_draft, publish_draft
from cms.catalogs.models import CatalogVersion
from cms.changesets.models import ChangeSet
from cms.curation.models import CommonLink
from cms.evaluations.models import Period, Result
from cms.fairness.actions import compare_coefficients
from cms.fairness.models import FairnessReport
from cms.organisations import actions as organisation_actions
from cms.organisations.enums import Block
from cms.organisations.models import Agency, Membership
from cms.users.enums import Role
from cms.users.models import User
from importers.demo import (
    authority,
    catalogs,
    clock,
    evaluations,
    evidence,
    frameworks,
    month,
    officers,
    organisation_evaluations,
    personal,
    portal,
    procedures,
    quarter,
    results,
    systems,
    work,
)
from importers.demo.agencies import AgencySeed, all_agencies
from importers.models import ImportBatch

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
    Account("tham-dinh-dtn", Role.EDITOR, ("tinh-doan",), Block.MASS),
    Account("phe-duyet-dtn", Role.PROVINCIAL_APPROVER, ("tinh-doan",), Block.MASS),
    Account("may-khach", Role.API_CLIENT, ("thong-ke",)),
    Account("to-chuc-tc", Role.UPLOADER, ("so-tai-chinh",)),
]


def load() -> Iterator[str]:
    """Make what is missing of the demo province; yield a line for each step."""
    made = clock.made()
    with clock.at(made, 8):
        yield f"Cây cơ quan: {_load_agencies()} cơ quan mới"
        yield f"Tài khoản: {_load_accounts()} tài khoản mới"
    with clock.at(made - 1, 8):
        yield from frameworks.load()
    with clock.at(made - 2, 8):
        yield from officers.load()
        yield from authority.load()
        yield from personal.load(User.objects.get(username=officers.EDITOR), PASSWORD)
    with clock.at(made - 3, 8):
        yield from procedures.load()
    yield from _perform_stories()
    yield from _compare_coefficients()
    yield from work.load()
    yield from results.load()
    yield from systems.load()
    yield from month.load()
    yield from evidence.load()
    yield from evaluations.load()
    yield from _publish_figures()
    yield from portal.load()


def _perform_stories() -> Iterator[str]:
    """Tell the stories of catalogs and of the quarter, all by their days, unless somebody has sent a catalog."""
    if ImportBatch.objects.filter(kind="catalog").exists():
        return
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    of_catalogs = catalogs.acts_of([agencies[seed.code] for seed in all_agencies()])
    with transaction.atomic():
        clock.perform([*of_catalogs, *quarter.acts(), *organisation_evaluations.acts()])
    yield f"Danh mục: {CatalogVersion.objects.count()} phiên bản"
    linked = CommonLink.objects.standing().count()
    yield f"Danh mục chung: {linked} mục được liên kết, {ChangeSet.objects.count()} đợt thay đổi"
    yield f"Kỳ đánh giá: {Period.objects.count()}, kết quả: {Result.objects.count()}"


def _compare_coefficients() -> Iterator[str]:
    if not FairnessReport.objects.exists():
        report = compare_coefficients(by=None, wait=True)
        yield f"So sánh hệ số: {report.item_count} mục, {report.findings.count()} điểm cần xem"


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
    # One for all: it is the same, and taking it apart takes long on purpose.
    password = make_password(PASSWORD)
    for number, account in enumerate(needed, start=1):
        user, created = User.objects.get_or_create(
            username=account.username,
            defaults={"full_name": f"Công chức {number:04}", "email": f"{account.username}@example.com"},
        )
        if created:
            user.password = password
            user.save()
            made += 1
        for code in account.agencies:
            agency = Agency.objects.get(code=code)
            if not user.memberships.filter(role=account.role, agency=agency).exists():
                organisation_actions.grant_membership(
                    by=None, user=user, role=account.role, agency=agency, scope_block=account.block
                )
    return made

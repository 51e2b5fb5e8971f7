"""The story of the demo's catalogs: seven weeks in which a hundred and twenty-one agencies send theirs.

What each agency does has its day, counted back from the day on which the demo is loaded, and all is done in the order
of the days, each act while the clock shows its own. So dates follow each other as in a province, whenever it is loaded.
"""

from __future__ import annotations

import datetime
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from catalog_pages import actions as pages
from catalog_pages.models import AgencyCatalogPage
from cms.catalogs import actions
from cms.catalogs.models import CatalogVersion
from cms.organisations.enums import CATALOG_KINDS, AgencyKind, Block
from cms.organisations.models import Agency
from cms.users.enums import Role
from cms.users.models import User
from importers import actions as import_actions
from importers.demo import writing
from importers.demo.agencies import PROVINCE, all_agencies
from importers.demo.works import works_of
from importers.models import ImportBatch

# Writes for every agency of the demo, so that the accounts of the tour start with a clean desk.
CLERK = "can-bo-nhap"
_WORKBOOKS = Path(__file__).parent / "workbooks"
# Days before the day of loading.
_PROVINCE_MADE, _ROUND_OPENED, _COMMON_LIST, _FIRST_LISTS, _SUBMIT_BY = 50, 45, 44, 30, 3
# Days after it.
_APPRAISE_BY, _APPROVE_BY = 7, 15
# The Party's block has a calendar of its own.
_PARTY_SUBMIT_BY, _PARTY_APPRAISE_BY, _PARTY_APPROVE_BY = 4, 18, 30
_FIRST_DECISION = 95
# Agencies that have not come as far as the others.
_NOT_BEGUN = frozenset({"vp-hdnd"})
_DRAFTING = frozenset({"so-gddt", "xa-088"})
_WITH_MISTAKES = "xa-015"
_RETURNED = frozenset({"so-tu-phap", "xa-037"})
_TOO_LATE = frozenset({"so-ngoai-vu", "xa-052"})
_WAITING = frozenset({"so-y-te", "so-cong-thuong", "vp-tinh-uy", *(f"xa-{n:03}" for n in range(6, 100, 10))})
_APPRAISED = frozenset({"so-khcn", "vp-ubnd", "thanh-tra", *(f"xa-{n:03}" for n in range(24, 100, 10))})
# Approved, and at work on a second version; appraised with a change, so that another person has to accept it; approved
# for a day to come.
_WORKING_ON, _CHANGED, _TO_COME = "so-tai-chinh", "so-cong-thuong", "xa-014"
_APPRAISERS: dict[str, str] = {Block.PARTY: "tham-dinh-dang", Block.FRONT: "tham-dinh-mttq"}
_SAMPLES = {"thong-ke": "thong-ke.v1.xlsx", "xa-013": "xa.mau-ngan.xlsx"}


@dataclass(frozen=True)
class Act:
    """Something that is done so many days before the demo is loaded, at an hour."""

    days_ago: int
    hour: int
    do: Callable[[], object]


@contextmanager
def _clock(days_ago: int, hour: int, minute: int = 0) -> Iterator[None]:
    """Let all who ask for the time be told a moment of the demo's past, and have it run on from there."""
    now, began = timezone.now, timezone.now()
    there = timezone.localtime(began).replace(hour=hour, minute=minute, second=0, microsecond=0)
    there -= datetime.timedelta(days=days_ago)
    timezone.now = lambda: there + (now() - began)
    try:
        yield
    finally:
        timezone.now = now


def in_the_past() -> AbstractContextManager[None]:
    """Return a context in which it is the day on which the province was made."""
    return _clock(_PROVINCE_MADE, 8)


def load() -> Iterator[str]:
    """Open the rounds and let every agency send its catalog, unless somebody has sent one; yield what was done."""
    if ImportBatch.objects.filter(kind="catalog").exists():
        return
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    with transaction.atomic():
        done: Counter[tuple[int, int]] = Counter()
        for act in acts_of([agencies[seed.code] for seed in all_agencies()]):
            hour = (act.days_ago, act.hour)
            with _clock(*hour, minute=done[hour]):
                act.do()
            done[hour] += 1
    yield f"Danh mục: {CatalogVersion.objects.count()} phiên bản"


def acts_of(agencies: Iterable[Agency]) -> list[Act]:
    """Return all that is done, in the order of its days."""
    numbers = count(_FIRST_DECISION)
    acts = [act for place, agency in enumerate(agencies) for act in _acts_of(agency, place, numbers)]
    opened = [
        Act(_ROUND_OPENED, 7, _ask_the_fronts_council),
        Act(_ROUND_OPENED, 8, _open_round),
        Act(_ROUND_OPENED, 9, _open_round_of_party),
    ]
    return sorted([*opened, *acts], key=lambda act: (-act.days_ago, act.hour))


def _open_round() -> None:
    days = (-_SUBMIT_BY, _APPRAISE_BY, _APPROVE_BY)
    _save_round("tham-dinh", "Xây dựng danh mục", "", days)


def _open_round_of_party() -> None:
    days = (_PARTY_SUBMIT_BY, _PARTY_APPRAISE_BY, _PARTY_APPROVE_BY)
    _save_round("tham-dinh-dang", "Danh mục của các cơ quan Đảng", Block.PARTY, days)


def _ask_the_fronts_council() -> None:
    """Give the Front's block a step of its own between appraisal and decision."""
    actions.save_opinion_step(
        by=_user("quan-tri"), block=Block.FRONT, order=1, name="Hội đồng thẩm định khối Mặt trận", role=Role.APPROVER
    )


def _save_round(by: str, name: str, block: str, days: tuple[int, int, int]) -> None:
    """Open a round, with its deadlines as days after the demo is loaded."""
    loaded = timezone.localdate() + datetime.timedelta(days=_ROUND_OPENED)
    submit_by, appraise_by, approve_by = (loaded + datetime.timedelta(days=number) for number in days)
    actions.save_round(
        by=_user(by), is_current=True, year=loaded.year, name=f"{name} năm {loaded.year}", block=block,
        submit_by=submit_by, appraise_by=appraise_by, approve_by=approve_by,
    )  # fmt: skip


def _acts_of(agency: Agency, place: int, numbers: Iterator[int]) -> Iterator[Act]:
    """Yield what becomes of an agency's catalog; ``place`` spreads the agencies over the weeks."""
    if agency.kind not in CATALOG_KINDS or agency.code in _NOT_BEGUN:
        return
    uploaded = _uploaded(agency, place)
    yield Act(uploaded, 9, partial(_upload, agency))
    if agency.code in _DRAFTING or agency.code == _WITH_MISTAKES:
        return
    submitted = uploaded - 1
    yield Act(submitted, 10, partial(_submit, agency))
    if agency.code == _CHANGED:
        yield Act(submitted - 1, 14, partial(_change, agency))
    if agency.code in _RETURNED:
        yield Act(submitted - 3, 15, partial(_return, agency))
    if agency.code in _RETURNED | _WAITING | _TOO_LATE:
        return
    appraised = submitted - 3
    yield Act(appraised, 14, partial(_accept, agency))
    if agency.code in _APPRAISED:
        return
    if agency.block == Block.FRONT:
        yield Act(appraised - 1, 10, partial(_speak, agency))
    yield Act(appraised - 2, 16, partial(_decide, agency, numbers))
    if agency.code == _WORKING_ON:
        yield Act(2, 9, partial(_work_on, agency))


def _uploaded(agency: Agency, place: int) -> int:
    """Return how many days ago: the common list first, those that are approved before those that wait."""
    if agency.code == PROVINCE.code:
        return _COMMON_LIST
    if agency.code in _TOO_LATE:
        return _SUBMIT_BY - 1
    if agency.code in _WAITING | _APPRAISED | _RETURNED | _DRAFTING | {_WITH_MISTAKES}:
        return _SUBMIT_BY + 5 + place % 4
    return _FIRST_LISTS - place * 7 % 20


def _user(username: str) -> User:
    """Return an account afresh: what it may do is read once an object."""
    return User.objects.get(username=username)


def _upload(agency: Agency) -> None:
    clerk, (name, content) = _user(CLERK), _workbook(agency)
    batch = import_actions.upload(by=clerk, agency=agency, file=File(io.BytesIO(content), name), name=name, wait=True)
    if agency.code != _WITH_MISTAKES:
        import_actions.commit(by=clerk, batch=batch)


def _workbook(agency: Agency) -> tuple[str, bytes]:
    """Return the file that the agency sends, in the layout that agencies of its kind use."""
    if sample := _SAMPLES.get(agency.code):
        return sample, (_WORKBOOKS / sample).read_bytes()
    name = f"danh-muc-{agency.code}.xlsx"
    if agency.kind == AgencyKind.COMMUNE:
        return name, writing.commune(int(agency.code[-3:]), mistakes=agency.code == _WITH_MISTAKES)
    if agency.code == PROVINCE.code:
        return name, writing.platform(works_of(agency.code), agency.item_prefix)
    return name, writing.handbook(agency.name, works_of(agency.code), timezone.localdate().year)


def _page(agency: Agency) -> AgencyCatalogPage:
    return AgencyCatalogPage.objects.select_related("catalog__agency").get(catalog__agency=agency)


def _version(agency: Agency) -> CatalogVersion:
    return CatalogVersion.objects.open().get(catalog__agency=agency)


def _submit(agency: Agency) -> None:
    pages.submit(by=_user(CLERK), page=_page(agency))


def _change(agency: Agency) -> None:
    """Let the appraiser change an item, so that somebody else has to accept the list."""
    version = _version(agency)
    actions.edit_items(
        by=_user("tham-dinh"), version=version, items=version.items.in_order()[:1],
        changes={"unit": "văn bản phát hành"}, reason="Thống nhất đơn vị tính toàn tỉnh.",
    )  # fmt: skip


def _return(agency: Agency) -> None:
    """Send the list back with notes on two items."""
    page, editor = _page(agency), _user("tham-dinh")
    version = _version(agency)
    first, second = version.items.in_order()[1:3]
    actions.leave_note(by=editor, version=version, item=first, text="Đề nghị ghi rõ đầu ra là giấy tờ gì.")
    actions.leave_note(by=editor, version=version, item=second, text="Trùng với việc của Văn phòng; đề nghị bỏ.")
    pages.return_to_agency(by=editor, page=page, reason="Hai mục cần làm rõ trước khi thẩm định tiếp.")


def _accept(agency: Agency) -> None:
    pages.accept(by=_user(_APPRAISERS.get(agency.block, "tham-dinh")), page=_page(agency))


def _speak(agency: Agency) -> None:
    words = "Biên bản số 03/BB-HĐ: nhất trí, đủ căn cứ theo từng vị trí việc làm trong khối."
    actions.give_opinion(by=_user("hoi-dong-mttq"), version=_version(agency), words=words)


def _decide(agency: Agency, numbers: Iterator[int]) -> None:
    today = timezone.localdate()
    begins = today + datetime.timedelta(days=_FIRST_LISTS) if agency.code == _TO_COME else today
    by, body = ("phe-duyet-mttq", "MTTQ") if agency.block == Block.FRONT else ("chu-tich", "UBND")
    pages.decide(
        by=_user(by), page=_page(agency), decision_number=f"{next(numbers)}/QĐ-{body}", decision_date=today,
        effective_from=begins,
    )  # fmt: skip


def _work_on(agency: Agency) -> None:
    """Begin the second version with one item changed."""
    clerk = _user(CLERK)
    version = actions.start_version(by=clerk, catalog=_page(agency).catalog)
    items = version.items.in_order()[:1]
    actions.edit_items(by=clerk, version=version, items=items, changes={"note": "Rà soát theo vị trí việc làm mới"})

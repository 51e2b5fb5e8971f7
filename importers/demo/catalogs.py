"""The story of the demo's catalogs: one agency's as a pilot, then seven weeks in which all the others send theirs."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import count
from pathlib import Path

from django.core.files.base import File
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
from importers.demo import change_sets, clock, common_list, writing
from importers.demo.agencies import PROVINCE
from importers.demo.clock import Act
from importers.demo.works import works_of
from importers.models import ImportBatch

# Writes for every agency of the demo, so that the accounts of the tour start with a clean desk.
CLERK = "can-bo-nhap"
_WORKBOOKS = Path(__file__).parent / "workbooks"
# Days before the day of loading.
_ROUND_OPENED, _COMMON_LIST, _FIRST_LISTS, _SUBMIT_BY = 45, 44, 30, 3
# Days after the province was made, and after the pilot's round was opened.
_PILOT_OPENED, _PILOT_UPLOADED, _PILOT_DAYS = 4, 6, (10, 20, 30)
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
# Approved in the pilot, and at work on a second version; appraised with a change, so that another person has to accept
# it; approved for a day to come.
_WORKING_ON, _CHANGED, _TO_COME = "so-tai-chinh", "so-cong-thuong", "xa-014"
_APPRAISERS: dict[str, str] = {
    Block.PARTY: "tham-dinh-dang", Block.FRONT: "tham-dinh-mttq", Block.MASS: "tham-dinh-dtn",
}  # fmt: skip
# Who decides, and how their decisions are numbered.
_DECIDERS: dict[str, tuple[str, str]] = {Block.FRONT: ("phe-duyet-mttq", "MTTQ"), Block.MASS: ("phe-duyet-dtn", "TĐTN")}
# Who send the platform's own template, of communes every so many; the others have layouts of their own.
_BY_PLATFORM = frozenset(
    {PROVINCE.code, "so-noi-vu", "so-xay-dung", "so-nnmt", "so-y-te", "so-cong-thuong", "thanh-tra"}
)
_BY_PLATFORM_EVERY = 4
_SAMPLES = {"thong-ke": "thong-ke.v1.xlsx", "xa-013": "xa.mau-ngan.xlsx"}


def acts_of(agencies: Iterable[Agency]) -> list[Act]:
    """Return all that is done, in the order of its days."""
    numbers = count(_FIRST_DECISION)
    acts = [act for place, agency in enumerate(agencies) for act in _acts_of(agency, place, numbers)]
    opened = [
        Act(clock.made() - _PILOT_OPENED, 8, _open_pilot),
        Act(_ROUND_OPENED, 7, _ask_the_fronts_council),
        Act(_ROUND_OPENED, 8, _open_round),
        Act(_ROUND_OPENED, 9, _open_round_of_party),
    ]
    return clock.in_order([*opened, *acts, *common_list.acts(numbers), *change_sets.acts(numbers)])


def _open_pilot() -> None:
    _save_round("tham-dinh", "Thí điểm xây dựng danh mục", "", _PILOT_DAYS)


def _open_round() -> None:
    days = (-_SUBMIT_BY, _APPRAISE_BY, _APPROVE_BY)
    _save_round("tham-dinh", "Xây dựng danh mục", "", _of_the_round(days))


def _open_round_of_party() -> None:
    days = (_PARTY_SUBMIT_BY, _PARTY_APPRAISE_BY, _PARTY_APPROVE_BY)
    _save_round("tham-dinh-dang", "Danh mục của các cơ quan Đảng", Block.PARTY, _of_the_round(days))


def _of_the_round(days: tuple[int, int, int]) -> tuple[int, int, int]:
    """Return days after the loading as days after the opening of the round."""
    submit_by, appraise_by, approve_by = (_ROUND_OPENED + number for number in days)
    return submit_by, appraise_by, approve_by


def _ask_the_fronts_council() -> None:
    """Give the Front's block a step of its own between appraisal and decision."""
    actions.save_opinion_step(
        by=_user("quan-tri"), block=Block.FRONT, order=1, name="Hội đồng thẩm định khối Mặt trận", role=Role.APPROVER
    )


def _save_round(by: str, name: str, block: str, days: tuple[int, int, int]) -> None:
    """Open a round, with its deadlines as days from now on; it is named by the year of its end."""
    submit_by, appraise_by, approve_by = (timezone.localdate() + datetime.timedelta(days=number) for number in days)
    actions.save_round(
        by=_user(by), is_current=True, year=submit_by.year, name=f"{name} năm {submit_by.year}", block=block,
        submit_by=submit_by, appraise_by=appraise_by, approve_by=approve_by,
    )  # fmt: skip


def _acts_of(agency: Agency, place: int, numbers: Iterator[int]) -> Iterator[Act]:
    """Yield what becomes of an agency's catalog; ``place`` spreads the agencies over the weeks."""
    if agency.kind not in CATALOG_KINDS or agency.code in _NOT_BEGUN:
        return
    uploaded = _uploaded(agency, place)
    yield Act(uploaded, 9, partial(_upload, agency))
    if agency.code == _WITH_MISTAKES:
        yield Act(uploaded - 2, 9, partial(_upload_mistakes, agency))
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
    if agency.code == _WORKING_ON:
        return clock.made() - _PILOT_UPLOADED
    if agency.code in _TOO_LATE:
        return _SUBMIT_BY - 1
    if agency.code in _WAITING | _APPRAISED | _RETURNED | _DRAFTING | {_WITH_MISTAKES}:
        return _SUBMIT_BY + 5 + place % 4
    return _FIRST_LISTS - place * 7 % 20


def _user(username: str) -> User:
    """Return an account afresh: what it may do is read once an object."""
    return User.objects.get(username=username)


def _upload(agency: Agency) -> None:
    import_actions.commit(by=_user(CLERK), batch=_send(agency, *_workbook(agency)))


def _upload_mistakes(agency: Agency) -> None:
    """Send the list once more, with cells that are refused."""
    _send(agency, f"danh-muc-{agency.code}-sua.xlsx", writing.commune(int(agency.code[-3:]), mistakes=True))


def _send(agency: Agency, name: str, content: bytes) -> ImportBatch:
    file = File(io.BytesIO(content), name)
    return import_actions.upload(by=_user(CLERK), agency=agency, file=file, name=name, wait=True)


def _workbook(agency: Agency) -> tuple[str, bytes]:
    """Return the file that the agency sends, in the layout that agencies of its kind use."""
    if sample := _SAMPLES.get(agency.code):
        return sample, (_WORKBOOKS / sample).read_bytes()
    name = f"danh-muc-{agency.code}.xlsx"
    if agency.kind == AgencyKind.COMMUNE:
        number = int(agency.code[-3:])
        return name, writing.commune(number) if number % _BY_PLATFORM_EVERY else writing.commune_by_platform(number)
    if agency.code in _BY_PLATFORM:
        return name, writing.platform(agency.code, works_of(agency.code), agency.item_prefix)
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
    by, body = _DECIDERS.get(agency.block, ("chu-tich", "UBND"))
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

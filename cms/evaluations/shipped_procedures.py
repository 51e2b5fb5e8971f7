"""The procedures that ship with the platform: the decree's, with and without Nghệ An's re-examination, and two blocks'.

Form 01 is the periodic one, Form 02 the yearly one (Decree 335/2025; Gia Lai's plan, IV). A province issues them as
they are, changes them, or writes its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from cms.evaluations.enums import Actor, DueRule, PeriodKind, Step
from cms.organisations.enums import AuthoritySubject, Block


@dataclass(frozen=True)
class StepSpec:
    """One step as a procedure says it; see ``ProcedureStep``."""

    step: Step
    actor: Actor
    due_rule: DueRule = DueRule.NONE
    due_value: str = ""
    remind_days: int | None = None
    numbered: bool = False
    name: str = ""


@dataclass(frozen=True)
class ProcedureSpec:
    """A procedure; see ``Procedure``."""

    code: str
    name: str
    kinds: tuple[PeriodKind, ...]
    steps: tuple[StepSpec, ...]
    blocks: tuple[Block, ...] = ()
    subjects: tuple[AuthoritySubject, ...] = ()
    frameworks: tuple[str, ...] = ()
    basis: str = ""


_PERIODIC = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF)
_AFTER, _OPENED, _DATE = DueRule.AFTER_END, DueRule.OPENED, DueRule.DATE
_SELF = StepSpec(Step.ASSESS, Actor.SELF, _AFTER, "2", 1, name="Tự đánh giá (Mẫu số 01)")
_MARK = StepSpec(Step.MARK, Actor.EVALUATE, _AFTER, "4", 1)
_DECIDE = StepSpec(Step.DECIDE, Actor.CLASSIFY, _AFTER, "5", 1)
_YEAR_SELF = StepSpec(Step.ASSESS, Actor.SELF, _OPENED, "5", 2, name="Tự đánh giá, đề xuất mức (Mẫu số 02)")
_YEAR_MEET = StepSpec(Step.MEET, Actor.UPLOADER, _OPENED, "10", 2, name="Họp tập thể đơn vị")
_YEAR_MARK = StepSpec(Step.MARK, Actor.EVALUATE, _OPENED, "12", 2, name="Đề xuất của người trực tiếp sử dụng")
_YEAR_DECIDE = StepSpec(Step.DECIDE, Actor.CLASSIFY, DueRule.CLASSIFIED, "", 5, numbered=True)


def _year(body: Actor, name: str) -> tuple[StepSpec, ...]:
    return (
        _YEAR_SELF, _YEAR_MEET, _YEAR_MARK,
        StepSpec(Step.VERIFY, body, _DATE, "05/12", 3, name=name),
        StepSpec(Step.OPINION, Actor.OPINION, _DATE, "10/12", 3),
        _YEAR_DECIDE,
        StepSpec(Step.NOTIFY, body, _DATE, "20/12", 3),
    )  # fmt: skip


PROCEDURES = (
    ProcedureSpec(
        "dinh-ky", "Theo dõi, đánh giá định kỳ (Mẫu số 01)", _PERIODIC, (_SELF, _MARK, _DECIDE),
        basis="Nghị định 335/2025/NĐ-CP, Mẫu số 01",
    ),
    ProcedureSpec(
        "hang-nam", "Đánh giá, xếp loại hằng năm (Mẫu số 02)", (PeriodKind.YEAR,),
        _year(Actor.UPLOADER, "Thẩm định của bộ phận tổ chức cán bộ"),
        basis="Nghị định 335/2025/NĐ-CP, Mẫu số 02; Kế hoạch của UBND tỉnh Gia Lai, mục IV",
    ),
    ProcedureSpec(
        "to-chuc", "Đánh giá, xếp loại tổ chức hằng năm", (PeriodKind.YEAR,),
        (
            StepSpec(Step.ASSESS, Actor.SELF, _OPENED, "5", 2, name="Tự đánh giá và hồ sơ của tổ chức"),
            StepSpec(Step.VERIFY, Actor.EDITOR, _DATE, "05/12", 3, name="Thẩm định của Sở Nội vụ"),
            _YEAR_DECIDE,
            StepSpec(Step.NOTIFY, Actor.EDITOR, _DATE, "20/12", 3),
        ),
        subjects=(AuthoritySubject.ORGANISATION,), basis="Kế hoạch của UBND tỉnh Gia Lai, mục III",
    ),
)  # fmt: skip
# Offered to those who want them; issued by nobody unless a province decides so.
OPTIONAL = (
    ProcedureSpec(
        "dinh-ky-phuc-tra", "Định kỳ có phúc tra trước khi chốt điểm", _PERIODIC,
        (
            _SELF, _MARK,
            StepSpec(Step.REVIEW, Actor.UPLOADER, _AFTER, "6", 1, name="Phúc tra"),
            StepSpec(Step.DECIDE, Actor.CLASSIFY, _AFTER, "8", 1),
            StepSpec(Step.NOTIFY, Actor.UPLOADER, _AFTER, "10", 1),
        ),
        blocks=(Block.GOVERNMENT,), basis="Kế hoạch của Tỉnh ủy Nghệ An: phúc tra, chốt điểm",
    ),
    ProcedureSpec(
        "dang-hang-nam", "Hằng năm, khối Đảng", (PeriodKind.YEAR,),
        _year(Actor.APPROVER, "Thẩm định của Ban Tổ chức"), blocks=(Block.PARTY,),
        basis="Kế hoạch của Tỉnh ủy Nghệ An",
    ),
    ProcedureSpec(
        "mat-tran-hang-nam", "Hằng năm, khối Mặt trận và đoàn thể", (PeriodKind.YEAR,),
        _year(Actor.APPROVER, "Thẩm định của Ủy ban Mặt trận Tổ quốc tỉnh"), blocks=(Block.FRONT, Block.MASS),
        basis="Kế hoạch của Tỉnh ủy Nghệ An",
    ),
)  # fmt: skip
# What the plans ask for every year, besides the days of the framework itself.
CLOCKS = (
    {
        "name": "Gửi Sở Nội vụ tiến độ, hiệu quả nhiệm vụ trọng tâm được giao", "done_by": "Văn phòng UBND tỉnh",
        "months": [3, 6, 9, 12], "first_day": 5, "last_day": 10, "basis": "Kế hoạch của UBND tỉnh Gia Lai, mục V",
    },
    {
        "name": "Kiểm điểm tiến độ đánh giá của cơ quan, đơn vị", "done_by": "Các cơ quan, đơn vị",
        "months": [3, 6, 9, 12], "first_day": 1, "last_day": 28, "reminds_agencies": True,
        "basis": "Kế hoạch của UBND tỉnh Gia Lai, mục V.3",
    },
    {
        "name": "Đồng bộ kết quả lên Cơ sở dữ liệu quốc gia về cán bộ, công chức, viên chức",
        "done_by": "Các cơ quan, đơn vị", "days_after": 5, "reminds_agencies": True,
        "basis": "Kế hoạch của UBND tỉnh Đắk Lắk, Gia Lai, Tây Ninh",
    },
)  # fmt: skip

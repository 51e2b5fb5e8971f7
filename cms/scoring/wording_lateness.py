"""The Vietnamese words in which receipts and comparisons tell bands of days late."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from cms.scoring.arithmetic import percent
from cms.scoring.definition.work import LateBand
from cms.scoring.lateness import spans

FAILURES_UNIT = (
    "Mỗi lần không đạt chất lượng trừ {off} của một đơn vị; {least}. Việc chậm bị trừ một lần trên cả dòng theo số "
    "ngày chậm: {late}."
)
FAILURES_LINE = (
    "Mỗi lần không đạt chất lượng trừ {off} của cả dòng; {least}. Việc chậm bị trừ một lần trên cả dòng theo số ngày "
    "chậm: {late}."
)
NOTE = "chậm {days} ngày ({band})"
UNDATED = "chậm {times} lần, chưa có số ngày chậm"
EXEMPT = "chậm {days} ngày"
_ONE = "{first} ngày trừ {off}"
_SEVERAL = "{first}–{last} ngày trừ {off}"
_OPEN = "từ {first} ngày trừ {off}"


def bands_text(bands: Sequence[LateBand]) -> str:
    """Tell a whole table of bands."""
    return "; ".join(_span(*each) for each in spans(bands))


def band_text(bands: Sequence[LateBand], days: int) -> str:
    """Tell the band in which so many days fall."""
    return next(_span(*each) for each in reversed(spans(bands)) if each[0] <= days)


def _span(first: int, last: int | None, off: Fraction) -> str:
    template = _OPEN if last is None else _ONE if first == last else _SEVERAL
    return template.format(first=first, last=last, off=percent(off))

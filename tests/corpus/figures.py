"""Figures from outside: what is wrong or odd about them alone, in a month that is long over."""

from __future__ import annotations

from typing import Any

from tests.corpus.kinds import accepted, at, rejected
from tests.corpus.making import book
from tests.corpus.results import OFFICER

HEADERS = ("Mã công chức", "Mã cơ quan", "Tên", "Mã chỉ tiêu", "Số liệu", "Ngày đo", "Nguồn số liệu")
NAME, INDICATOR = "so-lieu.xlsx", "Mã chỉ tiêu"
_NOT_ASKED = at("indicator_not_asked", 2, INDICATOR)


def figure(**cells: Any) -> list[Any]:
    """A good row, but that no framework asks for the indicator."""
    row = {
        "officer": OFFICER, "agency": None, "name": "Công chức 0700", "indicator": "hai-long", "value": "92,5",
        "day": "30/09/2025", "source": "Khảo sát tháng 9",
    }  # fmt: skip
    return list((row | cells).values())


FIGURES = [
    accepted("figures-good", "a figure with a decimal comma", lambda: book(figure(), header=HEADERS),
             _NOT_ASKED, kind="figures", name=NAME, rows=1,
             kept={2: {"value": "92.5", "measured_on": "2025-09-30"}}),
    rejected("figures-twice", "two figures of one indicator, officer and day",
             lambda: book(figure(), figure(value=90), header=HEADERS), _NOT_ASKED,
             at("indicator_not_asked", 3, INDICATOR), at("duplicate_figure", 3, INDICATOR), kind="figures", name=NAME),
    rejected("figures-two-subjects", "a figure of an officer and of an agency",
             lambda: book(figure(agency="thong-ke"), header=HEADERS), _NOT_ASKED,
             at("two_subjects", 2, "Mã cơ quan"), kind="figures", name=NAME),
]  # fmt: skip

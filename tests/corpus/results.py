"""Results of work: what is wrong or odd about them alone, in a month that is long over and was never locked."""

from __future__ import annotations

from typing import Any

from tests.corpus.kinds import WrongFile, accepted, at, rejected
from tests.corpus.making import book

HEADERS = (
    "Mã công chức", "Họ và tên", "Mã việc đã giao", "Mã sản phẩm/công việc", "Số lượng giao", "Số lượng hoàn thành",
    "Ngày giao", "Hạn hoàn thành", "Ngày hoàn thành", "Số lần chậm tiến độ", "Kết quả",
)  # fmt: skip
OFFICER, ITEM, PERIOD = "CC-700", "TK.00001", "2025-09"
DONE, DUE, NAME = "Số lượng hoàn thành", "Hạn hoàn thành", "ket-qua.xlsx"


def work(**cells: Any) -> list[Any]:
    """A good row: four pieces given on 8 September, due on the 19th, done on the 18th."""
    row = {
        "code": OFFICER, "name": "Công chức 0700", "reference": None, "item": ITEM, "assigned": 4, "completed": 4,
        "given": "08/09/2025", "due": "19/09/2025", "done": "18/09/2025", "late": None, "result": "Đã gửi",
    }  # fmt: skip
    return list((row | cells).values())


def _bad(id: str, what: str, *said: Any, **cells: Any) -> WrongFile:
    make = lambda: book(work(**cells), header=HEADERS)  # noqa: E731 - one line says it
    return rejected(f"results-{id}", what, make, *said, kind="results", name=NAME)


RESULTS = [
    accepted("results-good", "a month's work", lambda: book(work(), work(result="Lần hai"), header=HEADERS),
             at("similar_row", 3, "Mã công chức"), kind="results", name=NAME, rows=2,
             kept={2: {"completed": "4", "state": "done", "due_on": "2025-09-19"}}),
    accepted("results-more", "more completed than was assigned", lambda: book(work(completed=5), header=HEADERS),
             at("more_than_assigned", 2, DONE), kind="results", name=NAME),
    accepted("results-saturday", "due on a Saturday",
             lambda: book(work(due="20/09/2025"), header=HEADERS),
             at("due_on_day_off", 2, DUE), kind="results", name=NAME),
    _bad("month", "due in another month than the file is of", at("outside_period", 2, DUE), due="19/10/2025"),
    _bad("done-first", "done before it was given", at("done_before_given", 2, "Ngày hoàn thành"), done="05/09/2025"),
    _bad("nothing", "a quantity of 0 that was assigned", at("not_positive", 2, "Số lượng giao"), assigned=0),
    _bad("not-done", "late, though nothing is done", at("faults_without_done", 2, "Số lần chậm tiến độ"), done=None,
         late=1),
    _bad("stranger", "somebody who is not of the agency", at("officer_not_found", 2, "Mã công chức"), code="CC-999"),
    _bad("name", "the name of somebody else beside a code", at("officer_name_differs", 2, "Họ và tên"),
         name="Người khác"),
    _bad("item", "an item that no catalog of the agency has", at("item_not_found", 2, "Mã sản phẩm/công việc"),
         item="XX.1"),
    _bad("reference", "a reference that somebody made up", at("reference_wrong", 2, "Mã việc đã giao"),
         reference="viec-1"),
    rejected("results-twice", "one row twice", lambda: book(work(), work(), header=HEADERS),
             at("duplicate_row", 3, "Mã công chức"), kind="results", name=NAME),
]  # fmt: skip

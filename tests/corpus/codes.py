"""Codes and rows that must not be alike."""

from __future__ import annotations

from tests.corpus.kinds import accepted, at, rejected
from tests.corpus.making import CODE, GROUP, OUTPUT, TASK, UNIT, K, Xml, book, good, spoilt, styled


def _twice(first: str, second: str) -> bytes:
    return book(good(first, task="Việc một"), good(second, task="Việc hai"))


BOTH = (at("duplicate_code", 2, CODE), at("duplicate_code", 3, CODE))

CODES = [
    rejected("code-twice", "one code in two rows", lambda: _twice("TK.001", "TK.001"), *BOTH),
    rejected("code-case", "codes that differ by case", lambda: _twice("TK.001", "tk.001"), *BOTH),
    rejected("code-space", "codes that differ by a space", lambda: _twice("TK.001", "TK .001"), *BOTH),
    rejected("code-hyphen", "codes that differ by the kind of hyphen", lambda: _twice("TK-001", "TK–001"), *BOTH),
    rejected("code-decomposed", "codes that differ by Unicode's form", lambda: _twice("Đ\u1ea4.1", "ĐA\u0302\u0301.1"),
             *BOTH),
    rejected("same-row-twice", "the same row twice", lambda: book(good(), good()), at("duplicate_row", 3, CODE)),
    rejected("code-number", "a code stored as a number", spoilt(code=7), at("code_is_number", 2, CODE)),
    rejected("code-date", "a code that Excel turned into a date",
             lambda: book(good(code=Xml('<c r="{at}" s="1"><v>46143</v></c>')), styles=styled("dd/mm/yyyy")),
             at("code_is_date", 2, CODE)),
    rejected("code-long", "a code of 65 characters", spoilt(code="T" * 65), at("too_long", 2, CODE)),
    rejected("code-blank", "no code", spoilt(code=None), at("required", 2, CODE)),
    rejected("task-blank", "no name", spoilt(task=None), at("required", 2, TASK)),
    rejected("output-blank", "an output of white space", spoilt(output=" \u00a0 "), at("required", 2, OUTPUT)),
    rejected("unit-blank", "no unit", spoilt(unit=None), at("required", 2, UNIT)),
    rejected("group-blank", "no group", spoilt(group=None), at("required", 2, GROUP)),
    rejected("coefficient-blank", "no coefficient", spoilt(coefficient=None), at("required", 2, K)),
    rejected("unit-none-of-them", "00 văn bản", spoilt(unit="00 văn bản"), at("unit_quantity_zero", 2, UNIT)),
    accepted("unit-ten", "10 văn bản", spoilt(unit="10 văn bản"), kept={2: {"unit": "văn bản", "unit_quantity": 10}}),
    rejected("text-long", "a name of 5,001 characters", spoilt(task="a" * 5001), at("too_long", 2, TASK)),
    rejected("five-hundred", "500 wrong rows give 500 errors",
             lambda: book(*(good(f"TK.{number}", coefficient="abc") for number in range(500))),
             *(at("not_a_number", row, K) for row in range(2, 502))),
    rejected("everything-wrong", "each cell of a row is wrong: all are named at once",
             spoilt(code=1, task=None, output="#REF!", unit="00 cái", group=9, coefficient="1.234"),
             at("code_is_number", 2, CODE), at("required", 2, TASK), at("error_value", 2, OUTPUT),
             at("unit_quantity_zero", 2, UNIT), at("group_out_of_range", 2, GROUP), at("number_ambiguous", 2, K)),
]  # fmt: skip

"""Rows that cannot all be true: one code for two people, a posting twice, two main postings at one time."""

from __future__ import annotations

from typing import Any

from cms.core.dates import format_date_vi
from cms.core.text import name_key
from importers.kinds.officers.check.context import Context, Span
from importers.kinds.officers.check.matching import Matched, by, overlap
from importers.kinds.officers.check.reading import ReadPosting
from importers.problems import Problem, error


def find_conflicts(matched: Matched, context: Context) -> list[Problem]:
    """Return every conflict, at the row where it stands."""
    problems: list[Problem] = []
    for code, rows in matched.rows_of.items():
        problems += _other_people(rows)
        others = _others_officers(rows, context, is_ours=code in matched.base)
        problems += others or _twice(rows) or _overlaps(rows, matched.main_spans_on_record(code))
    return problems


def _other_people(rows: list[ReadPosting]) -> list[Problem]:
    first, problems = rows[0], []
    for item in rows[1:]:
        if name_key(item.values["name"]) != name_key(first.values["name"]):
            of = {"officer": item.values["code"], "name": first.values["name"]}
            found = error("officer_named_twice", **item.place("name"), value=item.values["name"], **of, **_at(first))
            problems.append(found)
        elif item.values["category"] != first.values["category"]:
            where = item.place("category")
            problems.append(error("category_differs", **where, officer=item.values["code"], **_at(first)))
    return problems


def _others_officers(rows: list[ReadPosting], context: Context, is_ours: bool) -> list[Problem]:
    """Officers whom another agency has are not posted, renamed or guessed at from here."""
    elsewhere = context.elsewhere.get(rows[0].values["code"])
    if elsewhere is None:
        return []
    held = any(last is None or last >= context.today for _first, last in elsewhere.spans)
    problems = []
    for item in rows:
        same = name_key(item.values["name"]) == name_key(elsewhere.name)
        same = same and item.values["category"] == elsewhere.category
        if (held and not is_ours) or not (same or (is_ours and not held)):
            problems.append(error("officer_elsewhere", **item.place("code"), value=item.values["code"]))
    return problems


def _twice(rows: list[ReadPosting]) -> list[Problem]:
    problems = []
    for same in by(rows, _begin).values():
        for item in same[1:]:
            code = "duplicate_row" if item.values == same[0].values else "duplicate_posting"
            problems.append(error(code, **item.place("code"), value=item.values["code"], **_at(same[0])))
    return problems


def _begin(item: ReadPosting) -> tuple[Any, ...]:
    return item.values["agency"], item.values["valid_from"], item.values["is_main"]


def _overlaps(rows: list[ReadPosting], on_record: list[Span]) -> list[Problem]:
    """One problem for each row that overlaps, at the cell to mend: the last day of the one that begins first."""
    main = sorted((item for item in rows if item.values["is_main"]), key=lambda item: item.values["valid_from"])
    problems = []
    for place, item in enumerate(main):
        later = next((one for one in main[place + 1 :] if overlap(one.span, item.span)), None)
        known = next((span for span in on_record if overlap(span, item.span)), None)
        if later is not None:
            at = {"other_sheet": later.sheet, "other_row": later.row}
            problems.append(error("posting_overlap_row", **_last_day_of(item), **at, **_days(later.span)))
        elif known is not None:
            problems.append(error("posting_overlap", **item.place("valid_from"), **_days(known)))
    return problems


def _last_day_of(item: ReadPosting) -> dict[str, Any]:
    return item.end_place() if item.values["valid_to"] else item.place("valid_from")


def _days(span: Span) -> dict[str, str]:
    first, last = span
    return {"first": format_date_vi(first), "last": format_date_vi(last) if last else "…"}


def _at(first: ReadPosting) -> dict[str, Any]:
    return {"first_sheet": first.sheet, "first_row": first.row}

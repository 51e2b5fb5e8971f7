"""Whose work a row is, in which posting, of which item; what cannot be found is put down at its cell."""

from __future__ import annotations

import datetime
import uuid
from collections import defaultdict

from cms.core.dates import format_date_vi
from cms.core.text import code_key, name_key
from importers.checking.cells import CellReader
from importers.kinds.results.check.context import BaseWork, Context, KnownItem, KnownPosting
from importers.kinds.results.check.layout import AGENCY

# So many spans of days are named at the most.
_MOST_NAMED = 5


class Lookup:
    """Finds what rows name."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._postings: dict[str, list[KnownPosting]] = defaultdict(list)
        for posting in context.postings:
            self._postings[posting.code].append(posting)
        self._items: dict[str, list[KnownItem]] = defaultdict(list)
        for item in context.items:
            self._items[code_key(item.code)].append(item)
        # The catalog nearest to the agency comes first.
        for items in self._items.values():
            items.sort(key=lambda item: (-len(item.path), -item.first.toordinal()))
        self._works = {work.identity: work for work in context.base}

    def officer(self, cells: CellReader, code: str, name: str | None) -> bool:
        """Whether there is such an officer, of the name that stands beside the code if one does."""
        known = self._context.names.get(code)
        if known is None:
            cells.fail("officer_not_found", code, key="code", agency=self._context.agency)
            return False
        if name and name != known and name_key(name) != name_key(known):
            cells.fail("officer_name_differs", name, key="name", officer=code, name=known)
        return True

    def work(self, cells: CellReader, reference: str) -> BaseWork | None:
        """Return the work that a reference names."""
        try:
            identity = uuid.UUID(reference.strip())
        except ValueError:
            cells.fail("reference_wrong", reference, key="reference")
            return None
        work = self._works.get(identity)
        if work is None:
            cells.fail("work_not_found", reference, key="reference", period=self._context.period)
        return work

    def posting_and_item(
        self, cells: CellReader, code: str, item: str, day: datetime.date, agency: str | None
    ) -> tuple[KnownPosting, KnownItem] | None:
        """Return in which posting the officer does work of an item that is given on a day, and the item."""
        postings = self._on(cells, code, day, agency)
        if not postings:
            return None
        found = [(posting, one) for posting in postings if (one := self._item(item, posting, day))]
        if not found:
            self._report_item(cells, item, postings[0], day)
            return None
        if len({posting.agency for posting, _item in found}) > 1:
            named = {"officer": code, "given": format_date_vi(day), "agency": found[0][0].agency_name}
            cells.warn("several_postings", code, key="code", header=AGENCY.header, **named)
        return found[0]

    def _on(self, cells: CellReader, code: str, day: datetime.date, agency: str | None) -> list[KnownPosting]:
        """The officer's postings of a day, the main one first."""
        every = self._postings.get(code, [])
        held = sorted((one for one in every if one.holds(day)), key=lambda one: not one.is_main)
        named = {"officer": code, "given": format_date_vi(day)}
        if not held:
            self._report_days(cells, every, day, named)
        elif agency:
            chosen_keys = (code_key(agency), name_key(agency))
            chosen = [
                one
                for one in held
                if code_key(one.agency) == chosen_keys[0] or name_key(one.agency_name) == chosen_keys[1]
            ]
            if not chosen:
                codes = ", ".join(sorted({one.agency for one in held}))
                cells.fail("agency_not_of_officer", agency, key="agency", codes=codes, **named)
            return chosen
        return held

    def _report_days(
        self, cells: CellReader, postings: list[KnownPosting], day: datetime.date, named: dict[str, str]
    ) -> None:  # fmt: skip
        if postings and all(one.last is not None and one.last < day for one in postings):
            last = max(one.last for one in postings if one.last)
            gone = format_date_vi(last + datetime.timedelta(days=1))
            cells.fail("officer_left", key="given_on", day=gone, **named)
        else:
            days = _spans([(one.first, one.last) for one in postings])
            cells.fail("not_posted_on_day", key="given_on", agency=self._context.agency, days=days, **named)

    def _item(self, code: str, posting: KnownPosting, day: datetime.date) -> KnownItem | None:
        return next((one for one in self._reaching(code, posting) if one.holds(day)), None)

    def _reaching(self, code: str, posting: KnownPosting) -> list[KnownItem]:
        return [one for one in self._items.get(code_key(code), ()) if posting.path.startswith(one.path)]

    def _report_item(self, cells: CellReader, code: str, posting: KnownPosting, day: datetime.date) -> None:
        others = self._reaching(code, posting)
        if others:
            days = _spans(sorted({(one.first, one.last) for one in others}, key=lambda span: span[0]))
            cells.fail("item_not_on_day", code, key="item", given=format_date_vi(day), days=days)
        else:
            cells.fail("item_not_found", code, key="item", agency=posting.agency_name)


def _spans(spans: list[tuple[datetime.date, datetime.date | None]]) -> str:
    texts = [f"{format_date_vi(first)} – {format_date_vi(last) if last else '…'}" for first, last in spans]
    return "; ".join(texts[:_MOST_NAMED]) or "–"

"""The table of lines of work in a receipt: each line's numbers, what was taken off it, and why or why not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from cms.scoring import wording as words
from cms.scoring import wording_lateness as by_days
from cms.scoring.arithmetic import scaled
from cms.scoring.articles import cited
from cms.scoring.definition.work import WorkRules
from cms.scoring.inputs import COEFFICIENT_PLACES, QUANTITY_PLACES, WorkLine
from cms.scoring.work import AGGREGATE, UNIT, LineRules, Sums, counted_of

# Points of a line are parts of a ten-thousandth; a percentage of four decimals makes at most a million of them.
_PART_PLACES = 6
_CONVERTED_PLACES = QUANTITY_PLACES + COEFFICIENT_PLACES
_CACHED = 20_000
_POINT_PLACES = QUANTITY_PLACES + _PART_PLACES


class LineTable:
    """One way in which lines count (``rules``), told for the lines of one subject."""

    def __init__(self, code: str, rules: LineRules, work: WorkRules) -> None:
        self.code = code
        self.rules = rules
        self.bands = work.late_bands
        self.parts = 10**_PART_PLACES // rules.whole
        self.off = scaled(rules.off * self.parts, _PART_PLACES - 2) + "%"
        self.floor = scaled(rules.floor * self.parts, _PART_PLACES - 2) + "%"
        self.late_note = words.LATE_NOTE[work.late_counted.value]
        self.rule = self._rule(words.LATE[work.late_counted.value])

    def step(self, lines: tuple[WorkLine, ...], sums: Sums, citation: str) -> dict[str, Any]:
        """Return the step of the receipt that holds the table."""
        return {
            "code": self.code,
            "kind": "lines",
            "title": words.LINES_TITLE,
            "rule": self.rule,
            **cited(citation),
            "columns": [{"code": code, "title": title} for code, title in words.LINE_COLUMNS],
            "rows": [self._row(index, line) for index, line in enumerate(lines, 1)],
            "totals": self._totals(sums),
        }

    def left_out(self, lines: tuple[WorkLine, ...]) -> Iterator[tuple[str, str]]:
        """Walk what of the lines was left out, and why."""
        for no, line in enumerate(lines, 1):
            for what, why in self._left_out_of(line):
                yield words.LINE.format(no=no, what=what), why

    def terms(self, lines: tuple[WorkLine, ...], kind: str) -> list[str]:
        """Return ``coefficient × quantity`` of every line: of what was assigned, counted, or its points left."""
        return [f"{scaled(line.coefficient, COEFFICIENT_PLACES)} × {self._quantity(line, kind)}" for line in lines]

    def _quantity(self, line: WorkLine, kind: str) -> str:
        if kind == "assigned":
            return scaled(line.assigned, QUANTITY_PLACES)
        counted = counted_of(line, self.rules)
        left = self._left(line, counted, kind)
        if left is None:
            return scaled(counted, QUANTITY_PLACES)
        return scaled(self.rules.held(counted, left) * self.parts, _POINT_PLACES)

    def _left(self, line: WorkLine, counted: int, kind: str) -> int | None:
        """Return what is left of a line for its quality or progress; None where nothing is taken off."""
        if kind == "quality" and line.quality_failures and not line.quality_exempt:
            return self.rules.left(counted, line.quality_failures)
        if kind == "progress" and line.is_late and not line.late_exempt:
            return self.rules.left_late(counted, line)
        return None

    def _row(self, no: int, line: WorkLine) -> list[str]:
        counted = counted_of(line, self.rules)
        plain = _plain_cells(line.assigned, line.completed, counted, line.coefficient)
        row = [str(no), line.title, *plain, plain[-1], plain[-1], ""]
        if line.quality_failures or line.is_late or line.completed > line.assigned:
            row[-3] = self._points(line, counted, "quality") or row[-3]
            row[-2] = "" if self.rules.is_undated(line) else self._points(line, counted, "progress") or row[-2]
            row[-1] = self._note(line, counted)
        return row

    def _points(self, line: WorkLine, counted: int, kind: str) -> str:
        """Write what failures or being late leave of a line, with the arithmetic; nothing where there are none."""
        left = self._left(line, counted, kind)
        if left is None:
            return ""
        points = self.rules.held(counted, left)
        weight, own = scaled(line.coefficient, COEFFICIENT_PLACES), scaled(counted, QUANTITY_PLACES)
        value = scaled(line.coefficient * points * self.parts, COEFFICIENT_PLACES + _POINT_PLACES)
        return f"{weight} × {self._taken(line, own, kind)} {'=' if points == left else '→'} {value}"

    def _taken(self, line: WorkLine, own: str, kind: str) -> str:
        """Write what is taken off so much of a line: so many times the same, or what the band of its days says."""
        if kind == "progress" and self.rules.lateness:
            parts = self.rules.lateness.taken_off(line.days_late or 0) * self.parts
            return f"{own} × (100% − {scaled(parts, _PART_PLACES - 2)}%)"
        off = f"{line.quality_failures if kind == 'quality' else self.rules.times_late(line)} × {self.off}"
        return f"({own} − {off})" if self.rules.failure_scope == UNIT else f"{own} × (100% − {off})"

    def _is_held(self, line: WorkLine, counted: int) -> bool:
        """Say whether the floor held what would have been taken off."""
        left = (self._left(line, counted, kind) for kind in ("quality", "progress"))
        return any(each is not None and each < counted * self.rules.floor for each in left)

    def _note(self, line: WorkLine, counted: int) -> str:
        """Say what happened on a line: what was taken off, and what was left out and why."""
        faulty = line.quality_failures if not line.quality_exempt else 0
        taken = [words.FAULTY_NOTE.format(count=faulty)] if faulty else []
        taken += [self._late(line)] if line.is_late and not line.late_exempt else []
        taken += [words.LEAST_REACHED] if self._is_held(line, counted) else []
        taken += [f"{what}: {why}" for what, why in self._left_out_of(line)]
        note = "; ".join(taken)
        return note[:1].upper() + note[1:]

    def _late(self, line: WorkLine) -> str:
        """Say how late a line was: how many times, or for how many days and in which band they fall."""
        if not self.bands:
            return self.late_note.format(count=self.rules.times_late(line))
        if line.days_late is None:
            return by_days.UNDATED.format(times=line.late_occurrences)
        if line.late_exempt:
            return by_days.EXEMPT.format(days=line.days_late)
        return by_days.NOTE.format(days=line.days_late, band=by_days.band_text(self.bands, line.days_late))

    def _left_out_of(self, line: WorkLine) -> Iterator[tuple[str, str]]:
        why = words.EXEMPT_BY.format(exemption=line.exemption) if line.exemption else words.EXEMPT
        if line.quality_exempt and line.quality_failures:
            yield words.FAULTY_NOTE.format(count=line.quality_failures), why
        if line.late_exempt and line.is_late:
            yield self._late(line), why
        if line.completed > line.assigned and self.rules.over_100 != AGGREGATE:
            surplus = scaled(line.completed - line.assigned, QUANTITY_PLACES)
            yield words.SURPLUS.format(surplus=surplus), words.SURPLUS_WHY

    def _totals(self, sums: Sums) -> list[str]:
        converted = [scaled(each, _CONVERTED_PLACES) for each in (sums.assigned, sums.counted)]
        points = [scaled(each * self.parts, _CONVERTED_PLACES + _PART_PLACES) for each in (sums.quality, sums.progress)]
        return ["", words.ADDED, "", "", "", "", *converted, points[0], "" if sums.undated else points[1], ""]

    def _rule(self, late: str) -> str:
        wording = by_days if self.bands else words
        failures = wording.FAILURES_UNIT if self.rules.failure_scope == UNIT else wording.FAILURES_LINE
        least = words.LEAST.format(floor=self.floor) if self.rules.floor else words.LEAST_ZERO
        return words.LINES_RULE.format(
            over=words.OVER_AGGREGATE if self.rules.over_100 == AGGREGATE else words.OVER_LINE,
            failures=failures.format(
                late=by_days.bands_text(self.bands) if self.bands else late, off=self.off, least=least
            ),
        )


@lru_cache(_CACHED)
def _plain_cells(assigned: int, completed: int, counted: int, coefficient: int) -> tuple[str, ...]:
    """Return the cells from what was assigned to what counts, converted; the same few come again and again."""
    return (
        scaled(assigned, QUANTITY_PLACES),
        scaled(completed, QUANTITY_PLACES),
        scaled(counted, QUANTITY_PLACES),
        scaled(coefficient, COEFFICIENT_PLACES),
        scaled(coefficient * assigned, _CONVERTED_PLACES),
        scaled(coefficient * counted, _CONVERTED_PLACES),
    )

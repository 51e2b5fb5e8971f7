"""Scoring a province: columns beside a pandas groupby in floats and beside ORM objects; memory; receipts.

All of it computes on one core, so processor time is measured."""

import gc
import random
import time
import tracemalloc
from decimal import ROUND_HALF_UP, Decimal
from types import SimpleNamespace

from django.db import models

from cms.scoring import batch, engine, shipped
from cms.scoring.columns import LINE, BatchColumns, OfficerInput, to_columns
from cms.scoring.inputs import read_subjects
from cms.scoring.receipt import receipt
from tests.benchmarks.measure import Table, median_ms

OFFICERS, LINES_EACH = 50_000, 30
# Model instances of the whole province would not fit in memory; the time of both grows with the number of officers.
OFFICERS_AS_OBJECTS = 2_500
DECREE = shipped.load("nd335")
LEADERS_MARKS = {"d": 1_000_000, "đ": 500_000, "e": 1_000_000}


def random_line(chance):
    """Return a line in whole numbers: 7 of 10 done as assigned, 2 fall short, 3 % with failures, 5 % late."""
    assigned, luck = 5_000 * chance.randint(1, 40), chance.random()
    short = 5_000 * chance.randint(1, 4)
    completed = assigned if luck < 0.7 else max(0, assigned - short) if luck < 0.9 else assigned + short
    failures, late = int(chance.random() < 0.03), int(chance.random() < 0.05)
    exempt = int(chance.random() < 0.1)
    return assigned, completed, 100_000 * chance.randint(2, 60), failures, late, exempt, exempt, 5 * late


def random_officers(count):
    """Yield so many officers, every tenth of them a head."""
    chance = random.Random(335)
    for number in range(count):
        role, marks = ("staff", {}) if number % 10 else ("head", LEADERS_MARKS)
        lines = [random_line(chance) for _each in range(LINES_EACH)]
        yield OfficerInput(number, role, 2_500 * chance.randint(80, 120), lines, marks)


def columns_of(count):
    return to_columns(list(random_officers(count)))


def as_frames(columns: BatchColumns):
    """Return the same values as floats: the lines, and the officers."""
    import pandas

    names = dict(zip(LINE, (10_000, 10_000, 1_000_000, 1, 1, 1, 1, 1), strict=True))
    lines = pandas.DataFrame({name: getattr(columns, name) for name in names}).astype(float) / pandas.Series(names)
    lines["quality_exempt"], lines["late_exempt"] = lines.quality_exempt > 0, lines.late_exempt > 0
    officers = range(len(columns.roles))
    lines["officer"] = [officer for officer in officers for _line in range(LINES_EACH)]
    marks = {code: pandas.Series(columns.marks[code]) / 10_000 for code in "dđe"}
    people = pandas.DataFrame({"role": columns.roles, "common": columns.common, **marks})
    people["common"] /= 10_000
    return lines, people


def score_frames(lines, people):
    """Score with floats as an analyst would: min, deductions, grouped sums, ratios, totals, levels."""
    import numpy
    import pandas

    counted = lines[["assigned", "completed"]].min(axis=1)
    failures = lines.quality_failures.where(~lines.quality_exempt, 0)
    late = lines.late_occurrences.where(~lines.late_exempt, 0)
    work = pandas.DataFrame(
        {
            "officer": lines.officer,
            "assigned": lines.assigned * lines.coefficient,
            "a": counted * lines.coefficient,
            "b": (counted - failures / 4).clip(lower=0) * lines.coefficient,
            "c": (counted - late / 4).clip(lower=0) * lines.coefficient,
        }
    )
    sums = work.groupby("officer").sum()
    parts = (sums.a + sums.b + sums.c) / sums.assigned
    marks = (people.d + people["đ"] + people.e) / 100
    result = numpy.where(people.role == "staff", parts / 3, (parts + marks) / 6) * 70
    totals = numpy.floor((people.common + result) * 100 + 0.5) / 100
    return totals, pandas.cut(totals, [0, 50, 70, 90, 101], right=False, labels=[3, 2, 1, 0])


# The decree's rules as such a team would have them at hand, from a settings row.
RULES = SimpleNamespace(
    denominator="assigned",
    failure_scope="unit",
    over_100="line",
    points_off=Decimal(25),
    floor=Decimal(0),
    levels=[(0, Decimal(90)), (1, Decimal(70)), (2, Decimal(50)), (3, Decimal(0))],
)


class WorkLine(models.Model):
    """A line of work as a Django team would keep and score it; never saved, so it needs no table."""

    assigned = models.DecimalField(max_digits=12, decimal_places=4)
    completed = models.DecimalField(max_digits=12, decimal_places=4)
    coefficient = models.DecimalField(max_digits=12, decimal_places=6)
    quality_failures = models.PositiveIntegerField(default=0)
    late_occurrences = models.PositiveIntegerField(default=0)
    quality_exempt = models.BooleanField(default=False)
    late_exempt = models.BooleanField(default=False)
    days_late = models.PositiveIntegerField(null=True)

    class Meta:
        app_label = "benchmarks"
        managed = False

    def __str__(self):
        return f"{self.completed}/{self.assigned}"

    def counted(self, rules):
        return self.completed if rules.over_100 == "aggregate" else min(self.assigned, self.completed)

    def converted_assigned(self):
        return self.assigned * self.coefficient

    def converted_completed(self, rules):
        return self.counted(rules) * self.coefficient

    def converted_good(self, rules):
        return self.kept(rules, 0 if self.quality_exempt else self.quality_failures) * self.coefficient

    def converted_timely(self, rules):
        return self.kept(rules, 0 if self.late_exempt else self.late_occurrences) * self.coefficient

    def kept(self, rules, failures):
        counted, off = self.counted(rules), failures * rules.points_off / 100
        points = counted - off if rules.failure_scope == "unit" else counted * (1 - off)
        return max(points, counted * rules.floor / 100)


def as_rows(columns: BatchColumns):
    """Return (common points, marks, rows of values) of every officer, with Decimals as a database driver gives them."""
    people = []
    for place, role in enumerate(columns.roles):
        lines = range(columns.offsets[place], columns.offsets[place + 1])
        rows = [
            (
                *(Decimal(getattr(columns, name)[line]).scaleb(-4) for name in LINE[:2]),
                Decimal(columns.coefficient[line]).scaleb(-6),
                *(getattr(columns, name)[line] for name in LINE[3:]),
            )
            for line in lines
        ]
        marks = [Decimal(columns.marks[code][place]).scaleb(-6) for code in "dđe"] if role == "head" else []
        people.append((Decimal(columns.common[place]).scaleb(-4), marks, rows))
    return people


def as_objects(people):
    """Make a model instance of every row, as a query set does."""
    return [(common, marks, [WorkLine.from_db(None, LINE, row) for row in rows]) for common, marks, rows in people]


def score_objects(people, rules):
    """Score with Decimal, line by line."""
    scored = []
    for common, marks, lines in people:
        assigned = sum(line.converted_assigned() for line in lines)
        completed = sum(line.converted_completed(rules) for line in lines)
        checked = completed if rules.denominator == "completed" else assigned
        good = sum(line.converted_good(rules) for line in lines)
        timely = sum(line.converted_timely(rules) for line in lines)
        parts = [min(part, Decimal(1)) for part in (completed / assigned, good / checked, timely / checked)] + marks
        total = (common + sum(parts) / len(parts) * 70).quantize(Decimal("0.01"), ROUND_HALF_UP)
        scored.append((total, next(level for level, start in rules.levels if total >= start)))
    return scored


def test_a_province_from_columns():
    table = Table(f"Totals and levels of {OFFICERS:,} officers with {LINES_EACH} lines each")
    columns = columns_of(OFFICERS)
    lines, people = as_frames(columns)
    found, (totals, _levels) = batch.score_columns(DECREE, columns), score_frames(lines, people)
    off_by = [abs(ours - round(theirs * 100)) for ours, theirs in zip(found.totals, totals, strict=True)]
    print(f"\nFloats miss {sum(map(bool, off_by))} of {OFFICERS} totals by a hundredth")
    assert max(off_by) <= 1
    ours, pandas = median_ms(
        lambda: batch.score_columns(DECREE, columns),
        lambda: score_frames(lines, people),
        rounds=9,
        clock=time.process_time,
    )
    table.compare("columns, beside a pandas groupby in floats", ours, pandas, 6)

    columns = columns_of(OFFICERS_AS_OBJECTS)
    rows = as_rows(columns)
    objects = as_objects(rows)
    found = batch.score_columns(DECREE, columns)
    assert score_objects(objects, RULES) == [
        (Decimal(total) / 100, level) for total, level in zip(found.totals, found.levels, strict=True)
    ]
    ours, made, scored = median_ms(
        lambda: batch.score_columns(DECREE, columns),
        lambda: score_objects(as_objects(rows), RULES),
        lambda: score_objects(objects, RULES),
        rounds=5,
        clock=time.process_time,
    )
    few = f"{OFFICERS_AS_OBJECTS:,} officers"
    table.compare(
        f"columns, beside making ORM objects of rows and scoring them with Decimal ({few})", ours, made, 1 / 15
    )
    table.compare(f"columns, beside ORM objects that are made already ({few})", ours, scored, 1 / 8)
    table.show()
    assert not table.missed


def peak_mb(count):
    """Return the highest memory that scoring so many officers in chunks takes, in MB."""
    gc.collect()
    tracemalloc.start()
    for _ids, _outcomes in batch.score_chunks(DECREE, random_officers(count), 1_000):
        pass
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1_000_000


def test_memory_grows_with_a_chunk():
    few, many = peak_mb(10_000), peak_mb(100_000)
    print(f"\nPeak memory in chunks of 1,000: 10,000 officers {few:.1f} MB, 100,000 officers {many:.1f} MB")
    assert many < few * 1.1


def subjects(count):
    """Return people as they come over the API, read."""
    people = []
    for officer in random_officers(count):
        texts = [
            (f"{assigned / 10_000:.4f}", f"{completed / 10_000:.4f}", f"{coefficient / 1_000_000:.2f}", *counts[:2])
            for assigned, completed, coefficient, *counts in officer.lines
        ]
        work = [dict(zip(LINE, text, strict=False)) for text in texts]
        marks = {code: f"{mark // 10_000}" for code, mark in officer.marks.items()}
        common = f"{officer.common / 10_000:.2f}"
        people.append({"id": officer.id, "role": officer.role, "common": common, "work": work, "indicators": marks})
    found, problems = read_subjects(people, DECREE)
    assert not problems
    return found


def test_receipts_a_second():
    people = subjects(1_000)
    scores = [engine.score(DECREE, person) for person in people]
    scored, reported = median_ms(
        lambda: [engine.score(DECREE, person).total for person in people],
        lambda: [receipt(score)["hash"] for score in scores],
        rounds=9,
        clock=time.process_time,
    )
    receipts, marks = len(people) / reported * 1000, len(people) / scored * 1000
    print(f"\n{receipts:,.0f} receipts a second with {LINES_EACH} lines (goal 2,000); {marks:,.0f} scores a second")
    assert receipts >= 2_000

"""Bands of days late: every late day is in one band, and later takes more off."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from cms.scoring.definition.work import WorkRules
from cms.scoring.exact import to_text
from cms.scoring.problems import Problem


def check_lateness(work: WorkRules) -> Iterator[Problem]:
    """Check the bands; each holds up to the next, so those that go up from the first day leave no day out."""
    bands = work.late_bands
    if bands and work.late_counted.value != "days":
        yield Problem("work.late_bands", "late_bands_without_days")
    if bands and bands[0].from_days != 1:
        yield Problem("work.late_bands[0].from_days", "late_bands_not_from_day_one")
    for index, (before, band) in enumerate(pairwise(bands), 1):
        if band.from_days <= before.from_days:
            params = {"before": to_text(before.from_days)}
            yield Problem(f"work.late_bands[{index}].from_days", "late_bands_not_ascending", params)
        if band.points_off <= before.points_off:
            params = {"before": to_text(before.points_off)}
            yield Problem(f"work.late_bands[{index}].points_off", "late_band_not_more", params)

"""Problems with uploaded subjects, each at the place where a person finds it: who, which line, which field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.frameworks.messages import render
from cms.scoring.problems import Problem

FIELDS = {
    "id": gettext_lazy("Identifier"),
    "role": gettext_lazy("Role"),
    "category": gettext_lazy("Staff category"),
    "position_group": gettext_lazy("Position group"),
    "agency": gettext_lazy("Agency"),
    "common": gettext_lazy("Common criteria"),
    "criteria": gettext_lazy("Criterion"),
    "indicators": gettext_lazy("Indicator"),
    "subordinates": gettext_lazy("Subordinates"),
    "fields": gettext_lazy("Fields of work"),
    "metrics": gettext_lazy("Figure"),
    "flags": gettext_lazy("Flag"),
    "comments": gettext_lazy("Comment on the mark"),
    "evidence": gettext_lazy("Evidence for the mark"),
    "work": gettext_lazy("Line of work"),
    "title": gettext_lazy("Product or work"),
    "assigned": gettext_lazy("Assigned"),
    "completed": gettext_lazy("Completed"),
    "coefficient": gettext_lazy("Coefficient"),
    "quality_failures": gettext_lazy("Quality failures"),
    "late_occurrences": gettext_lazy("Times late"),
    "days_late": gettext_lazy("Days late"),
    "quality_exempt": gettext_lazy("Failures excused"),
    "late_exempt": gettext_lazy("Delays excused"),
    "exemption": gettext_lazy("What excuses them"),
    "total": gettext_lazy("Total"),
    "level": gettext_lazy("Level"),
}
_BY_CODE = ("common", "criteria", "indicators", "metrics", "comments", "evidence")
_SUBJECT = re.compile(r"subjects\[(\d+)\]\.?")
_STEP = re.compile(r"([^.\[\]]+)(?:\[(\d+)\])?")


def described_inputs(problems: Sequence[Problem], data: Any) -> list[dict[str, str]]:
    """Return the problems ready to show: path, place and sentence. ``data`` is what was sent."""
    subjects = data.get("subjects") if isinstance(data, dict) else data
    return [{"path": each.path, "place": _place(each.path, subjects), "message": render(each)} for each in problems]


def _place(path: str, subjects: Any) -> str:
    found = _SUBJECT.match(path)
    if found is None:
        return _("The file as a whole")
    index, inside = int(found[1]), path[found.end() :]
    return " › ".join([_person(index, subjects), *_steps(inside)])


def _person(index: int, subjects: Any) -> str:
    subject = subjects[index] if isinstance(subjects, list) and index < len(subjects) else None
    label = _("Subject %(number)s") % {"number": index + 1}
    name = subject.get("id") if isinstance(subject, dict) else None
    return label if name in (None, "") else f"{label} ({str(name)[:60]})"


def _steps(inside: str) -> list[str]:
    """Name the fields of a path; the codes of a framework, which may have points in them, stay as they are."""
    field, _point, code = inside.partition(".")
    if field in _BY_CODE and code:
        return [str(FIELDS[field]), code]
    return [f"{FIELDS.get(name, name)}{f' {int(index) + 1}' if index else ''}" for name, index in _STEP.findall(inside)]

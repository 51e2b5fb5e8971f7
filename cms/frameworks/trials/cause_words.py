"""What ``causes`` and ``coverage`` found, in sentences for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.frameworks.blocks.words import LEVELS
from cms.frameworks.enums import ScoredRole
from cms.frameworks.messages import render
from cms.scoring.problems import Problem

_SIDED: dict[tuple[str, str], Promise | str] = {
    ("disqualifier", "after"): gettext_lazy("Held down after: %(title)s"),
    ("disqualifier", "before"): gettext_lazy("No longer held down: %(title)s"),
    ("condition", "after"): gettext_lazy("Condition not met after: %(title)s"),
    ("condition", "before"): gettext_lazy("Condition that was not met before: %(title)s"),
    ("unknown", "after"): gettext_lazy("No figure after for the condition: %(title)s"),
    ("unknown", "before"): gettext_lazy("There was no figure before for the condition: %(title)s"),
    ("doubtful", "after"): gettext_lazy("A decision is needed after: %(title)s"),
    ("doubtful", "before"): gettext_lazy("A decision was needed before: %(title)s"),
    ("no_total", "after"): gettext_lazy("No total after: %(text)s"),
    ("no_total", "before"): gettext_lazy("There was no total before: %(text)s"),
    ("unreadable", "after"): gettext_lazy("The inputs cannot be read after: %(problem)s"),
    ("unreadable", "before"): gettext_lazy("The inputs could not be read before: %(problem)s"),
}


def cause_text(cause: Mapping[str, Any]) -> str:
    """Return a cause (``causes.cause_of``) as a sentence."""
    if cause["kind"] in _OWN:
        return _OWN[cause["kind"]](cause)
    problem = _problem(cause) if cause["kind"] == "unreadable" else ""
    return str(_SIDED[cause["kind"], cause["side"]]) % {"title": "", "text": "", **cause, "problem": problem}


def missing_texts(missed: Mapping[str, Any], names: Mapping[str, str]) -> list[str]:
    """Return what a sample leaves out (``coverage.missing``), a line each; ``names`` are those of position groups."""
    roles = [_("role: %(name)s") % {"name": role_name(code)} for code in missed["roles"]]
    groups = [_("position group: %(name)s") % {"name": names.get(code, code)} for code in missed["position_groups"]]
    weights = [
        _("set of weights of: %(cells)s") % {"cells": "; ".join(cell_name(role, group, names) for role, group in cells)}
        for cells in missed["weights"]
    ]
    return roles + groups + weights


def apart_texts(apart: Mapping[str, Any], names: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """Return what two frameworks cannot be compared in (``comparability.apart``): headings with what they are about."""
    lines = []
    for side, roles, groups, asked in (
        ("before", _("Roles that only the framework before judges"), _("Position groups only before"),
         _("Criteria and indicators that only the framework before asks for")),
        ("after", _("Roles that only the framework after judges"), _("Position groups only after"),
         _("Criteria and indicators that only the framework after asks for")),
    ):  # fmt: skip
        lines += [
            (roles, [role_name(code) for code in apart[side]["roles"]]),
            (groups, [names.get(code, code) for code in apart[side]["position_groups"]]),
            (asked, list(apart[side]["asked"])),
        ]
    renamed = [f"{old} → {new}" for old, new in apart["renamed"]]
    lines.append((_("One code with two titles: the same mark was taken for both"), renamed))
    return [(heading, found) for heading, found in lines if found]


def cell_name(role: str, group: str, names: Mapping[str, str]) -> str:
    """Name a role with a position group, or alone."""
    return f"{role_name(role)} · {names.get(group, group)}" if group else role_name(role)


def role_name(code: str) -> str:
    """Return the label of a role; a code that is none of the roles comes back as it is."""
    return str(ScoredRole(code).label) if code in ScoredRole.values else code


def _part(cause: Mapping[str, Any]) -> str:
    params = {
        "what": f"{cause['section']} › {cause['title']}" if cause["title"] else cause["section"],
        "before": _vi(cause["before"]),
        "after": _vi(cause["after"]),
    }
    if not cause["weights"]:
        return _("%(what)s: %(before)s → %(after)s points") % params
    old, new = (_vi(each) for each in cause["weights"])
    params |= {"old": old, "new": new}
    return _("%(what)s: %(before)s → %(after)s points (weight %(old)s → %(new)s)") % params


def _threshold(cause: Mapping[str, Any]) -> str:
    sides = {side: "–" if cause[side] is None else _vi(cause[side]) for side in ("before", "after")}
    return _("Threshold of “%(level)s”: %(before)s → %(after)s") % {"level": LEVELS[cause["level"]], **sides}


def _rounding(cause: Mapping[str, Any]) -> str:
    return _("Rounding or the order of levels")


_OWN: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "part": _part, "threshold": _threshold, "rounding": _rounding,
}  # fmt: skip


def _problem(cause: Mapping[str, Any]) -> str:
    path = cause["path"].partition(".")[2]
    return f"{path}: {render(Problem(path, cause['code'], cause['params']))}"


def _vi(text: str) -> str:
    return text.replace("-", "−").replace(".", ",")

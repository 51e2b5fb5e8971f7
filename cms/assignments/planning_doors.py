"""Puts each part of planning into its two frames: the desk's, and the pages of those who manage without a role."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.urls import URLPattern, path

from cms.assignments import ahead_parts, away_parts, planning_parts
from cms.assignments.permissions import can_see_work
from cms.assignments.views import LIST, WorkScreen
from cms.core.screens import FormScreen, ListScreen, PageScreen
from cms.organisations.personal.screens import PersonalFormScreen, PersonalListScreen, PersonalScreen

# What a part is: the frame that it is put into.
LIST_OF_ROWS, FORM, PAGE = "list", "form", "page"


class Place(NamedTuple):
    """A part with the name of its route at both doors, and its address at each; none where it is not there."""

    name: str
    part: type
    frame: str
    desk: str | None
    team: str | None


PLACES = (
    Place("planning", ahead_parts.Planning, PAGE, "planning/", "ke-hoach/"),
    Place("item_choice", planning_parts.ItemChoice, LIST_OF_ROWS, "items/", "giao-viec/"),
    Place("work_give", planning_parts.WorkGive, FORM, "give/<int:agency>/<int:item>/",
          "giao-viec/<int:agency>/<int:item>/"),
    Place("rule_list", planning_parts.RuleList, LIST_OF_ROWS, "rules/", "lap-lai/"),
    Place("rule_add", planning_parts.RuleAdd, FORM, "rules/add/<int:agency>/<int:item>/",
          "lap-lai/them/<int:agency>/<int:item>/"),
    Place("rule_edit", planning_parts.RuleEdit, FORM, "rules/<int:pk>/edit/", "lap-lai/<int:pk>/sua/"),
    Place("rule_stop", planning_parts.RuleStop, FORM, "rules/<int:pk>/end/", "lap-lai/<int:pk>/dung/"),
    Place("copy_plan", ahead_parts.CopyPlan, FORM, "copy/", "sao-chep/"),
    Place("template_list", ahead_parts.TemplateList, LIST_OF_ROWS, "templates/", "mau/"),
    Place("template_add", ahead_parts.TemplateAdd, FORM, "templates/add/", None),
    Place("template_edit", ahead_parts.TemplateEdit, FORM, "templates/<int:agency>/<int:position>/", None),
    Place("template_apply", ahead_parts.TemplateApply, FORM, "templates/<int:pk>/give/", "mau/<int:pk>/giao/"),
    Place("absence_list", away_parts.AbsenceList, LIST_OF_ROWS, "absences/", "vang-mat/"),
    Place("absence_add", away_parts.AbsenceAdd, FORM, "absences/add/", "vang-mat/them/"),
    Place("absence_withdraw", away_parts.AbsenceWithdraw, FORM, "absences/<int:pk>/withdraw/",
          "vang-mat/<int:pk>/rut/"),
    Place("absence_upload", away_parts.AbsenceUpload, FORM, "absences/upload/", "vang-mat/tai-len/"),
    Place("absence_template", away_parts.AbsenceTemplate, PAGE, "absences/template/", "vang-mat/mau/"),
    Place("hand_over", away_parts.WorkHandOver, FORM, "hand-over/<int:posting>/", "ban-giao/<int:posting>/"),
    Place("managed_edit", planning_parts.ManagedWorkEdit, FORM, None, "viec/<int:pk>/sua/"),
    Place("managed_withdraw", planning_parts.ManagedWorkWithdraw, FORM, None, "viec/<int:pk>/thu-hoi/"),
)  # fmt: skip


class _Desk(WorkScreen):
    """At the desk, for those who hold a role at an agency."""

    door = "assignments"
    opens_to = staticmethod(can_see_work)
    above = LIST


class _Team:
    """On one's own pages, below the work of those whom one manages."""

    door = "personal"
    name = "team"
    request: Any

    @property
    def person(self) -> Any:
        """Return the account."""
        return self.request.user


_DESK = {LIST_OF_ROWS: (_Desk, ListScreen), FORM: (_Desk, FormScreen), PAGE: (_Desk, PageScreen)}
_TEAM = {
    LIST_OF_ROWS: (_Team, PersonalListScreen), FORM: (_Team, PersonalFormScreen), PAGE: (_Team, PersonalScreen),
}  # fmt: skip
_TEMPLATES = {
    "assignments:planning": "assignments/planning.html",
    "personal:planning": "assignments/team_planning.html",
    "assignments:template_edit": "assignments/template_edit.html",
}


def _view(place: Place, frame: tuple[type, ...]) -> Any:
    screen = type(place.part.__name__, (place.part, *frame), {"__doc__": place.part.__doc__})
    template = _TEMPLATES.get(f"{screen.door}:{place.name}")  # type: ignore[attr-defined]
    return screen.as_view(**({"template_name": template} if template else {}))  # type: ignore[attr-defined]


def desk_routes() -> list[URLPattern]:
    """Return the routes of planning below the work of the desk."""
    return [path(f"work/{each.desk}", _view(each, _DESK[each.frame]), name=each.name) for each in PLACES if each.desk]


def team_routes() -> tuple[URLPattern, ...]:
    """Return the routes of planning below a manager's page."""
    return tuple(path(each.team, _view(each, _TEAM[each.frame]), name=each.name) for each in PLACES if each.team)

"""Screens of the list of positions, kept by editors of Sở Nội vụ and read by agencies' people."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cms.core.screens import Column, below, link_to
from cms.core.screens.tables import format_value
from cms.organisations import actions
from cms.organisations.models import Position, PositionVersion
from cms.organisations.models.positions import PositionQuerySet
from cms.organisations.officer_forms import PositionApprovalForm, PositionFilterForm, PositionForm
from cms.organisations.permissions import can_edit_positions, can_see_positions
from cms.organisations.views.base import FormScreen, ListScreen

_LIST = ("organisations:position_list", _("Positions"))


class PositionListScreen(ListScreen):
    """The positions that the person reads, by name, each with its group, scope and last approval."""

    page_title = _LIST[1]
    header_icon = "list-ul"
    opens_to = staticmethod(can_see_positions)
    filter_form_class = PositionFilterForm
    order = ("name", "pk")
    empty = _("No position is like this.")

    def get_queryset(self) -> PositionQuerySet:
        found = Position.objects.visible_to(self.person).search(self.narrowed.get("q", ""))
        found = found.select_related("group", "agency")
        return found.filter(group=self.narrowed["group"]) if self.narrowed.get("group") else found

    def get_columns(self) -> list[Column]:
        return [
            Column("name", _("Name"), url_name="organisations:position_edit"),
            Column("code", _("Code"), is_code=True),
            Column("kind", _("Kind"), "get_kind_display"),
            Column("group", _("Position group"), "group.name"),
            Column("scope", _("Scope"), _scope),
            Column("approval", _("Decision of approval"), "approval", below=_effect),
            *([Column("common", _("Common list"), _common_items)] if can_edit_positions(self.person) else []),
        ]

    def present(self, rows: list[Any]) -> list[Any]:
        """Add the last approval to each position, and to editors whether a draft waits for one."""
        approved: dict[int, PositionVersion] = {}
        drafts = set()
        for version in PositionVersion.objects.filter(position__in=rows).order_by("number"):
            if version.approved_on:
                approved[version.position_id] = version
            else:
                drafts.add(version.position_id)
        for row in rows:
            row.approved = approved.get(row.pk)
            row.approval = row.approved.approval_number if row.approved else ""
            row.has_draft = row.pk in drafts and can_edit_positions(self.person)
        return rows

    def buttons(self) -> list[tuple[str, Any]]:
        officers = (reverse("organisations:officer_list"), _("Officers"))
        if not can_edit_positions(self.person):
            return [officers]
        buttons = [(reverse("organisations:position_add"), _("Add a position"))]
        with suppress(NoReverseMatch):
            buttons.append((reverse("position_groups:index"), _("Position groups")))
        upload = (reverse("organisations:position_upload"), _("Bring in from Excel"))
        return [*buttons, upload, (reverse("organisations:position_download"), _("Download as Excel")), officers]


def _scope(position: Position) -> Any:
    return position.agency.name if position.agency else _("The whole province")


def _common_items(position: Position) -> SafeString:
    """Lead to the items of the common list that its holders do."""
    address = f"{reverse('curation:common')}?{urlencode({'position': position.code})}"
    return link_to(address, _("Common items"), f"{_('Common items')}: {position.name}")


def _effect(position: Any) -> SafeString:
    version = position.approved
    since = version and _("from %(day)s") % {"day": format_value(version.effective_from)}
    return below(since, position.has_draft and _("a draft waits for its approval"))


class PositionAddScreen(FormScreen):
    above = _LIST
    page_title = _("Add a position")
    header_icon = "plus"
    form_class = PositionForm
    opens_to = staticmethod(can_edit_positions)
    success_message = _("The position has been saved.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.save_position(by=self.person, **form.cleaned_data)


class PositionScreen(FormScreen):
    """Something about one position."""

    above = _LIST
    page_title = _("Job position")
    header_icon = "list-ul"

    @cached_property
    def position(self) -> Position:
        """Return the position of the address, if the person reads it."""
        readable = Position.objects.visible_to(self.person).select_related("group", "agency")
        return get_object_or_404(readable, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.position.name


class PositionEditScreen(PositionScreen):
    """What a position is and was, by version; editors change it there, which makes a draft of the next version."""

    template_name = "organisations/position_edit.html"
    form_class = PositionForm
    opens_to = staticmethod(can_see_positions)
    success_message = _("The position has been saved.")

    def may_open(self, request: HttpRequest) -> bool:
        return can_edit_positions(request.user) if request.method == "POST" else super().may_open(request)

    @cached_property
    def latest(self) -> PositionVersion | None:
        return self.position.latest_version()

    def get_form_kwargs(self) -> dict[str, Any]:
        """Work on a copy, so that the action sees what was there before."""
        return super().get_form_kwargs() | {"instance": Position.objects.get(pk=self.position.pk)}

    def get_initial(self) -> dict[str, Any]:
        """Start with what the draft says, or else the version approved last."""
        texts = {name: getattr(self.latest, name) for name in actions.VERSIONED} if self.latest else {}
        return super().get_initial() | texts

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        return super().get_context_data(**kwargs) | {
            "position": self.position,
            "writes": can_edit_positions(self.person),
            "draft": self.latest is None or self.latest.approved_on is None,
            "versions": self.position.versions.approved().select_related("group"),
            "holding": self.position.version_on(today),
        }

    def perform(self, form: forms.BaseForm) -> None:
        actions.save_position(by=self.person, position=self.position, **form.cleaned_data)

    def get_success_url(self) -> str:
        return reverse("organisations:position_edit", args=[self.position.pk])


class PositionApproveScreen(PositionScreen):
    """Enter the decision that approved the draft."""

    page_title = _("Enter the approval")
    form_class = PositionApprovalForm
    opens_to = staticmethod(can_edit_positions)
    submit_label = _("Enter the approval")
    success_message = _("The approval has been entered; the version no longer changes.")
    explanation = _("Afterwards this version stays as it is. A later change is a new version with its own approval.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.approve_position(by=self.person, position=self.position, **form.cleaned_data)

    def refused_url(self) -> str:
        return reverse("organisations:position_edit", args=[self.position.pk])

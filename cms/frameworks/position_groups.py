"""Wagtail's screens over position groups; every write goes through the action."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import BasePermissionPolicy

from cms.frameworks import permissions
from cms.frameworks.actions.position_groups import save_position_group
from cms.organisations.models import PositionGroup
from cms.users.enums import Role


class PositionGroupPolicy(BasePermissionPolicy):
    """Editors of Sở Nội vụ add and change groups; nobody deletes one, since definitions name it."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Return whether the person may do this with any group."""
        return action in ("add", "change", "view") and permissions.can_add(user)

    def users_with_any_permission(self, actions: Iterable[str]) -> models.QuerySet[Any]:
        return get_user_model()._default_manager.filter(is_active=True, groups__name=Role.EDITOR.group_name)


class PositionGroupForm(WagtailAdminModelForm):
    """A position group; the code stays as it was first typed."""

    class Meta:
        model = PositionGroup
        fields = ["code", "name", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["code"].disabled = True


class _SavesByAction:
    """Saves the group through the action, so that the ledger knows of it."""

    form: PositionGroupForm
    request: HttpRequest

    def save_instance(self) -> PositionGroup:
        """Save what the form says."""
        details = {name: self.form.cleaned_data[name] for name in self.form.Meta.fields}
        return save_position_group(by=self.request.user, group_id=self.form.instance.pk, **details)


class PositionGroupCreateView(_SavesByAction, generic.CreateView):
    """Add a group."""


class PositionGroupEditView(_SavesByAction, generic.EditView):
    """Change a group."""


class PositionGroupIndexView(generic.IndexView):
    """The list, searched by name and code."""

    is_searchable = True
    search_fields = ["name", "code"]


class PositionGroupViewSet(ModelViewSet):
    """Position groups: list, add, edit."""

    model = PositionGroup
    name = "position_groups"
    url_prefix = "position-groups"
    menu_name = "position_groups"
    menu_label = _("Position groups")
    menu_order = 20
    icon = "group"
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display = [
        "name",
        Column("code", label=capfirst(_("code")), sort_key="code"),
        Column("note", label=capfirst(_("note"))),
    ]
    index_view_class = PositionGroupIndexView
    add_view_class = PositionGroupCreateView
    edit_view_class = PositionGroupEditView

    def get_form_class(self, for_update: bool = False) -> type[PositionGroupForm]:
        return PositionGroupForm

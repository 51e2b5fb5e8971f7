"""What leads from the list and the editor of frameworks to the screens beside them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button, HeaderButton

from cms.frameworks import permissions
from cms.frameworks.models import CriteriaFramework
from cms.frameworks.views.starting import may_specialise


def beside_list(user: Any) -> list[Button]:
    """Return what begins a framework other than by typing: for editors in the menu, beside the button that adds one."""
    own = _("An agency's own framework"), reverse("frameworks:specialise")
    if permissions.can_add(user):
        upload = Button(_("Upload a definition"), url=reverse("frameworks:upload"), icon_name="upload", priority=20)
        return [Button(own[0], url=own[1], icon_name="group", priority=10), upload]
    return [HeaderButton(own[0], url=own[1], icon_name="plus")] if may_specialise(user) else []


def about(framework: CriteriaFramework, user: Any, *, is_published: bool) -> list[Button]:
    """Return what leads to the screens about a framework that the person reads."""

    def button(label: str, name: str, icon: str, priority: int) -> Button:
        url = reverse(f"frameworks:{name}", args=[framework.pk])
        return Button(label, url=url, icon_name=icon, priority=priority)

    buttons = [
        button(_("Trials"), "trials", "glasses", 31),
        button(_("Calculator"), "calculator", "decimal", 32),
        button(_("Sources"), "sources", "clipboard-list", 33),
        button(_("Download as JSON"), "draft_json", "download", 35),
    ]
    if is_published:
        buttons += [
            button(_("Versions"), "versions", "history", 33),
            button(_("Differences"), "difference", "resubmit", 34),
        ]
        buttons.append(
            button(_("Agencies' own"), "specialised", "group", 38)
            if framework.agency_id is None
            else button(_("Beside its base"), "base", "link", 38)
        )
    if permissions.can_change(user, framework):
        buttons.append(button(_("Upload the next draft"), "upload_next", "upload", 36))
    if is_published and framework.agency_id is None and may_specialise(user):
        url = f"{reverse('frameworks:specialise')}?from={framework.code}"
        buttons.append(Button(_("An agency's own framework"), url=url, icon_name="group", priority=37))
    return buttons

"""Screens of external systems: which there are, what their words stand for, and what of theirs could not be taken."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.assignments import actions
from cms.assignments.enums import MessageState, NameKind
from cms.assignments.models import ExternalSystem, OutsideMessage, OutsideName
from cms.assignments.permissions import can_map, can_see_systems
from cms.assignments.system_forms import (
    MessageFilterForm,
    MessageForm,
    NameFilterForm,
    NameForm,
    PasteForm,
    SystemForm,
)  # fmt: skip
from cms.catalogs.models import CatalogItem
from cms.core.screens import Column, FormScreen, ListScreen, Screen, below, link_to
from cms.organisations.permissions import can_administer

LIST = ("assignments:systems", gettext_lazy("External systems"))


class SystemsScreen(Screen):
    """A screen about external systems."""

    opens_to = staticmethod(can_see_systems)
    header_icon = "link"
    above: tuple[str, Any] | None = LIST


class SystemListScreen(SystemsScreen, ListScreen):
    """The systems whose words a person maps, with how much waits."""

    page_title = LIST[1]
    above = None
    empty = gettext_lazy("No external system writes for your agencies alone.")

    def get_queryset(self) -> QuerySet[ExternalSystem]:
        systems = ExternalSystem.objects.managed_by(self.person).prefetch_related("agencies").order_by("name", "pk")
        return systems.annotate(
            waiting=Count("messages", filter=Q(messages__state=MessageState.WAITING), distinct=True),
            refused=Count("messages", filter=Q(messages__state=MessageState.REFUSED), distinct=True),
        )

    def get_columns(self) -> list[Column]:
        return [
            Column("name", gettext_lazy("Name"), _names_link, below=lambda system: below(system.code)),
            Column("kind", gettext_lazy("Kind"), "get_kind_display"),
            Column("agencies", gettext_lazy("Agencies"), _agencies),
            Column("waiting", MessageState.WAITING.label, _messages_link("waiting")),
            Column("refused", MessageState.REFUSED.label, _messages_link("refused")),
        ]

    def is_past(self, row: ExternalSystem) -> bool:
        return not row.is_active

    def buttons(self) -> list[tuple[str, Any]]:
        add = (reverse("assignments:system_add"), _("Add an external system"))
        return [add] if can_administer(self.person) else []


def _names_link(system: ExternalSystem) -> Any:
    return link_to(reverse("assignments:system", args=[system.code]), system.name)


def _messages_link(state: str) -> Any:
    def link(system: Any) -> Any:
        count = getattr(system, state)
        url = f"{reverse('assignments:system_messages', args=[system.code])}?state={state}"
        about = _("%(count)d messages of %(system)s") % {"count": count, "system": system}
        return link_to(url, count, about) if count else 0

    return link


def _agencies(system: ExternalSystem) -> str:
    named = [agency.name for agency in system.agencies.all()]
    more = len(named) - 3
    return ", ".join(named[:3]) + (_(" and %(count)d more") % {"count": more} if more > 0 else "")


class SystemFormScreen(SystemsScreen, FormScreen):
    """A system, as an administrator keeps it."""

    opens_to = staticmethod(can_administer)
    form_class = SystemForm
    success_message = gettext_lazy("The external system has been saved.")

    @cached_property
    def system(self) -> ExternalSystem | None:
        code = self.kwargs.get("code")
        return get_object_or_404(ExternalSystem, code=code) if code else None

    def get_page_title(self) -> Any:
        return _("Change the external system") if self.system else _("Add an external system")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.system}

    def perform(self, form: forms.BaseForm) -> None:
        # The form wrote into its instance already; the action compares with what is stored.
        stored = get_object_or_404(ExternalSystem, pk=self.system.pk) if self.system else None
        actions.save_system(by=self.person, system=stored, **form.cleaned_data)


class OfSystem(SystemsScreen):
    """A screen about one system whose words the person maps."""

    @cached_property
    def system(self) -> ExternalSystem:
        return get_object_or_404(ExternalSystem.objects.managed_by(self.person), code=self.kwargs["code"])

    def get_page_subtitle(self) -> str:
        return str(self.system)

    def refused_url(self) -> str:
        return reverse("assignments:system", args=[self.kwargs["code"]])

    def trail(self) -> list[dict[str, Any]]:
        return [{"url": self.refused_url(), "label": self.system.name}]


class NameListScreen(OfSystem, ListScreen):
    """What a system calls people, kinds of work and states, and what each stands for."""

    page_title = gettext_lazy("Mapping")
    filter_form_class = NameFilterForm
    order = ("about", "key", "pk")
    empty = gettext_lazy("No name is like this.")

    def trail(self) -> list[dict[str, Any]]:
        return []

    def get_queryset(self) -> QuerySet[OutsideName]:
        asked = self.narrowed
        names = self.system.names.search(asked.get("q", "")).select_related("officer", "agency")
        names = names.filter(about=asked["about"]) if asked.get("about") else names
        return names.unmapped() if asked.get("state") == "open" else names

    def present(self, rows: list[OutsideName]) -> list[OutsideName]:
        identities = [name.item_identity for name in rows if name.item_identity]
        items = CatalogItem.objects.filter(identity__in=identities).order_by("version_id")
        self.items = {item.identity: item for item in items}
        return rows

    def get_columns(self) -> list[Column]:
        return [
            Column("key", gettext_lazy("Name in the other system"), self._link, below=lambda name: below(name.label)),
            Column("about", gettext_lazy("About"), "get_about_display"),
            Column("target", gettext_lazy("Stands for"), self._target),
            Column("agency", gettext_lazy("Agency"), lambda name: name.agency.name if name.agency else ""),
        ]

    def _link(self, name: OutsideName) -> Any:
        return link_to(reverse("assignments:name", args=[self.system.code, name.pk]), name.key)

    def _target(self, name: OutsideName) -> str:
        if name.is_ignored:
            return _("Passed over")
        if name.item_identity:
            return str(self.items.get(name.item_identity, name.item_identity))
        return str(name.officer or name.get_act_display() or _("Not mapped yet"))

    def buttons(self) -> list[tuple[str, Any]]:
        code = self.system.code
        found = [
            (reverse("assignments:name_add", args=[code]), _("Map a name")),
            (reverse("assignments:names_paste", args=[code]), _("Paste many from Excel")),
            (reverse("assignments:system_messages", args=[code]), _("Messages that were not taken")),
        ]
        if can_administer(self.person):
            found.append((reverse("assignments:system_edit", args=[code]), _("Change the external system")))
        return found


class NameScreen(OfSystem, FormScreen):
    """Say what a name stands for; its messages are then taken up again."""

    page_title = gettext_lazy("Map a name")
    form_class = NameForm

    @cached_property
    def name(self) -> OutsideName | None:
        key = self.kwargs.get("pk")
        return get_object_or_404(self.system.names.select_related("officer", "agency"), pk=key) if key else None

    @property
    def subject(self) -> str:
        return f"{self.name.get_about_display()}: {self.name.key}" if self.name else ""

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"system": self.system, "name": self.name}

    def get_initial(self) -> dict[str, Any]:
        name = self.name
        if name is None:
            return {"about": NameKind.PERSON}
        target = name.officer.code if name.officer else name.act
        if name.item_identity:
            item = CatalogItem.objects.filter(identity=name.item_identity).order_by("-version_id").first()
            target = item.code if item else ""
        return {"target": target, "agency": name.agency, "is_ignored": name.is_ignored}

    def perform(self, form: forms.BaseForm) -> None:
        data = form.cleaned_data
        about, key = (self.name.about, self.name.key) if self.name else (data["about"], data["key"])
        actions.map_name(
            by=self.person, system=self.system, about=about, key=key, agency=data["agency"], name=self.name,
            is_ignored=data["is_ignored"], **data.get("meaning", {}),
        )  # fmt: skip
        _retry(self, [message.pk for message in _naming(self.system, about, key)])


class NamesPasteScreen(OfSystem, FormScreen):
    """Map many names at once, out of two columns of a workbook: all of them, or none where one is wrong."""

    page_title = gettext_lazy("Paste many from Excel")
    form_class = PasteForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"system": self.system}

    def perform(self, form: forms.BaseForm) -> None:
        data = form.cleaned_data
        actions.map_names(by=self.person, system=self.system, about=data["about"], pairs=data["pairs"])
        count = len(data["pairs"])
        said = ngettext("%(count)d name has been mapped.", "%(count)d names have been mapped.", count)
        messages.success(self.request, said % {"count": count})
        _retry(self)


class MessageListScreen(OfSystem, ListScreen):
    """What could not be taken, and why."""

    page_title = gettext_lazy("Messages that were not taken")
    filter_form_class = MessageFilterForm
    order = ("pk",)
    empty = gettext_lazy("Every message was taken.")

    def get_queryset(self) -> QuerySet[OutsideMessage]:
        found = self.system.messages.defer("content")
        return found.filter(state=self.narrowed["state"]) if self.narrowed.get("state") else found

    def get_columns(self) -> list[Column]:
        return [
            Column("outside_id", gettext_lazy("Outside id"), self._link),
            Column("reason", gettext_lazy("Reason")),
            Column("state", gettext_lazy("State"), "get_state_display"),
            Column("received_at", gettext_lazy("Received at")),
        ]

    def _link(self, message: OutsideMessage) -> Any:
        return link_to(reverse("assignments:message", args=[self.system.code, message.pk]), message.outside_id)

    def buttons(self) -> list[tuple[str, Any]]:
        return [(reverse("assignments:messages_retry", args=[self.system.code]), _("Take all up again"))]


class MessageScreen(OfSystem, FormScreen):
    """One message: take it up again, correct confirmed work as it says, or leave it."""

    page_title = gettext_lazy("Message that was not taken")
    form_class = MessageForm

    @cached_property
    def message(self) -> OutsideMessage:
        return get_object_or_404(self.system.messages.select_related("system"), pk=self.kwargs["pk"])

    @property
    def subject(self) -> str:
        return f"{self.message.outside_id}: {self.message.reason}"

    def refused_url(self) -> str:
        return reverse("assignments:system_messages", args=[self.kwargs["code"]])

    def perform(self, form: forms.BaseForm) -> None:
        act, reason = form.cleaned_data["act"], form.cleaned_data["reason"]
        if act == "retry":
            _retry(self, [self.message.pk])
        elif act == "accept":
            actions.accept_correction(by=self.person, message=self.message, reason=reason)
            messages.success(self.request, _("The work has been corrected."))
        else:
            actions.leave_message(by=self.person, message=self.message, reason=reason)
            messages.success(self.request, _("The work stays as it is; the message is dropped."))


class MessagesRetryScreen(OfSystem, FormScreen):
    """Take up again all that waits or was refused."""

    page_title = gettext_lazy("Take all up again")
    form_class = forms.Form
    submit_label = gettext_lazy("Take all up again")
    explanation = gettext_lazy("What can be taken now is taken; the rest stays on the list with its reason.")

    def refused_url(self) -> str:
        return reverse("assignments:system_messages", args=[self.kwargs["code"]])

    def perform(self, form: forms.BaseForm) -> None:
        _retry(self)


def _naming(system: ExternalSystem, about: str, key: str) -> list[OutsideMessage]:
    """Return the messages that waited for a name."""
    waiting = system.messages.waiting().only("pk", "missing").order_by("pk")[: actions.MOST_RETRIED]
    return [message for message in waiting if any(list(each)[1] == key for each in message.missing)]


def _retry(screen: OfSystem, keys: list[int] | None = None) -> None:
    """Take messages up again, and say what came of it."""
    if not can_map(screen.person, screen.system):
        return
    counts = actions.retry_messages(by=screen.person, system=screen.system, keys=keys)
    taken = sum(count for status, count in counts.items() if status not in ("waiting", "refused"))
    left = screen.system.messages.count()
    words = {"taken": taken, "left": left}
    messages.success(screen.request, _("Taken: %(taken)d. Still on the list: %(left)d.") % words)

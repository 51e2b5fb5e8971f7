"""Writing items: one at a time, several at once, and a note on one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import BaseForm, Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views import View

from catalog_pages.admin.alike import alike_context, taken_over
from catalog_pages.admin.common_context import common_context
from catalog_pages.admin.forms import BulkEditForm, BulkRemoveForm, ItemForm, NoteForm, number_rules
from catalog_pages.admin.presenters import remark_line
from catalog_pages.admin.screens import VersionScreen
from cms.catalogs import actions, permissions
from cms.catalogs.models import CatalogItem
from cms.core.numbers import read_key
from cms.core.screens import FormScreen

# No more than a page of the list can be ticked at once.
MOST_CHOSEN = 100


# What the form says while numbers are typed; {names} are filled in by the page.
NUMBER_WORDS = {
    "total": _lazy("The four part scores add up to {total}; this becomes the score if you leave it blank."),
    "agrees": _lazy("The four part scores add up to {total}, which is the score."),
    "differs": _lazy("The four part scores add up to {total}, which is not the score."),
    "coefficient": _lazy("{score} ÷ {divisor} gives the coefficient {expected}; it may be left blank."),
    "mismatch": _lazy("{score} ÷ {divisor} gives the coefficient {expected}, not the one that is written."),
    "frame": _lazy("The score is within the frame of its group, {frame}."),
    "over": _lazy("The score is over the frame of its group, {frame}: the version cannot be submitted so."),
}


class ItemScreen(VersionScreen):
    """A screen about items of one version."""

    @property
    def items_url(self) -> str:
        """Return the address of the version's items."""
        return reverse("catalogs:items", args=[self.version.pk])

    def trail(self) -> list[dict[str, Any]]:
        return [*super().trail(), {"url": self.items_url, "label": _("List of items")}]

    @cached_property
    def item(self) -> CatalogItem:
        """Return the item of the address, if it is of this version."""
        return get_object_or_404(self.version.items, pk=self.kwargs["item_pk"])

    def refused_url(self) -> str:
        return self.items_url


class ItemFormView(ItemScreen, FormScreen):
    """What adding and editing one item share."""

    template_name = "catalog_pages/admin/item_form.html"
    form_class = ItemForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form the version, or refuse who may not edit it now."""
        permissions.require(permissions.can_edit(self.person, self.version))
        return super().get_form_kwargs() | self.about_version()

    def get_form(self, form_class: Any = None) -> ItemForm:
        """Fill in what is taken over of an item that is the same work."""
        form: ItemForm = super().get_form(form_class)
        for name, value in taken_over(self.request.GET.get("like", ""), self.person).items():
            form.initial[name] = value
        return form

    def about_version(self) -> dict[str, Any]:
        """Return what the form must know of the version, and of the added columns that this person sees."""
        return {"version": self.version, "columns": self.words.columns.values()}

    def report_warnings(self, form: ItemForm) -> None:
        """Say what does not stop the item and will stop the version."""
        for sentence in form.warnings:
            messages.warning(self.request, sentence)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Suggest the fields of work that the version already has."""
        rules = {"rules": number_rules(self.version), "words": {name: str(word) for name, word in NUMBER_WORDS.items()}}
        fields = sorted(self.version.summary.get("fields", {}))
        return super().get_context_data(fields_of_work=fields, number_rules=rules, **kwargs)


class ItemAddView(ItemFormView):
    page_title = _lazy("Add an item")

    def perform(self, form: Any) -> None:
        reason = form.cleaned_data.get("reason", "")
        item = actions.add_item(by=self.person, version=self.version, values=form.values(), reason=reason)
        messages.success(self.request, _("Item %(code)s is added.") % {"code": item.code})
        self.report_warnings(form)


class ItemEditView(ItemFormView):
    """Look at one item and change it; those who may not change it see it with its remarks."""

    def get_page_title(self) -> str:
        return self.item.code

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form the item; reading needs no right to edit."""
        if self.request.method == "POST":
            permissions.require(permissions.can_edit(self.person, self.version))
        return super(ItemFormView, self).get_form_kwargs() | self.about_version() | {"item": self.item}

    def get_form(self, form_class: Any = None) -> ItemForm:
        """Show a form that cannot be filled in to those who may only read."""
        form: ItemForm = super().get_form(form_class)
        if not permissions.can_edit(self.person, self.version):
            form.fields.pop("reason", None)
            for field in form.fields.values():
                field.disabled = True
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the item, its remarks and what may be done."""
        remarks = self.item.remarks.filter(version=self.version).select_related("by", "resolved_by")[:50]
        return super().get_context_data(
            item=self.item, remarks=[remark_line(remark, self.words) for remark in remarks],
            may_edit=permissions.can_edit(self.person, self.version),
            may_note=permissions.can_remark(self.person, self.version),
            may_close_notes=permissions.can_remark(self.person, self.version), **self._alike(),
            **common_context(self.item, self.version, self.person), **kwargs,
        )  # fmt: skip

    def _alike(self) -> dict[str, Any]:
        return alike_context(self.item, self.version) if permissions.can_edit(self.person, self.version) else {}

    def perform(self, form: Any) -> None:
        reason = form.cleaned_data.get("reason", "")
        edited = actions.edit_items(
            by=self.person, version=self.version, items=[self.item], changes=form.values(), reason=reason
        )
        messages.success(
            self.request,
            _("Item %(code)s is saved.") % {"code": self.item.code} if edited else _("Nothing was changed."),
        )
        self.report_warnings(form)


class ItemNoteView(ItemScreen, FormScreen):
    """The appraiser leaves a note on one item."""

    form_class = NoteForm
    page_title = _lazy("Note on an item")
    submit_label = _lazy("Save the note")
    success_message = _lazy("The note is saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        permissions.require(permissions.can_remark(self.person, self.version))
        return super().get_form_kwargs()

    @property
    def explanation(self) -> str:
        return f"{self.item.code} – {self.item.name}"

    def perform(self, form: BaseForm) -> None:
        actions.leave_note(by=self.person, version=self.version, item=self.item, text=form.cleaned_data["text"])


class CloseNoteView(ItemScreen, View):
    """The appraiser says that a note is done."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        permissions.require(permissions.can_remark(self.person, self.version))
        remark = get_object_or_404(self.version.remarks, pk=self.kwargs["remark_pk"])
        closed = actions.close_note(by=self.person, version=self.version, remark=remark)
        messages.success(request, _("The note is closed.") if closed else _("The note was closed before."))
        return redirect(self.version_url)


class BulkView(ItemScreen, FormScreen):
    """Change or remove the ticked items, after one look at which they are."""

    template_name = "catalog_pages/admin/bulk.html"
    http_method_names = ["post"]

    @property
    def removes(self) -> bool:
        """Return whether the items are to be taken out."""
        return self.request.POST.get("act") == "remove"

    def get_page_title(self) -> str:
        return _("Remove items") if self.removes else _("Edit several items")

    def get_form_class(self) -> type[Form]:
        return BulkRemoveForm if self.removes else BulkEditForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Leave the form empty on the first look, which comes from the list."""
        permissions.require(permissions.can_edit(self.person, self.version))
        kwargs = super().get_form_kwargs() | {"version": self.version}
        if not self.removes:
            kwargs["columns"] = self.words.columns.values()
        if "confirm" not in self.request.POST:
            kwargs.pop("data"), kwargs.pop("files")
        return kwargs

    @cached_property
    def chosen(self) -> list[CatalogItem]:
        """Return the ticked items of this version."""
        keys = map(read_key, self.request.POST.getlist("item")[:MOST_CHOSEN])
        return list(self.version.items.filter(pk__in=keys).in_order())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show which items are meant, or, once confirmed, do it."""
        if not self.chosen:
            messages.warning(request, _("Tick the items first."))
            return redirect(self.items_url)
        form = self.get_form()
        if "confirm" in request.POST and form.is_valid():
            return self.form_valid(form)
        return self.form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(chosen=self.chosen, removes=self.removes, **kwargs)

    def perform(self, form: Any) -> None:
        reason = form.cleaned_data.get("reason", "")
        common: dict[str, Any] = {"by": self.person, "version": self.version, "items": self.chosen, "reason": reason}
        if self.removes:
            number = actions.remove_items(**common)
            sentence = ngettext("%(number)s item is removed.", "%(number)s items are removed.", number)
        else:
            number = actions.edit_items(changes=form.changes(), **common)
            sentence = ngettext("%(number)s item is changed.", "%(number)s items are changed.", number)
        messages.success(self.request, sentence % {"number": number})

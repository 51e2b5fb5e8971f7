"""A version read on one screen: the list beside the item, notes where one reads, the next item after each act."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View

from catalog_pages.admin import desk_items
from catalog_pages.admin.common_context import common_context
from catalog_pages.admin.desk_items import SHOWS, Window, window_around
from catalog_pages.admin.forms import NoteForm
from catalog_pages.admin.screens import VersionScreen
from catalog_pages.admin.versions import possible_acts
from cms.catalogs import actions, permissions
from cms.catalogs.errors import StaleEdition
from cms.catalogs.models import CatalogItem, CatalogVersion, ItemSeen
from cms.core.errors import DomainError
from cms.core.numbers import read_key
from cms.core.screens import PageScreen
from cms.curation.common import with_common

_NARROWING = ("q", "show")
_MOST_CHOSEN = 100
# Each note has its line in the ledger: so many take about a second.
_MOST_NOTED = 500


class DeskView(VersionScreen):
    """What the addresses of the reading desk share; ``q`` and ``show`` of the address narrow the list."""

    @cached_property
    def before(self) -> CatalogVersion | None:
        """Return the version before this one."""
        return self.version.catalog.versions.filter(number__lt=self.version.number).order_by("-number").first()

    @cached_property
    def items(self) -> Any:
        """Return the items that the address lets through."""
        query = self.request.GET
        outliers = self.outliers if query.get("show") == "outlier" else {}
        return desk_items.narrowed(self.version, self.before, query, self.person, self.words, outliers)

    @cached_property
    def outliers(self) -> Any:
        """Return the items whose coefficient does not fit their hours, by the item's key."""
        return desk_items.outliers_of(self.version)

    @property
    def narrowing(self) -> str:
        """Return what narrows the list, as it stands in addresses."""
        query = QueryDict(mutable=True)
        query.update({name: self.request.GET[name] for name in _NARROWING if self.request.GET.get(name)})
        return query.urlencode()

    def require_reader(self) -> None:
        """Refuse those who neither appraise nor decide for the agency."""
        permissions.require(permissions.can_read_at_desk(self.person, self.version))

    def item_url(self, item: CatalogItem) -> str:
        """Return the address at which an item is read in the same list."""
        address = reverse("catalogs:read_item", args=[self.version.pk, item.pk])
        return f"{address}?{self.narrowing}#td-item"


class DeskScreen(DeskView, PageScreen):
    """The desk, at the first item that the person has not seen, or at the first of a page (``p``)."""

    page_title = gettext_lazy("Read item by item")
    template_name = "catalog_pages/admin/desk.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.require_reader()
        return super().get(request, *args, **kwargs)

    def chosen(self) -> CatalogItem | None:
        """Return the item that is read; None where the list has none."""
        page = self.request.GET.get("p", "")
        if page.isdecimal() and len(page) < 7:
            return window_around(self.items, None, max(1, int(page))).next
        seen = ItemSeen.objects.of(self.person, self.version).values("item")
        first: CatalogItem | None = self.items.exclude(pk__in=seen).order_by("position", "pk").first()
        return first or self.items.order_by("position", "pk").first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the list around the item, the item's panel and what can be done, in queries that nothing raises."""
        item, version, query = self.chosen(), self.version, self.request.GET
        window = window_around(with_common(self.items, version), item)
        # Of what stands in the list it is known whether it is linked.
        linked = any(vars(row)["common"] for row in window.rows if row == item) or item not in window.rows
        seen = ItemSeen.objects.of(self.person, version).aggregate(
            all=Count("pk"), this=Count("pk", filter=Q(item=item.pk if item else None))
        )
        marks = desk_items.marks_of([*window.rows, *([item] if item else [])], self.outliers, self.person)
        common = common_context(item, version, self.person, may_be_linked=linked) if item else {}
        return super().get_context_data(**kwargs) | common | {
            "window": window,
            "lines": desk_items.list_lines(window.rows, version, self.before, self.person, self.words, marks),
            "panel": desk_items.item_panel(item, version, self.before, self.words, marks) if item else None,
            "arithmetic": desk_items.arithmetic(item, version) if item else "",
            "previous_url": self.item_url(window.previous) if window.previous else "",
            "next_url": self.item_url(window.next) if window.next else "",
            "seen": seen["all"], "is_seen": bool(seen["this"]), "shows": SHOWS.items(),
            "show": query.get("show", ""), "q": query.get("q", ""), "narrowing": self.narrowing,
            "may": possible_acts(self.person, version), "note_form": kwargs.get("note_form") or NoteForm(),
            "before": self.before, "most_noted": _MOST_NOTED,
        }  # fmt: skip


class DeskItemScreen(DeskScreen):
    """The desk at one item; what is done there leads on to the next item of the list."""

    @cached_property
    def item(self) -> CatalogItem:
        """Return the item of the address, if it is of this version."""
        return get_object_or_404(self.version.items, pk=self.kwargs["item_pk"])

    def get_page_subtitle(self) -> str:
        return f"{self.item.code} · {self.version}"

    def chosen(self) -> CatalogItem:
        return self.item

    def refused_url(self) -> str:
        return self.version_url

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Do what the button says; ``act`` is seen, unseen, note or close."""
        self.require_reader()
        window = window_around(self.items, self.item)
        act = request.POST.get("act", "")
        if act == "note":
            form = NoteForm(request.POST)
            if not form.is_valid() or not self._noted(form):
                answer: HttpResponse = self.render_to_response(self.get_context_data(note_form=form))
                return answer
        elif act == "close":
            self._close()
            return redirect(self.item_url(self.item))
        else:
            actions.mark_seen(by=self.person, version=self.version, items=[self.item], seen=act != "unseen")
        return self._onward(window, stays=act == "unseen")

    def _noted(self, form: NoteForm) -> bool:
        try:
            actions.leave_note(by=self.person, version=self.version, item=self.item, text=form.cleaned_data["text"])
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return False
        # Whoever writes on an item has read it.
        actions.mark_seen(by=self.person, version=self.version, items=[self.item])
        messages.success(self.request, _("The note on item %(code)s is saved.") % {"code": self.item.code})
        return True

    def _close(self) -> None:
        key = self.request.POST.get("remark", "")
        remark = get_object_or_404(self.version.remarks.filter(item=self.item), pk=read_key(key))
        closed = actions.close_note(by=self.person, version=self.version, remark=remark)
        messages.success(self.request, _("The note is closed.") if closed else _("The note was closed before."))

    def _onward(self, window: Window, *, stays: bool) -> HttpResponse:
        if window.next and not stays:
            return redirect(self.item_url(window.next))
        if not stays:
            messages.info(self.request, _("This was the last item of the list."))
        return redirect(self.item_url(self.item))


class DeskNotesView(DeskView, View):
    """The same note on all ticked items, or on all that the filter finds; it leads back to the item that was read."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.require_reader()
        items = self._filtered() if "whole" in request.POST else self._ticked()
        form = NoteForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Write what has to be mended."))
        else:
            notes = actions.leave_notes(
                by=self.person, version=self.version, items=items, text=form.cleaned_data["text"]
            )
            sentence = ngettext(
                "The note is left on %(number)s item.", "The note is left on %(number)s items.", len(notes)
            )
            messages.success(request, sentence % {"number": len(notes)})
        return redirect(self.refused_url())

    def _ticked(self) -> list[CatalogItem]:
        keys = map(read_key, self.request.POST.getlist("item")[:_MOST_CHOSEN])
        return list(self.version.items.filter(pk__in=keys).in_order())

    def _filtered(self) -> list[CatalogItem]:
        """Return what the filter finds, if it is just as many as the person was shown."""
        found = list(self.items.order_by("position", "pk")[: _MOST_NOTED + 1])
        if len(found) > _MOST_NOTED:
            sentence = _("One note goes to at most %(most)s items of a filter: narrow it further.")
            raise DomainError(sentence % {"most": _MOST_NOTED}, code="too_many")
        if str(len(found)) != self.request.POST["whole"]:
            sentence = _("The filter finds %(number)s items by now. Look at the list again, then leave the note.")
            raise StaleEdition(sentence % {"number": len(found)})
        return found

    def refused_url(self) -> str:
        key = self.request.POST.get("reading", "")
        item = self.version.items.filter(pk=read_key(key)).first()
        return self.item_url(item) if item else reverse("catalogs:read", args=[self.version.pk])

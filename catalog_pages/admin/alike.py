"""While an item is written: the works that it is like, a question with two answers that blocks nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from catalog_pages.admin.screens import VersionScreen
from cms.catalogs import permissions
from cms.catalogs.models import CatalogItem, CatalogVersion
from cms.core.numbers import read_key
from cms.curation import actions
from cms.curation.asking import question_about, work_of, work_of_values
from cms.dedupe.finding import Work

# What is taken over of an item that is the same work: all but its code, and what the province added.
_NOT_TAKEN = frozenset({"code", "extra", "last_year_quantity", "positions", "note"})


def alike_context(item: CatalogItem, version: CatalogVersion) -> dict[str, Any]:
    """Return what the form of a stored item shows of its likeness."""
    work = work_of(item)
    return {"question": question_about(work, version), "asked": _asked(work)}


def taken_over(key: str, person: Any) -> dict[str, Any]:
    """Return what a form is filled in with where the item of this key is the same work, if the person may read it."""
    item = CatalogItem.objects.visible_to(person).filter(pk=read_key(key)).first()
    return {name: value for name, value in item.content.items() if name not in _NOT_TAKEN} if item else {}


class AlikeView(VersionScreen, View):
    """The question about what is being typed, as a piece of the form; or the answer that it is another work."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        permissions.require(permissions.can_edit(self.person, self.version))
        work = self._work(request.GET)
        question = question_about(work, self.version)
        context = {"question": question, "asked": _asked(work), "version": self.version}
        return render(request, "catalog_pages/admin/_alike.html", context)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Remember that it is another work than all those named, and lead back to its form."""
        permissions.require(permissions.can_edit(self.person, self.version))
        work = self._work(request.POST)
        than = question_about(work, self.version).digests
        actions.answer_other_work(by=self.person, catalog=self.version.catalog, work=work, than=than)
        messages.success(request, _("Remembered: it is another work."))
        if work.id:
            return redirect("catalogs:item", self.version.pk, work.id)
        return redirect("catalogs:item_add", self.version.pk)

    def _work(self, data: Mapping[str, Any]) -> Work:
        key = read_key(data.get("item"))
        return work_of_values(data, str(key) if self.version.items.filter(pk=key).exists() else "")


def _asked(work: Work) -> dict[str, str]:
    return {"name": work.name, "output": work.output, "unit": work.unit, "group": work.group, "item": work.id}

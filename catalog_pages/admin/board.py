"""The board of versions: who reads what, what is late, reminders in bulk, filters that one keeps, a file of it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalog_pages.admin import board_rows
from catalog_pages.admin.burn_up import HEIGHT, WIDTH
from catalog_pages.admin.screens import CatalogScreen
from cms.catalogs import actions, permissions
from cms.catalogs.actions.reminding import LONGEST
from cms.catalogs.enums import OPEN_STATES
from cms.catalogs.models import BoardFilter, CatalogVersion
from cms.catalogs.progress import STATES
from cms.catalogs.rounds import current_rounds
from cms.core.errors import DomainError
from cms.core.numbers import read_key
from cms.core.paging import keyset_page
from cms.core.screens import PageScreen
from cms.core.table_files import xlsx_file
from cms.organisations.access import access_for
from cms.organisations.enums import CATALOG_KINDS, AgencyKind, Block
from cms.users.enums import APPRAISING_ROLES

PAGE_SIZE = 50
_MOST_CHOSEN = 500


class BoardScreen(CatalogScreen, PageScreen):
    """Agencies with the version that counts; what is done to ticked ones leads back to the same filters."""

    opens_to = staticmethod(permissions.can_see_board)
    header_icon = "tasks"
    page_title = gettext_lazy("Board of versions")
    template_name = "catalog_pages/admin/board.html"
    above = None

    @cached_property
    def rounds(self) -> Any:
        """Return the rounds that are going on."""
        return current_rounds()

    @cached_property
    def agencies(self) -> Any:
        """Return all agencies of the person's board."""
        return board_rows.board_agencies(self.person, self.rounds)

    @cached_property
    def narrowed(self) -> Any:
        """Return those that the filters of the address let through."""
        return board_rows.narrow(self.agencies, self.request.GET)

    @property
    def query(self) -> str:
        """Return the filters of the address, as they stand in addresses."""
        query = QueryDict(mutable=True)
        query.update({name: self.request.GET[name] for name in board_rows.FILTERS if self.request.GET.get(name)})
        return query.urlencode()

    def own_url(self) -> str:
        """Return the address of the board with its filters."""
        return f"{reverse('catalogs:board')}?{self.query}"

    def refused_url(self) -> str:
        return self.own_url()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.GET.get("xuat"):
            rows = board_rows.board_rows(self.narrowed.order_by("path"), self.rounds)
            file = xlsx_file(board_rows.board_table(rows), title=str(self.page_title))
            name = f"theo-doi-danh-muc-{timezone.localdate()}.xlsx"
            return FileResponse(file, as_attachment=True, filename=name)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return one page of the board, the load, the days and the drawing, in queries that no province raises."""
        query = self.request.GET
        cursors = {name: query.get(name, "") for name in ("after", "before")}
        page = keyset_page(self.narrowed, order=("path",), size=PAGE_SIZE, **cursors)
        ends = board_rows.deadlines(self.narrowed, self.rounds)
        return super().get_context_data(**kwargs) | {
            "page": page, "rows": board_rows.board_rows(page.rows, self.rounds), "total": self.narrowed.count(),
            "loads": board_rows.loads(self.narrowed), "deadlines": ends,
            "chart": board_rows.board_chart(self.narrowed, ends), "width": WIDTH, "height": HEIGHT,
            "editors": board_rows.editors_for(self.agencies), "nobody": board_rows.NOBODY,
            "chosen": {name: query.get(name, "") for name in board_rows.FILTERS}, "query": self.query,
            "saved": BoardFilter.objects.filter(person=self.person), "states": STATES, "blocks": Block.choices,
            "kinds": [(kind.value, kind.label) for kind in AgencyKind if kind in CATALOG_KINDS],
            "may_share": access_for(self.person).holds(*APPRAISING_ROLES),
        }  # fmt: skip

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Do what the button says to the ticked agencies, or to the filters."""
        acts = {
            "assign": self._assign, "release": self._release, "remind": self._remind, "send": self._send,
            "save": self._save_filter, "remove": self._remove_filter,
        }  # fmt: skip
        act = acts.get(request.POST.get("act", ""))
        answer = act() if act else None
        return answer or redirect(self.own_url())

    @property
    def ticked(self) -> list[str]:
        """Return the codes of the agencies that are ticked, or of all that the filter finds."""
        if self.request.POST.get("all"):
            return list(self.narrowed.order_by("path").values_list("code", flat=True)[:_MOST_CHOSEN])
        return self.request.POST.getlist("agency")[:_MOST_CHOSEN]

    def _versions(self) -> list[CatalogVersion]:
        chosen = self.agencies.filter(code__in=self.ticked).order_by()
        found = CatalogVersion.objects.filter(pk__in=chosen.values("counted_id"), state__in=OPEN_STATES)
        versions = list(found.select_related("catalog__agency"))
        if not versions:
            raise DomainError(_("Tick agencies whose list is not decided yet."), code="no_versions")
        return versions

    def _assign(self) -> None:
        key = self.request.POST.get("editor", "")
        editor = next((each for each in board_rows.editors_for(self.agencies) if str(each.pk) == key), None)
        if editor is None:
            raise DomainError(_("Choose who is to read the lists."), code="no_editor")
        done, refused = 0, []
        for version in self._versions():
            try:
                actions.assign_version(by=self.person, version=version, editor=editor)
            except DomainError as refusal:
                refused.append(str(refusal))
            else:
                done += 1
        if done:
            sentence = ngettext(
                "%(number)s list is given to %(person)s.", "%(number)s lists are given to %(person)s.", done
            )
            messages.success(self.request, sentence % {"number": done, "person": editor.full_name})
        for sentence in dict.fromkeys(refused):
            messages.error(self.request, sentence)

    def _release(self) -> None:
        done = sum(actions.release_version(by=self.person, version=version) for version in self._versions())
        sentence = ngettext("%(number)s list is released.", "%(number)s lists are released.", done)
        messages.success(self.request, sentence % {"number": done})

    def _remind(self) -> HttpResponse:
        words = self.request.POST.get("words", "")
        permissions.require(access_for(self.person).holds(*APPRAISING_ROLES))
        reminders = actions.list_reminders(by=self.person, agencies=self.ticked, words=words)
        if not reminders:
            raise DomainError(
                _("Choose agencies that have not sent their list yet; nobody was reminded."), code="nobody_to_remind"
            )
        shown = {
            "reminders": reminders, "words": words, "longest": LONGEST, "back_url": self.own_url(),
            "left_out": len(set(self.ticked)) - len(reminders),
        }  # fmt: skip
        answer: HttpResponse = self.response_class(
            request=self.request, template="catalog_pages/admin/remind.html", using=self.template_engine,
            context=super().get_context_data() | shown,
        )  # fmt: skip
        return answer

    def _send(self) -> None:
        words = self.request.POST.get("words", "")
        sent = actions.remind_agencies_of_lists(by=self.person, agencies=self.ticked, words=words)
        sentence = ngettext("%(count)d agency has been reminded.", "%(count)d agencies have been reminded.", len(sent))
        messages.success(self.request, sentence % {"count": len(sent)})

    def _save_filter(self) -> None:
        saved = actions.save_board_filter(by=self.person, name=self.request.POST.get("name", ""), query=self.query)
        messages.success(self.request, _("The filter “%(name)s” is kept.") % {"name": saved.name})

    def _remove_filter(self) -> None:
        key = self.request.POST.get("filter", "")
        actions.remove_board_filter(by=self.person, key=read_key(key))
        messages.success(self.request, _("The filter is removed."))

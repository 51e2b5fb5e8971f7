"""Uploads that were sent: their list, one with its verdict and lists, and what can be done with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.paging import Page, keyset_page
from cms.organisations.models import Agency
from importers import actions, presenters
from importers.enums import BatchState
from importers.forms import CommitForm
from importers.models import ImportBatch
from importers.pages import batches_page
from importers.permissions import agencies_to_upload_for
from importers.views.screens import BatchScreen, ImportScreen, never_inline, only_one

ROWS = 50
_ANY_BYTES = "application/octet-stream"


class BatchListView(ImportScreen):
    """Uploads, the latest first, of one agency or of all that the person sees."""

    template_name = "importers/batch_list.html"
    page_title = gettext_lazy("Uploads")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Name the list itself."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return one page of uploads."""
        user, query = self.request.user, self.request.GET.get("q", "")
        seen = ImportBatch.objects.visible_to(user).search(query).select_related("agency", "by")
        agency = self._agency()
        if agency is not None:
            seen = seen.filter(agency=agency)
        uploadable = agencies_to_upload_for(user)
        return super().get_context_data(
            page=batches_page(seen, self.request.GET.get("older", ""), ROWS), query=query, agency=agency,
            upload_agency=uploadable.filter(pk=agency.pk).first() if agency else only_one(uploadable), **kwargs,
        )  # fmt: skip

    def _agency(self) -> Agency | None:
        chosen = self.request.GET.get("agency", "")
        if not chosen.isdecimal() or len(chosen) > 18:
            return None
        user = self.request.user
        seen = Q(pk__in=agencies_to_upload_for(user).values("pk"))
        seen |= Q(pk__in=ImportBatch.objects.visible_to(user).values("agency"))
        agency: Agency = get_object_or_404(Agency.objects.filter(seen), pk=chosen)
        return agency


class BatchView(BatchScreen):
    """An upload: what was found in it, what it would change, and what can be done with it."""

    def get_page_title(self) -> str:
        """Name the file."""
        return self.batch.file_name

    def get_template_names(self) -> list[str]:
        """Show progress while the file is being checked."""
        checking = self.batch.state == BatchState.CHECKING
        return ["importers/checking.html" if checking else "importers/batch.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the verdict and one page of the chosen list."""
        batch, user = self.batch, self.request.user
        return super().get_context_data(
            batch=batch, banner=presenters.banner(batch), choices=presenters.choices(user, batch),
            form=CommitForm(), may_upload=agencies_to_upload_for(user).filter(pk=batch.agency_id).exists(),
            layout=presenters.layout_name(batch), waited=presenters.seconds_waited(batch), **self._list(), **kwargs,
        )  # fmt: skip

    def _list(self) -> dict[str, Any]:
        tabs = presenters.tabs(self.batch, self.request.GET.get("show", ""))
        chosen = next(tab.key for tab in tabs if tab.current)
        is_problem = chosen in ("error", "warning", "note")
        batch = self.batch
        found: Any = batch.problems.filter(severity=chosen) if is_problem else batch.rows.filter(change=chosen)
        page: Page[Any] = keyset_page(
            found, order=("position",), size=ROWS,
            after=self.request.GET.get("after", ""), before=self.request.GET.get("before", ""),
        )  # fmt: skip
        present: Any = presenters.problem_line if is_problem else presenters.row_line
        lines = [present(row) for row in page.rows]
        return {"tabs": tabs, "chosen": chosen, "is_problem": is_problem, "page": page, "lines": lines}


class CommitView(BatchScreen):
    """Confirm an upload."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Write what was previewed."""
        form = CommitForm(request.POST)
        batch = self.batch
        if form.is_valid():
            batch = actions.commit(by=request.user, batch=batch, missing=form.cleaned_data["missing"])  # type: ignore[arg-type]
            messages.success(request, presenters.banner(batch).headline)
        return redirect("importers:batch", pk=batch.pk)


class AbandonView(BatchScreen):
    """Drop an upload."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Drop it, and lead to the form for the next."""
        batch = actions.abandon(by=request.user, batch=self.batch)  # type: ignore[arg-type]
        messages.success(request, _("The upload was abandoned; nothing was written."))
        return redirect("importers:upload", agency_pk=batch.agency_id)


class CheckAgainView(BatchScreen):
    """Check the same bytes against what the catalog is now."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Have it checked."""
        actions.check_again(by=request.user, batch=self.batch)  # type: ignore[arg-type]
        return redirect("importers:batch", pk=self.batch.pk)


class OriginalView(BatchScreen):
    """The bytes as they came, never shown by the browser itself (security, T6)."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Hand out the file under its own name."""
        batch = self.batch
        if not batch.original:
            raise Http404
        response = FileResponse(
            batch.original.open("rb"), as_attachment=True, filename=batch.file_name, content_type=_ANY_BYTES
        )
        return never_inline(response)

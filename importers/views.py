"""The screens of uploads in the admin: upload, preview, confirm, look back."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.generic import View

from cms.core.admin_views import AdminScreen
from cms.core.errors import DomainError
from cms.core.paging import Page, keyset_page
from cms.organisations.models import Agency
from importers import actions, presenters
from importers.checking import limits
from importers.enums import BatchState
from importers.forms import CommitForm, UploadForm
from importers.models import ImportBatch
from importers.pages import batches_page
from importers.permissions import agencies_to_upload_for, may_see_uploads
from importers.template_workbook import limit_lines, template_for

ROWS = 50
_ANY_BYTES = "application/octet-stream"
AGENCIES = 25
# What a multipart form adds to the file it carries, at the most.
_FORM_OVERHEAD = 64 * 1024
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportScreen(AdminScreen, View):
    """What the screens of uploads share."""

    header_icon = "upload"

    def may_open(self, request: HttpRequest) -> bool:
        """Let in the people of agencies, and editors."""
        return may_see_uploads(request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list of uploads."""
        items = [*self.breadcrumbs_items, {"url": reverse("importers:batch_list"), "label": _("Uploads")}]
        return [*items, {"url": "", "label": self.get_page_title()}] if self.get_page_title() else items

    def refused_url(self) -> str:
        """Lead a refused act back to the list of uploads."""
        return reverse("importers:batch_list")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the screen."""
        return self.render_to_response(self.get_context_data())


class AgencyScreen(ImportScreen):
    """A screen about uploading for one agency. Agencies for which the person may not upload are not found."""

    @cached_property
    def agency(self) -> Agency:
        """Return the agency of the address."""
        found: Agency = get_object_or_404(agencies_to_upload_for(self.request.user), pk=self.kwargs["agency_pk"])
        return found


class BatchScreen(ImportScreen):
    """A screen about one upload. Uploads that the person may not see are not found."""

    @cached_property
    def batch(self) -> ImportBatch:
        """Return the upload of the address."""
        seen = ImportBatch.objects.visible_to(self.request.user)
        related = ("agency", "by", "committed_by", "committed_to__catalog__agency", "base")
        return get_object_or_404(seen.select_related(*related), pk=self.kwargs["pk"])

    def refused_url(self) -> str:
        """Lead a refused act back to the upload."""
        return reverse("importers:batch", args=[self.kwargs["pk"]])


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
            upload_agency=uploadable.filter(pk=agency.pk).first() if agency else _only(uploadable), **kwargs,
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


class ChooseAgencyView(ImportScreen):
    """The agencies for which the person may upload, to choose one."""

    template_name = "importers/choose_agency.html"
    page_title = gettext_lazy("Upload for which agency?")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Go straight on where there is nothing to choose."""
        only = _only(agencies_to_upload_for(request.user))
        if only and "q" not in request.GET:
            return redirect("importers:upload", agency_pk=only.pk)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return one page of agencies."""
        query = self.request.GET.get("q", "")
        found = agencies_to_upload_for(self.request.user).search(query)
        page: Page[Agency] = keyset_page(
            found, order=("path",), size=AGENCIES,
            after=self.request.GET.get("after", ""), before=self.request.GET.get("before", ""),
        )  # fmt: skip
        return super().get_context_data(page=page, query=query, **kwargs)


def _only(agencies: Any) -> Agency | None:
    """The one agency there is, or None when there are several to choose from."""
    found = list(agencies[:2])
    return found[0] if len(found) == 1 else None


@csrf_exempt
def upload(request: HttpRequest, agency_pk: int) -> HttpResponseBase:
    """Upload a file; a body far over the limit is turned away by its declared length, before any of it is kept."""
    declared = request.META.get("CONTENT_LENGTH") or "0"
    if request.method == "POST" and declared.isdecimal() and int(declared) > limits().file_bytes + _FORM_OVERHEAD:
        return TooLargeView.as_view()(request, agency_pk=agency_pk)
    return csrf_protect(UploadView.as_view())(request, agency_pk=agency_pk)


class UploadView(AgencyScreen):
    """Choose a file and send it. With a script there is a progress bar; without, the form does."""

    template_name = "importers/upload.html"
    page_title = gettext_lazy("Upload a catalog")

    def get_page_subtitle(self) -> str:
        """Name the agency."""
        return str(self.agency)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the form with the limits, and the latest uploads beside it."""
        recent = ImportBatch.objects.visible_to(self.request.user).filter(agency=self.agency)
        shown = {
            "form": UploadForm(), "agency": self.agency, "limits": limit_lines(), "most_bytes": limits().file_bytes,
            "recent": recent.select_related("by").newest_first()[:5],
        }  # fmt: skip
        return super().get_context_data(**(shown | kwargs))

    def refused_url(self) -> str:
        """Lead a refused upload back to the form."""
        return reverse("importers:upload", args=[self.kwargs["agency_pk"]])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Take the file, and show what it would do."""
        form = UploadForm(request.POST, request.FILES)
        agency = self.agency
        if not form.is_valid():
            return self._refuse(form)
        file = form.cleaned_data["file"]
        try:
            batch = actions.upload(by=request.user, agency=agency, file=file, name=file.name)  # type: ignore[arg-type]
        except DomainError as refusal:
            form.add_error("file", str(refusal))
            return self._refuse(form)
        url = reverse("importers:batch", args=[batch.pk])
        return JsonResponse({"url": url}) if self._by_script else redirect(url)

    @property
    def _by_script(self) -> bool:
        return self.request.headers.get("X-Requested-With") == "XMLHttpRequest"

    def _refuse(self, form: UploadForm) -> HttpResponseBase:
        if self._by_script:
            return JsonResponse({"errors": list(form.errors["file"])}, status=400)
        return self.render_to_response(self.get_context_data(form=form), status=400)


class TooLargeView(AgencyScreen):
    """Turn away a body that is far over the limit."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Keep the attempt, and none of the bytes."""
        size = int(request.META["CONTENT_LENGTH"])
        batch = actions.refuse_unread(by=request.user, agency=self.agency, name=_("(not read)"), size=size)  # type: ignore[arg-type]
        _drain(request, 5 * limits().file_bytes)
        url = reverse("importers:batch", args=[batch.pk])
        by_script = request.headers.get("X-Requested-With") == "XMLHttpRequest"
        return JsonResponse({"url": url}) if by_script else redirect(url)


def _drain(request: HttpRequest, most: int) -> None:
    """Let the body pass by unkept: a browser that is cut off while it sends never shows the answer."""
    while most > 0 and (chunk := request.read(64 * 1024)):
        most -= len(chunk)


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
        return _never_inline(response)


class TemplateView(AgencyScreen):
    """The workbook to fill in."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Hand out the agency's template."""
        response = HttpResponse(template_for(self.agency), content_type=_XLSX)
        response["Content-Disposition"] = f'attachment; filename="danh-muc.{self.agency.code}.xlsx"'
        return _never_inline(response)


def _never_inline(response: HttpResponseBase) -> HttpResponseBase:
    """Have the browser save the file, and run nothing of it should it be shown after all."""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response

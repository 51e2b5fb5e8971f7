"""Sending a file: for which agency, the form, the template to fill in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from cms.core.bodies import declared_bytes
from cms.core.errors import DomainError
from cms.core.paging import Page, keyset_page
from cms.organisations.models import Agency
from importers import actions, bodies, downloads
from importers.forms import UploadForm
from importers.kinds import KINDS, USUAL
from importers.kinds.contract import Kind
from importers.limits import limit_lines, limits
from importers.models import ImportBatch
from importers.permissions import agencies_to_upload_for
from importers.running import batch_lines
from importers.views.screens import AgencyScreen, ImportScreen, only_one

AGENCIES = 25


class ChooseAgencyView(ImportScreen):
    """The agencies for which the person may upload, to choose one."""

    template_name = "importers/choose_agency.html"
    page_title = gettext_lazy("Upload for which agency?")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Go straight on where there is nothing to choose."""
        only = only_one(agencies_to_upload_for(request.user))
        if only and "q" not in request.GET:
            return redirect(self._kind.upload_route, agency_pk=only.pk)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return one page of agencies."""
        query = self.request.GET.get("q", "")
        found = agencies_to_upload_for(self.request.user).search(query)
        page: Page[Agency] = keyset_page(
            found, order=("path",), size=AGENCIES,
            after=self.request.GET.get("after", ""), before=self.request.GET.get("before", ""),
        )  # fmt: skip
        return super().get_context_data(
            page=page, query=query, kind=self._kind.code, upload_route=self._kind.upload_route, **kwargs
        )

    @property
    def _kind(self) -> Kind:
        return KINDS.get(self.request.GET.get("kind", ""), KINDS[USUAL])


@csrf_exempt
def upload(request: HttpRequest, agency_pk: int, kind: str = "catalog") -> HttpResponseBase:
    """Upload a file; a body far over the limit is turned away by its declared length, before any of it is kept."""
    if request.method == "POST" and bodies.is_too_large(request):
        return TooLargeView.as_view()(request, agency_pk=agency_pk, kind=kind)
    return csrf_protect(_FORMS[kind].as_view())(request, agency_pk=agency_pk)


class UploadView(AgencyScreen):
    """Choose a file and send it. With a script there is a progress bar; without, the form does."""

    kind = "catalog"
    template_name = "importers/upload.html"
    page_title = gettext_lazy("Upload a catalog")

    def get_page_subtitle(self) -> str:
        """Name the agency."""
        return str(self.agency)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the form with the limits, and the latest uploads beside it."""
        recent = ImportBatch.objects.visible_to(self.request.user).filter(agency=self.agency, kind=self.kind)
        shown = {
            "form": UploadForm(), "agency": self.agency, "limits": limit_lines(), "most_bytes": limits().file_bytes,
            "upload_url": self.refused_url(), "templates": templates_to_take(self.agency, KINDS[self.kind]),
            "recent": batch_lines(recent.select_related("by").newest_first()[:5]),
        }  # fmt: skip
        return super().get_context_data(**(shown | kwargs))

    def refused_url(self) -> str:
        """Lead a refused upload back to the form."""
        return reverse(KINDS[self.kind].upload_route, args=[self.kwargs["agency_pk"]])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Take the file, and show what it would do."""
        form = UploadForm(request.POST, request.FILES)
        agency = self.agency
        if not form.is_valid():
            return self._refuse(form)
        file = form.cleaned_data["file"]
        try:
            batch = actions.upload(by=self.person, agency=agency, file=file, name=file.name, kind=self.kind)
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


def templates_to_take(agency: Agency, kind: Kind) -> list[dict[str, Any]]:
    """The templates of a kind with their addresses, the usual one first."""
    url = reverse(kind.template_route, args=[agency.pk])
    return [{"offer": offer, "url": f"{url}?layout={offer.code}"} for offer in kind.offers]


class OfficersUploadView(UploadView):
    """The same for a list of officers."""

    kind = "officers"
    template_name = "importers/upload_officers.html"
    page_title = gettext_lazy("Upload a list of officers")


_FORMS: dict[str, type[UploadView]] = {view.kind: view for view in (UploadView, OfficersUploadView)}


class TooLargeView(AgencyScreen):
    """Turn away a body that is far over the limit."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Keep the attempt, and none of the bytes."""
        size = declared_bytes(request)
        kind = self.kwargs["kind"]
        batch = actions.refuse_unread(by=self.person, agency=self.agency, name=_("(not read)"), size=size, kind=kind)
        bodies.drain(request)
        url = reverse("importers:batch", args=[batch.pk])
        by_script = request.headers.get("X-Requested-With") == "XMLHttpRequest"
        return JsonResponse({"url": url}) if by_script else redirect(url)


class TemplateView(AgencyScreen):
    """A workbook to fill in."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Hand out the agency's template: the one that was asked for, or the usual one of the kind."""
        return downloads.template(self.agency, KINDS[self.kwargs["kind"]], request.GET.get("layout", ""))

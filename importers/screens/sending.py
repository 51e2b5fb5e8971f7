"""Sending a file: for which agency, the form, the template to fill in."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from cms.core.bodies import declared_bytes
from cms.core.errors import DomainError
from cms.core.paging import Page, keyset_page
from cms.core.periods import CalendarPeriod, read_period
from cms.organisations.models import Agency
from importers import actions
from importers.batches import bodies, downloads
from importers.kinds import KIND_CHOICES, KINDS, USUAL
from importers.kinds.contract import Kind
from importers.limits import limit_lines, limits
from importers.models import ImportBatch
from importers.permissions import agencies_to_upload_for, can_upload
from importers.screens.forms import UploadForm
from importers.screens.periods import period_choices
from importers.screens.running import batch_lines
from importers.screens.screens import AgencyScreen, ImportScreen, only_one

AGENCIES = 25


class ChooseAgencyView(ImportScreen):
    """The agencies for which the person may upload, to choose one."""

    template_name = "importers/choose_agency.html"
    page_title = gettext_lazy("Upload for which agency?")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        only = only_one(agencies_to_upload_for(request.user, self._kind))
        if only and "q" not in request.GET:
            return redirect("importers:upload_kind", agency_pk=only.pk, kind=self._kind)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET.get("q", "")
        found = agencies_to_upload_for(self.request.user, self._kind).search(query)
        page: Page[Agency] = keyset_page(
            found, order=("path",), size=AGENCIES,
            after=self.request.GET.get("after", ""), before=self.request.GET.get("before", ""),
        )  # fmt: skip
        return super().get_context_data(page=page, query=query, kind=self._kind, **kwargs)

    @property
    def _kind(self) -> str:
        asked = self.request.GET.get("kind", "")
        return asked if asked in KINDS else USUAL


@csrf_exempt
def upload(request: HttpRequest, agency_pk: int, kind: str) -> HttpResponseBase:
    """Upload a file; a body far over the limit is turned away by its declared length, before any of it is kept."""
    if request.method == "POST" and bodies.is_too_large(request):
        return TooLargeView.as_view()(request, agency_pk=agency_pk, kind=kind)
    return csrf_protect(UploadView.as_view())(request, agency_pk=agency_pk, kind=kind)


class KindScreen(AgencyScreen):
    """A screen about uploading files of one kind for one agency. A kind that there is not is not found."""

    @cached_property
    def kind(self) -> Kind:
        """Return the kind of the address."""
        if self.kwargs["kind"] not in KINDS:
            raise Http404
        return KINDS[self.kwargs["kind"]]

    @cached_property
    def period(self) -> str:
        """Return the period that was asked for, this month without one; nothing for a kind without periods."""
        if not self.kind.has_period:
            return ""
        asked = read_period(self.request.POST.get("period") or self.request.GET.get("period", ""))
        return (asked or CalendarPeriod.around("month", timezone.localdate())).code


class UploadView(KindScreen):
    """Choose a file and send it. With a script there is a progress bar; without, the form does."""

    template_name = "importers/upload.html"

    def get_page_title(self) -> str:
        return str(self.kind.words.upload)

    def get_page_subtitle(self) -> str:
        return str(self.agency)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the form with the limits, and the latest uploads beside it."""
        recent = ImportBatch.objects.visible_to(self.request.user).filter(agency=self.agency, kind=self.kind.code)
        shown = {
            "form": UploadForm(), "agency": self.agency, "limits": limit_lines(), "most_bytes": limits().file_bytes,
            "upload_url": self.refused_url(), "templates": templates_to_take(self.agency, self.kind, self.period),
            "words": self.kind.words, "heading": self.kind.words.upload_for % {"agency": self.agency},
            "kind": self.kind.code, "kinds": self._kinds_to_send(), "period": self.period,
            "periods": period_choices(self.period) if self.period else [],
            "recent": batch_lines(recent.select_related("by").newest_first()[:5]),
        }  # fmt: skip
        return super().get_context_data(**(shown | kwargs))

    def _kinds_to_send(self) -> list[tuple[str, Any]]:
        """The kinds of file that the person sends for the agency."""
        return [(code, name) for code, name in KIND_CHOICES if can_upload(self.person, self.agency, code)]

    def refused_url(self) -> str:
        return reverse("importers:upload_kind", args=[self.kwargs["agency_pk"], self.kwargs["kind"]])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = UploadForm(request.POST, request.FILES)
        agency = self.agency
        if not form.is_valid():
            return self._refuse(form)
        file = form.cleaned_data["file"]
        try:
            batch = actions.upload(
                by=self.person, agency=agency, file=file, name=file.name, kind=self.kind.code, period=self.period
            )  # fmt: skip
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


def templates_to_take(agency: Agency, kind: Kind, period: str) -> list[dict[str, Any]]:
    """The templates of a kind, of a period where it has such, with their addresses, the usual one first."""
    url = reverse("importers:template_kind", args=[agency.pk, kind.code])
    of_period = {"period": period} if period else {}
    return [{"offer": offer, "url": f"{url}?{urlencode({'layout': offer.code} | of_period)}"} for offer in kind.offers]


class TooLargeView(KindScreen):
    """Turn away a body that is far over the limit."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        size = declared_bytes(request)
        about: dict[str, Any] = {"agency": self.agency, "kind": self.kind.code, "period": self.period, "size": size}
        batch = actions.refuse_unread(by=self.person, name=_("(not read)"), **about)
        bodies.drain(request)
        url = reverse("importers:batch", args=[batch.pk])
        by_script = request.headers.get("X-Requested-With") == "XMLHttpRequest"
        return JsonResponse({"url": url}) if by_script else redirect(url)


class TemplateView(KindScreen):
    """A workbook to fill in."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Hand out the agency's template: the one that was asked for, or the usual one of the kind."""
        return downloads.template(self.agency, self.kind, request.GET.get("layout", ""), self.period)

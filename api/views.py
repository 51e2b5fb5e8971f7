"""What every address of the API has in common: it reads, knows its parameters, and says what may be cached."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponsePermanentRedirect
from django.urls import resolve
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ErrorDetail, NotFound, ValidationError
from rest_framework.generics import GenericAPIView, ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.caching import not_modified, set_caching, version_etag
from api.clients.models import Scope
from api.pagination import KeysetPagination, Ordering
from api.preconditions import open_etag
from api.selection import FIELDS, chosen_fields, selectable, selection_etag
from cms.catalogs.models import CatalogVersion


def refuse_unknown_parameters(request: Request, known: frozenset[str]) -> None:
    """Raise ValidationError for parameters that the address does not know: a typing error must not pass unseen."""
    unknown = [name for name in request.query_params if name not in known]
    if not unknown:
        return
    if known:
        message = _("Unknown parameter. Known ones: %(known)s.") % {"known": ", ".join(sorted(known))}
    else:
        message = _("Unknown parameter. This address takes none.")
    raise ValidationError({name: [ErrorDetail(message, "unknown_parameter")] for name in unknown})


class ReadView(GenericAPIView[Any]):
    """Read by GET; a view that answers from decided versions alone sets ``etag``."""

    http_method_names = ["get", "head", "options"]
    orderings: ClassVar[Mapping[str, Ordering]] = {}
    filterset_class: ClassVar[Any] = None
    pagination_class: Any = None
    # What a token needs to be for; empty where it does not matter who asks.
    scope: ClassVar[str] = Scope.CATALOGS_READ
    # Whether some of its answers carry an ETag; which one says ``etag``.
    has_etag: ClassVar[bool] = False
    etag = ""

    @property
    def row_class(self) -> Any:
        """Return the shape whose fields ``?fields=`` chooses from: that of the address, or of the rows of its list."""
        return self.serializer_class

    @property
    def known_parameters(self) -> frozenset[str]:
        """Return the query parameters that this address takes."""
        filters = frozenset(self.filterset_class.base_filters) if self.filterset_class else frozenset()
        chosen = frozenset({FIELDS}) if selectable(self.row_class) else frozenset()
        return filters | chosen | getattr(self.pagination_class, "parameter_names", frozenset())

    @cached_property
    def chosen_fields(self) -> frozenset[str]:
        """Return the fields that the caller asks for; none of them: all. Raises ValidationError."""
        return chosen_fields(self.request, self.row_class)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse unknown parameters and fields before anything is read; whoever asks is counted all the same."""
        super().initial(request, *args, **kwargs)
        if request.method not in self.allowed_methods:
            return  # which is what the caller gets, whatever else was sent
        refuse_unknown_parameters(request, self.known_parameters)
        _ = self.chosen_fields

    def get_serializer_context(self) -> dict[str, Any]:
        """Hand the choice of fields over to the rows."""
        return {**super().get_serializer_context(), FIELDS: self.chosen_fields}

    def not_modified(self, etag: str) -> Response | None:
        """Remember the ETag of the answer; return 304 when the caller already holds it."""
        self.etag = selection_etag(etag, self.chosen_fields)
        return not_modified(self.request, self.etag)

    def version_not_modified(self, version: CatalogVersion, seen: str = "") -> Response | None:
        """Remember the ETag of an answer made of one version; return 304 when it is decided and the caller holds it.

        The ETag of one that can still change says which state a write means; the answer is always sent.
        """
        if etag := version_etag(version, seen=seen):
            return self.not_modified(etag)
        self.etag = "" if version.is_frozen else open_etag(version)
        return None

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Say what may be cached."""
        response = super().finalize_response(request, response, *args, **kwargs)
        set_caching(self.request, response, self.etag)
        return response


class ListView(ReadView, ListAPIView[Any]):
    """A list: filtered, ordered, in pages."""

    pagination_class = KeysetPagination

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow the list; without a filter in the query there is no form to build and check."""
        if self.filterset_class and not self.filterset_class.base_filters.keys() & self.request.query_params.keys():
            return queryset
        return super().filter_queryset(queryset)


class DetailView(ReadView, RetrieveAPIView[Any]):
    """One thing at its permanent address."""


@extend_schema(exclude=True)
class UnknownAddress(APIView):
    """Whatever else begins with /api/: not found, unless only the closing slash is missing."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse every method alike where nothing was meant."""
        super().initial(request, *args, **kwargs)
        view = resolve(f"{request.path_info}/").func
        if request.method not in ("GET", "HEAD") or getattr(view, "cls", None) is UnknownAddress:
            raise NotFound

    def get(self, request: Request) -> HttpResponsePermanentRedirect:
        """Send the caller on to the address with its slash."""
        return HttpResponsePermanentRedirect(request._request.get_full_path(force_append_slash=True))

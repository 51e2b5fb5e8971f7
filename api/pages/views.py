"""Published pages, pictures and documents over Wagtail's API, with the errors, rates and caching of the rest of ours.

Who asks makes no difference: what is behind a log-in or a password is not here, for those who may see it neither.
"""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.api.v2.serializers import BaseSerializer, PageSerializer
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import BaseAPIViewSet, PagesAPIViewSet
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images import get_image_model
from wagtail.images.api.v2.views import ImagesAPIViewSet
from wagtail.models import Site

from api.caching import content_etag, not_modified, set_caching
from api.pages import fields, serializers
from api.renderers import JSONRenderer
from catalog_pages import previews
from catalog_pages.rich_text import closed_collections
from cms.core import slots

_LONGEST_PARAMETER = 500
# Deeper in a list, skipping costs more than reading.
_FARTHEST = 10_000
_DIGITS = 18
_NUMBERS = frozenset({"id", "limit", "offset", "child_of", "descendant_of", "ancestor_of", "translation_of"})
_LIST = [
    OpenApiParameter("limit", {"type": "integer", "minimum": 0, "maximum": 100}, description="20 unless told."),
    OpenApiParameter("offset", {"type": "integer", "minimum": 0, "maximum": _FARTHEST}),
    OpenApiParameter("order", str, description="A field, with - before it for the other direction."),
    OpenApiParameter("search", str, description="Words of the title."),
]
_FIELDS = OpenApiParameter("fields", str, description="Names with commas between; * for all, _ for none but these.")
_PREVIEW = OpenApiParameter(
    "preview", str, description="A token that an editor was given: the draft instead of the published page."
)
_TYPE = OpenApiParameter("type", str, description="Such as catalog_pages.AgencyCatalogPage.")
_REDIRECT: dict[int, Any] = {302: None}


class _HereSerializer(BaseSerializer):
    """A thing with its addresses on the host that was asked; Wagtail's record of the site may name another."""

    def to_representation(self, instance: Any) -> Any:
        """Return Wagtail's representation of it and of its parent, with addresses of this host."""
        data = super().to_representation(instance)
        meta = data.get("meta", {})
        for addresses in (meta, (meta.get("parent") or {}).get("meta", {})):
            for name in addresses.keys() & {"detail_url", "html_url", "download_url"}:
                if addresses[name]:
                    addresses[name] = self.context["request"].build_absolute_uri(urlsplit(addresses[name]).path)
        return data


class _PageHereSerializer(_HereSerializer, PageSerializer):
    """The same for pages."""


class _DownloadSerializer(_HereSerializer):
    """A file, with the address that it is had from."""

    download_url = fields.DownloadField()


class _OpenViewSet(BaseAPIViewSet):
    """What the three addresses have in common."""

    renderer_classes = [JSONRenderer]
    scope = ""
    has_etag = True
    waits_for_slot = True
    # Rich text comes as HTML alone: Wagtail's other forms name pages that nobody else may know of.
    known_query_parameters = BaseAPIViewSet.known_query_parameters - {"rich_text_format"}

    def check_query_parameters(self, queryset: QuerySet[Any]) -> None:
        """Refuse names that are not known, and values that no database takes."""
        super().check_query_parameters(queryset)
        self._check_values()

    def _check_values(self) -> None:
        for name, value in self.request.GET.items():
            if len(value) > _LONGEST_PARAMETER or "\0" in value:
                raise BadRequestError(f"the value of {name} cannot be read")
            if name in _NUMBERS and value.isdigit() and len(value) > _DIGITS:
                raise BadRequestError(f"{name} is too large")
        offset = self.request.GET.get("offset", "")
        if offset.isdecimal() and int(offset) > _FARTHEST:
            raise BadRequestError(f"offset cannot be higher than {_FARTHEST}")

    @classmethod
    def get_available_fields(cls, model: Any, db_fields_only: bool = False) -> list[str]:
        """Return the names of fields; of what editors write only days are filtered and ordered by."""
        names: list[str] = super().get_available_fields(model, db_fields_only)
        written = set(getattr(model, "api_fields", ())) - {"date"} if db_fields_only else set()
        return [name for name in names if name not in written]

    def filter_queryset(self, queryset: QuerySet[Any]) -> Any:
        """Return what is asked for; a stranger who searches needs a slot."""
        try:
            if "search" not in self.request.GET:
                return super().filter_queryset(queryset)
            with slots.for_strangers(self.request.user, "search"):
                return super().filter_queryset(queryset)
        except (ValidationError, ValueError, OverflowError) as problem:
            raise BadRequestError("a value cannot be compared with its field") from problem

    def find_object(self, queryset: QuerySet[Any], request: Request) -> Any:
        """Return what is looked for by a number or address."""
        self._check_values()
        if not request.GET.get("id", "0").isdecimal():
            raise BadRequestError("id is a number")
        return super().find_object(queryset, request)

    def find_view(self, request: Request) -> Any:
        """Lead to the page, at the host that was asked."""
        answer = super().find_view(request)
        parts = urlsplit(answer["Location"])
        answer["Location"] = parts._replace(scheme="", netloc="").geturl()
        answer.headers.pop("Content-Type", None)
        return answer

    def handle_exception(self, exc: Exception) -> Any:
        """Answer Wagtail's own refusals as problems too."""
        if isinstance(exc, BadRequestError):
            exc = ParseError(str(exc), code="bad_request")
        return super(BaseAPIViewSet, self).handle_exception(exc)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Say what may be cached, and send nothing that the caller holds already."""
        etag = ""
        if response.status_code == 200 and request.method in ("GET", "HEAD"):
            etag = content_etag(hashlib.sha256(JSONRenderer().render(response.data)).hexdigest())
            response = not_modified(self.request, etag) or response
        finished = super().finalize_response(request, response, *args, **kwargs)
        set_caching(self.request, finished, etag=etag)
        return finished


class PublishedPages(_OpenViewSet, PagesAPIViewSet):
    """Published pages that everybody may see; drafts and pages behind a login are not there."""

    base_serializer_class = _PageHereSerializer
    known_query_parameters = PagesAPIViewSet.known_query_parameters - {"rich_text_format", "site"}
    detail_only_fields: ClassVar[list[str]] = [
        "parent", *fields.EDITOR_FIELDS, *{name for beside in fields.PAGE_FIELDS.values() for name in beside},
    ]  # fmt: skip

    @extend_schema(
        operation_id="pages_list", tags=["pages"], parameters=[*_LIST, _FIELDS, _TYPE],
        responses=serializers.listed("Page", serializers.PageSummarySerializer),
    )  # fmt: skip
    def listing_view(self, request: Request) -> Response:
        """Published pages. What a page says stands at its own address (detail_url)."""
        return super().listing_view(request)

    @extend_schema(
        operation_id="pages_retrieve", tags=["pages"], parameters=[_FIELDS, _PREVIEW], responses=serializers.PAGE
    )
    def detail_view(self, request: Request, pk: int) -> Response:
        """One page with all that it says: words as HTML, blocks by type, catalogs and figures as data."""
        self._check_values()
        return super().detail_view(request, pk)

    def get_object(self) -> Any:
        """Return the page as it is published, or the draft for which the caller holds a token."""
        if "preview" not in self.request.GET:
            return super().get_object()
        try:
            page = previews.draft_of(self.request.GET["preview"])
        except previews.BadPreview as problem:
            raise Http404 from problem
        if str(page.pk) != str(self.kwargs["pk"]):
            raise Http404
        return page

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let no cache keep a draft."""
        finished = super().finalize_response(request, response, *args, **kwargs)
        if "preview" in request.GET:
            finished.headers["Cache-Control"] = "no-store, private"
        return finished

    @extend_schema(
        operation_id="pages_find", tags=["pages"], responses=_REDIRECT,
        parameters=[OpenApiParameter("html_path", str), OpenApiParameter("id", int)],
    )  # fmt: skip
    def find_view(self, request: Request) -> Any:
        """Lead from the address of a page for people to the same page as data."""
        return super().find_view(request)

    def get_base_queryset(self) -> Any:
        """Return the pages of the site that everybody may see."""
        site = Site.find_for_request(self.request)
        if site is None:
            return self.model.objects.none()
        return self.model.objects.live().public().descendant_of(site.root_page, inclusive=True).order_by("id")

    def get_queryset(self) -> Any:
        """Return them with what each is told with."""
        return super().get_queryset().order_by("id").select_related("locale", "alias_of")

    @classmethod
    def get_body_fields(cls, model: Any) -> Any:
        """Return what editors filled in, and what pages of the type tell beside it."""
        beside = fields.PAGE_FIELDS.get(model.__name__, {})
        return [*super().get_body_fields(model), *cls._convert_api_fields(beside)]

    @classmethod
    def get_field_serializer_overrides(cls, model: Any) -> dict[str, Any]:
        """Return what writes these fields."""
        makers = fields.EDITOR_FIELDS | fields.PAGE_FIELDS.get(model.__name__, {})
        return {name: maker() for name, maker in makers.items() if name in cls.get_body_fields_names(model)}


class OpenImages(_OpenViewSet, ImagesAPIViewSet):
    """Pictures of collections that are open to everybody."""

    base_serializer_class = _DownloadSerializer
    body_fields: ClassVar[list[str]] = ["id", "title", "width", "height", "alt", "renditions"]
    # Tags are for those who keep the library.
    meta_fields: ClassVar[list[str]] = ["type", "detail_url", "download_url"]
    listing_default_fields: ClassVar[list[str]] = [*meta_fields, "id", "title", "width", "height", "alt"]
    nested_default_fields = listing_default_fields
    detail_only_fields: ClassVar[list[str]] = ["renditions"]
    model = get_image_model()

    @extend_schema(
        operation_id="images_list", tags=["pages"], parameters=[*_LIST, _FIELDS],
        responses=serializers.listed("Image", serializers.ImageSummarySerializer),
    )  # fmt: skip
    def listing_view(self, request: Request) -> Response:
        """Pictures. Their renditions stand at their own addresses (detail_url)."""
        return super().listing_view(request)

    @extend_schema(
        operation_id="images_retrieve", tags=["pages"], parameters=[_FIELDS], responses=serializers.ImageSerializer
    )
    def detail_view(self, request: Request, pk: int) -> Response:
        """One picture with the words that stand for it, in several sizes."""
        self._check_values()
        return super().detail_view(request, pk)

    @extend_schema(
        operation_id="images_find", tags=["pages"], responses=_REDIRECT, parameters=[OpenApiParameter("id", int)]
    )
    def find_view(self, request: Request) -> Any:
        """Lead to a picture by its number."""
        return super().find_view(request)

    def get_queryset(self) -> QuerySet[Any]:
        """Return the pictures of open collections."""
        return self.model.objects.exclude(collection__in=closed_collections()).order_by("id")

    @classmethod
    def get_field_serializer_overrides(cls, model: Any) -> dict[str, Any]:
        """Return what writes the fields that Wagtail does not know."""
        return {"alt": fields.AltField(), "renditions": fields.RenditionsField()}


class OpenDocuments(_OpenViewSet, DocumentsAPIViewSet):
    """Documents of collections that are open to everybody."""

    base_serializer_class = _DownloadSerializer
    meta_fields: ClassVar[list[str]] = ["type", "detail_url", "download_url"]
    listing_default_fields: ClassVar[list[str]] = [*meta_fields, "id", "title"]
    nested_default_fields = listing_default_fields

    @extend_schema(
        operation_id="documents_list", tags=["pages"], parameters=[*_LIST, _FIELDS],
        responses=serializers.listed("Document", serializers.DocumentSerializer),
    )  # fmt: skip
    def listing_view(self, request: Request) -> Response:
        """Documents."""
        return super().listing_view(request)

    @extend_schema(
        operation_id="documents_retrieve", tags=["pages"], parameters=[_FIELDS],
        responses=serializers.DocumentSerializer,
    )  # fmt: skip
    def detail_view(self, request: Request, pk: int) -> Response:
        """One document, and where it is downloaded from."""
        self._check_values()
        return super().detail_view(request, pk)

    @extend_schema(
        operation_id="documents_find", tags=["pages"], responses=_REDIRECT, parameters=[OpenApiParameter("id", int)]
    )
    def find_view(self, request: Request) -> Any:
        """Lead to a document by its number."""
        return super().find_view(request)

    def get_queryset(self) -> QuerySet[Any]:
        """Return the documents of open collections."""
        return self.model.objects.exclude(collection__in=closed_collections()).order_by("id")

"""The usual way to serve items with Django REST framework: a ModelSerializer, a viewset, the framework's settings."""

from __future__ import annotations

from typing import Any

from django.urls import include, path, reverse
from rest_framework import authentication, pagination, permissions, renderers, routers, serializers, viewsets

from cms.catalogs.models import CatalogItem

# What the API does not show.
_KEPT_BACK = ["search_text", "code_key", "batch", "sheet", "row"]


class OwnColumns(serializers.ModelSerializer):
    """The columns of an item and nothing else."""

    class Meta:
        model = CatalogItem
        exclude = _KEPT_BACK


class SameContent(serializers.ModelSerializer):
    """What our API says of an item: its address, agency and version beside its columns."""

    url = serializers.SerializerMethodField()
    agency = serializers.CharField(source="version.catalog.agency.code")
    version = serializers.IntegerField(source="version.number")

    class Meta:
        model = CatalogItem
        exclude = _KEPT_BACK

    def get_url(self, item: CatalogItem) -> str:
        """Return the item's address."""
        agency = item.version.catalog.agency.code
        return "http://testserver" + reverse("api_v1:item", args=[agency, item.version.number, item.identity])


class Numbered(pagination.PageNumberPagination):
    page_size = 100


class Cursors(pagination.CursorPagination):
    page_size = 100
    ordering = ("version_id", "position", "id")


class _Items(viewsets.ReadOnlyModelViewSet):
    queryset = CatalogItem.objects.filter(version__published_at__isnull=False).order_by("version_id", "position", "id")
    # What the framework has where a project sets nothing; ours would not be the stock.
    authentication_classes = [authentication.SessionAuthentication, authentication.BasicAuthentication]
    permission_classes = [permissions.AllowAny]
    renderer_classes = [renderers.JSONRenderer, renderers.BrowsableAPIRenderer]
    throttle_classes: list[Any] = []
    filter_backends: list[Any] = []
    schema = None


class OwnColumnsByNumber(_Items):
    serializer_class = OwnColumns
    pagination_class = Numbered


class OwnColumnsByCursor(_Items):
    serializer_class = OwnColumns
    pagination_class = Cursors


class SameContentByCursor(_Items):
    queryset = _Items.queryset.select_related("version__catalog__agency")
    serializer_class = SameContent
    pagination_class = Cursors


router = routers.SimpleRouter()
router.register("numbered", OwnColumnsByNumber, "stock-numbered")
router.register("cursor", OwnColumnsByCursor, "stock-cursor")
router.register("same", SameContentByCursor, "stock-same")

urlpatterns = [path("stock/", include(router.urls)), path("", include("cms.urls"))]

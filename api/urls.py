"""Addresses of the API: ours, Wagtail's published pages beside it, and a problem for everything else."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from api.oauth.views import TokenEndpoint
from api.pages.urls import pages_router
from api.views import UnknownAddress

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/", include("api.v1.urls")),
    path("oauth/token", TokenEndpoint.as_view(), name="oauth_token"),
    path("", pages_router.urls),
    re_path("", UnknownAddress.as_view()),
]

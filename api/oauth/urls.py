"""Where programs look for the description of an OAuth2 server (RFC 8414)."""

from django.urls import path

from api.oauth.views import metadata

urlpatterns = [path("oauth-authorization-server", metadata, name="oauth_metadata")]

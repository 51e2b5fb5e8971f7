"""Addresses of the screens of API clients, below the admin's ``api-clients/``."""

from django.urls import path

from api.clients import views

app_name = "api_clients"

urlpatterns = [
    path("", views.ClientListScreen.as_view(), name="list"),
    path("add/", views.ClientAddScreen.as_view(), name="add"),
    path("<int:pk>/", views.ClientScreen.as_view(), name="client"),
    path("<int:pk>/rotate/", views.ClientRotateScreen.as_view(), name="rotate"),
    path("<int:pk>/secret/", views.ClientSecretScreen.as_view(), name="secret"),
    path("<int:pk>/revoke/", views.ClientRevokeScreen.as_view(), name="revoke"),
]

"""Addresses below /admin/transparency/."""

from django.urls import path

from catalog_pages.transparency.views import ReleaseView

app_name = "transparency"

urlpatterns = [path("", ReleaseView.as_view(), name="release")]

"""Addresses below /admin/transparency/."""

from django.urls import path

from catalog_pages.transparency.views import PrepareView, PublishView, ReleaseView

app_name = "transparency"

urlpatterns = [
    path("", ReleaseView.as_view(), name="release"),
    path("prepare/", PrepareView.as_view(), name="prepare"),
    path("publish/", PublishView.as_view(), name="publish"),
]

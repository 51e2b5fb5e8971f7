"""Addresses below /du-lieu-mo/: each stays what it is for ever."""

from __future__ import annotations

import datetime

from django.urls import path, register_converter

from catalog_pages.open_data import views

app_name = "open_data"


class IsoDay:
    """A day in an address: ``2026-06-01``."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> datetime.date:
        """Return the day; the address is not found when there is no such day."""
        return datetime.date.fromisoformat(value)

    def to_url(self, value: datetime.date | str) -> str:
        """Return the day as addresses have it."""
        return str(value)


register_converter(IsoDay, "iso_day")

urlpatterns = [
    path("", views.overview, name="overview"),
    path("thay-doi/", views.changes, name="changes"),
    path("thay-doi.atom", views.feed, name="feed"),
    path("datapackage.json", views.data_package, name="data_package"),
    path("dcat.jsonld", views.dcat, name="dcat"),
    path("so-lieu/<int:number>/<slug:code>.<slug:kind>", views.figure, name="figure"),
    path("<slug:dataset>.<slug:kind>", views.file, name="file"),
    path("<iso_day:day>/", views.overview, name="day"),
    path("<iso_day:day>/datapackage.json", views.data_package, name="data_package_of_day"),
    path("<iso_day:day>/<slug:dataset>.<slug:kind>", views.file, name="file_of_day"),
]

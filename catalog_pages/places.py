"""Addresses of what everybody reads beside the pages, in each language."""

from __future__ import annotations

from django.urls import URLPattern, path

from catalog_pages.published_answers import published_answers
from catalog_pages.site_search import site_search

urlpatterns: list[URLPattern] = [
    path("tim-kiem/", site_search, name="site_search"),
    path("giai-dap/", published_answers, name="published_answers"),
]

"""Addresses of the portal beside its pages: links to surveys, its colours, and what search engines ask for."""

from __future__ import annotations

from django.urls import URLPattern, path

from catalog_pages import sitemaps
from catalog_pages.portal_colours import portal_colours
from catalog_pages.surveys.answering import AnswerScreen

urlpatterns: list[URLPattern] = [
    path("khao-sat/<str:token>/", AnswerScreen.as_view(), name="survey_answer"),
    path("mau-sac.css", portal_colours, name="portal_colours"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap_part, name="sitemap_part"),
    path("robots.txt", sitemaps.robots, name="robots"),
]

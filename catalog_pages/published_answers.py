"""Answers to questions of agencies that everybody may read, with a search."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog_pages.routes.answers import cacheable, page_of_rows, query_without_place
from cms.questions.models import PublishedAnswer

LONGEST = 100


@require_safe
def published_answers(request: HttpRequest) -> Any:
    """List the answers, topic by topic (``q``: words that they hold; ``sau`` or ``truoc`` one of them)."""
    text = request.GET.get("q", "").replace("\x00", "")[:LONGEST]
    found = PublishedAnswer.objects.public().matching(text).select_related("question__topic")
    context = {
        "q": text, "listed": page_of_rows(request, found, order=["question__topic__name", "pk"]),
        "query": query_without_place(request),
    }  # fmt: skip
    return cacheable(request, render(request, "catalog_pages/published_answers.html", context))

"""Every address that the platform answers: Django's URL resolver, and the sub-routes of our pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLResolver, get_resolver
from django.views.generic.edit import ProcessFormView
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import get_page_models

OUR_ROOMS = ("api", "catalog_pages", "cms", "importers")


@dataclass(frozen=True)
class Route:
    """One pattern of the resolver: its name with namespaces (the pattern itself where it has none), and its view."""

    name: str
    pattern: str
    arguments: tuple[str, ...]
    view: Callable[..., Any]

    @property
    def is_ours(self) -> bool:
        """Return whether the view is of this project."""
        return view_class(self.view).__module__.split(".")[0] in OUR_ROOMS or ":" in self.name and self.is_subroute

    @property
    def is_subroute(self) -> bool:
        """Return whether the route lives below one of our pages."""
        return self.name.startswith("page.")

    def takes(self, method: str) -> bool:
        """Return whether the view is of this project and answers a method that writes."""
        view, name = view_class(self.view), method.lower()
        if method == "PUT" and isinstance(view, type) and issubclass(view, ProcessFormView):
            return False  # Django's forms take it as a POST
        return self.is_ours and hasattr(view, name) and name in getattr(view, "http_method_names", [name])


def view_class(view: Callable[..., Any]) -> Any:
    """Return the class behind a view, or the function that it is."""
    while hasattr(view, "__wrapped__") and not (hasattr(view, "view_class") or hasattr(view, "cls")):
        view = view.__wrapped__
    return getattr(view, "view_class", None) or getattr(view, "cls", None) or view


@cache
def all_routes() -> tuple[Route, ...]:
    """Return every route, those of our pages included."""
    return (*_walk(get_resolver().url_patterns, "", ()), *_subroutes())


def _walk(patterns: Any, prefix: str, namespaces: tuple[str, ...]) -> Iterator[Route]:
    for pattern in patterns:
        whole = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern.url_patterns, whole, inner)
        else:
            name = ":".join((*namespaces, pattern.name)) if pattern.name else whole
            yield Route(name, whole, _arguments(whole), pattern.callback)


def _subroutes() -> Iterator[Route]:
    for model in get_page_models():
        if issubclass(model, RoutablePageMixin):
            for pattern in model.get_subpage_urls():
                whole = str(pattern.pattern)
                yield Route(f"page.{model.__name__}:{pattern.name}", whole, _arguments(whole), pattern.callback)


def _arguments(pattern: str) -> tuple[str, ...]:
    """Return the names of a pattern's arguments, in order; unnamed ones are numbered."""
    found = re.findall(r"<(?:\w+:)?(\w+)>", pattern)
    unnamed = len(re.findall(r"(?<!\\)\((?!\?)", re.sub(r"\(\?P<", "", pattern)))
    return (*found, *(str(number) for number in range(unnamed) if not found))

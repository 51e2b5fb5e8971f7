"""Cursor paging for every list of the API."""

from rest_framework.pagination import CursorPagination


class KeysetPagination(CursorPagination):
    """Pages by key."""

    page_size = 100
    ordering = "pk"

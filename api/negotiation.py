"""In which form an operation answers."""

from __future__ import annotations

from typing import Any

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request


class AsItIs(DefaultContentNegotiation):
    """A file comes in its own form, whatever the caller says that it would like.

    Generated clients ask for the form of a problem, which they can read, and still want the file.
    """

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        """Choose the form of a problem, should there be one."""
        return renderers[0], renderers[0].media_type

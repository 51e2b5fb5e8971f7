"""What an address says of itself by OPTIONS."""

from __future__ import annotations

from typing import Any

from rest_framework.metadata import BaseMetadata
from rest_framework.request import Request


class Methods(BaseMetadata):
    """The methods alone: the rest stands in the OpenAPI document, and DRF's own guess at forms asks every view."""

    def determine_metadata(self, request: Request, view: Any) -> dict[str, Any]:
        """Return what the Allow header says too."""
        return {"methods": view.allowed_methods}

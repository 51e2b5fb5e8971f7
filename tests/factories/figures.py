"""Releases of public figures, prepared and published in one step."""

from __future__ import annotations

from typing import Any

from catalog_pages.transparency.actions import prepare_draft, publish_draft
from catalog_pages.transparency.models import TransparencyRelease


def publish_figures(by: Any = None, note: str = "") -> TransparencyRelease:
    """Count the figures as they stand, and publish them."""
    draft = prepare_draft(by=by, wait=True)
    return publish_draft(by=by, seen=draft.content_hash, note=note)

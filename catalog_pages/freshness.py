"""Empties the memory of public answers when something changes that they may show: acts of ours, pages of Wagtail's.

The ledger is asked for the acts, since every one of ours writes to it, whatever its rows are written with, and each
act says whether the public may see it; an act that no app knows any more empties the memory,
once too often rather than too seldom.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models.signals import post_delete, post_save
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.settings.models import AbstractSetting
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Collection, Page, PageViewRestriction, Site
from wagtail.signals import post_page_move

from cms.audit import acts
from cms.audit.models import AuditEvent
from cms.core.public_cache import forget_public_answers

# What of a page is about its draft alone.
_DRAFT_FIELDS = frozenset({
    "draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at",
})  # fmt: skip
_PUBLIC_MODELS = (AbstractDocument, AbstractImage, AbstractSetting, Collection, PageViewRestriction, Redirect, Site)


def connect_signals() -> None:
    """Connect what tells of changes; called once, when all models are there."""
    post_save.connect(_act_recorded, sender=AuditEvent, dispatch_uid="public-act")
    post_page_move.connect(_changed, dispatch_uid="public-move")
    for model in apps.get_models():
        name = model._meta.label_lower
        if issubclass(model, Page):
            post_save.connect(_page_saved, sender=model, dispatch_uid=f"public-save-{name}")
        elif issubclass(model, _PUBLIC_MODELS):
            post_save.connect(_changed, sender=model, dispatch_uid=f"public-save-{name}")
        if issubclass(model, (Page, *_PUBLIC_MODELS)):
            post_delete.connect(_changed, sender=model, dispatch_uid=f"public-delete-{name}")


def affects_public(action: str) -> bool:
    """Return whether the public may see a difference after an act of the ledger, ``noun.verb``."""
    act = acts.find(action)
    return act is None or act.is_public


def _act_recorded(sender: Any, instance: AuditEvent, **kwargs: Any) -> None:
    if affects_public(instance.action):
        forget_public_answers()


def _page_saved(sender: Any, instance: Page, update_fields: frozenset[str] | None = None, **kwargs: Any) -> None:
    if update_fields is None or not update_fields <= _DRAFT_FIELDS:
        forget_public_answers()


def _changed(sender: Any, **kwargs: Any) -> None:
    forget_public_answers()

"""Empties the memory of public answers when something changes that they may show: acts of ours, pages of Wagtail's.

The ledger is asked for the acts, since every one of ours writes to it, whatever its rows are written with. Acts that
the public never sees are named below; one that nobody has thought of empties the memory once too often, not too seldom.
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

from cms.audit.models import AuditEvent
from cms.core.public_cache import forget_public_answers

# What people, accounts, uploads and drafts are about; of a version only its draft.
_INTERNAL_SUBJECTS = frozenset({"account", "api_client", "catalog_item", "import", "membership", "officer", "posting"})
_INTERNAL_ACTIONS = frozenset({
    "catalog_version.start", "catalog_version.edit", "catalog_version.upload", "catalog_version.discard",
    "catalog_version.note", "catalog_version.close_note", "catalog_version.draft", "catalog_version.submitted",
    "catalog_version.returned", "catalog_version.appraised", "framework.try", "framework_inputs.add",
})  # fmt: skip
# What of a page is about its draft alone.
_DRAFT_FIELDS = frozenset({
    "draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at",
})  # fmt: skip
_PUBLIC_MODELS = (AbstractDocument, AbstractImage, AbstractSetting, Collection, PageViewRestriction, Redirect, Site)


def connect_signals() -> None:
    """Connect the signals of changes; called once, when all models are there."""
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
    return action not in _INTERNAL_ACTIONS and action.partition(".")[0] not in _INTERNAL_SUBJECTS


def _act_recorded(sender: Any, instance: AuditEvent, **kwargs: Any) -> None:
    if affects_public(instance.action):
        forget_public_answers()


def _page_saved(sender: Any, instance: Page, update_fields: frozenset[str] | None = None, **kwargs: Any) -> None:
    if update_fields is None or not update_fields <= _DRAFT_FIELDS:
        forget_public_answers()


def _changed(sender: Any, **kwargs: Any) -> None:
    forget_public_answers()

"""Items of a version, and what appraisers leave on them.

A catalog has thousands of items, so they are rows of a version and never blocks or inline forms of a page.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext_lazy as _

from cms.catalogs.enums import RemarkKind
from cms.catalogs.extra import PREFIX
from cms.catalogs.item_fields import BY_KEY
from cms.catalogs.models.rounds import MAX_GROUPS
from cms.catalogs.models.versions import CatalogVersion
from cms.core.search import search_folded
from cms.core.text import code_key, fold


def _score_field(name: Any) -> models.DecimalField[Any, Any]:
    return models.DecimalField(name, max_digits=12, decimal_places=4, null=True, blank=True)


class CatalogItemQuerySet(models.QuerySet["CatalogItem"]):
    """Items of versions."""

    def visible_to(self, user: Any) -> CatalogItemQuerySet:
        """Return items of the versions that the person may read."""
        return self.filter(version__in=CatalogVersion.objects.visible_to(user))

    def search(self, text: str) -> CatalogItemQuerySet:
        """Return items that hold every word of ``text`` (the last as a beginning), with or without diacritics."""
        return search_folded(self, text)

    def with_code(self, code: str) -> CatalogItemQuerySet:
        """Return items that have this code, however it is written."""
        return self.filter(code_key=code_key(code))

    def in_order(self) -> CatalogItemQuerySet:
        """Return items as the agency arranged them."""
        return self.order_by("version_id", "position", "pk")

    def with_extra(self, key: str, *texts: str) -> CatalogItemQuerySet:
        """Return items that hold just one of these texts in an added column."""
        # Not ``extra__key``: a key may be called like a lookup.
        return self.alias(_held=KeyTransform(key, "extra")).filter(_held__in=texts)


class CatalogItem(models.Model):
    """One product or work of a version, with its coefficient to the standard unit.

    ``identity`` stays the same in every version that carries the item, so that two versions can be compared.
    ``batch``, ``sheet`` and ``row`` say from which line of which upload it came.
    """

    version = models.ForeignKey(CatalogVersion, models.PROTECT, related_name="items", verbose_name=_("version"))
    identity = models.UUIDField(default=uuid.uuid4, editable=False)
    position = models.PositiveIntegerField(_("position"), default=0)
    code = models.CharField(_("code"), max_length=BY_KEY["code"].max_length)
    code_key = models.CharField(max_length=64, editable=False)
    field = models.CharField(_("field of work"), max_length=BY_KEY["field"].max_length, blank=True)
    task = models.TextField(_("task"))
    name = models.TextField(_("product or work"))
    output = models.TextField(_("output"))
    unit = models.CharField(_("unit"), max_length=BY_KEY["unit"].max_length, blank=True)
    unit_quantity = models.PositiveIntegerField(_("unit quantity"), default=1)
    group = models.PositiveSmallIntegerField(_("complexity group"))
    hours = models.DecimalField(_("standard hours"), max_digits=12, decimal_places=4, null=True, blank=True)
    difficulty = _score_field(_("difficulty, creativity"))
    process = _score_field(_("process, time"))
    coordination = _score_field(_("coordination"))
    scope = _score_field(_("scope of application"))
    score = _score_field(_("score"))
    coefficient = models.DecimalField(_("coefficient"), max_digits=9, decimal_places=4)
    time_limit = models.CharField(_("time limit"), max_length=BY_KEY["time_limit"].max_length, blank=True, default="")
    last_year_quantity = _score_field(_("last year's quantity"))
    positions = models.TextField(_("positions that do it"), blank=True, default="")
    legal = models.TextField(_("legal basis"), blank=True)
    note = models.TextField(_("note"), blank=True)
    # What stands in the columns that the province added: {key of the column: text} (see ``cms.catalogs.extra``).
    extra = models.JSONField(_("extra columns"), default=dict, blank=True)
    batch = models.UUIDField(null=True, editable=False)
    sheet = models.CharField(max_length=255, blank=True, editable=False)
    row = models.PositiveIntegerField(null=True, editable=False)
    search_text = models.TextField(editable=False, default="")

    objects = CatalogItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        constraints = [
            models.UniqueConstraint(fields=["version", "identity"], name="item_identity_once"),
            models.UniqueConstraint(
                fields=["version", "code_key"],
                name="item_code_once",
                violation_error_message=_("Another item of this version has this code."),
            ),
            models.CheckConstraint(condition=Q(coefficient__gt=0), name="item_coefficient_positive"),
            models.CheckConstraint(condition=Q(group__gte=1, group__lte=MAX_GROUPS), name="item_group_in_range"),
        ]
        indexes = [
            models.Index(fields=["version", "position", "id"], name="item_order"),
            models.Index(fields=["version", "field", "position", "id"], name="item_field"),
            models.Index(fields=["version", "group", "position", "id"], name="item_group"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def content(self) -> dict[str, Any]:
        """Return all that the item says, by field; added columns are called ``extra.<key>``."""
        return {name: getattr(self, name) for name in BY_KEY} | {
            f"{PREFIX}{key}": text for key, text in self.extra.items()
        }

    def refresh_keys(self) -> None:
        """Bring the columns that searching and comparing read in line with what is written."""
        self.code_key, self.search_text = search_keys(*(getattr(self, name) for name in SEARCHED))


# What a search of items looks through.
SEARCHED = ("code", "field", "task", "name", "output")


def search_keys(*texts: str) -> tuple[str, str]:
    """Return the code key and the folded text of the SEARCHED texts, the code first."""
    return code_key(texts[0]), fold(" ".join(texts))


# What makes two items the same or changed: everything a person wrote, nothing that the system keeps for itself.
CONTENT_FIELDS = (*BY_KEY, "extra")


class ItemRemarkQuerySet(models.QuerySet["ItemRemark"]):
    """Reads over what appraisers left."""

    def open_notes(self) -> ItemRemarkQuerySet:
        """Return notes that nobody has closed."""
        return self.filter(kind=RemarkKind.NOTE, resolved_at__isnull=True)


class ItemRemark(models.Model):
    """What an appraiser left on an item, or on the version as a whole: a note to mend, or a change made."""

    version = models.ForeignKey(CatalogVersion, models.PROTECT, related_name="remarks")
    item = models.ForeignKey(CatalogItem, models.SET_NULL, null=True, blank=True, related_name="remarks")
    item_code = models.CharField(_("code"), max_length=64, blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=RemarkKind.choices, default=RemarkKind.NOTE)
    text = models.TextField(_("note"))
    # {field: [before, after]} of a change
    changes = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    # What the item said when the note was left, by field.
    seen = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    # Of a note: when the appraiser closed it, and who. Of a change: when the agency submitted again.
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ItemRemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["at"]

    def __str__(self) -> str:
        return self.text

    @property
    def changes_since(self) -> dict[str, tuple[Any, Any]]:
        """Return what its item said in each field when the note was left, and says now."""
        now = self.item.content if self.item and self.seen else {}
        return {name: (self.seen.get(name), now.get(name)) for name in {**self.seen, **now}} if now else {}

"""Catalogs of products and works: versions with a life, items as plain rows (Decree 335/2025, article 26.1).

A catalog has thousands of items, so they are rows of a version and never blocks or inline forms of a page.
"""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cms.catalogs.enums import FROZEN_STATES, OPEN_STATES, RemarkKind, VersionState
from cms.catalogs.querysets import CatalogItemQuerySet, CatalogQuerySet, CatalogVersionQuerySet
from cms.core.text import code_key, fold
from cms.organisations.models import Agency

# The handbook's frames: the highest score an item of each complexity group can have (domain facts, 6.2).
DEFAULT_FRAMES = {"1": "100", "2": "200", "3": "300", "4": "400", "5": "500"}
MAX_GROUPS = 5


def default_frames() -> dict[str, str]:
    """Return the handbook's frames, as JSON keeps them: group number to highest score, both as text."""
    return dict(DEFAULT_FRAMES)


class CatalogRound(models.Model):
    """A year's round of catalog building: its deadlines and what a new version starts with."""

    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(2025), MaxValueValidator(2100)])
    name = models.CharField(_("name"), max_length=200)
    submit_by = models.DateField(_("agencies submit by"))
    appraise_by = models.DateField(_("appraised by"))
    approve_by = models.DateField(_("approved by"))
    standard_unit = models.CharField(
        _("standard unit"),
        max_length=300,
        default="Soạn thảo văn bản hành chính",
        help_text=_("The product or work that every other is measured by."),
    )
    standard_score = models.DecimalField(
        _("score of the standard unit"),
        max_digits=12,
        decimal_places=4,
        default=Decimal(5),
        validators=[MinValueValidator(Decimal("0.0001"))],
    )
    frames = models.JSONField(_("frames of the complexity groups"), default=default_frames)
    is_current = models.BooleanField(_("current round"), default=False)

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["-year", "-submit_by"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"],
                condition=Q(is_current=True),
                name="round_current_once",
                violation_error_message=_("There is already a current round."),
            ),
            models.CheckConstraint(
                condition=Q(submit_by__lte=F("appraise_by")) & Q(appraise_by__lte=F("approve_by")),
                name="round_deadlines_in_order",
                violation_error_message=_("Deadlines must follow each other: submit, appraise, approve."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Catalog(models.Model):
    """The list of products and works of one agency; the province's own is the common list."""

    agency = models.OneToOneField(Agency, models.PROTECT, related_name="catalog", verbose_name=_("agency"))
    # True from the first publication on; read by lists that must not look into every version.
    published = models.BooleanField(default=False, editable=False)

    objects = CatalogQuerySet.as_manager()

    class Meta:
        verbose_name = _("catalog")
        verbose_name_plural = _("catalogs")
        ordering = ["agency__path"]

    def __str__(self) -> str:
        return str(self.agency)


class CatalogVersion(models.Model):
    """One edition of a catalog, from draft to the Chairman's decision and, later, its successor."""

    catalog = models.ForeignKey(Catalog, models.PROTECT, related_name="versions", verbose_name=_("catalog"))
    number = models.PositiveIntegerField(_("version"))
    year = models.PositiveSmallIntegerField(_("year"))
    round = models.ForeignKey(
        CatalogRound, models.PROTECT, null=True, blank=True, related_name="versions", verbose_name=_("round")
    )
    base = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    state = models.CharField(
        _("state"), max_length=12, choices=VersionState.choices, default=VersionState.DRAFT, editable=False
    )
    standard_unit = models.CharField(_("standard unit"), max_length=300)
    standard_score = models.DecimalField(_("score of the standard unit"), max_digits=12, decimal_places=4)
    divisor = models.DecimalField(
        _("divisor"), max_digits=12, decimal_places=4, help_text=_("An item's score divided by it is its coefficient.")
    )
    frames = models.JSONField(_("frames of the complexity groups"), default=default_frames)
    legal_basis = models.TextField(_("legal basis"), blank=True)

    decision_number = models.CharField(_("decision number"), max_length=100, blank=True)
    decision_date = models.DateField(_("decision date"), null=True, blank=True)
    effective_from = models.DateField(_("effective from"), null=True, blank=True)
    effective_to = models.DateField(_("effective to"), null=True, blank=True)

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True, editable=False)
    appraised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    appraised_at = models.DateTimeField(_("appraised at"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    return_reason = models.TextField(_("reason of return"), blank=True, editable=False)
    # Everybody who wrote an item of this version: none of them may accept or decide it.
    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", editable=False)

    # Counts up with every write; an import preview made against an earlier count is stale.
    edition = models.PositiveIntegerField(default=0, editable=False)
    # Totals kept by actions, so that no page counts thousands of rows:
    # {"items": n, "fields": {name: n}, "groups": {"1": n}}.
    summary = models.JSONField(default=dict, editable=False)
    content_hash = models.CharField(max_length=64, blank=True, editable=False)

    objects = CatalogVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("catalog version")
        verbose_name_plural = _("catalog versions")
        ordering = ["catalog", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["catalog", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["catalog"], condition=Q(state__in=sorted(OPEN_STATES)), name="version_open_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(FROZEN_STATES))
                | (~Q(decision_number="") & Q(decision_date__isnull=False) & Q(effective_from__isnull=False)),
                name="version_frozen_has_decision",
            ),
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gte=F("effective_from")),
                name="version_dates_in_order",
            ),
        ]
        indexes = [
            models.Index(fields=["catalog", "effective_from"], name="version_effective"),
            models.Index(fields=["state"], name="version_state"),
        ]

    def __str__(self) -> str:
        return _("%(catalog)s, version %(number)s") % {"catalog": self.catalog, "number": self.number}

    @property
    def is_frozen(self) -> bool:
        """Return whether the version can never change again."""
        return self.state in FROZEN_STATES

    @property
    def item_count(self) -> int:
        """Return how many items the version holds, as last counted by an action."""
        return int(self.summary.get("items", 0))

    @property
    def max_group(self) -> int:
        """Return the highest complexity group of the version (at most 5)."""
        return max((int(number) for number in self.frames), default=MAX_GROUPS)

    @property
    def group_frames(self) -> dict[int, Decimal]:
        """Return the highest score of each complexity group."""
        return {int(number): Decimal(score) for number, score in self.frames.items()}


def _score_field(name: Any) -> models.DecimalField[Any, Any]:
    return models.DecimalField(name, max_digits=12, decimal_places=4, null=True, blank=True)


class CatalogItem(models.Model):
    """One product or work of a version, with its coefficient to the standard unit.

    ``identity`` stays the same in every version that carries the item, so that two versions can be compared.
    ``batch``, ``sheet`` and ``row`` say from which line of which upload it came.
    """

    version = models.ForeignKey(CatalogVersion, models.PROTECT, related_name="items", verbose_name=_("version"))
    identity = models.UUIDField(default=uuid.uuid4, editable=False)
    position = models.PositiveIntegerField(_("position"), default=0)
    code = models.CharField(_("code"), max_length=64)
    code_key = models.CharField(max_length=64, editable=False)
    field = models.CharField(_("field of work"), max_length=500, blank=True)
    task = models.TextField(_("task"))
    name = models.TextField(_("product or work"))
    output = models.TextField(_("output"))
    unit = models.CharField(_("unit"), max_length=500, blank=True)
    unit_quantity = models.PositiveIntegerField(_("unit quantity"), default=1)
    group = models.PositiveSmallIntegerField(_("complexity group"))
    hours = models.DecimalField(_("standard hours"), max_digits=12, decimal_places=4, null=True, blank=True)
    difficulty = _score_field(_("difficulty, creativity"))
    process = _score_field(_("process, time"))
    coordination = _score_field(_("coordination"))
    scope = _score_field(_("scope of application"))
    score = _score_field(_("score"))
    coefficient = models.DecimalField(_("coefficient"), max_digits=9, decimal_places=4)
    legal = models.TextField(_("legal basis"), blank=True)
    note = models.TextField(_("note"), blank=True)
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

    def refresh_keys(self) -> None:
        """Bring the columns that searching and comparing read in line with what is written."""
        self.code_key = code_key(self.code)
        self.search_text = fold(" ".join((self.code, self.field, self.task, self.name, self.output)))


# What makes two items the same or changed: everything a person wrote, nothing that the system keeps for itself.
CONTENT_FIELDS = (
    "code", "field", "task", "name", "output", "unit", "unit_quantity", "group", "hours",
    "difficulty", "process", "coordination", "scope", "score", "coefficient", "legal", "note",
)  # fmt: skip


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
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["at"]

    def __str__(self) -> str:
        return self.text

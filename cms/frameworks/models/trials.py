"""Trials of drafts: the frozen inputs on which they are tried, and what each found."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.frameworks.enums import SubjectKind, TrialState
from cms.frameworks.models.frameworks import CriteriaFramework
from cms.frameworks.models.versions import FrameworkVersion
from cms.organisations.access import access_for


class InputSetQuerySet(models.QuerySet["InputSet"]):
    """Sets of inputs for trials."""

    def usable_by(self, user: Any) -> InputSetQuerySet:
        """Return the sets that the person may try a draft on: real people only for who reads the whole province."""
        return self if access_for(user).reads_province else self.filter(made_up=True)


class InputSet(models.Model):
    """Frozen inputs of a period, on which drafts are tried: what would have been scored, with the agencies' names."""

    name = models.CharField(_("name"), max_length=200)
    note = models.TextField(_("note"), blank=True)
    subject = models.CharField(_("judges"), max_length=12, choices=SubjectKind.choices, default=SubjectKind.OFFICER)
    size = models.PositiveIntegerField(_("number of subjects"))
    # Made-up subjects may be tried by anybody who drafts; real ones only by those who read the whole province.
    made_up = models.BooleanField(_("made up"), default=False)
    content = models.TextField(_("inputs"))
    content_hash = models.CharField(_("hash"), max_length=71, unique=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("added by")
    )
    created_at = models.DateTimeField(_("added at"), auto_now_add=True)

    objects = InputSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("set of inputs")
        verbose_name_plural = _("sets of inputs")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name


class TrialQuerySet(models.QuerySet["Trial"]):
    """Trials of drafts."""

    def readable_by(self, user: Any) -> TrialQuerySet:
        """Return the trials of which the person may see the inputs and the draft beside, if there is one.

        Whose framework it is, is asked of the framework.
        """
        if access_for(user).reads_province:
            return self
        drafts = CriteriaFramework.objects.worked_on_by(user)
        seen = Q(beside_draft=None) | Q(beside_draft__in=drafts.values("pk"))
        return self.filter(seen, inputs__made_up=True)

    def listed(self) -> TrialQuerySet:
        """Return what a list or a page shows in one query, without the inputs and definitions, which are large."""
        related = self.select_related("inputs", "version", "beside", "beside_draft", "created_by")
        large = ("content", "beside_content", "inputs__content", "version__content", "beside__content")
        blocks = ("basis", "sections", "rules", "classification")
        return related.defer(*large, *(f"beside_draft__{name}" for name in blocks))


class Trial(models.Model):
    """One trial of a draft, or of one of its versions, on a set of inputs, beside another framework; kept for ever.

    ``content`` is what was tried. Beside it stands a published version, a draft (``beside_draft`` as it was then:
    ``beside_content``) or a shipped framework.
    """

    framework = models.ForeignKey(CriteriaFramework, models.CASCADE, related_name="trials")
    version = models.ForeignKey(FrameworkVersion, models.PROTECT, null=True, blank=True, related_name="+")
    content = models.TextField()
    content_hash = models.CharField(_("hash"), max_length=71)
    inputs = models.ForeignKey(InputSet, models.PROTECT, related_name="trials", verbose_name=_("set of inputs"))
    beside = models.ForeignKey(FrameworkVersion, models.PROTECT, null=True, blank=True, related_name="+")
    beside_draft = models.ForeignKey(CriteriaFramework, models.PROTECT, null=True, blank=True, related_name="+")
    beside_content = models.TextField(blank=True)
    beside_shipped = models.CharField(max_length=60, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=TrialState.choices, default=TrialState.WAITING)
    done = models.PositiveIntegerField(default=0)
    result = models.TextField(blank=True)
    # Whether somebody of every role, position group and set of weights came to a total: publishing asks for it.
    is_complete = models.BooleanField(default=False)
    failure = models.TextField(blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("tried by")
    )
    created_at = models.DateTimeField(_("tried at"), auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = TrialQuerySet.as_manager()

    class Meta:
        verbose_name = _("trial")
        verbose_name_plural = _("trials")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["framework", "content_hash", "state"], name="trial_of_content")]

    def __str__(self) -> str:
        return f"{self.framework} · {self.inputs}"


class TrialChange(models.Model):
    """Somebody whose level a trial changes. Totals are exact; ``cause`` is told in ``trials.causes``."""

    trial = models.ForeignKey(Trial, models.CASCADE, related_name="changed")
    place = models.PositiveIntegerField()
    subject_id = models.TextField()
    agency = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=20)
    category = models.CharField(max_length=20, blank=True)
    position_group = models.CharField(max_length=60, blank=True)
    before_level = models.CharField(max_length=20, blank=True)
    after_level = models.CharField(max_length=20, blank=True)
    before_total = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    after_total = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    cause = models.JSONField()

    class Meta:
        verbose_name = _("change of a level")
        verbose_name_plural = _("changes of levels")
        ordering = ["trial", "place"]
        constraints = [models.UniqueConstraint(fields=["trial", "place"], name="trial_change_once")]

    def __str__(self) -> str:
        return self.subject_id

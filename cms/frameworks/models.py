"""Criteria frameworks as editors write them, the versions that publishing freezes, and trials of drafts."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    WorkflowMixin,
    WorkflowState,
)
from wagtail.search import index

from cms.core.errors import DomainError, NotAllowed
from cms.core.text import fold
from cms.frameworks.blocks.field import BlocksField
from cms.frameworks.blocks.streams import BasisStream, ClassificationStream, RulesStream, SectionsStream
from cms.frameworks.enums import Subject, TrialState
from cms.frameworks.querysets import FrameworkQuerySet, FrameworkVersionQuerySet, InputSetQuerySet, TrialQuerySet
from cms.frameworks.tasks import FrameworkApprovalTask
from cms.organisations.models import Agency
from cms.scoring.definition import Definition, read_definition

__all__ = [
    "BaseConfirmation", "CriteriaFramework", "FrameworkApprovalTask", "FrameworkVersion", "InputSet",
    "SourceConfirmation", "Trial", "TrialChange",
]  # fmt: skip


class CriteriaFramework(
    WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, index.Indexed, models.Model
):
    """A framework in the hands of its editors. What people are judged by is its frozen versions, never this row.

    A framework with an ``agency`` is that agency's own, made of its ``base`` within the limits that the base sets.
    """

    code = models.SlugField(
        _("code"), max_length=60, unique=True, help_text=_("Short and lasting: other tools name the framework by it.")
    )
    name = models.CharField(_("name"), max_length=300)
    subject = models.CharField(_("judges"), max_length=12, choices=Subject.choices, default=Subject.OFFICER)
    categories = models.JSONField(_("staff categories"), default=list, blank=True)
    roles = models.JSONField(_("roles"), default=list, blank=True)
    position_groups = models.JSONField(_("position groups"), default=list, blank=True)
    effective_from = models.DateField(_("effective from"), null=True, blank=True)
    effective_to = models.DateField(_("effective to"), null=True, blank=True)
    backdating_reason = models.TextField(
        _("why it holds for days that are over"),
        blank=True,
        max_length=1000,
        help_text=_("Only for a day of effect in the past. It stays beside the version, on the public page too."),
    )
    # The hash of the backdated definition that an approver confirmed; of the row itself, never of a revision.
    backdating_confirmed = models.CharField(max_length=71, blank=True, editable=False)
    # By when agencies' frameworks are confirmed beside the version that this becomes, as an approver says; of the row.
    confirm_by = models.DateField(null=True, blank=True, editable=False)
    # The hash of the definition and of those in force beside it for the same people, as an approver confirmed.
    overlap_confirmed = models.CharField(max_length=71, blank=True, editable=False)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="frameworks", verbose_name=_("agency")
    )
    base = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="specialisations", verbose_name=_("made of")
    )
    basis = BlocksField(BasisStream(), blank=True, verbose_name=_("legal basis"))
    sections = BlocksField(SectionsStream(), blank=True, verbose_name=_("sections"))
    rules = BlocksField(RulesStream(), blank=True, verbose_name=_("rules"))
    classification = BlocksField(ClassificationStream(), blank=True, verbose_name=_("classification"))
    overridable = models.JSONField(_("settings open to callers of the API"), default=list, blank=True)
    open_sections = models.JSONField(_("sections that agencies fill"), default=list, blank=True)
    open_settings = models.JSONField(_("settings that agencies choose"), default=list, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # Whose unpublished words the draft took over: of a copied draft, or of an earlier one that was brought back.
    earlier_writers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", editable=False)
    search_text = models.TextField(editable=False, default="")

    _revisions = GenericRelation(
        Revision,
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="criteriaframework",
        for_concrete_model=False,
    )
    workflow_states = GenericRelation(
        WorkflowState,
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="criteriaframework",
        for_concrete_model=False,
    )

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        verbose_name = _("criteria framework")
        verbose_name_plural = _("criteria frameworks")
        ordering = ["name", "code"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the folded text that accent-free search reads in step."""
        self.search_text = fold(f"{self.code} {self.name}")
        super().save(*args, **kwargs)

    def with_content_json(self, content: Any) -> CriteriaFramework:
        """Return the framework as a revision has it, with what approvers said of the row: no revision knows that."""
        framework: CriteriaFramework = super().with_content_json(content)
        for name in ("backdating_confirmed", "overlap_confirmed", "confirm_by"):
            setattr(framework, name, getattr(self, name))
        return framework

    def publish(self, revision: Any, user: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Publish through whichever door of Wagtail: first the checks, then the version that never changes.

        A day to go live that is still to come only schedules; the same happens again on that day. What can no longer
        be published then is not, and does not keep the rest of the schedule from its day.
        """
        from cms.frameworks.actions import freeze, give_up_schedule, require_confirmed, require_publishable

        with transaction.atomic():
            draft = revision.as_object()
            try:
                definition = require_publishable(draft, by=user)
                require_confirmed(draft, definition)
            except DomainError as refusal:
                if user is None and revision.approved_go_live_at:
                    return give_up_schedule(draft, revision, refusal)
                raise
            published = super().publish(revision, user, *args, **kwargs)
            if not (draft.go_live_at and draft.go_live_at > timezone.now()):
                freeze(draft, definition, by=user)
        return published

    def unpublish(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse: what people were judged by stays public; a later version takes its place."""
        raise NotAllowed(_("A published framework is not taken back. Publish a next version, with its day of effect."))

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """Return the roles for which the form can be looked at."""
        from cms.frameworks import preview

        return preview.modes(self)

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        """Return the form's template."""
        return "frameworks/preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        """Return the filled form, or what is missing before there can be one."""
        from cms.frameworks import preview

        return {"request": request, **preview.context(self, mode_name)}

    @property
    def revisions(self) -> Any:
        """Return the framework's revisions."""
        return self._revisions


class FrameworkVersion(models.Model):
    """A framework as it was published: the bytes that people are judged by. The database refuses any change to it."""

    framework = models.ForeignKey(
        CriteriaFramework, models.PROTECT, related_name="versions", verbose_name=_("criteria framework")
    )
    number = models.PositiveIntegerField(_("number"))
    # Canonical JSON as text: a database's own JSON type would reorder keys and change the hash.
    content = models.TextField(_("definition"))
    content_hash = models.CharField(_("hash"), max_length=71)
    name = models.CharField(_("name"), max_length=300)
    effective_from = models.DateField(_("effective from"))
    effective_to = models.DateField(_("effective to"), null=True, blank=True)
    backdating_reason = models.TextField(_("why it holds for days that were over"), blank=True, editable=False)
    # Within whose limits an agency's version was published.
    base_version = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", editable=False)
    # Of a province's later version: the last day on which agencies' versions made of earlier ones hold unconfirmed.
    confirm_by = models.DateField(_("to be confirmed by"), null=True, editable=False)
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("published by")
    )

    objects = FrameworkVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("framework version")
        verbose_name_plural = _("framework versions")
        ordering = ["framework", "-number"]
        constraints = [models.UniqueConstraint(fields=["framework", "number"], name="framework_version_number_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"

    @property
    def data(self) -> dict[str, Any]:
        """Return the definition as JSON data."""
        data: dict[str, Any] = json.loads(self.content)
        return data

    @cached_property
    def definition(self) -> Definition:
        """Return the definition, ready to score with."""
        definition, problems = read_definition(self.data)
        if definition is None:
            raise ValueError(f"framework version {self.pk} cannot be read: {problems[0]}")
        return definition


class BaseConfirmation(models.Model):
    """Somebody's word that an agency's version goes on beside a later version of its base; kept for ever."""

    version = models.ForeignKey(FrameworkVersion, models.PROTECT, related_name="base_confirmations")
    base_version = models.ForeignKey(FrameworkVersion, models.PROTECT, related_name="+")
    confirmed_on = models.DateField()
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("confirmation beside a later base")
        verbose_name_plural = _("confirmations beside a later base")
        constraints = [
            models.UniqueConstraint(fields=["version", "base_version"], name="framework_version_confirmed_once")
        ]

    def __str__(self) -> str:
        return f"{self.version} · {self.base_version}"


class InputSet(models.Model):
    """Frozen inputs of a period, on which drafts are tried: what would have been scored, with the agencies' names."""

    name = models.CharField(_("name"), max_length=200)
    note = models.TextField(_("note"), blank=True)
    subject = models.CharField(_("judges"), max_length=12, choices=Subject.choices, default=Subject.OFFICER)
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


class SourceConfirmation(models.Model):
    """An editor's word that a source says what is cited from it; it holds for every framework that names the source."""

    # The text as provenance compares it; a digest is unique, since a database's index holds no long text.
    text = models.TextField(_("source"))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    compared_with = models.CharField(_("compared with"), max_length=300)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("confirmed by")
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), auto_now_add=True)

    class Meta:
        verbose_name = _("confirmation of a source")
        verbose_name_plural = _("confirmations of sources")
        ordering = ["-confirmed_at", "-pk"]

    def __str__(self) -> str:
        return self.text[:100]


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

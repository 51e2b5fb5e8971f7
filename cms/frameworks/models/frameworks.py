"""Criteria frameworks as editors write them: drafts, never what anybody is judged by."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Cast
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

from cms.core.errors import NotAllowed
from cms.core.extension import ExtensionPoint
from cms.core.text import fold
from cms.frameworks.blocks.field import BlocksField
from cms.frameworks.blocks.streams import BasisStream, ClassificationStream, RulesStream, SectionsStream
from cms.frameworks.enums import DraftState, SubjectKind
from cms.organisations.access import access_for
from cms.organisations.models import Agency
from cms.users.enums import Role

# Wagtail calls these of the model; what they do needs actions and screens, which the app provides when it is ready.
PUBLISH = ExtensionPoint[[Any, Any, Callable[[], Any]], Any]("publish a revision of a framework")
PREVIEW_MODES = ExtensionPoint[["CriteriaFramework"], list[tuple[str, Any]]]("list the previews of a framework")
PREVIEW_CONTEXT = ExtensionPoint[["CriteriaFramework", str], dict[str, Any]]("preview a framework")


class FrameworkQuerySet(models.QuerySet["CriteriaFramework"]):
    """Frameworks, the province's and agencies' own."""

    def worked_on_by(self, user: Any) -> FrameworkQuerySet:
        """Return frameworks whose drafts the person may open: all for Sở Nội vụ, an agency's own for its head."""
        access = access_for(user)
        if access.reads_province:
            return self
        return self.filter(agency__in=access.own_agencies()) if access.has(Role.AGENCY_HEAD) else self.none()

    def published(self) -> FrameworkQuerySet:
        """Return frameworks that have a version: those are public."""
        return self.filter(pk__in=self.model.objects.filter(versions__isnull=False).values("pk"))

    def search(self, text: str) -> FrameworkQuerySet:
        """Return frameworks whose name or code holds every word of ``text``, with or without diacritics."""
        found = self
        for word in fold(text).split():
            found = found.filter(search_text__contains=word)
        return found

    def listed(self) -> FrameworkQuerySet:
        """Add what a list shows in one query: ``latest_version`` (a number or None) and ``state`` (a DraftState).

        Of agencies' own also whether a version ``is_behind`` a later one of its base, and whether one ``is_suspended``.
        """
        versions = apps.get_model("frameworks", "FrameworkVersion").objects.all()
        latest = versions.filter(framework=models.OuterRef("pk")).order_by("-number").values("number")[:1]
        own = versions.filter(framework=models.OuterRef("pk"))
        state = models.Case(
            models.When(self._in_workflow(WorkflowState.STATUS_IN_PROGRESS), then=models.Value(DraftState.WAITING)),
            models.When(self._in_workflow(WorkflowState.STATUS_NEEDS_CHANGES), then=models.Value(DraftState.RETURNED)),
            models.When(latest_version__isnull=True, then=models.Value(DraftState.DRAFT)),
            models.When(has_unpublished_changes=True, then=models.Value(DraftState.CHANGED)),
            default=models.Value(DraftState.PUBLISHED),
            output_field=models.CharField(),
        )
        return (
            self.select_related("agency")
            .annotate(latest_version=models.Subquery(latest), is_suspended=models.Exists(own.suspended_on()))
            .annotate(is_behind=models.Exists(own.behind_base()), state=state)
        )

    def in_state(self, state: str) -> FrameworkQuerySet:
        """Return frameworks in a DraftState; the query must be ``listed``."""
        return self.filter(state=state)

    def waiting(self) -> FrameworkQuerySet:
        """Return drafts that wait for approval, the longest first, with ``submitted_at`` and ``submitted_by``."""
        passes = self._passes(WorkflowState.STATUS_IN_PROGRESS)
        waiting = self.select_related("agency").annotate(
            submitted_at=models.Subquery(passes.values("created_at")[:1]),
            submitted_by=models.Subquery(passes.values("requested_by__full_name")[:1]),
        )
        return waiting.filter(submitted_at__isnull=False).order_by("submitted_at", "pk")

    def _in_workflow(self, status: str) -> models.Exists:
        return models.Exists(self._passes(status))

    def _passes(self, status: str) -> models.QuerySet[WorkflowState]:
        about = Cast(models.OuterRef("pk"), models.CharField())
        kind = ContentType.objects.get_for_model(self.model)
        passes: models.QuerySet[WorkflowState] = WorkflowState.objects.filter(
            base_content_type=kind, object_id=about, status=status
        )
        return passes


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
    subject = models.CharField(_("judges"), max_length=12, choices=SubjectKind.choices, default=SubjectKind.OFFICER)
    categories = models.JSONField(_("staff categories"), default=list, blank=True)
    roles = models.JSONField(_("roles"), default=list, blank=True)
    position_groups = models.JSONField(_("position groups"), default=list, blank=True)
    kinds = models.JSONField(_("kinds of agency"), default=list, blank=True)
    blocks = models.JSONField(_("blocks of agencies"), default=list, blank=True)
    subtrees = models.JSONField(_("agencies with all below them"), default=list, blank=True)
    agencies = models.JSONField(_("single agencies"), default=list, blank=True)
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
        for name in ("backdating_confirmed", "confirm_by"):
            setattr(framework, name, getattr(self, name))
        return framework

    def publish(self, revision: Any, user: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Publish through whichever door of Wagtail, as ``actions.publish_revision`` says: checked, and frozen."""
        return PUBLISH(revision, user, partial(super().publish, revision, user, *args, **kwargs))

    def unpublish(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse: what people were judged by stays public; a later version takes its place."""
        raise NotAllowed(_("A published framework is not taken back. Publish a next version, with its day of effect."))

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """The roles for which the form can be looked at, as the admin's preview asks for them."""
        return PREVIEW_MODES(self)

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "frameworks/preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        """Return the filled form, or what is missing before there can be one."""
        return {"request": request, **PREVIEW_CONTEXT(self, mode_name)}

    @property
    def revisions(self) -> Any:
        """The framework's revisions, under the name by which Wagtail asks for them."""
        return self._revisions

    def writers(self, revision: Any = None) -> set[int]:
        """Return the keys of those who wrote the draft since the last version, with those whose words it took over.

        For an earlier ``revision``: who had written it since the version before it.
        """
        written, versions = self.revisions.filter(user__isnull=False), self.versions.all()
        if revision is not None:
            written = written.filter(pk__lte=revision.pk)
            versions = versions.filter(published_at__lt=revision.created_at)
        last = versions.order_by("-number").values_list("published_at", flat=True).first()
        since = written.filter(created_at__gt=last) if last else written
        return {*since.values_list("user", flat=True), *self.earlier_writers.values_list("pk", flat=True)}

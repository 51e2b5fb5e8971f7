"""One officer or organisation in one period: by which framework, by whom, and how far it has come."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.db import models
from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.evaluations.enums import AUTHORITIES, BODIES, Actor, Step
from cms.evaluations.models.periods import Period
from cms.evaluations.models.procedures import Procedure, ProcedureStep
from cms.frameworks.models import FrameworkVersion
from cms.organisations.access import access_for
from cms.organisations.enums import AuthoritySubject, DelegationKind, PostingRole
from cms.organisations.models import Agency, Delegation, Membership, Officer, Posting, of_subordinates
from cms.users.enums import AGENCY_ROLES, APPRAISING_ROLES, WRITING_AGENCY_ROLES, Role


def subject_code(way: str = "") -> Coalesce:
    """Return the column with the code of who is evaluated, officer or organisation; ``way`` leads to the evaluation."""
    way = f"{way}__" if way else ""
    return Coalesce(f"{way}officer__code", f"{way}organisation__code", output_field=models.CharField())


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    """Evaluations, narrowed by who asks."""

    def visible_to(self, user: Any) -> EvaluationQuerySet:
        """Return those that are somebody's to mark or decide, their subordinates', and of agencies they write for.

        What is about the person is asked by ``own``: before the decision an officer does not read the manager's marks,
        nor does an organisation.
        """
        access = access_for(user)
        paths = frozenset().union(*(access.paths.get(role, frozenset()) for role in WRITING_AGENCY_ROLES))
        at_desk = Q(agency__in=Agency.objects.within(paths).order_by().values("pk"))
        competent, given = Q(pk__in=[]), delegated_to(getattr(user, "pk", None))
        for field in AUTHORITIES.values():
            competent |= access.is_self(f"{field}__account") | Q(**{f"{field}__in": given})
        over = access.rows_over("agency", *APPRAISING_ROLES, Role.PROVINCIAL_APPROVER)
        of_province = Q(over, organisation__isnull=False, period__agency__depth=1)
        found = self.filter(at_desk | competent | _awaits_body(user) | of_province | of_subordinates(user))
        found = found.exclude(access.is_self("officer__account"))
        return found.exclude(organisation__in=own_organisations(user).values("pk"))

    def readable_by(self, user: Any) -> EvaluationQuerySet:
        """Return those that a person or a program reads over the API: ``visible_to``, a program's agency, one's own."""
        access = access_for(user)
        theirs = Agency.objects.within(access.paths.get(Role.API_CLIENT, frozenset())).order_by().values("pk")
        seen = EvaluationQuerySet(self.model).visible_to(user).order_by().values("pk")
        own = access.is_self("officer__account") | Q(organisation__in=own_organisations(user).values("pk"))
        return self.filter(Q(pk__in=seen) | Q(agency__in=theirs) | own)

    def own(self, officer: Officer) -> EvaluationQuerySet:
        """Return the officer's own: what ended last first, a quarter before its months."""
        return self.filter(officer=officer).order_by("-period__last_day", "period__first_day", "-pk")

    def asked_first(self) -> EvaluationQuerySet:
        """Put those whose self-assessment is asked for before the others, the latest period first."""
        asked = Q(awaits=Step.ASSESS, absence="")
        return self.annotate(asked=asked).order_by("-asked", "-period__last_day", "period__first_day", "-pk")

    def for_competent(self, officer: Officer) -> EvaluationQuerySet:
        """Return those that wait for what this officer has authority for, or was given by a delegation of today.

        Marks may be given before the self-assessment has come.
        """
        given = delegated_to(officer.account_id)
        waiting = Q(awaits=Step.ASSESS) & (Q(evaluator=officer) | Q(evaluator__in=given))
        for actor, field in AUTHORITIES.items():
            waiting |= Q(awaits_actor=actor) & (Q(**{field: officer}) | Q(**{f"{field}__in": given}))
        found = self.filter(waiting, absence="").exclude(officer=officer)
        return found.order_by("period", "officer__code", "organisation__code")

    def to_mark(self, user: Any) -> EvaluationQuerySet:
        """Return the officers' evaluations that take marks and are not decided, which a person has authority to mark.

        As ``permissions.may_do`` says of each: by authority, by a delegation of today, for a body, or as head of the
        agency on the platform where nobody was named; never one's own.
        """
        own_steps = ProcedureStep.objects.filter(procedure=OuterRef("procedure"), step=Step.MARK).values("actor")
        marked_by = Coalesce(Subquery(own_steps), Value(Actor.EVALUATE.value), output_field=models.CharField())
        access, given = access_for(user), delegated_to(getattr(user, "pk", None))
        headed = Agency.objects.within(access.paths.get(Role.AGENCY_HEAD, frozenset())).order_by().values("pk")
        theirs = _of_body(user, "marked_by")
        for actor, field in AUTHORITIES.items():
            named = access.is_self(f"{field}__account") | Q(**{f"{field}__in": given})
            theirs |= Q(marked_by=actor.value) & (named | Q(**{field: None}, agency__in=headed))
        found = self.annotate(marked_by=marked_by).filter(
            theirs, officer__isnull=False, framework__isnull=False, absence="", level="", period__made_of="",
            period__locked_at=None,
        )  # fmt: skip
        return found.exclude(access.is_self("officer__account"))

    def for_body(self, user: Any) -> EvaluationQuerySet:
        """Return those that wait for a body that the person belongs to: by a role over the agency, never their own."""
        found = self.filter(_awaits_body(user), absence="")
        found = found.exclude(access_for(user).is_self("officer__account"))
        found = found.exclude(organisation__in=own_organisations(user).values("pk"))
        return found.order_by("period", "officer__code", "organisation__code")

    def counted(self) -> EvaluationQuerySet:
        """Return those that are worked out: all but those of officers who did not work in the period."""
        return self.filter(absence="")

    def unfinished(self) -> EvaluationQuerySet:
        """Return those that somebody still has to do something for."""
        return self.counted().exclude(awaits="")

    def decided(self) -> EvaluationQuerySet:
        """Return those that were decided, whether or not the notice has been given."""
        return self.counted().exclude(level="")

    def overdue(self, day: datetime.date) -> EvaluationQuerySet:
        """Return those whose step ought to have been done before a day."""
        return self.unfinished().filter(awaits_due__lt=day)


def delegated_to(account: int | None) -> QuerySet[Delegation, Any]:
    """Return the officers (their keys) who have delegated to an account's officer, as of today."""
    held = Delegation.objects.on(timezone.localdate())
    return held.filter(kind=DelegationKind.DELEGATION, to_officer__account=account or 0).values("from_officer")


def _awaits_body(user: Any) -> Q:
    """Return the condition that what comes next is for a role that the person holds over the agency."""
    return _of_body(user, "awaits_actor")


def _of_body(user: Any, column: str) -> Q:
    """Return the condition that a column with an ``Actor`` names a role that the person holds over the agency."""
    access, condition = access_for(user), Q(pk__in=[])
    for actor in BODIES:
        role = Role(actor)
        if role in AGENCY_ROLES:
            paths = access.paths.get(role, frozenset())
            below = Agency.objects.within(paths).order_by().values("pk")
            condition |= Q(**{column: actor.value}, agency__in=below)
        elif access.holds(role):
            condition |= Q(**{column: actor.value}) & access.rows_over("agency", role)
    return condition


def own_organisations(user: Any) -> Any:
    """Return the organisations whose evaluation is the person's own: which they head today, or belong to by a role.

    The province itself is nobody's own: whoever acts for it acts for all.
    """
    headed = Posting.objects.on(timezone.localdate()).filter(role=PostingRole.HEAD, is_main=True)
    headed = headed.filter(access_for(user).is_self("officer__account"))
    held = Membership.objects.active().filter(user=getattr(user, "pk", None))
    own = Q(pk__in=headed.values("agency")) | Q(pk__in=held.values("agency"))
    return Agency.objects.filter(own, depth__gt=1).order_by()


class Evaluation(models.Model):
    """The evaluation of an officer or of an organisation (``subject``) in a period.

    What it rests on (posting, framework, authority) is as it was at opening. ``agency`` is where the officer works, or
    the organisation itself. ``applied`` says, a sentence a line, which settings of the framework decided where and in
    which post the officer is evaluated.

    ``steps`` are those of its procedure as the opening froze them, in order: each ``step``, ``name``, ``actor``,
    ``due`` (ISO day or null), ``remind`` (days before, or null) and ``numbered``. ``awaits`` is the step that comes
    next, empty once all are done, with who does it (``awaits_actor``) and until when. With ``absence`` (why the officer
    did not work in the period) it has no result. ``level`` is what was decided, which may differ from that of the
    points.
    """

    identity = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    period = models.ForeignKey(Period, models.PROTECT, related_name="evaluations", verbose_name=_("evaluation period"))
    officer = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="evaluations", verbose_name=_("officer")
    )
    posting = models.ForeignKey(
        Posting, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("posting")
    )
    organisation = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="evaluations", verbose_name=_("organisation")
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    role = models.CharField(_("role"), max_length=12, choices=AuthoritySubject.choices)
    category = models.CharField(max_length=16, blank=True)
    position_group = models.CharField(max_length=60, blank=True)
    framework = models.ForeignKey(
        FrameworkVersion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("criteria framework")
    )
    framework_reason = models.TextField(blank=True)
    evaluator = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("marked by")
    )
    evaluator_reason = models.TextField(blank=True)
    decider = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decider_reason = models.TextField(blank=True)
    adviser = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("asked for an opinion")
    )
    adviser_reason = models.TextField(blank=True)
    procedure = models.ForeignKey(
        Procedure, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("evaluation procedure")
    )
    steps = models.JSONField(default=list)
    awaits = models.CharField(_("waits for"), max_length=8, choices=Step.choices, blank=True)
    awaits_actor = models.CharField(_("to be done by"), max_length=20, choices=Actor.choices, blank=True)
    awaits_due = models.DateField(_("to be done before"), null=True, blank=True)
    notified_on = models.DateField(_("notified on"), null=True, blank=True)
    absence = models.TextField(_("why nothing is evaluated"), blank=True)
    applied = models.TextField(_("what was applied"), blank=True)
    level = models.CharField(_("level decided"), max_length=16, blank=True)

    # What of a decided one would be another figure now, as ``actions.compute`` found.
    moved = ""

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        ordering = ["period", "officer__code", "organisation__code"]
        indexes = [
            models.Index(fields=["evaluator", "awaits"], name="evaluation_evaluator"),
            models.Index(fields=["decider", "awaits"], name="evaluation_decider"),
            models.Index(fields=["agency", "period"], name="evaluation_agency"),
            models.Index(fields=["adviser", "awaits"], name="evaluation_adviser"),
            models.Index(fields=["awaits_actor", "agency"], name="evaluation_body"),
            models.Index(fields=["awaits_due"], name="evaluation_due"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["period", "officer"], name="evaluation_once"),
            models.UniqueConstraint(fields=["period", "organisation"], name="evaluation_of_organisation_once"),
            models.CheckConstraint(
                condition=Q(officer__isnull=False, posting__isnull=False, organisation__isnull=True)
                | Q(officer__isnull=True, posting__isnull=True, organisation__isnull=False, role="organisation"),
                name="evaluation_of_one_subject",
            ),
            models.CheckConstraint(condition=Q(awaits__in=["", *Step.values]), name="evaluation_step_known"),
        ]

    def __str__(self) -> str:
        return f"{self.subject.code} – {self.period}"

    @property
    def subject(self) -> Officer | Agency:
        """Return who is evaluated; both have a ``code`` and a ``name``."""
        subject = self.officer or self.organisation
        assert subject is not None  # noqa: S101 (the database holds that one of them is there)
        return subject

    @property
    def asks_self_assessment(self) -> bool:
        """Return whether the officer's own assessment is what it waits for."""
        return self.awaits == Step.ASSESS and not self.absence

    @property
    def is_decided(self) -> bool:
        """Return whether its level was decided: from then on its figures stay as they are."""
        return bool(self.level) and not self.absence

    @property
    def is_readable(self) -> bool:
        """Return whether the officer may read the result: decided, and made known where the procedure asks for that."""
        return self.is_decided and not self.awaits

    @property
    def step_values(self) -> list[str]:
        """Return the steps in their order (``Step`` values)."""
        return [each["step"] for each in self.steps]

    def step_data(self, step: str) -> dict[str, Any]:
        """Return what was frozen of a step; nothing for one that the procedure leaves out."""
        return next((each for each in self.steps if each["step"] == step), {})

    def await_step(self, step: str) -> None:
        """Let it wait for a step, or for nothing more; the caller saves."""
        data = self.step_data(step)
        due = data.get("due")
        self.awaits, self.awaits_actor = step, data.get("actor", "")
        self.awaits_due = datetime.date.fromisoformat(due) if due else None

    @property
    def awaited_name(self) -> str:
        """Return what the step that comes next is called."""
        return str(self.step_data(self.awaits).get("name") or self.get_awaits_display())

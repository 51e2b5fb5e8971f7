"""Claims that a delay or a failure had an objective cause."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.assignments.enums import DECIDED_CLAIMS, ClaimAbout, ClaimCause, ClaimState
from cms.assignments.models.work import WorkAssignment, seen_by
from cms.organisations.authority import under_authority_of
from cms.organisations.models import Officer


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Reads over claims."""

    def visible_to(self, user: Any) -> ClaimQuerySet:
        """Return the claims about work that a person sees."""
        return self.filter(seen_by(user, "work__"))

    def waiting(self) -> ClaimQuerySet:
        """Return those that somebody has to decide, the longest waiting first."""
        return self.filter(state=ClaimState.MADE).order_by("decide_by", "pk")

    def of_competent(self, officer: Officer) -> ClaimQuerySet:
        """Return the claims that an officer has to decide: named when they were made, and of authority still today."""
        named = self.filter(competent=officer).exclude(state__in=DECIDED_CLAIMS)
        # Few are named in any claim: authority is asked for them alone.
        if not named.exists():
            return named.none()
        return named.filter(work__officer__in=under_authority_of(officer, timezone.localdate()))


class Claim(models.Model):
    """One claim about one piece of work. Its decision is frozen; a refused one stays, and may be followed by another.

    ``competent`` decides: who had authority to evaluate the officer when the claim was made, with the reason in words.
    """

    identity = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    work = models.ForeignKey(
        WorkAssignment, models.PROTECT, db_constraint=False, related_name="claims", verbose_name=_("work")
    )
    about = models.CharField(_("for"), max_length=8, choices=ClaimAbout.choices)
    cause = models.CharField(_("objective cause"), max_length=10, choices=ClaimCause.choices)
    statement = models.TextField(_("statement"), max_length=4000)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    competent = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, related_name="+")
    competent_reason = models.TextField()
    decide_by = models.DateField(_("to be decided by"))
    state = models.CharField(_("state"), max_length=10, choices=ClaimState.choices, default=ClaimState.MADE)
    answer = models.TextField(_("answer"), blank=True, max_length=4000)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim of an objective cause")
        verbose_name_plural = _("claims of objective causes")
        ordering = ["pk"]
        indexes = [models.Index(fields=["competent", "state"], name="claim_competent")]
        constraints = [
            models.UniqueConstraint(
                fields=["work", "about"], condition=~Q(state=ClaimState.REFUSED), name="claim_once_unless_refused"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("made_by")), name="claim_second_person"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(DECIDED_CLAIMS)) | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="claim_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_about_display()}: {self.get_cause_display()}"

    @property
    def is_overdue(self) -> bool:
        """Return whether the decision should have been taken by now."""
        return self.state == ClaimState.MADE and self.decide_by < timezone.localdate()

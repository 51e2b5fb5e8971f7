"""Set-up links: how an officer comes by an account of their own."""

from __future__ import annotations

import datetime
import hashlib
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.organisations.enums import InvitationFailure, InvitationState
from cms.organisations.models.officers import Officer

# No message takes so long to be sent.
CUT_OFF_AFTER = datetime.timedelta(minutes=10)
# Failures that another try may mend.
SERVER_FAILURES = (InvitationFailure.UNREACHABLE, InvitationFailure.REFUSED)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Reads over invitations."""

    def current(self) -> InvitationQuerySet:
        """Return those that no later one has taken the place of: one an officer."""
        return self.filter(voided_at=None)

    def visible_to(self, user: Any) -> InvitationQuerySet:
        """Return those of officers whom the person writes."""
        return self.filter(officer__in=Officer.objects.writable_by(user, timezone.localdate()))

    def counts(self) -> dict[InvitationState, int]:
        """Return how many are in each state, in one query."""
        states = {state: Count("pk", filter=_condition(state)) for state in InvitationState}
        found = self.current().aggregate(**states)
        return {state: found[state.value] for state in InvitationState}

    def unsent(self) -> InvitationQuerySet:
        """Return those that may be tried again: refused by the mail server, or left by a task that was cut off."""
        cut_off = Q(sent_at=None, failure="") & (
            Q(taken_up_at=None) | Q(taken_up_at__lt=timezone.now() - CUT_OFF_AFTER)
        )
        return self.current().filter(used_at=None).filter(Q(failure__in=SERVER_FAILURES) | cut_off)

    def in_state(self, state: str) -> InvitationQuerySet:
        """Return the current ones that are in a state now."""
        return self.current().filter(_condition(InvitationState(state)))


def _condition(state: InvitationState) -> Q:
    """Return what a row in a state looks like: the same as its property says."""
    is_open, is_sent = Q(used_at=None, failure=""), Q(sent_at__isnull=False)
    is_expired = Q(expires_at__lte=timezone.now())
    return {
        InvitationState.WAITING: is_open & ~is_sent,
        InvitationState.SENT: is_open & is_sent & ~is_expired,
        InvitationState.FAILED: ~Q(failure="") & Q(used_at=None),
        InvitationState.USED: Q(used_at__isnull=False),
        InvitationState.EXPIRED: is_open & is_sent & is_expired,
    }[state]


class Invitation(models.Model):
    """A link by which an officer sets a password for an account that is made for them, once and not for long.

    The token is in the e-mail alone; here stands its hash, so that whoever reads the database opens no account.
    """

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="invitations", verbose_name=_("officer"))
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", verbose_name=_("account")
    )
    email = models.EmailField(_("e-mail address"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    token_hash = models.CharField(max_length=64, blank=True, editable=False)
    # When a task took it up: no second one sends it.
    taken_up_at = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    expires_at = models.DateTimeField(_("expires at"), null=True)
    used_at = models.DateTimeField(_("used at"), null=True)
    voided_at = models.DateTimeField(_("voided at"), null=True)
    failure = models.CharField(_("failure"), max_length=16, choices=InvitationFailure.choices, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(fields=["officer"], condition=Q(voided_at=None), name="invitation_current_once"),
            models.UniqueConstraint(fields=["token_hash"], condition=~Q(token_hash=""), name="invitation_token_once"),
        ]

    def __str__(self) -> str:
        return f"{self.officer} – {self.email}"

    @property
    def state(self) -> InvitationState:
        """Return where it stands now."""
        if self.used_at:
            return InvitationState.USED
        if self.failure:
            return InvitationState.FAILED
        if self.sent_at is None:
            return InvitationState.WAITING
        return InvitationState.EXPIRED if self.is_expired(timezone.now()) else InvitationState.SENT

    def is_expired(self, moment: datetime.datetime) -> bool:
        return self.expires_at is not None and self.expires_at <= moment


def hash_token(token: str) -> str:
    """Return what is kept of a token; it is random and long, so that nothing slower is needed."""
    return hashlib.sha256(token.encode()).hexdigest()

"""Proposals about items: what is to become of one, why, what its agency says, and what became of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cms.catalogs.models import Catalog
from cms.changesets.enums import DECIDED_STATES, Answer, Outcome, ProposalKind, SetState
from cms.changesets.models.sets import ChangeSet
from cms.organisations.access import access_for
from cms.organisations.models import Agency, Membership
from cms.users.enums import PARTIAL_ROLES, SENDING_AGENCY_ROLES, WRITING_AGENCY_ROLES

# Asks ``matching`` for what has none of it.
NONE = "none"


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Reads over proposals."""

    def visible_to(self, user: Any) -> ProposalQuerySet:
        """Return proposals about lists of one's own agencies, and of those that one appraises or decides."""
        access = access_for(user)
        own = access.own_agencies().order_by().values("pk")
        return self.filter(access.rows_over("catalog__agency", *PARTIAL_ROLES) | Q(catalog__agency__in=own))

    def asked_of(self, user: Any) -> ProposalQuerySet:
        """Return what waits for an answer of the person's agencies: others proposed it, nobody has decided it."""
        access = access_for(user)
        paths = frozenset().union(*(access.paths.get(role, frozenset()) for role in WRITING_AGENCY_ROLES))
        own = Q()
        for path in paths:
            own |= Q(catalog__agency__path__startswith=path)
        if not paths:
            return self.none()
        return self.filter(own, answer="").exclude(by=user).exclude(change_set__state__in=DECIDED_STATES)

    def unanswered(self) -> ProposalQuerySet:
        """Return what waits for its agency: others than its own people proposed it, and nobody answered."""
        members = Membership.objects.active().filter(role__in=SENDING_AGENCY_ROLES, user=OuterRef("by"))
        own = members.annotate(asked=ExpressionWrapper(OuterRef("catalog__agency__path"), models.CharField())).filter(
            asked__startswith=F("agency__path")
        )
        return self.filter(~Exists(own), answer="").exclude(change_set__state__in=DECIDED_STATES)

    def to_appraise(self) -> ProposalQuerySet:
        """Return what nobody has appraised of the sets that are being appraised."""
        return self.filter(outcome="", change_set__state=SetState.CLOSED)

    def matching(
        self, *, agency: str = "", kind: str = "", answer: str = "", outcome: str = "", state: str = ""
    ) -> ProposalQuerySet:
        """Return what fits all that is given; ``NONE`` is no answer, not appraised, or in no set."""
        found = self
        if agency:
            found = found.filter(catalog__agency__in=Agency.objects.search(agency).order_by().values("pk"))
        if kind:
            found = found.filter(kind=kind)
        if answer:
            found = found.filter(answer="" if answer == NONE else answer)
        if outcome:
            found = found.filter(outcome="" if outcome == NONE else outcome)
        if state == NONE:
            return found.loose()
        return found.filter(change_set__state=state) if state else found

    def loose(self) -> ProposalQuerySet:
        """Return proposals that stand in no set."""
        return self.filter(change_set=None)

    def accepted(self) -> ProposalQuerySet:
        """Return what the appraisers accepted."""
        return self.filter(outcome=Outcome.ACCEPTED)

    def touching(self, catalog: int, *identities: uuid.UUID | None) -> ProposalQuerySet:
        """Return proposals about any of these items of a catalog, as the item that stays or the one that goes."""
        named = [identity for identity in identities if identity]
        return self.filter(Q(identity__in=named) | Q(merged__in=named), catalog=catalog)


class Proposal(models.Model):
    """What is to become of one item of one catalog, by its identity.

    ``contents`` are the new contents by field, ``former`` what stood there when it was proposed: of a change the same
    fields, of an end or a merge the whole item that goes (``merged`` of a merge, whose ``identity`` stays).
    ``together`` is shared by proposals that one act made for several agencies.
    """

    catalog = models.ForeignKey(Catalog, models.PROTECT, related_name="proposals", verbose_name=_("catalog"))
    change_set = models.ForeignKey(ChangeSet, models.PROTECT, null=True, related_name="proposals")
    kind = models.CharField(_("kind"), max_length=6, choices=ProposalKind.choices)
    identity = models.UUIDField()
    merged = models.UUIDField(null=True)
    code = models.CharField(_("code"), max_length=64)
    name = models.TextField(_("product or work"))
    contents = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    former = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    reason = models.TextField(_("reason"))
    together = models.UUIDField(null=True, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    at = models.DateTimeField(_("proposed at"), auto_now_add=True)

    answer = models.CharField(_("answer"), max_length=10, choices=Answer.choices, blank=True)
    answer_words = models.TextField(_("words of the agency"), blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome.choices, blank=True)
    outcome_reason = models.TextField(blank=True)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # Why an accepted proposal was left out when its set was released.
    left_because = models.TextField(blank=True, default="")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal about an item")
        verbose_name_plural = _("proposals about items")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["change_set", "catalog", "identity"], name="proposal_item_once_a_set"),
            models.CheckConstraint(
                condition=Q(kind=ProposalKind.MERGE, merged__isnull=False)
                | (~Q(kind=ProposalKind.MERGE) & Q(merged=None)),
                name="proposal_merge_names_two",
            ),
        ]
        indexes = [models.Index(fields=["catalog", "identity"], name="proposal_item")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def is_fixed(self) -> bool:
        """Return whether its set was decided."""
        return self.change_set is not None and self.change_set.state in DECIDED_STATES

    @property
    def is_being_appraised(self) -> bool:
        """Return whether its set is being appraised."""
        return self.change_set is not None and self.change_set.state == SetState.CLOSED

    @property
    def was_released(self) -> bool:
        """Return whether it came into the list."""
        is_released = self.change_set is not None and self.change_set.state == SetState.RELEASED
        return is_released and self.outcome == Outcome.ACCEPTED and not self.left_because

    @property
    def can_be_parted(self) -> bool:
        """Return whether it is a merge that came into the list, and so can be undone."""
        return self.kind == ProposalKind.MERGE and self.was_released

    @property
    def may_come_again(self) -> bool:
        """Return whether it was refused or left out, and may be proposed anew."""
        return self.outcome == Outcome.REFUSED or bool(self.left_because)

    @property
    def goes(self) -> uuid.UUID | None:
        """Return the item that its list holds no longer afterwards."""
        return {ProposalKind.END: self.identity, ProposalKind.MERGE: self.merged}.get(ProposalKind(self.kind))

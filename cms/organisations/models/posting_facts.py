"""What was written down about postings, and when: each writing is a row of its own, so that a belief can be asked."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.organisations import access
from cms.organisations.enums import PostingRole
from cms.organisations.models.agencies import Agency
from cms.organisations.models.officers import Officer, Posting
from cms.organisations.models.positions import Position
from cms.users.enums import APPRAISING_ROLES


class PostingFactQuerySet(models.QuerySet["PostingFact"]):
    """Facts: all of them, corrected ones too, unless narrowed."""

    def visible_to(self, user: Any) -> PostingFactQuerySet:
        """Return the facts at a person's own agencies, and about the person; Sở Nội vụ sees all."""
        reader_access = access.access_for(user)
        if reader_access.has(*APPRAISING_ROLES):
            return self
        own = Q(agency__in=reader_access.own_agencies().values("pk"))
        return self.filter(own | reader_access.is_self("officer__account"))

    def believed_on(self, day: datetime.date) -> PostingFactQuerySet:
        """Return what was believed at the end of a day: the last fact of each posting until then."""
        midnight = timezone.make_aware(datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time()))
        known = PostingFact.objects.filter(identity=OuterRef("identity"), recorded_at__lt=midnight)
        return self.filter(pk=Subquery(known.order_by("-pk").values("pk")[:1]), is_removed=False)

    def about(self, day: datetime.date) -> PostingFactQuerySet:
        """Return the facts that say of a posting that it holds on a day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)

    def with_names(self) -> PostingFactQuerySet:
        return self.select_related("agency", "position", "recorded_by")


class PostingFact(models.Model):
    """A posting as it was written down at a moment, with the reason; a later fact of the same posting corrects it.

    ``identity`` is the posting's own: it outlasts the posting where an upload that made it is undone (``is_removed``).
    """

    identity = models.UUIDField(db_index=True)
    officer = models.ForeignKey(Officer, models.CASCADE, related_name="posting_facts", verbose_name=_("officer"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    position = models.ForeignKey(Position, models.PROTECT, related_name="+", verbose_name=_("job position"))
    role = models.CharField(_("role"), max_length=8, choices=PostingRole.choices)
    is_main = models.BooleanField(_("main posting"))
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)
    fields_in_charge = models.JSONField(_("fields in charge"), default=list, blank=True)
    is_removed = models.BooleanField(_("removed"), default=False)
    reason = models.CharField(_("reason or decision"), max_length=500, blank=True)
    recorded_at = models.DateTimeField(_("written down at"), default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("written down by")
    )

    objects = PostingFactQuerySet.as_manager()

    class Meta:
        verbose_name = _("fact about a posting")
        verbose_name_plural = _("facts about postings")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.identity} {self.recorded_at}"

    @classmethod
    def of(cls, posting: Posting, by: Any, reason: str = "", *, is_removed: bool = False) -> PostingFact:
        """Return, unsaved, what a posting says now."""
        copied = ("identity", "officer_id", "agency_id", "position_id", "role", "is_main", "valid_from", "valid_to")
        values = {name: getattr(posting, name) for name in copied}
        return cls(
            **values, fields_in_charge=list(posting.fields_in_charge), recorded_by=by, reason=reason[:500],
            is_removed=is_removed,
        )  # fmt: skip

"""Other systems of the province that tell of work, what their words stand for here, and what they told last."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.assignments.enums import MessageOrder, MessageState, NameKind, OutsideAct, SystemKind
from cms.assignments.models.work import WorkAssignment
from cms.core.text import fold
from cms.organisations.access import access_for
from cms.organisations.models import Agency, AgencyQuerySet, Officer
from cms.users.enums import WRITING_AGENCY_ROLES, Role

LONGEST_ID = 200
LONGEST_NAME = 200


class ExternalSystemQuerySet(models.QuerySet["ExternalSystem"]):
    """Reads over systems."""

    def managed_by(self, user: Any) -> ExternalSystemQuerySet:
        """Return the systems whose words a person maps: all for an administrator, those wholly of their own agencies.

        An agency's people see a system only where it writes for nobody beyond their agencies.
        """
        access = access_for(user)
        if access.has(Role.TECHNICAL_ADMIN):
            return self
        own = frozenset().union(*(access.paths.get(role, frozenset()) for role in WRITING_AGENCY_ROLES))
        beyond = Agency.objects.exclude(pk__in=Agency.objects.within(own).order_by().values("pk"))
        return self.filter(agencies__isnull=False).exclude(agencies__in=beyond.order_by().values("pk")).distinct()

    def used_by(self, user: Any) -> ExternalSystemQuerySet:
        """Return the systems in use that an API client's account speaks for."""
        return self.filter(accounts=user, is_active=True)

    def agencies(self) -> AgencyQuerySet:
        """Return the agencies that the systems write for, with those below them."""
        paths = frozenset(self.order_by().values_list("agencies__path", flat=True)) - {None}
        return Agency.objects.within(paths)


class ExternalSystem(models.Model):
    """A document or task system: it writes work for officers of ``agencies`` and of those below them, and of no others.

    ``accounts`` are those of the API clients that may speak for it. ``order`` says by what the newer of two messages is
    known; it is decided once, since what was taken is compared by it for ever.
    """

    code = models.SlugField(_("code"), max_length=64, unique=True, help_text=_("Short and lasting, as in addresses."))
    name = models.CharField(_("name"), max_length=150)
    kind = models.CharField(_("kind"), max_length=12, choices=SystemKind.choices, default=SystemKind.TASKS)
    order = models.CharField(
        _("newer is known by"), max_length=8, choices=MessageOrder.choices, default=MessageOrder.TIME
    )
    agencies = models.ManyToManyField(Agency, related_name="+", verbose_name=_("agencies"))
    accounts = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="external_systems", blank=True, verbose_name=_("API clients")
    )
    is_active = models.BooleanField(_("in use"), default=True)

    objects = ExternalSystemQuerySet.as_manager()

    class Meta:
        verbose_name = _("external system")
        verbose_name_plural = _("external systems")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class OutsideNameQuerySet(models.QuerySet["OutsideName"]):
    """Reads over what other systems call things."""

    def unmapped(self) -> OutsideNameQuerySet:
        """Return the names that stand for nothing here yet."""
        return self.filter(officer=None, item_identity=None, act="", is_ignored=False)

    def search(self, text: str) -> OutsideNameQuerySet:
        """Return those that hold every word of ``text``, with or without diacritics."""
        found = self
        for word in fold(text).split():
            found = found.filter(search_text__contains=word)
        return found


class OutsideName(models.Model):
    """What another system calls a person, a kind of work or a state, and what that is here.

    One that was met and stands for nothing yet has no target; an ignored one is passed over with all that names it.
    ``agency`` of a person says in which of several postings they are meant; of a kind of work, for which agency (and
    those below it) it stands for this item: agencies keep catalogs of their own. An item is meant by its identity,
    which is the same in every version of its catalog.
    """

    system = models.ForeignKey(ExternalSystem, models.PROTECT, related_name="names", verbose_name=_("system"))
    about = models.CharField(_("about"), max_length=8, choices=NameKind.choices)
    key = models.CharField(_("name in the other system"), max_length=LONGEST_NAME)
    label = models.CharField(_("description"), max_length=LONGEST_NAME, blank=True)
    officer = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("officer")
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agency")
    )
    item_identity = models.UUIDField(_("item"), null=True, blank=True)
    act = models.CharField(_("act"), max_length=12, choices=OutsideAct.choices, blank=True)
    is_ignored = models.BooleanField(_("passed over"), default=False)
    search_text = models.TextField(editable=False, default="")

    objects = OutsideNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("name in another system")
        verbose_name_plural = _("names in other systems")
        ordering = ["system", "about", "key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["system", "about", "key"], condition=~Q(about=NameKind.KIND), name="outside_name_once"
            ),
            models.UniqueConstraint(
                fields=["system", "key"], condition=Q(about=NameKind.KIND, agency=None), name="outside_kind_once"
            ),
            models.UniqueConstraint(
                fields=["system", "key", "agency"], condition=Q(about=NameKind.KIND, agency__isnull=False),
                name="outside_kind_once_an_agency",
            ),
            models.CheckConstraint(
                condition=(Q(officer=None) | Q(about=NameKind.PERSON, is_ignored=False))
                & (Q(item_identity=None) | Q(about=NameKind.KIND, is_ignored=False))
                & (Q(act="") | Q(about=NameKind.STATE, is_ignored=False)),
                name="outside_name_stands_for_one_thing",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.key

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the folded text in step with what is written."""
        self.search_text = fold(f"{self.key} {self.label}")
        super().save(*args, **kwargs)

    @property
    def is_mapped(self) -> bool:
        """Return whether it is known what the name stands for."""
        return bool(self.officer_id or self.item_identity or self.act or self.is_ignored)


class OutsideWork(models.Model):
    """The piece of work that another system calls ``outside_id``: whatever it sends of it, and in whatever order.

    The database lets one row stand for an id. ``sequence`` orders what the system says: its version, or its time in
    microseconds. ``content`` is what it said last and was taken, by which it is known what it changed since;
    ``digest`` is the SHA-256 of that. After work went to somebody else ``work`` is the new piece.
    """

    system = models.ForeignKey(ExternalSystem, models.PROTECT, related_name="works", verbose_name=_("system"))
    outside_id = models.CharField(_("outside id"), max_length=LONGEST_ID)
    work = models.ForeignKey(
        WorkAssignment, models.PROTECT, db_constraint=False, related_name="outside", verbose_name=_("work")
    )
    sequence = models.BigIntegerField(_("version"))
    changed_at = models.DateTimeField(_("changed at"), null=True, blank=True)
    digest = models.CharField(max_length=64)
    content = models.JSONField(default=dict)
    received_at = models.DateTimeField(_("received at"))

    class Meta:
        verbose_name = _("work of another system")
        verbose_name_plural = _("work of other systems")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["system", "outside_id"], name="outside_work_once")]

    def __str__(self) -> str:
        return self.outside_id


class OutsideMessageQuerySet(models.QuerySet["OutsideMessage"]):
    """Reads over messages that were not taken."""

    def managed_by(self, user: Any) -> OutsideMessageQuerySet:
        """Return the messages of the systems whose words a person maps."""
        return self.filter(system__in=ExternalSystem.objects.managed_by(user).order_by().values("pk"))

    def waiting(self) -> OutsideMessageQuerySet:
        """Return those that name what stands for nothing here yet."""
        return self.filter(state=MessageState.WAITING)

    def refused(self) -> OutsideMessageQuerySet:
        """Return those that came too late, or say what cannot be."""
        return self.filter(state=MessageState.REFUSED)


class OutsideMessage(models.Model):
    """A message that could not be taken, kept whole with the reason: the newest of each outside id.

    ``missing`` names what the message calls by words that stand for nothing here, as ``[[about, key], …]``. A message
    says how its work stands as a whole, so that a newer one leaves nothing of an older one to be kept.
    """

    system = models.ForeignKey(ExternalSystem, models.PROTECT, related_name="messages", verbose_name=_("system"))
    outside_id = models.CharField(_("outside id"), max_length=LONGEST_ID)
    sequence = models.BigIntegerField(_("version"))
    content = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=MessageState.choices)
    code = models.CharField(max_length=32)
    missing = models.JSONField(default=list)
    reason = models.TextField(_("reason"))
    work = models.ForeignKey(
        WorkAssignment, models.PROTECT, db_constraint=False, null=True, blank=True, related_name="+",
        verbose_name=_("work"),
    )  # fmt: skip
    received_at = models.DateTimeField(_("received at"))

    objects = OutsideMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message that was not taken")
        verbose_name_plural = _("messages that were not taken")
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["system", "state", "id"], name="outside_message_state")]
        constraints = [models.UniqueConstraint(fields=["system", "outside_id"], name="outside_message_once")]

    def __str__(self) -> str:
        return self.outside_id

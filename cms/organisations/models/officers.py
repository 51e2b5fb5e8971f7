"""Officers, and where they work as what from when to when.

Of a person the platform keeps a code, a name and a staff category: no date of birth, no telephone number. The identity
number, where the national database asks for one, stands apart and sealed (identity_numbers.py).
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.text import code_key, fold
from cms.organisations import access
from cms.organisations.enums import PostingRole, StaffCategory
from cms.organisations.models.agencies import Agency
from cms.organisations.models.positions import Position
from cms.users.enums import APPRAISING_ROLES, WRITING_AGENCY_ROLES, Role

FIELD_MARK = "|"
_NOTHING = Q(pk__in=[])


def _within(paths: Iterable[str]) -> Q:
    """Postings at or below any of the tree paths; none without a path."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(agency__path__startswith=path)
    return condition


def of_subordinates(user: Any, way: str = "") -> Q:
    """Return the condition on rows of officers whom a person manages, or has authority over, today.

    The rows have ``officer`` and ``agency``, to which ``way`` leads. Only what belongs to an agency at which the
    officer is still posted: after a transfer each side keeps its own part of the history (security, rule 4).
    """
    reader_access = access.access_for(user)
    return _still_there(reader_access.is_subordinate(f"{way}officer"), way) if reader_access.subordinates else _NOTHING


def of_managed(user: Any, way: str = "") -> Q:
    """Return the condition of ``of_subordinates``, of officers whose direct manager the person is alone."""
    reader_access = access.access_for(user)
    return _still_there(reader_access.is_managed(f"{way}officer"), way) if reader_access.managed else _NOTHING


def _still_there(condition: Q, way: str) -> Q:
    held = Posting.objects.on(timezone.localdate())
    return condition & Q(Exists(held.filter(officer=OuterRef(f"{way}officer"), agency=OuterRef(f"{way}agency"))))


class PostingQuerySet(models.QuerySet["Posting"]):
    """Postings: all of them, past and to come, unless narrowed."""

    def visible_to(self, user: Any) -> PostingQuerySet:
        """Return the postings at a person's own agencies, and their own; Sở Nội vụ sees all.

        After a transfer each side keeps its own part of the history (security, rule 4).
        """
        reader_access = access.access_for(user)
        if reader_access.has(*APPRAISING_ROLES):
            return self
        return self.filter(_within(reader_access.own_paths) | reader_access.is_self("officer__account"))

    def writable_by(self, user: Any) -> PostingQuerySet:
        """Return the postings that a person may change: an agency's own people their own, editors all."""
        reader_access = access.access_for(user)
        if reader_access.has(Role.EDITOR):
            return self
        return self.filter(_within(path for role in WRITING_AGENCY_ROLES for path in reader_access.paths.get(role, ())))

    def on(self, day: datetime.date | OuterRef) -> PostingQuerySet:
        """Return the postings that hold on a day."""
        return self.unended(day).filter(valid_from__lte=day)

    def unended(self, day: datetime.date | OuterRef) -> PostingQuerySet:
        """Return the postings that hold on a day or later."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))

    def within(self, agency: Agency) -> PostingQuerySet:
        """Return the postings at an agency or below it."""
        return self.filter(agency__path__startswith=agency.path)

    def overlapping(self, first: datetime.date, last: datetime.date | None) -> PostingQuerySet:
        """Return the postings that hold on any day from ``first`` to ``last`` (None: without end)."""
        found = self.unended(first)
        return found.filter(valid_from__lte=last) if last else found

    def led_by(self, leading: Posting, day: datetime.date) -> PostingQuerySet:
        """Return the main postings that a head or deputy answers for on a day (article 15.3, component d).

        A head answers for everybody at the agency and below it. A deputy answers, within the fields in charge alone,
        for staff of the agency and for whoever works below it: by a field that both are given, or because the field
        names the unit. A deputy without fields, and whoever does not lead, answers for nobody: that is for the caller
        to notice, not to guess.
        """
        if leading.role == PostingRole.STAFF:
            return self.none()
        found = self.on(day).within(leading.agency).filter(is_main=True).exclude(officer_id=leading.officer_id)
        if leading.role == PostingRole.HEAD:
            return found
        here = Q(agency_id=leading.agency_id)
        in_field = _in_fields(leading.fields_in_charge)
        return found.filter((here & in_field & Q(role=PostingRole.STAFF)) | (~here & (in_field | _in_units(leading))))


def _in_fields(fields: Iterable[str]) -> Q:
    condition = Q(pk__in=[])
    for field in fields:
        condition |= Q(field_keys__contains=f"|{fold(field)}|")
    return condition


def _in_units(leading: Posting) -> Q:
    """Postings at or below the units that the fields in charge name."""
    fields = {fold(field) for field in leading.fields_in_charge}
    below = Agency.objects.filter(path__startswith=leading.agency.path).exclude(pk=leading.agency_id)
    units = below.values_list("path", "code", "name")
    return _within(path for path, code, name in units if {fold(code), fold(name)} & fields)


class OfficerQuerySet(models.QuerySet["Officer"]):
    """Officers, narrowed by their postings."""

    def visible_to(self, user: Any) -> OfficerQuerySet:
        """Return those of a person's own agencies, past ones too, their subordinates, and the person; Sở Nội vụ all."""
        reader_access = access.access_for(user)
        if reader_access.has(*APPRAISING_ROLES):
            return self
        own = reader_access.is_self("account") | reader_access.is_subordinate("pk")
        return self.filter(_posted(_postings().visible_to(user)) | own)

    def managed_by(self, user: Any) -> OfficerQuerySet:
        """Return the officers whose direct manager a person is today."""
        return self.filter(access.access_for(user).is_managed("pk"))

    def own(self, user: Any) -> OfficerQuerySet:
        """Return the officer who the person is: one at the most."""
        return self.filter(access.access_for(user).is_self("account")).select_related("account")

    def writable_by(self, user: Any, day: datetime.date) -> OfficerQuerySet:
        """Return those whose name and category a person may change: of the agency that has them, or last had them."""
        if access.access_for(user).has(Role.EDITOR):
            return self
        own = _postings().writable_by(user)
        return self.filter(_posted(own), _posted(own.unended(day)) | ~_posted(_postings().unended(day)))

    def posted(self, postings: PostingQuerySet) -> OfficerQuerySet:
        """Return those who have one of the postings."""
        return self.filter(_posted(postings))

    def without_posting(self, day: datetime.date) -> OfficerQuerySet:
        """Return those whose last posting ended before a day."""
        return self.exclude(_posted(_postings().unended(day)))

    def led_by(self, leading: Officer, day: datetime.date) -> OfficerQuerySet:
        """Return all for whom an officer answers on a day, by whatever postings as head or deputy."""
        condition = Q(pk__in=[])
        for posting in leading.postings.on(day).exclude(role=PostingRole.STAFF).select_related("agency"):
            condition |= Q(pk__in=_postings().led_by(posting, day).values("officer"))
        return self.filter(condition)

    def search(self, text: str) -> OfficerQuerySet:
        """Return those whose name or code holds every word of ``text``, with or without diacritics."""
        found = self
        for word in fold(text).split():
            found = found.filter(search_text__contains=word)
        return found


def _postings() -> PostingQuerySet:
    return Posting.objects.all()


def _posted(postings: PostingQuerySet) -> Exists:
    return Exists(postings.filter(officer=OuterRef("pk")))


def officer_search_text(code: str, name: str) -> str:
    """Return the folded text by which an officer is found."""
    return fold(f"{code} {name}")


def field_keys(fields: list[str]) -> str:
    """Return the fields in charge as one text that ``led_by`` looks into: ``|tai chinh|dau tu cong|``."""
    keys = [fold(field) for field in fields]
    return FIELD_MARK + "".join(f"{key}{FIELD_MARK}" for key in keys) if keys else ""


class Officer(models.Model):
    """A person who works for an agency: civil servant, cadre, public employee or contract worker.

    ``code`` is unique in the province and kept in the one form in which codes are compared (upper case, no spaces).
    """

    code = models.CharField(
        _("officer code"),
        max_length=64,
        unique=True,
        validators=[RegexValidator(r"^[^\s;,]+$", _("A code has no spaces, commas or semicolons."))],
        error_messages={"unique": _("Another officer of the province has this code.")},
    )
    name = models.CharField(_("full name"), max_length=150)
    category = models.CharField(
        _("staff category"), max_length=16, choices=StaffCategory.choices, default=StaffCategory.CIVIL_SERVANT
    )
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="officer",
        verbose_name=_("account"),
    )  # fmt: skip
    search_text = models.TextField(editable=False, default="")

    objects = OfficerQuerySet.as_manager()

    class Meta:
        verbose_name = _("officer")
        verbose_name_plural = _("officers")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the code in its one form, and the folded text in step with the name."""
        self.code = code_key(self.code)
        self.search_text = officer_search_text(self.code, self.name)
        super().save(*args, **kwargs)


class Posting(models.Model):
    """An officer works at an agency in a position and a role, from a day, perhaps to a day (that day included).

    At any time an officer has at most one main posting (the database holds that); secondary ones may run beside it.
    ``fields_in_charge`` are fields of work or names of units: what a deputy answers for (article 15), and what a member
    of staff works in.
    """

    identity = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="postings", verbose_name=_("officer"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="postings", verbose_name=_("agency"))
    position = models.ForeignKey(Position, models.PROTECT, related_name="postings", verbose_name=_("job position"))
    role = models.CharField(_("role"), max_length=8, choices=PostingRole.choices, default=PostingRole.STAFF)
    is_main = models.BooleanField(_("main posting"), default=True)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)
    fields_in_charge = models.JSONField(_("fields in charge"), default=list, blank=True)
    field_keys = models.TextField(editable=False, default="")

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        ordering = ["-valid_from", "-pk"]
        indexes = [
            models.Index(fields=["agency", "valid_from"], name="posting_agency"),
            models.Index(fields=["officer", "valid_from"], name="posting_officer"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="posting_dates_in_order",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(condition=Q(role__in=PostingRole.values), name="posting_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.officer} – {self.position} – {self.agency}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the folded fields in step with what people wrote."""
        self.field_keys = field_keys(self.fields_in_charge)
        super().save(*args, **kwargs)

    def is_over(self, day: datetime.date) -> bool:
        """Return whether the posting ended before a day."""
        return self.valid_to is not None and self.valid_to < day

    def is_on(self, day: datetime.date) -> bool:
        """Return whether the posting holds on a day."""
        return self.valid_from <= day and not self.is_over(day)


class StaffList(models.Model):
    """How often the officers of an agency have been written to: an upload previewed before that is out of date."""

    agency = models.OneToOneField(Agency, models.CASCADE, related_name="staff_list", verbose_name=_("agency"))
    edition = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("staff list")
        verbose_name_plural = _("staff lists")

    def __str__(self) -> str:
        return f"{self.agency} {self.edition}"

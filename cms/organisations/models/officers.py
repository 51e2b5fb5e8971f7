"""Officers, and where they work as what from when to when.

Of a person the platform keeps a code, a name and a staff category: no date of birth, no identity or telephone number.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.core.text import code_key, fold
from cms.organisations.enums import PostingRole, StaffCategory
from cms.organisations.models.agencies import Agency
from cms.organisations.models.positions import Position
from cms.organisations.querysets import OfficerQuerySet, PostingQuerySet

FIELD_MARK = "|"


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


class StaffList(models.Model):
    """How often the officers of an agency have been written to: an upload previewed before that is out of date."""

    agency = models.OneToOneField(Agency, models.CASCADE, related_name="staff_list", verbose_name=_("agency"))
    edition = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("staff list")
        verbose_name_plural = _("staff lists")

    def __str__(self) -> str:
        return f"{self.agency} {self.edition}"

"""Reads over officers and postings: who sees whom, who holds what on a day, who answers for whom."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from cms.core.text import fold
from cms.organisations.enums import PostingRole
from cms.users.enums import APPRAISING_ROLES, WRITING_AGENCY_ROLES, Role

if TYPE_CHECKING:
    from cms.organisations.access import Access
    from cms.organisations.models import Agency, Officer, Posting


def _access_for(user: Any) -> Access:
    # The policy reads memberships, whose models are loaded together with those that use this module.
    from cms.organisations.access import access_for

    return access_for(user)


def _within(paths: Iterable[str]) -> Q:
    """Postings at or below any of the tree paths; none without a path."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(agency__path__startswith=path)
    return condition


class PostingQuerySet(models.QuerySet["Posting"]):
    """Postings: all of them, past and to come, unless narrowed."""

    def visible_to(self, user: Any) -> PostingQuerySet:
        """Return the postings at a person's own agencies; Sở Nội vụ sees all, everybody else none.

        After a transfer each side keeps its own part of the history (security, rule 4).
        """
        access = _access_for(user)
        return self if access.has(*APPRAISING_ROLES) else self.filter(_within(access.own_paths))

    def writable_by(self, user: Any) -> PostingQuerySet:
        """Return the postings that a person may change: an agency's own people their own, editors all."""
        access = _access_for(user)
        if access.has(Role.EDITOR):
            return self
        return self.filter(_within(path for role in WRITING_AGENCY_ROLES for path in access.paths.get(role, ())))

    def on(self, day: datetime.date) -> PostingQuerySet:
        """Return the postings that hold on a day."""
        return self.unended(day).filter(valid_from__lte=day)

    def unended(self, day: datetime.date) -> PostingQuerySet:
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
    from cms.organisations.models import Agency

    wanted = {fold(field) for field in leading.fields_in_charge}
    below = Agency.objects.filter(path__startswith=leading.agency.path).exclude(pk=leading.agency_id)
    units = below.values_list("path", "code", "name")
    return _within(path for path, code, name in units if {fold(code), fold(name)} & wanted)


class OfficerQuerySet(models.QuerySet["Officer"]):
    """Officers, narrowed by their postings."""

    def visible_to(self, user: Any) -> OfficerQuerySet:
        """Return those who work or worked at a person's own agencies; Sở Nội vụ sees all, everybody else none."""
        if _access_for(user).has(*APPRAISING_ROLES):
            return self
        return self.filter(_posted(_postings().visible_to(user)))

    def writable_by(self, user: Any, day: datetime.date) -> OfficerQuerySet:
        """Return those whose name and category a person may change: of the agency that has them, or last had them."""
        if _access_for(user).has(Role.EDITOR):
            return self
        own = _postings().writable_by(user)
        return self.filter(_posted(own), _posted(own.unended(day)) | ~_posted(_postings().unended(day)))

    def posted(self, postings: PostingQuerySet) -> OfficerQuerySet:
        """Return those who have one of the postings."""
        return self.filter(_posted(postings))

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
    from cms.organisations.models import Posting

    return Posting.objects.all()


def _posted(postings: PostingQuerySet) -> Exists:
    return Exists(postings.filter(officer=OuterRef("pk")))

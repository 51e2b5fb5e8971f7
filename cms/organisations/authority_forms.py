"""Forms of the screens about authority; the actions check again what they are given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.organisations.actions.authority import Place
from cms.organisations.enums import (
    POSTS_FOR_ORGANISATIONS,
    AgencyKind,
    AuthorityAct,
    AuthorityPost,
    AuthoritySubject,
    Block,
)
from cms.organisations.forms import day_field
from cms.organisations.models import AuthorityTable


class AuthorityAddForm(forms.Form):
    """Of which block a new version is written."""

    block = forms.ChoiceField(label=_("Block"), choices=Block.choices)


@dataclass(frozen=True)
class ShownRow:
    """A kind of agency and a subject, with the field of each act, or the words where nothing can be chosen."""

    kind: AgencyKind
    subject: AuthoritySubject
    cells: list[tuple[Any, Any]]


class AuthorityForm(forms.Form):
    """The posts of a whole table, one field a place, and what it is founded on."""

    basis = forms.CharField(label=_("Legal basis"), required=False, max_length=500)

    def __init__(self, *args: Any, table: AuthorityTable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = {(row.agency_kind, row.subject, row.act): row for row in table.rows.all()}
        self.fields["basis"].initial = table.basis
        for place in _places():
            kind, subject, act = place
            row = self.held.get((kind.value, subject.value, act.value))
            self.fields[_name(place)] = forms.ChoiceField(
                label=f"{kind.label}, {subject.label}: {act.label}", required=False, choices=_posts(subject),
                initial=row.post if row else "",
            )  # fmt: skip

    def posts(self) -> dict[Place, str]:
        """Return what was chosen, by place."""
        return {
            (kind.value, subject.value, act.value): self.cleaned_data[_name((kind, subject, act))]
            for kind, subject, act in _places()
        }

    def shown_rows(self) -> list[ShownRow]:
        """Return the lines of the table as the screen shows them."""
        return [
            ShownRow(
                kind,
                subject,
                [
                    (self[_name((kind, subject, act))], self.held.get((kind.value, subject.value, act.value)))
                    for act in AuthorityAct
                ],
            )
            for kind in AgencyKind
            for subject in AuthoritySubject
        ]


class IssueForm(forms.Form):
    """From which day, and by which decision, a table holds."""

    effective_from = day_field(_("In effect from"), initial=timezone.localdate)
    decision_number = forms.CharField(label=_("Decision number"), max_length=64)


class GapFilterForm(forms.Form):
    """Which lines of an agency are shown."""

    everything = forms.BooleanField(label=_("Those that are answered too"), required=False)


class GapOverviewForm(forms.Form):
    """What narrows the agencies of the overview."""

    q = forms.CharField(label=_("Agency"), required=False, max_length=200)


def _posts(subject: AuthoritySubject) -> list[tuple[str, Any]]:
    posts = POSTS_FOR_ORGANISATIONS if subject == AuthoritySubject.ORGANISATION else AuthorityPost
    return [("", "–"), *((post.value, post.label) for post in posts)]


def _places() -> Iterator[tuple[AgencyKind, AuthoritySubject, AuthorityAct]]:
    for kind in AgencyKind:
        for subject in AuthoritySubject:
            for act in AuthorityAct:
                yield kind, subject, act


def _name(place: tuple[AgencyKind, AuthoritySubject, AuthorityAct]) -> str:
    return "-".join(part.value for part in place)

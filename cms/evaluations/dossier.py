"""The dossier of an evaluation as pages show it, and the form by which a file comes into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.evaluations.enums import DossierKind
from cms.evaluations.models import DossierFile, Evaluation
from cms.evaluations.permissions import can_add_to_dossier, dossier_for


class DossierFileForm(forms.Form):
    """Which part of the dossier it is (``DossierKind``), with the bytes that are checked by the action."""

    kind = forms.ChoiceField(label=pgettext_lazy("dossier", "What it is"), choices=DossierKind.choices)
    file = forms.FileField(
        label=_("File"), max_length=255, allow_empty_file=True,
        help_text=_("PDF, picture, Word, Excel or PowerPoint without macros, 25 MiB at most."),
    )  # fmt: skip


@dataclass(frozen=True)
class DossierLine:
    """A file, where it is to be had, and where whoever brought it takes it back; empty where they cannot."""

    file: DossierFile
    url: str
    withdraw_url: str


@dataclass(frozen=True)
class Dossier:
    """The files that a person reads, and where they bring another; empty where they cannot."""

    lines: Sequence[DossierLine]
    add_url: str


def desk_dossier(user: Any, evaluation: Evaluation) -> Dossier:
    """Return the dossier with the addresses at the desk."""
    return _dossier(user, evaluation, "evaluations", evaluation.pk, "pk")


def personal_dossier(user: Any, evaluation: Evaluation) -> Dossier:
    """Return the dossier with the addresses on one's own pages."""
    return _dossier(user, evaluation, "personal", evaluation.identity, "identity")


def _dossier(user: Any, evaluation: Evaluation, app: str, key: Any, file_key: str) -> Dossier:
    is_open = evaluation.framework is not None and (
        not evaluation.period.is_locked or evaluation.reopenings.open().exists()
    )
    lines = []
    for file in dossier_for(user, evaluation):
        address = [key, getattr(file, file_key)]
        may_withdraw = is_open and file.withdrawn_at is None and file.added_by_id == user.pk
        withdraw_url = reverse(f"{app}:dossier_withdraw", args=address) if may_withdraw else ""
        lines.append(DossierLine(file, reverse(f"{app}:dossier_file", args=address), withdraw_url))
    may_add = is_open and can_add_to_dossier(user, evaluation)
    return Dossier(lines, reverse(f"{app}:dossier_add", args=[key]) if may_add else "")

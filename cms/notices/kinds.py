"""The kinds of messages. Each app registers its own in ``ready()``; whoever says something of kinds asks here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# What fields are called where editors write texts; each name that any kind uses has its word here.
WORDS: Mapping[str, Any] = {
    "address": pgettext_lazy("field", "address"),
    "agency": pgettext_lazy("field", "agency"),
    "body": pgettext_lazy("field", "body"),
    "clocks": pgettext_lazy("field", "clocks"),
    "count": pgettext_lazy("field", "count"),
    "date": pgettext_lazy("field", "date"),
    "day": pgettext_lazy("field", "day"),
    "days": pgettext_lazy("field", "days"),
    "deadline": pgettext_lazy("field", "deadline"),
    "evaluations": pgettext_lazy("field", "evaluations"),
    "file": pgettext_lazy("field", "file"),
    "framework": pgettext_lazy("field", "framework"),
    "frameworks": pgettext_lazy("field", "frameworks"),
    "link": pgettext_lazy("field", "link"),
    "messages": pgettext_lazy("field", "messages"),
    "name": pgettext_lazy("field", "name"),
    "number": pgettext_lazy("field", "number"),
    "outcome": pgettext_lazy("field", "outcome"),
    "period": pgettext_lazy("field", "period"),
    "program": pgettext_lazy("field", "program"),
    "proposal": pgettext_lazy("field", "proposal"),
    "proposals": pgettext_lazy("field", "proposals"),
    "question": pgettext_lazy("field", "question"),
    "questions": pgettext_lazy("field", "questions"),
    "reason": pgettext_lazy("field", "reason"),
    "remarks": pgettext_lazy("field", "remarks"),
    "set": pgettext_lazy("field", "set"),
    "state": pgettext_lazy("field", "state"),
    "steps": pgettext_lazy("field", "steps"),
    "topic": pgettext_lazy("field", "topic"),
    "version": pgettext_lazy("field", "version"),
    "waiting": pgettext_lazy("field", "waiting"),
    "words": pgettext_lazy("field", "words"),
}


@dataclass(frozen=True)
class Field:
    """What stands in a text as ``{name}``, for editors as ``{word}``; ``is_required``: each text has to hold it."""

    name: str
    description: Any
    example: Any
    is_required: bool = False

    @property
    def shown(self) -> str:
        """Return the field as editors write it, braces and all."""
        return f"{{{WORDS[self.name]}}}"


# Of the screen that the message is about, as everybody who is told has to find it.
LINK = Field("link", _("the address of the screen"), "https://thuocdo.example.gov.vn/admin/", is_required=True)


@dataclass(frozen=True)
class Group:
    """Kinds of which people choose together when they want e-mails: for each there is one line on their screen."""

    key: str
    label: Any


@dataclass(frozen=True)
class Kind:
    """One kind of message: what it is called, the shipped subject and text, and the fields that they may hold.

    ``is_lawful``: the law asks that it is sent, so nobody can choose to have no e-mail of it. What has no ``group`` is
    sent at once too, as there is nothing to choose.
    """

    key: str
    label: Any
    subject: Any
    text: Any
    fields: tuple[Field, ...] = ()
    is_lawful: bool = False
    group: Group | None = None

    @property
    def examples(self) -> Mapping[str, str]:
        return {field.name: str(field.example) for field in self.fields}


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind, group: Group | None = None) -> None:
    """Make kinds of a group known. RuntimeError: a key is taken, as nothing is replaced by accident, or a field has no
    word.
    """
    for kind in (replace(each, group=group) for each in kinds):
        if wordless := {field.name for field in kind.fields} - WORDS.keys():
            raise RuntimeError(f"fields without a word for editors: {wordless}")
        if _kinds.get(kind.key, kind) != kind:
            raise RuntimeError(f"already registered as a kind of message: {kind.key}")
        _kinds[kind.key] = kind


def all_kinds() -> list[Kind]:
    """Return every kind, in order of keys, so that those of one app stand together."""
    return sorted(_kinds.values(), key=lambda kind: kind.key)


def all_groups() -> list[Group]:
    """Return the groups of which people choose, in order of keys."""
    groups = {kind.group.key: kind.group for kind in all_kinds() if kind.group and not kind.is_lawful}
    return [groups[key] for key in sorted(groups)]


def find_kind(key: str) -> Kind | None:
    """Return a kind; None for one that no app registers any more."""
    return _kinds.get(key)

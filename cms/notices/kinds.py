"""The kinds of messages. Each app registers its own in ``ready()``; whoever says something of kinds asks here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Field:
    """What stands in a text as ``{name}``; ``is_required``: every text of the kind has to hold it."""

    name: str
    description: Any
    example: Any
    is_required: bool = False


# Of the screen that the message is about, as everybody who is told has to find it.
LINK = Field("link", _("the address of the screen"), "https://thuocdo.example.gov.vn/admin/", is_required=True)


@dataclass(frozen=True)
class Kind:
    """One kind of message: what it is called, the shipped subject and text, and the fields that they may hold.

    ``is_lawful``: the law asks that it is sent, so nobody can choose to have no e-mail of it.
    """

    key: str
    label: Any
    subject: Any
    text: Any
    fields: tuple[Field, ...] = ()
    is_lawful: bool = False

    @property
    def examples(self) -> Mapping[str, str]:
        return {field.name: str(field.example) for field in self.fields}


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Make kinds known. A key that is taken raises RuntimeError: nothing is replaced by accident."""
    for kind in kinds:
        if _kinds.get(kind.key, kind) != kind:
            raise RuntimeError(f"already registered as a kind of message: {kind.key}")
        _kinds[kind.key] = kind


def all_kinds() -> list[Kind]:
    """Return every kind, in order of keys, so that those of one app stand together."""
    return sorted(_kinds.values(), key=lambda kind: kind.key)


def find_kind(key: str) -> Kind | None:
    """Return a kind; None for one that no app registers any more."""
    return _kinds.get(key)

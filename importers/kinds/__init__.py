"""The kinds of upload. A new one is a folder, whose ``spec.py`` holds its ``KIND``, and a line in ``PACKAGES``.

Nothing of a kind is loaded before it is asked for: the process that checks rows knows no Django.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importers.kinds.contract import Kind

PACKAGES = [
    "importers.kinds.catalog",
    "importers.kinds.officers",
    "importers.kinds.results",
    "importers.kinds.figures",
]
# What is meant where nobody names a kind: the one that everything began with.
USUAL = "catalog"


class Kinds(Mapping[str, "Kind"]):
    """Every kind by its code, which is the name of its folder."""

    def __getitem__(self, code: str) -> Kind:
        package = next((package for package in PACKAGES if package.rpartition(".")[2] == code), None)
        if package is None:
            raise KeyError(code)
        kind: Kind = import_module(f"{package}.spec").KIND
        return kind

    def __iter__(self) -> Iterator[str]:
        return (package.rpartition(".")[2] for package in PACKAGES)

    def __len__(self) -> int:
        return len(PACKAGES)


class KindChoices(Sequence[tuple[str, Any]]):
    """The kinds with their names, as forms and serializers take choices; asked for anew each time."""

    def __getitem__(self, index: Any) -> Any:
        return [(code, kind.words.name) for code, kind in KINDS.items()][index]

    def __len__(self) -> int:
        return len(PACKAGES)


KINDS = Kinds()
KIND_CHOICES = KindChoices()


def kind_of(batch: Any) -> Kind:
    """Return the kind of an upload."""
    return KINDS[batch.kind]


def kinds_for_programs() -> list[str]:
    """Return the codes of the kinds that programs may send and read: what tells of people is for people alone."""
    return [code for code, kind in KINDS.items() if not kind.is_personal]


def is_whole(code: str) -> bool:
    """Return whether a file of the kind says all that there is."""
    return KINDS[code].is_whole


def own_kinds() -> list[str]:
    """Return the codes of the kinds that only those who write for the agency send and see."""
    return [code for code, kind in KINDS.items() if kind.is_own]

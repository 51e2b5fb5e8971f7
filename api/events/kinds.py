"""Which acts of the ledger are events for programs, under which type, and who may read them.

Types are part of the API: they never change their meaning, and new ones may come at any time.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Audience(Enum):
    """Who may read an event."""

    EVERYBODY = auto()
    # The agency with those above it, and the Department of Home Affairs.
    WORKING = auto()
    # The same, and the provincial approver, who reads a version from its submission on.
    APPRAISING = auto()
    # The agency with those above it, and editors (matrix: upload and preview).
    UPLOADING = auto()


class Subject(Enum):
    """What an event is about; decides what its data are."""

    AGENCY = auto()
    VERSION = auto()
    FRAMEWORK = auto()
    RELEASE = auto()
    IMPORT = auto()


@dataclass(frozen=True)
class EventKind:
    """One type of event, and the actions of the ledger that it reports."""

    type: str
    subject: Subject
    audience: Audience
    actions: tuple[str, ...]


KINDS = (
    EventKind("catalog.version.published", Subject.VERSION, Audience.EVERYBODY, ("catalog_version.publish",)),
    EventKind("catalog.version.superseded", Subject.VERSION, Audience.EVERYBODY, ("catalog_version.supersede",)),
    EventKind("framework.published", Subject.FRAMEWORK, Audience.EVERYBODY, ("framework.publish",)),
    EventKind("transparency.released", Subject.RELEASE, Audience.EVERYBODY, ("transparency.publish",)),
    EventKind(
        "agency.changed", Subject.AGENCY, Audience.EVERYBODY,
        ("agency.add", "agency.edit", "agency.move", "agency.identifier_code"),
    ),
    EventKind("catalog.version.started", Subject.VERSION, Audience.WORKING, ("catalog_version.start",)),
    EventKind(
        "catalog.version.changed", Subject.VERSION, Audience.WORKING,
        (
            "catalog_version.edit", "catalog_version.upload",
            "catalog_item.add", "catalog_item.bulk", "catalog_item.edit", "catalog_item.remove",
        ),
    ),
    EventKind("catalog.version.discarded", Subject.VERSION, Audience.WORKING, ("catalog_version.discard",)),
    EventKind("catalog.version.withdrawn", Subject.VERSION, Audience.APPRAISING, ("catalog_version.draft",)),
    EventKind("catalog.version.submitted", Subject.VERSION, Audience.APPRAISING, ("catalog_version.submitted",)),
    EventKind("catalog.version.returned", Subject.VERSION, Audience.APPRAISING, ("catalog_version.returned",)),
    EventKind("catalog.version.accepted", Subject.VERSION, Audience.APPRAISING, ("catalog_version.appraised",)),
    EventKind("catalog.version.approved", Subject.VERSION, Audience.APPRAISING, ("catalog_version.approve",)),
    EventKind("import.checked", Subject.IMPORT, Audience.UPLOADING, ("import.check", "import.check_again")),
    EventKind("import.committed", Subject.IMPORT, Audience.UPLOADING, ("import.commit",)),
    EventKind("import.abandoned", Subject.IMPORT, Audience.UPLOADING, ("import.abandon",)),
    EventKind("import.undone", Subject.IMPORT, Audience.UPLOADING, ("import.undo",)),
)  # fmt: skip

BY_TYPE = {kind.type: kind for kind in KINDS}
BY_ACTION = {action: kind for kind in KINDS for action in kind.actions}


def actions_for(*audiences: Audience) -> list[str]:
    """Return the actions of the ledger that these audiences may read."""
    return [action for kind in KINDS if kind.audience in audiences for action in kind.actions]


def actions_of(types: list[str]) -> list[str]:
    """Return the actions of the ledger that these types stand for."""
    return [action for type_ in types for action in BY_TYPE[type_].actions]

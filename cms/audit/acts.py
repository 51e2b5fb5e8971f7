"""What the ledger can be told. Each app registers its acts once; whoever says something of acts asks here (ADR 45)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from django.utils.translation import gettext_lazy as _

_CODE = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
_LONGEST = 64


class EventAudience(Enum):
    """Who hears of an event."""

    EVERYBODY = auto()
    # The agency with those above it, and the Department of Home Affairs.
    WORKING = auto()
    # The same, and the provincial approver, who reads a version from its submission on.
    APPRAISING = auto()
    # The agency with those above it, and editors (matrix: upload and preview).
    UPLOADING = auto()
    # The agency that evaluates, with those above it: of its programs those that read evaluations.
    EVALUATING = auto()
    # The agency whose work it is, with those above it: of its programs those of systems that write its work.
    WORK_READING = auto()


@dataclass(frozen=True)
class Event:
    """What programs are told of an act. Types are part of the API: none ever changes its meaning."""

    type: str
    # Ends "It is sent when …".
    meaning: Any
    audience: EventAudience


@dataclass(frozen=True)
class Act:
    """One thing that is done: ``code`` is ``noun.verb``, ``sentence`` is read between a name and what it was done to.

    ``is_content``: its before, after and reason are drafts, notes or officers, which administrators do not read.
    ``is_public``: the public may see a difference after it. ``formerly``: codes under which older events hold it.
    ``is_past``: nothing records it any more, and older events hold it.
    """

    code: str
    sentence: Any
    is_content: bool
    is_public: bool
    event: Event | None = None
    formerly: tuple[str, ...] = ()
    is_past: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """Return every code under which the ledger may hold the act."""
        return (self.code, *self.formerly)


class InvalidAct(LookupError):
    """An act that nobody registered, or that cannot be registered as it is."""


_acts: dict[str, Act] = {}
# Names in what was before and after that are no field of the thing itself; these may stand in acts of any app.
_labels: dict[str, Any] = {
    "state": _("state"),
    "number": _("number"),
    "version": _("version"),
    "hash": _("hash"),
    "file": _("file"),
    "via": _("by way of"),
    "added": _("added"),
    "changed": _("changed"),
    "removed": _("removed"),
    "unchanged": _("unchanged"),
    "new": _("new"),
    "same": _("the same"),
}
_words: dict[str, Mapping[str, Any]] = {}


def register(
    *acts: Act, labels: Mapping[str, Any] | None = None, words: Mapping[str, Mapping[str, Any]] | None = None
) -> None:
    """Make the acts of an app known, with ``labels`` of names in their content and ``words`` for the values of these.

    Called in ``AppConfig.ready``. Raises InvalidAct for a code that is no ``noun.verb`` or another act's, for a type of
    event that is described twice, and for an event that everybody hears of while the public sees nothing.
    """
    for act in acts:
        _check(act)
        _acts.update(dict.fromkeys(act.codes, act))
    for known, new in ((_labels, labels or {}), (_words, words or {})):
        if taken := [name for name in new if name in known and known[name] is not new[name]]:
            raise InvalidAct(f"Said twice of what is before and after: {', '.join(taken)}.")
        known.update(new)


def _check(act: Act) -> None:
    for code in act.codes:
        if not _CODE.fullmatch(code) or len(code) > _LONGEST:
            raise InvalidAct(f"{code} is no noun.verb of at most {_LONGEST} characters.")
        if _acts.get(code, act) is not act:
            raise InvalidAct(f"{code} is registered as another act.")
    event = act.event
    if event and events().get(event.type, event) is not event:
        raise InvalidAct(f"{act.code}: the event {event.type} is described twice.")
    if event and event.audience is EventAudience.EVERYBODY and not act.is_public:
        raise InvalidAct(f"{act.code} is told to everybody, so the public may see it.")


def registered() -> Iterator[Act]:
    """Yield every act once, in the order in which apps registered them."""
    return (act for code, act in _acts.items() if code == act.code)


def find(code: str) -> Act | None:
    """Return the act that the ledger calls, or once called, by this code; None where no app knows it any more."""
    return _acts.get(code)


def require(code: str) -> Act:
    """Return the act with this code as it is today; raises InvalidAct."""
    act = _acts.get(code)
    if act is None or act.code != code:
        raise InvalidAct(f"{code} is not registered: say it in the acts.py of its app.")
    return act


def events() -> dict[str, Event]:
    """Return what programs may be told, by type."""
    return {act.event.type: act.event for act in registered() if act.event}


def event_of(code: str) -> Event:
    """Return what programs are told of an act; the code is one of ``event_codes``."""
    act = _acts[code]
    if act.event is None:
        raise InvalidAct(f"{code} is told to no program.")
    return act.event


def event_codes(*audiences: EventAudience) -> list[str]:
    """Return the codes, also former ones, of acts that these audiences hear of; without any, that somebody does."""
    chosen = audiences or tuple(EventAudience)
    return [code for act in registered() if act.event and act.event.audience in chosen for code in act.codes]


def codes_of_types(types: list[str]) -> list[str]:
    """Return the codes, also former ones, of acts that are told as events of these types."""
    return [code for act in registered() if act.event and act.event.type in types for code in act.codes]


def label_of(name: str) -> Any:
    """Return how people call a name in what was before and after; the name itself where no app said it."""
    return _labels.get(name, name)


def words_for(name: str) -> Mapping[str, Any]:
    """Return the words for the values of a name."""
    return _words.get(name, {})

"""Operations on many items, read from what was sent and told as the API tells them."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail, ValidationError

from api.v1.item_values import ItemValues
from api.v1.serializers.item_requests import LONGEST_REFERENCE, OPERATIONS, STATUSES
from api.v1.serializers.items import item_etag
from cms.catalogs.actions import Fault, ItemOperation, Outcome
from cms.catalogs.column_fields import columns_of
from cms.catalogs.models import CatalogItem, CatalogVersion, ExtraColumn

_KNOWN = ("op", "id", "identity", "values", "if_match")
_NEEDED = {"add": {"values"}, "change": {"identity", "values"}, "remove": {"identity"}}
_ALLOWED = {"add": {"values"}, "change": {"identity", "values", "if_match"}, "remove": {"identity", "if_match"}}


@dataclass
class Sent:
    """One operation as it was sent, as far as it could be read."""

    id: str | None = None
    op: str | None = None
    identity: uuid.UUID | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    if_match: str = ""
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, name: str, code: str, message: str) -> None:
        """Note what is wrong."""
        self.faults.append(Fault(name, code, message))


def read_operations(
    raw: Sequence[Any], version: CatalogVersion, columns: Collection[ExtraColumn]
) -> tuple[list[Sent], list[ItemOperation]]:
    """Return operations as they were sent and as ``write_items`` takes them; ``columns`` are those that are seen."""
    sent = [_read(one) for one in raw]
    checks = ItemValues(version.terms, columns_of(columns, version, None))
    keys = frozenset(column.key for column in columns)
    named = {one.identity for one in sent if one.identity}
    held = dict(version.items.filter(identity__in=named).values_list("identity", "extra"))
    return sent, [_operation(one, checks, held, keys) for one in sent]


def _read(raw: Any) -> Sent:
    sent = Sent()
    if not isinstance(raw, Mapping):
        sent.refuse("", "wrong_type", _("Send an object."))
        return sent
    for name in raw:
        if name not in _KNOWN:
            sent.refuse(
                name, "unknown_field", _("Unknown field. Known ones: %(known)s.") % {"known": ", ".join(_KNOWN)}
            )
    for name, read in _READERS.items():
        if name in raw:
            read(sent, raw[name])
    _check_shape(sent, raw)
    return sent


def _check_shape(sent: Sent, raw: Mapping[str, Any]) -> None:
    if sent.op is None:
        known = ", ".join(OPERATIONS)
        code = "invalid_choice" if "op" in raw else "required"
        sent.refuse("op", code, _("Say which operation it is: %(known)s.") % {"known": known})
        return
    for name in sorted(_NEEDED[sent.op] - raw.keys()):
        sent.refuse(name, "required", _("This field is required."))
    for name in ("identity", "values", "if_match"):
        if name in raw and name not in _ALLOWED[sent.op]:
            sent.refuse(name, "not_taken", _("This operation does not take this field."))


def _read_op(sent: Sent, raw: Any) -> None:
    sent.op = raw if isinstance(raw, str) and raw in OPERATIONS else None


def _read_id(sent: Sent, raw: Any) -> None:
    if isinstance(raw, str) and len(raw) <= LONGEST_REFERENCE and raw.isprintable():
        sent.id = raw
    else:
        sentence = _("Send a text of up to %(most)s visible characters.") % {"most": LONGEST_REFERENCE}
        sent.refuse("id", "invalid", sentence)


def _read_identity(sent: Sent, raw: Any) -> None:
    try:
        sent.identity = uuid.UUID(raw) if isinstance(raw, str) else None
    except ValueError:
        sent.identity = None
    if sent.identity is None:
        sent.refuse("identity", "invalid", _("Send the identity of an item, as items tell it."))


def _read_values(sent: Sent, raw: Any) -> None:
    if isinstance(raw, Mapping):
        sent.values = raw
    else:
        sent.refuse("values", "wrong_type", _("Send an object."))


def _read_if_match(sent: Sent, raw: Any) -> None:
    if isinstance(raw, str) and raw.strip():
        sent.if_match = raw.strip().removeprefix("W/")
    else:
        sent.refuse("if_match", "invalid", _("Send the ETag of an item, as its address or an earlier result told it."))


_READERS: dict[str, Callable[[Sent, Any], None]] = {
    "op": _read_op, "id": _read_id, "identity": _read_identity, "values": _read_values, "if_match": _read_if_match,
}  # fmt: skip


def _operation(sent: Sent, checks: ItemValues, held: Mapping[uuid.UUID, Any], keys: Collection[str]) -> ItemOperation:
    values: dict[str, Any] = {}
    faults: tuple[Fault, ...] = ()
    has_value_faults = any(fault.field == "values" for fault in sent.faults)
    if sent.op == "add" and not has_value_faults:
        values, faults = checks.whole(sent.values)
    elif sent.op == "change":
        values, faults = checks.part(sent.values, held.get(sent.identity, {}) if sent.identity else {})
    within = tuple(Fault(f"values.{fault.field}", fault.code, fault.message) for fault in faults)
    return ItemOperation(
        sent.op or "add",  # type: ignore[arg-type]
        values={} if within or sent.faults else values,
        identity=sent.identity,
        match=_matching(sent.if_match, keys) if sent.if_match else None,
        faults=(*sent.faults, *within),
    )


def _matching(etag: str, keys: Collection[str]) -> Callable[[CatalogItem], bool]:
    return lambda item: etag in ("*", item_etag(item, keys))


def serialize_results(
    mode: str, sent: Sequence[Sent], outcomes: Sequence[Outcome], keys: Collection[str]
) -> dict[str, Any]:
    """Return what came of all operations; ``keys`` are those of the added columns that the caller sees."""
    counts = Counter(outcome.status for outcome in outcomes)
    gone = {outcome.item.identity for outcome in outcomes if outcome.item and outcome.status == "removed"}
    return {
        "mode": mode,
        "counts": {status: counts[status] for status in STATUSES},  # type: ignore[index]
        "results": [_result(one, outcome, gone, keys) for one, outcome in zip(sent, outcomes, strict=True)],
    }


def _result(sent: Sent, outcome: Outcome, gone: Collection[uuid.UUID], keys: Collection[str]) -> dict[str, Any]:
    item = outcome.item
    return {
        "id": sent.id,
        "op": sent.op,
        "status": outcome.status,
        "identity": item.identity if item else sent.identity,
        "code": outcome.code or None,
        "etag": item_etag(item, keys) if item and item.identity not in gone else None,
        "errors": [
            {"field": _plain(fault.field), "code": fault.code, "message": _plain(fault.message)}
            for fault in outcome.faults
        ],
    }


def refusal(outcomes: Iterable[Outcome]) -> ValidationError:
    """Return the refusal of all operations together: every error of each, named by its place."""
    return ValidationError(
        {
            f"operations[{place}]{f'.{fault.field}' if fault.field else ''}": [ErrorDetail(fault.message, fault.code)]
            for place, outcome in enumerate(outcomes)
            for fault in outcome.faults
        }
    )


def _plain(text: str) -> str:
    """Return a text as JSON can hold it."""
    return text.encode("utf-8", "replace").decode()

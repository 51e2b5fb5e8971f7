"""External systems, what their words stand for, and messages of theirs, through the actions."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from api.clients.actions import add_client
from api.clients.models import ApiClient
from cms.assignments import actions
from cms.assignments.enums import MessageOrder, NameKind, OutsideAct
from cms.assignments.models import ExternalSystem
from cms.assignments.outside.messages import WorkMessage, read_message
from cms.catalogs.models import CatalogItem
from cms.organisations.models import Agency, Officer

STATES = {
    "Mới giao": OutsideAct.GIVE, "Đang xử lý": OutsideAct.REPORT, "Hoàn thành": OutsideAct.FINISH,
    "Đã hủy": OutsideAct.WITHDRAW,
}  # fmt: skip
SCOPES = ["assignments:read", "assignments:write"]


def make_client(
    agency: Agency, scopes: Iterable[str] = SCOPES, name: str = "Phần mềm văn bản"
) -> tuple[ApiClient, str]:
    """Add an API client and return it with its token."""
    last_day = timezone.localdate() + timedelta(days=30)
    return add_client(by=None, name=name, agency=agency, scopes=list(scopes), last_day=last_day)


def make_system(
    *agencies: Agency, code: str = "van-ban", clients: Iterable[ApiClient] = (), order: str = MessageOrder.VERSION
) -> ExternalSystem:
    """Add a system that writes for the agencies, with its states mapped."""
    system = actions.save_system(
        by=None, code=code, name="Hệ thống văn bản", order=order, agencies=list(agencies),
        accounts=[client.user for client in clients],
    )  # fmt: skip
    for key, act in STATES.items():
        actions.map_name(by=None, system=system, about=NameKind.STATE, key=key, act=act)
    return system


def map_person(system: ExternalSystem, officer: Officer, key: str = "nv01", agency: Agency | None = None) -> None:
    """Say who somebody is."""
    actions.map_name(by=None, system=system, about=NameKind.PERSON, key=key, officer=officer, agency=agency)


def map_kind(system: ExternalSystem, item: CatalogItem, key: str = "VB-DEN", agency: Agency | None = None) -> None:
    """Say which item a kind of work is."""
    actions.map_name(by=None, system=system, about=NameKind.KIND, key=key, item_identity=item.identity, agency=agency)


def raw_message(outside_id: str = "CV-1", version: int = 1, **changes: Any) -> dict[str, Any]:
    """Return a message as a program sends it: one piece, given today, due in three days."""
    today = timezone.localdate()
    reported = {
        "outside_id": outside_id, "version": version, "person": "nv01", "kind": "VB-DEN", "state": "Mới giao",
        "assigned": "1", "given_on": today.isoformat(), "due_on": (today + timedelta(days=3)).isoformat(),
    }  # fmt: skip
    return reported | {name: value for name, value in changes.items()}


def message(outside_id: str = "CV-1", version: int = 1, **changes: Any) -> WorkMessage:
    """Return the same, read."""
    read, faults = read_message(raw_message(outside_id, version, **changes), MessageOrder.VERSION)
    assert read, faults
    return read

"""50 who read and 5 who write while a process is killed, and whether all that they were told is there afterwards."""

from __future__ import annotations

import asyncio
import datetime
import io
import json
import random
import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from api.clients.actions import add_client
from api.events.reading import head_sequence
from api.webhooks.actions import add_endpoint
from api.webhooks.models import DeliveryState, WebhookCursor, WebhookDelivery, WebhookEndpoint
from api.webhooks.outbox import events_for
from cms.audit.models import AuditEvent
from cms.catalogs.models import CatalogItem, CatalogVersion
from cms.organisations.models import Agency
from importers.enums import BatchState
from importers.models import ImportBatch
from tests.benchmarks.load import CONFLICT, FAILED_PRECONDITION, OK, Somebody
from tests.chaos import province
from tests.chaos.processes import HOST
from tests.factories import catalogs
from tests.factories.agencies import make_agency
from tests.factories.people import make_member

READERS, WRITERS, ITEMS = 50, 5, 400
_REFUSED = (CONFLICT, FAILED_PRECONDITION)
_PATIENCE = 120


@dataclass(frozen=True)
class Place:
    """What the crowd reads and writes, and how it may."""

    public: tuple[str, ...]
    desk: tuple[str, ...]
    session: str
    items: tuple[tuple[str, ...], ...]
    tokens: tuple[str, ...]
    upload: str


@dataclass
class Reported:
    """What the crowd was told in one round, or in all."""

    reads: int = 0
    unanswered: Counter[str] = field(default_factory=Counter)
    answered: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def found(url: str) -> tuple[Place, str]:
    """Make two drafts, five programs that write them, and a webhook to ``url``; return the place and its secret."""
    root, clerk = Agency.objects.get(depth=1), province.clerk()
    public, items, tokens = ["/", "/danh-muc/", "/api/v1/items/", "/api/v1/catalogs/"], [], []
    desk = ["/admin/"]
    last_day = timezone.localdate() + datetime.timedelta(days=30)
    drafts = []
    for number in (1, 2):
        agency = make_agency(root, name=f"Sở số {number}")
        version = catalogs.make_version(make_member("uploader", agency, f"so-{number}"), agency, items=ITEMS)
        drafts.append(version)
        desk.append(f"/admin/catalogs/versions/{version.pk}/items/")
    for number in range(WRITERS):
        agency = drafts[number % 2].catalog.agency
        start = f"/api/v1/catalogs/{agency.code}/versions/1/items/"
        client, token = add_client(
            by=None, name=f"Máy {number}", agency=agency, scopes=["catalogs:read", "catalogs:write", "webhooks:manage"],
            last_day=last_day,
        )  # fmt: skip
        identities = drafts[number % 2].items.values_list("identity", flat=True)
        items.append(tuple(f"{start}{identity}/" for identity in identities))
        tokens.append(token)
    _endpoint, secret = add_endpoint(by=None, client=client, url=url)
    reader = Client()
    reader.force_login(make_member("editor", Agency.objects.get(code="so-noi-vu"), "editor"), backend=_BACKEND)
    upload = reverse("importers:upload", args=[clerk.memberships.get().agency_id])
    session = reader.cookies["sessionid"].value
    return Place(tuple(public), tuple(desk), session, tuple(items), tuple(tokens), upload), secret


_BACKEND = "cms.organisations.backends.MembershipBackend"


def gather(port: int, place: Place, seconds: float) -> Reported:
    """Let the crowd read and write for some seconds."""
    reported, until = Reported(), time.perf_counter() + seconds

    async def together() -> None:
        async with asyncio.TaskGroup() as group:
            for number in range(READERS):
                group.create_task(_read(port, number, place, until, reported))
            for number in range(WRITERS):
                group.create_task(_write(port, number, place, until, reported))

    asyncio.run(together())
    return reported


async def _read(port: int, number: int, place: Place, until: float, reported: Reported) -> None:
    is_at_desk = number % 5 == 0
    own = {"Cookie": f"sessionid={place.session}"} if is_at_desk else {}
    who = Somebody(port, number, **{"Host": HOST} | own)
    while time.perf_counter() < until:
        path = random.choice(place.desk if is_at_desk else place.public)
        answer = await who.ask(path)
        if answer.status == OK:
            reported.reads += 1
        else:
            reported.unanswered[f"{path} {answer.status}"] += 1
            await asyncio.sleep(0.1)


async def _write(port: int, number: int, place: Place, until: float, reported: Reported) -> None:
    who = Somebody(port, READERS + number, Host=HOST, Authorization=f"Bearer {place.tokens[number]}")
    while time.perf_counter() < until:
        path = random.choice(place.items[number])
        found = await who.ask(path)
        if found.status != OK:
            await asyncio.sleep(0.1)
            continue
        note = secrets.token_hex(8)
        body = json.dumps({"note": note, "group": random.randint(1, 5)}).encode()
        changed = await who.ask(path, "PATCH", body, Content_Type="application/json", If_Match=found.headers["etag"])
        kept = {OK: reported.answered, **dict.fromkeys(_REFUSED, reported.refused)}.get(
            changed.status, reported.doubtful
        )
        kept.append(note)


def faults_after(reported: Reported) -> Iterator[str]:
    """Yield what must not be: a change lost, made twice or half, a refused one made, a broken chain, wrong totals."""
    yield from _faults_of_changes(reported)
    for command in ("verify_audit", "verify_counts"):
        try:
            call_command(command, stdout=io.StringIO(), stderr=io.StringIO())
        except CommandError as error:
            yield str(error)


def _faults_of_changes(reported: Reported) -> Iterator[str]:
    times, last, edits = _in_the_ledger()
    for note in reported.answered:
        if times[note] != 1:
            yield f"an answered change stands {times[note]} times in the ledger"
    if any(times[note] > 1 for note in reported.doubtful) or any(times[note] for note in reported.refused):
        yield "a change was made twice, or was refused and made"
    for version in CatalogVersion.objects.filter(pk__in=edits):
        # The first write filled it.
        if version.edition != edits[version.pk] + 1:
            yield f"{version} counts {version.edition} writes, the ledger {edits[version.pk]}"
    for item in CatalogItem.objects.filter(version__in=edits):
        for name, value in last.get((item.version_id, item.code), {}).items():
            if getattr(item, name) != value:
                yield f"{name} of {item.code} is not what the ledger says last"


def _in_the_ledger() -> tuple[Counter[str], dict[tuple[int, str], dict[str, object]], Counter[int]]:
    """Return how often each note stands there, what it says last of each item, and how many edits of each version."""
    times: Counter[str] = Counter()
    last: dict[tuple[int, str], dict[str, object]] = {}
    edits: Counter[int] = Counter()
    for event in AuditEvent.objects.filter(action="catalog_item.edit").order_by("sequence"):
        edits[int(event.subject_id)] += 1
        for code, changes in event.after.items():
            times[changes.get("note", "")] += 1
            last.setdefault((int(event.subject_id), code), {}).update(changes)
    return times, last, edits


def doubtful_but_made(reported: Reported) -> int:
    """Return how many of the changes that nobody answered were made."""
    times, _last, _edits = _in_the_ledger()
    return sum(times[note] for note in reported.doubtful)


def faults_of_webhooks(counted: set[str]) -> Iterator[str]:
    """Wait until all is sent, and yield what never came."""
    endpoint = WebhookEndpoint.objects.get()
    # As if the time were over for which a sender that died had taken them.
    _until(lambda: WebhookCursor.objects.get().sequence == head_sequence())
    WebhookDelivery.objects.filter(state=DeliveryState.PENDING).update(next_try_at=timezone.now())
    _until(lambda: not WebhookDelivery.objects.filter(state=DeliveryState.PENDING).exists())
    heard = {f"evt_{number}" for number in _heard(endpoint)}
    if heard - counted:
        yield f"{len(heard - counted)} of {len(heard)} events never came"


def _heard(endpoint: WebhookEndpoint) -> list[int]:
    return list(events_for(endpoint).filter(sequence__gt=endpoint.since).values_list("sequence", flat=True))


def faults_of_checks() -> Iterator[str]:
    """Have stuck checks again, as the screen offers it, and yield what is not checked then."""
    for batch in ImportBatch.objects.filter(state=BatchState.CHECKING):
        province.check_again(batch)
    try:
        _until(lambda: not ImportBatch.objects.filter(state=BatchState.CHECKING).exists())
    except TimeoutError:
        yield "a check never ended"


def _until(holds: Callable[[], bool]) -> None:
    start = time.monotonic()
    while not holds():
        if time.monotonic() - start > _PATIENCE:
            raise TimeoutError("it never came so far")
        time.sleep(0.1)

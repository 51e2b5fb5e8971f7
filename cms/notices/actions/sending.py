"""Telling people something: a row for each of them with what it is about, and an e-mail as each of them chose."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from cms.core.mail import in_the_platforms_language
from cms.notices.actions.delivering import deliver
from cms.notices.enums import EmailState, Pace
from cms.notices.kinds import Kind, find_kind
from cms.notices.models import LONGEST_SUBJECT, EmailChoice, Message
from cms.notices.wording import Rendered, fill, texts_of
from cms.users.models import User

_CHUNK = 500


def address_here(path: str) -> str:
    """Return the full address of a path of ours, as an e-mail needs it."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def composer(kind: str) -> Callable[..., Rendered]:
    """Return what makes a message of the kind from ``link`` (a path, the field of that name) and other values.

    The texts in use are read once, however many messages are made.
    """
    registered = _require(kind)
    with in_the_platforms_language():
        texts = texts_of(registered)

    def compose(*, link: str, **values: object) -> Rendered:
        given = values | {"link": address_here(link)}
        return fill(texts.subject, texts.text, {field.name: str(given[field.name]) for field in registered.fields})

    return compose


def _require(kind: str) -> Kind:
    registered = find_kind(kind)
    if registered is None:
        raise LookupError(f"no such kind of message: {kind}")
    return registered


@dataclass(frozen=True)
class Letter:
    """What the accounts ``to`` (keys) are told: of which kind, about which screen (a path), with which values."""

    kind: str
    to: Collection[int]
    link: str
    values: Mapping[str, object]


def send(kind: str, *, to: Iterable[int], link: str, **values: object) -> None:
    """Tell some accounts one thing, as ``send_all`` does."""
    send_all([Letter(kind, set(to), link, values)])


def send_all(letters: Iterable[Letter]) -> None:
    """Tell active accounts what the letters say, in as many queries however many letters there are.

    The rows are part of the caller's transaction: what was done is told, and what was undone is not. E-mails follow
    once it is kept, and an outside fault undoes nothing: what could not be sent is tried again by ``send_due``. Who
    chose to have no e-mail of a kind, or one a day of all, finds it in the inbox all the same.
    """
    listed = list(letters)
    people = User.objects.filter(pk__in=set().union(*(each.to for each in listed)), is_active=True)
    addresses = dict(people.values_list("pk", "email"))
    composers = {kind: composer(kind) for kind in {each.kind for each in listed}}
    states = _states(addresses, {each.kind for each in listed})
    rows = [row for each in listed for row in _rows(each, addresses, composers[each.kind], states)]
    if not rows:
        return
    made = Message.objects.bulk_create(rows, batch_size=_CHUNK)
    waiting = [row.pk for row in made if row.email_state == EmailState.WAITING]
    if waiting:
        transaction.on_commit(lambda: deliver.enqueue(waiting))


_STATES = {Pace.DAILY: EmailState.GATHERED, Pace.NEVER: EmailState.NONE}


def _states(accounts: Collection[int], kinds: Collection[str]) -> dict[tuple[int, str], EmailState]:
    """Return, by account and kind, what is to become of an e-mail that is not sent at once, as its reader chose."""
    groups = {kind.key: kind.group.key for kind in map(_require, kinds) if kind.group and not kind.is_lawful}
    if not groups:
        return {}
    chosen = EmailChoice.objects.filter(user__in=accounts, group__in=set(groups.values()), pace__in=_STATES)
    paces = {(user, group): pace for user, group, pace in chosen.values_list("user", "group", "pace")}
    return {
        (user, key): _STATES[Pace(pace)]
        for (user, of), pace in paces.items()
        for key, group in groups.items()
        if group == of
    }


def _rows(
    letter: Letter,
    addresses: Mapping[int, str],
    compose: Callable[..., Rendered],
    states: Mapping[tuple[int, str], EmailState],
) -> Iterator[Message]:
    known = sorted(account for account in letter.to if account in addresses)
    if not known:
        return
    written = compose(link=letter.link, **letter.values)
    for account in known:
        state = states.get((account, letter.kind), EmailState.WAITING) if addresses[account] else EmailState.NONE
        yield Message(
            recipient_id=account, address=addresses[account], kind=letter.kind,
            subject=written.subject[:LONGEST_SUBJECT], text=written.text, link=letter.link,
            email_state=state,
        )  # fmt: skip

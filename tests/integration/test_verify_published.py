"""What SQL does to what was decided is told by name, however the row's own hash was mended."""

import contextlib
import io
import json
from unittest import mock

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from catalog_pages.transparency.models import TransparencyRelease, hash_of
from catalog_pages.transparency.triggers import RELEASE_TRIGGERS
from cms.audit.actions import record
from cms.audit.models import AuditEvent
from cms.catalogs.actions import content_hash
from cms.catalogs.models import CatalogVersion
from cms.catalogs.triggers import CATALOG_TRIGGERS
from cms.frameworks.models import FrameworkVersion, IssuingDecision
from cms.frameworks.triggers import FRAMEWORK_TRIGGERS
from tests.factories import catalogs, frameworks
from tests.factories.figures import publish_figures

pytestmark = pytest.mark.django_db
GUARDS = [*CATALOG_TRIGGERS, *FRAMEWORK_TRIGGERS, *RELEASE_TRIGGERS]


@pytest.fixture
def unguarded(approved):
    """Take the guards away, as the owner of the database could; whether they are there is asked elsewhere."""
    publish_figures()
    frameworks.published()
    for trigger in GUARDS:
        trigger.remove(connection.schema_editor())
    with mock.patch("cms.audit.management.commands.verify_published.run_checks", return_value=[]):
        yield


def verify():
    """Return (whether all is well, {(reason, fact)} of the alarms)."""
    out = io.StringIO()
    with contextlib.suppress(CommandError):
        call_command("verify_published", json=True, stdout=out)
    reported = json.loads(out.getvalue())
    return reported["ok"], {(each["reason"], each["fact"]) for each in reported["differences"]}


def test_what_nobody_touched_is_well(unguarded):
    assert verify() == (True, set())


def test_a_changed_item_is_found_though_the_hash_beside_it_was_mended(approved, unguarded):
    approved.items.filter(pk=approved.items.first().pk).update(coefficient=99)
    assert verify() == (False, {("changed", "content_hash"), ("column_differs", "")})

    CatalogVersion.objects.filter(pk=approved.pk).update(content_hash=content_hash(approved))
    assert verify() == (False, {("changed", "content_hash")})


def test_an_item_more_or_less_is_found(approved, unguarded):
    approved.items.last().delete()
    assert ("changed", "items") in verify()[1]


@pytest.mark.parametrize(
    ("change", "fact"),
    [
        ({"divisor": 7}, "terms_hash"), ({"standard_unit": "x"}, "terms_hash"), ({"frames": {}}, "terms_hash"),
        ({"decision_number": "x"}, "decision_number"), ({"effective_from": "2020-01-01"}, "effective_from"),
    ],
)  # fmt: skip
def test_changed_terms_are_found(approved, unguarded, change, fact):
    CatalogVersion.objects.filter(pk=approved.pk).update(**change)
    assert verify() == (False, {("changed", fact)})


def test_a_version_that_is_no_longer_approved_is_found(approved, unguarded):
    CatalogVersion.objects.filter(pk=approved.pk).update(state="draft")
    assert verify() == (False, {("gone", "")})


def test_a_version_that_nobody_decided_is_found(unguarded, people, province):
    draft = catalogs.make_version(people["other_uploader"], province.office)
    CatalogVersion.objects.filter(pk=draft.pk).update(
        state="approved", decision_number="1", decision_date="2026-01-01", effective_from="2026-01-01",
        content_hash=content_hash(draft),
    )  # fmt: skip
    assert ("unknown", "") in verify()[1]


def test_a_later_event_makes_no_change_good(approved, unguarded):
    approved.items.filter(pk=approved.items.first().pk).update(coefficient=99)
    event = AuditEvent.objects.get(action="catalog_version.approve")
    after = {**event.after, "content_hash": content_hash(approved)}
    CatalogVersion.objects.filter(pk=approved.pk).update(content_hash=after["content_hash"])
    record(by=None, action=event.action, subject=approved, after=after)
    assert verify() == (False, {("changed", "content_hash"), ("decided_twice", "")})


def test_changed_figures_and_frameworks_are_found(unguarded):
    release, version = TransparencyRelease.objects.get(), FrameworkVersion.objects.get()
    text = release.content.replace("0", "1")
    TransparencyRelease.objects.update(content=text, content_hash=hash_of(text))
    FrameworkVersion.objects.update(content=version.content + " ")
    assert verify() == (False, {("changed", "sha256"), ("changed", "hash"), ("column_differs", "")})


def test_a_changed_decision_that_issues_a_framework_is_found(unguarded):
    IssuingDecision.objects.update(signer="Ai khác")
    assert verify() == (False, {("changed", "signer")})


def test_what_is_gone_is_found(unguarded):
    IssuingDecision.objects.all().delete()
    FrameworkVersion.objects.all().delete()
    assert verify() == (False, {("gone", "")})


def test_older_events_hold_less_and_are_no_alarm(approved, unguarded):
    event = AuditEvent.objects.get(action="catalog_version.approve")
    assert {"items", "terms_hash"} <= set(event.after)
    older = {name: value for name, value in event.after.items() if name not in ("items", "terms_hash")}
    with mock.patch.object(AuditEvent, "from_db", classmethod(_with_after(older, event.pk))):
        assert verify() == (True, {("not_in_ledger", "items"), ("not_in_ledger", "terms_hash")})


def _with_after(after, key):
    original = AuditEvent.from_db.__func__

    def from_db(cls, *args):
        event = original(cls, *args)
        if event.pk == key:
            event.after = after
        return event

    return from_db


def test_guards_that_are_gone_are_told(approved):
    CATALOG_TRIGGERS[0].remove(connection.schema_editor())
    with pytest.raises(CommandError):
        call_command("verify_published", stderr=(err := io.StringIO()))
    assert CATALOG_TRIGGERS[0].name in err.getvalue()

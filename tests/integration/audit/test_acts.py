"""Each app says its acts once: the ledger, the freshness of public answers, the feed and webhooks derive from that."""

from __future__ import annotations

import dataclasses

import pytest
from django.core.management import call_command
from django.urls import resolve

from api.events.presenters import present as tell
from api.events.reading import readable_by
from api.webhooks.actions import _known
from api.webhooks.forms import EndpointForm
from catalog_pages.freshness import affects_public
from cms.audit import acts
from cms.audit.actions import record
from cms.audit.acts import Act, Event, EventAudience, InvalidAct
from cms.audit.forms import AuditFilterForm
from cms.audit.models import AuditEvent
from cms.audit.presenters import present
from cms.audit.scope import veiled

pytestmark = pytest.mark.django_db

_LENT = Event("bicycle.lent", "a bicycle is lent", EventAudience.EVERYBODY)
_LEND = Act("bicycle.lend", "lent the bicycle", is_content=False, is_public=True, event=_LENT)
_MEND = Act("bicycle.mend", "mended the bicycle", is_content=True, is_public=False, formerly=("bicycle.mended",))
_LOCK = Act("bicycle.lock", "locked the bicycle", is_content=False, is_public=False)


@pytest.fixture
def bicycles(monkeypatch):
    """An app with three acts, one of them told to programs."""
    # The API lists the kinds of events when it is first loaded: not while there are bicycles, which would stay.
    resolve("/api/v1/events/")
    for name in ("_acts", "_labels", "_words"):
        monkeypatch.setattr(acts, name, dict(getattr(acts, name)))
    acts.register(_LEND, _MEND, _LOCK, labels={"bell": "bell"}, words={"bell": {"ding": "a clear tone"}})


def test_a_new_app_says_its_acts_once(bicycles, people, province, client):
    for code in ("bicycle.lend", "bicycle.mend", "bicycle.lock"):
        after = {"bell": "ding"}
        record(by=people["editor"], action=code, subject=people["uploader"], agency_code="thong-ke", after=after)

    lend, mend, lock = AuditEvent.objects.done("bicycle.lend", "bicycle.mend", "bicycle.lock").order_by("sequence")
    assert [row.did for row in present([lend, mend, lock])] == [
        "lent the bicycle", "mended the bicycle", "locked the bicycle",
    ]  # fmt: skip
    bell = present([lend])[0].differences(["bell"])[0]
    assert (bell.label, bell.after) == ("Bell", "a clear tone")
    assert ("bicycle.lock", "locked the bicycle") in AuditFilterForm().fields["action"].choices
    assert [affects_public(event.action) for event in (lend, mend, lock)] == [True, False, False]
    shown = veiled(people["technical_admin"], [lend, mend, lock])
    assert [bool(event.after) for event in shown] == [True, False, True]
    offered = [type_ for _group, types in EndpointForm().fields["types"].choices for type_, _sentence in types]
    assert "bicycle.lent" in offered and _known(["bicycle.lent"]) == ["bicycle.lent"]
    reported = [each for each in client.get("/api/v1/events/").json()["results"] if each["type"] == "bicycle.lent"]
    assert [each["data"] for each in reported] == [{"agency": "thong-ke", "url": None}]


def test_only_registered_acts_are_recorded_and_under_their_code_of_today(province):
    for code in ("bicycle.lend", "catalog_version.submitted"):
        with pytest.raises(InvalidAct, match=code):
            record(by=None, action=code, subject=province.root)
    with pytest.raises(InvalidAct):
        AuditEvent.objects.done("catalog_version.submitted")
    assert not AuditEvent.objects.filter(action__startswith="bicycle").exists()


@pytest.mark.parametrize(
    ("former", "today"),
    [
        ("catalog_version.draft", "catalog_version.withdraw"), ("catalog_version.submitted", "catalog_version.submit"),
        ("catalog_version.returned", "catalog_version.return"), ("catalog_version.appraised", "catalog_version.accept"),
        ("catalog_item.bulk", "catalog_item.write_many"), ("agency.identifier_code", "agency.add_identifier_code"),
        ("import.stale", "import.mark_stale"),
    ],
)  # fmt: skip
def test_events_under_a_former_code_are_read_as_the_act(former, today):
    act = acts.require(today)

    assert acts.find(former) is act
    assert present([AuditEvent(action=former)])[0].did == str(act.sentence) != former
    assert affects_public(former) == act.is_public
    assert str(AuditEvent.objects.done(today).query).count(former) == 1
    if act.event:
        assert {former, today} <= set(acts.codes_of_types([act.event.type])) & set(acts.event_codes())


def test_an_event_under_a_former_code_stays_in_the_chain_and_is_read_as_the_act(submitted, people, monkeypatch):
    then = dataclasses.replace(acts.require("catalog_version.return"), code="catalog_version.returned", formerly=())
    with monkeypatch.context() as years_ago:
        years_ago.setattr(acts, "require", lambda code: then)
        agency = submitted.catalog.agency.code
        event = record(by=people["editor"], action=then.code, subject=submitted, agency_code=agency, reason="thiếu")

    assert event.action == "catalog_version.returned"
    call_command("verify_audit")
    form = AuditFilterForm({"action": "catalog_version.return"})
    assert list(form.narrow(AuditEvent.objects.all())) == [event]
    reported = list(readable_by(people["editor"]).filter(pk=event.pk))
    assert [each.type for each in tell(reported)] == ["catalog.version.returned"]
    assert [each.reason for each in veiled(people["technical_admin"], [event])] == [""]


@pytest.mark.parametrize(
    "wrong",
    [
        Act("lend", "lent", is_content=False, is_public=True),
        Act("bicycle." + "x" * 60, "lent", is_content=False, is_public=True),
        Act("bicycle.lend", "lent", is_content=False, is_public=True),
        Act("bicycle.borrow", "borrowed", is_content=False, is_public=True, formerly=("bicycle.mend",)),
        Act("bicycle.ride", "rode", False, True, event=Event("bicycle.lent", "it is ridden", EventAudience.EVERYBODY)),
        Act("bicycle.hide", "hid", is_content=False, is_public=False, event=_LENT),
    ],
)
def test_acts_that_contradict_others_or_themselves_are_refused(bicycles, wrong):
    with pytest.raises(InvalidAct):
        acts.register(wrong)


def test_a_name_in_what_was_before_and_after_means_one_thing(bicycles):
    with pytest.raises(InvalidAct, match="bell"):
        acts.register(labels={"bell": "sound"})

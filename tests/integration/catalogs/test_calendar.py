"""What holds on a day follows from the decided versions and their days of effect, whatever happens to the page."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Revision

from catalog_pages import actions as pages
from catalog_pages import publishing
from catalog_pages.models import AgencyCatalogPage
from catalog_pages.transparency.builders.catalogs import last_changes
from cms.audit.models import AuditEvent
from cms.catalogs import actions
from cms.catalogs.enums import VersionState
from cms.catalogs.models import CatalogVersion
from cms.core.errors import NotAllowed
from cms.users.models import User
from tests.factories import catalogs

pytestmark = pytest.mark.django_db
People = dict[str, User]
MoveTo = Callable[[datetime.date], None]


def day(offset: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=offset)


def next_version(people: People, version: CatalogVersion, *steps: str) -> CatalogVersion:
    """Start the version after this one and bring it on by these steps."""
    following = actions.start_version(by=people["uploader"], catalog=version.catalog)
    if "submit" in steps:
        following = catalogs.submit(following, people["uploader"])
    if "accept" in steps:
        following = catalogs.accept(following, people["editor"])
    return following


def decided(people: People, version: CatalogVersion, on: datetime.date) -> CatalogVersion:
    return catalogs.decide(
        next_version(people, version, "submit", "accept"), people["provincial_approver"], effective_from=on
    )


@pytest.fixture
def early_on(time_machine: Any) -> MoveTo:
    """Return what moves the clock to the first minutes of a day."""

    def move(on: datetime.date) -> None:
        time_machine.move_to(datetime.datetime.combine(on, datetime.time(0, 5), tzinfo=timezone.get_current_timezone()))

    return move


def page_of(version: CatalogVersion) -> AgencyCatalogPage:
    return pages.page_of(version)


def holding(version: CatalogVersion) -> int:
    return version.catalog.versions.effective_on().get().number


def shown(client: Client, version: CatalogVersion) -> int:
    """Return the number of the version that the public page shows."""
    answer = client.get(page_of(version).url)
    assert answer.status_code == 200
    return answer.context["version"].number


def test_a_version_on_its_way_to_the_chairman_outlives_the_day_of_the_one_before(
    approved: CatalogVersion, people: People, early_on: MoveTo
) -> None:
    soon = day(3)
    second = decided(people, approved, on=soon)
    third = next_version(people, second, "submit", "accept")
    early_on(soon)
    call_command("publish_scheduled")

    third.refresh_from_db()
    assert (holding(approved), third.state) == (2, VersionState.APPRAISED)
    assert page_of(third).current_workflow_task_state.version == third
    assert catalogs.decide(third, people["provincial_approver"], day(10)).state == VersionState.APPROVED


@pytest.mark.parametrize("step", ["submit", "accept"])
def test_a_first_version_that_becomes_public_leaves_the_next_ones_workflow_alone(
    people: People, province: Any, early_on: MoveTo, step: str
) -> None:
    soon = day(3)
    first = catalogs.make_approved(people, province.statistics, effective_from=soon)
    second = next_version(people, first, "submit", step)
    early_on(soon)
    call_command("publish_scheduled")

    assert page_of(first).live
    assert page_of(first).current_workflow_task_state.version == second
    assert catalogs.send_back(second, people["provincial_approver" if step == "accept" else "editor"])


def test_a_second_decision_for_a_later_day_leaves_the_first_ones_day_alone(
    approved: CatalogVersion, people: People, early_on: MoveTo, client: Client
) -> None:
    soon, later = day(3), day(40)
    second = decided(people, approved, on=soon)
    third = decided(people, second, on=later)
    seen = []
    for on in (day(2), soon, day(39), later):
        early_on(on)
        call_command("publish_scheduled")
        seen.append((holding(approved), shown(client, approved)))

    assert seen == [(1, 1), (2, 2), (2, 2), (3, 3)]
    versions = CatalogVersion.objects.filter(catalog=approved.catalog).order_by("number")
    assert [timezone.localdate(version.published_at) for version in versions[1:]] == [soon, later]
    third.refresh_from_db()
    assert third.published_at


def test_a_second_decision_before_anything_is_public_leaves_the_first_ones_day_alone(
    people: People, province: Any, early_on: MoveTo, client: Client
) -> None:
    soon, later = day(3), day(40)
    first = catalogs.make_approved(people, province.statistics, effective_from=soon)
    decided(people, first, on=later)
    assert client.get(page_of(first).url).status_code == 404
    early_on(soon)
    call_command("publish_scheduled")

    assert shown(client, first) == 1


def test_a_text_published_meanwhile_leaves_the_day_of_effect_alone_and_is_kept(
    approved: CatalogVersion, people: People, early_on: MoveTo, client: Client
) -> None:
    soon = day(3)
    decided(people, approved, on=soon)
    page = page_of(approved)
    page.title = "Danh mục của Chi cục"
    page.save_revision(user=people["approver"]).publish(user=people["approver"])
    early_on(soon)
    call_command("publish_scheduled")

    assert shown(client, approved) == 2
    assert page_of(approved).title == "Danh mục của Chi cục"


def test_the_text_that_was_decided_on_comes_out_with_its_version(
    approved: CatalogVersion, people: People, early_on: MoveTo
) -> None:
    soon = day(3)
    page, before = page_of(approved), page_of(approved).title
    page.title = "Danh mục năm sau"
    page.save_revision(user=people["uploader"])
    second = decided(people, approved, on=soon)
    page.title = "Chưa ai duyệt"
    page.save_revision(user=people["uploader"])
    assert page_of(approved).title == before
    early_on(soon)
    call_command("publish_scheduled")

    assert page_of(second).title == "Danh mục năm sau"
    assert page_of(second).has_unpublished_changes


@pytest.mark.parametrize(
    ("steps", "act"),
    [
        (("submit",), lambda people, version: catalogs.send_back(version, people["editor"])),
        (("submit",), lambda people, version: catalogs.accept(version, people["editor"])),
        (("submit",), lambda people, version: pages.withdraw(by=people["uploader"], page=page_of(version))),
        (("submit", "accept"), lambda people, version: catalogs.send_back(version, people["provincial_approver"])),
        (("submit", "accept"), lambda people, version: catalogs.decide(version, people["provincial_approver"], day(1))),
    ],
    ids=["return", "accept", "withdraw", "return-appraised", "decide"],
)
def test_a_version_whose_workflow_was_ended_by_wagtail_goes_on(
    approved: CatalogVersion, people: People, steps: tuple[str, ...], act: Callable[..., CatalogVersion]
) -> None:
    version = next_version(people, approved, *steps)
    before = version.state
    page_of(version).current_workflow_state.cancel()
    version.refresh_from_db()
    assert (version.state, page_of(version).current_workflow_state) == (before, None)

    moved = act(people, version)

    assert moved.state != before
    assert moved.state != VersionState.APPRAISED or page_of(version).current_workflow_task_state.version == version


def test_a_text_saved_while_a_version_is_appraised_keeps_nobody_from_accepting_it(
    people: People, province: Any
) -> None:
    version = catalogs.make_submitted(people, province.statistics)
    page = page_of(version)
    page.title = "Danh mục năm nay"
    page.save_revision(user=people["approver"])

    assert catalogs.accept(version, people["editor"]).state == VersionState.APPRAISED
    assert catalogs.decide(version, people["provincial_approver"]).state == VersionState.APPROVED
    assert page_of(version).title == "Danh mục năm nay"


def test_a_refused_act_does_not_begin_the_workflow_anew(approved: CatalogVersion, people: People) -> None:
    version = next_version(people, approved, "submit")
    page_of(version).current_workflow_state.cancel()

    with pytest.raises(NotAllowed):
        catalogs.accept(version, people["uploader"])

    assert page_of(version).current_workflow_state is None


def test_a_version_is_public_on_its_day_though_the_timer_is_late(
    approved: CatalogVersion, people: People, early_on: MoveTo, client: Client
) -> None:
    soon = day(3)
    second = decided(people, approved, on=soon)
    versions = f"/api/v1/catalogs/{approved.catalog.agency.code}/versions/"
    early_on(soon - datetime.timedelta(days=1))
    assert [row["number"] for row in client.get(versions).json()["results"]] == [1]
    early_on(soon)

    assert shown(client, approved) == 2
    for address in ("/", "/danh-muc/", "/du-lieu-mo/", "/du-lieu-mo/thay-doi/", "/du-lieu-mo/thay-doi.atom"):
        assert client.get(address).status_code == 200
    assert [row[1] for row in last_changes(soon).rows] == [2]
    late = client.get(f"{versions}2/").json()
    call_command("publish_scheduled")
    assert client.get(f"{versions}2/").json() == late
    second.refresh_from_db()
    assert timezone.localtime(second.published_at) == timezone.make_aware(
        datetime.datetime.combine(soon, datetime.time.min)
    )


def test_what_programs_keep_of_a_version_is_read_anew_when_its_day_has_come(
    approved: CatalogVersion, people: People, early_on: MoveTo, client: Client
) -> None:
    soon = day(3)
    decided(people, approved, on=soon)
    address = f"/api/v1/catalogs/{approved.catalog.agency.code}/versions/2/"

    def ask(**headers: str) -> Any:
        client.force_login(people["editor"], backend="cms.organisations.backends.MembershipBackend")
        return client.get(address, headers=headers)

    tag = ask()["ETag"]
    assert ask(**{"If-None-Match": tag}).status_code == 304
    early_on(soon)

    answer = ask(**{"If-None-Match": tag})
    assert (answer.status_code, answer.json()["published_at"] is None) == (200, False)


def test_a_schedule_from_before_and_texts_that_were_cleared_away_change_nothing(
    people: People, province: Any, early_on: MoveTo, client: Client
) -> None:
    """Wagtail's schedule used to hold decided texts, and ``purge_revisions`` takes old ones with their passes."""
    soon = day(3)
    scheduled = catalogs.make_approved(people, province.statistics, effective_from=soon)
    page = page_of(scheduled)
    midnight = timezone.make_aware(datetime.datetime.combine(soon, datetime.time.min))
    Revision.objects.filter(pk=page.latest_revision_id).update(approved_go_live_at=midnight)
    purged = catalogs.make_approved(people, province.office, effective_from=soon)
    page_of(purged).save_revision()
    page_of(purged).revisions.order_by("-pk")[1].delete()
    early_on(soon)
    call_command("publish_scheduled")
    call_command("publish_scheduled")

    assert (shown(client, scheduled), shown(client, purged)) == (1, 1)
    assert AuditEvent.objects.filter(action="catalog_version.publish").count() == 2


def test_open_data_of_a_day_says_the_same_however_late_the_timer_is(
    approved: CatalogVersion, people: People, early_on: MoveTo, client: Client
) -> None:
    soon = day(3)
    decided(people, approved, on=soon)
    early_on(soon + datetime.timedelta(days=2))
    address = f"/du-lieu-mo/{soon.isoformat()}/phien-ban.csv"
    late = client.get(address).getvalue()
    call_command("publish_scheduled")

    assert late.count(b"\n") == 3
    assert client.get(address).getvalue() == late
    assert client.get(f"/du-lieu-mo/{(soon - datetime.timedelta(days=1)).isoformat()}/phien-ban.csv").getvalue().count(
        b"\n"
    ) == 2  # fmt: skip


def test_a_catalog_that_cannot_be_published_keeps_no_other_back(
    people: People, province: Any, early_on: MoveTo, monkeypatch: pytest.MonkeyPatch
) -> None:
    soon = day(1)
    broken = catalogs.make_approved(people, province.office, effective_from=soon)
    sound = catalogs.make_approved(people, province.statistics, effective_from=soon)
    real = publishing.publish_due

    def publish(*, page: AgencyCatalogPage) -> list[CatalogVersion]:
        if page.catalog_id == broken.catalog_id:
            raise ValueError
        return real(page=page)

    monkeypatch.setattr(publishing, "publish_due", publish)
    early_on(soon)

    with pytest.raises(CommandError, match=page_of(broken).slug):
        call_command("publish_scheduled")

    assert (page_of(sound).live, page_of(broken).live) == (True, False)


def test_the_command_says_beforehand_which_catalogs_are_due(
    approved: CatalogVersion, people: People, early_on: MoveTo, capsys: pytest.CaptureFixture[str]
) -> None:
    soon = day(3)
    second = decided(people, approved, on=soon)
    early_on(soon)
    call_command("publish_scheduled", dryrun=True)

    assert page_of(approved).slug in capsys.readouterr().out
    second.refresh_from_db()
    assert second.published_at is None

"""Whatever is done to a catalog in whatever order, on whatever days: somebody can act, and what was decided holds.

``CALENDAR_EXAMPLES=1000`` walks longer, and each time elsewhere.
"""

import datetime
import os
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from catalog_pages import actions as pages
from catalog_pages.models import AgencyCatalogPage
from cms.audit.models import AuditEvent
from cms.catalogs import actions
from cms.catalogs.enums import AGENCY_EDITABLE, UNDER_REVIEW, VersionState
from cms.catalogs.errors import DatesOverlap
from cms.catalogs.models import Catalog, CatalogVersion, OpinionStep
from cms.core.errors import DomainError
from cms.users.enums import Role
from cms.users.models import User
from importers import actions as importing
from importers.models import ImportBatch
from tests.factories import catalogs
from tests.factories.agencies import Province
from tests.factories.people import make_member
from tests.integration.importers.conftest import workbook

EXAMPLES = int(os.environ.get("CALENDAR_EXAMPLES", "0"))
OFFSETS = st.sampled_from([-30, -1, 0, 0, 1, 2, 3, 10, 40])
UPLOADS = [
    workbook(*[(f"TK.{number}", f"Việc {number}", "Báo cáo", "báo cáo", 1, 1) for number in numbers])
    for numbers in ((1, 2), (2, 3, 4))
]


class CatalogLife(RuleBasedStateMachine):
    """One agency's catalog. ``decided`` is what people know: the number of each decided version and its day.

    ``page`` is as it was at the beginning, as somebody has it whose screen has been open all the time.
    """

    people: dict[str, User]
    province: Province
    council: list[User]

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.clock = time_machine.travel(timezone.now() + datetime.timedelta(hours=1))
        self.traveller = self.clock.start()
        self.page = pages.open_page(by=None, agency=self.province.statistics)
        self.catalog: Catalog = self.page.catalog
        self.decided: list[tuple[int, datetime.date]] = []
        self.batches: list[ImportBatch] = []
        self.numbers = 0

    def teardown(self) -> None:
        self.clock.stop()
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    # What there is, read anew.

    @property
    def version(self) -> CatalogVersion | None:
        return actions.working_version(self.catalog)

    @property
    def state(self) -> str:
        return self.version.state if self.version else ""

    @property
    def fresh_page(self) -> AgencyCatalogPage:
        return AgencyCatalogPage.objects.get(pk=self.page.pk)

    def expected(self, day: datetime.date) -> int | None:
        """Return the number of the version that holds on a day by the decisions alone."""
        return next((number for number, begins in reversed(self.decided) if begins <= day), None)

    def client(self, role: str) -> Client:
        client = Client()
        client.force_login(self.people[role], backend="cms.organisations.backends.MembershipBackend")
        return client

    def press(self, role: str, action: str, **data: str) -> None:
        """Press a button of Wagtail's own screen over the step in which the page is, if it is in one."""
        step = self.fresh_page.current_workflow_task_state
        if step is not None:
            address = reverse("wagtailadmin_pages:workflow_action", args=[self.page.pk, action, step.pk])
            self.client(role).post(address, data)

    # What people do.

    @initialize(offset=st.none() | OFFSETS)
    def begin(self, offset: int | None) -> None:
        if offset is not None:
            self.decide_next(offset)

    @rule(offset=OFFSETS, in_wagtail=st.booleans(), role=st.sampled_from(["editor", "approver"]))
    def move_on(self, offset: int, in_wagtail: bool, role: str) -> None:
        """Take the next step towards a decision."""
        if self.version is None:
            self.start()
        elif self.state in AGENCY_EDITABLE:
            self.submit("agency_head" if in_wagtail else "uploader")
        elif self.state == VersionState.SUBMITTED:
            self.accept(role, in_wagtail)
        elif self.is_asked:
            self.speak()
        else:
            self.decide(offset, in_wagtail)

    @rule(count=st.integers(0, 2))
    def ask_so_many_bodies(self, count: int) -> None:
        """Let so many bodies be asked from now on; what was accepted before waits for those of its own day."""
        steps = list(OpinionStep.objects.filter(block="government").order_by("order"))
        for step in steps[count:]:
            actions.remove_opinion_step(by=self.people["technical_admin"], step=step)
        for order in range(len(steps) + 1, count + 1):
            actions.save_opinion_step(
                by=self.people["technical_admin"], block="government", order=order, name=f"Hội đồng {order}",
                role=Role.APPROVER,
            )  # fmt: skip

    @precondition(lambda self: self.is_asked)
    @rule(in_wagtail=st.booleans())
    def decide_before_everybody_spoke(self, in_wagtail: bool) -> None:
        """No door decides while a body has not spoken."""
        if in_wagtail:
            typed = {"decision_number": "1/QĐ", "decision_date": f"{timezone.localdate():%d/%m/%Y}"}
            self.press("provincial_approver", "approve", **typed)
        else:
            with pytest.raises(DomainError):
                catalogs.decide(self.version, self.people["provincial_approver"], timezone.localdate())
        assert self.state == VersionState.APPRAISED

    @rule(offset=OFFSETS)
    def decide_next(self, offset: int) -> None:
        """Take all steps that are left."""
        count = len(self.decided)
        for _step in range(6):
            if len(self.decided) == count:
                self.move_on(offset, False, "approver")

    @rule(days=st.sampled_from([1, 3, 10]), steps=st.integers(1, 4))
    def prepare_the_next_while_one_waits_for_its_day(self, days: int, steps: int) -> None:
        """Decide for a later day, bring the version after it on, if need be to its decision, and let the day come."""
        today = timezone.localdate()
        offset = max([0, *((day - today).days for _number, day in self.decided)]) + days
        self.decide_next(offset)
        for _step in range(steps):
            self.move_on(offset + days, False, "approver")
        self.wait(offset, True)

    def start(self) -> None:
        version = actions.start_version(by=self.people["uploader"], catalog=self.catalog)
        if not version.item_count:
            catalogs.make_items(version, 2)

    def submit(self, role: str) -> None:
        if not self.version.items.exists():
            catalogs.make_items(self.version, 2)
        pages.submit(by=self.people[role], page=self.page)
        assert self.state == VersionState.SUBMITTED

    def accept(self, role: str, in_wagtail: bool) -> None:
        if in_wagtail:
            self.press(role, "approve")
        if self.state != VersionState.APPRAISED:
            pages.accept(by=self.people[role], page=self.page)

    @property
    def is_asked(self) -> bool:
        """Return whether a body has to speak before the version is decided."""
        return bool(self.version and self.version.opinions.pending())

    def speak(self) -> None:
        """Let the body that is asked now speak: each time somebody else, and never who accepted the version."""
        version = self.version
        spoken = version.opinions.filter(asked_at__gte=version.appraised_at).values("given_by")
        speaker = next(each for each in self.council if not spoken.filter(given_by=each.pk).exists())
        actions.give_opinion(by=speaker, version=version, words="Nhất trí")

    def decide(self, offset: int, in_wagtail: bool) -> None:
        version, day = self.version, timezone.localdate() + datetime.timedelta(days=offset)
        allowed = not self.decided or day > self.decided[-1][1]
        if in_wagtail:
            reported = {"decision_number": "1/QĐ", "decision_date": f"{timezone.localdate():%d/%m/%Y}"}
            self.press("provincial_approver", "approve", **reported, effective_from=f"{day:%d/%m/%Y}")
        version.refresh_from_db()
        if version.state == VersionState.APPRAISED:
            try:
                catalogs.decide(version, self.people["provincial_approver"], day)
            except DatesOverlap:
                assert not allowed
                return
        assert allowed
        self.decided.append((version.number, day))

    @precondition(lambda self: self.state not in UNDER_REVIEW)
    @rule(which=st.integers(0, len(UPLOADS) - 1))
    def send(self, which: int) -> None:
        by, agency = self.people["uploader"], self.province.statistics
        batch = importing.upload(by=by, agency=agency, file=ContentFile(UPLOADS[which]), name="a.xlsx", wait=True)
        self.batches.append(importing.commit(by=by, batch=batch))

    @precondition(lambda self: self.batches)
    @rule()
    def undo(self) -> None:
        before = self.state
        try:
            importing.undo(by=self.people["uploader"], batch=self.batches.pop())
        except DomainError:
            assert self.state == before

    @precondition(lambda self: self.version is not None)
    @rule(in_wagtail=st.booleans())
    def step_back(self, in_wagtail: bool) -> None:
        """Return what is under review, or else withdraw it; discard a draft."""
        if self.state == VersionState.SUBMITTED and not in_wagtail:
            pages.withdraw(by=self.version.submitted_by, page=self.page)
            assert self.state == VersionState.DRAFT
        elif self.state in UNDER_REVIEW:
            self.send_back(in_wagtail)
        elif self.version.submitted_at is None:
            importing.discard_version(by=self.people["uploader"], version=self.version)
            assert self.version is None

    def send_back(self, in_wagtail: bool) -> None:
        role = "editor" if self.state == VersionState.SUBMITTED else "provincial_approver"
        if in_wagtail:
            self.press(role, "reject", comment="Bổ sung")
        if self.state != VersionState.RETURNED:
            pages.return_to_agency(by=self.people[role], page=self.page, reason="Bổ sung")

    # What happens besides.

    @rule(days=st.sampled_from([0, 1, 1, 2, 8, 40]), timer=st.booleans())
    def wait(self, days: int, timer: bool) -> None:
        self.traveller.shift(datetime.timedelta(days=days, minutes=10))
        if timer:
            self.run_timer()

    @rule()
    def run_timer(self) -> None:
        workflow = self.fresh_page.current_workflow_state
        call_command("publish_scheduled")
        assert self.fresh_page.current_workflow_state == workflow
        today = timezone.localdate()
        for number, day in self.decided:
            version = self.catalog.versions.get(number=number)
            reported = AuditEvent.objects.filter(subject_type="catalogs.catalogversion", subject_id=str(version.pk))
            assert reported.filter(action="catalog_version.publish").count() == (day <= today)
            assert (version.published_at is not None) == (day <= today)
            ended = version.effective_to is not None and version.effective_to < today
            assert reported.filter(action="catalog_version.supersede").count() == ended
            assert version.state == (VersionState.SUPERSEDED if ended else VersionState.APPROVED)
        self.is_shown(today)

    def is_shown(self, today: datetime.date) -> None:
        answer = Client().get(self.fresh_page.url)
        number = self.expected(today)
        assert answer.status_code == (404 if number is None else 200)
        assert number is None or answer.context["version"].number == number

    @rule(opened=st.booleans())
    def publish_a_text(self, opened: bool) -> None:
        """Type another text, and press “publish” whether or not the button is there."""
        self.numbers += 1
        fields = {"title": f"Danh mục {self.numbers}", "introduction": "null", "comments-TOTAL_FORMS": "0"}
        counts = dict.fromkeys(("INITIAL", "MIN_NUM", "MAX_NUM"), "0")
        forms = {f"comments-{name}_FORMS": count for name, count in counts.items()}
        button = {"action-publish": "1"} if opened else {}
        address = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        self.client("approver").post(address, {**fields, **forms, **button})

    @rule(role=st.sampled_from(["uploader", "approver"]))
    def press_what_is_closed(self, role: str) -> None:
        """Wagtail's other ways to move the page lead nowhere."""
        before, state = self.fresh_page, self.fresh_page.current_workflow_state
        client = self.client(role)
        client.post(reverse("wagtailadmin_pages:unpublish", args=[self.page.pk]))
        client.post(reverse("wagtailadmin_pages:edit", args=[self.page.pk]), {"action-cancel-workflow": "1"})
        assert (self.fresh_page.live, self.fresh_page.current_workflow_state) == (before.live, state)

    @precondition(lambda self: self.fresh_page.current_workflow_state)
    @rule()
    def lose_the_workflow(self) -> None:
        """As Wagtail did whenever the page was published, and does when somebody switches a step off and on."""
        self.fresh_page.current_workflow_state.cancel()

    # What has to be so at every moment.

    @invariant()
    def what_was_decided_holds_on_its_days(self) -> None:
        today = timezone.localdate()
        edges = {day + datetime.timedelta(days=offset) for _number, day in self.decided for offset in (-1, 0)}
        for day in {today, *edges}:
            found = list(self.catalog.versions.effective_on(day).values_list("number", flat=True))
            number = self.expected(day)
            assert found == ([] if number is None else [number])

    @invariant()
    def everybody_sees_what_holds_and_what_held(self) -> None:
        today = timezone.localdate()
        public = self.catalog.versions.public().order_by("number")
        assert [version.number for version in public] == [n for n, day in self.decided if day <= today]
        last = self.catalog.versions.latest_public().first()
        assert (last.number if last else None) == self.expected(today)

    @invariant()
    def somebody_can_act(self) -> None:
        """Try the next act, and take it back."""
        version = self.version
        if version is None or version.state in AGENCY_EDITABLE:
            return
        with transaction.atomic():
            if version.state == VersionState.SUBMITTED:
                pages.accept(by=self.people["approver"], page=self.fresh_page)
            elif self.is_asked:
                self.speak()
            else:
                days = [timezone.localdate(), *(day + datetime.timedelta(days=1) for _number, day in self.decided)]
                catalogs.decide(version, self.people["provincial_approver"], max(days))
            transaction.set_rollback(True)


@pytest.mark.django_db
def test_any_calendar(people: dict[str, User], province: Province, settings: Any) -> None:
    settings.THUOCDO_PUBLIC_CACHE_SECONDS = 0
    council = [make_member(Role.APPROVER, province.home_affairs, f"council_{number}") for number in (1, 2)]
    world = {"people": people, "province": province, "council": council}
    run_state_machine_as_test(type("AnyCatalogLife", (CatalogLife,), world), settings=WALKS)


WALKS = settings(
    max_examples=EXAMPLES or 25, stateful_step_count=25, deadline=None, database=None, derandomize=not EXAMPLES,
    suppress_health_check=list(HealthCheck), phases=[Phase.generate, Phase.shrink] if EXAMPLES else [Phase.generate],
)  # fmt: skip

"""The screens of a period that the browser tests look at: its list, its people, marks to give, a result to read."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from cms.assignments.actions import confirm_work
from cms.catalogs.models import CatalogItem
from cms.evaluations import actions
from cms.evaluations.enums import DossierKind
from cms.evaluations.models import DossierFile, Evaluation, Period
from cms.organisations.actions import edit_officer
from cms.organisations.models import Posting
from cms.users.models import User
from tests.factories import work
from tests.factories.frameworks import published
from tests.factories.officers import make_posting
from tests.factories.people import make_user

MARKS = {"criteria": {"I.1": "5", "I.2": "5", "II.1": "2.5", "II.2": "2.5", "II.3": "2.5", "II.4": "2.5", "III": "7.5"}}


def open_month(item: CatalogItem, clerk: User, head: User, officer: User) -> Period:
    """Open this month with one evaluation decided, one to be marked, and one of the officer's own to begin."""
    published(code="danh-gia-thang")
    division = officer.officer.postings.get(is_main=True).agency
    decided, waiting = make_posting(division), make_posting(division)
    account = make_user()
    edit_officer(by=None, officer=decided.officer, account=account)
    confirm_work(by=head, work=[work.finish(work.give(head, decided, item), account)])
    period = actions.open_period(
        by=clerk, agency=item.version.catalog.agency, kind="month", first_day=timezone.localdate().replace(day=1)
    )
    for posting in (decided, waiting):
        _settle(period, posting, officer)
    one = actions.mark(by=officer, evaluation=_of(period, decided), marks=MARKS, words="Chưa tự đánh giá")
    actions.decide(by=officer, evaluation=one)
    actions.find(by=clerk, evaluation=_of(period, waiting), code="disciplined", document="12/QĐ-KL")
    return period


def of_desk(period: Period) -> list[str]:
    """Return what the agency's clerk and head open of a period."""
    one = period.evaluations.order_by("pk").last()
    acts = ("excuse", "find", "dossier_add")
    of_period = ("propose_lock", "mark_table", "cap", "cap_decision", "blocked")
    file = _dossier_file(one, User.objects.get(username="agency_head"))
    return [
        reverse("evaluations:period_list"), reverse("evaluations:open"),
        reverse("evaluations:period", args=[period.pk]),
        *(reverse(f"evaluations:{name}", args=[period.pk]) for name in of_period),
        *(reverse("evaluations:evaluation", args=[found.pk]) for found in period.evaluations.all()),
        *(reverse(f"evaluations:{act}", args=[one.pk]) for act in acts),
        reverse("evaluations:dossier_withdraw", args=[one.pk, file.pk]),
        *(reverse(f"evaluations:{name}") for name in ("figures", "add_figure")),
    ]  # fmt: skip


def _dossier_file(one: Evaluation, by: User) -> DossierFile:
    content = ContentFile(b"%PDF-1.7\n" + str(by.pk).encode(), name="Báo cáo tự đánh giá tháng của phòng.pdf")
    return actions.add_dossier_file(by=by, evaluation=one, kind=DossierKind.DOCUMENT, file=content)


def of_officer(account: User) -> list[str]:
    """Return the officer's own evaluations, and those that wait for the officer."""
    officer = account.officer
    own = Evaluation.objects.own(officer)
    waiting = Evaluation.objects.filter(evaluator=officer).exclude(officer=officer)
    one = own.first()
    file = _dossier_file(one, account)
    return [
        reverse("personal:dossier_add", args=[one.identity]),
        reverse("personal:dossier_withdraw", args=[one.identity, file.identity]),
        *(reverse("personal:evaluation", args=[one.identity]) for one in own),
        *(reverse("personal:evaluate_one", args=[one.identity]) for one in waiting),
        *(reverse("personal:mark_table", args=[key]) for key in {one.period_id for one in waiting}),
    ]


def of_procedures() -> list[str]:
    """Issue the shipped procedures with their clocks, and return what an editor opens of them and of the calendar."""
    for draft in actions.load_shipped_procedures(by=None):
        actions.issue_procedure(by=None, procedure=draft, effective_from=timezone.localdate(), decision_number="1/QĐ")
    second = actions.draft_procedure(by=None, code="dinh-ky")
    return [
        reverse("evaluations:procedures"), reverse("evaluations:add_procedure"), reverse("evaluations:calendar"),
        reverse("evaluations:add_clock"), reverse("evaluations:board"),
        *(reverse(f"evaluations:{name}", args=[second.pk]) for name in ("procedure", "edit_procedure")),
    ]  # fmt: skip


def of_second_persons() -> list[str]:
    """Draft a procedure, and return where somebody else issues it."""
    draft = actions.draft_procedure(by=None, code="to-chuc")
    return [reverse("evaluations:issue_procedure", args=[draft.pk])]


def _of(period: Period, posting: Posting) -> Evaluation:
    return period.evaluations.get(officer=posting.officer)


def _settle(period: Period, posting: Posting, officer: User) -> None:
    """Let the officer mark and decide, as tables of authority would say in a province that has issued one."""
    period.evaluations.filter(officer=posting.officer).update(evaluator=officer.officer, decider=officer.officer)

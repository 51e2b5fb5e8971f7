"""One decision for many catalogs: entered with its document, then all chosen versions are approved or none (ADR 87)."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterable
from typing import Any

from django.core.cache import caches
from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks import task

from catalog_pages import workflow
from catalog_pages.models import AgencyCatalogPage
from cms.audit.actions import record
from cms.catalogs import permissions
from cms.catalogs.enums import DecisionState, VersionState
from cms.catalogs.models import CatalogDecision, CatalogVersion, DecisionPart, VersionOpinion
from cms.changesets.models import ChangeSet
from cms.core.checked_files import check_file, stored_with_row
from cms.core.dates import format_date_vi
from cms.core.errors import DomainError, WrongState, require_words
from cms.core.stored_files import stored_name
from cms.core.text import clean_text, code_key
from cms.organisations.access import access_for
from cms.users.enums import Role
from cms.users.models import User

MOST_VERSIONS = 500
# Nothing is told of how far it is for so many seconds: the process that was at it is gone.
_SILENCE = 600

logger = logging.getLogger(__name__)


class InvalidDecision(DomainError):
    """A decision cannot be entered or carried out so."""

    code = "invalid_decision"


class VersionRefused(Exception):
    """One version could not be approved, so none was."""

    def __init__(self, part: DecisionPart, reason: str) -> None:
        super().__init__(reason)
        self.part, self.reason = part, reason


def judged(user: Any, versions: QuerySet[CatalogVersion]) -> QuerySet[CatalogVersion]:
    """Return versions with all that ``blocking_reason`` asks of them."""
    own = Q(submitted_by=user) | Q(
        pk__in=CatalogVersion.writers.through.objects.filter(user=user).values("catalogversion")
    )
    running = CatalogVersion.objects.frozen().filter(catalog=OuterRef("catalog"), effective_to__isnull=True)
    return versions.select_related("catalog__agency").annotate(
        asked=Exists(VersionOpinion.objects.filter(version=OuterRef("pk"), given_at=None)),
        is_own=Exists(CatalogVersion.objects.filter(own, pk=OuterRef("pk"))),
        running_from=Subquery(running.values("effective_from")[:1]),
    )


def waiting_for_decision(user: Any) -> QuerySet[CatalogVersion]:
    """Return the appraised versions that the person may be asked to decide, by agency, as ``judged`` does."""
    over = access_for(user).rows_over("catalog__agency", Role.PROVINCIAL_APPROVER)
    found = CatalogVersion.objects.filter(over, state=VersionState.APPRAISED)
    return judged(user, found).order_by("catalog__agency__path")


def blocking_reason(user: Any, version: Any, effective_from: datetime.date | None = None) -> str:
    """Return in a sentence why this person cannot approve a ``judged`` version from that day; "" where they can."""
    if version.state != VersionState.APPRAISED:
        return _("The version is not appraised: %(state)s.") % {"state": version.get_state_display().lower()}
    if not access_for(user).over(version.catalog.agency, Role.PROVINCIAL_APPROVER):
        return _("You do not decide for this agency.")
    if version.is_own:
        return _("You submitted or edited this version, so somebody else has to approve it.")
    if version.asked:
        return _("A body is still asked for its opinion.")
    if effective_from and version.running_from and version.running_from >= effective_from:
        sentence = _("The version before takes effect on %(day)s; this decision would have to hold from a later day.")
        return sentence % {"day": format_date_vi(version.running_from)}
    today = timezone.localdate()
    if effective_from and version.running_from and version.running_from <= today and effective_from < today:
        return _(
            "The day of effect is over and another version held on it: enter the decision on the list's own screen."
        )
    return ""


def reasons_of(user: Any, decision: CatalogDecision) -> list[tuple[DecisionPart, str]]:
    """Return each version of a decision with why it cannot be approved now, in two queries."""
    parts = list(decision.parts.select_related("version__catalog__agency"))
    found = judged(user, CatalogVersion.objects.filter(pk__in=[part.version_id for part in parts])).in_bulk()
    return [(part, blocking_reason(user, found[part.version_id], decision.effective_from)) for part in parts]


def prepare_decision(
    *, by: User, file: File[bytes], versions: Iterable[CatalogVersion] | None, **facts: Any
) -> CatalogDecision:
    """Enter a decision with its document; nothing is approved yet. None for versions that are still to be made.

    ``facts`` are number, decision_date, signer and effective_from. Raises ``InvalidDecision`` for a number that stands
    on another decision of the year, a file that is no PDF, or nothing chosen; NotAllowed for who decides nowhere.
    """
    row = CatalogDecision(by=by, name=stored_name(file.name or "") or "quyet-dinh.pdf", **facts)
    row.number = clean_text(require_words(row.number, InvalidDecision(_("Enter the number of the decision.")))).text
    row.signer = clean_text(require_words(row.signer, InvalidDecision(_("Enter who signed the decision.")))).text
    row.number_key, row.year = code_key(row.number), row.decision_date.year
    if row.decision_date > timezone.localdate():
        raise InvalidDecision(_("The decision date is in the future."))
    check_file(row, file, InvalidDecision)
    if row.media_type != "application/pdf":
        raise InvalidDecision(_("Attach the decision as PDF."))
    with stored_with_row(row):
        _write(row, file, None if versions is None else list(versions))
    return row


def _write(row: CatalogDecision, file: File[bytes], versions: list[CatalogVersion] | None) -> None:
    permissions.require(access_for(row.by).holds(Role.PROVINCIAL_APPROVER))
    if versions is not None and not 0 < len(versions) <= MOST_VERSIONS:
        raise InvalidDecision(_("Tick between 1 and %(most)d lists.") % {"most": MOST_VERSIONS})
    _require_new_number(row)
    row.file.save(row.name, file, save=False)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as taken:
        raise InvalidDecision(_("Another decision of the year has this number.")) from taken
    DecisionPart.objects.bulk_create(DecisionPart(decision=row, version=version) for version in versions or ())
    _record(row, "catalog_decision.prepare", len(versions or ()))


def _require_new_number(row: CatalogDecision) -> None:
    """Refuse a number that stands elsewhere with another date; one entered list by list before is the same decision."""
    other = CatalogDecision.objects.standing().filter(number_key=row.number_key, year=row.year).first()
    if other:
        sentence = _("Number %(number)s stands already on the decision of %(day)s.")
        raise InvalidDecision(sentence % {"number": other.number, "day": format_date_vi(other.decision_date)})
    frozen = CatalogVersion.objects.frozen().filter(decision_number__iexact=row.number)
    single = frozen.filter(decision_date__year=row.year).exclude(decision_date=row.decision_date).first()
    if single and single.decision_date:
        sentence = _("%(version)s was approved under number %(number)s of %(day)s. Check the number and the date.")
        params = {"version": single, "number": single.decision_number, "day": format_date_vi(single.decision_date)}
        raise InvalidDecision(sentence % params)


@transaction.atomic
def approve_decision(*, by: User, decision: CatalogDecision, is_partial: bool = False) -> CatalogDecision:
    """Have the decision carried out beside the request: all its versions, or with ``is_partial`` those that can be.

    Who entered it does this. Without ``is_partial`` one version that cannot be approved stops all of them.
    """
    decision = _own(by, decision)
    found = reasons_of(by, decision)
    stopped = [(part, reason) for part, reason in found if reason]
    if stopped and not is_partial:
        sentence = ngettext(
            "%(number)d list cannot be approved; nothing was.", "%(number)d lists cannot be approved; nothing was.",
            len(stopped),
        )  # fmt: skip
        raise InvalidDecision(sentence % {"number": len(stopped)})
    if len(stopped) == len(found):
        raise InvalidDecision(_("None of the lists can be approved now."))
    for part, reason in found:
        part.reason = reason
    DecisionPart.objects.bulk_update([part for part, _reason in found], ["reason"])
    decision.state = DecisionState.WAITING
    decision.save(update_fields=["state"])
    transaction.on_commit(lambda: carry_out.enqueue(decision.pk))
    return decision


@transaction.atomic
def abandon_decision(*, by: User, decision: CatalogDecision) -> None:
    """Give up a decision that was not carried out; its number is free again."""
    decision = _own(by, decision)
    if ChangeSet.objects.filter(decision=decision).exists():
        raise WrongState(_("This is the decision on a change set: undo it there."))
    decision.state = DecisionState.ABANDONED
    decision.save(update_fields=["state"])
    _record(decision, "catalog_decision.abandon", decision.parts.count())


def _own(by: User, decision: CatalogDecision) -> CatalogDecision:
    locked = CatalogDecision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    permissions.require(locked.by_id == by.pk and access_for(by).holds(Role.PROVINCIAL_APPROVER))
    if locked.state in (DecisionState.DONE, DecisionState.ABANDONED):
        raise WrongState(_("The decision is finished."))
    return locked


@task(backend="background")
def carry_out(key: int) -> None:
    """Approve every version of a decision that waits, in one transaction; a refusal undoes all and stays beside it."""
    try:
        with transaction.atomic():
            approve_parts(key)
    except VersionRefused as refused:
        _prepare_again(key, refused.reason, pk=refused.part.pk)
    except Exception:
        logger.exception("decision %s on many catalogs could not be carried out", key)
        _prepare_again(key, _("Approving broke off. Approve again; the technical staff find the reason in the log."))
    finally:
        caches["progress"].delete(_progress_key(key))


@transaction.atomic
def _prepare_again(key: int, reason: str, **parts: Any) -> None:
    """Let a decision be carried out again, with what stopped it beside the versions that were to be approved."""
    DecisionPart.objects.filter(decision=key, decision__state=DecisionState.WAITING, reason="", **parts).update(
        reason=reason
    )
    CatalogDecision.objects.filter(pk=key, state=DecisionState.WAITING).update(state=DecisionState.PREPARED)


def approve_parts(key: int) -> None:
    """Approve the versions of a decision that waits, in a transaction; raises VersionRefused at the first refusal."""
    decision = CatalogDecision.objects.select_for_update(of=("self",)).select_related("by").get(pk=key)
    if decision.state != DecisionState.WAITING:
        return
    parts = list(decision.parts.filter(reason="").select_related("version"))
    pages = {
        page.catalog_id: page for page in AgencyCatalogPage.objects.filter(catalog__versions__decision_parts__in=parts)
    }
    for number, part in enumerate(parts):
        caches["progress"].set(_progress_key(key), (number, len(parts)), _SILENCE)
        try:
            workflow.decide(
                by=decision.by, page=_page_at(pages, part), decision_number=decision.number,
                decision_date=decision.decision_date, effective_from=decision.effective_from,
            )  # fmt: skip
        except DomainError as refusal:
            raise VersionRefused(part, str(refusal)) from refusal
    decision.state, decision.finished_at = DecisionState.DONE, timezone.now()
    _record(decision, "catalog_decision.approve", len(parts))
    decision.save(update_fields=["state", "finished_at"])


def _page_at(pages: dict[int, AgencyCatalogPage], part: DecisionPart) -> AgencyCatalogPage:
    """Return the page of a version that is still the one in hand there."""
    current = CatalogVersion.objects.get(pk=part.version_id)
    if current.state != VersionState.APPRAISED:
        raise WrongState(_("The version is not appraised: %(state)s.") % {"state": current.get_state_display().lower()})
    return pages[current.catalog_id]


def progress_of(decision: CatalogDecision) -> tuple[int, int] | None:
    """Return how many of how many versions have been approved so far, while that goes on."""
    found: tuple[int, int] | None = caches["progress"].get(_progress_key(decision.pk))
    return found


def _progress_key(key: int) -> str:
    return f"catalog-decision-{key}"


def _record(decision: CatalogDecision, action: str, count: int) -> None:
    record(
        by=decision.by, action=action, subject=decision, label=decision.number,
        after={"decision_number": decision.number, "decision_date": decision.decision_date, "signer": decision.signer,
               "effective_from": decision.effective_from, "versions": count, "sha256": decision.sha256},
    )  # fmt: skip

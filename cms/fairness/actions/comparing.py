"""Coefficients of the whole province are compared by a task: all lists that agencies have sent, as they stand."""

from __future__ import annotations

import logging
from decimal import Decimal
from functools import partial

from django.db import transaction
from django_tasks import task

from cms.analysis.fairness import Analysis, ListWeight, Outlier, analyse
from cms.audit.actions import record
from cms.core.bulk import insert_rows
from cms.fairness import permissions
from cms.fairness.enums import FindingKind, ReportState
from cms.fairness.lists import Lists, read_lists
from cms.fairness.models import ComparedItem, ComparedWork, FairnessFinding, FairnessReport, distance
from cms.fairness.numbers import exact
from cms.fairness.works import SameWorks, same_works
from cms.users.models import User

logger = logging.getLogger(__name__)


def compare_coefficients(*, by: User | None, wait: bool = False) -> FairnessReport:
    """Have coefficients compared by a task (at once with ``wait``); what was found before goes when this is ready.

    One that is at work already is answered instead. ``by`` is None for the demo alone. Raises NotAllowed.
    """
    if by is not None:
        permissions.require(permissions.can_compare(by))
    with transaction.atomic():
        newest = FairnessReport.objects.select_for_update(of=("self",)).first()
        if newest is not None and newest.is_counting:
            return newest
        report = FairnessReport.objects.create(asked_by=by)
        record(by=by, action="fairness.compare", subject=report)
        if not wait:
            transaction.on_commit(partial(compare_task.enqueue, report.pk))
    return compare_report(report) if wait else report


@task(backend="background")
def compare_task(report_id: int) -> None:
    """Compare in the background: at once or by a worker, as the settings say."""
    report = FairnessReport.objects.filter(pk=report_id).first()
    if report is not None:
        compare_report(report)


def compare_report(report: FairnessReport) -> FairnessReport:
    """Compare and keep what was found; always ends ready or failed, safe to repeat."""
    if report.state == ReportState.READY:
        return report
    rows = FairnessReport.objects.filter(pk=report.pk)
    try:
        lists = read_lists()
        rows.update(done=1)
        works = same_works(lists)
        rows.update(done=2)
        analysis = analyse(lists.frame(works.of_item))
        rows.update(done=3)
        _keep(report, lists, works, analysis)
    except Exception:
        logger.exception("comparing coefficients of report %s broke off", report.pk)
        rows.update(state=ReportState.FAILED)
    return rows.get()


@transaction.atomic
def _keep(report: FairnessReport, lists: Lists, works: SameWorks, analysis: Analysis) -> None:
    """Keep what was found, in the place of what earlier comparisons left."""
    report.works.all().delete()
    report.findings.all().delete()
    stored = _keep_works(report, lists, works, analysis)
    work_of_item = dict(zip(lists.keys, works.of_item, strict=True))
    findings = [_of_item(report, lists, stored.get(work_of_item[each.item]), each) for each in analysis.outliers]
    findings += [_of_list(report, lists, each) for each in analysis.lists if each.is_heavier]
    FairnessFinding.objects.bulk_create(findings, batch_size=500)
    FairnessReport.objects.filter(pk=report.pk).update(state=ReportState.READY, done=4, item_count=len(lists.keys))
    FairnessReport.objects.filter(pk__lt=report.pk).delete()


def _keep_works(
    report: FairnessReport, lists: Lists, works: SameWorks, analysis: Analysis
) -> dict[int, ComparedWork]:  # fmt: skip
    """Keep works that are not weighed alike, each with its items; return them by their numbers."""
    names = lists.usual_names(works.of_item)
    stored = {
        each.work: ComparedWork(
            report=report, name=names[each.work], agencies=each.agencies, least=exact(each.least),
            usual=exact(each.usual), most=exact(each.most), ratio=exact(each.ratio),
            is_judged=each.work not in works.unjudged,
        )
        for each in analysis.works
    }  # fmt: skip
    ComparedWork.objects.bulk_create(stored.values(), batch_size=500)
    members = ((stored[work].pk, item) for item, work in zip(lists.keys, works.of_item, strict=True) if work in stored)
    insert_rows(ComparedItem, ("work", "item"), members)
    return stored


def _of_item(report: FairnessReport, lists: Lists, work: ComparedWork | None, found: Outlier) -> FairnessFinding:
    # Groups are numbers of their own, all else ten-thousandths.
    read = Decimal if found.kind == "group" else exact
    value, usual = read(found.value), read(found.usual)
    return FairnessFinding(
        report=report, kind=found.kind, item_id=found.item, agency_id=lists.agency_of[found.item],
        version_id=lists.version_of[found.item], work=work, value=value, usual=usual, low=read(found.low),
        high=read(found.high), distance=distance(value, usual), compared=found.compared,
    )  # fmt: skip


def _of_list(report: FairnessReport, lists: Lists, found: ListWeight) -> FairnessFinding:
    value, usual = exact(found.ratio) * 100, Decimal(100)
    return FairnessFinding(
        report=report, kind=FindingKind.LIST, agency_id=found.agency, version_id=lists.version_of_agency[found.agency],
        value=value, usual=usual, low=usual, high=usual, distance=distance(value, usual), compared=found.works,
    )  # fmt: skip

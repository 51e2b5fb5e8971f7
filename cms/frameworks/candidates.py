"""Frameworks as rows for ``precedence``, from versions and drafts in two queries; and as conditions of queries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from cms.frameworks.models import CriteriaFramework, FrameworkVersion
from cms.frameworks.precedence import Candidate
from cms.organisations.models import Agency, Posting
from cms.scoring.definition.whole import AppliesTo
from cms.scoring.definition.words import ORGANISATION
from cms.scoring.shape import read_part


def of_versions(versions: Iterable[FrameworkVersion]) -> list[Candidate]:
    """Return a candidate for each version, whose ``framework`` and its agency are read with it; one query more."""
    rows = [(each.pk, each.framework, each.data["subject"], _applies(each.data["applies_to"])) for each in versions]
    return _candidates(rows)


def of_draft(draft: CriteriaFramework) -> Candidate:
    """Return a draft as a candidate, as if it held."""
    lists = {name: getattr(draft, name) for name in AppliesTo.__dataclass_fields__}
    return _candidates([(0, draft, draft.subject, _applies(lists))])[0]


def at_agencies(candidate: Candidate, prefix: str = "") -> Q:
    """Return the condition on an agency (``prefix`` leads to it, such as ``agency__``) that the candidate makes."""
    applies, condition = candidate.applies, Q()
    for name, values in (("kind", applies.kinds), ("block", applies.blocks), ("code", applies.agencies)):
        if values:
            condition &= Q(**{f"{prefix}{name}__in": values})
    if applies.subtrees:
        below = Q(pk__in=[])
        for path in candidate.paths.values():
            below |= Q(**{f"{prefix}path__startswith": path})
        condition &= below
    return condition & (Q(**{f"{prefix}path__startswith": candidate.own_path}) if candidate.own_path else Q())


def at_postings(candidate: Candidate) -> Q:
    """Return the condition on a posting that the candidate makes."""
    applies, condition = candidate.applies, at_agencies(candidate, "agency__")
    named = (
        ("officer__category", applies.categories),
        ("role", applies.roles),
        ("position__group__code", applies.position_groups),
    )
    for name, values in named:
        if values:
            condition &= Q(**{f"{name}__in": values})
    return condition


def example(*candidates: Candidate, day: Any) -> Posting | Agency | None:
    """Return somebody whom all the candidates are for: a main posting of the day, or an organisation; else None."""
    conditions = Q()
    if candidates[0].subject == ORGANISATION:
        for each in candidates:
            conditions &= at_agencies(each)
        found: Agency | None = Agency.objects.active().filter(conditions).first()
        return found
    for each in candidates:
        conditions &= at_postings(each)
    postings = Posting.objects.on(day).filter(conditions, is_main=True)
    return postings.select_related("officer", "agency").order_by("officer__code").first()


def _applies(data: Any) -> AppliesTo:
    return read_part(AppliesTo, data, "", []) or AppliesTo()


def _candidates(rows: list[tuple[int, CriteriaFramework, str, AppliesTo]]) -> list[Candidate]:
    codes = {code for _pk, _framework, _subject, applies in rows for code in applies.subtrees}
    paths = dict(Agency.objects.filter(code__in=codes).values_list("code", "path")) if codes else {}
    return [
        Candidate(
            version=pk,
            framework=framework.pk,
            base=framework.base_id,
            subject=subject,
            applies=applies,
            paths={code: paths[code] for code in applies.subtrees if code in paths},
            own_code=framework.agency.code if framework.agency else "",
            own_path=framework.agency.path if framework.agency else "",
        )
        for pk, framework, subject, applies in rows
    ]

"""What a clerk is asked about works being written: is this the same as one that is known? Nothing of it blocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from cms.catalogs.models import Catalog, CatalogItem, CatalogVersion
from cms.curation.enums import Verdict
from cms.curation.known import known_at_hand
from cms.curation.models import AgencyAnswer, LikePair, WorkUse
from cms.curation.models.texts import text_digest
from cms.dedupe.finding import Work
from cms.dedupe.index import Index
from cms.dedupe.likeness import Likeness

# Texts that are looked at for one work, items that are named, and the items of a list that is looked through.
_MOST_TEXTS, _MOST_NAMED, _MOST_OWN = 10, 3, 500
_LONGEST = 2000


@dataclass
class Question:
    """What a work is like: items of the own list, one of the common list, and of what others have in effect.

    ``digests`` are the fingerprints of all that is named, which "another work" answers.
    """

    own: list[CatalogItem] = field(default_factory=list)
    common: CatalogItem | None = None
    others: list[CatalogItem] = field(default_factory=list)
    digests: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.digests)

    @property
    def named(self) -> list[CatalogItem]:
        """Return some of the others' items."""
        return self.others[:_MOST_NAMED]

    @property
    def offered(self) -> CatalogItem | None:
        """Return the item whose words and coefficient may be taken over: the common list's before others'."""
        return self.common or next(iter(self.others), None)

    @property
    def least(self) -> Decimal:
        """Return the lowest coefficient that others give it."""
        return min(each.coefficient for each in self.others)

    @property
    def most(self) -> Decimal:
        """Return the highest."""
        return max(each.coefficient for each in self.others)


def digest_of(work: Work) -> str:
    """Return the fingerprint of what is said of a work."""
    return text_digest(work.name, work.output, work.unit, work.group)


def work_of_values(values: Mapping[str, Any], key: str = "") -> Work:
    """Return what was typed or stored of an item as it is compared; longer texts are not compared further."""
    return Work(key, *(str(values.get(name, ""))[:_LONGEST] for name in ("name", "output", "unit", "group")))


def work_of(item: CatalogItem) -> Work:
    """Return an item as it is compared."""
    return Work(str(item.pk), item.name, item.output, item.unit, str(item.group))


def question_about(work: Work, version: CatalogVersion) -> Question:
    """Return what a work of a version is like; ``work.id`` is the key of its item, empty for a new one."""
    beside = version.items.exclude(pk=work.id) if work.id else version.items.all()
    return questions_about([work], version.catalog, beside)[0]


def questions_about(
    works: Sequence[Work], catalog: Catalog | None, beside: QuerySet[CatalogItem] | None = None
) -> list[Question]:
    """Return what each work is like, in their order; empty questions where it is like none, or that was answered.

    ``catalog`` is the list that they stand in, if it was opened already; ``beside`` are the items of it that they must
    not repeat, itself left out (of a very long list none is looked at). The number of queries is the same for any
    number of works. While a process still reads many texts into its memory, nothing is asked about others.
    """
    questions = [Question() for _work in works]
    answered = _answered(works, catalog)
    _find_known(works, catalog, answered, questions)
    if beside is not None:
        _find_beside(works, beside, answered, questions)
    return questions


def _answered(works: Iterable[Work], catalog: Catalog | None) -> set[tuple[str, str]]:
    digests = {digest_of(work) for work in works}
    answers = AgencyAnswer.objects.filter(Q(one__in=digests) | Q(other__in=digests), catalog=catalog)
    pairs = set(answers.values_list("one", "other"))
    return pairs | {(other, one) for one, other in pairs}


def _find_known(
    works: Sequence[Work], catalog: Catalog | None, answered: set[tuple[str, str]], questions: Sequence[Question]
) -> None:
    for work, uses, question in zip(works, uses_elsewhere(works, catalog) or [[]] * len(works), questions, strict=True):
        for use in uses:
            if (digest_of(work), use.text.digest) not in answered:
                _add(question, use)


def uses_elsewhere(works: Sequence[Work], catalog: Catalog | None) -> list[list[WorkUse]] | None:
    """Return for each work the items of other catalogs in effect that are the same work, the most alike first.

    What editors judged different is left out. None while a process still reads many texts into its memory.
    """
    found = uses_alike(works, catalog)
    return None if found is None else [[use for use, _likeness in each] for each in found]


def uses_alike(works: Sequence[Work], catalog: Catalog | None) -> list[list[tuple[WorkUse, Likeness]]] | None:
    """Return what ``uses_elsewhere`` does, each with how alike it is and why; of all catalogs without one."""
    known = known_at_hand()
    if known is None:
        return None
    alike = [{int(each.work.id): each.likeness for each in known.alike(work, _MOST_TEXTS)} for work in works]
    texts = {key for likenesses in alike for key in likenesses}
    in_effect = WorkUse.objects.filter(text__in=texts, version__in=CatalogVersion.objects.effective_on())
    uses: dict[int, list[WorkUse]] = {}
    for use in (
        in_effect.exclude(catalog=catalog)
        .select_related("text", "item__version__catalog__agency", "catalog__agency")
        .order_by("pk")
    ):
        uses.setdefault(use.text_id, []).append(use)
    different = _judged_different(works, texts)
    return [
        [
            (use, likeness)
            for key, likeness in likenesses.items()
            if (digest_of(work), key) not in different
            for use in uses.get(key, ())
        ]
        for work, likenesses in zip(works, alike, strict=True)
    ]


def _judged_different(works: Iterable[Work], texts: set[int]) -> set[tuple[str, int]]:
    """Return which of these texts, by their keys, are other works than one of these, by its fingerprint."""
    digests = {digest_of(work) for work in works}
    judged = LikePair.objects.filter(
        Q(one__digest__in=digests, other__in=texts) | Q(other__digest__in=digests, one__in=texts),
        judgement__verdict=Verdict.DIFFERENT,
    )
    rows = judged.values_list("one__digest", "one", "other__digest", "other") if texts else ()
    found: set[tuple[str, int]] = set()
    for one_digest, one, other_digest, other in rows:
        found |= {(one_digest, other), (other_digest, one)}
    return found


def _add(question: Question, use: WorkUse) -> None:
    if not use.catalog.agency.is_root():
        question.others.append(use.item)
    elif question.common is None:
        question.common = use.item
    question.digests.add(use.text.digest)


def _find_beside(
    works: Sequence[Work], beside: QuerySet[CatalogItem], answered: set[tuple[str, str]], questions: Sequence[Question]
) -> None:
    items = {str(item.pk): item for item in beside[: _MOST_OWN + 1]}
    if len(items) > _MOST_OWN:
        return
    index = Index(map(work_of, items.values()))
    for work, question in zip(works, questions, strict=True):
        for each in index.alike(work, _MOST_NAMED):
            if (digest_of(work), digest_of(each.work)) not in answered:
                question.own.append(items[each.work.id])
                question.digests.add(digest_of(each.work))

"""Reading catalogs whose versions moved on: their texts, and what is like them among what is known."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, Max, Q
from django.utils import timezone
from django_tasks import task

from cms.catalogs.enums import FROZEN_STATES, UNDER_REVIEW
from cms.catalogs.models import Catalog, CatalogItem, CatalogVersion
from cms.core.bulk import chunks
from cms.curation.actions.regrouping import items_by_text, refresh_current, regroup
from cms.curation.known import MOST_ALIKE, known_works
from cms.curation.models import CatalogReading, LikePair, Vocabulary, WorkText, WorkUse
from cms.curation.models.texts import text_digest
from cms.dedupe.finding import Work
from cms.dedupe.likeness import Likeness

_FIELDS = ("name", "output", "unit", "group")


def ask_for_reading(version: CatalogVersion) -> None:
    """Have the catalog of a version read, soon after the transaction is committed."""
    _ask([version.catalog_id])
    transaction.on_commit(read_in_the_background.enqueue)


def ask_for_reading_of_all() -> int:
    """Note that every catalog is to be read; return how many there are. ``read_waiting`` reads them."""
    return _ask(Catalog.objects.values_list("pk", flat=True))


def _ask(catalogs: Iterable[int]) -> int:
    now = timezone.now()
    asked = [CatalogReading(catalog_id=pk, asked_at=now) for pk in catalogs]
    CatalogReading.objects.bulk_create(
        asked, update_conflicts=True, unique_fields=["catalog"], update_fields=["asked_at"], batch_size=500
    )
    return len(asked)


@task(backend="background")
def read_in_the_background() -> None:
    """Read what waits."""
    for _each in read_waiting():
        pass


def read_waiting() -> Iterator[Catalog]:
    """Read the catalogs that wait, one a transaction; yield each when it is done. Others may do the same beside us."""
    while done := _read_next():
        yield done


@transaction.atomic
def _read_next() -> Catalog | None:
    # Readers wait for each other: what one finds, the next compares with.
    vocabulary = Vocabulary.locked()
    waiting = Q(done_at=None) | Q(done_at__lt=F("asked_at"))
    reading = CatalogReading.objects.filter(waiting).select_related("catalog").order_by("asked_at", "pk").first()
    if reading is None:
        return None
    _read(reading.catalog, vocabulary)
    # What is asked for while we read waits for the next time.
    reading.done_at = reading.asked_at
    reading.save(update_fields=["done_at"])
    return reading.catalog


def _read(catalog: Catalog, vocabulary: Vocabulary) -> None:
    last = WorkText.objects.aggregate(last=Max("pk"))["last"] or 0
    current = CatalogVersion.objects.filter(_is_current(), catalog=catalog)
    touched = _write_uses(catalog, list(current.values_list("pk", flat=True)))
    if not touched:
        return
    vocabulary.stamp = uuid.uuid4()
    vocabulary.save(update_fields=["stamp"])
    # What was known was compared when it came, and is compared with all that comes.
    _find_pairs_of({text for text in touched if text > last})
    keep_pairs(likenesses_of_repeated(touched))
    regroup(refresh_current(touched))


def _is_current() -> Q:
    """Return which versions' works are known: those that hold or will, and those that are being appraised."""
    not_ended = Q(effective_to=None) | Q(effective_to__gte=timezone.localdate())
    return Q(state__in=UNDER_REVIEW) | (Q(state__in=FROZEN_STATES) & not_ended)


def _write_uses(catalog: Catalog, versions: list[int]) -> set[int]:
    """Bring the uses of a catalog in line with its current versions; return the texts that gained or lost one."""
    rows = list(
        CatalogItem.objects.filter(version__in=versions)
        .order_by("version__number", "position", "pk").values_list("pk", "version", "identity", *_FIELDS)
    )  # fmt: skip
    texts = _texts_of([row[3:] for row in rows])
    before = {use.item_id: use for use in WorkUse.objects.filter(catalog=catalog)}
    formerly = {use.identity: use for use in before.values()}
    touched: set[int] = set()
    new, changed = [], []
    for item, version, identity, *said in rows:
        text = texts[_digest(said)]
        use = before.pop(item, None)
        if use is None:
            earlier = formerly.get(identity)
            former = _former(earlier, text)
            use = WorkUse(item_id=item, version_id=version, catalog=catalog, identity=identity, former_id=former)
            new.append(use)
        elif use.text_id != text:
            touched.add(use.text_id)
            use.former_id = use.text_id
            changed.append(use)
        else:
            continue
        use.text_id = text
        touched.add(text)
    touched |= {use.text_id for use in before.values()}
    WorkUse.objects.filter(pk__in=[use.pk for use in before.values()]).delete()
    WorkUse.objects.bulk_update(changed, ["text", "former"], batch_size=500)
    WorkUse.objects.bulk_create(new, batch_size=500)
    return touched


def _former(earlier: WorkUse | None, text: int) -> int | None:
    """Return what an item said before it said this text, as far as its earlier use tells."""
    if earlier is None:
        return None
    return earlier.former_id if earlier.text_id == text else earlier.text_id


def _digest(said: Iterable[Any]) -> str:
    return text_digest(*map(str, said))


def _texts_of(rows: Collection[tuple[Any, ...]]) -> dict[str, int]:
    """Return the keys of texts by their fingerprints; new ones are made."""
    by_digest = {_digest(row): row for row in rows}
    known = _known_texts(by_digest)
    missing = [
        WorkText(digest=digest, **{name: str(value) for name, value in zip(_FIELDS, row, strict=True)})
        for digest, row in by_digest.items() if digest not in known
    ]  # fmt: skip
    WorkText.objects.bulk_create(missing, batch_size=500)
    return _known_texts(by_digest) if missing else known


def _known_texts(digests: Collection[str]) -> dict[str, int]:
    return {
        digest: pk
        for some in chunks(digests)
        for digest, pk in WorkText.objects.filter(digest__in=some).values_list("digest", "pk")
    }


def _find_pairs_of(texts: Collection[int]) -> None:
    """Look for what is like these texts among all that are known, and keep the pairs."""
    known = known_works()
    pairs: dict[tuple[int, int], Likeness] = {}
    for some in chunks(texts):
        for text in WorkText.objects.filter(pk__in=some):
            work = Work(str(text.pk), text.name, text.output, text.unit, text.group)
            for found in known.alike(work, MOST_ALIKE):
                one, other = sorted((text.pk, int(found.work.id)))
                pairs[one, other] = found.likeness
    keep_pairs(pairs)


def likenesses_of_repeated(texts: Collection[int]) -> dict[tuple[int, int], Likeness]:
    """Return, as pairs of a text with itself, those that several items say letter by letter."""
    items = items_by_text(texts)
    return {(text, text): Likeness(1.0, [("same_text", "")]) for text in texts if len(items[text]) > 1}


def keep_pairs(pairs: dict[tuple[int, int], Likeness]) -> None:
    """Keep pairs of texts with their likeness; what is known of one already stays."""
    made = [
        LikePair(one_id=one, other_id=other, score=Decimal(str(likeness.score)), reasons=likeness.reasons,
                 is_current=False)
        for (one, other), likeness in pairs.items()
    ]  # fmt: skip
    LikePair.objects.bulk_create(made, ignore_conflicts=True, batch_size=500)

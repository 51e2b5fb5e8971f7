"""Which known works the items of a file are like: a question beside the row, with two answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from cms.catalogs.models import Catalog
from cms.curation import actions
from cms.curation.asking import Question, questions_about, work_of_values
from cms.organisations.models import Agency
from cms.users.models import User


def questions(agency: Agency, rows: Sequence[Mapping[str, Any]]) -> Sequence[Question]:
    """Return what each item is like in the common list and in what other agencies have in effect.

    What is named and weighed just as another names and weighs it is no question.
    """
    asked = questions_about([work_of_values(row) for row in rows], Catalog.objects.filter(agency=agency).first())
    return [Question() if _agrees(row, each) else each for row, each in zip(rows, asked, strict=True)]


def _agrees(row: Mapping[str, Any], question: Question) -> bool:
    compared = [question.common] if question.common else question.others
    return any(item.name == row["name"] and item.coefficient == Decimal(row["coefficient"] or 0) for item in compared)


def answer_other_work(*, by: User, agency: Agency, values: Mapping[str, Any]) -> None:
    """Remember that an item is another work than all that it is like."""
    catalog = Catalog.objects.select_related("agency").filter(agency=agency).first()
    if catalog is None:
        return
    work = work_of_values(values)
    than = questions_about([work], catalog)[0].digests
    actions.answer_other_work(by=by, catalog=catalog, work=work, than=than)

"""Results with the receipts that explain them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Max, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from cms.evaluations.models.evaluations import Evaluation
from cms.evaluations.models.periods import Period
from cms.scoring.check_code import check_code


class WholeTextField(models.TextField):
    """Long text that reaches PostgreSQL one value a row.

    Django packs the rows of a bulk insert into arrays unless a field brings its own placeholder, and the driver then
    escapes each quotation mark of the receipts in Python, which took longer than to score.
    """

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        """Return the plain placeholder."""
        return "%s"


class ResultQuerySet(models.QuerySet["Result"]):
    """Reads over results."""

    def standing(self) -> ResultQuerySet:
        """Keep, of each evaluation, the result that stands: that with the highest number."""
        same = Result.objects.filter(evaluation=OuterRef("evaluation")).order_by()
        last = same.values("evaluation").annotate(last=Max("number")).values("last")
        return self.filter(number=Subquery(last))

    def readable_by(self, user: Any) -> ResultQuerySet:
        """Return those that were decided and that a person or a program may read, earlier ones of a reopened too."""
        settled = Q(evaluation__awaits="") | Q(frozen_at__isnull=False)
        theirs = Evaluation.objects.readable_by(user).order_by().values("pk")
        return self.filter(settled, evaluation__absence="", evaluation__in=theirs)

    def of(self, evaluations: Iterable[int]) -> ResultQuerySet:
        """Return the results that stand of these evaluations, by key."""
        return self.filter(evaluation__in=evaluations).standing()

    def checked(self, beginning: str) -> ResultQuerySet:
        """Return the final results whose hash begins so: what a check code stands for, found by the index."""
        return self.filter(frozen_at__isnull=False, content_hash__gte=beginning, content_hash__lt=f"{beginning}g")

    def in_period(self, period: Period) -> ResultQuerySet:
        """Return the results that stand in a period."""
        return self.filter(evaluation__period=period, evaluation__absence="").standing()


class Result(models.Model):
    """What came of scoring an evaluation: total, level by the points, and the receipt as canonical JSON.

    Before the lock it is calculated anew in its place; ``frozen_at`` ends that: then the database refuses any change,
    and what a reopening brings is a row of its own with the next ``number``. ``part`` is what a longer period is made
    of. ``moved`` says what changed when it was last calculated anew.
    """

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="results")
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    status = models.CharField(_("status"), max_length=20)
    total = models.DecimalField(_("total"), max_digits=6, decimal_places=3, null=True, blank=True)
    level = models.CharField(_("level by the points"), max_length=16, blank=True)
    engine = models.CharField(max_length=8)
    receipt_text = WholeTextField()
    part_text = models.TextField(blank=True)
    content_hash = models.CharField(_("check code"), max_length=71)
    moved = models.TextField(_("what changed"), blank=True)
    computed_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True, blank=True)

    objects = ResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        ordering = ["evaluation", "-number"]
        indexes = [models.Index(fields=["content_hash"], name="result_check_code")]
        constraints = [models.UniqueConstraint(fields=["evaluation", "number"], name="result_number_once")]

    def __str__(self) -> str:
        return f"{self.evaluation_id}/{self.number}"

    @property
    def receipt(self) -> dict[str, Any]:
        """Return the receipt as JSON data."""
        data: dict[str, Any] = json.loads(self.receipt_text)
        return data

    @property
    def part(self) -> dict[str, Any]:
        """Return what a longer period is made of, as JSON data; empty where a longer one made it."""
        data: dict[str, Any] = json.loads(self.part_text) if self.part_text else {}
        return data

    @property
    def check_code(self) -> str:
        """Return the code that is printed: the first digits of the hash."""
        return check_code(self.content_hash)

    @property
    def shown_total(self) -> Decimal | None:
        """Return the total without the zeros that the column adds."""
        return None if self.total is None else self.total.normalize()

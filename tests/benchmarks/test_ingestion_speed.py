"""Taking work over the API beside a stock bulk create of Django REST framework with the same checks."""

import datetime
import itertools
import json
import time

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from rest_framework import generics, permissions, serializers
from rest_framework.response import Response

from cms.assignments.enums import WorkState
from cms.assignments.models import OutsideWork, WorkAssignment
from cms.assignments.rules import MAX_QUANTITY
from cms.catalogs.models import CatalogItem
from cms.organisations.models import Officer
from tests.benchmarks.measure import Rates
from tests.factories.catalogs import make_approved
from tests.factories.officers import make_officer
from tests.factories.outside import make_client, make_system, map_kind, map_person, raw_message

ROWS, PEOPLE, LEAST, ROUNDS = 1_000, 200, 5, 5


class StockWork(serializers.Serializer):
    """One row, as a project would take it: looked up by code, checked field by field, written with an outside id."""

    outside_id = serializers.CharField(max_length=200)
    version = serializers.IntegerField(min_value=0)
    person = serializers.SlugRelatedField("code", queryset=Officer.objects.all())
    kind = serializers.CharField()
    state = serializers.ChoiceField(["Mới giao"])
    assigned = serializers.DecimalField(12, 4, min_value=0, max_value=MAX_QUANTITY)
    given_on = serializers.DateField()
    due_on = serializers.DateField()

    def validate(self, data):
        """Check days, that the officer works there on the day, that the item holds then, that the id is new."""
        if data["due_on"] < data["given_on"]:
            raise serializers.ValidationError({"due_on": "Due before it is given."})
        posting = data["person"].postings.on(data["given_on"]).select_related("agency").first()
        if posting is None:
            raise serializers.ValidationError({"person": "Works nowhere."})
        holds = CatalogItem.objects.filter(
            code=data["kind"], version__effective_from__lte=data["given_on"], version__catalog__agency=posting.agency
        ).first()
        if holds is None:
            raise serializers.ValidationError({"kind": "Unknown."})
        if OutsideWork.objects.filter(system=self.context["system"], outside_id=data["outside_id"]).exists():
            raise serializers.ValidationError({"outside_id": "Known."})
        return data | {"posting": posting, "item": holds}

    def create(self, data):
        """Write the work and its outside id."""
        posting, item = data["posting"], data["item"]
        work = WorkAssignment.objects.create(
            officer=data["person"], posting=posting, agency=posting.agency, item=item, item_identity=item.identity,
            code=item.code, name=item.name, unit=item.unit, coefficient=item.coefficient, assigned=data["assigned"],
            given_on=data["given_on"], due_on=data["due_on"], state=WorkState.GIVEN, source="api",
        )  # fmt: skip
        OutsideWork.objects.create(
            system=self.context["system"], outside_id=data["outside_id"], work=work, sequence=data["version"],
            digest="", received_at=timezone.now(),
        )  # fmt: skip
        return work


class StockBulk(generics.GenericAPIView):
    """The usual ``many=True``."""

    authentication_classes = []
    permission_classes = [permissions.AllowAny]
    throttle_classes = []
    serializer_class = StockWork
    system = None
    schema = None

    def post(self, request):
        """Check all rows and write them."""
        rows = StockWork(data=request.data, many=True, context={"system": self.system})
        rows.is_valid(raise_exception=True)
        rows.save()
        return Response(status=201)


# Each request commits, as those of a real server do.
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.urls("tests.benchmarks.ingestion_urls")
def test_work_comes_in_five_times_as_fast_as_by_a_stock_bulk_create(province, people, settings):
    settings.THUOCDO_API_RATE_USER = "100000/min"
    first = timezone.localdate() - datetime.timedelta(days=30)
    item = make_approved(people, province.statistics, effective_from=first).items.in_order()[0]
    client, token = make_client(province.statistics)
    system = make_system(province.statistics, clients=[client])
    map_kind(system, item, item.code)
    officers = [make_officer(province.statistics) for _number in range(PEOPLE)]
    for officer in officers:
        map_person(system, officer, officer.code)
    StockBulk.system = system
    numbers = itertools.count()

    def rows():
        return [
            raw_message(f"R-{next(numbers)}", person=officers[number % PEOPLE].code, kind=item.code)
            for number in range(ROWS)
        ]

    asking = Client()
    # Strangers may not send so much at once.
    asking.force_login(people["uploader"], backend="cms.organisations.backends.MembershipBackend")

    def timed(url, body, **headers):
        start = time.perf_counter()
        answer = asking.post(url, json.dumps(body), "application/json", headers=headers)
        taken = time.perf_counter() - start
        assert answer.status_code in (200, 201), answer.content[:500]
        return taken / ROWS

    def ours():
        body = {"system": system.code, "messages": rows()}
        return timed("/api/v1/assignments/bulk/", body, Authorization=f"Bearer {token}")

    def stock():
        return timed("/stock/work/", rows())

    ours(), stock()
    with connection.cursor() as cursor:
        # What a server that has run for a minute knows of its tables.
        cursor.execute("ANALYZE")
    table = Rates(f"Rows a second: {ROWS:,} pieces of work over the API, beside a stock bulk create")
    table.add("new work, with its lines in the ledger", [(ours(), stock()) for _round in range(ROUNDS)], LEAST)
    table.show()
    assert WorkAssignment.objects.count() == 2 * ROWS * (ROUNDS + 1)
    assert table.missed == []

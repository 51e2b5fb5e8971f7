"""One item, every door: the form, the API, a file and the submission judge it alike, in the same sentences."""

import json
from contextlib import contextmanager
from decimal import Decimal
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models, transaction
from django.db.models import CharField
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from cms.catalogs import actions
from cms.catalogs.actions import ItemOperation
from cms.catalogs.errors import ItemRefused
from cms.catalogs.item_fields import BY_KEY, FIELDS, Terms, check_item, settle
from cms.catalogs.models import MAX_GROUPS, CatalogItem
from cms.catalogs.rules import Facts, ItemUnsound, find_all
from cms.core.numbers import input_decimal_vi
from importers.kinds.catalog.check.layouts import PLATFORM
from importers.kinds.catalog.check.units import write_unit
from importers.models import ImportBatch
from tests.factories import catalogs

pytestmark = pytest.mark.django_db

FRAMES = {group: Decimal(100 * group) for group in range(1, 6)}
HEADER = [column.header for column in PLATFORM.columns]
KEYS = {column.header: column.key for column in PLATFORM.columns}

LONG = st.sampled_from(
    ["Thẩm định hồ sơ", "x" * 5000, "x" * 5001, "y" * 20_000, "a\u202eb", "a\x07b", "So¹n th¶o v¨n b¶n", "#N/A"]
)
SOUND = {
    "code": "TK.900", "field": "Thống kê", "task": "Thẩm định", "name": "Thẩm định hồ sơ", "output": "Báo cáo",
    "unit": "báo cáo", "unit_quantity": 1, "group": 1, "hours": None, "difficulty": Decimal(1), "process": Decimal(1),
    "coordination": Decimal(1), "scope": Decimal(1), "score": Decimal(4), "coefficient": Decimal("0.8"),
    "time_limit": "", "last_year_quantity": None, "positions": "", "legal": "",
    "note": "",
}  # fmt: skip


def numbers(*texts):
    """Return one of the numbers, or none."""
    return st.sampled_from([None, *texts]).map(lambda text: None if text is None else Decimal(text))


# A sound item with some of its fields changed.
ITEMS = st.fixed_dictionaries(
    {},
    optional={
        "code": st.sampled_from(["TK.900", "x" * 64, "x" * 65, "ТК.900", ""]),
        "field": st.sampled_from(["", "Thống kê", "x" * 500, "x" * 501]),
        "task": LONG,
        "name": LONG,
        "output": LONG | st.just(""),
        "unit": st.sampled_from(["văn bản", "tờ"]),
        "unit_quantity": st.sampled_from([1, 2, 0, 1_000_000, 1_000_001]),
        "group": st.sampled_from([1, 2, 5, 6, 0]),
        "hours": numbers("0", "0.5", "9999999", "10000000"),
        "difficulty": numbers("0", "1", "2.5", "-1"),
        "process": numbers("1", "2.5"),
        "coordination": numbers("1", "2.5"),
        "scope": numbers("1", "2.5", "10000000"),
        "score": numbers("0", "4", "10", "101", "0.0001", "9999999", "10000000"),
        "coefficient": numbers("0", "0.8", "2", "2.05", "2.0501", "20.2", "9999", "50000"),
        "time_limit": st.sampled_from(["", "05 ngày làm việc", "x" * 500, "x" * 501]),
        "last_year_quantity": numbers("0", "0.5", "9999999", "-1", "10000000"),
        "positions": st.sampled_from(["", "ke-toan; van-thu", "x" * 5001]),
        "legal": st.sampled_from(["", "Nghị định 335/2025/NĐ-CP", "x" * 5001]),
        "note": st.sampled_from(["", "=1+1", "x" * 5001]),
    },
).map(lambda changes: SOUND | changes)


def numbered(items):
    """Return items with a code of their own each; what is wrong with a code stays wrong."""
    return [
        item | {"code": f"{item['code'][:-3]}{number:03}" if item["code"] else ""} for number, item in enumerate(items)
    ]


# So many at once that a file of them is worth a check.
LISTS = st.lists(ITEMS, min_size=25, max_size=25).map(numbered)


def by_check(version, item):
    """Return what the check itself makes of an item: what is stored, and each field that is refused with why."""
    made, problems = settle(item, version.terms)
    return item | made, {(one.field, one.sentence(gettext)) for one in problems if one.refuses}


class Doors:
    """Sends items by HTTP to a draft; each door says what it refuses of them, by their place in the list."""

    def __init__(self, version, people, on_commit):
        self.version, self.people, self.on_commit = version, people, on_commit
        self.client = Client()
        self.client.force_login(people["uploader"], backend="cms.organisations.backends.MembershipBackend")
        agency = version.catalog.agency
        self.items = f"/api/v1/catalogs/{agency.code}/versions/{version.number}/items/"
        self.upload = reverse("importers:upload", args=[agency.pk])

    def by_form(self, items):
        """Type each into the workbench's form."""
        said = {}
        for number, item in enumerate(items):
            typed = {name: in_vietnamese(value) for name, value in item.items() if value is not None}
            answer = self.client.post(reverse("catalogs:item_add", args=[self.version.pk]), typed)
            errors = {} if answer.status_code == 302 else answer.context["form"].errors
            said[number] = {(name, str(text)) for name, texts in errors.items() for text in texts}
        return said

    def by_program(self, items):
        """Send each to the API."""
        said = {}
        for number, item in enumerate(items):
            answer = self._send(self.items, in_json(item))
            said[number] = reported(answer.json()["errors"] if answer.status_code == 400 else [])
        return said

    def by_many(self, items):
        """Send all to the API by one act."""
        operations = [{"op": "add", "values": in_json(item)} for item in items]
        results = self._send(f"{self.items}bulk/", {"mode": "each", "operations": operations}).json()["results"]
        return {number: reported(result["errors"], "values.") for number, result in enumerate(results)}

    def by_file(self, items):
        """Upload a workbook of all of them; what it finds nothing wrong with is uploaded again, and confirmed."""
        batch = self._uploaded(items)
        said = {number: set() for number in range(len(items))}
        for problem in self._all(f"/api/v1/imports/{batch.pk}/errors/?page_size=100"):
            name = KEYS[problem["column"]]
            said[problem["row"] - 2].add(("unit_quantity" if name == "unit" else name, problem["message"]))
        batch = self._uploaded([item for number, item in enumerate(items) if not said[number]])
        with self.on_commit(execute=True):
            self.client.post(reverse("importers:commit", args=[batch.pk]))
        return said

    def by_submission(self, items):
        """Have items in the version that no door takes, and submit it."""
        CatalogItem.objects.bulk_create(as_rows(self.version, items))
        answer = self._send(self.items.replace("items/", "submit/"), None)
        findings = self.items.replace("items/", "findings/?page_size=100")
        assert (answer.status_code == 200) == (self.client.get(findings).json()["counts"]["blocks"] == 0)
        return {one["message"] for one in self._all(findings) if one["rule"] == "item_unsound"}

    def _all(self, address):
        """Yield the results of every page."""
        while address:
            page = self.client.get(address).json()
            yield from page["results"]
            address = page["next"]

    def _send(self, address, body):
        content = "" if body is None else json.dumps(body)
        return self.client.generic("POST", address, content, "application/json", headers={"If-Match": "*"})

    def _uploaded(self, items):
        with self.on_commit(execute=True):
            self.client.post(self.upload, {"file": SimpleUploadedFile("danh-muc.xlsx", workbook(items))})
        return ImportBatch.objects.latest("at")

    @contextmanager
    def as_it_was(self):
        """Undo what is done within."""
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    def stored(self):
        """Return the items of the draft by code, as the database has them."""
        return {row["code"]: row for row in self.version.items.values(*BY_KEY)}


def in_vietnamese(value):
    return input_decimal_vi(value) if isinstance(value, Decimal) else value


def in_json(item):
    """Return an item as programs send it: the API's names, numbers as text with a point."""
    return {BY_KEY[name].api_name: str(value) if isinstance(value, Decimal) else value for name, value in item.items()}


def workbook(items):
    """Return the bytes of a workbook in the platform's layout, every cell text as people type it."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": False}) as book:
        sheet = book.add_worksheet("DanhMuc")
        sheet.write_row(0, 0, HEADER)
        for number, item in enumerate(items, start=1):
            cells = item | {"no": number, "unit": write_unit(item["unit_quantity"], item["unit"])}
            for column, heading in enumerate(HEADER):
                value = in_vietnamese(cells[KEYS[heading]])
                if value not in (None, ""):
                    (sheet.write_string if isinstance(value, str) else sheet.write)(number, column, value)
    return out.getvalue()


def in_columns(row):
    """Say whether every decimal has no more digits than its column."""
    for field in row._meta.get_fields():
        value = getattr(row, field.name) if isinstance(field, models.DecimalField) else None
        if value is not None and abs(value) >= Decimal(10) ** (field.max_digits - field.decimal_places):
            return False
    return True


def as_rows(version, items):
    """Return items for the database as far as its own columns can hold them."""
    for position, item in enumerate(items):
        stored = item | settle(item, version.terms)[0]
        row = CatalogItem(version=version, position=position, **stored)
        row.refresh_keys()
        held = stored["coefficient"] is not None and stored["coefficient"] > 0 and 1 <= stored["group"] <= MAX_GROUPS
        if held and in_columns(row) and is_short_enough(row) and stored["code"]:
            yield row


def is_short_enough(row):
    """Return whether PostgreSQL's columns hold the texts; SQLite holds any."""
    short = [field for field in CatalogItem._meta.fields if isinstance(field, CharField) and field.max_length]
    return all(len(getattr(row, field.name)) <= field.max_length for field in short)


def reported(errors, before=""):
    """Return what the API says against an item, by the model's names."""
    names = {one.api_name: one.key for one in FIELDS}
    return {(names[error["field"].removeprefix(before)], error["message"]) for error in errors}


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(items=LISTS)
def test_one_item_is_judged_alike_by_every_door(doors, items):
    expected = [by_check(doors.version, item) for item in items]

    for door in (doors.by_form, doors.by_program, doors.by_many, doors.by_file):
        with doors.as_it_was():
            said, stored = door(items), doors.stored()
        assert said == {number: refused for number, (_values, refused) in enumerate(expected)}, door.__name__
        assert stored == {values["code"]: values for values, refused in expected if not refused}, door.__name__


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(items=LISTS)
def test_what_no_door_takes_is_not_submitted_over_http(doors, items):
    stored = [{name: getattr(row, name) for name in BY_KEY} for row in as_rows(doors.version, items)]
    wrong = [(row["code"], one) for row in stored for one in check_item(row, doors.version.terms) if one.refuses]

    with doors.as_it_was():
        said = doors.by_submission(items)

    of_rule = [(code, one) for code, one in wrong if one.code not in ItemUnsound.elsewhere]
    assert said == {
        str(ItemUnsound.message) % {"value": code, "sentence": one.sentence(gettext)} for code, one in of_rule
    }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(item=ITEMS)
def test_what_is_written_and_what_is_submitted_is_judged_alike(doors, item):
    stored, _refused = by_check(doors.version, item)
    refused = {(one.field, one.sentence(gettext)) for one in check_item(stored, doors.version.terms) if one.refuses}

    with transaction.atomic():
        try:
            actions.add_item(by=doors.people["uploader"], version=doors.version, values=stored)
            said = set()
        except ItemRefused as refusal:
            said = _reported(refusal.params["faults"])
        (outcome,) = actions.write_items(
            by=doors.people["uploader"], version=doors.version,
            operations=[ItemOperation("add", stored | {"code": f"{stored['code']}b" if not said else stored["code"]})],
        )  # fmt: skip
        transaction.set_rollback(True)

    assert said == refused
    if refused:
        assert _reported(outcome.faults, "values.") == refused


@settings(max_examples=100, deadline=None)
@given(item=ITEMS)
def test_what_no_door_takes_is_not_submitted(item):
    facts = Facts("Soạn thảo văn bản", Decimal(5), FRAMES)
    terms = Terms(facts.divisor, frames=FRAMES)
    stored = item | settle(item, terms)[0]
    assume(stored["coefficient"] is not None)
    wrong = [one for one in check_item(stored, terms) if one.refuses]

    found = [finding for finding in find_all([stored], facts) if finding.blocks]

    said = {finding.params["sentence"] for finding in found if finding.rule == "item_unsound"}
    assert said == {one.sentence(gettext) for one in wrong if one.code not in ItemUnsound.elsewhere}
    assert bool(found) == bool(wrong) or {finding.rule for finding in found} == {"score_over_frame"}


def _reported(faults, before=""):
    names = {one.api_name: one.key for one in FIELDS}
    return {(names[fault.field.removeprefix(before)], fault.message) for fault in faults}


@pytest.fixture
def doors(people, province, django_capture_on_commit_callbacks):
    """Return the doors to an empty draft."""
    version = catalogs.make_version(people["uploader"], province.statistics, 0)
    return Doors(version, people, django_capture_on_commit_callbacks)

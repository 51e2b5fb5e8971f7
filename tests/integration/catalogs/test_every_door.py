"""One item, every door: the form, the API, a file and the submission judge it alike, in the same sentences."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils.translation import gettext
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from api.v1.item_values import ItemValues
from catalog_pages.admin.forms import ItemForm
from cms.catalogs import actions
from cms.catalogs.actions import ItemOperation
from cms.catalogs.errors import ItemRefused
from cms.catalogs.item_fields import BY_KEY, FIELDS, Terms, check_item, settle
from cms.catalogs.rules import Facts, ItemUnsound, find_all
from cms.core.numbers import input_decimal_vi
from importers.kinds.catalog.check import check
from importers.kinds.catalog.check.context import Context
from importers.kinds.catalog.check.layouts import PLATFORM
from importers.kinds.catalog.check.units import write_unit
from importers.messages import render
from importers.reading.contract import Row, Sheet, Workbook
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
    "legal": "", "note": "",
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
        "legal": st.sampled_from(["", "Nghị định 335/2025/NĐ-CP", "x" * 5001]),
        "note": st.sampled_from(["", "=1+1", "x" * 5001]),
    },
).map(lambda changes: SOUND | changes)


def by_check(version, item):
    """Return what the check itself makes of an item: what is stored, and each field that is refused with why."""
    made, problems = settle(item, version.terms)
    return item | made, {(one.field, one.sentence(gettext)) for one in problems if one.refuses}


def by_form(version, item):
    """Return what the workbench's form makes of it."""
    typed = {name: input_decimal_vi(value) if isinstance(value, Decimal) else value for name, value in item.items()}
    form = ItemForm(version=version, data={name: value for name, value in typed.items() if value is not None})
    refused = {(name, str(text)) for name, texts in form.errors.items() for text in texts}
    return (None if refused else form.values()), refused


def by_program(version, item):
    """Return what the API makes of it: numbers as text with a point, its own names."""
    sent = {BY_KEY[name].api_name: str(value) if isinstance(value, Decimal) else value for name, value in item.items()}
    values, faults = ItemValues(version, []).whole(sent)
    names = {one.api_name: one.key for one in FIELDS}
    return values, {(names[fault.field], fault.message) for fault in faults}


def by_file(version, item):
    """Return what an upload makes of it."""
    cells = item | {"no": 1, "unit": write_unit(item["unit_quantity"], item["unit"])}
    cells |= {name: input_decimal_vi(value) for name, value in cells.items() if isinstance(value, Decimal)}
    row = [cells.get(KEYS[heading]) for heading in HEADER]
    sheet = Sheet("Danh mục", [Row(1, HEADER), Row(2, [None if cell == "" else cell for cell in row])])
    context = Context(version.divisor, max_group=version.max_group, group_frames=version.group_frames)
    verdict = check(Workbook("xlsx", [sheet]), context)
    refused = {(KEYS[one.column], render(one)) for one in verdict.errors}
    refused = {("unit_quantity" if name == "unit" else name, text) for name, text in refused}
    return (None if refused else verdict.items[0].values), refused


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(item=ITEMS)
def test_one_item_is_judged_alike_by_every_door(doors, item):
    stored, refused = by_check(doors.version, item)

    for door in (by_form, by_program, by_file):
        values, said = door(doors.version, item)
        assert said == refused, door.__name__
        if not refused:
            assert {name: values[name] for name in BY_KEY} == stored, door.__name__


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(item=ITEMS)
def test_what_is_written_and_what_is_submitted_is_judged_alike(doors, item):
    stored, _refused = by_check(doors.version, item)
    refused = {(one.field, one.sentence(gettext)) for one in check_item(stored, doors.version.terms) if one.refuses}

    with transaction.atomic():
        try:
            actions.add_item(by=doors.writer, version=doors.version, values=stored)
            said = set()
        except ItemRefused as refusal:
            said = _told(refusal.params["faults"])
        (outcome,) = actions.write_items(
            by=doors.writer, version=doors.version,
            operations=[ItemOperation("add", stored | {"code": f"{stored['code']}b" if not said else stored["code"]})],
        )  # fmt: skip
        transaction.set_rollback(True)

    assert said == refused
    if refused:
        assert _told(outcome.faults, "values.") == refused


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


def _told(faults, before=""):
    names = {one.api_name: one.key for one in FIELDS}
    return {(names[fault.field.removeprefix(before)], fault.message) for fault in faults}


@pytest.fixture
def doors(people, province):
    """Return a draft and who may write it."""
    version = catalogs.make_version(people["uploader"], province.statistics, 0)
    return SimpleNamespace(version=version, writer=people["uploader"])

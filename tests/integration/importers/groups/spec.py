"""What an upload of position groups brings along."""

from django.utils import timezone

from cms.catalogs.wording import FieldChange
from cms.organisations.models import PositionGroup
from importers.batches import packing
from importers.batches.previews import rows_of
from importers.enums import RowClass
from importers.kinds.contract import Base, Heading, Kind, LeftRow, Offer, UndoPlan, Words
from importers.workbooks.book import make_template
from importers.workbooks.stamp import Stamp
from importers.workbooks.tables import Column, Guide, Table
from tests.integration.importers.groups.check import CODES, LAYOUTS, Context, Group, check

WORDS = Words(
    name="Position groups", in_ledger="list of position groups",
    upload="Upload position groups", upload_for="Upload the position groups of %(agency)s",
    template="Download the template.", accepted=("Two columns.",),
    same="The file says the same as what is on record", changed_nothing="Nothing changed",
    written="The groups are on record", after_writing="Look them through.",
    preview_stale="The preview is out of date", moved="Groups have been written to since. Check the file again.",
    missing="%(count)s groups are not in the file.", leaves_out_much="Is it the right file?",
    sure="I have looked at the %(count)s groups.", remove="Leave them", keep="Leave them as they are",
    were_left="were left as they are",
)  # fmt: skip


def base_of(agency):
    return Base(edition=PositionGroup.objects.count())


def context(agency, base, limits, layouts):
    known = {code: Group(code, name) for code, name in PositionGroup.objects.values_list("code", "name")}
    return Context(known, layouts, limits)


def write_template(agency, offer):
    stamp = Stamp("groups", agency.code, year=0, version=0, edition=base_of(agency).edition, day=timezone.localdate())
    columns = [Column(column.header, must="Có") for column in LAYOUTS[0].columns]
    groups = PositionGroup.objects.order_by("code").values_list("code", "name")
    rows = [(number, *group) for number, group in enumerate(groups, start=1)]
    guide = Guide("Hướng dẫn", [("Nhận biết mẫu", stamp.line)], [], [])
    return make_template(stamp, guide, Table("NhomViTri", columns, rows))


def store(*, by, batch, base, missing):
    before = {}
    for row in rows_of(batch, RowClass.NEW, RowClass.CHANGED):
        code, name = row.values["code"], row.values["name"]
        before[code] = PositionGroup.objects.filter(code=code).values_list("name", flat=True).first()
        PositionGroup.objects.update_or_create(code=code, defaults={"name": name})
    packing.keep(batch, packing.BEFORE, before)


def plan_undo(batch):
    before = packing.stored(batch, packing.BEFORE)
    left = [LeftRow(row.values["code"], row.values["name"], "In use.") for row in rows_of(batch) if _is_used(row)]
    new = [code for code, name in before.items() if name is None]
    return UndoPlan(edition=base_of(batch.agency).edition, removed=len(new), left=left, work=before)


def _is_used(row):
    return PositionGroup.objects.filter(code=row.values["code"], positions__isnull=False).exists()


def undo(*, by, batch, plan):
    for code, name in plan.work.items():
        group = PositionGroup.objects.filter(code=code)
        group.update(name=name) if name else group.delete()


class Showing:
    headings = (Heading("Code"), Heading("Name"))

    def __init__(self, reader, agency):
        pass

    def cells(self, values):
        return values["code"], values["name"]

    def changes(self, changes):
        return [FieldChange(name, before, after) for name, (before, after) in changes.items()]

    def seen(self, by_field):
        return dict(by_field)


KIND = Kind(
    code="groups",
    words=WORDS,
    check=check,
    codes=CODES,
    base_of=base_of,
    layouts=lambda: LAYOUTS,
    context=context,
    offers=(Offer(LAYOUTS[0].code, "Position groups", "All of them."),),
    template_name="nhom-vi-tri",
    write_template=write_template,
    store=store,
    plan_undo=plan_undo,
    undo=undo,
    show=Showing,
    compared_with=lambda batch: "groups on record",
)

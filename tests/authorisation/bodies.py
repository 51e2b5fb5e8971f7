"""What is posted to each writing route of ours: a complete form, so that a refusal is about the person alone."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import rich_text

from api.v1.examples import examples_of
from catalog_pages.admin.forms import fingerprint
from catalog_pages.transparency.models import TransparencyDraft
from cms.assignments.away_parts import COLUMNS as ABSENCE_COLUMNS
from cms.catalogs.models import CONTENT_FIELDS, CatalogItem, CatalogRound, CatalogVersion, ExtraColumn
from cms.evaluations.enums import Step
from cms.frameworks.models import InputSet
from cms.notices.kinds import all_groups
from cms.organisations.models import Officer, PositionGroup
from cms.organisations.views.identity_numbers import COLUMNS
from cms.organisations.views.invitations import ADDRESS, CODE
from cms.organisations.workbooks import write_rows
from cms.scoring import shipped
from cms.scoring.canonical import canonical_bytes
from cms.scoring.definition import write_definition
from cms.users.enums import Role
from importers.models import ImportBatch
from tests.authorisation.asking import Json
from tests.authorisation.world import NO_ACCOUNT, STRANGE_HEADING, World, catalog_file, officers_file

Body = dict[str, Any]
REASON = "Sửa cho đúng"


def body(route_name: str, relation: str, world: World, method: str = "POST") -> Body:
    """Return the form for a route and a relation; an empty one for routes that need none."""
    make = _MAKERS.get(route_name if method == "POST" else f"{method} {route_name}")
    return make(world, relation) if make else {}


def _today() -> str:
    return f"{timezone.localdate():%d/%m/%Y}"


def _edition(world: World, relation: str) -> Body:
    version = CatalogVersion.objects.filter(pk=world.subjects[relation].version).first()
    return {"edition": version.edition if version else 0}


def _return(world: World, relation: str) -> Body:
    return _edition(world, relation) | {"reason": "Bổ sung đầu ra"}


def _decide(world: World, relation: str) -> Body:
    days = {"decision_date": _today(), "effective_from": _today()}
    return _edition(world, relation) | days | {"decision_number": "999/QĐ-UBND"}


def _procedure(world: World, relation: str) -> Body:
    own = {"name": "Quy trình đánh giá", "kinds": ["month"]}
    order = {"assess": ("1", "self"), "mark": ("2", "evaluate"), "decide": ("3", "classify")}
    steps = {f"order_{step}": place for step, (place, _actor) in order.items()}
    actors = {f"actor_{step}": "self" if step == "assess" else "uploader" for step in Step}
    return own | steps | actors | {f"actor_{step}": actor for step, (_place, actor) in order.items()}


def _clock(world: World, relation: str) -> Body:
    return {"name": "Báo cáo tiến độ", "months": ["3", "6"], "first_day": "5", "last_day": "10"}


def _judgement(world: World, relation: str) -> Body:
    return {"verdict": "same", "whole": "on", "edition": "0", "reason": REASON}


def _abbreviation(world: World, relation: str) -> Body:
    return {"letters": "CSVC", "written_out": "cơ sở vật chất", "note": REASON}


def _take_over(world: World, relation: str) -> Body:
    return {"because": REASON}


def _note(world: World, relation: str) -> Body:
    return {"text": "Ghi rõ đầu ra"}


def _seen(world: World, relation: str) -> Body:
    return {"act": "seen"}


def _decision_of_many(world: World, relation: str) -> Body:
    pdf = SimpleUploadedFile("qd.pdf", b"%PDF-1.7\n", "application/pdf")
    days = {"decision_date": _today(), "effective_from": _today()}
    chosen = {"version": [world.subjects["own_appraised"].version]}
    return {"number": "77/QĐ-UBND", "signer": "Chủ tịch UBND tỉnh", "file": pdf} | days | chosen


def _abandon_decision(world: World, relation: str) -> Body:
    return {"act": "abandon"}


def _assign(world: World, relation: str) -> Body:
    return {
        "act": "assign",
        "editor": world.people["editor"].pk,
        "agency": [world.subjects["own_submitted"].agency_code],
    }


def _notes(world: World, relation: str) -> Body:
    return _note(world, relation) | {"item": [world.subjects[relation].item]}


def frames() -> Body:
    """Return the frames of the five groups."""
    return {f"frame_{number}": str(100 * number) for number in range(1, 6)}


def _details(world: World, relation: str) -> Body:
    own = {"standard_unit": "Soạn thảo văn bản khác", "standard_score": "5", "divisor": "5", "year": "2026"}
    return own | frames() | {"legal_basis": "Nghị định 335", "reason": REASON}


def _new_item(world: World, relation: str) -> Body:
    values = {"code": "MOI.1", "field": "Tổng hợp", "task": "Nhiệm vụ", "name": "Báo cáo mới", "output": "Báo cáo"}
    return values | {"unit": "báo cáo", "unit_quantity": "1", "group": "1", "coefficient": "1,5", "reason": REASON}


def changed_item(item: CatalogItem | None) -> Body:
    """Return the form of an item with another note."""
    if item is None:
        return {}
    values = {name: _typed(getattr(item, name)) for name in CONTENT_FIELDS}
    return values | {"note": "Ghi chú khác", "seen": fingerprint(item), "reason": REASON}


def _typed(value: Any) -> str:
    return "" if value is None else str(value).replace(".", ",") if hasattr(value, "quantize") else str(value)


def _item(world: World, relation: str) -> Body:
    return changed_item(CatalogItem.objects.filter(pk=world.subjects[relation].item).first())


def _promotion(world: World, relation: str) -> Body:
    return _item(world, relation) | {"code": "DMC.900"}


def bulk(*items: int) -> Body:
    """Return a confirmed bulk edit of these items."""
    return {"item": list(items), "act": "edit", "confirm": "1", "set_note": "on", "note": "Cùng sửa", "reason": REASON}


def _bulk(world: World, relation: str) -> Body:
    return bulk(world.subjects[relation].item)


def _upload(world: World, relation: str) -> Body:
    return {"file": catalog_file("moi")}


def _commit(world: World, relation: str) -> Body:
    return {"missing": "keep"}


def _upload_by_api(world: World, relation: str) -> Body:
    return {"file": catalog_file("moi"), "agency": world.subjects["own"].agency_code}


def _nothing(world: World, relation: str) -> Body:
    return Json()


def _commit_by_api(world: World, relation: str) -> Body:
    batch = ImportBatch.objects.filter(pk=world.subjects[relation].batch).first()
    seen = batch.checked_at if batch else timezone.now()
    return Json(missing="keep", seen=seen.isoformat())


def _correct_by_api(world: World, relation: str) -> Body:
    return Json(sheet="Sheet", row=2, cells={"E": "2"})


def _item_by_api(world: World, relation: str) -> Body:
    return Json(code="API.001", task="Việc", name="Báo cáo", output="Báo cáo", group=1, coefficient="1", reason=REASON)


def _item_change_by_api(world: World, relation: str) -> Body:
    return Json(note="Đã rà soát", reason=REASON)


def _items_by_api(world: World, relation: str) -> Body:
    values = {name: value for name, value in _item_by_api(world, relation).items() if name != "reason"}
    return Json(mode="all", operations=[{"op": "add", "values": values}], reason=REASON)


def _details_by_api(world: World, relation: str) -> Body:
    return Json(legal_basis="Nghị định 335", reason=REASON)


def _return_by_api(world: World, relation: str) -> Body:
    return Json(reason="Bổ sung đầu ra")


def _decide_by_api(world: World, relation: str) -> Body:
    today = timezone.localdate().isoformat()
    return Json(decision_number="999/QĐ-UBND", decision_date=today, effective_from=today)


def _remark_by_api(world: World, relation: str) -> Body:
    return Json(text="Ghi rõ đầu ra")


def _correct(world: World, relation: str) -> Body:
    return {"sheet": "Sheet", "row": "2", "cell_5": "2", "back": "show=warning"}


def _columns(world: World, relation: str) -> Body:
    keys = ("code", "task", "output", "unit", "group", "coefficient", "note")
    return {"sheet": "Sheet", "row": "1"} | {f"column_{number}": key for number, key in enumerate(keys, start=1)}


def _mapping(world: World, relation: str) -> Body:
    return {"mapping": world.subjects[relation].mapping, "column": "note"}


def _columns_by_api(world: World, relation: str) -> Body:
    return Json(columns={STRANGE_HEADING: "note"})


def _mapping_by_api(world: World, relation: str) -> Body:
    return Json(column="note")


def _agency_add(world: World, relation: str) -> Body:
    place = {"parent": world.province.root.pk, "kind": "department", "block": "government"}
    return place | {"code": "so-moi", "name": "Sở Mới", "item_prefix": "SM"}


def _agency_edit(world: World, relation: str) -> Body:
    return {"name": "Xã Tên Mới", "kind": "commune", "block": "government", "item_prefix": "VH"}


def _agency_move(world: World, relation: str) -> Body:
    return {"parent": world.province.office.pk}


def _dissolve(world: World, relation: str) -> Body:
    return {"dissolved_on": _today()}


def _code(world: World, relation: str) -> Body:
    return {"value": "H49.77", "valid_from": _today()}


def grant(user: int, role: str, agency: int) -> Body:
    """Return the form that gives a role."""
    return {"user": user, "role": role, "agency": agency, "valid_from": _today()}


def _grant(world: World, relation: str) -> Body:
    return grant(world.people["nobody"].pk, Role.UPLOADER, world.province.office.pk)


def _reason(world: World, relation: str) -> Body:
    return {"reason": REASON}


def _account_add(world: World, relation: str) -> Body:
    return {"username": "nguoi-moi", "full_name": "Công chức 9999", "email": "moi@example.com"}


def _account_edit(world: World, relation: str) -> Body:
    return {"full_name": "Công chức 9998", "email": "khac@example.com"}


def _round(world: World, relation: str) -> Body:
    days = {"submit_by": "31/03/2027", "appraise_by": "30/04/2027", "approve_by": "31/05/2027"}
    unit = {"standard_unit": "Soạn thảo văn bản", "standard_score": "5"}
    return {"year": "2027", "name": f"Đợt {CatalogRound.objects.count()}"} | days | unit | frames()


def _column(world: World, relation: str) -> Body:
    return {"name": "Mức độ khẩn", "kind": "text", "audience": "offices", "in_use": "on"}


def _column_proposal(world: World, relation: str) -> Body:
    column = ExtraColumn.objects.get(key="noi_luu")
    return {"act": "confirm", "seen": column.proposed_at.isoformat() if column.proposed_at else ""}


def _figures(world: World, relation: str) -> Body:
    return {"note": "Số liệu quý", "seen": TransparencyDraft.objects.get().content_hash}


def _page(world: World, relation: str) -> Body:
    page = Page.objects.filter(pk=world.subjects[relation].page).first()
    text = {"title": "Tên khác", "slug": page.slug if page else "", "introduction": rich_text("<p>Lời dẫn</p>")}
    return text | {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}


def _framework(world: World, relation: str) -> Body:
    """Return a draft with next to nothing in it, which may be saved."""
    subject = world.subjects.get(relation)
    named = {"code": f"khung-{subject.framework if subject else 'moi'}", "name": "Khung tiêu chí", "subject": "officer"}
    return named | {f"{stream}-count": "0" for stream in ("basis", "sections", "rules", "classification")}


def _definition(world: World, relation: str) -> Body:
    data = write_definition(shipped.load("mau-01")) | {"code": "khung-gui-len"}
    return {"file": SimpleUploadedFile("khung.json", canonical_bytes(data))}


def _names(world: World, relation: str) -> Body:
    return {"code": "khung-moi", "name": "Khung mới"}


def _specialise(world: World, relation: str) -> Body:
    return _names(world, relation) | {"framework": "nd335", "agency": world.province.statistics.pk}


def _contract_staff(world: World, relation: str) -> Body:
    agency = world.province.statistics.pk
    return {"agency": agency, "covered": "yes", "valid_from": "01/06/2026", "document": "QĐ 12/2026"}


def _follow(world: World, relation: str) -> Body:
    return {"act": "follow"}


def _decision(world: World, relation: str) -> Body:
    return {"number": "12/QĐ-UBND", "signed_on": "20/12/2025", "signer": "Chủ tịch", "effective_from": "01/01/2026"}


def _review(world: World, relation: str) -> Body:
    return {"act": "approve", "comment": "Đồng ý"}


def _sources(world: World, relation: str) -> Body:
    return {"source": ["0" * 64], "compared_with": "Nghị định 335/2025/NĐ-CP"}


def _scores(world: World, relation: str) -> Body:
    return Json(examples_of("scores_preview")["one officer"]["body"])


def _periods(world: World, relation: str) -> Body:
    return Json(examples_of("scores_periods")["a year of quarters"]["body"])


def _caps(world: World, relation: str) -> Body:
    return Json(examples_of("scores_caps")["one agency"]["body"])


def _trial(world: World, relation: str) -> Body:
    return {"source": "stored", "stored": InputSet.objects.values_list("pk", flat=True).first()}


def _position_group(world: World, relation: str) -> Body:
    return {"code": "van-thu", "name": "Văn thư, lưu trữ", "note": ""}


def _officers(world: World, relation: str) -> Body:
    return {"file": officers_file()}


def _posting(world: World, relation: str) -> Body:
    agency = world.province.division if relation in ("own", "-") else world.province.office
    work = {"position": world.things["position"], "role": "staff", "valid_from": _today(), "reason": REASON}
    return work | {"agency": agency.pk}


def _delegation(world: World, relation: str) -> Body:
    manager = Officer.objects.get(pk=world.subjects["own"].officer).code
    people = {"from_officer": NO_ACCOUNT, "to_officer": manager}
    return people | {"kind": "named", "valid_from": _today(), "reason": REASON}


def _officer_add(world: World, relation: str) -> Body:
    return _posting(world, relation) | {"code": "CC-MOI", "name": "Công chức 9997", "category": "cadre"}


def _officer_edit(world: World, relation: str) -> Body:
    return {"name": "Công chức 9996", "category": "cadre"}


def _identity_numbers(world: World, relation: str) -> Body:
    officer = Officer.objects.get(pk=world.subjects["own"].officer)
    content = write_rows("SoDinhDanh", COLUMNS, [(officer.code, "012345678901")], {})
    return {"file": SimpleUploadedFile("so.xlsx", content)}


def _invitation(world: World, relation: str) -> Body:
    return {f"email-{NO_ACCOUNT}": "moi@example.org"}


def _invitation_list(world: World, relation: str) -> Body:
    content = write_rows("Tài khoản", (CODE, ADDRESS), [(NO_ACCOUNT, "moi@example.org")], {})
    return {"file": SimpleUploadedFile("tai-khoan.xlsx", content)}


def _end(world: World, relation: str) -> Body:
    return {"last_day": _today(), "reason": REASON}


def _work_give(world: World, relation: str) -> Body:
    posting = world.subjects[relation].posting
    return {f"people-{posting}-chosen": "on", "assigned": "1", "given_on": _today(), "due_on": _today()}


def _next_month() -> str:
    return f"{(timezone.localdate().replace(day=1) + datetime.timedelta(days=32)).replace(day=1):%Y-%m-%d}"


def _rule(world: World, relation: str) -> Body:
    posting = world.subjects[relation].posting
    return {f"people-{posting}-chosen": "on", "assigned": "1", "when": "weekly-5", "first_day": _today()}


def _copy_plan(world: World, relation: str) -> Body:
    code = Officer.objects.get(pk=world.subjects["own"].officer).code
    return {"month": _next_month(), "agency": world.province.division.pk, "officer": code}


def _template(world: World, relation: str) -> Body:
    return {"agency": world.subjects["own"].work_agency, "position": world.subjects["own"].work_position}


def _template_lines(world: World, relation: str) -> Body:
    item = CatalogItem.objects.filter(pk=world.subjects[relation].work_item).first()
    return {f"lines_asked-{item.identity if item else ''}-assigned": "2"}


def _template_apply(world: World, relation: str) -> Body:
    return {"month": _next_month(), "people": [world.subjects[relation].posting]}


def _absence(world: World, relation: str) -> Body:
    code = Officer.objects.get(pk=world.subjects["own"].officer).code
    return {"officer": code, "first_day": _today(), "last_day": _today(), "reason": REASON}


def _absences(world: World, relation: str) -> Body:
    officer, day = Officer.objects.get(pk=world.subjects["own"].officer), timezone.localdate()
    content = write_rows("VangMat", ABSENCE_COLUMNS, [(officer.code, "", day, day, REASON)], {})
    return {"file": SimpleUploadedFile("vang-mat.xlsx", content)}


def _hand_over(world: World, relation: str) -> Body:
    to = Officer.objects.get(code=NO_ACCOUNT).postings.get()
    return {"work": [world.subjects[relation].work], "to": to.pk, "reason": REASON}


def _period_open(world: World, relation: str) -> Body:
    # This month and the last one are open already.
    day = timezone.localdate().replace(day=1) - datetime.timedelta(days=40)
    return {"agency": world.province.statistics.pk, "kind": "month", "day": f"{day:%d/%m/%Y}"}


def _organisations_open(world: World, relation: str) -> Body:
    return {"agency": world.province.statistics.pk, "kind": "quarter", "day": _today()}


def _shortcoming(world: World, relation: str) -> Body:
    return {"source": "inspection", "words": "Chậm báo cáo", "document": "06/KL-TTr", "found_on": _today()}


def _figure(world: World, relation: str) -> Body:
    unit = world.province.division.pk
    return {"agency": unit, "code": "dti", "value": "0,5", "measured_on": _today(), "source": "Báo cáo 1/BC"}


def _figures_by_api(world: World, relation: str) -> Body:
    one = {"agency": world.province.division.code, "indicator": "dti", "value": "0.5", "source": "Báo cáo 1/BC"}
    return Json(figures=[one | {"measured_on": timezone.localdate().isoformat()}])


def _item_of_own(world: World) -> str:
    found = CatalogItem.objects.filter(version__catalog__agency=world.province.statistics, version__number=1)
    return str(found.latest("pk").identity)


def _dossier_file(world: World, relation: str) -> Body:
    return {"kind": "document", "file": SimpleUploadedFile("bao-cao.pdf", b"%PDF-1.7")}


def _remedy(world: World, relation: str) -> Body:
    return {"remedied_on": _today(), "remedy": "Đã báo cáo đủ", "document": "77/BC"}


def _work_edit(world: World, relation: str) -> Body:
    return {"assigned": "3", "due_on": _today(), "is_planned": "on", "reason": REASON}


def _plan_give(world: World, relation: str) -> Body:
    agency = world.province.statistics.pk
    return {"agency": agency, "giver": agency, "name": "Quyết toán", "given_on": _today(), "due_on": _today()}


def _plan_edit(world: World, relation: str) -> Body:
    return {"name": "Quyết toán quý", "due_on": _today()}


def _plan_report(world: World, relation: str) -> Body:
    return {"progress": "50", "result": "Đang làm"}


def _proposal(world: World, relation: str) -> Body:
    days = {"given_on": _today(), "due_on": _today()}
    subject = world.subjects["own"]
    return {"posting": subject.posting, "name": "Kiểm kê", "unit": "Bản", "quantity": "1", "reason": REASON} | days


def _work_correct(world: World, relation: str) -> Body:
    faults = {"quality_failures": "0", "late_occurrences": "0"}
    return faults | {"completed": "1", "done_on": _today(), "reason": REASON}


def _position(world: World, relation: str) -> Body:
    group = PositionGroup.objects.get(positions=world.things["position"])
    return {"code": "lai-xe", "name": "Lái xe", "kind": "support", "group": group.pk}


def _position_approval(world: World, relation: str) -> Body:
    return {"number": "12/QĐ-UBND", "approved_on": _today(), "effective_from": _today()}


def _client_add(world: World, relation: str) -> Body:
    what = {"name": "Phần mềm mới", "agency": world.province.commune.pk, "scopes": ["catalogs:read"]}
    return what | {"networks": "10.0.0.0/8", "last_day": _today()}


def _client_rotate(world: World, relation: str) -> Body:
    return {"last_day": _today()}


def _today() -> str:
    return timezone.localdate().isoformat()


def _message() -> dict[str, Any]:
    reported = {"version": 2, "changed_at": timezone.now().isoformat(), "person": "nv99", "kind": "VB", "state": "Mới"}
    return reported | {"given_on": _today(), "due_on": _today()}


def _message_by_api(world: World, relation: str) -> Body:
    return Json(**_message())


def _messages_by_api(world: World, relation: str) -> Body:
    return Json(system=world.subjects["own"].outside_system, messages=[_message() | {"outside_id": "CV-9"}])


def _system(world: World, relation: str) -> Body:
    agency = str(world.province.office.pk)
    return {
        "code": "moi", "name": "Hệ thống mới", "kind": "tasks", "order": "time", "agencies": [agency], "is_active": "on"
    }  # fmt: skip


def _webhook(world: World, relation: str) -> Body:
    return {"url": "https://localhost/moi", "types": ["catalog.version.published"]}


def _webhook_add(world: World, relation: str) -> Body:
    return {"client": world.things["api_client"], "url": "https://localhost/moi"}


def _webhook_since(world: World, relation: str) -> Body:
    return {"day": _today()}


_MAKERS: dict[str, Callable[[World, str], Body]] = {
    "surveys:links": lambda world, relation: {"number": "2", "agencies": "", "kind": "csv"},
    "inbox:emails": lambda world, relation: {group.key: "daily" for group in all_groups()},
    "message_log:text": lambda world, relation: {"subject": "Tệp {file}", "text": "Xem: {link}"},
    "curation:cluster": _judgement,
    "curation:take_over": _take_over,
    "curation:end_link": _reason,
    "curation:add_abbreviation": _abbreviation,
    "curation:abbreviation": _abbreviation,
    "api_clients:add": _client_add,
    "api_clients:rotate": _client_rotate,
    "api_clients:secret": _client_rotate,
    "api_clients:revoke": _reason,
    "webhooks:add": _webhook_add,
    "webhooks:edit": _webhook,
    "webhooks:off": _reason,
    "webhooks:again_since": _webhook_since,
    **{
        f"wagtailsnippets_frameworks_criteriaframework:{name}": _framework
        for name in ("add", "edit", "preview_on_add", "preview_on_edit", "revisions_revert")
    },
    "api_v1:scores-preview": _scores,
    "api_v1:scores-periods": _periods,
    "api_v1:scores-caps": _caps,
    "api_v1:version-items": _item_by_api,
    "api_v1:items-bulk": _items_by_api,
    "PATCH api_v1:item": _item_change_by_api,
    "DELETE api_v1:item": _nothing,
    "api_v1:catalog-versions": _nothing,
    "PATCH api_v1:version": _details_by_api,
    "DELETE api_v1:version": _nothing,
    "api_v1:submit": _nothing,
    "api_v1:withdraw": _nothing,
    "api_v1:return": _return_by_api,
    "api_v1:accept": _nothing,
    "api_v1:opinion": lambda world, relation: Json(words=REASON),
    "api_v1:decide": _decide_by_api,
    "api_v1:remarks": _remark_by_api,
    "api_v1:imports": _upload_by_api,
    "api_v1:import-abandon": _nothing,
    "api_v1:import-check-again": _nothing,
    "api_v1:import-commit": _commit_by_api,
    "api_v1:import-corrections": _correct_by_api,
    "api_v1:import-columns": _columns_by_api,
    "api_v1:import-undo": _nothing,
    "PATCH api_v1:mapping": _mapping_by_api,
    "DELETE api_v1:mapping": _nothing,
    "api_v1:webhook-replay": _nothing,
    "api_v1:assignment-report": lambda world, relation: Json(completed="1"),
    "api_v1:assignment-finish": lambda world, relation: Json(completed="1", done_on=_today()),
    "api_v1:assignment-evidence": lambda world, relation: Json(document_number="12/BC"),
    "api_v1:assignment-evidence-files": lambda world, relation: {
        "file": SimpleUploadedFile("bao-cao.pdf", b"%PDF-1.7")
    },
    "evaluations:dossier_add": _dossier_file,
    "personal:dossier_add": _dossier_file,
    "evaluations:dossier_withdraw": _reason,
    "personal:dossier_withdraw": _reason,
    "api_v1:assignment-confirm": _nothing,
    "api_v1:assignment-return": lambda world, relation: Json(reason=REASON),
    "api_v1:assignments-bulk": _messages_by_api,
    "PUT api_v1:assignment-outside": _message_by_api,
    "assignments:proposal_refuse": lambda world, relation: {"reason": REASON},
    "assignments:proposal_count": _nothing,
    "catalogs:proposal_take": lambda world, relation: {},
    "assignments:system_add": _system,
    "assignments:system_edit": _system,
    "assignments:name": lambda world, relation: {"is_ignored": "on"},
    "assignments:name_add": lambda world, relation: {"about": "state", "key": "Mới", "target": "give"},
    "assignments:names_paste": lambda world, relation: {"about": "state", "lines": "Mới\tgive\nXong\tfinish"},
    "assignments:messages_retry": _nothing,
    "assignments:message": lambda world, relation: {"act": "leave", "reason": REASON},
    "frameworks:base": _follow,
    "frameworks:contract_staff_choose": _contract_staff,
    "frameworks:copy": _names,
    "frameworks:issue": _decision,
    "frameworks:review": _review,
    "frameworks:sources": _sources,
    "frameworks:specialise": _specialise,
    "frameworks:trial_start": _trial,
    "frameworks:upload": _definition,
    "frameworks:upload_next": _definition,
    "position_groups:add": _position_group,
    "position_groups:edit": _position_group,
    "catalogs:details": _details,
    "catalogs:submit": _edition,
    "catalogs:withdraw": _edition,
    "importers:discard": _edition,
    "catalogs:accept": lambda world, relation: _edition(world, relation) | {"close_notes": "on"},
    "catalogs:close_note": _nothing,
    "catalogs:return": _return,
    "catalogs:opinion": lambda world, relation: {"text": REASON},
    "catalogs:step_add": lambda world, relation: {"block": "front", "order": "2", "name": "Hội đồng", "role": "editor"},
    "catalogs:step_edit": lambda world, relation: {"block": "front", "order": "1", "name": "Khác", "role": "editor"},
    "catalogs:decide": _decide,
    "catalogs:note": _note,
    "catalogs:item_note": _note,
    "catalogs:board": _assign,
    "catalogs:decision": _abandon_decision,
    "catalogs:decision_add": _decision_of_many,
    "catalogs:read_item": _seen,
    "catalogs:read_notes": _notes,
    "catalogs:item_add": _new_item,
    "catalogs:items_alike": lambda world, relation: {"name": "Việc không giống việc nào"},
    "catalogs:item": _item,
    "catalogs:items_bulk": _bulk,
    "catalogs:promote": _promotion,
    # The province of the table has no common list yet.
    "catalogs:take_over": lambda world, relation: {"common": str(uuid.uuid4())},
    "curation:choose_lists": lambda world, relation: {"per_agency": "yes", "reason": REASON},
    "importers:another_work": lambda world, relation: {"name": "Việc không giống việc nào"},
    "importers:upload": _upload,
    "importers:commit": _commit,
    "importers:upload_kind": _officers,
    "organisations:officer_add": _officer_add,
    "organisations:officer_edit": _officer_edit,
    "organisations:identity_upload": _identity_numbers,
    "organisations:officer_identity": lambda world, relation: {"number": "012345678902"},
    "organisations:officer_identity_read": lambda world, relation: {"reason": REASON},
    "organisations:officer_identity_remove": _nothing,
    "organisations:officer_post": _posting,
    "organisations:authority_add": lambda world, relation: {"block": "party"},
    "organisations:authority_edit": lambda world, relation: {"division-staff-classify": "head_above", "basis": REASON},
    "organisations:authority_issue": lambda world, relation: {
        # After the table that is in force from today.
        "effective_from": f"{timezone.localdate() + datetime.timedelta(days=1):%d/%m/%Y}",
        "decision_number": "99/QĐ",
    },
    "organisations:delegation_add": _delegation,
    "organisations:delegation_revoke": _reason,
    "organisations:invitation_add": _invitation,
    "organisations:invitation_upload": _invitation_list,
    "organisations:invitation_again": lambda world, relation: {"email": "moi@example.org"},
    **{
        f"{door}:{name}": make
        for door in ("assignments", "personal")
        for name, make in {
            "work_give": _work_give,
            "rule_add": _rule,
            "rule_edit": lambda world, relation: {"assigned": "2", "day": "4"},
            "copy_plan": _copy_plan,
            "template_add": _template,
            "template_edit": _template_lines,
            "template_apply": _template_apply,
            "absence_add": _absence,
            "absence_upload": _absences,
            "hand_over": _hand_over,
            "managed_edit": _work_edit,
            "managed_withdraw": _reason,
        }.items()
    },
    "questions:ask": lambda world, relation: {
        "agency": world.province.statistics.pk,
        "topic": world.things["question_topic"],
        "subject": REASON,
        "text": REASON,
    },
    "questions:answer": lambda world, relation: {"text": REASON},
    "questions:follow_up": lambda world, relation: {"text": REASON},
    "questions:pass_on": lambda world, relation: {"to": world.people["approver"].pk},
    "questions:publish": lambda world, relation: {"asked": REASON, "answer": REASON},
    "questions:topic_add": lambda world, relation: {"name": REASON, "days": "3"},
    "questions:topic_edit": lambda world, relation: {"name": REASON, "days": "3"},
    "assignments:day_off_add": lambda world, relation: {"day": _today(), "name": "Ngày hội"},
    "assignments:work_edit": _work_edit,
    "assignments:plan_give": _plan_give,
    "assignments:plan_edit": _plan_edit,
    "assignments:plan_withdraw": _reason,
    "assignments:plan_report": _plan_report,
    "assignments:plan_confirm": lambda world, relation: {"quality_met": "on", "effect_met": "on"},
    "assignments:plan_return": _reason,
    "assignments:plan_correct": lambda world, relation: {"done_on": _today(), "reason": REASON},
    "personal:proposals": _proposal,
    "personal:notices": lambda world, relation: {},
    "personal:team": lambda world, relation: {},
    "personal:team_person": lambda world, relation: {"reason": REASON},
    "assignments:work_withdraw": _reason,
    "assignments:work_confirm": lambda world, relation: {"quality_failures": "0", "late_occurrences": "0"},
    "assignments:work_confirm_many": lambda world, relation: {"work": [world.subjects["own"].work_done]},
    "assignments:work_return": _reason,
    "assignments:work_correct": _work_correct,
    "check_receipt": lambda world, relation: {"code": "0000-0000-0000-0000-0000", "total": "87,18"},
    "evaluations:cap_decision": lambda world, relation: {
        "kind": "exception",
        "number": "15/QĐ-UBND",
        "signed_on": _today(),
        "reason": REASON,
    },
    "evaluations:open": _period_open,
    "evaluations:board": lambda world, relation: {"agency": [world.province.commune.code], "send": ""},
    "evaluations:add_procedure": lambda world, relation: {"code": "tu-lap", "name": "Quy trình tự lập"},
    "evaluations:edit_procedure": _procedure,
    "evaluations:issue_procedure": lambda world, relation: {"effective_from": _today(), "decision_number": "5/QĐ"},
    "evaluations:add_clock": _clock,
    "evaluations:edit_clock": _clock,
    "evaluations:grant_special": lambda world, relation: {
        "agency": world.province.commune.pk,
        "year": "2026",
        "document": "12/UBND-NC",
    },
    "evaluations:open_organisations": _organisations_open,
    "evaluations:add_shortcoming": _shortcoming,
    "evaluations:remedy_shortcoming": _remedy,
    "evaluations:withdraw_shortcoming": _reason,
    "evaluations:withdraw_figure": _reason,
    "evaluations:add_figure": _figure,
    "api_v1:outside-figures-bulk": _figures_by_api,
    "api_v1:proposals": lambda world, relation: Json(
        agency=world.province.statistics.code, kind="end", identity=_item_of_own(world), reason=REASON
    ),
    "api_v1:proposal-answer": lambda world, relation: Json(answer="agrees"),
    "api_v1:proposal-judge": lambda world, relation: Json(outcome="refused", reason=REASON),
    "api_v1:proposal-take-out": lambda world, relation: Json(),
    "api_v1:proposal-again": lambda world, relation: Json(reason=REASON),
    "api_v1:change-sets": lambda world, relation: Json(name="Bộ quý II"),
    "api_v1:change-set-gather": lambda world, relation: Json(proposals=[world.things["item_proposal"]]),
    "api_v1:change-set-close": lambda world, relation: Json(),
    "api_v1:change-set-reopen": lambda world, relation: Json(reason=REASON),
    "api_v1:change-set-remind": lambda world, relation: Json(),
    "api_v1:change-set-finish": lambda world, relation: Json(),
    "api_v1:change-set-undo": lambda world, relation: Json(reason=REASON),
    "api_v1:change-set-release": lambda world, relation: Json(),
    "api_v1:likeness": lambda world, relation: Json(works=[{"name": "Cấp giấy phép xây dựng"}]),
    "api_v1:cluster-judge": lambda world, relation: Json(verdict="same", edition=0),
    "api_v1:cluster-take": lambda world, relation: Json(),
    "api_v1:cluster-release": lambda world, relation: Json(),
    "api_v1:judgement-undo": lambda world, relation: Json(),
    "evaluations:excuse": _reason,
    "evaluations:find": lambda world, relation: {"code": "disciplined", "document": "QĐ 7/QĐ-SNV"},
    "evaluations:withdraw_finding": _reason,
    "evaluations:propose_reopening": _reason,
    "evaluations:appoint_reviewer": lambda world, relation: {"code": world.people["officer"].officer.code},
    "evaluations:order_verification": lambda world, relation: {"content": REASON},
    "evaluations:conclude_verification": lambda world, relation: {"conclusion": REASON},
    "evaluations:propose_cancellation": lambda world, relation: {
        "ground": "fault",
        "document": "KL 1/KL-TTr",
        "reason": REASON,
    },
    "personal:object": lambda world, relation: {"grounds": REASON},
    "personal:review": lambda world, relation: {"outcome": "upheld", "reasons": REASON},
    "assignments:claim_decide": lambda world, relation: {"outcome": "refused", "answer": REASON},
    "personal:reminders": lambda world, relation: {
        "late": "on",
        "before_days": "3",
        "quiet_from": "20",
        "quiet_until": "6",
    },
    "personal:claim": lambda world, relation: {"outcome": "refused", "answer": REASON},
    "personal:work_claim": lambda world, relation: {"about": "late", "cause": "partner", "statement": REASON},
    "personal:work_evidence_add": lambda world, relation: {"document_number": "12/BC-TK"},
    "personal:work_evidence_withdraw": lambda world, relation: {"reason": REASON},
    "personal:work_detail": lambda world, relation: {"completed": "1", "progress": ""},
    "organisations:posting_edit": _posting,
    "organisations:posting_transfer": _posting,
    "organisations:posting_end": _end,
    "organisations:position_add": _position,
    "organisations:position_edit": _position,
    "organisations:position_approve": _position_approval,
    "importers:correct": _correct,
    "importers:columns": _columns,
    "importers:mappings": _mapping,
    "organisations:agency_add": _agency_add,
    "organisations:agency_edit": _agency_edit,
    "organisations:agency_move": _agency_move,
    "organisations:agency_dissolve": _dissolve,
    "organisations:agency_code_add": _code,
    "organisations:membership_grant": _grant,
    "organisations:membership_refuse": _reason,
    "organisations:membership_revoke": _reason,
    "organisations:account_add": _account_add,
    "organisations:account_edit": _account_edit,
    "organisations:account_closing": _reason,
    "organisations:account_password": _reason,
    "organisations:account_second_factor": _reason,
    "organisations:account_release": _reason,
    "organisations:account_unlink": _reason,
    "transparency:publish": _figures,
    "rounds:add": _round,
    "rounds:edit": _round,
    "catalogs:column_proposal": _column_proposal,
    "columns:add": _column,
    "columns:edit": _column,
    "wagtailadmin_pages:edit": _page,
    "wagtailadmin_pages:revisions_revert": _page,
}

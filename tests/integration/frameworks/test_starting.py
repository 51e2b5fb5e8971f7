"""Frameworks that begin as a copy, as an agency's own of the province's, or from a definition as a file."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from cms.audit.models import AuditEvent
from cms.frameworks import actions, conversion
from cms.frameworks.models import CriteriaFramework
from cms.scoring import shipped
from cms.scoring.canonical import canonical_bytes
from cms.scoring.definition import write_definition
from cms.users.models import User
from tests.factories.agencies import Province
from tests.factories.frameworks import draft_of, published, submitted, tried, version_of, written

pytestmark = pytest.mark.django_db
People = dict[str, User]


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="cms.organisations.backends.MembershipBackend")
    return client


def sent(person: User, content: bytes, framework: CriteriaFramework | None = None) -> Any:
    """Send a definition as a file: a new framework, or the next draft of one."""
    name, arguments = ("upload_next", [framework.pk]) if framework else ("upload", [])
    file = SimpleUploadedFile("khung.json", content, content_type="application/json")
    return signed_in(person).post(reverse(f"frameworks:{name}", args=arguments), {"file": file})


def data_of(shipped_code: str = "mau-01", /, **changes: Any) -> bytes:
    return json.dumps(write_definition(shipped.load(shipped_code)) | changes, ensure_ascii=False).encode()


def count() -> int:
    return CriteriaFramework.objects.count()


# Out and in


def test_what_goes_out_comes_in_the_same(people: People) -> None:
    framework = draft_of("nghe-an")
    out = signed_in(people["editor"]).get(reverse("frameworks:draft_json", args=[framework.pk]))
    content = out.content.replace(b'"code":"nghe-an"', b'"code":"nghe-an-2"')

    answer = sent(people["editor"], content)

    new = CriteriaFramework.objects.get(code="nghe-an-2")
    assert out["Content-Disposition"] == 'attachment; filename="nghe-an-ban-nhap.json"'
    assert answer.url == reverse("wagtailsnippets_frameworks_criteriaframework:edit", args=[new.pk])
    assert canonical_bytes(conversion.definition_data(new)) == content
    assert (new.live, new.agency, new.get_latest_revision().user) == (False, None, people["editor"])
    assert AuditEvent.objects.filter(action="framework.import").count() == 1


def test_a_version_goes_out_as_the_bytes_that_were_hashed(people: People) -> None:
    version = published("nd335")

    out = signed_in(people["approver"]).get(reverse("frameworks:version_json", args=[version.framework_id, 1]))

    assert out.content.decode() == version.content


def test_the_next_draft_keeps_the_code_and_the_history(people: People) -> None:
    framework = draft_of("nd335")

    sent(people["editor"], data_of("truong-hoc"), framework)

    draft = CriteriaFramework.objects.get().get_latest_revision_as_object()
    assert draft.code == "nd335"
    assert [each.block_type for each in draft.sections] == ["criteria", "indicators", "bonus", "deduction"]
    assert framework.revisions.count() == 2


def test_numbers_with_a_point_are_taken_exactly(people: People) -> None:
    content = data_of(code="moi").replace(b'"max": "0.75"', b'"max": 0.75')

    sent(people["editor"], content)

    assert '"max": "0.75"' in json.dumps(conversion.definition_data(CriteriaFramework.objects.get()))


def test_every_problem_is_told_with_its_place_and_nothing_is_written(people: People) -> None:
    data = write_definition(shipped.load("nd335"))
    data["sections"][0]["max"] = "ba mươi"
    data["sections"][1]["indicators"][0]["measure"] = "đoán"
    data["them"] = 1

    answer = sent(people["editor"], json.dumps(data).encode())

    problems = {each["path"]: each for each in answer.context["problems"]}
    assert answer.status_code == 400
    assert set(problems) == {"sections[0].max", "sections[1].indicators[0].measure", "them"}
    assert "Tiêu chí chung" in problems["sections[0].max"]["place"]
    assert count() == 0
    assert not AuditEvent.objects.filter(action="framework.import").exists()


DEEP = b'{"sections":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
HOSTILE = {
    "nothing": b"",
    "no JSON": b"<html></html>",
    "not UTF-8": b'{"name": "\xff\xfe"}',
    "not an object": b"[1, 2]",
    "a float without an end": b'{"name": NaN}',
    "a number of a million digits": b'{"name": ' + b"9" * 1_000_000 + b"}",
    "deeper than any reader": DEEP,
    "criteria in criteria": b'{"sections":[' + b'{"criteria":[' * 300 + b"]}" * 300 + b"]}",
    "half a character": data_of(code="moi").replace(b'"name": "', b'"name": "\\ud800', 1),
    "a NUL": data_of(code="moi", name="a\0b"),
    "a code for a path": data_of(code="../../x"),
    "a code with letters that no address takes": data_of(code="khung.đ"),
    "thousands of unknown keys": json.dumps({f"k{number}": 1 for number in range(20_000)}).encode(),
    "a title longer than a page": data_of(sections=[{"title": "x" * 900_000, "max": "?", "kind": "?"}]),
    "larger than the limit": b" " * (2 * 1024 * 1024 + 1),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_in_words(people: People, content: bytes) -> None:
    answer = sent(people["editor"], content)

    assert answer.status_code == 400
    assert len(answer.content) < 600_000
    assert count() == 0


def test_markup_in_a_file_is_shown_as_text(people: People) -> None:
    sections = [{"title": "<script>alert(1)</script>", "kind": "<b>"}]

    shown = sent(people["editor"], data_of(sections=sections)).content.decode()

    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_a_code_in_use_is_refused(people: People) -> None:
    draft_of("nd335")

    answer = sent(people["editor"], data_of("nd335"))

    assert answer.status_code == 400
    assert "nd335" in str(answer.context["form"].non_field_errors())
    assert count() == 1


def test_what_waits_for_approval_is_not_overwritten_by_a_file(people: People) -> None:
    framework = written(draft_of("nd335"), people["editor"])
    framework = submitted(framework, people["editor"])

    answer = sent(people["editor"], data_of("truong-hoc"), framework)

    assert answer.status_code == 400
    assert framework.revisions.count() == 2


def test_an_agencys_own_draft_is_written_by_its_head_alone(people: People, province: Province) -> None:
    own = specialised(people, province)

    assert sent(people["other_agency_head"], data_of("nd335"), own).status_code == 404
    assert sent(people["approver"], data_of("nd335"), own).status_code == 400
    assert own.revisions.count() == 1
    assert sent(people["agency_head"], data_of("nd335"), own).status_code == 302
    assert own.revisions.count() == 2


# Copies


def test_a_copy_says_what_the_draft_says_now(people: People) -> None:
    framework = written(draft_of("nghe-an"), people["editor"], name="Bản nháp mới")
    client = signed_in(people["editor"])
    address = reverse("frameworks:copy", args=[framework.pk])

    assert client.get(address).context["form"]["name"].value().endswith("Bản nháp mới")
    client.post(address, {"code": "ban-sao", "name": "Bản sao"})

    made = CriteriaFramework.objects.get(code="ban-sao")
    expected = conversion.definition_data(framework.get_latest_revision_as_object())
    assert conversion.definition_data(made) == expected | {"code": "ban-sao", "name": "Bản sao"}
    assert AuditEvent.objects.filter(action="framework.copy").get().reason == "nghe-an"


# An agency's own


def specialised(people: People, province: Province, code: str = "nghe-an") -> CriteriaFramework:
    base = published(code).framework
    return actions.specialise(
        by=people["agency_head"], framework=base, agency=province.statistics, code="rieng", name="Khung riêng"
    )


def make_own(person: User, **form: Any) -> HttpResponse:
    return signed_in(person).post(reverse("frameworks:specialise"), form)


def test_a_head_makes_the_own_framework_of_the_province(people: People, province: Province) -> None:
    published("nghe-an")
    draft_of("tay-ninh")
    client = signed_in(people["agency_head"])

    form = client.get(reverse("frameworks:specialise")).context["form"]
    assert [each.code for each in form.fields["framework"].queryset] == ["nghe-an"]
    assert form["agency"].value() == province.statistics.pk
    make_own(
        people["agency_head"], framework="nghe-an", agency=province.statistics.pk, code="rieng", name="Khung riêng"
    )

    own = CriteriaFramework.objects.get(code="rieng")
    assert (own.agency, own.base.code if own.base else "") == (province.statistics, "nghe-an")
    assert AuditEvent.objects.filter(action="framework.specialise").get().agency_code == province.statistics.code


@pytest.mark.parametrize("framework", ["tay-ninh", "rieng-khac", "khong-co"])
def test_only_published_frameworks_of_the_province_can_be_made_ones_own(
    people: People, province: Province, framework: str
) -> None:
    base = published("nghe-an").framework
    draft_of("tay-ninh")
    version_of(
        actions.specialise(
            by=people["editor"], framework=base, agency=province.office, code="rieng-khac", name="Của cơ quan khác"
        )
    )

    make_own(people["agency_head"], framework=framework, agency=province.statistics.pk, code="rieng", name="Riêng")

    assert not CriteriaFramework.objects.filter(code="rieng").exists()


def test_nobody_makes_one_for_anothers_agency(people: People, province: Province) -> None:
    published("nghe-an")

    make_own(people["agency_head"], framework="nghe-an", agency=province.office.pk, code="rieng", name="Riêng")

    assert not CriteriaFramework.objects.filter(code="rieng").exists()


def with_own_indicators(own: CriteriaFramework, head: User) -> CriteriaFramework:
    """Fill the open section of results with indicators of the agency's own."""
    sections = conversion.definition_data(own.get_latest_revision_as_object())["sections"]
    result = next(each for each in sections if each["code"] == "result")
    result["indicators"].append(
        {"code": "ho-so", "title": "Tỷ lệ hồ sơ đúng hạn của Chi cục", "measure": "outside", "weight": "20"}
    )
    return written(own, head, sections=sections)


def test_own_indicators_inside_an_open_section_are_published(people: People, province: Province) -> None:
    own = with_own_indicators(specialised(people, province), people["agency_head"])
    tried(own, people["agency_head"])

    own.get_latest_revision().publish(user=people["approver"])

    (version,) = own.versions.all()
    assert "ho-so" in version.content


OUTSIDE: dict[str, Any] = {
    "sections[0]": lambda data: data["sections"][0]["criteria"][0].update(title="Khác"),
    "sections[1]": lambda data: data["sections"][1].update(max="60"),
    "sections": lambda data: data["sections"].reverse(),
    "classification": lambda data: data["classification"]["levels"][0].update({"from": "95"}),
    "rounding": lambda data: data["rounding"]["places"].update(value="1"),
    "work.denominator": lambda data: data["work"]["denominator"].update(value="completed"),
}


@pytest.mark.parametrize("place", OUTSIDE)
def test_anything_else_is_refused_with_its_place(people: People, province: Province, place: str) -> None:
    own = specialised(people, province)
    data = conversion.definition_data(own)
    OUTSIDE[place](data)
    own = written(own, people["agency_head"], **data)

    found = actions.problems_of(own.get_latest_revision_as_object())

    outside = [each for each in found if each.code in ("outside_limits", "section_outside_limits")]
    assert [each.path for each in outside] == [place]


def test_a_setting_that_the_province_opens_is_the_agencys_to_choose(people: People, province: Province) -> None:
    base = published("nghe-an", open_to_agencies={"sections": [], "settings": ["denominator"]}).framework
    own = actions.specialise(
        by=people["agency_head"], framework=base, agency=province.statistics, code="rieng", name="Khung riêng"
    )
    data = conversion.definition_data(own)
    data["work"]["denominator"]["value"] = "completed"

    own = written(own, people["agency_head"], **data)

    assert actions.problems_of(own.get_latest_revision_as_object()) == []

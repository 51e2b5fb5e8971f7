"""The calculator: fields follow from the framework, problems stand beside their fields, nothing is stored."""

import json
import re

import pytest
from django.http import QueryDict
from django.urls import reverse

from cms.frameworks.conversion import fill
from cms.frameworks.models import InputSet, Trial
from cms.frameworks.views.calculator_form import CalculationBasis, CalculatorForm
from cms.scoring import shipped
from cms.scoring.definition import read_definition, write_definition
from cms.scoring.vocabulary import vocabulary_of
from tests.english import english_in, read_texts
from tests.factories.frameworks import draft_of, published

LINE = {"work[1].title": "Báo cáo", "work[1].assigned": "10", "work[1].completed": "8", "work[1].coefficient": "1,5"}
PERSON = {"role": "staff", "id": "Công chức 0001", "common": "27,5", "row_count": "5", **LINE}


@pytest.fixture
def address(client, people):
    """Return the calculator of the decree's draft, with its editor signed in."""
    client.force_login(people["editor"], backend="cms.organisations.backends.MembershipBackend")
    return reverse("frameworks:calculator", args=[draft_of("nd335").pk])


def text_of(answer) -> str:
    return " ".join(read_texts(answer.content.decode()))


def form_of(code: str, role: str = "staff", **typed: str) -> CalculatorForm:
    data = QueryDict(mutable=True)
    data.update({"role": role} | typed)
    return CalculatorForm(data, chosen=CalculationBasis(shipped.load(code)), role=role, position_group="", rows=5)


def calculated(code: str, role: str = "staff", **typed: str) -> CalculatorForm:
    form = form_of(code, role, **typed)
    form.is_valid()
    return form


def test_a_calculation_shows_the_receipt_below_the_form_and_stores_nothing(client, address):
    answer = client.post(address, PERSON | {"act": "calculate"})

    shown = text_of(answer)
    assert "Tổng 83,50 điểm" in shown and "(1,5 × 8) : (1,5 × 10)" not in shown
    assert "12 : 15 = 80%" in shown
    assert "Bản tính thử, số liệu tự nhập, không dùng để xếp loại" in shown
    assert 'value="27,5"' in answer.content.decode()
    assert english_in(answer.content.decode()) == []
    assert not InputSet.objects.exists() and not Trial.objects.exists()


def test_a_receipt_leads_to_what_the_articles_say_that_it_cites(client, address):
    answer = client.post(address, PERSON | {"act": "calculate", "common": "30", "work[1].completed": "10"})

    shown = answer.content.decode()
    assert {f"/nghi-dinh-335/#dieu-{no}" for no in (12, 14, 16, 17, 20)} <= set(
        re.findall(r'href="(/nghi[^"]*)"', shown)
    )
    assert "Tỷ lệ tối đa của mức “Hoàn thành xuất sắc nhiệm vụ” là 20%" in text_of(answer)


def test_the_days_that_were_judged_stand_in_the_receipt(client, address):
    quarter = {"period.from": "01/01/2026", "period.to": "31/03/2026"}

    shown = text_of(client.post(address, PERSON | quarter | {"act": "calculate"}))
    wrong = client.post(address, PERSON | quarter | {"period.to": "31/12/2025", "act": "calculate"})

    assert "Quý I/2026 (từ 01/01/2026 đến 31/03/2026)" in shown
    assert wrong.status_code == 400 and "Ngày kết thúc trước ngày bắt đầu." in text_of(wrong)
    assert "Chưa nêu; nơi gửi không cho biết kỳ" in text_of(client.post(address, PERSON | {"act": "calculate"}))


def test_the_same_calculation_comes_as_a_file(client, address):
    answer = client.post(address, PERSON | {"act": "json"})

    result = json.loads(answer.content)
    assert (result["id"], result["total"], result["level"]) == ("Công chức 0001", "83.50", "good")
    assert answer["Content-Disposition"] == 'attachment; filename="nd335.json"'


def test_every_problem_stands_beside_its_field(client, address):
    typed = {"common": "31", "work[1].completed": "abc", "work[1].coefficient": "", "indicators.a": "90"}

    answer = client.post(address, PERSON | typed | {"act": "calculate"})

    errors = answer.context["form"].errors
    assert answer.status_code == 400
    assert set(errors) == {"common", "work[1].completed", "work[1].coefficient", "indicators.a"}
    assert errors["common"] == ["Giá trị không được quá 30."]
    assert errors["indicators.a"][0].startswith("“Dòng công việc”")


def test_rows_are_added_without_losing_what_was_typed(client, address):
    html = client.post(address, PERSON | {"act": "rows"}).content.decode()

    assert 'name="work[9].assigned"' in html and 'name="work[10].assigned"' not in html
    assert re.search(r'name="work\[1\].title" value="Báo cáo"', html)
    assert "Phải có" not in html


def test_another_role_has_another_form(client, address):
    assert "indicators.d" not in client.get(address).content.decode()

    html = client.post(address, PERSON | {"role": "head", "act": "form"}).content.decode()

    assert 'name="indicators.d"' in html
    assert 'value="27,5"' in html


def test_there_is_an_end_to_rows_and_nonsense_in_their_number_is_harmless(client, address):
    many = client.post(address, {"row_count": "999", "act": "rows"})
    nonsense = client.post(address, {"row_count": "²", "role": "vua", "act": "rows"})

    assert many.context["form"].rows == 100
    assert not many.context["form"].can_add_rows
    assert nonsense.context["form"].role == "staff"


def test_a_published_version_is_calculated_with_by_whoever_works_on_any_framework(client, people):
    version = published("lao-cai")
    client.force_login(people["agency_head"], backend="cms.organisations.backends.MembershipBackend")
    address = reverse("frameworks:version_calculator", args=[version.pk])

    typed = {"indicators.a": "100", "indicators.b": "100", "indicators.c": "100", "indicators.hai_long": "n/a"}
    fields = client.get(address).context["form"].fields
    typed = {name: value for name, value in typed.items() if name in fields}
    answer = client.post(address, {"role": "staff", "common": "30", "act": "json"} | typed)

    receipt = json.loads(answer.content)["receipt"]
    assert (receipt["framework"]["version"], receipt["framework"]["hash"]) == (1, version.content_hash)


@pytest.mark.parametrize("code", shipped.codes())
def test_every_shipped_framework_has_a_form_for_every_role(code, db):
    definition = shipped.load(code)

    for role in definition.roles:
        form = calculated(code, role)
        assert not form.errors and form.score is not None
        assert form.score.status in ("insufficient_data", "blocked")
        assert [field.html_name for part in form.shown_parts for field in part.fields if not field.label] == []


def test_marks_of_every_kind_are_read_as_they_are_typed(db):
    form = calculated(
        "mau-01", **{"indicators.a": "100", "indicators.b": "99,5", "indicators.c": "100", "settings.denominator": ""}
    )

    assert not form.errors
    assert form.score.components[1].percent * 2 == 199


def test_what_does_not_apply_may_be_said_in_words(db):
    known = vocabulary_of(shipped.load("nghe-an")).indicators
    figure = next(code for code, each in known.items() if each.measure in ("survey", "outside"))
    form = calculated("nghe-an", "head", **{f"indicators.{figure}": "Không áp dụng"})

    assert form.cleaned_data[f"indicators.{figure}"] == "n/a"


def test_settings_that_the_framework_leaves_open_are_chosen_for_the_calculation(db):
    line = {"work[0].assigned": "10", "work[0].completed": "5", "work[0].coefficient": "1", "common": "30"}

    asked = [calculated("nd335", **line, **{"settings.denominator": each}) for each in ("assigned", "completed")]

    assert [form.score.components[1].percent for form in asked] == [50, 100]


def test_days_late_are_asked_for_where_the_framework_counts_them(db):
    data = write_definition(shipped.load("nd335"))
    data["work"]["late_counted"]["value"] = "days"
    data["work"]["late_bands"] = [{"from_days": "1", "points_off": "10"}]
    definition, _problems = read_definition(data)
    typed = QueryDict(mutable=True)
    line = {"work[0].assigned": "10", "work[0].completed": "10", "work[0].coefficient": "1"}
    typed.update({"role": "staff", "common": "30", **line, "work[0].days_late": "3"})

    form = CalculatorForm(typed, chosen=CalculationBasis(definition), role="staff", position_group="", rows=5)

    assert form.is_valid(), form.errors
    assert form.score.subject.work[0].days_late == 3
    assert [(each.plan.indicator.code, each.percent) for each in form.score.components][-1] == ("c", 90)
    assert "work[0].late_occurrences" not in form.fields
    assert "work[0].days_late" not in form_of("nd335").fields


def asking(word: str) -> CalculationBasis:
    marks = {"marks": {"asks_when_cut": {"value": word, "citation": "Kế hoạch của tỉnh"}}}
    return CalculationBasis(read_definition(write_definition(shipped.load("nd335")) | marks)[0])


def asked(word: str, **typed: str) -> CalculatorForm:
    data = QueryDict(mutable=True)
    data.update({"role": "staff", **LINE} | typed)
    form = CalculatorForm(data, chosen=asking(word), role="staff", position_group="", rows=5)
    form.is_valid()
    return form


def test_comments_and_evidence_have_fields_where_the_framework_asks_for_them(db):
    beside = [name for name in asked("both").fields if name.startswith(("comments.", "evidence."))]

    assert "comments.common" in beside and "evidence.I.1" in beside
    assert not [name for name in form_of("nd335").fields if name.startswith(("comments.", "evidence."))]
    assert not [name for name in asked("comment").fields if name.startswith("evidence.")]


def test_what_is_typed_beside_a_mark_is_scored_with_it(db):
    said = {"comments.common": "Chậm\r\nhai việc", "evidence.common": " 12/BC-VP \r\n\r\n13/BC-VP"}
    form = asked("both", common="27,5", **said)

    assert not form.errors
    assert form.score.status == "scored"
    assert form.score.subject.comments == {"common": "Chậm\nhai việc"}
    assert form.score.subject.evidence == {"common": ("12/BC-VP", "13/BC-VP")}
    assert asked("both", common="27,5").score.status == "blocked"


def test_a_comment_without_a_place_is_told_beside_its_field(db):
    assert set(asked("comment", common="27,5", **{"comments.I.1": "x"}).errors) == {"comments.I.1"}
    assert set(asked("comment", **{"comments.common": "x"}).errors) == {"comments.common"}


def test_a_comment_that_is_markup_is_shown_as_text(client, people):
    client.force_login(people["editor"], backend="cms.organisations.backends.MembershipBackend")
    draft = draft_of("nd335")
    marks = {"marks": {"asks_when_cut": {"value": "both", "citation": "Kế hoạch của tỉnh"}}}
    fill(draft, write_definition(shipped.load("nd335")) | marks)
    draft.save_revision()
    said = {"comments.common": "<script>alert(1)</script>", "evidence.common": "javascript:alert(1)"}

    answer = client.post(reverse("frameworks:calculator", args=[draft.pk]), PERSON | said | {"act": "calculate"})

    shown = answer.content.decode()
    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)" in shown.partition('id="fw-receipt"')[2]
    assert 'href="javascript:' not in shown
    assert "no-store" in answer["Cache-Control"] or "private" in answer["Cache-Control"]

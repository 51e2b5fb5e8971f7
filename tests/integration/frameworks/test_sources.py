"""What is noted about a source stays inside; what waits to be confirmed keeps a framework from the public."""

from __future__ import annotations

import datetime
import json
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog_pages.open_data.datasets import rows_at
from catalog_pages.open_data.moments import Moment
from cms.audit.models import AuditEvent
from cms.core.errors import DomainError, NotAllowed
from cms.frameworks import actions
from cms.frameworks.conversion import definition_data
from cms.frameworks.errors import NotPublishable, SourceNotConfirmed
from cms.frameworks.models import CriteriaFramework, SourceConfirmation
from cms.frameworks.sources import digest_of, sources_of
from cms.frameworks.trials.sample import sample_subjects
from cms.scoring import shipped
from cms.users.models import User
from tests.factories.frameworks import published, tried, written

pytestmark = pytest.mark.django_db
People = dict[str, User]
DOCUMENT = "Nghị định 335/2025/NĐ-CP, bản ký ngày 21/12/2025"
INNER = re.compile(r"chờ xác nhận|chờ hướng dẫn|đối chiếu|docs/|plans/|dòng \d|\.txt|mới có một nguồn")


def loaded(people: People) -> CriteriaFramework:
    framework = actions.load_shipped(by=people["editor"], code="nd335")
    assert framework is not None
    tried(framework, people["editor"])
    return framework


def draft(framework: CriteriaFramework) -> CriteriaFramework:
    found: CriteriaFramework = CriteriaFramework.objects.get(pk=framework.pk).get_latest_revision_as_object()
    return found


def waiting(framework: CriteriaFramework) -> list[str]:
    return [digest_of(each.text) for each in sources_of(definition_data(draft(framework))).waiting]


def codes(framework: CriteriaFramework) -> set[str]:
    return {each.code for each in actions.problems_of(draft(framework))}


def sources_url(framework: CriteriaFramework) -> str:
    return reverse("frameworks:sources", args=[framework.pk])


def test_a_source_that_waits_keeps_the_framework_from_being_published(people: People) -> None:
    framework = loaded(people)

    with pytest.raises(NotPublishable) as refused:
        actions.require_publishable(draft(framework))

    (problem,) = [each for each in refused.value.problems if each.code == "citation_unconfirmed"]
    assert problem.params["count"] == len(waiting(framework)) > 20


def test_an_editor_reads_the_notes_confirms_and_the_ledger_keeps_it(people: People, client: Client) -> None:
    framework = loaded(people)
    client.force_login(people["editor"], backend="cms.organisations.backends.MembershipBackend")
    assert "mới có một nguồn, chờ đối chiếu toàn văn" in client.get(sources_url(framework)).content.decode()
    digests = waiting(framework)

    client.post(sources_url(framework), {"source": digests[:2], "compared_with": DOCUMENT})
    assert len(waiting(framework)) == len(digests) - 2
    client.post(sources_url(framework), {"source": digests, "compared_with": DOCUMENT})

    assert "citation_unconfirmed" not in codes(framework)
    assert AuditEvent.objects.filter(action="framework.confirm_source", reason=DOCUMENT).count() == len(digests)
    assert DOCUMENT in client.get(sources_url(framework)).content.decode()


def test_nothing_is_confirmed_without_a_source_or_without_a_document(people: People) -> None:
    framework = loaded(people)
    digests = waiting(framework)

    for chosen, document in [([], DOCUMENT), (["f" * 64], DOCUMENT), (digests, "  ")]:
        with pytest.raises(SourceNotConfirmed):
            actions.confirm_sources(by=people["editor"], framework=framework, digests=chosen, compared_with=document)
    assert not SourceConfirmation.objects.exists()


@pytest.mark.parametrize("role", ["approver", "agency_head", "uploader"])
def test_only_editors_of_the_province_confirm(people: People, role: str) -> None:
    framework = loaded(people)

    with pytest.raises(NotAllowed):
        actions.confirm_sources(
            by=people[role], framework=framework, digests=waiting(framework), compared_with=DOCUMENT
        )


def test_another_framework_that_names_the_source_needs_no_second_confirmation(people: People) -> None:
    framework = loaded(people)
    actions.confirm_sources(
        by=people["editor"], framework=framework, digests=waiting(framework), compared_with=DOCUMENT
    )

    copied = actions.copy(by=people["editor"], framework=framework, code="ban-sao", name="Bản sao")

    assert waiting(copied) == []


def test_naming_another_source_is_as_good_as_confirming(people: People) -> None:
    framework = loaded(people)
    before = len(waiting(framework))
    procedure = definition_data(draft(framework))["procedure"]
    procedure["classified_before"] |= {"citation": "Nghị định 335/2025/NĐ-CP, Điều 21 khoản 1"}

    written(framework, people["editor"], procedure=procedure)

    assert len(waiting(framework)) == before - 1


@pytest.mark.parametrize(
    "citation",
    [
        "Điều 19 (chờ xác nhận)",
        "Kế hoạch, mục II.1 (dòng 63)",
        "docs/plans/gia-lai.txt",
        "Điều 14 (đã đối chiếu hai nguồn)",
    ],
)
def test_a_note_written_as_a_source_is_refused_in_words(people: People, citation: str) -> None:
    framework = loaded(people)
    procedure = definition_data(draft(framework))["procedure"]
    procedure["classified_before"] |= {"citation": citation}
    written(framework, people["editor"], procedure=procedure)

    problems = [each for each in actions.problems_of(draft(framework)) if each.code == "citation_note"]

    assert [each.path for each in problems] == ["procedure.classified_before.citation"]


def test_a_note_in_the_guidance_is_refused_and_plain_words_are_not(people: People) -> None:
    framework = loaded(people)
    sections = definition_data(draft(framework))["sections"]
    sections[1]["indicators"][0]["guidance"] = "Số chờ xác nhận chưa tính."
    sections[1]["indicators"][3]["guidance"] = "100% khi mọi đơn vị đạt (giá trị mặc định, chờ xác nhận)."
    written(framework, people["editor"], sections=sections)

    problems = [each for each in actions.problems_of(draft(framework)) if each.code == "citation_note"]

    assert [each.path for each in problems] == ["sections[1].indicators[3].guidance"]


@pytest.mark.one_database("look at the words of pages")
@pytest.mark.parametrize("code", shipped.codes())
def test_no_public_surface_tells_a_note(client: Client, code: str) -> None:
    version = published(code)
    definition = version.definition
    role = definition.roles[0]
    subject = next(each for each in sample_subjects(definition) if each["role"] == role)
    scored = {"framework": code, "subjects": [subject]}

    answers = [
        client.get(f"/khung-tieu-chi/{code}/1/"),
        client.get("/khung-tieu-chi/"),
        client.get(f"/api/v1/frameworks/{code}/"),
        client.get(f"/api/v1/frameworks/{code}/versions/1/"),
        client.get(f"/api/v1/frameworks/{code}/versions/1/definition/"),
        client.get(f"/api/v1/frameworks/{code}/versions/1/conformity/"),
        client.post("/api/v1/scores/preview/", json.dumps(scored), content_type="application/json"),
    ]

    for answer in answers:
        assert answer.status_code == 200, answer.content.decode()[:500]
        reported = answer.content.decode("unicode_escape" if b"\\u" in answer.content else "utf-8")
        # Addresses of ours may have such words in them; nobody reads them as law.
        reported = re.sub(r'href="[^"]*"', "", reported)
        assert not (found := INNER.search(reported)), (answer.request["PATH_INFO"], found)


def test_the_refusals_of_confirming_are_sentences(people: People, client: Client) -> None:
    framework = loaded(people)
    client.force_login(people["editor"], backend="cms.organisations.backends.MembershipBackend")

    answer = client.post(sources_url(framework), {"source": waiting(framework), "compared_with": ""}, follow=True)

    assert "Hãy ghi văn bản đã so" in answer.content.decode()
    assert issubclass(SourceNotConfirmed, DomainError)


@pytest.mark.one_database("look at the words of files")
def test_the_open_data_tells_no_note(client: Client) -> None:
    for code in shipped.codes():
        published(code)

    now = Moment(datetime.date(2026, 12, 31), timezone.now(), is_final=False)
    rows = list(rows_at("tieu-chi", now).values)

    reported = [str(cell) for row in rows for cell in row]
    assert len(rows) > 100 and [text for text in reported if INNER.search(text)] == []

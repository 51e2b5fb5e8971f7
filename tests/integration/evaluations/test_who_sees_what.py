"""Words hidden in one officer's evaluation, looked for behind every door as everybody; and every reading is noted."""

import io
import zipfile

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from api.clients.actions import add_client
from api.clients.models import Scope
from cms.audit.models import AuditEvent
from cms.evaluations import actions
from cms.evaluations.models import Evaluation
from cms.organisations.models import Officer, OfficerRead
from cms.users.models import User
from tests.integration.evaluations.conftest import MARKS

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("who may read which screen")]

SELF, MARK, CASE = "chimsao-tự-nhận", "chimcắt-nhận-xét", "71-KL/CHIMLỢN"
POINTS = ("96,25", "96.25")
DESK = {"clerk"}
# Who may read what before the decision; afterwards the officer reads all of it, and nobody else anything more.
READERS = {SELF: {"an", "division", "chief"} | DESK, MARK: {"division", "chief"} | DESK, CASE: {"chief"} | DESK}
READERS |= dict.fromkeys(POINTS, {"division", "chief"} | DESK)


def doors(one: Evaluation) -> list[str]:
    own, desk, period = [one.identity], [one.pk], [one.period_id]
    found = [reverse(f"personal:{name}", args=own) for name in (
        "evaluation", "evaluation_print", "evaluation_receipt", "evaluate_one",
    )]  # fmt: skip
    found += [reverse("personal:evaluation_form", args=[*own, form]) for form in (1, 2)]
    found += [reverse(f"personal:{name}") for name in ("home", "evaluations", "evaluate", "organisations", "reviews")]
    found += [reverse("evaluations:form_document", args=[*desk, form]) for form in (1, 2)]
    found += [reverse(f"evaluations:{name}", args=desk) for name in ("evaluation", "state", "find")]
    found += [reverse(f"evaluations:{name}", args=period) for name in ("period", "cap", "blocked", "notify")]
    found += [reverse(f"evaluations:{name}") for name in ("period_list", "body_list", "board", "figures")]
    found += api_doors(one)
    board, first = reverse("evaluations:board"), one.period.first_day
    template = reverse("importers:template_kind", args=[one.period.agency_id, "figures"])
    found += [
        f"{board}?xuat=1&kind=month&day={first:%d/%m/%Y}", reverse("organisations:officer_download"),
        f"{template}?period={first:%Y-%m}", reverse("assignments:key_tasks") + "?how=all&file=xlsx",
    ]  # fmt: skip
    found.append(reverse("organisations:finder") + f"?q={one.subject.code}")
    return [*found, reverse("audit:event_list"), reverse("check_receipt"), "/admin/"]


def api_doors(one: Evaluation) -> list[str]:
    return [f"/api/v1/{name}/" for name in (
        "periods", "evaluations", "results", "receipts", "results/changes", "events", f"evaluations/{one.identity}",
        f"results/{one.identity}/1", f"receipts/{one.identity}/1", "organisation-results", "outside-figures",
        "assignments",
    )]  # fmt: skip


def text_of(answer) -> str:
    """Return everything that an answer says; of a Word file its parts."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if answer.status_code == 200 and content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as paper:
            content = b"".join(paper.read(name) for name in paper.namelist())
    return content.decode("utf-8", "ignore")


def times_read(account, officer) -> int:
    return sum(OfficerRead.objects.filter(reader=account, officer=officer).values_list("times", flat=True))


def walk(client, house, people, readers, names) -> None:
    """Open every door as each of these, and hold what is found against who may read it."""
    one, officer = house.of("an"), house.people["an"]
    accounts = {name: User.objects.get(officer=house.people[name]) for name in ("an", "binh", "division", "chief")}
    accounts |= {"clerk": house.clerk}
    accounts |= {name: people[name] for name in ("other_uploader", "technical_admin")}
    seen = {word: set() for word in readers}
    for name in names:
        account = accounts[name]
        client.force_login(account)
        for url in doors(one):
            before = times_read(account, officer)
            said = text_of(client.get(url))
            found = {word for word in readers if word in said}
            for word in found:
                assert name in readers[word], f"{name} reads {word} at {url}"
                seen[word].add(name)
            if found and name != "an":
                assert times_read(account, officer) > before, f"nobody notes that {name} reads {found} at {url}"
    # A word that nobody finds would prove nothing.
    assert all(seen[word] for word in (SELF, MARK, CASE, POINTS[0])), seen


def programs_find_points_of_decided_results_alone(house, people) -> None:
    """Ask every address of the API with a token for everything, of the agency and of another one."""
    one, reading = house.of("an"), set()
    for agency in (house.agency, people["other_uploader"].memberships.get().agency):
        account, token = add_client(
            by=None, name=f"Phần mềm của {agency}", agency=agency, scopes=Scope.values, last_day=timezone.localdate()
        )
        for url in api_doors(one):
            before = times_read(account.user, one.officer)
            said = text_of(Client().get(url, headers={"Authorization": f"Bearer {token}"}))
            assert not [word for word in (SELF, MARK, CASE) if word in said], (agency, url)
            if any(points in said for points in POINTS):
                reading.add(agency)
                assert times_read(account.user, one.officer) > before, f"nobody notes what {url} says"
    assert reading == {house.agency}


def test_words_and_figures_are_found_by_those_alone_who_may_read_them(house, people, client):
    house.done("an")
    house.done("binh")
    house.open()
    marks = {"criteria": MARKS["criteria"] | {"III": "6.25"}}
    one = house.of("an")
    actions.assess_self(by=house.account("an"), evaluation=one, marks=MARKS, words=SELF)
    house.mark("an", marks, MARK)
    actions.find(by=house.clerk, evaluation=one, code="disciplined", document=CASE)

    everybody = ("an", "binh", "division", "chief", "clerk", "other_uploader", "technical_admin")
    walk(client, house, people, READERS, everybody)
    house.decide("an")
    walk(client, house, people, {word: names | {"an"} for word, names in READERS.items()}, ("an",))

    programs_find_points_of_decided_results_alone(house, people)
    secrets = (SELF, MARK, CASE, *POINTS)
    ledger = [str(each) for each in AuditEvent.objects.values()]
    letters = [f"{each.subject} {each.body}" for each in mail.outbox]
    assert not [text for text in ledger + letters if any(word in text for word in secrets)]
    code = Officer.objects.get(pk=house.people["an"].pk).code
    (found,) = AuditEvent.objects.filter(action="evaluation.find").values()
    assert code not in str(found)

"""Guessing is throttled, whoever guesses and from wherever, and nobody is locked out by what others do."""

import datetime
from types import SimpleNamespace

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.audit.models import AuditEvent
from cms.core.errors import NotAllowed
from cms.organisations import actions
from cms.organisations.errors import CannotGrantToSelf
from cms.users.models import User
from tests.factories.people import PASSWORD
from tests.integration.users.test_second_factor import SECRET, code

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("the counters are plain rows, read by plain sums")]
LOGIN = "/accounts/login/"
OFFICE, ATTACKER = "192.0.2.10", "203.0.113.66"


@pytest.fixture(autouse=True)
def _counted(settings):
    settings.AXES_ENABLED = True


def post(username, password, address, client=None):
    client = client or Client()
    return client.post(LOGIN, {"login": username, "password": password}, REMOTE_ADDR=address).status_code


def guess(username, address, client=None):
    """Return 200 where the password was looked at, 429 where not."""
    return post(username, "sai-mat-khau", address, client)


def signs_in(username, address):
    return post(username, PASSWORD, address) == 302


def test_own_successes_between_guesses_at_another_account_clear_nothing(people):
    answers = []
    for _round in range(12):
        answers += [guess("provincial_approver", ATTACKER) for _time in range(4)]
        assert signs_in("uploader", ATTACKER)

    assert answers == [200] * 4 + [429] * 44
    assert not signs_in("provincial_approver", ATTACKER)


def test_an_own_success_clears_own_failures_there_alone(people):
    for _time in range(3):
        guess("editor", OFFICE)
        guess("editor", ATTACKER)
        guess("approver", OFFICE)

    assert signs_in("editor", OFFICE)

    counted = AccessAttempt.objects.values_list("username", "ip_address", "failures_since_start")
    assert sorted(counted) == [("approver", OFFICE, 3), ("editor", ATTACKER, 3)]


def test_a_thousand_guesses_at_one_account_from_one_address(people):
    answers = [guess("editor", ATTACKER) for _time in range(1_000)]

    assert (answers.count(200), answers.count(429)) == (4, 996)


def test_a_thousand_guesses_at_one_account_from_a_thousand_addresses(people):
    answers = [guess("editor", f"198.18.{number // 250}.{number % 250}") for number in range(1_000)]

    assert (answers.count(200), answers.count(429)) == (19, 981)


def test_a_thousand_guesses_at_a_thousand_accounts_from_one_address(people):
    answers = [guess(f"nguoi-{number}", ATTACKER) for number in range(1_000)]

    assert (answers.count(200), answers.count(429)) == (15, 985)


def test_another_browser_and_other_letters_are_the_same_guesser(people):
    answers = [
        Client().post(
            LOGIN, {"login": "editor", "password": "sai"}, REMOTE_ADDR=ATTACKER, HTTP_USER_AGENT=f"Trình duyệt {number}"
        ).status_code
        for number in range(8)
    ]  # fmt: skip

    assert answers == [200] * 4 + [429] * 4


def test_a_visitor_to_an_office_locks_out_nobody_who_works_there(people):
    for person in ("editor", "approver", "uploader"):
        assert signs_in(person, OFFICE)

    for number in range(60):
        guess(f"nguoi-{number}", OFFICE)
        guess("provincial_approver", OFFICE)

    assert all(signs_in(person, OFFICE) for person in ("editor", "approver", "uploader"))
    assert not signs_in("provincial_approver", OFFICE)


def test_guessing_from_elsewhere_does_not_lock_the_owner_out_of_the_office(people):
    assert signs_in("provincial_approver", OFFICE)
    for number in range(60):
        guess("provincial_approver", f"203.0.113.{number}")

    assert not signs_in("provincial_approver", "203.0.113.200")
    assert signs_in("provincial_approver", OFFICE)


def test_guesses_at_an_account_from_where_it_signs_in_are_limited_all_the_same(people):
    assert signs_in("provincial_approver", OFFICE)

    assert [guess("provincial_approver", OFFICE) for _time in range(6)] == [200] * 4 + [429] * 2


def test_a_lock_ends_by_itself_however_much_is_tried_meanwhile(people):
    begin = timezone.now()
    with time_machine.travel(begin, tick=False) as clock:
        for _time in range(5):
            guess("editor", OFFICE)
        for _minute in range(29):
            clock.shift(60)
            assert not signs_in("editor", OFFICE)
        clock.move_to(begin + datetime.timedelta(minutes=31))
        assert signs_in("editor", OFFICE)


def test_who_is_locked_out_is_told_in_a_page_what_to_do(people):
    for _time in range(5):
        guess("editor", OFFICE)

    answer = Client().post(LOGIN, {"login": "editor", "password": PASSWORD}, REMOTE_ADDR=OFFICE)

    page = answer.content.decode()
    assert answer.status_code == 429
    assert "Tạm dừng đăng nhập" in page
    assert "đợi 30 phút" in page
    assert "quản trị kỹ thuật" in page


def test_codes_of_a_second_factor_are_counted_with_the_passwords(people):
    TOTP.activate(people["approver"], SECRET)
    guess("approver", ATTACKER)
    client = Client(REMOTE_ADDR=ATTACKER)
    assert post("approver", PASSWORD, ATTACKER, client) == 302

    wrong = [client.post(reverse("mfa_authenticate"), {"code": f"00000{n}"}).status_code for n in range(6)]

    assert wrong == [200] * 3 + [429] * 3
    assert client.post(reverse("mfa_authenticate"), {"code": code()}).status_code == 429
    assert "_auth_user_id" not in client.session


def test_own_second_factors_between_guesses_at_another_clear_nothing(people):
    TOTP.activate(people["approver"], SECRET)
    TOTP.activate(people["editor"], SECRET)
    victim = Client(REMOTE_ADDR=ATTACKER)
    assert post("approver", PASSWORD, ATTACKER, victim) == 302

    answers = []
    for number in range(4):
        for digit in range(3):
            answers.append(victim.post(reverse("mfa_authenticate"), {"code": f"0000{number}{digit}"}).status_code)
        own = Client(REMOTE_ADDR=ATTACKER)
        post("editor", PASSWORD, ATTACKER, own)
        with time_machine.travel(timezone.now() + datetime.timedelta(seconds=60 * number), tick=False):
            assert own.post(reverse("mfa_authenticate"), {"code": code()}).status_code == 302

    assert answers == [200] * 4 + [429] * 8


@pytest.mark.parametrize(
    ("route", "form"),
    [
        ("account_reauthenticate", {"password": "sai"}),
        ("account_change_password", {"oldpassword": "sai", "password1": "mot-mat-khau-moi", "password2": "x"}),
        ("mfa_reauthenticate", {"code": "000000"}),
    ],
)
def test_a_borrowed_session_does_not_serve_to_guess_the_secrets(people, route, form):
    TOTP.activate(people["editor"], SECRET)
    client = Client(REMOTE_ADDR=OFFICE)
    client.force_login(people["editor"])

    answers = [client.post(reverse(route), form).status_code for _time in range(7)]

    assert answers == [200] * 4 + [429] * 3
    assert not signs_in("editor", OFFICE)


def test_a_password_is_changed_with_the_right_one(people):
    client = Client(REMOTE_ADDR=OFFICE)
    client.force_login(people["editor"])
    new = "mot-mat-khau-khac-han"

    client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )  # fmt: skip

    assert User.objects.get(username="editor").check_password(new)


def test_an_administrator_lets_an_account_sign_in_again(people):
    for _time in range(5):
        guess("editor", OFFICE)
        guess("uploader", OFFICE)
    client = Client()
    client.force_login(people["technical_admin"])
    account = reverse("organisations:account_edit", args=[people["editor"].pk])
    release = reverse("organisations:account_release", args=[people["editor"].pk])
    assert release in client.get(account).content.decode()

    client.post(release, {"reason": "Quên mật khẩu, đã gọi điện xác nhận"})

    assert signs_in("editor", OFFICE)
    assert not signs_in("uploader", OFFICE)
    event = AuditEvent.objects.get(action="account.release")
    assert (event.actor_id, event.before) == (people["technical_admin"].pk, {"failures": 5})
    assert release not in client.get(account).content.decode()


def test_only_another_administrator_releases(people):
    for by, refusal in (("editor", NotAllowed), ("technical_admin", CannotGrantToSelf)):
        with pytest.raises(refusal):
            actions.release_account(by=people[by], user=people["technical_admin"], reason="x")


def test_a_new_password_ends_the_lock(people):
    for _time in range(5):
        guess("editor", OFFICE)

    password = actions.reset_password(by=people["technical_admin"], user=people["editor"], reason="Quên")

    assert post("editor", password, OFFICE) == 302


def test_behind_a_proxy_each_client_has_its_own_failures(people, settings):
    settings.THUOCDO_PROXY_COUNT = 1
    proxy = "10.0.0.1"
    through = SimpleNamespace(attacker={"HTTP_X_FORWARDED_FOR": f"192.0.2.77, {ATTACKER}"})
    for number in range(30):
        Client().post(LOGIN, {"login": f"nguoi-{number}", "password": "sai"}, REMOTE_ADDR=proxy, **through.attacker)

    other = Client().post(
        LOGIN, {"login": "editor", "password": PASSWORD}, REMOTE_ADDR=proxy, HTTP_X_FORWARDED_FOR=OFFICE
    )  # fmt: skip

    assert other.status_code == 302
    assert set(AccessAttempt.objects.values_list("ip_address", flat=True)) == {ATTACKER}

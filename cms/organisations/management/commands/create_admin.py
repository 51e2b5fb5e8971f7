"""Make the first technical administrator of a new installation."""

from __future__ import annotations

import os
from getpass import getpass
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from cms.core.errors import DomainError
from cms.organisations.actions import add_account, add_agency, grant_membership
from cms.organisations.models import Agency
from cms.users.enums import Role
from cms.users.models import User


class Command(BaseCommand):
    help = (
        "Add an account with the role of technical administrator, and the province itself when the tree is empty. "
        "What is not given is asked for; the password comes from THUOCDO_ADMIN_PASSWORD or is asked for."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username")
        parser.add_argument("--full-name")
        parser.add_argument("--email")

    def handle(self, *args: Any, **options: Any) -> None:
        username = options["username"] or input("Username: ")
        full_name = options["full_name"] or input("Full name: ")
        email = options["email"] or input("E-mail: ")
        try:
            user = _create(username, full_name, email, _read_password())
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{user.username} is a technical administrator.")
        self.stdout.write(
            "Next: sign in at /accounts/login/, set up the second factor, bring in the agencies at /admin/agencies/, "
            "add accounts at /admin/people/ and give roles at /admin/memberships/. "
            "Deciding roles need a second person: add a second administrator first, with this command."
        )


@transaction.atomic
def _create(username: str, full_name: str, email: str, password: str) -> User:
    user, _temporary = add_account(by=None, username=username, full_name=full_name, email=email)
    user.set_password(password)
    user.password_is_temporary = False
    user.save(update_fields=["password", "password_is_temporary"])
    grant_membership(by=None, user=user, role=Role.TECHNICAL_ADMIN, agency=_province())
    return user


def _province() -> Agency:
    root = Agency.objects.filter(depth=1).first()
    return root or add_agency(
        by=None, code="tinh", name=settings.THUOCDO_PROVINCE_NAME, kind="province", item_prefix="T", parent=None
    )


def _read_password() -> str:
    password = os.environ.get("THUOCDO_ADMIN_PASSWORD") or getpass("Password: ")
    try:
        validate_password(password)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    return password

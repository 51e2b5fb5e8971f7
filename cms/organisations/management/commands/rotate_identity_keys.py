"""Seal all personal identity numbers with the first of the keys, after a new one was put in front."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.core.errors import DomainError
from cms.organisations.actions import reseal_identity_numbers


class Command(BaseCommand):
    help = "Seal every personal identity number with the first key of THUOCDO_IDENTITY_KEYS. All or none."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = reseal_identity_numbers()
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{count} identity numbers are sealed with the first key; the others may be taken away.")

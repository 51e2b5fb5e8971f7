"""Send webhooks."""

from __future__ import annotations

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from api.webhooks.dispatching import Dispatcher

# Seconds between two looks at the ledger.
_PAUSE = 2.0


class Command(BaseCommand):
    help = (
        "Send events to the webhooks of programs, until told to stop (SIGTERM, Ctrl-C): then what is being sent is "
        "waited for. Meant to run as a service; several at once share the work. Killed at any moment, it loses nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="send what is due now, and end")

    def handle(self, *args: Any, **options: Any) -> None:
        self.is_stopping = False
        for signal_ in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signal_, self._stop)
        with Dispatcher() as dispatcher:
            if options["once"]:
                dispatcher.run_dry()
            while not (options["once"] or self.is_stopping):
                if not dispatcher.turn():
                    dispatcher.rest(_PAUSE)

    def _stop(self, *_args: Any) -> None:
        self.is_stopping = True

#!/usr/bin/env python3
"""Take in what a document register sends by webhook, and pass it on to Thuoc Do.

    export THUOCDO_TOKEN=thuocdo_…  REGISTER_SECRET=whsec_…
    python3 take_in_register.py https://thuocdo.example.gov.vn --system van-ban --port 8090

The register signs by the Standard Webhooks scheme. What is not signed, or older than five minutes, is refused (400); an
event is answered 204 once the platform has it, and 502 otherwise, so that the register sends it again. Sent twice it
changes nothing. Write ``message_of`` anew for your own register. It needs the library standardwebhooks.
"""

import argparse
import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook, WebhookVerificationError

MOST_BYTES = 256 * 1024


def message_of(event: Any) -> dict[str, Any]:
    """Return an event of the register as a message; its words for people, kinds and states stay as they are."""
    document = event["data"]
    return {
        "changed_at": event["timestamp"], "person": document["handler"], "kind": document["type"],
        "state": document["status"], "given_on": document["assigned_date"], "due_on": document["due_date"],
        "done_on": document.get("completed_date"), "instruction": document["summary"],
        "document_number": document.get("reply_number") or "", "document_date": document.get("reply_date"),
    }  # fmt: skip


def passed_on(platform: str, system: str, token: str, outside_id: str, message: dict[str, Any]) -> bool:
    """Say to the platform how a document stands; return whether it has it, be it only to keep until it is mapped."""
    address = f"{platform}/api/v1/assignments/systems/{system}/{urllib.parse.quote(outside_id)}/"
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(address, json.dumps(message).encode(), headers, method="PUT")
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            print(f"{outside_id}: {json.load(answer)['status']}")
            return True
    except urllib.error.HTTPError as refusal:
        print(f"{outside_id}: {refusal.code} {refusal.read(500).decode(errors='replace')}", file=sys.stderr)
        # What is wrong with the message itself will be wrong the next time, too: a person has to look.
        return refusal.code == 400
    except OSError as error:
        print(f"{outside_id}: {error}", file=sys.stderr)
        return False


def receiver(platform: str, system: str, token: str, secret: str) -> type[BaseHTTPRequestHandler]:
    """Return what answers the register."""
    signed = Webhook(secret)

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            if not 0 < length <= MOST_BYTES:
                self.send_error(413)
                return
            body = self.rfile.read(length)
            try:
                event = signed.verify(body, dict(self.headers.items()))
                outside_id, message = event["data"]["number"], message_of(event)
            except (WebhookVerificationError, KeyError, TypeError, ValueError):
                self.send_error(400)
                return
            self.send_response(204 if passed_on(platform, system, token, outside_id, message) else 502)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing of whom a request came from."""

    return Receiver


def main(arguments: list[str]) -> None:
    """Serve until somebody ends it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("platform", help="address of the platform")
    parser.add_argument("--system", required=True, help="code of the external system on the platform")
    parser.add_argument("--port", type=int, default=8090)
    chosen = parser.parse_args(arguments)
    answers = receiver(chosen.platform, chosen.system, os.environ["THUOCDO_TOKEN"], os.environ["REGISTER_SECRET"])
    ThreadingHTTPServer(("127.0.0.1", chosen.port), answers).serve_forever()


if __name__ == "__main__":
    main(sys.argv[1:])

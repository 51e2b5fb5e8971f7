"""Check that a message came from the platform (Standard Webhooks), before you believe it."""

import base64
import hashlib
import hmac
import time
from collections.abc import Mapping

MOST_SECONDS_APART = 300


def is_genuine(headers: Mapping[str, str], body: bytes, secret: str) -> bool:
    """Return whether a body, as the bytes that came, was signed with your secret (whsec_…) within five minutes."""
    try:
        sent_at = int(headers["webhook-timestamp"])
    except (KeyError, ValueError):
        return False
    if abs(time.time() - sent_at) > MOST_SECONDS_APART:
        return False
    signed = f"{headers['webhook-id']}.{sent_at}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    right = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    # While a secret is being changed a message carries two signatures.
    given = (part.partition(",") for part in headers["webhook-signature"].split())
    return any(version == "v1" and hmac.compare_digest(text, right) for version, _comma, text in given)

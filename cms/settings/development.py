"""Settings of `make run`: the demo province on this computer. Never for a real province."""

from .base import *  # noqa: F403
from .base import STATIC_ROOT, VAR_DIR, env

DEBUG = True
SECRET_KEY = "development-only-" + "0" * 40  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
INTERNAL_IPS: list[str] = []

# The demo's approvers sign in with a password alone, so that a visitor can walk the whole path in five minutes.
THUOCDO_MFA_ROLES = env.list("THUOCDO_MFA_ROLES", default=[])

STATIC_ROOT.mkdir(parents=True, exist_ok=True)
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
THUOCDO_PROVINCE_NAME = env("THUOCDO_PROVINCE_NAME", default="Tỉnh Sông Lam")
THUOCDO_PROVINCIAL_OFFICE = env("THUOCDO_PROVINCIAL_OFFICE", default="vp-ubnd")
# Webhooks can be tried with a receiver on this computer.
THUOCDO_WEBHOOK_HOSTS = env.list("THUOCDO_WEBHOOK_HOSTS", default=["localhost"])
THUOCDO_WEBHOOK_PRIVATE_NETWORKS = env.list("THUOCDO_WEBHOOK_PRIVATE_NETWORKS", default=["127.0.0.0/8", "::1/128"])
THUOCDO_WEBHOOK_INSECURE = True
THUOCDO_IDENTITY_KEYS = ["ZGV2ZWxvcG1lbnQtb25seS1kZXZlbG9wbWVudC1vbmw="]

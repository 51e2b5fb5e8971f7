"""Settings of the test suite: fast, silent, and nothing kept."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import CACHES, DATABASES, REST_FRAMEWORK, STORAGES, TASKS, env

DEBUG = False
SECRET_KEY = "test-only-" + "0" * 50  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
THUOCDO_MFA_ROLES = []
THUOCDO_PROVINCE_NAME = "Tỉnh Sông Lam"
AXES_ENABLED = False
THUOCDO_OAUTH = True
# What a test changes past our actions, in a transaction that never ends, no cache can hear of.
THUOCDO_PUBLIC_CACHE_SECONDS = env.int("THUOCDO_PUBLIC_CACHE_SECONDS", default=0)
TASKS["background"]["BACKEND"] = "django_tasks.backends.immediate.ImmediateBackend"
CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
CACHES["progress"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "progress"}

_FILES = Path(tempfile.gettempdir()) / "thuocdo-tests"
MEDIA_ROOT = _FILES / "media"
PRIVATE_ROOT = _FILES / "private"
THUOCDO_SLOTS_DIR = _FILES / "slots"
THUOCDO_KEPT_DIR = _FILES / "kept"
STATIC_ROOT = _FILES / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES["private"]["OPTIONS"]["location"] = str(PRIVATE_ROOT)
if DATABASES["default"]["ENGINE"] == "cms.core.sqlite3":
    # The tests' database is thrown away, so nothing waits for the disk.
    pragmas = DATABASES["default"]["OPTIONS"]["init_command"]
    DATABASES["default"]["OPTIONS"]["init_command"] = pragmas.replace("synchronous=NORMAL", "synchronous=OFF")
# A connection that outlives its request would keep the test database from being dropped.
DATABASES["default"]["CONN_MAX_AGE"] = 0
REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] = dict.fromkeys(REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"])
THUOCDO_WEBHOOK_HOSTS = ["localhost"]
THUOCDO_WEBHOOK_PRIVATE_NETWORKS = ["127.0.0.0/8", "::1/128"]
THUOCDO_WEBHOOK_INSECURE = True
THUOCDO_IDENTITY_KEYS = ["dGVzdC1vbmx5LXRlc3Qtb25seS10ZXN0LW9ubHktdGU="]

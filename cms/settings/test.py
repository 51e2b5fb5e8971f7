"""Settings of the test suite: the development ones, made fast and silent."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import DATABASES, STORAGES

DEBUG = False
SECRET_KEY = "test-only-" + "0" * 50  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
THUOCDO_MFA_ROLES: list[str] = []
THUOCDO_PROVINCE_NAME = "Tỉnh Sông Lam"
AXES_ENABLED = False

_FILES = Path(tempfile.gettempdir()) / "thuocdo-tests"
MEDIA_ROOT = _FILES / "media"
PRIVATE_ROOT = _FILES / "private"
STORAGES["private"]["OPTIONS"]["location"] = str(PRIVATE_ROOT)
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": None}

"""The environment, filled up from ``.env`` before anything asks which settings are to be used."""

import os
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent.parent


def choose_settings(default: str, file: Path = BASE_DIR / ".env") -> None:
    """Read ``.env`` beside manage.py, whose values the environment itself overrides, and name a settings module.

    Without a DJANGO_SETTINGS_MODULE in either of them ``default`` is used.
    """
    environ.Env.read_env(file)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", default)

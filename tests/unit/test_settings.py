"""Settings as processes read them: from the environment and from .env."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NEEDED = {
    "THUOCDO_SECRET_KEY": "x" * 60, "THUOCDO_ALLOWED_HOSTS": "thuocdo.example.gov.vn", "THUOCDO_PROXY_COUNT": "1",
}  # fmt: skip
_ASKED = """
import json, sys
from pathlib import Path
from cms.settings.environment import choose_settings
choose_settings("cms.settings.development", Path(sys.argv[1]))
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[2:]}, default=str))
"""


def run(environment, *command):
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("THUOCDO_", "DJANGO_", "EMAIL_"))}
    bare.pop("DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=bare | environment, capture_output=True, text=True, check=False
    )


def settings_of(environment, *names, file="/nowhere/.env"):
    answer = run(environment, "-c", _ASKED, str(file), *names)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


def test_the_settings_that_the_file_names_are_used(tmp_path):
    lines = [f"{name}={value}" for name, value in NEEDED.items()]
    (tmp_path / ".env").write_text("\n".join(["DJANGO_SETTINGS_MODULE=cms.settings.production", *lines]))

    reported = settings_of({}, "SETTINGS_MODULE", "DEBUG", file=tmp_path / ".env")

    assert reported == {"SETTINGS_MODULE": "cms.settings.production", "DEBUG": False}


def test_the_environment_goes_before_the_file(tmp_path):
    (tmp_path / ".env").write_text("DJANGO_SETTINGS_MODULE=cms.settings.production")

    reported = settings_of({"DJANGO_SETTINGS_MODULE": "cms.settings.test"}, "SETTINGS_MODULE", file=tmp_path / ".env")

    assert reported == {"SETTINGS_MODULE": "cms.settings.test"}


def test_without_a_file_the_demo_is_run():
    assert settings_of({}, "SETTINGS_MODULE", "DEBUG") == {
        "SETTINGS_MODULE": "cms.settings.development", "DEBUG": True
    }  # fmt: skip


@pytest.mark.parametrize("name", ["manage.py", "cms/wsgi.py"])
def test_every_entry_chooses_in_the_one_way(name):
    text = (ROOT / name).read_text(encoding="utf-8")

    assert "choose_settings(" in text
    assert "DJANGO_SETTINGS_MODULE" not in text


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_production_does_not_start_without_what_has_no_safe_default(name):
    environment = {"DJANGO_SETTINGS_MODULE": "cms.settings.production"} | NEEDED
    del environment[name]

    answer = run(environment, "manage.py", "check")

    assert answer.returncode != 0
    assert f"Set the {name} environment variable" in answer.stderr


@pytest.mark.parametrize(("proxies", "trusted"), [("0", None), ("1", ["HTTP_X_FORWARDED_PROTO", "https"])])
def test_the_scheme_that_a_proxy_tells_is_believed_where_there_is_one(proxies, trusted):
    environment = {"DJANGO_SETTINGS_MODULE": "cms.settings.production"} | NEEDED | {"THUOCDO_PROXY_COUNT": proxies}

    assert settings_of(environment, "SECURE_PROXY_SSL_HEADER") == {"SECURE_PROXY_SSL_HEADER": trusted}


@pytest.mark.parametrize(
    ("url", "tls", "ssl"),
    [
        ("smtp://mail.example.gov.vn:25", False, False),
        ("smtp+tls://user:word@mail.example.gov.vn:587", True, False),
        ("smtp+ssl://user:word@mail.example.gov.vn:465", False, True),
    ],
)
def test_mail_goes_out_as_its_address_says(url, tls, ssl):
    environment = {"DJANGO_SETTINGS_MODULE": "cms.settings.production", "EMAIL_URL": url} | NEEDED

    reported = settings_of(environment, "EMAIL_USE_TLS", "EMAIL_USE_SSL", "EMAIL_HOST")

    assert reported == {"EMAIL_USE_TLS": tls, "EMAIL_USE_SSL": ssl, "EMAIL_HOST": "mail.example.gov.vn"}


def test_files_are_kept_where_the_file_says(tmp_path):
    (tmp_path / ".env").write_text(f"THUOCDO_VAR_DIR={tmp_path / 'var'}")

    assert settings_of({}, "MEDIA_ROOT", file=tmp_path / ".env") == {"MEDIA_ROOT": str(tmp_path / "var" / "media")}

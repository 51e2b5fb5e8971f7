"""A fresh demo province, loaded into a folder of its own and served on a free port: what pictures are taken of."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def served_demo(folder: Path, *, settings: str = "") -> Iterator[str]:
    """Load the demo province into ``folder`` and serve it on a free port; yield its address.

    With ``settings``, a module of a real province's, it is served by gunicorn as there.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://localhost:{port}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings.development",
        "THUOCDO_VAR_DIR": str(folder),
        "THUOCDO_BASE_URL": url,
        # Nothing is to be under way while a picture is taken.
        "THUOCDO_TASK_BACKEND": "django_tasks.backends.immediate.ImmediateBackend",
    }
    manage = [sys.executable, "manage.py"]
    for command in (["migrate", "--verbosity", "0"], ["load_demo", "--address", url]):
        subprocess.run([*manage, *command], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    serve = [*manage, "runserver", "--noreload", str(port)]
    if settings:
        environment |= _of_a_province(settings)
        collect = [*manage, "collectstatic", "--no-input", "--verbosity", "0"]
        subprocess.run(collect, cwd=ROOT, env=environment, check=True)  # noqa: S603
        serve = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--chdir", str(ROOT)]
    log = (folder / "server.log").open("wb")
    with log, subprocess.Popen(serve, cwd=ROOT, env=environment, stdout=log, stderr=log) as server:  # noqa: S603
        try:
            _wait_for(url)
            yield url
        finally:
            server.terminate()


def _of_a_province(settings: str) -> dict[str, str]:
    """Return the environment of a real province but for HTTPS, which browsers do not ask of localhost."""
    return {
        "DJANGO_SETTINGS_MODULE": settings,
        "THUOCDO_SECRET_KEY": secrets.token_urlsafe(64),
        "THUOCDO_ALLOWED_HOSTS": "localhost",
        "THUOCDO_PROXY_COUNT": "0",
        "THUOCDO_SSL_REDIRECT": "false",
        "THUOCDO_PROVINCE_NAME": "Tỉnh Sông Lam",
    }


def _wait_for(url: str) -> None:
    for _attempt in range(120):
        try:
            urlopen(url, timeout=5).close()  # noqa: S310
            return
        except URLError:
            time.sleep(0.5)
    raise SystemExit(f"{url} does not answer.")

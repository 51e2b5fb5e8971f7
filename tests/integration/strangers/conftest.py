"""A web server as provinces run it, on the database of the tests."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.listening import wait_for

ROOT = Path(__file__).parents[3]


@pytest.fixture
def server(tmp_path: Path, transactional_db: None) -> Iterator[int]:
    """Return the port of a web server of its own; its temporary files lie in ``tmp_path / "spool"``."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    spool = tmp_path / "spool"
    spool.mkdir()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cms.settings.test", "TMPDIR": str(spool),
        "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
    }  # fmt: skip
    command = [sys.executable, "-m", "gunicorn", f"--bind=127.0.0.1:{port}", "--workers=1", "--log-level=critical"]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as process:
        try:
            wait_for(port)
            yield port
        finally:
            process.terminate()

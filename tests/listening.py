"""Waiting for a server that a test has started."""

import socket
import time

import pytest


def wait_for(port: int) -> None:
    """Return when somebody listens there."""
    for _turn in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the web server did not start")

"""What tests of messages share: the workbench's signed-in clients."""

from tests.integration.workbench.conftest import client_of

__all__ = ["client_of"]

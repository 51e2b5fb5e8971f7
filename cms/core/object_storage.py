"""Private files in a province's object storage that speaks S3: no address leads there, every byte comes through us."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from django.utils.translation import gettext as _
from storages.backends.s3 import S3Storage

from cms.core.errors import StorageUnreachable


@contextmanager
def _reached() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, Boto3Error, ClientError) as fault:
        text = _("The file store does not answer at the moment. Nothing was lost; try again in a few minutes.")
        raise StorageUnreachable(text) from fault


class PrivateObjectStorage(S3Storage):
    """S3 without addresses: a file is read through a checked view or not at all.

    A file is fetched when it is opened, so that a fault is met before an answer begins. Raises ``StorageUnreachable``,
    and ``FileNotFoundError`` as a folder does.
    """

    def get_default_settings(self) -> dict[str, Any]:
        """Wait no longer for the store than a request may, and name buckets by path, as servers of one's own do."""
        limits = Config(
            connect_timeout=5, read_timeout=20, retries={"max_attempts": 2}, signature_version="s3v4",
            s3={"addressing_style": "path"},
        )  # fmt: skip
        return {**super().get_default_settings(), "client_config": limits}

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        """Refuse: nothing here has an address."""
        raise ValueError("This file is not accessible via a URL.")

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        with _reached():
            file: File[bytes] = super()._open(name, mode)
            file.seek(0)
            return file

    def _save(self, name: str, content: File[bytes]) -> str:
        with _reached():
            saved: str = super()._save(name, content)
            return saved

    def delete(self, name: str) -> None:
        with _reached():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with _reached():
            return bool(super().exists(name))

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        with _reached():
            folders, files = super().listdir(name)
            return folders, files

    def get_modified_time(self, name: str) -> datetime.datetime:
        with _reached():
            moment: datetime.datetime = super().get_modified_time(name)
            return moment

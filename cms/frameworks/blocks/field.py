"""A stream whose blocks stay out of migrations: rewording a menu is no change of the database."""

from typing import Any

from django.db import models
from wagtail.fields import StreamField


class BlocksField(StreamField):
    """Wagtail's stream, known to migrations without its blocks."""

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Return the plain field with no blocks: the column is JSON whatever they are."""
        name, _path, _args, kwargs = models.Field.deconstruct(self)
        return name, "wagtail.fields.StreamField", [[]], {**kwargs, "block_lookup": {}}

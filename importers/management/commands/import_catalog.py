"""manage.py import_catalog FILE: the same as ``import_file catalog FILE``, for those who have it in their scripts."""

from importers.management.commands import import_file


class Command(import_file.Command):
    kind = "catalog"

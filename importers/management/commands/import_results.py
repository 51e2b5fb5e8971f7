"""manage.py import_results FILE: the same as ``import_file results FILE``, for those who have it in their scripts."""

from importers.management.commands import import_file


class Command(import_file.Command):
    kind = "results"

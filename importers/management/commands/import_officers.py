"""manage.py import_officers FILE: the same as ``import_file officers FILE``, for those who have it in their scripts."""

from importers.management.commands import import_file


class Command(import_file.Command):
    kind = "officers"

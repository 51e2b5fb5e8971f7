"""Catalogs as agencies really keep them: from plain rows to checked items. Pure: no Django.

``check.check(workbook, context)`` is the door; ``layouts`` says which columns are understood, ``codes`` what may be
wrong.
"""

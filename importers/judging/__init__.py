"""The check of an upload in a process of its own: the web serves others meanwhile. Pure: no Django.

``child.judge_in_child`` is the door. The process has the file read by the limited reader (``importers.sheets``), checks
its rows by the pure check of its kind, and answers with what is to be stored, packed already.
"""

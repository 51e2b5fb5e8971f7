"""The workbook that comes back: the sender's own file with its bad cells coloured and commented, and a list of them.

An .xlsx is edited where it has to be and copied everywhere else, so that its layout stays; any other file is written
anew as one. Pure: no Django. ``mark`` is the only way in. Source: the import contract, promise 3.
"""

from importers.returned.child import mark
from importers.returned.job import Cell, Job, Line, NotMarked, Tone, Words

__all__ = ["Cell", "Job", "Line", "NotMarked", "Tone", "Words", "mark"]

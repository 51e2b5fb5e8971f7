"""All files of the corpus, family by family."""

from __future__ import annotations

from tests.corpus.codes import CODES
from tests.corpus.dates import DATES
from tests.corpus.encodings import ENCODINGS
from tests.corpus.figures import FIGURES
from tests.corpus.formulas import FORMULAS
from tests.corpus.headers import HEADER_FILES
from tests.corpus.kinds import WrongFile
from tests.corpus.lookalikes import LOOKALIKES
from tests.corpus.names import NAMES
from tests.corpus.numbers import NUMBERS
from tests.corpus.results import RESULTS
from tests.corpus.rows import ROWS
from tests.corpus.types import TYPES
from tests.corpus.xmls import XMLS
from tests.corpus.zips import ZIPS

FAMILIES: dict[str, list[WrongFile]] = {
    "Text files and encodings": ENCODINGS,
    "Headers and sheets": HEADER_FILES,
    "Rows": ROWS,
    "Codes and required cells": CODES,
    "Text and look-alikes": LOOKALIKES,
    "Numbers": NUMBERS,
    "Dates": DATES,
    "Results of work": RESULTS,
    "Figures from outside": FIGURES,
    "Formulas and error cells": FORMULAS,
    "What the file is": TYPES,
    "The zip": ZIPS,
    "The parts": XMLS,
    "File names": NAMES,
}
FILES: list[WrongFile] = [file for family in FAMILIES.values() for file in family]

"""The domain, and the settings of the whole."""

import os

# lxml is there for Word files. Workbooks are read as before, by the standard library behind defusedxml.
os.environ.setdefault("OPENPYXL_LXML", "False")

"""The way in: files are read, checked, previewed, written and given back."""

import os

# As in ``cms``: the processes that read workbooks import no Django and so not the settings.
os.environ.setdefault("OPENPYXL_LXML", "False")

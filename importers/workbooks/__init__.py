"""Workbooks that the platform makes for an agency: filled in there and sent back, they are known by their stamp.

Every kind of upload makes its own with what is here (``importers/kinds/<kind>/template.py``). Their words are part of
the file: Vietnamese, whatever the language of the screen from which they are asked for.
"""

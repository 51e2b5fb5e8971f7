"""Sends the quarter of an agency, as a JSON file tells it, through the actions into an empty database.

``python -m tests.replay FILE`` prints what the stored results say, in the shape of the file's ``expect``.
"""

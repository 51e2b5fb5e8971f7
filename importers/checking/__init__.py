"""The checking room: plain rows in, checked rows and problems out, in a process beside the web's. Pure: no Django.

What every kind of upload shares; what one kind makes of it stands in its ``check``.
"""

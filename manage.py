#!/usr/bin/env python
"""Run the project's commands."""

import sys

from cms.settings.environment import choose_settings

if __name__ == "__main__":
    choose_settings("cms.settings.development")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)

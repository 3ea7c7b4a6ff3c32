#!/usr/bin/env python
"""Django's command line, with papernotes' settings; a wrong setting is answered with one sentence."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "papernotes.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"papernotes cannot start: {error}")


if __name__ == "__main__":
    main()

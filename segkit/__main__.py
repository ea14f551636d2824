"""``python -m segkit``: says in words when Python is too old, else sets up what is missing and runs the command.

This file must parse under old versions of Python, and imports nothing but the standard library before the check.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "The workbook needs Python 3.11 or newer; this is Python %d.%d (%s).\n"
        "Install a newer one (Windows, macOS: the installer from python.org; Debian, Ubuntu: sudo apt install python3-venv),\n"
        "open a new terminal and type the same line again. If several are installed, name one: python3.11 -m segkit start"
        % (sys.version_info[0], sys.version_info[1], sys.executable)
    )

if __name__ == "__main__":
    from segkit.command.bootstrap import main

    sys.exit(main(sys.argv[1:]))

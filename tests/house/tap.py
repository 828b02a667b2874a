# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Test cases that print TAP: every function called test_… of a module."""

import sys
import traceback


class Skip(Exception):
    """Raised by a case that cannot run here; its text says why."""


def equal(found, expected):
    if found != expected:
        raise AssertionError(f'found {found!r}, expected {expected!r}')


def none_of(violations):
    """For rules: each violation is a line `file:line: what is wrong`."""
    if violations:
        raise AssertionError('\n'.join(violations))


def main(module):
    names = [name for name in vars(module) if name.startswith('test_')]
    failed = False
    print(f'1..{len(names)}')
    for number, name in enumerate(names, 1):
        title = f'{number} {name[5:].replace("_", " ")}'
        try:
            getattr(module, name)()
            print(f'ok {title}')
        except Skip as skip:
            print(f'ok {title} # SKIP {skip}')
        except Exception as error:
            failed = True
            text = str(error) if isinstance(error, AssertionError) else traceback.format_exc()
            for line in text.splitlines():
                print(f'# {line}')
            print(f'not ok {title}')
    sys.exit(failed)

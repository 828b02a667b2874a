# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A case of the test for each document, and a line of how many passed."""

import sys

import tap


def report(results, title=None):
    """@results: (name, what is wrong or None) each. Ends the program."""
    print(f'1..{len(results)}')
    for number, (name, problem) in enumerate(results, 1):
        one_line = ' '.join(problem.split()).replace('#', '\\#') if problem else ''
        print(f'not ok {number} {name}: {one_line[:400]}' if problem else f'ok {number} {name}')
    passed = sum(problem is None for _, problem in results)
    if title:
        print(f'# result: {title} {passed} of {len(results)}')
    sys.exit(passed < len(results))


def main(run, title=None):
    """@run: gives the results. What it needs may be absent."""
    try:
        results = run()
    except tap.Skip as skip:
        print(f'1..0 # SKIP {skip}')
        sys.exit(0)
    except AssertionError as error:
        results = [('all', str(error))]
    report(results, title)

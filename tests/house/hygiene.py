# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Rules on the text of files. Each takes (path, text) pairs and gives lines
`file:line: what`."""

import fnmatch
import re

import tree

# Tests wait for events, never for time. Two exceptions, said on the line: a
# process that is made to be ended (`victim`), and made-up input that arrives
# bit by bit (`pacing`).
SLEEP = re.compile(
    r'\b(?:g_usleep|usleep|nanosleep|clock_nanosleep|time\.sleep)\b'
    r'|(?<![\w-])sleep\s*(?:\(|["\']?\s*,?\s*["\']?[0-9$\{%])')
SLEEP_EXCUSED = re.compile(r'\b(?:victim|pacing)\b')

# Where somebody happened to work, or fetch packages from.
MACHINE = re.compile(
    r'(?<![\w.])/(?:work|home|root|Users|mnt)/(?![<{$])[\w.-]+'
    r'|\bregistry\.npmjs\.org\b|\bsnapshot\.debian\.org\b|\bdeb\.debian\.org\b'
    r'|\blocalhost:[0-9]+/(?:npm|debian)\b')

COPYRIGHT = re.compile(r'Copyright(?: \(C\))? [0-9]{4}')
LICENCE = re.compile(r'SPDX-License-Identifier: ([\w.-]+)')
HEAD = 1500

# A message marked for translation.
TRANSLATED = re.compile(r'(?<!\w)(?:_|N_|C_|g_dngettext|ngettext)\s*\(\s*(?:GETTEXT_PACKAGE\s*,\s*)?"')

MOST_LINES = 700


def sleeps(texts):
    return tree.lines_matching(texts, SLEEP, SLEEP_EXCUSED)


def machine_paths(texts):
    return tree.lines_matching(texts, MACHINE)


def unlicensed(texts, covered):
    """Files that say neither themselves nor by REUSE.toml whose they are.

    `covered` gives for a path what REUSE.toml adds: a set of 'copyright' and
    'licence'.
    """
    for path, text in texts:
        head = text[:HEAD]
        extra = covered(path)
        if not COPYRIGHT.search(head) and 'copyright' not in extra:
            yield f'{path}:1: no copyright'
        licence = LICENCE.search(head)
        if not licence and 'licence' not in extra:
            yield f'{path}:1: no SPDX-License-Identifier'
        elif licence and licence[1] != 'LGPL-2.1-or-later':
            yield f'{path}:1: another licence: {licence[1]}'


def coverage(toml):
    """For unlicensed(): reads the annotations of a parsed REUSE.toml."""
    rules = []
    for annotation in toml['annotations']:
        paths = annotation['path']
        adds = set()
        if 'SPDX-FileCopyrightText' in annotation:
            adds.add('copyright')
        if 'SPDX-License-Identifier' in annotation:
            adds.add('licence')
        rules += [(path, adds) for path in ([paths] if isinstance(paths, str) else paths)]

    def covered(path):
        # fnmatch's * crosses folders, as ** does in REUSE.toml.
        return set().union(*(adds for pattern, adds in rules
                             if fnmatch.fnmatchcase(path, pattern.replace('**', '*'))))
    return covered


def not_listed_for_translation(texts, listed):
    for path, text in texts:
        if path.startswith('src/') and TRANSLATED.search(text) and path not in listed:
            yield f'{path}:1: has messages for people and is not in po/POTFILES'


def too_long(texts):
    for path, text in texts:
        lines = text.count('\n')
        if lines > MOST_LINES:
            yield f'{path}:{MOST_LINES}: {lines} lines: more than one type or concern?'

# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Traces of single conformance tests in what is built: names, numbers, words."""

import re

# The suites' own words and what their documents have in common.
WORDS = re.compile(r'\bscion\b|scxml-conformance|\bconf:|w3c-ecma|\btxml\b|\birp\b', re.IGNORECASE)
NAMED = re.compile(r'\btest[-_ ]?\d+', re.IGNORECASE)
STRING = re.compile(r'"((?:\\.|[^"\\\n])*)"|\'((?:\\.|[^\'\\\n])*)\'')
NUMBER = re.compile(r'(?<![\w.#])\d{3}(?![\w.])')

# What deals with machines; elsewhere any number is a width or a count.
ROOMS = re.compile(r'src/(?:hosts/|cli/|libfermata/(?:check|engine|executor|expression|format|services)/)')

# Lengths, and what a server answers.
EXCUSED = re.compile(r'width|172 x 66|HTTP|SOUP|\bstatus\b|\brefuse \(refusal, 4\d\d,', re.IGNORECASE)


def traces(texts, names, numbers):
    """@names: of documents, such as `history4b`; @numbers: of tests, as text."""
    numbers = {number for number in numbers if not number.endswith('0')}
    for path, text in texts:
        for number, line in enumerate(text.splitlines(), 1):
            why = trace(path, line, names, numbers)
            if why:
                yield f'{path}:{number}: {why}: {line.strip()[:100]}'


def trace(path, line, names, numbers):
    for pattern in (WORDS, NAMED):
        found = pattern.search(line)
        if found:
            return f'“{found[0]}” is of a conformance test'
    for groups in STRING.findall(line):
        if (groups[0] or groups[1]) in names:
            return 'a document of a suite is named'
    if ROOMS.match(path) and not EXCUSED.search(line):
        found = [number for number in NUMBER.findall(line) if number in numbers]
        if found:
            return f'{found[0]} is the number of a conformance test'
    return None

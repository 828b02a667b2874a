# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The graphs shown in docs/semantics.md, against the golden files that prove them.

A graph is a fenced block of json right after a line `<!-- golden: NAME -->`. It is
equal to tests/golden/engine/NAME.fermata.json without its members that begin with
`x-`, which are the test's: as values, so the order of members does not count. Where
the page says in words what the graph is for, its `description` may be left out."""

import json
import re

MARK = re.compile(r'\s*<!--\s*golden:\s*(\S*)\s*-->\s*')
FENCE = re.compile(r'\s*```+\s*json\s*')
END = re.compile(r'\s*```+\s*')


def unique(pairs):
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError('a member is there twice')
    return members


def parse(text):
    """Integers and other numbers stay apart, as they do for Fermata."""
    return json.loads(text, object_pairs_hook=unique)


def without_tests(value):
    if isinstance(value, dict):
        return {name: without_tests(inner) for name, inner in value.items() if not name.startswith('x-')}
    if isinstance(value, list):
        return [without_tests(inner) for inner in value]
    return value


def canonical(value):
    """Python's == takes 1, 1.0 and true for the same."""
    return json.dumps(value, sort_keys=True)


def blocks(text):
    """(line, name, text of the block) of each mark; the text is None without a block."""
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        mark = MARK.fullmatch(line)
        if not mark:
            continue
        if number == len(lines) or not FENCE.fullmatch(lines[number]):
            yield number, mark[1], None
            continue
        ends = [i for i in range(number + 1, len(lines)) if END.fullmatch(lines[i])]
        yield number, mark[1], '\n'.join(lines[number + 1:ends[0]]) if ends else None


def wrong_with(name, shown, golden):
    """What is wrong with one block; None if nothing is. `golden (name)` is a text or None."""
    expected = golden(name)
    if expected is None:
        return f'there is no golden graph “{name}”'
    if shown is None:
        return f'expected a block of json right after the mark of “{name}”'
    try:
        shown = parse(shown)
    except ValueError as error:
        return f'the block of “{name}” is no JSON: {error}'
    expected = without_tests(parse(expected))
    if isinstance(shown, dict) and 'description' not in shown:
        expected.pop('description', None)
    if canonical(shown) != canonical(expected):
        return f'the block of “{name}” is not what tests/golden/engine/{name}.fermata.json says'
    return None


def violations(path, text, golden):
    for number, name, shown in blocks(text):
        wrong = wrong_with(name, shown, golden)
        if wrong:
            yield f'{path}:{number}: {wrong}'

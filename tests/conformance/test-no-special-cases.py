# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Nothing in src/ knows a test of the suites."""

import re
import sys

import special
import suites
import tap
import tree


def names():
    """Of SCION's documents; short plain words, as `error`, are anybody's."""
    stems = {document.name.split('/')[1] for document in suites.scion()}
    return {stem for stem in stems if re.search(r'\d|.{9}', stem)} | set(suites.w3c_names())


def numbers():
    return {number for name in suites.w3c_names() for number in re.findall(r'\d{3}', name)}


def sources():
    texts = [(path, tree.read(path)) for under in ('src', 'ui', 'data') for path in tree.files(under)]
    return [(path, text) for path, text in texts if text is not None]


def test_sources_are_looked_at():
    assert any(path.startswith('src/libfermata/engine/statechart/') for path, _ in sources())
    assert len(numbers()) > 150 and len(names()) > 250, (len(numbers()), len(names()))


def test_no_trace_of_a_test():
    tap.none_of(list(special.traces(sources(), names(), numbers())))


def test_planted_traces_are_found():
    planted = {
        'if (g_str_equal (name, "history4b"))': 'named',
        'if (g_str_has_suffix (path, "test144.scxml"))': 'conformance',
        '/* 579 wants it so */': 'number',
        'if (n == 347)': 'number',
        'xmlns:conf="http://www.w3.org/2005/scxml-conformance"': 'conformance',
    }
    for line, why in planted.items():
        found = list(special.traces([('src/libfermata/engine/a.c', line)], names(), numbers()))
        assert len(found) == 1 and why in found[0], (line, found)


def test_other_numbers_are_not():
    lines = ['SOUP_STATUS_FORBIDDEN = 403', '#define MOST 500', 'x = 1.347', 'width = 172']
    for line in lines:
        tap.equal(list(special.traces([('src/libfermata/engine/a.c', line)], names(), numbers())), [])


tap.main(sys.modules[__name__])

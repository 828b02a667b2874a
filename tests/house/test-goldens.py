# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The comparison of the graphs in docs/semantics.md, on planted faults and on the page."""

import sys

import goldens
import tap
import tree

PLANTED = {
    'one': '{ "fermata": 1, "nodes": [ { "id": "a", "x-test": { "time": 1 } } ], "x-test": {} }',
    'number': '{ "fermata": 1.0 }',
}


def found(*lines):
    return list(goldens.violations('page', '\n'.join(lines), PLANTED.get))


def block(name, *lines):
    return f'<!-- golden: {name} -->', '```json', *lines, '```'


def refused(reason, *lines):
    wrong = found(*lines)
    if len(wrong) != 1 or reason not in wrong[0]:
        raise AssertionError(f'{lines} gives {wrong}')


def test_equal_graphs_pass():
    tap.equal(found(*block('one', '{ "nodes": [ { "id": "a" } ],', '  "fermata": 1 }')), [])
    tap.equal(found('Text.', '', *block('number', '{ "fermata": 1.0 }'), 'More.'), [])


def test_blocks_in_lists_may_be_indented():
    tap.equal(found(*('  ' + line for line in block('number', '{ "fermata": 1.0 }'))), [])


def test_unmarked_blocks_are_free():
    tap.equal(found('```json', '{ "anything": ', '```', '<!-- another: one -->'), [])


def test_different_graphs_are_found():
    refused('not what', *block('one', '{ "fermata": 1, "nodes": [ { "id": "b" } ] }'))
    refused('not what', *block('one', '{ "fermata": 1 }'))
    refused('not what', *block('one', '{ "fermata": true, "nodes": [ { "id": "a" } ] }'))
    refused('not what', *block('number', '{ "fermata": 1 }'))


def test_the_page_shows_no_members_of_tests():
    refused('not what', *block('one', PLANTED['one']))


def test_a_golden_that_is_not_there_is_found():
    refused('no golden', *block('nowhere', '{}'))
    refused('no golden', *block('', '{}'))


def test_a_mark_without_a_block_is_found():
    refused('expected a block', '<!-- golden: one -->')
    refused('expected a block', '<!-- golden: one -->', '', *block('one', PLANTED['one'])[1:])
    refused('expected a block', '<!-- golden: one -->', '```', '{}', '```')
    refused('expected a block', '<!-- golden: one -->', '```json', '{}')


def test_what_is_no_json_is_found():
    refused('no JSON', *block('one', '{ "fermata": 1, … }'))
    refused('no JSON', *block('one', '{ "fermata": 1, "fermata": 1, "nodes": [ { "id": "a" } ] }'))


def test_a_fault_has_its_place():
    tap.equal(found('a', 'b', *block('nowhere', '{}')), ['page:3: there is no golden graph “nowhere”'])


def golden(name):
    path = f'tests/golden/engine/{name}.fermata.json'
    return tree.read(path) if name and (tree.ROOT / path).is_file() else None


def test_the_page():
    page = 'docs/semantics.md'
    tap.none_of(list(goldens.violations(page, tree.read(page), golden)))


tap.main(sys.modules[__name__])

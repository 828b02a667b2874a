# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Graphs whose nodes run graphs in other files."""

import json
import os
import sys
import tempfile
from pathlib import Path

import tap
from cli import expect, fermata


def included(file, **more):
    return {'id': 'n', 'type': 'subgraph', 'with': {'file': file, **more}}


def constant(value, id='x'):
    return {'id': id, 'type': 'set', 'with': {'value': value}}


def folder(**graphs):
    """A folder with graphs; in names, `__` is a slash."""
    made = tempfile.TemporaryDirectory()
    for name, nodes in graphs.items():
        path = Path(made.name) / (name.replace('__', '/') + '.json')
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps({'fermata': 1, 'kind': 'dag', 'nodes': nodes}, indent=1))
    return made


def test_from_anywhere():
    with folder(a=[included('parts/b.json')], parts__b=[included('../c.json')], c=[constant(42)]) as made:
        for place, name in ((made, 'a.json'), (f'{made}/parts', '../a.json'), ('/', f'{made}/a.json')):
            tap.equal(fermata('run', '--result', name, cwd=place).out, '42\n')


def test_links_are_followed():
    with folder(a=[included('b.json')], b=[constant(1)]) as made, tempfile.TemporaryDirectory() as other:
        os.symlink(f'{made}/a.json', f'{other}/link.json')
        tap.equal(fermata('run', '--result', f'{other}/link.json').out, '1\n')


def test_standard_input():
    with folder(b=[constant(1)]) as made:
        graph = {'fermata': 1, 'kind': 'dag', 'nodes': [included('b.json')]}
        done = fermata('run', '-', stdin=json.dumps(graph), cwd=made)
        expect(done.status == 3 and 'relative to the file of this graph, which has none' in done.err, done)
        graph['nodes'] = [included(f'{made}/b.json')]
        tap.equal(fermata('run', '--result', '-', stdin=json.dumps(graph)).out, '1\n')


def test_lines_of_other_files():
    with folder(a=[included('b.json')], b=[{'id': 'wrong', 'type': 'sett'}]) as made:
        done = fermata('check', 'a.json', cwd=made)
        expect(done.status == 3, done)
        expect('b.json:7:12: error: unknown node type “sett”' in done.out, done)
        expect('"type": "sett"' in done.out, done)
        expect('a.json:9:13: error: there are errors in “b.json”' in done.out, done)
        expect('"file": "b.json"' in done.out, done)


def test_size():
    with folder(a=[included('b.json')], b=[constant('x' * 2000)]) as made:
        tap.equal(fermata('check', f'{made}/a.json').status, 0)
        done = fermata('run', '--max-size=1K', f'{made}/a.json')
        expect(done.status == 3 and 'b.json' in done.err, done)


def test_what_never_ends_to_read():
    with folder(a=[included('pipe')], b=[included('/dev/zero')]) as made:
        os.mkfifo(f'{made}/pipe')
        for name in 'ab':
            tap.equal(fermata('run', f'{made}/{name}.json').status, 3)


def test_record_has_all():
    with folder(a=[included('b.json')], b=[included('c.json')], c=[constant(42)]) as made:
        tap.equal(fermata('run', '--record=r', 'a.json', cwd=made).status, 0)
        lines = [json.loads(line) for line in Path(made, 'r').read_text().splitlines()]
        tap.equal([lines[0]['files'], len(lines[0]['documents'])], [{'b.json': 1}, 2])
        expect(made not in json.dumps(lines[0]['files']), 'a path of this machine is in the record')
        for name in 'bc':
            Path(made, f'{name}.json').unlink()
        done = fermata('explain', '--history=r', 'a.json', 'n', cwd=made)
        expect(done.status == 0 and 'Output: 42' in done.out, done)
        done = fermata('render', '--history', '--format=dot', 'r', cwd=made)
        expect(done.status == 0 and done.out.startswith('digraph'), done)


def test_record_that_is_damaged():
    with folder(a=[included('b.json')], b=[constant(42)]) as made:
        tap.equal(fermata('run', '--record=r', 'a.json', cwd=made).status, 0)
        head, *lines = Path(made, 'r').read_text().splitlines(keepends=True)
        for change in ({'files': {}}, {'files': {'b.json': 7}}, {'files': {'b.json': -1}}, {'files': {'b.json': 'x'}},
                       {'documents': []}, {'documents': [{}]}, {'documents': [1]}, {'documents': {}},
                       {'documents': [{'graph': {'fermata': 1, 'kind': 'dag', 'nodes': 7}}]}):
            Path(made, 'r').write_text(json.dumps({**json.loads(head), **change}) + '\n' + ''.join(lines))
            done = fermata('render', '--history', '--format=dot', 'r', cwd=made)
            expect(done.status == 3 and done.err.startswith('fermata: r:1: '), change, done)


def test_changed():
    with folder(a=[included('b.json'), constant(1, 'other')], b=[included('c.json')], c=[constant(42)]) as made:
        def run():
            done = fermata('run', '--history=r', '--changed', '--events', 'a.json', cwd=made)
            return [event['node'] for event in map(json.loads, done.out.splitlines())
                    if event['kind'] == 'node-started' and '/' not in event['node']]
        tap.equal(fermata('run', '--record=r', 'a.json', cwd=made).status, 0)
        tap.equal(run(), [])
        Path(made, 'c.json').write_text(Path(made, 'c.json').read_text().replace('42', '43'))
        tap.equal(run()[:1], ['n'])
        expect('other' not in run(), 'what names no file has not changed')


def test_itself():
    with folder(a=[included('a.json')], b=[included('b.json', **{'max-depth': 3})]) as made:
        done = fermata('check', 'a.json', cwd=made)
        expect(done.status == 3 and '“a.json” includes itself, and nothing says how deep: a.json → a.json' in done.out, done)
        tap.equal(fermata('check', 'b.json', cwd=made).status, 0)
        done = fermata('run', 'b.json', cwd=made)
        expect(done.status == 1 and '(budget)' in done.err, done)


def test_a_deep_failure_can_be_read():
    with folder(a=[included('a.json', **{'max-depth': 1000})]) as made:
        tap.equal(fermata('run', '--record=r', 'a.json', cwd=made).status, 1)
        done = fermata('explain', '--history=r', 'a.json', 'n', cwd=made)
        expect(done.status == 0 and 'max-depth' in done.out, done)


tap.main(sys.modules[__name__])

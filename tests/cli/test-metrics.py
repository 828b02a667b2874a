# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What `--metrics` and `--trace` tell of a run."""

import json
import re
import sys

import cli
import tap
from cli import command, expect, fermata


def run(*options, nodes=None, status=0):
    folder = cli.Folder()
    path = folder.graph(*(nodes or [command('one', 'printf', 'twelve bytes'), command('two', 'cat')]))
    done = fermata('run', path, *options, cwd=folder.path)
    expect(done.status == status, done)
    return done, folder


def table(text):
    lines = text.splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith('Node '))
    return [re.split(r' {2,}', line) for line in lines[start:]]


def test_the_table():
    done, _ = run('--metrics')
    rows = table(done.err)
    tap.equal(rows[0], ['Node', 'Attempts', 'Failed', 'Queued', 'Running', 'CPU', 'Peak memory', 'Output'])
    tap.equal([row[0] for row in rows[1:]], ['one', 'two', 'Total'])
    tap.equal([row[1] for row in rows[1:]], ['1', '1', '2'])
    tap.equal(rows[1][7], '12 B')
    expect(re.fullmatch(r'[\d.]+ [MG]B', rows[1][6]), rows)


def test_columns_are_aligned():
    done, _ = run('--metrics', nodes=[command('a' * 60, 'true'), command('漢字', 'printf', 'x' * 2000)])
    lines = done.err[done.err.index('Node '):].splitlines()
    ends = {len(re.sub('[漢字]', '..', line)) for line in lines}
    tap.equal(len(ends), 1)
    expect('a' * 47 + '…' in lines[1], lines)


def test_it_goes_to_standard_error():
    done, _ = run('--metrics', '--result', '--quiet')
    tap.equal(json.loads(done.out), '')
    expect(done.err.strip().startswith('Node '), done)


def test_json():
    done, _ = run('--metrics=json', '--quiet')
    told = json.loads(done.err)
    tap.equal(told['total']['attempts'], 2)
    tap.equal([(one['node'], one['attempt'], one['outcome']) for one in told['attempts']],
              [('one', 1, 'task-completed'), ('two', 1, 'task-completed')])
    tap.equal(told['attempts'][0]['output-bytes'], 12)
    tap.equal([(one['node'], one['attempts']) for one in told['nodes']], [('one', 1), ('two', 1)])
    tap.equal(told['nodes'][0]['output-bytes'], 12)
    expect(told['total']['peak-memory'] > 0, told)


def test_a_failed_run_is_measured_too():
    done, _ = run('--metrics', nodes=[command('bad', 'false'), command('never', 'true')], status=1)
    tap.equal([row[0] for row in table(done.err)[1:]], ['bad', 'Total'])


def in_bodies(**options):
    """A loop of three items, of which one fails and is caught."""
    guard = {'id': 'guard', 'type': 'try', 'with': {},
             'body': {'nodes': [command('risky', 'sh', '-c', 'echo 1234; test $0 != 1', '{{iteration.index}}')],
                      'edges': []},
             'catch': {'nodes': [{'id': 'fix', 'type': 'set', 'with': {'value': 1}}], 'edges': []}}
    loop = {'id': 'loop', 'type': 'foreach', 'with': {'items': '[1, 2, 3]'},
            'body': {'nodes': [guard], 'edges': []}}
    return run(*options.pop('arguments'), nodes=[loop])


def test_bodies_are_summed_up():
    done, _ = in_bodies(arguments=['--metrics', '--quiet'])
    rows = {row[0]: row for row in re.findall(r'(?m)^( *\S+) +(\S+) +(\S+) .* (\S+ \S+|–)$', done.err)}
    tap.equal({name: row[1:3] for name, row in rows.items() if name != 'Node'},
              {'loop': ('1', '–'), '  guard': ('3', '–'), '    body/risky': ('3', '1'),
               '    catch/fix': ('1', '–'), 'Total': ('8', '1')})
    tap.equal([rows[name][3] for name in ('loop', '  guard', '    body/risky', 'Total')], ['15 B'] * 4)
    done, _ = in_bodies(arguments=['--metrics=json', '--quiet'])
    nodes = {node.get('place', node['node']): node for node in json.loads(done.err)['nodes']}
    tap.equal({name: (node['attempts'], node['failed']) for name, node in nodes.items()},
              {'loop': (1, 0), 'loop/guard': (3, 0), 'loop/guard/body/risky': (3, 1),
               'loop/guard/catch/fix': (1, 0)})


def test_slices_of_bodies_have_paths():
    _, folder = in_bodies(arguments=['--trace=run.trace', '--quiet'])
    events = json.loads((folder / 'run.trace').read_text())
    paths = [event['args']['path'] for event in events if event['ph'] == 'X' and event['name'] == 'risky']
    tap.equal(paths, [f'loop/{number}/guard/body/risky' for number in range(3)])


def test_no_such_format():
    done, _ = run('--metrics=xml', status=2)
    expect('table, json' in done.err, done)


def test_a_trace():
    done, folder = run('--trace=run.trace')
    events = json.loads((folder / 'run.trace').read_text())
    slices = {event['name']: event for event in events if event['ph'] == 'X'}
    tap.equal(sorted(slices), ['one', 'two'])
    tap.equal(slices['one']['args']['outcome'], 'completed')
    expect(slices['two']['ts'] >= slices['one']['ts'] + slices['one']['dur'], slices)
    tap.equal([path.name for path in folder.path.iterdir() if 'trace' in path.name], ['run.trace'])


def test_a_trace_that_cannot_be_written():
    done, folder = run('--trace=/no/such/folder/run.trace', status=2,
                       nodes=[command('touch', 'touch', 'ran')])
    expect('--trace=/no/such/folder/run.trace' in done.err, done)
    expect(not (folder / 'ran').exists(), 'it ran all the same')


tap.main(sys.modules[__name__])

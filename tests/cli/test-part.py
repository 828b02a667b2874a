# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A part of a graph runs as processes, with what an earlier run has left."""

import json
import sys

import cli
import tap
from cli import command, expect, fermata

folder = cli.Folder()


def append(identity, fails_without=None):
    """A command that writes its name down, and may want a file."""
    script = f'echo {identity} >>{folder.path}/log; echo {identity}'
    if fails_without:
        script += f'; test -e {folder.path}/{fails_without}'
    return command(identity, 'sh', '-c', script)


def ran():
    log = folder / 'log'
    lines = log.read_text().split() if log.exists() else []
    log.unlink(missing_ok=True)
    return lines


def test_what_failed_runs_again_and_what_was_done_does_not():
    path = folder.graph(append('a'), append('b', 'wanted'), append('c'))
    record = folder / 'run.record'
    done = fermata('run', path, f'--record={record}')
    tap.equal((done.status, ran()), (1, ['a', 'b']))
    done = fermata('run', path, '--from=c', f'--history={record}')
    expect(done.status == 2 and '“b”, which is left out, and failed in the history' in done.err, done)
    tap.equal(ran(), [])

    (folder / 'wanted').touch()
    done = fermata('run', path, '--changed', f'--history={record}', f'--record={record}', '--result')
    tap.equal((done.status, done.out, ran()), (0, '"c"\n', ['b', 'c']))
    done = fermata('run', path, '--changed', f'--history={record}', '--result')
    tap.equal((done.status, done.out, ran()), (0, '"c"\n', []))


def test_a_record_that_breaks_off_gives_what_it_has():
    path = folder.graph(append('a'), append('b'), append('c'))
    record = folder / 'whole.record'
    fermata('run', path, f'--record={record}')
    lines = record.read_text().splitlines(keepends=True)
    end = next(number for number, line in enumerate(lines)
               if json.loads(line).get('kind') == 'node-completed')
    torn = folder.write('torn.record', ''.join(lines[:end + 1]) + lines[end + 1][:7])
    ran()

    done = fermata('run', path, '--from=b', f'--history={torn}')
    tap.equal((done.status, ran()), (0, ['b', 'c']))
    done = fermata('run', path, '--from=c', f'--history={torn}')
    expect(done.status == 2 and '“b”, which is left out, and did not end in the history' in done.err, done)
    done = fermata('run', path, '--changed', f'--history={torn}')
    tap.equal((done.status, ran()), (0, ['b', 'c']))


def test_nothing_has_run_when_it_is_refused():
    path = folder.graph(append('a'), append('b'))
    for options in (['--from=b'], ['--only=x'], ['--from=a', '--only=b'], ['--changed']):
        done = fermata('run', path, *options)
        expect(done.status == 2, done)
    tap.equal(ran(), [])


def nested():
    """A list, a loop over it that writes down what it does, and the sum."""
    body = {'nodes': [command('first', 'sh', '-c', f'echo first-$0 >>{folder.path}/log; echo $0', '{{input}}'),
                      command('double', 'sh', '-c', f'echo double-$0 >>{folder.path}/log; echo $0$0', '{{input}}')],
            'edges': [{'from': 'first', 'to': 'double'}]}
    graph = {'fermata': 1, 'kind': 'dag',
             'nodes': [{'id': 'list', 'type': 'set', 'with': {'value': ['1', '2', '3']}},
                       {'id': 'each', 'type': 'foreach', 'body': body},
                       {'id': 'all', 'type': 'set', 'with': {'value': '{{input.join (" ")}}'}}],
             'edges': [{'from': 'list', 'to': 'each'}, {'from': 'each', 'to': 'all'}]}
    for node in body['nodes']:
        node['with']['output'] = 'text'
    return graph


def write(graph, name='nested.json'):
    return folder.write(name, json.dumps(graph))


def test_paths_reach_into_bodies():
    path = write(nested())
    record = folder / 'nested.record'
    done = fermata('run', path, f'--record={record}', '--result')
    tap.equal((done.status, done.out), (0, '"11 22 33"\n'))
    ran()
    for options, log, out in (
            (['--from=each/1/double', f'--history={record}'], ['double-2', 'first-3', 'double-3'], '"11 22 33"\n'),
            (['--from=each/double', f'--history={record}'], ['double-1', 'double-2', 'double-3'], '"11 22 33"\n'),
            (['--only=each/2/first', f'--history={record}'], ['first-3'], 'null\n'),
            (['--until=each/1/first'], ['first-1', 'double-1', 'first-2'], 'null\n'),
            (['--pin=each/double="x"', '--pin', 'each/2=7'], ['first-1', 'first-2'], '"x x 7"\n'),
            (['--changed', f'--history={record}'], [], '"11 22 33"\n')):
        done = fermata('run', path, '--result', *options)
        expect(done.status == 0 and done.out == out, done)
        tap.equal(ran(), log)


def test_an_item_that_is_what_it_was_is_taken_from_the_history():
    graph = nested()
    record = folder / 'items.record'
    fermata('run', write(graph), f'--record={record}')
    ran()
    graph['nodes'][0]['with']['value'] = ['1', '5', '3']
    done = fermata('run', write(graph), '--changed', f'--history={record}', f'--record={record}', '--result')
    tap.equal((done.status, done.out, ran()), (0, '"11 55 33"\n', ['first-5', 'double-5']))

    # Of items that were given as a whole, what was in them is not known.
    graph['nodes'][1]['body']['nodes'][1]['timeout'] = '1h'
    done = fermata('run', write(graph), '--changed', f'--history={record}', '--result')
    tap.equal((done.status, done.out), (0, '"11 55 33"\n'))
    tap.equal(ran(), ['first-1', 'double-1', 'double-5', 'first-3', 'double-3'])


def test_paths_that_name_nothing():
    path = write(nested())
    for options, problem in (
            (['--only=each/1/tripel'], 'there is no node “tripel”'),
            (['--until=all/0/double'], 'the node “all” has no body'),
            (['--pin=each/x=1'], 'there is no node “x”'),
            (['--pin=each/1/double=one'], 'the output must be JSON'),
            (['--from=each/2'], 'needs the output of “list”'),
            (['--from=each/'], 'there is no node “”')):
        done = fermata('run', path, *options)
        expect(done.status == 2 and problem in done.err, done)
    tap.equal(ran(), [])
    done = fermata('run', path, '--pin=each/7/double=1', '--pin=each/0/double="x"')
    expect(done.status == 0 and '“each/7/double” was of no use' in done.err and 'each/0' not in done.err, done)


tap.main(sys.modules[__name__])

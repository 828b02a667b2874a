# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The option --virtual-time: time passes by lines of input, and by itself at their end."""

import json
import sys

import cli
import tap
from cli import expect, fermata


def delay(identity, duration):
    return {'id': identity, 'type': 'delay', 'with': {'duration': duration}}


def wait(identity, **more):
    return {'id': identity, 'type': 'wait', 'with': {'event': identity}, **more}


def run(nodes, *options, stdin='', edges=()):
    folder = cli.Folder()
    graph = {'fermata': 1, 'kind': 'dag', 'nodes': nodes, 'edges': list(edges)}
    return fermata('run', folder.write('graph.fermata.json', graph), '--virtual-time', *options, stdin=stdin)


def ends(done):
    """Which node was done at which time of the run, in order."""
    events = [json.loads(line) for line in done.out.splitlines()]
    return [(event['node'], event['t'] / 1e6) for event in events if event['kind'] == 'node-completed']


def test_passes_by_itself_at_the_end():
    done = run([delay('long', '5h'), delay('short', '10m')], '--events')
    expect(done.status == 0, done)
    tap.equal(ends(done), [('short', 600.0), ('long', 18000.0)])


def test_stands_still_until_told():
    """An event that comes before the time is early, one that comes after it is late."""
    nodes = [wait('coin', timeout='5s', **{'on-error': {'value': 'late'}})]
    for lines, output in (('advance 4s\ncoin "early"\n', 'early'), ('advance 5s\ncoin "early"\n', 'late'),
                          ('{"advance": 4.5}\ncoin "early"\n', 'early'), ('advance\ncoin "early"', 'late'),
                          ('advance 4s\nadvance 1s\ncoin "early"', 'late'), ('advance next', 'late'),
                          ('{"advance": "next"}', 'late')):
        done = run(nodes, '--result', stdin=lines)
        expect((done.status, done.out) == (0, f'"{output}"\n'), lines, done)


def test_timers_on_the_way_come_in_order():
    nodes = [delay('first', '1s'), delay('second', '2s'), delay('third', '2s'), wait('coin')]
    edges = [{'from': 'first', 'to': 'second'}, {'from': 'second', 'to': 'coin'}]
    done = run(nodes, '--events', stdin='advance 10s\ncoin\n', edges=edges)
    tap.equal(ends(done), [('first', 1.0), ('third', 2.0), ('second', 3.0), ('coin', 10.0)])


def test_tasks_take_no_time():
    nodes = [{**cli.command('process', 'true'), 'timeout': '1s'}, delay('after', '1h'), wait('coin')]
    edges = [{'from': 'process', 'to': 'after'}]
    for lines in ('advance 2h\ncoin\n', 'coin\n', 'coin\nadvance\n'):
        done = run(nodes, '--events', stdin=lines, edges=edges)
        expect(done.status == 0, lines, done)
        expect(('process', 0.0) in ends(done) and ('after', 3600.0) in ends(done), lines, done)


def test_now_does_not_wait_for_tasks():
    nodes = [{**cli.command('process', 'tail', '-f', '/dev/null'), 'timeout': '1m'}, wait('coin')]
    done = run(nodes, stdin='advance 1m now\ncoin\n')
    expect(done.status == 1 and 'timeout' in done.err and 'in 1 min 00 s' in done.err, done)


def test_retries_and_time_limits():
    node = {**cli.command('fails', 'false'), 'retry': {'attempts': 3, 'delay': '1h', 'backoff': 2}}
    done = run([node])
    expect(done.status == 1 and 'in 3 h 00 min' in done.err, done)
    done = run([delay('long', '5h')], '--timeout=1h')
    expect(done.status == 124 and 'Timed out after 1 h 00 min' in done.err, done)


def test_options_too():
    done = run([wait('coin')], '--events', '--event', 'advance 30s', '--event', 'coin')
    tap.equal(ends(done), [('coin', 30.0)])


def test_an_event_may_be_called_so():
    done = run([wait('advance')], '--result', stdin='{"event": "advance", "data": "5s"}')
    tap.equal(done.out, '"5s"\n')


def test_mistakes():
    for line, said in (('advance soon', 'not by "soon"'), ('advance -5s', 'not by'), ('advance {}', 'not by {}'),
                       ('{"advance": null}', 'not by null'), ('{"advance": 1, "now": 1}', '“now”'),
                       ('{"advance": 1, "data": 1}', '“data”'), ('advance 5s later', 'not by')):
        done = run([wait('coin')], stdin=f'{line}\ncoin\n')
        expect(done.status == 0 and said in done.err and 'standard input:1: ' in done.err, line, done)
    done = run([wait('coin')], stdin='advance\ncoin\n')
    expect(done.status == 0 and 'there is no timer' in done.err, done)
    done = run([wait('coin')], '--event', 'advance x', stdin='')
    expect(done.status == 2 and '--event=advance x: ' in done.err, done)


def test_far_away():
    """Time may pass as far as it goes."""
    done = run([delay('long', '1000000h')], '--events', stdin='')
    tap.equal(ends(done), [('long', 3.6e9)])
    done = run([wait('coin')], stdin='advance 2000000000h\nadvance 2000000000h\nadvance 2000000000h\ncoin\n')
    expect(done.status == 0, done)


def test_timers_without_end():
    """Nobody is there to end it."""
    graph = {'fermata': 1, 'kind': 'fsm', 'nodes': [{'id': 'a'}],
             'edges': [{'from': 'a', 'to': 'a', 'after': '1s'}]}
    folder = cli.Folder()
    done = fermata('run', folder.write('graph.fermata.json', graph), '--virtual-time', '-q', stdin='')
    expect(done.status == 130 and 'no end to it' in done.err, done.err[-500:])


tap.main(sys.modules[__name__])

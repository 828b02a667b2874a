# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""State machines on the command line: what is told of each step, and how they end."""

import json
import signal
import subprocess
import sys

import cli
import tap
from cli import expect, fermata
from terminal import Terminal

TURNSTILE = {
    'fermata': 1, 'kind': 'fsm', 'variables': {'coins': 0},
    'nodes': [{'id': 'locked'}, {'id': 'open', 'entry': [{'log': 'open'}]},
              {'id': 'off', 'type': 'final', 'data': {'coins': '{{variables.coins}}'}}],
    'edges': [
        {'from': 'locked', 'to': 'open', 'event': 'coin', 'when': 'event.data.value >= 1',
         'assign': [{'coins': 'variables.coins + 1'}]},
        {'from': 'open', 'to': 'locked', 'event': 'push'},
        {'from': 'open', 'to': 'locked', 'after': '5s'},
        {'from': 'locked', 'to': 'off', 'event': 'off'}]}

COIN = 'coin {"value": 1}\n'


def write(graph):
    folder = cli.Folder()
    return folder, folder.write('machine.fermata.json', graph)


def run(*options, stdin='', graph=TURNSTILE):
    folder, path = write(graph)
    return fermata('run', path, *options, stdin=stdin)


def machine(nodes, edges, **members):
    return {'fermata': 1, 'kind': 'fsm', 'nodes': nodes, 'edges': edges, **members}


def says(stdin, *options, graph=TURNSTILE):
    done = run('--virtual-time', *options, stdin=stdin, graph=graph)
    expect(done.status == 0, done)
    return done.out.splitlines()


def test_each_step():
    tap.equal(says(f'push\n{COIN}push\n{COIN}advance 5s\noff\n'),
              ['locked', 'locked (push is ignored)', 'open', '→ open (coin)', '→ locked (push)', 'open',
               '→ open (coin)', '→ locked (after 5s)', '→ off (off), final'])


def test_regions_are_told_together():
    graph = machine([{'id': 'p', 'type': 'parallel', 'nodes': [
        {'id': 'one', 'nodes': [{'id': 'a'}, {'id': 'b'}]}, {'id': 'two', 'nodes': [{'id': 'c'}, {'id': 'd'}]}]}],
        [{'from': 'a', 'to': 'b', 'event': 'x'}, {'from': 'c', 'to': 'd', 'event': 'y'}])
    tap.equal(says('x\ny\n', graph=graph), ['a, c', '→ b, c (x)', '→ b, d (y)'])


def test_internal_events_are_part_of_a_step():
    graph = machine([{'id': 'a'}, {'id': 'b', 'entry': {'raise': 'go'}}, {'id': 'c'}],
                    [{'from': 'a', 'to': 'b', 'event': 'x'}, {'from': 'b', 'to': 'c', 'event': 'go'}])
    tap.equal(says('x\n', graph=graph), ['a', '→ c (x)'])


def test_lines_of_json():
    lines = [json.loads(line) for line in says(f'push\n{COIN}advance 2s\noff\n', '--json')]
    tap.equal(lines[0], {'t': 0, 'event': None, 'edges': [], 'configuration': ['locked'], 'final': False})
    tap.equal(lines[1]['edges'], [])
    tap.equal(lines[2], {'t': 0, 'log': 'open', 'node': 'open'})
    tap.equal(lines[3], {'t': 0, 'event': 'coin', 'data': {'value': 1}, 'edges': ['locked>open'],
                         'configuration': ['open'], 'final': False})
    tap.equal((lines[4]['t'], lines[4]['event'], lines[4]['edges']), (2000000, 'off', []))
    tap.equal(lines[5]['t'], 5000000)
    tap.equal(len(lines), 6)


def test_result():
    done = run('--virtual-time', '--result', stdin=f'{COIN}push\noff\n')
    tap.equal(json.loads(done.out), {'configuration': ['off'], 'final': True, 'state': 'off', 'data': {'coins': 1}})
    expect('→ open (coin)' in done.err, done)
    done = run('--result', stdin='', graph={**TURNSTILE, 'result': 'variables.coins'})
    tap.equal(json.loads(done.out), {'configuration': ['locked'], 'final': False, 'result': 0})
    done = run('--result', '--quiet', stdin='')
    tap.equal(json.loads(done.out), {'configuration': ['locked'], 'final': False})
    tap.equal(done.err, '')


def test_quiet():
    done = run('--quiet', stdin=COIN + 'push\n')
    tap.equal((done.out, done.err), ('open\n', ''))


def test_end_of_input():
    """Timers are waited for, or not."""
    graph = machine([{'id': 'a'}, {'id': 'b'}], [{'from': 'a', 'to': 'b', 'after': '50ms'}])
    tap.equal(run(graph=graph).out, 'a\n→ b (after 50ms)\n')
    done = run('--eof=stop', graph=graph)
    tap.equal(done.out, 'a\n')
    expect(done.status == 0 and 'Done: a after' in done.err and 'not final' in done.err, done)
    tap.equal(run('--eof=wait', graph=graph).out, 'a\n→ b (after 50ms)\n')


def test_tasks():
    graph = machine([{'id': 'a', 'do': cli.command('work', 'echo', '7', output='json')},
                     {'id': 'b', 'entry': {'log': '{{event.data}}'}}],
                    [{'from': 'a', 'to': 'b', 'event': 'done.invoke.work'}])
    done = run(graph=graph)
    tap.equal(done.out, 'a\n7\n→ b (done.invoke.work)\n')
    expect('task a/work: started' in done.err and 'task a/work: done' in done.err, done)
    graph['nodes'][0]['do']['with']['argv'] = ['tail', '-f', '/dev/null']
    done = run('--eof=stop', graph=graph)
    expect(done.status == 0 and 'Done: a after' in done.err, done)


def test_failures_are_seen():
    graph = machine([{'id': 'a', 'exit': {'log': '{{event.data.b.c}}'}}, {'id': 'b'}],
                    [{'from': 'a', 'to': 'b', 'event': 'x', 'when': 'event.data.nothing.at.all'},
                     {'from': 'a', 'to': 'b', 'event': 'x'}])
    done = run(stdin='x {}\n', graph=graph)
    expect(done.out.splitlines()[-1].startswith('→ b (x)'), done)
    expect('edge a>b: failed: when: ' in done.err and 'state a: failed: ' in done.err, done)


def test_explain():
    lines = says('push\ncoin {"value": 0}\n', '--explain')
    tap.equal(lines, [
        'locked', 'push', '  locked>open: not taken; it is for another event',
        '  locked>off: not taken; it is for another event', 'locked (push is ignored)',
        'coin {"value":0}', '  locked>open: not taken; its condition is false',
        '      when event.data.value >= 1 = false', '        event.data.value = 0',
        '  locked>off: not taken; it is for another event', 'locked (coin is ignored)'])
    first = json.loads(says('push\n', '--explain', '--json')[1])['explanation']
    tap.equal((first['event']['name'], [edge['reason'] for edge in first['edges']]), ('push', ['event', 'event']))


def test_many_events():
    """Far more than are kept at a time, and none is lost."""
    done = run('--result', '--quiet', stdin=(COIN + 'push\n') * 25000 + 'off\n')
    tap.equal(json.loads(done.out)['data'], {'coins': 25000})


def test_what_does_not_go_together():
    for options in (('--events', '--json'), ('--events', '--explain'), ('--result', '--json')):
        done = run(*options)
        expect(done.status == 2 and 'do not go together' in done.err, done)
    expect(run('--eof=later').status == 2, 'an unknown word was taken')


def test_events_come_while_it_runs():
    folder, path = write(TURNSTILE)
    process = cli.start('run', path, stdin=subprocess.PIPE)
    cli.wait_for_line(process.stdout, 'locked')
    process.stdin.write(COIN.encode())
    cli.wait_for_line(process.stdout, '→ open (coin)')
    process.stdin.write(b'push\n')
    cli.wait_for_line(process.stdout, '→ locked (push)')
    process.stdin.write(b'off\n')
    cli.wait_for_line(process.stdout, '→ off (off), final')
    expect(process.wait(cli.PATIENCE) == 0, process)


def test_cancelling():
    folder, path = write(machine([{'id': 'a', 'exit': {'log': 'bye'}}], []))
    process = cli.start('run', path, stdin=subprocess.PIPE)
    cli.wait_for_line(process.stdout, 'a')
    process.send_signal(signal.SIGINT)
    process.wait(cli.PATIENCE)
    done = cli.finish(process)
    expect(done.status == 130 and done.out == 'bye\n' and 'Cancelled after' in done.err, done)


def test_terminal():
    """Who types sees which events there are; Ctrl-D ends the input."""
    folder, path = write(TURNSTILE)
    terminal = Terminal('run', path, '--virtual-time')
    terminal.wait_for('locked\nevents: coin, off')
    terminal.press(b'coin {"value": 1}\n')
    terminal.wait_for(r'→ open \(coin\)\nevents: push')
    terminal.press(b'bad {\n')
    terminal.wait_for('standard input:2: no event')
    terminal.press(b'advance\n')
    terminal.wait_for(r'→ locked \(after 5s\)\nevents: coin, off')
    terminal.press(b'\x04')
    tap.equal(terminal.finish(), 0)
    expect('Done: locked after' in terminal.screen.text(), terminal.screen.text())
    expect(terminal.screen.cursor_is_visible, 'the cursor is hidden')


def test_from_standard_input():
    done = fermata('run', '-', '--event', COIN, '--event=push', '--event=off', stdin=json.dumps(TURNSTILE))
    expect(done.status == 0 and done.out.endswith('→ off (off), final\n'), done)


def test_stop_after_what_was_sent_on():
    """A machine below has events to handle before the run is idle."""
    child = {'id': 'child', 'type': 'subgraph', 'autoforward': True,
             'body': {'nodes': [{'id': 'c'}],
                      'edges': [{'from': 'c', 'event': 'u', 'actions': {'send': {'event': 'answer', 'to': '#_parent'}}}]}}
    graph = {'fermata': 1, 'kind': 'fsm', 'nodes': [{'id': 'a', 'do': child}, {'id': 'b'}],
             'edges': [{'from': 'a', 'to': 'b', 'event': 'answer'}]}
    folder = cli.Folder()
    done = fermata('run', folder.write('graph.fermata.json', graph), '--eof=stop', '--result', '-q', stdin='u\n')
    expect(done.status == 0 and json.loads(done.out.splitlines()[-1])['configuration'] == ['b'], done)


tap.main(sys.modules[__name__])

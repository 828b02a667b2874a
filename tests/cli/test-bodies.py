# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""How runs show what happens in bodies: events, lines, the view on a terminal."""

import json
import re
import sys

import cli
import tap
from cli import command, expect
from terminal import Terminal

FOLDER = cli.Folder()
WAITS = 'tail -f /dev/null'


def shell(identity, script, *arguments):
    return command(identity, 'sh', '-c', script, 'sh', *arguments)


def body(*nodes, **members):
    return {'nodes': nodes, 'edges': [], **members}


def owner(identity, kind, *nodes, bodies=None, **parameters):
    return {'id': identity, 'type': kind, 'with': parameters, 'body': body(*nodes), **(bodies or {})}


def orders(script, n=40, **parameters):
    """Items, each of which runs a script with its number."""
    items = f'Array.from ({{ length: {n} }}, (x, i) => i)'
    return owner('orders', 'foreach', shell('work', script, '{{iteration.index}}'), items=items, **parameters)


def graph(*nodes, edges=(), **members):
    return FOLDER.write('graph.fermata.json',
                        {'fermata': 1, 'kind': 'dag', **members, 'nodes': nodes, 'edges': [*edges]})


def guarded():
    """A loop around a body that fails and one that catches that."""
    broken = {'id': 'broken', 'type': 'fail', 'with': {'message': 'no'}}
    guard = {'id': 'guard', 'type': 'try', 'body': body(broken),
             'catch': body({'id': 'fix', 'type': 'set', 'with': {'value': '{{error.message}}'}})}
    return owner('loop', 'while', guard, condition='iteration.index < 3', initial=0)


# --- Events ------------------------------------------------------------------

def test_events_have_paths():
    done = cli.fermata('run', '--events', graph(guarded()))
    events = [json.loads(line) for line in done.out.splitlines()]
    paths = [event.get('path') for event in events if event['kind'] == 'node-completed']
    tap.equal(paths[:3], ['loop/0/guard/catch/fix', 'loop/0/guard', 'loop/1/guard/catch/fix'])
    frames = [event['path'] for event in events if event['kind'] == 'frame-entered'][:4]
    tap.equal(frames, ['loop/0/', 'loop/0/guard/body/', 'loop/0/guard/catch/', 'loop/1/'])
    expect(all('path' not in event for event in events
               if 'frame' not in event and not event['kind'].startswith('frame-')), done)
    names = {event['node'] for event in events if event.get('frame') and 'node' in event}
    expect('loop/guard/catch/fix' in names, names)


def test_events_as_text():
    done = cli.fermata('run', '--events=text', graph(guarded()))
    lines = done.out.splitlines()
    expect(all(re.match(r' +\d+\.\d{3}  [a-z-]+', line) for line in lines), done)
    expect(re.search(r'(?m)^ +\d+\.\d{3}  node-completed +loop/2/guard/catch/fix  "no"$', done.out), done)
    expect('\x1b' not in done.out, done)
    coloured = cli.fermata('run', '--events=text', '--color=always', graph(guarded()))
    expect('\x1b[1mloop/2/guard/catch/fix\x1b[0m' in coloured.out, coloured)


def test_events_as_text_in_a_terminal():
    long = {'id': 'long', 'type': 'set', 'with': {'value': 'word ' * 100}}
    terminal = Terminal('run', '--events=text', '--quiet', graph(long), columns=60)
    tap.equal(terminal.finish(), 0)
    shown = terminal.screen.text().splitlines()
    expect(all(len(line) <= 60 for line in shown), *shown)
    expect(any(re.search('node-completed +long  "word .*…$', line) for line in shown), *shown)


def test_what_is_logged_has_paths():
    done = cli.fermata('run', '--json', graph(owner('orders', 'foreach', cli.log('say', 'at {{input}}'), items='[7]')))
    told = json.loads(done.out.splitlines()[0])
    tap.equal((told['log'], told['node'], told['path']), ('at 7', 'orders/say', 'orders/0/say'))


def test_only_known_forms():
    done = cli.fermata('run', '--events=xml', graph(guarded()))
    tap.equal(done.status, 2)
    expect('json' in done.err and 'text' in done.err, done)


# --- Lines -------------------------------------------------------------------

def test_lines_name_paths():
    done = cli.fermata('run', '--verbose', graph(guarded()))
    expect('node loop/1/guard/catch/fix: done\n' in done.err, done)
    expect('node loop/2/guard/body/broken: failed: no\n' in done.err, done)


def test_loops_are_counted():
    done = cli.fermata('run', graph(orders('test $1 != 3', failures='skip')))
    expect('node orders: started\n' in done.err, done)
    expect(re.search(r'node orders: done in .*, 40 items, 1 failed\n', done.err), done)
    expect(re.search(r'node orders/3/work: failed in .*: exit status 1\n', done.err), done)
    tap.equal(len(done.err.splitlines()), 4)


def test_rounds_and_copies_are_counted():
    copies = owner('copies', 'fan-out', command('one', 'true'), copies=3)
    once = owner('once', 'while', command('one', 'true'), condition='iteration.index < 1', initial=0)
    done = cli.fermata('run', graph(copies, once))
    expect(re.search(r'node copies: done in .*, 3 copies\n', done.err), done)
    expect(re.search(r'node once: done in .*, 1 round\n', done.err), done)


def test_not_all_failures_are_told():
    node = orders('exit 1', failures='skip')
    done = cli.fermata('run', graph(node))
    tap.equal(done.err.count('failed in'), 5)
    tap.equal(done.err.count('node orders: more fails in it'), 1)
    expect('40 items, 40 failed' in done.err, done)
    done = cli.fermata('run', '--verbose', graph(node))
    tap.equal(done.err.count('failed in'), 40)


# --- Explanations ------------------------------------------------------------

def explain(path, *options):
    return cli.fermata('explain', FOLDER / 'graph.fermata.json', path, *options)


def test_explain_a_place_in_a_body():
    record = FOLDER / 'run.record'
    cli.fermata('run', '--quiet', graph(guarded()), f'--record={record}')
    history = f'--history={record}'
    done = explain('loop/1/guard/catch/fix', history)
    expect(done.out.startswith('loop/1/guard/catch/fix: done\n') and 'Output: "no"' in done.out, done)
    told = json.loads(explain('loop/2/guard', history, '--json').out)
    tap.equal((told['path'], told['node'], told['status']), ('loop/2/guard', 'guard', 'done'))
    expect('Its body: round 3' in explain('loop', history).out, explain('loop', history))
    for path in 'loop/3/guard', 'loop/guard', 'loop/1/guard/finally/x', 'loop/', 'loop/1/', '/', 'loop//guard':
        tap.equal((path, explain(path, history).status), (path, 2))
    tap.equal(explain('loop/1/guard', history, '--at=1').status, 2)


def test_explain_a_body_without_a_run():
    graph(guarded())
    for path in 'loop/guard/catch/fix', 'loop/7/guard/catch/fix':
        expect(explain(path).out.startswith(f'{path}: a node of type set\n'), explain(path))
    for path in 'loop/guard/fix', 'loop/x', 'loop/guard/catch', 'loop/', 'loop/0', '':
        tap.equal((path, explain(path).status), (path, 2))


# --- The view ----------------------------------------------------------------

def shows(wanted, *nodes, rows=24, **members):
    """Runs until the terminal shows it, from the first row of the view on."""
    terminal = Terminal('run', graph(*nodes, **members), rows=rows)
    terminal.wait_for('(?m)^' + wanted)
    terminal.press(b'\x03')
    tap.equal(terminal.finish(), 130)
    expect(terminal.screen.cursor_is_visible, 'the cursor is hidden')


def test_items():
    shows(r'orders +\S+ s  2/40 · 3 running · 1 failed\n'
          r'  2/work +\S+ s  at it\n  3/work +\S+ s  at it\n  4/work +\S+ s  at it\n.* 0/1, ',
          orders(f'test $1 != 0 || exit 1; test $1 = 1 || {{ echo at it >&2; {WAITS}; }}',
                 **{'max-parallel': 3, 'failures': 'skip'}))


def test_the_bar_moves_with_items():
    shows(r'orders .* 20/40 · 1 running\n.*\n█{20}░{20} 0/1, ', orders(f'test $1 != 20 || {WAITS}'))


def test_rounds_and_bodies():
    fails = shell('risky', 'exit 1')
    guard = {'id': 'guard', 'type': 'try', 'body': body(fails),
             'catch': body(shell('fix', f'test $1 != 2 || {WAITS}', '{{iteration.index}}'))}
    shows(r'loop +\S+ s  round 3\n  2/guard +\S+ s  catch · 0/1\n    catch/fix +\S+ s\n.* 0/1, ',
          owner('loop', 'while', guard, condition='true', initial=0))


def test_branches():
    shows(r'both +\S+ s  1/3 branches\n  slow +\S+ s\n  slower +\S+ s\n.* 0/1, ',
          owner('both', 'parallel', command('quick', 'true'), shell('slow', WAITS), shell('slower', WAITS)))


def test_items_of_an_edge():
    node = shell('each', WAITS)
    listed = {'id': 'list', 'type': 'set', 'with': {'value': [1, 2, 3]}}
    shows(r'each +\S+ s  0/3 · 2 running\n  0 +\S+ s\n  1 +\S+ s\n.* 1/2, ', listed, node,
          edges=[{'from': 'list', 'to': 'each', 'each': True}], **{'max-concurrency': 2})


def test_a_machine_inside():
    task = shell('fetch', WAITS)
    machine = {'kind': 'fsm', 'initial': 'busy', 'nodes': [{'id': 'busy', 'do': task}],
               'edges': [{'from': 'busy', 'event': 'stop'}]}
    shows(r'door +\S+ s  in busy\n  busy/fetch +\S+ s\n.* 0/1, ',
          {'id': 'door', 'type': 'subgraph', 'body': machine})


def test_what_lies_deep_goes_first():
    nodes = [owner(f'in-{number}', 'subgraph', shell('work', WAITS)) for number in range(3)]
    shows(r'in-0 .*\n  work .*\nin-1 .*\nin-2 .*\n… and 2 more\n.* 0/3, ', *nodes, rows=7)
    shows(r'in-0 .*\nin-1 .*\nin-2 .*\n… and 3 more\n.* 0/3, ', *nodes, rows=6)


def test_many_iterations_take_no_more_room():
    shows(r'orders .* 0/40 · 40 running\n(  \d+/work .*\n){14}… and 26 more\n.* 0/1, ',
          orders(WAITS, **{'max-parallel': 100}), **{'max-concurrency': 100})


tap.main(sys.modules[__name__])

# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The examples in Python do what they say."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import bindings
import tap

# What there is without the overrides: introspection alone.
PLAIN = '''
import gi
gi.require_version('Fermata', '1')
from gi.repository import Fermata, GLib

class Plain(Fermata.NodeType):
    def do_make_description(self):
        return Fermata.Value.parse(b'{"name": "plain", "timeout": "10ms"}')

    def do_execute(self, execution):
        if execution.get_node_id() == 'bad':
            raise ValueError('left under way')
        execution.complete(Fermata.Value.parse(b'[1]'))

engine = Fermata.Engine.new_default()
engine.add_type(Plain())
for node in 'good', 'bad':
    graph = Fermata.Value.parse(b'{"fermata": 1, "kind": "dag", "edges": [], "nodes": [{"id": "%s", "type": "plain"}]}'
                                % node.encode())
    run = engine.create_run(engine.compile(Fermata.Graph.new_from_value(graph)), None, None)
    run.start()
    while not run.has_ended():
        GLib.MainContext.default().iteration(True)
    moment = run.get_moment()
    print((moment.get_result() or moment.get_error().get_member('kind')).to_string(0)[0])
'''

EXAMPLES = Path(os.environ['FERMATA_EXAMPLES'])


def example(name, *arguments, cwd=None):
    done = subprocess.run([sys.executable, '-B', EXAMPLES / 'python' / name, *map(str, arguments)],
                          capture_output=True, text=True, cwd=cwd, timeout=60)
    return done.returncode, done.stdout, done.stderr


def test_the_node_type_counts_words():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, 'one').write_text('three words here\n')
        Path(folder, 'two').write_text('five\nwords\nin five lines\n')
        status, out, err = example('node-type.py', 'one', 'two', 'three', cwd=folder)
    lines = sorted(out.splitlines(), key=str.split)
    tap.equal((status, err, lines[:2]), (0, '', ['       3 one', '       5 two']))
    assert len(lines) == 3 and 'three' in lines[2], out


def test_events_are_printed():
    status, out, err = example('events.py', EXAMPLES / 'hello.fermata.json', 'name=Ada')
    lines = out.splitlines()
    tap.equal((status, err, lines[-1]), (0, '', 'done "Hello, Ada!"'))
    tap.equal([line.split()[3] for line in lines[:-1]],
              ['run-started', 'node-started', 'node-completed', 'node-started', 'logged', 'node-completed',
               'run-ended'])


def test_the_hook_keeps_outputs():
    graph = {'fermata': 1, 'kind': 'dag', 'nodes': [
        {'id': 'a', 'type': 'command', 'with': {'argv': ['sh', '-c', 'echo x >> tries; test $(wc -l < tries) -ge 3 && echo done']}},
        {'id': 'b', 'type': 'set', 'with': {'value': 1}}], 'edges': []}
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, 'graph.json').write_text(json.dumps(graph))
        first = example('hook.py', 'graph.json', 'kept.json', cwd=folder)
        second = example('hook.py', 'graph.json', 'kept.json', cwd=folder)
        tries = Path(folder, 'tries').read_text()
    tap.equal((first[0], first[2], second[0], second[2], tries), (0, '', 0, '', 'x\nx\nx\n'))
    tap.equal([line.endswith('once more') for line in first[1].splitlines()], [True, True, False])
    tap.equal(second[1].splitlines()[:2], ['a: kept from before', 'b: kept from before'])
    tap.equal(first[1].splitlines()[-1], second[1].splitlines()[-1])


def test_a_machine_is_driven():
    status, out, err = example('machine.py', EXAMPLES / 'turnstile.fermata.json', 'coin=1', 'push', 'coin=0')
    tap.equal((status, err), (0, ''))
    tap.equal(out.splitlines()[:5], ['locked', 'coin=1: unlocked', 'push: locked', 'coin=0: locked',
                                     'next: locked>unlocked, by coin'])
    tap.equal(out.splitlines()[5:], ['visited locked', 'visited unlocked', 'visited locked'])


def test_introspection_alone_is_enough():
    plain = {name: value for name, value in os.environ.items() if name != 'PYTHONPATH'}
    done = subprocess.run([sys.executable, '-B', '-c', PLAIN], capture_output=True, text=True, env=plain, timeout=60)
    tap.equal((done.returncode, done.stdout), (0, '[1]\n"timeout"\n'))
    assert 'ValueError: left under way' in done.stderr, done.stderr


def test_events_need_a_graph():
    status, out, err = example('events.py')
    tap.equal((status, out), (1, ''))
    assert 'events.py GRAPH' in err, err


tap.main(sys.modules[__name__])

# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the engine makes of a graph, and whether that is what the oracle says."""

import json
import os
import select
import subprocess
import tempfile

import oracle
import oracle_values

PATIENCE = 60
KINDS = ('connectivity', 'timeout', 'validation', 'expression', 'execution', 'security', 'retry-exhausted', 'routing',
         'budget')


class Crash(Exception):
    """The engine came to no end, or found itself in the wrong."""


class Player:
    """The program that runs graphs; another one, when it has crashed."""

    def __init__(self, program=None):
        self.program = program or os.environ['FERMATA_PLAY_BODIES']
        self.process = None

    def begin(self):
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen([self.program], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=self.errors, text=True)

    def play(self, graph, **what):
        if self.process is None:
            self.begin()
        line = json.dumps({'graph': graph, **{name.replace('_', '-'): value for name, value in what.items()}})
        try:
            self.process.stdin.write(line + '\n')
            self.process.stdin.flush()
            ready = select.select([self.process.stdout], [], [], PATIENCE)[0]
            answer = self.process.stdout.readline() if ready else ''
        except BrokenPipeError:
            ready, answer = True, ''
        if answer:
            return json.loads(answer)
        self.process.kill()
        self.process.wait()
        self.process = None
        self.errors.seek(0)
        said = self.errors.read()[-2000:].decode(errors='replace') if ready else 'does not come to an end'
        raise Crash(said)

    def memory(self):
        """Of its process, in KB."""
        with open(f'/proc/{self.process.pid}/statm') as file:
            pages = file.read().split()
        return (int(pages[1]) - int(pages[2])) * 4

    def end(self):
        if self.process is not None:
            self.process.stdin.close()
            self.process.wait()
            self.process = None


# --- What the engine did, in the words of the oracle --------------------------------

ENDS = {'node-completed': 'done', 'node-recovered': 'done', 'node-failed': 'failed',
        'node-skipped': 'skipped', 'node-cancelled': 'cancelled'}


class Seen:
    """Frames by key, as `keys_of ()` has those of the oracle. A key is a path of
    (owner, attempt or visit, body, index)."""

    def __init__(self, answer):
        self.answer = answer
        self.keys = {0: ()}
        self.frames = {(): {'entered': 0, 'nodes': {}, 'visits': {}}}
        self.order = []
        for event in answer['events']:
            self.add(event)

    def add(self, event):
        kind, number = event['kind'], event.get('frame', 0)
        place = event.get('node')
        time = event['t'] / 1000
        if kind == 'frame-entered':
            self.enter(event, number, time)
        elif kind == 'frame-left':
            key = self.keys.pop(event['data']['frame'])
            frame = self.frames[key]
            frame['left'] = time
            frame['gave'] = gave_of(event['data'])
            self.order.append(('left', key))
        elif kind == 'state-entered':
            frame = self.frames[self.keys[number]]
            id = place.split('/')[-1]
            frame['visits'][id] = frame['visits'].get(id, 0) + 1
            frame.setdefault('states', []).append((id, time))
        elif place is not None and (kind in ENDS or kind == 'node-started'):
            self.see_node(event, kind, number, place.split('/')[-1], time)

    def enter(self, event, number, time):
        data = event['data']
        parent = self.keys[number]
        owner = event['node'].split('/')[-1]
        around = self.frames[parent]
        which = around['visits'].get(owner) or len(around['nodes'][owner]['starts'])
        index = 0 if 'body' in data else data['index']
        key = (*parent, (owner, which, data.get('body', 'body'), index))
        assert key not in self.frames, f'{key} is entered twice'
        self.keys[data['frame']] = key
        self.frames[key] = {'entered': time, 'nodes': {}, 'visits': {}}
        self.order.append(('entered', key))

    def see_node(self, event, kind, number, id, time):
        key = self.keys[number]
        node = self.frames[key]['nodes'].setdefault(id, {'starts': [], 'status': None})
        data = event.get('data')
        if kind == 'node-started':
            node['starts'].append(time)
            self.order.append(('started', key, id))
            return
        assert node['status'] is None, f'{key} {id} ends twice'
        node.update(status=ENDS[kind], ended=time)
        if kind == 'node-recovered':
            node['value'] = plain(data['output'])
        elif kind == 'node-completed':
            node['value'] = plain(data)
        elif kind == 'node-failed':
            node['value'] = summary(data)
        if kind != 'node-skipped' and node['starts']:
            self.order.append(('ended', key, id, ENDS[kind]))


def gave_of(data):
    if 'error' in data:
        return ['error', summary(data['error'])]
    return ['output', plain(data['output'])] if 'output' in data else ['nothing']


def summary(error):
    """What of an error the rules say: its kind, and what it came of."""
    made = {'kind': error['kind']}
    if 'iteration' in error:
        made['iteration'] = error['iteration']
    if error.get('cause'):
        made['cause'] = summary(error['cause'])
    if error.get('handling'):
        made['handling'] = error['handling']['kind']
    return made


# --- What the oracle says, in the same words -----------------------------------------

def plain(value):
    """As JSON has it; errors as the rules say them."""
    value = None if value is oracle_values.NOTHING else value
    if isinstance(value, dict) and value.get('kind') in KINDS:
        return summary(value)
    if isinstance(value, dict):
        return {name: plain(member) for name, member in value.items()}
    if isinstance(value, list):
        return [plain(element) for element in value]
    return value


class Expected:
    def __init__(self, frame):
        self.frames = {}
        self.timeline = []
        self.sums = {}
        self.add(frame, ())
        self.timeline.sort(key=lambda entry: entry[0])
        self.order = [entry[1] for entry in self.timeline]

    def add(self, frame, key):
        made = self.frames[key] = {'entered': frame.entered, 'nodes': {}, 'visits': {}}
        if key:
            made['left'] = frame.left
            made['gave'] = self.gave(frame)
            self.timeline.append((frame.order[0], ('entered', key)))
            self.timeline.append((frame.order[1], ('left', key)))
        for record in frame.nodes.values():
            self.add_node(made, record, key)
        for visit in frame.states:
            made['visits'][visit.id] = made['visits'].get(visit.id, 0) + 1
            made.setdefault('states', []).append((visit.id, visit.entered))
            for child in visit.frames:
                self.add(child, (*key, (visit.id, made['visits'][visit.id], child.body, child.index)))

    def gave(self, frame):
        kind, value = frame.gave
        if kind == 'done':
            return ['output', plain(value)]
        if kind == 'failed':
            return ['error', summary(value)]
        if kind == 'exit' and frame.is_round and value[0] in ('break', 'continue'):
            return ['output', plain(value[1])] if value[1] is not oracle_values.NOTHING else ['nothing']
        # Nobody wants to know what was asked to end, be it by a break further in.
        return ['nothing'] if kind == 'nothing' else ['whatever']

    def add_node(self, made, record, key):
        node = made['nodes'][record.id] = {'starts': [start for start, _, _ in record.attempts if start is not None],
                                           'status': record.status, 'ended': record.ended}
        if record.status == 'done':
            node['value'] = plain(record.value)
        elif record.status == 'failed':
            node['value'] = summary(record.value)
        for number, (start, frames, order) in enumerate(record.attempts, 1):
            if start is None:
                continue
            self.timeline.append((order[0], ('started', key, record.id)))
            for frame in frames:
                self.add(frame, (*key, (record.id, number, frame.body, frame.index)))
            if number == len(record.attempts):
                self.timeline.append((order[1], ('ended', key, record.id, record.status)))
        if record.has_assigned:
            self.sums[record.id] = self.sums.get(record.id, 0) + 1


# --- Comparing ---------------------------------------------------------------------

def path_of(key):
    return '/'.join(f'{owner}#{attempt}.{body}.{index}' for owner, attempt, body, index in key) or '(root)'


def differences(document, expected_root, machine, answer):
    """Lines that say how what was seen differs from what was expected."""
    expected, seen = Expected(expected_root), Seen(answer)
    lines = []

    def tell(what, wanted, found):
        if wanted != found:
            lines.append(f'{what}: expected {json.dumps(wanted)}, found {json.dumps(found)}')

    state, value = expected_root.gave
    tell('state of the run', state, answer['state'])
    if state == 'done' == answer['state']:
        tell('result', plain(value), plain(answer.get('result')))
    tell('frames left open', 0, answer['frames'])
    for key in sorted({*expected.frames, *seen.frames}, key=path_of):
        if key not in seen.frames or key not in expected.frames:
            lines.append(f'frame {path_of(key)}: ' + ('is missing' if key in expected.frames else 'should not be'))
            continue
        compare_frames(path_of(key), expected.frames[key], seen.frames[key], tell)
    if document.get('max-concurrency') == 1 and not lines:
        compare_orders(expected.order, seen.order, lines)
    if document.get('max-concurrency') == 1 or not machine:
        tell('variables', plain(machine.variables), answer['variables'])
    return lines


def compare_frames(path, wanted, found, tell):
    for name in ('entered', 'left', 'states'):
        tell(f'{path} {name}', json.loads(json.dumps(wanted.get(name))), json.loads(json.dumps(found.get(name))))
    if wanted.get('gave') != ['whatever']:
        tell(f'{path} gave', wanted.get('gave'), found.get('gave'))
    for id in sorted({*wanted['nodes'], *found['nodes']}):
        tell(f'{path} {id}', wanted['nodes'].get(id), found['nodes'].get(id))


def compare_orders(wanted, found, lines):
    for number, (one, other) in enumerate(zip([*wanted, None], [*found, None])):
        if one != other:
            lines.append(f'order, {number}: expected {one}, found {other}')
            return


def try_case(player, case):
    """Lines that say what is wrong; [] if nothing is."""
    machine = oracle.Oracle(case['graph'], case.get('cancels', ()))
    root = machine.run()
    try:
        answer = player.play(case['graph'], cancels=case.get('cancels', []))
    except Crash as crash:
        return [f'crash: {crash}']
    if 'refused' in answer:
        return [f'refused: {answer["refused"]}']
    try:
        return differences(case['graph'], root, machine, answer)
    except AssertionError as wrong:
        return [str(wrong)]

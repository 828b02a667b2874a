# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What is true of all graphs with bodies."""

import json

import oracle
import playing
import random_bodies
import shrinking

# Statuses, ends and node types that have to occur.
FEATURES = ('timed', 'chain', 'instant', 'run done', 'run failed', 'run cancelled',
            *random_bodies.OWNERS, *random_bodies.WORDS, 'return', 'done', 'failed', 'skipped', 'cancelled', 'retried')


def report(player, case, lines, fails=shrinking.fails_alike):
    """What went wrong, and the smallest graph that it goes wrong with."""
    smaller = shrinking.shrink(player, case, fails) if fails else case
    if fails:
        lines = playing.try_case(player, smaller)
    return '\n'.join([f'seed {case["seed"]}:', *lines[:20], f'cancelled at (ms): {smaller["cancels"]}',
                      json.dumps(smaller['graph'])])


def compare(seeds, player=None):
    """The engine does what the oracle says, at the times that it says."""
    own = player or playing.Player()
    for seed in seeds:
        case = random_bodies.case(seed)
        lines = playing.try_case(own, case)
        if lines:
            raise AssertionError(report(own, case, lines))
    if player is None:
        own.end()


# --- Cancelled after every event -------------------------------------------------------

def sample(maker, number, most):
    if number <= most:
        return list(range(1, number + 1))
    return sorted({1 + maker.below(number) for _ in range(most)})


def cancel(seeds, most, player=None):
    """After each event, or after some of very many, a cancel ends the run and
    every frame, and what is to be done in any case is done; so do two."""
    own = player or playing.Player()
    for seed in seeds:
        case = random_bodies.case(seed)
        maker = random_bodies.Maker(f'{seed} cancelled')
        whole = own.play(case['graph'], quiet=True)
        for number in sample(maker, whole['n'] - 1, most):
            for numbers in ([number], [number, number + 1 + maker.below(6)]):
                try_cancelled(own, case, numbers)
    if player is None:
        own.end()


def try_cancelled(player, case, numbers):
    try:
        answer = player.play(case['graph'], cancel_at=numbers)
    except playing.Crash as crash:
        raise AssertionError(f'seed {case["seed"]}, cancelled after {numbers}: {crash}\n'
                             + json.dumps(case['graph'])) from None
    wrong = broken_rules(case['graph'], answer)
    if wrong:
        raise AssertionError('\n'.join([f'seed {case["seed"]}, cancelled after {numbers}:', *wrong,
                                        json.dumps(case['graph'])]))


def broken_rules(graph, answer):
    """Rules that hold however it was cancelled; not by the oracle, but by what stands
    in the history."""
    wrong = []
    kinds = [event['kind'] for event in answer['events']]
    n_cancels = kinds.count('cancel-requested')
    if answer['state'] != 'cancelled' and n_cancels > 0:
        wrong.append(f'the run ended as {answer["state"]}')
    if kinds[-1] != 'run-ended':
        wrong.append(f'the last event is {kinds[-1]}')
    if answer['frames'] != 0:
        wrong.append(f'{answer["frames"]} frames are left open')
    if n_cancels < 2 and 'closing-due' not in kinds:
        wrong += missing_finally(graph, answer['events'])
    return wrong + open_nodes(answer['events'])


def owners_with_finally(graph):
    return {node['id'] for inner in shrinking.graphs_of(graph)
            for node in shrinking.objects_of(inner['nodes']) if 'finally' in node}


def missing_finally(graph, events):
    """Each try whose body was entered has had its finally."""
    finals = owners_with_finally(graph)
    owed = {}
    for event in events:
        if event['kind'] != 'frame-entered':
            continue
        id = event['node'].split('/')[-1]
        if id not in finals:
            continue
        key = (event.get('frame', 0), id)
        body = event['data'].get('body', 'body')
        owed[key] = owed.get(key, 0) + {'body': 1, 'finally': -1}.get(body, 0)
    return [f'finally of {id} in frame {frame} has not run' for (frame, id), n in owed.items() if n]


def open_nodes(events):
    """Whatever started has ended, but for nodes of frames that are gone."""
    under_way = set()
    for event in events:
        if event['kind'] == 'node-started':
            under_way.add((event.get('frame', 0), event['node']))
        elif event['kind'] in (*playing.ENDS, 'node-retrying'):
            under_way.discard((event.get('frame', 0), event['node']))
    return [f'{node} in frame {frame} has not ended' for frame, node in sorted(under_way)]


# --- Held ------------------------------------------------------------------------------

CONTROL = ('held', 'released', 'bookmark')


def without_moments(value):
    """Numbers of events are others where there are holds between them."""
    if isinstance(value, dict):
        return {name: without_moments(member) for name, member in value.items()
                if name not in ('moment', 'run', 'n')}
    if isinstance(value, list):
        return [without_moments(element) for element in value]
    return value


def decisions(answer):
    return [without_moments(event) for event in answer['events'] if event['kind'] not in CONTROL]


def hold(seeds, player=None):
    """Holds change when something is decided, not what."""
    own = player or playing.Player()
    for seed in seeds:
        case = random_bodies.case(seed)
        whole = decisions(own.play(case['graph']))
        for number in range(1, 4):
            try:
                held = decisions(own.play(case['graph'], holds=number))
            except playing.Crash as crash:
                raise AssertionError(f'seed {seed}, holds {number}: {crash}\n{json.dumps(case["graph"])}') from None
            if held != whole:
                raise AssertionError(f'seed {seed}, holds {number}:\n{first_difference(whole, held)}\n'
                                     + json.dumps(case['graph']))
    if player is None:
        own.end()


def first_difference(whole, held):
    for one, other in zip(whole, held):
        if one != other:
            return f'expected {one}\n   found {other}'
    return f'{len(whole)} and {len(held)} events'


# --- Many -------------------------------------------------------------------------------

def loops(number):
    """(what, node, how many frames there may be at once, what it gives)."""
    leaf = {'id': 'x', 'type': 'set', 'with': {'value': '{{iteration.index}}'}}
    body = {'nodes': [leaf], 'edges': []}
    takes = {'nodes': [{'id': 'x', 'type': 'task', 'with': {
        'takes': '{{iteration.index % 7}}', 'value': '{{iteration.index}}'}}], 'edges': []}
    wraps = {'nodes': [{'id': 'y', 'type': 'subgraph', 'body': body}], 'edges': []}
    items = list(range(number))
    counted = {'items': f'Array.from ({{length: {number}}}, (_, i) => i)'}
    for type, given in (('foreach', counted), ('fan-out', {'copies': str(number)})):
        yield type, {'type': type, 'with': {**given, 'max-parallel': 1}, 'body': body}, 1, items
        yield f'{type} of tasks', {'type': type, 'with': {**given, 'max-parallel': 7}, 'body': takes}, 7, items
        yield f'{type}, nested', {'type': type, 'with': {**given, 'max-parallel': 3}, 'body': wraps}, 6, items
    yield 'while', {'type': 'while', 'with': {'condition': f'iteration.index < {number}', 'initial': 0},
                    'body': body}, 1, number - 1


def count_frames(number, player=None):
    """There are no more frames at any time than may be under way."""
    own = player or playing.Player()
    for what, node, most, value in loops(number):
        graph = {'fermata': 1, 'kind': 'dag', 'nodes': [{'id': 'loop', **node}], 'edges': []}
        answer = own.play(graph, quiet=True)
        assert answer['result'] == value, f'{what}: {json.dumps(answer)[:300]}'
        assert answer['frames'] == 0, f'{what}: {answer["frames"]} frames are left'
        assert answer['alive'] <= most, f'{what}: {answer["alive"]} frames at once'
    if player is None:
        own.end()


# --- Variety ---------------------------------------------------------------------------

def features(case):
    """What occurs in a graph and in what becomes of it."""
    root = oracle.Oracle(case['graph'], case['cancels']).run()
    yield case['sort']
    yield 'run ' + root.gave[0]
    frames = [root]
    types = {}
    for graph in shrinking.graphs_of(case['graph']):
        for node in shrinking.objects_of(graph['nodes']):
            if 'id' in node:
                types[node['id']] = 'machine' if node.get('body', {}).get('kind') == 'fsm' else node.get('type')
    while frames:
        frame = frames.pop()
        for visit in frame.states:
            frames += visit.frames
        for record in frame.nodes.values():
            yield record.status
            for number, (_, inner, _) in enumerate(record.attempts):
                frames += inner
                if number > 0:
                    yield 'retried'
                if types[record.id] in ('task', 'set') and inner:
                    yield 'each'
                yield types[record.id]

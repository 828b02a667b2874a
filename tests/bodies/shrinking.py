# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Makes a case that fails smaller, for as long as it fails in the same way."""

import copy
import re

import playing

MAX_TRIES = 3000
SPARE = ('retry', 'timeout', 'on-error', 'assign', 'join', 'result', 'when', 'catch', 'finally',
         'closing-timeout', 'variables', 'inputs', 'max-iterations', 'batch', 'failures', 'kinds',
         'max-parallel', 'error', 'wait', 'test', 'each', 'on', 'entry', 'budget', 'with', 'do')


def graphs_of(graph):
    """It, and all graphs in it."""
    yield graph
    for node in graph['nodes']:
        tasks = node.get('do', [])
        for owner in [node, *(tasks if isinstance(tasks, list) else [tasks])]:
            for name in ('body', 'catch', 'finally'):
                if name in owner:
                    yield from graphs_of(owner[name])


def objects_of(value):
    if isinstance(value, dict):
        yield value
    if isinstance(value, (dict, list)):
        for member in value.values() if isinstance(value, dict) else value:
            yield from objects_of(member)


def variants(case):
    """Smaller ones, the smallest first."""
    for number in range(len(case['cancels'])):
        smaller = copy.deepcopy(case)
        del smaller['cancels'][number]
        yield smaller
    for number, graph in enumerate(graphs_of(case['graph'])):
        for index in range(len(graph['nodes'])):
            yield without_node(case, number, index)
    for number, graph in enumerate(graphs_of(case['graph'])):
        for index, node in enumerate(graph['nodes']):
            if 'body' in node and graph.get('kind') != 'fsm':
                yield plainer(case, number, index)
        for index in range(len(graph['edges'])):
            smaller = copy.deepcopy(case)
            del list(graphs_of(smaller['graph']))[number]['edges'][index]
            yield smaller
    for number, found in enumerate(objects_of(case['graph'])):
        for name in SPARE:
            if name in found:
                smaller = copy.deepcopy(case)
                del list(objects_of(smaller['graph']))[number][name]
                yield smaller
        if found.get('value') not in (None, 1) and 'index' not in found:
            smaller = copy.deepcopy(case)
            list(objects_of(smaller['graph']))[number]['value'] = 1
            yield smaller


def without_node(case, number, index):
    smaller = copy.deepcopy(case)
    graph = list(graphs_of(smaller['graph']))[number]
    id = graph['nodes'].pop(index)['id']
    graph['edges'] = [edge for edge in graph['edges'] if id not in (edge['from'], edge.get('to'))]
    return smaller


def plainer(case, number, index):
    smaller = copy.deepcopy(case)
    node = list(graphs_of(smaller['graph']))[number]['nodes'][index]
    id = node['id']
    node.clear()
    node.update(id=id, type='set', **{'with': {'value': id}})
    return smaller


def fails_alike(player, case, sort):
    if not case['graph']['nodes']:
        return False
    try:
        lines = playing.try_case(player, case)
    except Exception:
        # Nothing that there is an answer for.
        return False
    return bool(lines) and sort_of(lines) == sort


SORTS = ('crash', 'refused', 'state', 'result', 'frames', 'frame', 'order', 'variables')


def sort_of(lines):
    """So that no other mistake is found on the way."""
    word = lines[0].split(':')[0].split()[0]
    if word in SORTS:
        return word
    ended = re.findall(r'"ended": ([0-9]+)', lines[0])
    return ' '.join(['node', *re.findall(r'"status": "(\w+)"', lines[0]), *(['late'] if len(set(ended)) > 1 else [])])


def shrink(player, case, fails=fails_alike):
    sort = sort_of(playing.try_case(player, case))
    tries = 0
    found = True
    while found and tries < MAX_TRIES:
        found = False
        for smaller in variants(case):
            tries += 1
            if fails(player, smaller, sort):
                case, found = smaller, True
                break
    return case

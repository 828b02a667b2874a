# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Budgets of bodies: a graph is run as it is, and once more with a budget of steps
for one of its bodies. Not by the oracle, but by what stands in the two histories."""

import copy
import json

import playing
import properties
import random_bodies
import shrinking


class Steps:
    """Of one body, by its frames in the order in which they were entered: how many
    steps were made in them and in the frames within, and what they gave."""

    def __init__(self, graph, answer, owner, body):
        free = set(self.free_nodes(graph))
        self.frames = {}
        around = {0: None}
        is_free = {0: False}
        for event in answer['events']:
            number, kind = event.get('frame', 0), event['kind']
            id = event.get('node', '').split('/')[-1]
            if kind == 'frame-entered':
                child, name = event['data']['frame'], event['data'].get('body', 'body')
                around[child] = number
                is_free[child] = is_free[number] or id in free or name == 'finally'
                if id == owner and name == body:
                    self.frames[child] = {'steps': 0, 'free': 0, 'gave': None}
            elif kind == 'frame-left' and event['data']['frame'] in self.frames:
                self.frames[event['data']['frame']]['gave'] = playing.gave_of(event['data'])
            elif kind == 'node-started':
                what = 'free' if is_free[number] or id in free else 'steps'
                while number is not None:
                    if number in self.frames:
                        self.frames[number][what] += 1
                    number = around[number]

    def free_nodes(self, graph):
        """Those that run whatever is used up."""
        for inner in shrinking.graphs_of(graph):
            for node in inner['nodes']:
                if node.get('join') == 'always':
                    yield node['id']


def bodies_of(graph):
    """(owner's id, body's name) of bodies that are DAGs. Of a race a branch may
    win that had begun; and behind an edge with `each` there are two sorts of frames."""
    each = {edge['to'] for inner in shrinking.graphs_of(graph) for edge in inner['edges'] if edge.get('each')}
    for node in shrinking.objects_of(graph):
        if node.get('id') in each or node.get('type') in ('race', 'parallel'):
            continue
        for name in ('body', 'catch', 'finally'):
            if 'id' in node and node.get(name, {}).get('kind') == 'dag':
                yield node['id'], name


def with_machines(graph):
    return {node['id'] for node in shrinking.objects_of(graph)
            if 'id' in node and any(inner.get('kind') == 'fsm' for inner in shrinking.objects_of(node))}


def with_budget(graph, owner, body, steps):
    made = copy.deepcopy(graph)
    for node in shrinking.objects_of(made):
        if node.get('id') == owner and body in node:
            node[body]['budget'] = {'steps': steps}
    return made


def compare(seeds):
    player = playing.Player()
    for seed in seeds:
        case = random_bodies.case(seed)
        maker = random_bodies.Maker(f'{seed} budget')
        bodies = list(bodies_of(case['graph']))
        if not bodies:
            continue
        owner, body = maker.pick(bodies)
        plain = player.play(case['graph'])
        used = Steps(case['graph'], plain, owner, body).frames
        if not used:
            continue
        most = max(frame['steps'] for frame in used.values())
        limit = 1 + maker.below(most + 2)
        graph = with_budget(case['graph'], owner, body, limit)
        try:
            bounded = player.play(graph)
            wrong = broken_rules(graph, plain, bounded, used, owner, body, limit)
        except playing.Crash as crash:
            wrong = [str(crash)]
        if wrong:
            raise AssertionError('\n'.join([f'seed {seed}, {limit} steps for {body} of {owner}:', *wrong,
                                            json.dumps(graph)]))
    player.end()


def plain_decisions(answer):
    return [event for event in properties.decisions(answer) if event['kind'] not in ('run-started', 'budget-warning')]


def broken_rules(graph, plain, bounded, used, owner, body, limit):
    wrong = properties.open_nodes(bounded['events'])
    if bounded['frames'] != 0:
        wrong.append(f'{bounded["frames"]} frames are left open')
    frames = Steps(graph, bounded, owner, body).frames
    wrong += [f'{frame["steps"]} steps in frame {number}' for number, frame in frames.items()
              if frame['steps'] > limit]
    # A machine has its next event before it, though no step may come of it.
    enough = limit - (owner in with_machines(graph))
    if all(frame['steps'] + frame['free'] <= enough for frame in used.values()):
        if plain_decisions(plain) != plain_decisions(bounded):
            wrong.append('it is not used up, and yet: '
                         + properties.first_difference(plain_decisions(plain), plain_decisions(bounded)))
        return wrong
    # Up to the first frame that needs more than there is, both went the same way.
    first = next(iter(used.items()))
    number, frame = first
    if frame['steps'] > limit and frame['free'] == 0 and frame['gave'][0] == 'output' and number in frames:
        gave = frames[number]['gave']
        if gave[0] != 'error' or gave[1]['kind'] != 'budget':
            wrong.append(f'frame {number} used {frame["steps"]} steps without a budget, and with it gave {gave}')
    return wrong

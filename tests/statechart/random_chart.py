# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""State machines of chance, what is done to them, and what must come of it.

Run as a program with a first seed and a number, prints for each seed one line:
`{"seed", "graph", "steps", "expected"}`, `expected` by `scxml_oracle.py`. The
steps are `{"send": [EVENTS]}`, `{"advance": MILLISECONDS}` and `{"cancel": true}`.
"""

import json
import random
import sys

import scxml_oracle

MAX_STATES = 40
EVENTS = ['a', 'b', 'c', 'd', 'a.x', 'a.x.y', 'ab']
DESCRIPTORS = ['a', 'a', 'b', 'b', 'c', 'c', 'd', 'd', 'a.x', 'a.x', 'a.*', 'a.x.', 'ab', 'x', 'y']


class Chart:
    """`parents`, `children`, … are by id."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.nodes = []
        self.parents = {}
        self.states = {}
        self.finals = self.chance(0.25)
        self.size = 2 + self.below(MAX_STATES - 1)
        self.send_ids = 0

    # --- Chance: only what random () gives, which is the same in all versions --

    def chance(self, probability):
        return self.random.random() < probability

    def below(self, n):
        return int(self.random.random() * n)

    def pick(self, some):
        return some[self.below(len(some))]

    def pick_some(self, some, n):
        some = list(some)
        return [some.pop(self.below(len(some))) for _ in range(min(n, len(some)))]

    # --- States ---------------------------------------------------------------

    def new_state(self, parent, **members):
        state = {'id': f's{len(self.states)}', **members}
        self.states[state['id']] = state
        self.parents[state['id']] = parent['id'] if parent else None
        (parent['nodes'] if parent else self.nodes).append(state)
        return state

    def grow(self):
        open_states = [None]
        while len(self.states) < self.size:
            parent = self.pick(open_states[-4:])
            is_parallel = parent is not None and parent.get('type') == 'parallel'
            kind = self.random.random()
            if not is_parallel and kind < (0.1 if parent else 0.3 * self.finals) and self.has_child(parent):
                self.new_state(parent, type='final')
            elif kind < 0.2 and parent is not None and self.has_child(parent):
                self.new_state(parent, type='history', history=self.pick(['shallow', 'deep']))
            elif kind < 0.5:
                open_states.append(self.new_state(parent, nodes=[]))
            elif kind < 0.7:
                open_states.append(self.new_state(parent, type='parallel', nodes=[]))
            else:
                self.new_state(parent)
        self.finish_states()

    def has_child(self, parent):
        return any(node.get('type') != 'history' for node in (parent['nodes'] if parent else self.nodes))

    def finish_states(self):
        """A parallel state with one region or none is no fun, and legal."""
        for state in list(self.states.values()):
            if 'nodes' in state and not self.has_child(state):
                del state['nodes']
                state.pop('type', None)
        # A history state may stand anywhere among its siblings.
        for state in self.states.values():
            if 'nodes' in state and self.chance(0.3):
                state['nodes'].reverse()

    def type_of(self, state):
        return self.states[state].get('type') or ('compound' if 'nodes' in self.states[state] else 'atomic')

    def ancestors(self, state):
        while state is not None:
            state = self.parents[state]
            yield state

    def inside(self, ancestor, of_history=True):
        return [state for state in self.states if ancestor in self.ancestors(state)
                and (of_history or self.type_of(state) != 'history')]

    # --- Targets --------------------------------------------------------------

    def place_of(self, target):
        """A history state stands for what is around it."""
        return self.parents[target] if self.type_of(target) == 'history' else target

    def can_stand_together(self, one, other):
        """Whether they are in two regions of a parallel state."""
        ends = [self.place_of(one), self.place_of(other)]
        paths = [[end, *self.ancestors(end)] for end in ends]
        common = next(state for state in paths[0] if state in paths[1])
        return common is not None and common not in ends and self.type_of(common) == 'parallel'

    def targets(self, ancestor, of_history=True):
        """One state in @ancestor, or several that can be active together."""
        some = self.inside(ancestor, of_history)
        chosen = [self.pick(some)]
        remembered = [state for state in some if self.type_of(state) == 'history']
        if remembered and self.chance(0.3):
            chosen = [self.pick(remembered)]
        if self.chance(0.35):
            for _ in range(3):
                more = self.pick(some)
                if all(self.can_stand_together(more, other) for other in chosen):
                    chosen.append(more)
        return chosen

    def add_initial(self, owner, ancestor):
        if self.chance(0.5):
            return
        initial = self.targets(ancestor)
        if self.chance(0.7):
            # Mostly a child, as is usual.
            nodes = self.states[ancestor]['nodes'] if ancestor else self.nodes
            initial = [self.pick(nodes)['id']]
        initial = initial[0] if len(initial) == 1 else initial
        if self.chance(0.4):
            initial = {'to': initial, 'actions': self.actions()}
        owner['initial'] = initial

    def add_history(self, edges, state):
        parent = self.states[self.parents[state['id']]]
        children = [child['id'] for child in parent['nodes'] if child.get('type') != 'history']
        targets = [self.pick(children)]
        if state['history'] == 'deep':
            targets = self.targets(parent['id'], self.chance(0.2))
            # Its own parent's history is what is looked for.
            targets = [t for t in targets if self.place_of(t) != parent['id']] or [self.pick(children)]
        elif self.type_of(parent['id']) == 'parallel' and self.chance(0.5):
            targets = children
        edge = {'from': state['id'], 'to': targets if len(targets) > 1 else targets[0]}
        if self.chance(0.6):
            edge['actions'] = self.actions()
        edges.append(edge)

    # --- Actions and conditions -----------------------------------------------

    def counter(self):
        return self.pick(['n', 'm'])

    def assign(self):
        name = self.counter()
        return [{name: f'variables.{name} + 1'}]

    def condition(self):
        kind = self.random.random()
        if kind < 0.4:
            modulus = self.pick([2, 2, 3, 5])
            return f'variables.{self.counter()} % {modulus} == {self.below(modulus)}'
        if kind < 0.65:
            return f'variables.{self.counter()} < {self.below(15)}'
        plain = [state for state in self.states if self.type_of(state) != 'history']
        return self.pick(['', '!']) + f"In ('{self.pick(plain)}')"

    def action(self, depth=0):
        kind = self.random.random()
        if kind < 0.3:
            return {'assign': self.assign()}
        if kind < 0.45:
            return {'log': self.pick(['{{variables.n}}', 'n is {{variables.n}}', [1, '{{variables.m}}']])}
        if kind < 0.52:
            name = self.pick(['x', 'y', 'x', 'y', 'a', 'error.mine'])
            return {'raise': self.pick([name, {'event': name, 'data': '{{variables.n}}'}])}
        if kind < 0.62:
            return {'send': self.send()}
        if kind < 0.67 and self.send_ids:
            return {'cancel': f'id{self.below(self.send_ids)}'}
        if kind < 0.68:
            return {'assign': [{'n': 'variables.n.x.y'}]}
        if depth < 2 and kind < 0.82:
            return self.branch(depth)
        if depth < 2:
            return {'foreach': [3, 4, 5][:self.below(4)], 'do': [
                self.pick([{'log': '{{iteration.index}}: {{iteration.value}}'}, {'assign': self.assign()}])]}
        return {'log': 'deep'}

    def branch(self, depth):
        branch = {'if': self.condition(), 'then': self.actions(depth + 1)}
        if self.chance(0.5):
            branch['else'] = self.actions(depth + 1)
        return branch

    def send(self):
        name = self.pick(EVENTS)
        if self.chance(0.4):
            return name
        send = {'event': name, 'data': self.below(5)}
        if self.chance(0.7):
            send['delay'] = f'{10 * (1 + self.below(20))}ms'
            if self.chance(0.5):
                # Sometimes the same as that of another.
                send['id'] = f'id{self.below(self.send_ids + 1)}'
                self.send_ids += 1
        return send

    def actions(self, depth=0):
        return [self.action(depth) for _ in range(1 + self.below(3))]

    # --- Edges ----------------------------------------------------------------

    def event(self):
        kind = self.random.random()
        inner = [state for state in self.states if 'nodes' in self.states[state]]
        if kind < 0.1 and inner:
            return self.pick(['done.state.' + self.pick(inner), 'done.state.*', 'done'])
        if kind < 0.16:
            return self.pick(['error.*', 'error.execution', 'error'])
        if kind < 0.18:
            return '*'
        if kind < 0.3:
            return self.pick_some(DESCRIPTORS, 2)
        return self.pick(DESCRIPTORS)

    def edge(self, sources):
        source = self.pick(sources)
        edge = {'from': source}
        kind = self.random.random()
        if kind < 0.85:
            targets = self.targets(source if 'nodes' in self.states[source] and self.chance(0.4) else None)
            edge['to'] = targets if len(targets) > 1 else targets[0]
        if self.chance(0.3):
            edge['internal'] = True
        self.add_trigger(edge)
        if self.chance(0.3):
            edge['assign'] = self.assign()
        if self.chance(0.4):
            edge['actions'] = self.actions()
        return edge

    def add_trigger(self, edge):
        kind = self.random.random()
        if kind < 0.12:
            # Without an event; mostly it comes to an end.
            name = self.counter()
            edge['when'] = f'variables.{name} < {self.below(12)}'
            edge['assign'] = [{name: f'variables.{name} + 1'}]
            if self.chance(0.15):
                edge['when'] = self.condition()
        elif kind < 0.2:
            edge['after'] = f'{10 * (1 + self.below(20))}ms'
        else:
            edge['event'] = self.event()
        if 'when' not in edge and self.chance(0.25):
            edge['when'] = self.condition()
        elif edge.get('event') and self.chance(0.08):
            edge['when'] = f'event.data > {self.below(4)}'
        elif self.chance(0.03) and self.type_of(edge['from']) == 'atomic':
            # An ancestor's condition may be asked for each of its atomic states.
            edge['when'] = 'variables.n.x.y'

    # --- All of it ------------------------------------------------------------

    def document(self):
        self.grow()
        document = {'fermata': 1, 'kind': 'fsm', 'variables': {'n': 0, 'm': 0},
                    'max-steps': 30 + self.below(30), 'nodes': self.nodes}
        edges = []
        self.add_initial(document, None)
        for state in self.states.values():
            if 'nodes' in state and state.get('type') != 'parallel':
                self.add_initial(state, state['id'])
            if state.get('type') == 'history':
                self.add_history(edges, state)
                continue
            for when in ('entry', 'exit'):
                if self.chance(0.35):
                    state[when] = self.actions()
            if state.get('type') == 'final' and self.chance(0.5):
                state['data'] = self.pick([7, {'n': '{{variables.n}}'}])
        sources = [state for state in self.states if self.type_of(state) not in ('final', 'history')]
        edges += [self.edge(sources) for _ in range(int(self.size * (0.8 + self.random.random())))]
        document['edges'] = edges
        return document

    def steps(self):
        steps = []
        for _ in range(8 + self.below(20)):
            if self.chance(0.25):
                steps.append({'advance': 5 * self.below(60)})
            else:
                steps.append({'send': [self.sent() for _ in range(1 + self.below(3) * self.chance(0.3))]})
        return [*steps, {'cancel': True}]

    def sent(self):
        event = {'name': self.pick(EVENTS)}
        if self.chance(0.3):
            event['data'] = self.below(6)
        return event


def trial(seed, attempt=0):
    chart = Chart(f'{seed}.{attempt}')
    document = chart.document()
    steps = chart.steps()
    try:
        expected = scxml_oracle.play(document, steps)
    except scxml_oracle.Endless:
        return trial(seed, attempt + 1)
    return {'seed': seed, 'graph': document, 'steps': steps[:len(expected) - 1], 'expected': expected}


def main(first, count):
    for seed in range(first, first + count):
        print(json.dumps(trial(seed), separators=(',', ':'), ensure_ascii=False), flush=True)


if __name__ == '__main__':
    main(int(sys.argv[1]), int(sys.argv[2]))

# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""State machines of chance with the data model of ECMAScript, as SCXML.

The states, targets and events are those of `random_chart.py`; conditions, content
and data are JavaScript's. Expressions are lists that `ecma_oracle.py` evaluates and
`javascript ()` writes down. Only what the recommendation defines is made: nothing
that an interpreter may do as it likes.
"""

from xml.sax.saxutils import quoteattr

import ecma_oracle
import random_chart
import scxml_oracle

VARIABLES = {'n': 0, 'm': 0, 'list': [3, 4, 5], 'none': [], 'item': 0, 'index': 0, 'order': ''}
MOST_STATES = 22
MOST_TRIES = 50

# 1.1 of the recommendation: the namespace of its elements.
BEGIN = '<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript"'


class Chart(random_chart.Chart):
    def __init__(self, seed):
        super().__init__(seed)
        self.size = 2 + self.below(MOST_STATES - 1)
        # Of some, the order in which content is executed is looked at.
        self.is_traced = self.chance(0.4)
        self.n_blocks = 0
        self.n_sends = 0

    # --- Expressions ----------------------------------------------------------

    def condition(self):
        kind = self.random.random()
        if kind < 0.35:
            modulus = self.pick([2, 2, 3, 5])
            return ['===', ['%', self.counter(), modulus], self.below(modulus)]
        if kind < 0.55:
            return ['<', self.counter(), self.below(15)]
        if kind < 0.65:
            return [self.pick(['&&', '||']), ['<', self.counter(), self.below(9)], ['>', self.counter(), self.below(4)]]
        plain = [state for state in self.states if self.type_of(state) != 'history']
        asked = ['In', self.pick(plain)]
        return asked if self.chance(0.6) else ['!', asked]

    def sum(self):
        return ['+', self.counter(), self.pick([1, 1, 2, 'index', 'item'])]

    # --- Content --------------------------------------------------------------

    def assign(self):
        name = self.counter()
        return {'assign': name, 'expr': ['+', name, 1]}

    def action(self, depth=0):
        kind = self.random.random()
        if kind < 0.4:
            return self.assign()
        if kind < 0.48:
            return {'assign': self.counter(), 'expr': self.sum()}
        if kind < 0.54:
            return {'script': self.counter(), 'by': 1 + self.below(3)}
        if kind < 0.62:
            return {'raise': self.pick(['x', 'y', 'x', 'y', 'a', 'error.mine'])}
        if kind < 0.72:
            return {'send': self.send()}
        if kind < 0.76 and self.send_ids:
            return {'cancel': f'id{self.below(self.send_ids)}'}
        if kind < 0.78:
            return {'assign': 'n', 'expr': ['fail']}
        if depth < 2 and kind < 0.9:
            return self.branch(depth)
        if depth < 1:
            return {'foreach': self.pick(['list', 'list', 'none']),
                    'do': [self.pick([{'assign': 'm', 'expr': ['+', 'm', 'item']}, self.assign(),
                                      {'assign': 'n', 'expr': ['+', 'n', 'index']}])]}
        return self.assign()

    def branch(self, depth):
        arms = [[self.condition(), self.actions(depth + 1)] for _ in range(1 + self.below(2))]
        return {'if': arms, 'else': self.actions(depth + 1) if self.chance(0.5) else []}

    def send(self):
        send = {'event': self.pick(random_chart.EVENTS)}
        if self.chance(0.4):
            send['v'] = self.pick(['n', 2, 4])
        if self.chance(0.55):
            send['delay'] = 10 * (1 + self.below(20))
            if self.chance(0.5):
                send['id'] = f'id{self.below(self.send_ids + 1)}'
                self.send_ids += 1
        return send

    def actions(self, depth=0):
        actions = [self.action(depth) for _ in range(1 + self.below(3))]
        if self.is_traced and depth == 0:
            self.n_blocks += 1
            actions.insert(0, {'assign': 'order', 'expr': ['+', 'order', ['text', f'{self.n_blocks} ']]})
        return actions

    # --- Edges ----------------------------------------------------------------

    def add_trigger(self, edge):
        kind = self.random.random()
        if kind < 0.12:
            # Without an event; mostly it comes to an end.
            name = self.counter()
            edge['when'] = ['<', name, self.below(12)]
            edge['assign'] = {'assign': name, 'expr': ['+', name, 1]}
            if self.chance(0.15):
                edge['when'] = self.condition()
            return
        edge['event'] = self.event()
        if self.chance(0.3):
            edge['when'] = self.condition()
        elif self.chance(0.1):
            edge['when'] = ['>', ['data'], self.below(4)]
        elif self.chance(0.03) and edge['event'] in ('a', 'b', 'c', 'd'):
            edge['when'] = ['fail']

    def edge(self, sources):
        edge = super().edge(sources)
        content = ([edge.pop('assign')] if 'assign' in edge else []) + edge.get('actions', [])
        if content:
            edge['actions'] = content
        return edge

    # --- All of it ------------------------------------------------------------

    def document(self):
        document = super().document()
        document['variables'] = VARIABLES
        document['max-steps'] = 60
        for state in self.states.values():
            for when in ('entry', 'exit'):
                if when in state:
                    more = [self.actions()] if self.chance(0.2) else []
                    state[when] = [state[when], *more]
            if 'data' in state:
                state['data'] = {'v': self.pick(['n', 3])}
        return document

    def sent(self):
        event = {'name': self.pick(random_chart.EVENTS)}
        if self.chance(0.3):
            event['data'] = {'v': self.below(6)}
        return event

    def steps(self):
        return [{'advance': 5 * self.below(60)} if self.chance(0.25) else {'send': self.sent()}
                for _ in range(6 + self.below(14))]


# --- As SCXML ----------------------------------------------------------------------

def javascript(expression):
    if not isinstance(expression, list):
        return str(expression)
    verb, *parts = expression
    if verb == 'In':
        return f"In('{parts[0]}')"
    if verb == '!':
        return '!' + javascript(parts[0])
    if verb == 'text':
        return f"'{parts[0]}'"
    if verb == 'data':
        return '(_event.data && _event.data.v)'
    if verb == 'fail':
        return 'n.x.y'
    return f' {verb} '.join(f'({javascript(part)})' if isinstance(part, list) and part[0] not in ('text', 'data')
                            else javascript(part) for part in parts)


def element(name, attributes, inside=''):
    text = ''.join(f' {key}={quoteattr(str(value))}' for key, value in attributes.items() if value is not None)
    return f'<{name}{text}>{inside}</{name}>' if inside else f'<{name}{text}/>'


def write_send(send):
    delay = f'{send["delay"]}ms' if 'delay' in send else None
    inside = element('param', {'name': 'v', 'expr': send['v']}) if 'v' in send else ''
    return element('send', {'event': send['event'], 'id': send.get('id'), 'delay': delay}, inside)


def write_if(action):
    text = ''
    for number, (condition, actions) in enumerate(action['if']):
        text += element('elseif', {'cond': javascript(condition)}) if number else ''
        text += write_actions(actions)
    text += '<else/>' + write_actions(action['else']) if action['else'] else ''
    return element('if', {'cond': javascript(action['if'][0][0])}, text)


def write_action(action):
    if 'assign' in action:
        return element('assign', {'location': action['assign'], 'expr': javascript(action['expr'])})
    if 'script' in action:
        return f'<script>{action["script"]} = {action["script"]} + {action["by"]};</script>'
    if 'raise' in action:
        return element('raise', {'event': action['raise']})
    if 'send' in action:
        return write_send(action['send'])
    if 'cancel' in action:
        return element('cancel', {'sendid': action['cancel']})
    if 'if' in action:
        return write_if(action)
    return element('foreach', {'array': action['foreach'], 'item': 'item', 'index': 'index'},
                   write_actions(action['do']))


def write_actions(actions):
    return ''.join(write_action(action) for action in actions)


def write_list(value):
    return ' '.join(value) if isinstance(value, list) else value


def write_transition(edge):
    attributes = {'event': write_list(edge.get('event')), 'target': write_list(edge.get('to'))}
    if 'when' in edge:
        attributes['cond'] = javascript(edge['when'])
    if edge.get('internal'):
        attributes['type'] = 'internal'
    return element('transition', attributes, write_actions(edge.get('actions', [])))


def write_state(state, edges):
    kind = state.get('type') or 'state'
    attributes = {'id': state['id'], 'type': state.get('history')}
    inside = ''
    initial = state.get('initial')
    if isinstance(initial, dict):
        inside += element('initial', {}, write_transition(initial))
    else:
        attributes['initial'] = write_list(initial)
    for when in ('entry', 'exit'):
        inside += ''.join(element('on' + when, {}, write_actions(block)) for block in state.get(when, []))
    if 'data' in state:
        inside += element('donedata', {}, element('param', {'name': 'v', 'expr': state['data']['v']}))
    inside += ''.join(write_transition(edge) for edge in edges.get(state['id'], []))
    inside += ''.join(write_state(child, edges) for child in state.get('nodes', []))
    return '\n' + element(kind, attributes, inside)


def write(document):
    edges = {}
    for edge in document['edges']:
        edges.setdefault(edge['from'], []).append(edge)
    data = ''.join(element('data', {'id': name, 'expr': repr(value)}) for name, value in document['variables'].items())
    initial = document.get('initial')
    attribute = f' initial={quoteattr(write_list(initial))}' if initial else ''
    inside = element('datamodel', {}, data) + ''.join(write_state(state, edges) for state in document['nodes'])
    return f'{BEGIN}{attribute}>{inside}\n</scxml>\n'


# --- A trial -----------------------------------------------------------------------

def trial(seed, attempt=0):
    """A machine and steps of which the recommendation says where they lead; SCION
    must come to an end with them, too."""
    chart = Chart(f'scxml {seed}.{attempt}')
    document = chart.document()
    # An <initial> of the root has no place in SCXML.
    if isinstance(document.get('initial'), dict):
        document['initial'] = document['initial']['to']
    steps = chart.steps()
    try:
        expected = ecma_oracle.play(document, steps)
        ecma_oracle.play(document, steps, ecma_oracle.RULES)
    except (scxml_oracle.Livelock, scxml_oracle.Endless, RecursionError):
        assert attempt < MOST_TRIES, f'seed {seed}'
        return trial(seed, attempt + 1)
    return {'seed': seed, 'document': document, 'text': write(document), 'steps': steps, 'expected': expected}

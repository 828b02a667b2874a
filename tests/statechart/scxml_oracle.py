# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the recommendation says must become of a state machine.

The algorithm of https://www.w3.org/TR/scxml/#AlgorithmforSCXMLInterpretation,
procedure by procedure under its own names, over plain lists and without a thought
to speed. Knows nothing of the library. Of expressions it knows the few shapes
that `random_chart.py` writes. Times are in milliseconds.
"""

import re

MAX_TRACE = 1500


class Livelock(Exception):
    """More microsteps than the machine may make in one macrostep."""


class Endless(Exception):
    """Events from outside that cause each other: the recommendation allows them."""


class BlockFailed(Exception):
    """An action failed: the rest of its block is skipped."""


class State:
    def __init__(self, document, parent, order):
        self.document = document
        self.id = document.get('id')
        self.parent = parent
        self.order = order
        self.states = []
        self.history = []
        self.transitions = []
        self.initial = None
        self.type = document.get('type')
        if self.type in (None, 'atomic', 'compound'):
            self.type = 'compound' if document.get('nodes') else 'atomic'
        self.is_deep = document.get('history') == 'deep'
        self.entry = block(document.get('entry'))
        self.exit = block(document.get('exit'))

    def __repr__(self):
        return self.id or 'the machine'


class Transition:
    def __init__(self, source, document, name, order):
        self.source = source
        self.name = name
        self.order = order
        self.target = []
        self.targets = document.get('to', [])
        if isinstance(self.targets, str):
            self.targets = [self.targets]
        self.event = document.get('event', [])
        if isinstance(self.event, str):
            self.event = [self.event]
        self.after = document.get('after')
        self.cond = document.get('when')
        self.is_internal = document.get('internal', False)
        self.content = block(document.get('actions'))
        if 'assign' in document:
            self.content.insert(0, {'assign': document['assign']})

    def __repr__(self):
        return self.name


def block(actions):
    return list(actions) if isinstance(actions, list) else [actions] if actions else []


def milliseconds(duration):
    if isinstance(duration, (int, float)):
        return round(duration * 1000)
    number, unit = re.fullmatch(r'([0-9.]+)(ms|s|m|h)', duration).groups()
    return round(float(number) * {'ms': 1, 's': 1000, 'm': 60000, 'h': 3600000}[unit])


def name_match(descriptors, name):
    """A descriptor matches if its tokens are the first of the event's."""
    for descriptor in descriptors:
        if descriptor == '*':
            return True
        descriptor = descriptor.removesuffix('.*').removesuffix('.')
        if name == descriptor or name.startswith(descriptor + '.'):
            return True
    return False


def union(some, more):
    """Ordered sets are lists here."""
    some.extend(element for element in more if element not in some)


def is_descendant(state1, state2):
    return state2 in get_proper_ancestors(state1, None)


def get_proper_ancestors(state1, state2):
    ancestors = []
    state = state1.parent
    while state is not None and state is not state2:
        ancestors.append(state)
        state = state.parent
    return ancestors if state is state2 else []


def get_child_states(state):
    return state.states


def is_compound_state(state):
    return state.type == 'compound'


def is_parallel_state(state):
    return state.type == 'parallel'


def is_final_state(state):
    return state.type == 'final'


def is_history_state(state):
    return state.type == 'history'


def is_atomic_state(state):
    return state.type in ('atomic', 'final')


def find_lcca(states):
    for ancestor in get_proper_ancestors(states[0], None):
        if ancestor.type in ('compound', 'machine') \
                and all(is_descendant(state, ancestor) for state in states[1:]):
            return ancestor
    return None


class Machine:
    """`trace` is what has happened since it was last taken away."""

    def __init__(self, document):
        self.by_id = {}
        self.n_states = 0
        self.root = self.read_state({'nodes': document['nodes'], 'type': 'machine',
                                     'initial': document.get('initial')}, None)
        self.read_transitions(document.get('edges', []))
        self.variables = dict(document.get('variables', {}))
        self.max_steps = document.get('max-steps', 10000)
        self.configuration = []
        self.history_value = {}
        self.internal_queue = []
        self.external_queue = []
        self.timers = []
        self.event = None
        self.event_is_internal = False
        self.iteration = None
        self.running = True
        self.n_steps = 0
        self.n_timers = 0
        self.time = 0
        self.trace = []

        # Transitions without event whose conditions failed in this macrostep: they would
        # be asked for ever, after each error that they raise.
        self.refused = []

    # --- Reading --------------------------------------------------------------

    def read_state(self, document, parent):
        state = State(document, parent, self.n_states)
        self.n_states += 1
        if parent is not None:
            self.by_id[state.id] = state
        for child in document.get('nodes', []):
            child = self.read_state(child, state)
            (state.history if is_history_state(child) else state.states).append(child)
        return state

    def read_transitions(self, documents):
        names = {}
        for order, document in enumerate(documents):
            targets = document.get('to', [])
            name = document['from'] + '>' + (targets if isinstance(targets, str) else ','.join(targets))
            if 'id' not in document:
                names[name] = names.get(name, 0) + 1
                if names[name] > 1:
                    name += f'#{names[name]}'
            source = self.by_id[document['from']]
            transition = Transition(source, document, document.get('id', name), order)
            transition.target = [self.by_id[target] for target in transition.targets]
            source.transitions.append(transition)
        for state in [self.root, *self.by_id.values()]:
            if state.type in ('compound', 'machine'):
                state.initial = self.read_initial(state, state.document.get('initial'))

    def read_initial(self, state, initial):
        if initial is None:
            initial = state.states[0].id
        if not isinstance(initial, dict):
            initial = {'to': initial}
        transition = Transition(state, initial, None, 0)
        transition.target = [self.by_id[target] for target in transition.targets]
        return transition

    # --- The algorithm --------------------------------------------------------

    def interpret(self):
        entering = []
        default_entry = []
        history_content = {}
        self.execute_content(self.root.initial.content, self.root.initial.target[0].id)
        for state in self.root.initial.target:
            self.add_descendant_states_to_enter(state, entering, default_entry, history_content)
        for state in self.root.initial.target:
            self.add_ancestor_states_to_enter(state, self.root, entering, default_entry, history_content)
        self.enter_all(entering, default_entry, history_content)
        self.finish_macrosteps()

    def finish_macrosteps(self):
        """The main event loop, until it would wait for an external event."""
        while self.running:
            self.finish_macrostep()
            if not self.running or not self.external_queue:
                break
            self.n_steps = 0
            self.refused = []
            self.event = self.external_queue.pop(0)
            self.event_is_internal = False
            self.tell('event', self.event['name'], self.event.get('data'))
            enabled = self.select_transitions(self.event)
            if enabled:
                self.microstep(enabled)
            else:
                self.tell('ignored')
        if not self.running:
            self.exit_interpreter()

    def finish_macrostep(self):
        while self.running:
            enabled = self.select_eventless_transitions()
            if not enabled:
                if not self.internal_queue:
                    break
                self.event = self.internal_queue.pop(0)
                self.event_is_internal = True
                self.tell('event', self.event['name'], self.event.get('data'))
                enabled = self.select_transitions(self.event)
                if not enabled:
                    self.tell('ignored')
            if enabled:
                self.microstep(enabled)

    def exit_interpreter(self):
        for state in sorted(self.configuration, key=lambda state: -state.order):
            self.execute_content(state.exit, state.id)
            self.configuration.remove(state)
            self.tell('exit', state.id)
        self.timers = []
        self.running = False

    def select_eventless_transitions(self):
        return self.select(lambda t: not t.event and t.after is None)

    def select_transitions(self, event):
        if 'edge' in event:
            return self.select(lambda t: t is event['edge'])
        return self.select(lambda t: t.event and name_match(t.event, event['name']))

    def select(self, is_triggered):
        enabled = []
        atomic = [state for state in self.configuration if is_atomic_state(state)]
        for state in sorted(atomic, key=lambda state: state.order):
            union(enabled, self.first_enabled(state, is_triggered))
        return self.remove_conflicting_transitions(enabled)

    def first_enabled(self, state, is_triggered):
        for s in [state, *get_proper_ancestors(state, None)]:
            for t in s.transitions:
                if is_triggered(t) and self.condition_match(t):
                    return [t]
        return []

    def remove_conflicting_transitions(self, enabled):
        filtered = []
        for t1 in enabled:
            preempted = False
            to_remove = []
            for t2 in filtered:
                if set(self.compute_exit_set([t1])) & set(self.compute_exit_set([t2])):
                    if is_descendant(t1.source, t2.source):
                        to_remove.append(t2)
                    else:
                        preempted = True
                        break
            if not preempted:
                for t3 in to_remove:
                    filtered.remove(t3)
                filtered.append(t1)
        return filtered

    def count_step(self):
        if self.n_steps >= self.max_steps:
            raise Livelock
        self.n_steps += 1

    def microstep(self, enabled):
        self.count_step()
        self.refused = []
        for t in enabled:
            self.tell('take', t.name)
        self.domains = {t: self.get_transition_domain(t) for t in enabled}
        self.exit_states(enabled)
        for t in enabled:
            self.execute_content(t.content, t.name)
        self.enter_states(enabled)

    def exit_states(self, enabled):
        exiting = sorted(self.compute_exit_set(enabled), key=lambda state: -state.order)
        for s in exiting:
            for h in s.history:
                self.history_value[h] = [
                    s0 for s0 in self.configuration
                    if (is_atomic_state(s0) and is_descendant(s0, s) if h.is_deep else s0.parent is s)]
        for s in exiting:
            self.execute_content(s.exit, s.id)
            self.configuration.remove(s)
            self.forget_timers(s)
            self.tell('exit', s.id)

    def enter_states(self, enabled):
        entering = []
        default_entry = []
        history_content = {}
        self.compute_entry_set(enabled, entering, default_entry, history_content)
        self.enter_all(entering, default_entry, history_content)

    def enter_all(self, entering, default_entry, history_content):
        for s in sorted(entering, key=lambda state: state.order):
            self.configuration.append(s)
            self.tell('enter', s.id)
            self.start_timers(s)
            self.execute_content(s.entry, s.id)
            if s in default_entry:
                self.execute_content(s.initial.content, s.id)
            if s in history_content:
                self.execute_content(history_content[s], s.id)
            if is_final_state(s):
                self.enter_final(s)

    def enter_final(self, s):
        parent = s.parent
        if parent is self.root:
            self.running = False
            return
        self.done(s, parent, self.template(s.document.get('data')))
        if is_parallel_state(parent.parent) \
                and all(self.is_in_final_state(state) for state in get_child_states(parent.parent)):
            self.done(s, parent.parent, None)

    def done(self, final, state, data):
        self.tell('raise', final.id, 'done.state.' + state.id, data)
        self.internal_queue.append({'name': 'done.state.' + state.id, 'data': data})

    def compute_exit_set(self, transitions):
        exiting = []
        for t in transitions:
            if t.target:
                domain = self.get_transition_domain(t)
                union(exiting, [s for s in self.configuration if is_descendant(s, domain)])
        return exiting

    def compute_entry_set(self, transitions, entering, default_entry, history_content):
        """Of a history state inside of which the transition stays, the pseudo-code
        would enter ancestors again that were not left, and regions beside them.
        The text of getTransitionDomain decides: "all states that are exited or
        entered as a result of taking 'transition' are descendants of it". And what
        is left and what is entered has one domain, though what a history state
        stands for may have become another in between."""
        for t in transitions:
            own = []
            for s in t.target:
                self.add_descendant_states_to_enter(s, own, default_entry, history_content)
            ancestor = self.domains[t]
            for s in self.get_effective_target_states(t):
                self.add_ancestor_states_to_enter(s, ancestor, own, default_entry, history_content)
            union(entering, [s for s in own if is_descendant(s, ancestor)])

    def add_descendant_states_to_enter(self, state, entering, default_entry, history_content):
        if is_history_state(state):
            if state in self.history_value:
                targets = self.history_value[state]
            else:
                history_content[state.parent] = state.transitions[0].content
                targets = state.transitions[0].target
            for s in targets:
                self.add_descendant_states_to_enter(s, entering, default_entry, history_content)
            for s in targets:
                self.add_ancestor_states_to_enter(s, state.parent, entering, default_entry, history_content)
            return
        union(entering, [state])
        if is_compound_state(state):
            union(default_entry, [state])
            for s in state.initial.target:
                self.add_descendant_states_to_enter(s, entering, default_entry, history_content)
            for s in state.initial.target:
                self.add_ancestor_states_to_enter(s, state, entering, default_entry, history_content)
        elif is_parallel_state(state):
            self.add_missing_children(state, entering, default_entry, history_content)

    def add_ancestor_states_to_enter(self, state, ancestor, entering, default_entry, history_content):
        for anc in get_proper_ancestors(state, ancestor):
            union(entering, [anc])
            if is_parallel_state(anc):
                self.add_missing_children(anc, entering, default_entry, history_content)

    def add_missing_children(self, state, entering, default_entry, history_content):
        for child in get_child_states(state):
            if not any(is_descendant(s, child) for s in entering):
                self.add_descendant_states_to_enter(child, entering, default_entry, history_content)

    def is_in_final_state(self, s):
        if is_compound_state(s):
            return any(is_final_state(c) and c in self.configuration for c in get_child_states(s))
        if is_parallel_state(s):
            return all(self.is_in_final_state(c) for c in get_child_states(s))
        return False

    def get_transition_domain(self, t):
        states = self.get_effective_target_states(t)
        if not states:
            return None
        if t.is_internal and is_compound_state(t.source) \
                and all(is_descendant(s, t.source) for s in states):
            return t.source
        return find_lcca([t.source, *states])

    def get_effective_target_states(self, t):
        targets = []
        for s in t.target:
            if not is_history_state(s):
                union(targets, [s])
            elif s in self.history_value:
                union(targets, self.history_value[s])
            else:
                union(targets, self.get_effective_target_states(s.transitions[0]))
        return targets

    # --- Executable content ---------------------------------------------------

    def tell(self, *what):
        if len(self.trace) >= MAX_TRACE:
            raise Endless
        self.trace.append([element for element in what if element is not None])

    def execute_content(self, actions, place):
        self.iteration = None
        try:
            self.execute(actions, place)
        except BlockFailed:
            self.tell('failed', place)
            self.internal_queue.append({'name': 'error.execution'})

    def execute(self, actions, place):
        for action in actions:
            verb = next(verb for verb in ('assign', 'raise', 'send', 'cancel', 'log', 'if', 'foreach')
                        if verb in action)
            getattr(self, 'do_' + verb)(action, place)

    def do_assign(self, action, place):
        changes = []
        before = dict(self.variables)
        for assignment in action['assign']:
            for name, text in assignment.items():
                try:
                    self.variables[name] = self.expression(text)
                except BlockFailed:
                    self.variables = before
                    raise
                changes.append({'name': name, 'value': self.variables[name]})
        self.tell('assign', place, changes)

    def do_raise(self, action, place):
        event = self.read_event(action['raise'])
        self.tell('raise', place, event['name'], event.get('data'))
        self.internal_queue.append(event)

    def do_send(self, action, place):
        event = self.read_event(action['send'])
        document = action['send'] if isinstance(action['send'], dict) else {}
        self.tell('send', place, event['name'], event.get('data'))
        if milliseconds(document.get('delay', 0)) > 0:
            self.add_timer(milliseconds(document['delay']), event, document.get('id'))
        else:
            self.external_queue.append(event)

    def do_cancel(self, action, place):
        self.tell('cancel', place, action['cancel'])
        self.timers = [timer for timer in self.timers if timer['id'] != action['cancel']]

    def do_log(self, action, place):
        self.tell('log', place, self.template(action['log']))

    def do_if(self, action, place):
        self.execute(block(action.get('then' if self.expression(action['if']) else 'else')), place)

    def do_foreach(self, action, place):
        outer = self.iteration
        for index, value in enumerate(action['foreach']):
            self.iteration = {'index': index, 'value': value}
            self.execute(block(action['do']), place)
        self.iteration = outer

    def read_event(self, document):
        if isinstance(document, str):
            return {'name': document}
        event = {'name': document['event']}
        if 'data' in document:
            event['data'] = self.template(document['data'])
        return event

    # --- Expressions ----------------------------------------------------------

    def condition_match(self, transition):
        if transition.cond is None:
            return True
        if transition in self.refused:
            return False
        try:
            return self.expression(transition.cond)
        except BlockFailed:
            if not transition.event and transition.after is None:
                self.refused.append(transition)
            elif self.event_is_internal:
                self.count_step()
            self.tell('unknown', transition.name)
            self.internal_queue.append({'name': 'error.execution'})
            return False

    def expression(self, text):
        if not isinstance(text, str):
            return text
        if match := re.fullmatch(r'variables\.(\w+)', text):
            return self.variables[match[1]]
        if match := re.fullmatch(r'variables\.(\w+) \+ (\d+)', text):
            return self.variables[match[1]] + int(match[2])
        if match := re.fullmatch(r'variables\.(\w+) % (\d+) == (\d+)', text):
            return self.variables[match[1]] % int(match[2]) == int(match[3])
        if match := re.fullmatch(r'variables\.(\w+) < (\d+)', text):
            return self.variables[match[1]] < int(match[2])
        if match := re.fullmatch(r'(!?)In \(\'(.*)\'\)', text):
            return (self.by_id[match[2]] in self.configuration) != (match[1] == '!')
        if match := re.fullmatch(r'event\.data > (\d+)', text):
            data = self.event.get('data')
            return isinstance(data, int) and data > int(match[1])
        if match := re.fullmatch(r'iteration\.(index|value)', text):
            return self.iteration[match[1]]
        if text == 'variables.n.x.y':
            raise BlockFailed
        raise ValueError(text)

    def template(self, value):
        if isinstance(value, dict):
            return {name: self.template(member) for name, member in value.items()}
        if isinstance(value, list):
            return [self.template(element) for element in value]
        if isinstance(value, str):
            if match := re.fullmatch(r'{{([^}]*)}}', value):
                return self.expression(match[1])
            return re.sub(r'{{([^}]*)}}', lambda match: str(self.expression(match[1])), value)
        return value

    # --- Time -----------------------------------------------------------------

    def add_timer(self, delay, event, name):
        self.n_timers += 1
        self.timers.append({'due': self.time + delay, 'number': self.n_timers, 'event': event, 'id': name})

    def start_timers(self, state):
        for t in state.transitions:
            if t.after is not None:
                self.add_timer(milliseconds(t.after), {'name': 'after.' + t.name, 'edge': t}, None)

    def forget_timers(self, state):
        """What has come due and was not looked at yet is forgotten, too."""
        def is_other(event):
            return 'edge' not in event or event['edge'].source is not state
        self.timers = [timer for timer in self.timers if is_other(timer['event'])]
        self.external_queue = [event for event in self.external_queue if is_other(event)]

    def advance(self, duration):
        until = self.time + duration
        while self.running and any(timer['due'] <= until for timer in self.timers):
            self.time = min(timer['due'] for timer in self.timers)
            due = [timer for timer in self.timers if timer['due'] == self.time]
            self.timers = [timer for timer in self.timers if timer['due'] > self.time]
            self.external_queue += [timer['event'] for timer in sorted(due, key=lambda t: t['number'])]
            self.finish_macrosteps()
        self.time = until

    # --- Driving --------------------------------------------------------------

    def step(self, step):
        if 'send' in step:
            self.external_queue += [dict(event) for event in step['send']]
            self.finish_macrosteps()
        elif 'advance' in step:
            self.advance(step['advance'])
        elif step.get('cancel'):
            self.exit_interpreter()

    def take_line(self, state):
        line = {'trace': self.trace, 'active': [s.id for s in sorted(self.configuration, key=lambda s: s.order)],
                'variables': dict(self.variables), 'state': state}
        self.trace = []
        return line


def play(document, steps):
    """One line for the start and for each step, up to the end of the machine."""
    machine = Machine(document)
    lines = []
    for step in [None, *steps]:
        try:
            if step is None:
                machine.interpret()
            else:
                machine.step(step)
        except Livelock:
            machine.exit_interpreter()
            return [*lines, machine.take_line('livelock')]
        cancelled = step is not None and 'cancel' in step
        lines.append(machine.take_line('running' if machine.running else 'cancelled' if cancelled else 'done'))
        if not machine.running:
            break
    return lines

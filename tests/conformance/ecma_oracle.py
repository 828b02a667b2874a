# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What must become of a machine of `random_scxml.py`; and what becomes of it by
rules that are not the recommendation's.

`play (document, steps)` is the algorithm of the recommendation, as `scxml_oracle.py`
has it. `play (document, steps, rules)` departs from it by each rule of RULES that is
named: these are all the ways, as far as they are known, in which SCION departs. A
disagreement with SCION is explained if the oracle says the same as SCION with some
of the rules; what no rules explain is a failure of the test.
"""

import scxml_oracle
from scxml_oracle import (get_child_states, get_proper_ancestors, is_atomic_state, is_compound_state, is_descendant,
                          is_final_state, is_history_state, is_parallel_state, union)

# Each with what the recommendation says, and the section that says it.
RULES = {
    'scope': '3.13: the domain is the least common *compound* ancestor of the source and all the effective '
             'targets; SCION takes that of the source and the first target, as it is written, and a <parallel> '
             'will do',
    'depth-order': 'D (entryOrder, exitOrder): document order, and its reverse; SCION enters what is less deep '
                   'first and leaves what is deeper first',
    'late-done': 'D (enterStates): done.state.ID is queued when the final state is entered; SCION queues it when '
                 'all states have been',
    'transition-order': 'D (selectTransitions, executeTransitionContent): the content of transitions is executed '
                        'in the order of the atomic states that selected them; SCION has the order of the '
                        'transitions in the document',
    'deep-history': '3.10: a deep history state remembers all active atomic descendants; SCION forgets final ones',
    'in-atomic': '5.9.1: In () is true of active states, and those that have been entered are; SCION knows a state '
                 'to be active by its atomic descendants only, which are entered after it and left before it',
    'nested-final': '3.7: only a final state that is a child of <scxml> ends the machine; SCION ends when all '
                    'active atomic states are final',
    'history-region': '3.4: a <parallel> is done when all its children are, and 3.10: a history state is no child '
                      'state that could be; SCION waits for it',
    'first-history': '3.3, D (getChildStates): the default initial state is the first child state, which a history '
                     'state is not; to SCION it is',
    'cancel-last': '6.3: all delayed events with the id are cancelled; SCION knows the last one only',
    'trailing-dot': '3.12.1: an event descriptor may end in a dot, which means nothing; to SCION it does',
    'empty-foreach': '4.6: the index is set for each item; SCION sets it without one',
}


class Failed(scxml_oracle.BlockFailed):
    pass


class Machine(scxml_oracle.Machine):
    def __init__(self, document, rules=()):
        self.rules = rules
        self.last_states = []
        self.last_timers = {}
        super().__init__(document)

    # --- Expressions ----------------------------------------------------------

    def expression(self, expression):
        if isinstance(expression, str):
            return self.variables[expression]
        if not isinstance(expression, list):
            return expression
        verb, *parts = expression
        if verb == 'In':
            return self.is_in(self.by_id[parts[0]])
        if verb == 'text':
            return parts[0]
        if verb == 'data':
            return self.event_data()
        if verb == 'fail':
            raise Failed
        return self.operation(verb, *parts)

    def operation(self, verb, one, other=None):
        one = self.expression(one)
        if verb == '!':
            return not one
        if verb in ('&&', '||'):
            return self.expression(other) if bool(one) == (verb == '&&') else one
        other = self.expression(other)
        if verb == '+':
            return one + other
        if verb == '%':
            return one % other
        if verb == '===':
            return one == other
        # Nothing compares with undefined.
        return one is not None and (one < other if verb == '<' else one > other)

    def event_data(self):
        data = (self.event or {}).get('data')
        return data.get('v') if isinstance(data, dict) else None

    def is_in(self, state):
        if 'in-atomic' in self.rules:
            return any(is_atomic_state(s) and (s is state or is_descendant(s, state)) for s in self.configuration)
        return state in self.configuration

    # --- Executable content ---------------------------------------------------

    def execute_content(self, actions, place):
        blocks = actions if actions and isinstance(actions[0], list) else [actions]
        for block in blocks:
            super().execute_content(block, place)

    def execute(self, actions, place):
        for action in actions:
            verb = next(verb for verb in ('assign', 'script', 'raise', 'send', 'cancel', 'if', 'foreach')
                        if verb in action)
            self.tell(verb)
            getattr(self, 'do_' + verb)(action, place)

    def do_assign(self, action, place):
        self.variables[action['assign']] = self.expression(action['expr'])

    def do_script(self, action, place):
        self.variables[action['script']] += action['by']

    def do_raise(self, action, place):
        self.internal_queue.append({'name': action['raise']})

    def do_send(self, action, place):
        send = action['send']
        event = {'name': send['event']}
        if 'v' in send:
            event['data'] = {'v': self.expression(send['v'])}
        if 'delay' in send:
            self.add_timer(send['delay'], event, send.get('id'))
        else:
            self.external_queue.append(event)

    def do_cancel(self, action, place):
        """With the rule, what is due at the same time and behind can be cancelled, too."""
        if 'cancel-last' in self.rules:
            last = self.last_timers.pop(action['cancel'], None)
            self.timers = [timer for timer in self.timers if timer['event'].get('timer') != last or last is None]
            self.external_queue = [event for event in self.external_queue if event.get('timer') != last or last is None]
        else:
            self.timers = [timer for timer in self.timers if timer['id'] != action['cancel']]

    def do_if(self, action, place):
        for condition, actions in action['if']:
            if self.expression(condition):
                self.execute(actions, place)
                return
        self.execute(action['else'], place)

    def do_foreach(self, action, place):
        if 'empty-foreach' in self.rules:
            self.variables['index'] = 0
        for index, item in enumerate(list(self.variables[action['foreach']])):
            self.variables['item'], self.variables['index'] = item, index
            self.execute(action['do'], place)

    # --- Timers ---------------------------------------------------------------

    def add_timer(self, delay, event, name):
        if name is not None:
            event = {**event, 'timer': self.n_timers, 'sendid': name}
            self.last_timers[name] = self.n_timers
        super().add_timer(delay, event, name)

    # --- Data of what is done -------------------------------------------------

    def template(self, data):
        return {name: self.expression(value) for name, value in data.items()} if data else None

    # --- The rules ------------------------------------------------------------

    def read_initial(self, state, initial):
        if initial is None and 'first-history' in self.rules:
            initial = state.document['nodes'][0]['id']
        return super().read_initial(state, initial)

    def select_transitions(self, event):
        if 'timer' in event:
            self.last_timers.pop(event['sendid'], None)
        return self.select(lambda t: t.event and name_match(t.event, event['name'], self.rules))

    def microstep(self, enabled):
        if 'transition-order' not in self.rules:
            return super().microstep(enabled)
        self.count_step()
        self.refused = []
        self.domains = {t: self.get_transition_domain(t) for t in enabled}
        self.exit_states(enabled)
        for t in sorted(enabled, key=lambda t: (t.source.order, t.source.transitions.index(t))):
            self.execute_content(t.content, t.name)
        self.enter_states(enabled)

    def get_transition_domain(self, t):
        if 'scope' not in self.rules:
            return super().get_transition_domain(t)
        if not t.target:
            return None
        if t.is_internal and is_compound_state(t.source) and all(is_descendant(s, t.source) for s in t.target):
            return t.source
        return next(ancestor for ancestor in get_proper_ancestors(t.source, None)
                    if ancestor.type in ('compound', 'machine', 'parallel') and is_descendant(t.target[0], ancestor))

    def order_key(self, state):
        if 'depth-order' in self.rules:
            return (len(get_proper_ancestors(state, None)), state.order)
        return state.order

    def exit_states(self, enabled):
        exiting = sorted(self.compute_exit_set(enabled), key=self.order_key, reverse=True)
        self.remember(exiting)
        for s in exiting:
            if 'in-atomic' in self.rules and is_atomic_state(s):
                self.configuration.remove(s)
            self.execute_content(s.exit, s.id)
            if s in self.configuration:
                self.configuration.remove(s)
            self.tell('exit', s.id)
        if 'scope' in self.rules:
            self.close_configuration()

    def remember(self, exiting):
        for s in exiting:
            for h in s.history:
                self.history_value[h] = [s0 for s0 in sorted(self.configuration, key=lambda s: s.order)
                                         if self.is_remembered(s0, s, h) and s0 in exiting]

    def is_remembered(self, state, parent, history):
        if not history.is_deep:
            return state.parent is parent
        if 'deep-history' in self.rules and is_final_state(state):
            return False
        return is_atomic_state(state) and is_descendant(state, parent)

    def close_configuration(self):
        """What is around an atomic state that is active, and nothing else."""
        active = []
        for state in [state for state in self.configuration if is_atomic_state(state)]:
            union(active, [state, *[s for s in get_proper_ancestors(state, None) if s is not self.root]])
        self.configuration = active

    def enter_all(self, entering, default_entry, history_content):
        done = []
        for s in sorted(entering, key=self.order_key):
            if s is self.root:
                continue
            union(self.configuration, [s])
            self.tell('enter', s.id)
            self.execute_content(s.entry, s.id)
            if s in default_entry:
                self.execute_content(s.initial.content, s.id)
            if s in history_content:
                self.execute_content(history_content[s], s.id)
            if is_final_state(s):
                done.append(s)
                if 'late-done' not in self.rules:
                    self.enter_final(done.pop())
        for s in done:
            self.enter_final(s)
        if 'scope' in self.rules:
            self.close_configuration()

    def enter_final(self, s):
        if s.parent is self.root and 'nested-final' in self.rules:
            return
        super().enter_final(s)

    def is_in_final_state(self, s):
        if is_parallel_state(s) and 'history-region' in self.rules and s.history:
            return False
        return super().is_in_final_state(s)

    def finish_macrostep(self):
        super().finish_macrostep()
        atomic = [state for state in self.configuration if is_atomic_state(state)]
        if 'nested-final' in self.rules and all(is_final_state(state) for state in atomic):
            self.running = False

    def exit_interpreter(self):
        self.note_states()
        self.timers = []
        for state in sorted(self.configuration, key=self.order_key, reverse=True):
            self.execute_content(state.exit, state.id)
            if 'in-atomic' not in self.rules:
                self.configuration.remove(state)
        self.configuration = []
        self.timers = []
        self.running = False

    def compute_entry_set(self, transitions, entering, default_entry, history_content):
        if 'scope' not in self.rules:
            return super().compute_entry_set(transitions, entering, default_entry, history_content)
        for t in transitions:
            for s in t.target:
                self.add_descendant_states_to_enter(s, entering, default_entry, history_content)
            ancestor = self.domains[t]
            for s in self.get_effective_target_states(t):
                self.add_ancestor_states_to_enter(s, ancestor, entering, default_entry, history_content)

    def add_ancestor_states_to_enter(self, state, ancestor, entering, default_entry, history_content):
        if 'scope' not in self.rules:
            return super().add_ancestor_states_to_enter(state, ancestor, entering, default_entry, history_content)
        ancestors = get_proper_ancestors(state, ancestor) or \
            ([] if state.parent is ancestor else get_proper_ancestors(state, None))
        for anc in ancestors:
            if anc is not self.root:
                union(entering, [anc])
            if is_parallel_state(anc):
                self.add_missing_children(anc, entering, default_entry, history_content)
        if is_parallel_state(ancestor):
            self.add_missing_children(ancestor, entering, default_entry, history_content)

    # --- What is told ---------------------------------------------------------

    def note_states(self):
        self.last_states = [s.id for s in sorted(self.configuration, key=lambda s: s.order) if is_atomic_state(s)]

    def take_states(self):
        if self.running:
            self.note_states()
        return sorted(self.last_states)


def name_match(descriptors, name, rules):
    if 'trailing-dot' in rules:
        descriptors = [descriptor for descriptor in descriptors if not descriptor.endswith('.')]
    return scxml_oracle.name_match(descriptors, name)


def play(document, steps, rules=()):
    """The atomic states at the start and after each step; at the end the variables."""
    machine = Machine(document, rules)
    machine.interpret()
    states = [machine.take_states()]
    for step in steps:
        machine.trace = []
        if machine.running:
            machine.step({'send': [step['send']]} if 'send' in step else step)
        states.append(machine.take_states())
    return {'states': states, 'final': not machine.running, 'variables': machine.variables}

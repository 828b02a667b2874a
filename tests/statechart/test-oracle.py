# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The oracle against what the recommendation says in words, and the variety of
the state machines that are made by chance."""

import collections
import sys

import tap
import random_chart
import scxml_oracle


def machine(nodes, edges, **members):
    made = scxml_oracle.Machine({'nodes': nodes, 'edges': edges, **members})
    made.interpret()
    return made


def active(made):
    return ' '.join(state.id for state in sorted(made.configuration, key=lambda s: s.order))


def send(made, *names):
    made.trace = []
    made.step({'send': [{'name': name} for name in names]})
    return made.trace


def moves(trace):
    """`-x` left, `+x` entered, `x` said."""
    signs = {'exit': '-', 'enter': '+', 'log': ''}
    return ' '.join(signs[line[0]] + str(line[-1]) for line in trace if line[0] in signs)


def raised(trace):
    return [line[2] for line in trace if line[0] == 'raise']


def state(name, *nodes, **members):
    return {'id': name, **({'nodes': list(nodes)} if nodes else {}), **members}


def parallel(name, *nodes, **members):
    return state(name, *nodes, type='parallel', **members)


def edge(source, event=None, to=None, **members):
    made = {'from': source, **members}
    made.update({name: value for name, value in (('event', event), ('to', to)) if value is not None})
    return made


# --- 3.12.1 Event descriptors ---------------------------------------------------

def test_descriptors():
    for name in ('error', 'error.send', 'error.send.failed', 'foo', 'foo.bar'):
        assert scxml_oracle.name_match(['error', 'foo'], name), name
    for name in ('errors.my.custom', 'errorhandler.mistake', 'errOr.send', 'foobar'):
        assert not scxml_oracle.name_match(['error', 'foo'], name), name
    for descriptor in ('error', 'error.', 'error.*'):
        assert scxml_oracle.name_match([descriptor], 'error')
        assert scxml_oracle.name_match([descriptor], 'error.send')
    assert scxml_oracle.name_match(['*'], 'anything.at.all')
    assert not scxml_oracle.name_match(['a.x'], 'a')


# --- 3.13 Selecting and executing transitions -------------------------------------

def test_document_order_decides_within_a_state():
    made = machine([state('s'), state('one'), state('two')],
                   [edge('s', 'e', 'one'), edge('s', 'e', 'two')])
    send(made, 'e')
    tap.equal(active(made), 'one')


def test_descendants_come_first():
    made = machine([state('p', state('c')), state('one'), state('two')],
                   [edge('p', 'e', 'one'), edge('c', 'e', 'two')])
    send(made, 'e')
    tap.equal(active(made), 'two')


def test_a_condition_that_is_false_lets_ancestors_try():
    made = machine([state('p', state('c')), state('one'), state('two')],
                   [edge('p', 'e', 'one'), edge('c', 'e', 'two', when='variables.n < 0')],
                   variables={'n': 0})
    send(made, 'e')
    tap.equal(active(made), 'one')


REGIONS = [parallel('p', state('r1', state('a1'), state('a2')), state('r2', state('b1'), state('b2'))),
           state('out')]


def test_regions_move_together():
    made = machine(REGIONS, [edge('a1', 'e', 'a2'), edge('b1', 'e', 'b2')])
    tap.equal(moves(send(made, 'e')), '-b1 -a1 +a2 +b2')


def test_earlier_of_two_that_leave_preempts():
    made = machine(REGIONS, [edge('b1', 'e', 'b2'), edge('a1', 'e', 'out')])
    send(made, 'e')
    tap.equal(active(made), 'out')
    made = machine(REGIONS, [edge('b1', 'e', 'out'), edge('a1', 'e', 'a2')])
    send(made, 'e')
    tap.equal(active(made), 'p r1 a2 r2 b1')


def test_descendant_preempts_what_an_earlier_region_selected():
    # a1 has none and selects that of p; b1, later, is a descendant of p.
    made = machine(REGIONS, [edge('p', 'e', 'out'), edge('b1', 'e', 'b2')])
    send(made, 'e')
    tap.equal(active(made), 'p r1 a1 r2 b2')


def test_without_a_target_nothing_is_preempted():
    made = machine(REGIONS, [edge('a1', 'e', 'out'), edge('b1', 'e', actions=[{'log': 'x'}])])
    trace = send(made, 'e')
    tap.equal([line[1] for line in trace if line[0] == 'take'], ['a1>out', 'b1>'])
    tap.equal(moves(trace), '-b1 -r2 -a1 -r1 -p x +out')


def test_order_of_content():
    made = machine([state('s', state('t', exit=[{'log': 'exit t'}]), exit=[{'log': 'exit s'}]),
                    state('u', state('v', entry=[{'log': 'entry v'}]), entry=[{'log': 'entry u'}],
                          initial={'to': 'v', 'actions': [{'log': 'initial'}]})],
                   [edge('s', 'e', 'u', actions=[{'log': 'between'}])])
    tap.equal([line[-1] for line in send(made, 'e') if line[0] == 'log'],
              ['exit t', 'exit s', 'between', 'entry u', 'initial', 'entry v'])


def test_events_of_the_inside_come_first():
    made = machine([state('s')], [edge('s', 'e', actions=[{'send': 'z'}, {'raise': 'x'}, {'raise': 'y'}])])
    tap.equal([line[1] for line in send(made, 'e', 'f') if line[0] == 'event'], ['e', 'x', 'y', 'f', 'z'])


def test_without_event_before_any_event():
    made = machine([state('s'), state('t'), state('u')],
                   [edge('s', 'e', 't', actions=[{'raise': 'x'}]), edge('t', 'x', 's'), edge('t', to='u')])
    send(made, 'e')
    tap.equal(active(made), 'u')


def test_endless_microsteps():
    try:
        machine([state('s'), state('t')], [edge('s', to='t'), edge('t', to='s')],
                **{'max-steps': 10})
    except scxml_oracle.Livelock:
        return
    raise AssertionError('goes on for ever')


# --- 3.5 Internal and external ----------------------------------------------------

def test_internal():
    nodes = [state('s', state('s1'), state('s2'))]
    tap.equal(moves(send(machine(nodes, [edge('s', 'e', 's2')]), 'e')), '-s1 -s +s +s2')
    tap.equal(moves(send(machine(nodes, [edge('s', 'e', 's2', internal=True)]), 'e')), '-s1 +s2')


def test_internal_of_a_parallel_state_is_external():
    made = machine(REGIONS, [edge('p', 'e', 'a2', internal=True)])
    tap.equal(moves(send(made, 'e')), '-b1 -r2 -a1 -r1 -p +p +r1 +a2 +r2 +b1')


def test_internal_to_elsewhere_is_external():
    made = machine([state('s', state('s1')), state('t')], [edge('s', 'e', ['s'], internal=True)])
    tap.equal(moves(send(made, 'e')), '-s1 -s +s +s1')


def test_domain_is_never_parallel():
    made = machine(REGIONS, [edge('a1', 'e', 'b2')])
    tap.equal(moves(send(made, 'e')), '-b1 -r2 -a1 -r1 -p +p +r1 +a1 +r2 +b2')


# --- 3.4, 3.7 Parallel and final --------------------------------------------------

FINALS = [parallel('p', state('s1', state('s11'), state('s1f', type='final')),
                   state('s2', state('s21'), state('s2f', type='final', data=2)))]


def test_done():
    made = machine(FINALS, [edge('s11', 'e1', 's1f'), edge('s21', 'e2', 's2f')])
    tap.equal(raised(send(made, 'e1')), ['done.state.s1'])
    trace = send(made, 'e2')
    tap.equal(raised(trace), ['done.state.s2', 'done.state.p'])
    tap.equal([line for line in trace if line[0] == 'event'][1], ['event', 'done.state.s2', 2])


def test_top_level_final_ends():
    made = machine([state('s', exit=[{'log': 'bye'}]), state('f', type='final', exit=[{'log': 'end'}])],
                   [edge('s', 'e', 'f', actions=[{'raise': 'x'}])])
    tap.equal(moves(send(made, 'e')), 'bye -s +f end -f')
    tap.equal(made.running, False)


def test_several_targets():
    made = machine([state('out'), *REGIONS[:1]], [edge('out', 'e', ['b2', 'a2'])])
    tap.equal(moves(send(made, 'e')), '-out +p +r1 +a2 +r2 +b2')


# --- 3.10 History -------------------------------------------------------------------

def history(kind):
    return machine([state('s', state('h', type='history', history=kind),
                          state('t', state('t1'), state('t2')), state('u')), state('out')],
                   [edge('h', to='u', actions=[{'log': 'first'}]), edge('t1', 'e', 't2'),
                    edge('s', 'leave', 'out'), edge('out', 'back', 'h')])


def test_shallow():
    made = history('shallow')
    send(made, 'e', 'leave', 'back')
    tap.equal(active(made), 's t t1')


def test_deep():
    made = history('deep')
    send(made, 'e', 'leave', 'back')
    tap.equal(active(made), 's t t2')


def test_history_before_the_first_visit():
    made = machine([state('out'), state('s', state('t'), state('u', entry=[{'log': 'u'}]),
                                        state('h', type='history'), entry=[{'log': 's'}])],
                   [edge('h', to='u', actions=[{'log': 'first'}]), edge('out', 'back', 'h')])
    tap.equal(moves(send(made, 'back')), '-out +s s first +u u')


def test_deep_history_of_parallel_regions():
    made = machine([parallel('p', state('h', type='history', history='deep'),
                             *REGIONS[0]['nodes']), state('out')],
                   [edge('h', to=['a1', 'b1']), edge('a1', 'e', 'a2'), edge('b1', 'e', 'b2'),
                    edge('p', 'leave', 'out'), edge('out', 'back', 'h')])
    send(made, 'e', 'leave', 'back')
    tap.equal(active(made), 'p r1 a2 r2 b2')


def test_history_within_the_domain():
    # From a state of s to the history of p, around s: nothing outside of s moves.
    made = machine([parallel('p', state('h', type='history', history='deep'),
                             state('s', state('a'), state('b'), entry=[{'log': 's'}]),
                             state('t', state('c'), state('d')))],
                   [edge('h', to='b'), edge('c', 'd', 'd'), edge('a', 'e', 'h')])
    send(made, 'd')
    tap.equal(moves(send(made, 'e')), '-a +b')
    tap.equal(active(made), 'p s b t d')


# --- Time -----------------------------------------------------------------------------

def test_delays():
    made = machine([state('s', entry=[{'send': {'event': 'x', 'delay': '20ms'}},
                                      {'send': {'event': 'y', 'delay': '10ms', 'id': 'i'}},
                                      {'send': {'event': 'z', 'delay': '20ms'}}]), state('t')],
                   [edge('s', 'c', actions=[{'cancel': 'i'}]), edge('s', after='30ms', to='t')])
    send(made, 'c')
    made.trace = []
    made.step({'advance': 29})
    tap.equal([line[1] for line in made.trace if line[0] == 'event'], ['x', 'z'])
    made.step({'advance': 1})
    tap.equal(active(made), 't')


# --- Machines of chance -----------------------------------------------------------------

def is_legal(states, configuration):
    """3.11: a child of each compound state, all children of each parallel one."""
    for s in states:
        children = [child for child in s.states if child in configuration]
        if s not in configuration:
            if children:
                return False
        elif s.type in ('compound', 'machine') and len(children) != 1:
            return False
        elif s.type == 'parallel' and len(children) != len(s.states):
            return False
    return True


class Watched(scxml_oracle.Machine):
    def enter_all(self, *sets):
        super().enter_all(*sets)
        states = [self.root, *self.by_id.values()]
        assert is_legal(states, [self.root, *self.configuration]), self.configuration


def test_configurations_are_legal():
    plain = scxml_oracle.Machine
    scxml_oracle.Machine = Watched
    try:
        for seed in range(1, 201):
            random_chart.trial(seed)
    finally:
        scxml_oracle.Machine = plain


def test_variety():
    ends = collections.Counter()
    told = collections.Counter()
    kinds = collections.Counter()
    for seed in range(1, 201):
        trial = random_chart.trial(seed)
        made = scxml_oracle.Machine(trial['graph'])
        kinds.update(s.type for s in made.by_id.values())
        kinds.update('several targets' for s in made.by_id.values()
                     for t in s.transitions if len(t.target) > 1)
        ends[trial['expected'][-1]['state']] += 1
        for line in trial['expected']:
            told.update(what[0] for what in line['trace'])
            told.update('done' for what in line['trace']
                        if what[0] == 'raise' and what[2].startswith('done.state'))
    for name, some, least in (('ends', ends, 5), ('kinds', kinds, 100), ('told', told, 10)):
        print('#', name, dict(some))
        assert min(some.values()) >= least, some
    tap.equal(len(ends), 3)
    tap.equal(len(kinds), 6)
    assert told['done'] >= 30


def test_the_same_seed_gives_the_same():
    tap.equal(random_chart.trial(7), random_chart.trial(7))


if __name__ == '__main__':
    tap.main(sys.modules[__name__])

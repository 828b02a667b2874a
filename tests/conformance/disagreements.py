# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Where SCION and the recommendation disagree: for each rule of `ecma_oracle.py` a
small machine, what the recommendation says of it and where, what must come of it,
and what SCION makes of it. In all of them the recommendation is right, and so must
Fermata be.

`right` and `scion` are the states at the start and after each event, or, of a
machine with the variable `order`, its value at the end.
"""

BEGIN = '<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript"'
ORDER = '<datamodel><data id="order" expr="\'\'"/></datamodel>'


def note(text):
    return f'<assign location="order" expr="order + \'{text} \'"/>'


def entry(text):
    return f'<onentry>{note(text)}</onentry>'


class Case:
    def __init__(self, rule, section, says, inside, events, right, scion, initial=None):
        self.rule, self.section, self.says = rule, section, says
        attribute = f' initial="{initial}"' if initial else ''
        self.text = f'{BEGIN}{attribute}>{inside}</scxml>'
        self.steps = [{'advance': event} if isinstance(event, int) else {'send': {'name': event}} for event in events]
        self.right, self.scion = right, scion


CASES = [
    Case('scope', 'D (findLCCA)',
         'The Least Common Compound Ancestor is the <state> or <scxml> element s such that s is a proper ancestor '
         'of all states on stateList and no descendant of s has this property.',
         # From one region of a parallel state to another: not within it, but out of it and in again.
         ORDER + f'''<parallel id="p"><onexit>{note('left')}</onexit>
           <state id="one"><state id="a"><transition event="e" target="c"/></state><state id="b"/></state>
           <state id="two"><state id="d"/><state id="c"/></state></parallel>''',
         ['e'], 'left ', ''),
    Case('scope', 'D (findLCCA)', 'a proper ancestor of all states on stateList',
         # The second target is in another region than the source and the first.
         '''<parallel id="p"><state id="one"><state id="a"><transition event="e" target="b d"/></state><state id="b"/>
             </state><state id="two"><state id="c"/><state id="d"/></state></parallel>''',
         ['e'], [['a', 'c'], ['b', 'd']], [['a', 'c'], ['b', 'c', 'd']]),
    Case('scope', 'D (getTransitionDomain, getEffectiveTargetStates)',
         "tstates = getEffectiveTargetStates(t) … all states that are exited or entered as a result of taking "
         "'transition' are descendants of it",
         # h stands for b, which is in the source: m is not left.
         ORDER + f'''<state id="s">{entry('s')}
             <state id="m">{entry('m')}<transition event="e" type="internal" target="h"/>
               <state id="a"/><state id="b"/></state>
             <history id="h" type="deep"><transition target="b"/></history></state>''',
         ['e'], 's m ', 's m m '),
    Case('depth-order', 'D (entryOrder)',
         'Ancestors precede descendants, with document order being used to break ties (Note: since ancestors precede '
         'descendants, this is equivalent to document order.)',
         ORDER + f'''<parallel id="p"><state id="one">{entry('one')}<state id="a">{entry('a')}</state></state>
           <state id="two">{entry('two')}<state id="b">{entry('b')}</state></state></parallel>''',
         [], 'one a two b ', 'one two a b '),
    Case('late-done', '3.7',
         'When the state machine enters the <final> child of a <state> element, the SCXML Processor must generate the '
         'event done.state.id after completion of the <onentry> elements',
         ORDER + f'''<parallel id="p"><transition event="done.state.one">{note('done')}</transition>
           <transition event="r">{note('r')}</transition>
           <state id="one"><final id="f"/></state>
           <state id="two"><onentry><raise event="r"/></onentry><state id="b"/></state></parallel>''',
         [], 'done r ', 'r done '),
    Case('transition-order', 'D (selectTransitions, executeTransitionContent)',
         'for state in atomicStates … enabledTransitions.add(t); for t in enabledTransitions: executeContent(t)',
         # 3.13 has “in document order”; D says what that is: the order of the states that selected them.
         ORDER + f'''<parallel id="p"><transition event="e">{note('p')}</transition>
           <state id="one"><transition event="e">{note('one')}</transition></state><state id="two"/></parallel>''',
         ['e'], 'one p ', 'p one '),
    Case('deep-history', 'D (exitStates)',
         'if h.type == "deep": f = lambda s0: isAtomicState(s0) and isDescendant(s0,s)',
         '''<parallel id="p"><state id="one"><state id="a"><transition event="e" target="f"/></state><final id="f"/>
               <history id="h" type="deep"><transition target="a"/></history></state>
             <state id="two"/><transition event="out" target="t"/></parallel>
           <state id="t"><transition event="back" target="h"/></state>''',
         ['e', 'out', 'back'], [['a', 'two'], ['f', 'two'], ['t'], ['f', 'two']],
         [['a', 'two'], ['f', 'two'], ['t'], []]),
    Case('in-atomic', 'B.2.4, D (enterStates)',
         'This predicate must return "true" if and only if that state is in the current state configuration; '
         'configuration.add(s) … for content in s.onentry: executeContent(content)',
         ORDER + f'''<state id="s"><onentry><if cond="In('s')">{note('in')}<else/>{note('out')}</if></onentry>
           <state id="a"/></state>''',
         [], 'in ', 'out '),
    Case('nested-final', '3.7',
         'When the state machine reaches the <final> child of an <scxml> element, it MUST terminate.',
         '''<state id="s"><state id="a"><transition event="e" target="f"/></state><final id="f"/>
             <transition event="g" target="t"/></state><state id="t"/>''',
         ['e', 'g'], [['a'], ['f'], ['t']], [['a'], ['f'], ['f']]),
    Case('history-region', 'D (isInFinalState, getChildStates)',
         'elif isParallelState(s): return getChildStates(s).every(isInFinalState); getChildStates returns a list '
         'containing all <state>, <final>, and <parallel> children',
         '''<state id="s" initial="p"><parallel id="p"><history id="h"><transition target="one"/></history>
             <state id="one"><final id="f"/></state><state id="two"><final id="g"/></state>
             <transition event="done.state.p" target="t"/></parallel><state id="t"/></state>''',
         [], [['t']], [['f', 'g']]),
    Case('first-history', '3.3',
         "Otherwise it is the state's first child state in document order.",
         # A history state is a pseudo-state, and its default transition is not taken here.
         '''<state id="s"><history id="h"><transition target="b"/></history><state id="a"/><state id="b"/></state>''',
         [], [['a']], [['b']]),
    Case('cancel-last', '6.3',
         'the Processor SHOULD make its best attempt to cancel all delayed events with the specified id',
         ORDER + f'''<state id="s"><onentry><send event="e" id="x" delay="10ms"/><send event="e" id="x" delay="20ms"/>
           <cancel sendid="x"/></onentry><transition event="e">{note('came')}</transition></state>''',
         [50], '', 'came '),
    Case('trailing-dot', '3.12.1',
         'Note that a transition with \'event\' of "error", one with "error.", and one with "error.*" are functionally '
         'equivalent since they are token prefixes of exactly the same set of event names.',
         '''<state id="a"><transition event="e." target="b"/></state><state id="b"/>''',
         ['e.x'], [['a'], ['b']], [['a'], ['a']]),
    Case('empty-foreach', '4.6',
         'index: a variable that stores the current iteration index upon each iteration of the foreach loop',
         '''<datamodel><data id="order" expr="'none'"/><data id="item"/><data id="empty" expr="[]"/></datamodel>
           <state id="s"><onentry><foreach array="empty" item="item" index="order"/></onentry></state>''',
         [], 'none', 0),
    Case('foreach-expression', '4.6.1',
         "array: a value expression that evaluates to an iterable collection",
         '''<datamodel><data id="order" expr="0"/><data id="item"/></datamodel>
           <state id="s"><onentry><foreach array="[1, 2]" item="item"><assign location="order" expr="order + item"/>
           </foreach></onentry></state>''',
         [], 3, 'refused'),
]

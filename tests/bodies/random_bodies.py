# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Graphs with bodies in bodies, made by chance.

Of three sorts: *timed* ones run all that can run side by side, each task taking
a time of its own; *chains* have one node after the other everywhere, and places
for one; *instant* ones have places for one, any edges, and take no time.
"""

import random

import oracle
import oracle_values

SORTS = ('timed', 'timed', 'chain', 'instant')
KINDS = ('connectivity', 'timeout', 'validation', 'execution', 'security')
OWNERS = ('subgraph', 'foreach', 'fan-out', 'while', 'try', 'parallel', 'race', 'timeout', 'machine', 'each')
WORDS = ('break', 'continue')
MAX_NODES = 28


class Around:
    """Where something stands: what may be named and done there."""

    def __init__(self, **members):
        self.depth = 0
        self.has_input = False
        self.is_input_list = False
        self.has_count = False
        self.has_iteration = False
        self.is_in_loop = False
        self.has_error = False
        self.is_in_machine = False
        self.upstream = ()
        self.__dict__.update(members)

    def but(self, **members):
        return Around(**{**self.__dict__, **members})


class Maker:
    def __init__(self, seed, owners=OWNERS, words=WORDS, sort=None):
        self.random = random.Random(seed)
        self.owners, self.words = owners, words
        self.sort = sort or self.pick(SORTS)
        self.n_nodes = 0
        self.cases = {}
        self.limit = self.pick((6, 12, MAX_NODES))
        self.max_depth = self.pick((2, 3, 4, 5))
        self.has_variables = self.sort != 'timed' and self.chance(0.5)

    # --- Chance: only what random () gives, which is the same in all versions --

    def chance(self, probability):
        return self.random.random() < probability

    def below(self, n):
        return int(self.random.random() * n)

    def pick(self, some):
        return some[self.below(len(some))]

    # --- Values -------------------------------------------------------------------

    def moment(self):
        return f'{1 + self.below(20000)}ms'

    def takes(self, around):
        if not around.has_iteration or self.chance(0.2):
            return self.moment()
        moments = ', '.join(f"'{self.moment()}'" for _ in range(5))
        return f'{{{{[{moments}][iteration.index % 5]}}}}'

    def number(self, around):
        """An expression that is a whole number."""
        if around.has_iteration and self.chance(0.7):
            return 'iteration.index'
        if self.has_variables and self.chance(0.5):
            return 'variables.n'
        return str(self.below(4))

    def condition(self, around):
        modulus = self.pick((2, 2, 3))
        return f'({self.number(around)}) % {modulus} == {self.below(modulus)}'

    def expression(self, around, id):
        choices = [f"'{id}'", str(self.below(10)), f"['{id}', {self.number(around)}]"]
        if around.has_input:
            choices += ['input', f"['{id}', input]"] * 2
        if around.has_iteration:
            choices += ['iteration.value', '[iteration.index, iteration.first]']
        if around.has_count:
            choices += ['[iteration.last, iteration.count]']
        if around.has_error:
            choices += ['error == null'] if around.has_error == 'maybe' else ["['caught', error.kind]"]
        if around.upstream:
            choices += [f"['{id}', nodes.{self.pick(around.upstream)}.output]"]
        if self.has_variables:
            choices += [f"['{id}', variables.n]"]
        return self.pick(choices)

    def value(self, around, id):
        return '{{' + self.expression(around, id) + '}}'

    def list(self, around):
        """An expression that is mostly a list."""
        kind = self.below(20)
        if kind == 0:
            return self.pick(('null', '7', "'text'"))
        elements = ', '.join(self.expression(around, 'x') for _ in range(self.below(5)))
        return f'[{elements}]'

    # --- Nodes --------------------------------------------------------------------

    def new_id(self):
        self.n_nodes += 1
        return f'n{self.n_nodes}'

    def may_own(self, around):
        return around.depth < self.max_depth and self.n_nodes < self.limit and self.owners

    def node(self, around):
        id = self.new_id()
        if self.may_own(around) and self.chance(0.6 if around.depth < 2 else 0.4):
            owners = [type for type in self.owners if type != 'each'
                      # Events are looked at when nothing else can begin.
                      and not (type == 'machine' and self.sort == 'instant')]
            if owners:
                type = self.pick(owners)
                node = getattr(self, 'make_' + type.replace('-', '_'))(id, around)
                return self.with_policies(node, around)
        return self.with_policies(self.leaf(id, around), around)

    def leaf(self, id, around):
        if self.sort == 'instant' or self.chance({'chain': 0.3, 'timed': 0.1}[self.sort]):
            if self.sort != 'timed' and self.chance(0.12):
                return {'id': id, 'type': 'fail', 'with': {'message': 'no', 'kind': self.pick(KINDS)}}
            if around.is_in_machine and not around.has_input:
                # Its input is an event.
                return {'id': id, 'type': 'set', 'with': {'value': id}}
            if self.chance(0.2):
                return {'id': id, 'type': 'if', 'with': {'when': self.condition(around)}}
            if self.chance(0.2):
                return {'id': id, 'type': 'switch', 'with': {'value': '{{' + self.number(around) + '}}'}}
            return {'id': id, 'type': 'set', 'with': {'value': self.value(around, id)}}
        given = {'takes': self.takes(around), 'value': self.value(around, id)}
        kind = self.random.random()
        node = {'id': id, 'type': 'task', 'with': given}
        if kind < 0.15:
            given['error'] = self.pick(KINDS)
        elif kind < 0.25 and around.has_iteration:
            given['error'] = f"{{{{['', '{self.pick(KINDS)}', ''][iteration.index % 3]}}}}"
        elif kind < 0.35:
            given['error'] = f"{{{{['{self.pick(KINDS)}', '', ''][attempt - 1]}}}}"
            node['retry'] = {'attempts': 3, 'delay': self.moment()}
        return node

    def with_policies(self, node, around):
        if 'retry' not in node and self.chance(0.08):
            node['retry'] = 2 if self.sort == 'instant' else {'attempts': 2, 'delay': self.moment()}
            if isinstance(node['retry'], dict) and self.chance(0.3):
                node['retry']['on'] = [self.pick(KINDS), self.pick(KINDS)]
        if self.sort != 'instant' and node['type'] not in oracle_values.COMPUTED and self.chance(0.1):
            node['timeout'] = self.moment()
        if self.chance(0.1):
            node['on-error'] = self.pick(('continue', {'value': ['instead', '{{error.kind}}']}))
        if self.has_variables and self.chance(0.3):
            node['assign'] = [{'n': 'variables.n + 1'}]
        return node

    def make_subgraph(self, id, around):
        node = {'id': id, 'type': 'subgraph'}
        inner = around.but(is_in_loop=False)
        body = self.graph(inner)
        if self.chance(0.3):
            node['with'] = {'inputs': {'given': self.value(around, id)}}
            body['inputs'] = {'given': {}, 'other': {'default': 5}}
            sinks = [n for n in body['nodes'] if n['type'] in ('set', 'task')]
            if sinks:
                self.pick(sinks)['with']['value'] = '{{[inputs.given, inputs.other]}}'
        if self.has_variables and self.chance(0.3):
            body['variables'] = {'n': self.below(3)}
        node['body'] = body
        return node

    def make_foreach(self, id, around):
        given = {'items': self.list(around)}
        if around.is_input_list and self.chance(0.5):
            given = {}
        if self.chance(0.2):
            given['batch'] = 1 + self.below(3)
        self.add_places(given)
        return {'id': id, 'type': 'foreach', **({'with': given} if given else {}),
                'body': self.graph(around.but(has_iteration=True, is_in_loop=True, has_input=True,
                                              has_count=True, is_input_list='batch' in given))}

    def add_places(self, given):
        if self.sort == 'timed' and self.chance(0.7):
            given['max-parallel'] = 1 + self.below(4)
        if self.chance(0.5):
            given['failures'] = self.pick(('fail', 'skip', 'collect'))

    def make_fan_out(self, id, around):
        kind = self.below(3) if around.has_input else 1 + self.below(2)
        copies = str(self.below(4))
        has_input = around.has_input
        if kind == 1:
            copies, has_input = self.list(around), True
        elif kind == 2:
            copies, has_input = f"{{'copies': {self.below(4)}, 'input': {self.expression(around, id)}}}", True
        given = {'copies': copies}
        self.add_places(given)
        if self.sort != 'timed':
            given['max-parallel'] = 1
        return {'id': id, 'type': 'fan-out', 'with': given,
                'body': self.graph(around.but(has_iteration=True, is_in_loop=True, has_input=has_input,
                                              has_count=True, is_input_list=False))}

    def make_while(self, id, around):
        given = {'condition': f'iteration.index < {self.below(4)}'}
        if self.chance(0.3):
            given['test'] = self.pick(('before', 'after'))
        if self.chance(0.2):
            given['max-iterations'] = 1 + self.below(3)
        if not around.has_input or self.chance(0.3):
            given['initial'] = self.value(around, id)
        return {'id': id, 'type': 'while', 'with': given,
                'body': self.graph(around.but(has_iteration=True, is_in_loop=True, has_input=True,
                                              has_count=False, is_input_list=False))}

    def make_try(self, id, around):
        node = {'id': id, 'type': 'try', 'body': self.graph(around)}
        if self.chance(0.7):
            node['catch'] = self.graph(around.but(has_error=True))
            if self.chance(0.4):
                node['with'] = {'kinds': sorted({self.pick(KINDS), self.pick(KINDS), self.pick(KINDS)})}
        if self.chance(0.7) or 'catch' not in node:
            node['finally'] = self.graph(around.but(has_error='maybe', is_in_loop=False))
        return node

    def make_parallel(self, id, around):
        node = {'id': id, 'type': 'parallel', 'body': self.graph(around, branches=2 + self.below(2))}
        if self.chance(0.7):
            node['with'] = {'wait': self.pick(('all', 'any', 1, 2))}
        return node

    def make_race(self, id, around):
        return {'id': id, 'type': 'race', 'body': self.graph(around, branches=2 + self.below(2))}

    def make_timeout(self, id, around):
        after = '600000ms' if self.sort == 'instant' else f'{1 + self.below(60000)}ms'
        return {'id': id, 'type': 'timeout', 'with': {'after': after}, 'body': self.graph(around)}

    # --- Machines -----------------------------------------------------------------

    def make_machine(self, id, around):
        inner = around.but(has_input=False, is_input_list=False, is_in_loop=False, is_in_machine=True,
                           depth=around.depth + 1)
        states = [f'{id}s{i}' for i in range(1 + self.below(3))] + [f'{id}end']
        nodes, edges = [], []
        for number, name in enumerate(states[:-1]):
            state = {'id': name}
            later = states[number + 1:]
            tasks = [self.node(inner) for _ in range(self.below(3) if self.sort == 'timed' else self.below(2))]
            if tasks:
                state['do'] = tasks if len(tasks) > 1 or self.chance(0.5) else tasks[0]
            for task in tasks:
                for word in ('done', 'error'):
                    if self.chance(0.8):
                        edges.append({'from': name, 'to': self.pick(later), 'event': f'{word}.invoke.{task["id"]}'})
            edges.append({'from': name, 'to': self.pick(later), 'after': f'{1 + self.below(90000)}ms'})
            nodes.append(state)
        nodes.append({'id': states[-1], 'type': 'final', 'data': self.value(inner, id)})
        if self.has_variables:
            for edge in edges:
                if self.chance(0.3):
                    edge['assign'] = [{'n': 'variables.n + 1'}]
        return {'id': id, 'type': 'subgraph', 'body': {'kind': 'fsm', 'nodes': nodes, 'edges': edges}}

    # --- Graphs -------------------------------------------------------------------

    def graph(self, around, branches=0):
        around = around.but(depth=around.depth + 1)
        size = 1 + self.below(4 if around.depth < 3 else 2)
        size = max(size, branches)
        nodes, edges = [], []
        ancestors = {}
        for number in range(size):
            sources = self.sources(nodes, edges, number - branches if branches else None)
            self.add_node(around, nodes, edges, sources, ancestors)
        if around.is_in_loop and self.words and self.chance(0.6):
            self.add_exit(around, nodes, edges)
        graph = {'kind': 'dag', 'nodes': nodes, 'edges': edges}
        if self.chance(0.1):
            graph['on-error'] = 'continue'
        if not branches and nodes and self.chance(0.1):
            last = nodes[-1]['id']
            graph['result'] = f"['result', nodes.{last}.output]"
        return graph

    def add_exit(self, around, nodes, edges):
        """A way out of the loop, mostly not taken each time."""
        sources = [node for node in nodes if node['type'] not in ('break', 'continue', 'return', 'if', 'switch')]
        if not sources or (self.sort == 'chain' and sources[-1] is not nodes[-1]):
            return
        source = sources[-1] if self.sort == 'chain' else self.pick(sources)
        id = self.new_id()
        node = {'id': id, 'type': self.pick(self.words)}
        if self.chance(0.5):
            node['with'] = {'value': self.value(around, id)}
        edge = {'from': source['id'], 'to': id}
        if self.chance(0.7):
            edge['when'] = self.condition(around)
        nodes.append(node)
        edges.append(edge)

    def sources(self, nodes, edges, branch):
        """The nodes that the next one comes after."""
        open_nodes = [node for node in nodes if node['type'] not in ('break', 'continue', 'return')]
        if not open_nodes:
            return []
        if self.sort == 'chain':
            return [nodes[-1]] if nodes[-1] in open_nodes else []
        if branch is not None:
            return [] if branch < 0 else [self.pick(open_nodes)]
        kind = self.random.random()
        if kind < 0.3:
            return []
        first = self.pick(open_nodes)
        second = self.pick(open_nodes)
        return [first] if kind < 0.75 or first is second else [first, second]

    def add_node(self, around, nodes, edges, sources, ancestors):
        upstream = []
        for source in sources:
            upstream += [source['id'], *ancestors[source['id']]]
        is_any = len(sources) > 1 and self.chance(0.25)
        # Of those that it does not wait for, it is not told here what they gave.
        upstream = [] if is_any else sorted(set(upstream))
        inner = around.but(upstream=(*around.upstream, *upstream))
        if sources:
            inner = inner.but(has_input=True, is_input_list=False)
        made = [{'from': source['id']} for source in sources]
        self.decorate(made, sources, inner)
        if any(edge.get('on') == 'error' for edge in made):
            # An error has more members than the rules say.
            inner = inner.but(has_input=False)
        is_each = False
        if len(made) == 1 and 'each' in self.owners and 'on' not in made[0] and self.chance(0.3):
            is_each = self.make_each(sources[0], made[0], inner)
        if is_each:
            inner = inner.but(has_input=True, has_iteration=True, has_count=False, is_in_loop=False)
        elif sources and sources[0]['type'] in ('foreach', 'fan-out') and len(made) == 1 and 'on' not in made[0]:
            inner = inner.but(is_input_list=True)
        node = self.exit_node(inner, sources) if sources and not is_each else None
        node = node or self.node(inner)
        if is_each and node['type'] in ('if', 'switch'):
            node.update(type='set', **{'with': {'value': self.value(inner, node['id'])}})
        if is_each and isinstance(node.get('on-error'), dict) is False and self.chance(0.2):
            node['on-error'] = 'continue'
        if is_any:
            node['join'] = 'any'
            # Another attempt would be given what has come by then.
            node.pop('retry', None)
        elif made and not is_each and self.chance(0.12):
            node['join'] = 'always'
            self.without_input(node)
        if self.sort == 'chain' and nodes and not made:
            return
        for edge in made:
            edge['to'] = node['id']
        ancestors[node['id']] = upstream
        nodes.append(node)
        edges.extend(made)

    def decorate(self, made, sources, around):
        for edge, source in zip(made, sources):
            if source['type'] in ('if', 'switch'):
                cases = (True, False) if source['type'] == 'if' else (0, 1, 2)
                taken = self.cases.setdefault(source['id'], [])
                left = [case for case in (*cases, None) if case not in taken]
                if not left:
                    edge['on'] = 'error'
                    continue
                case = self.pick(left)
                taken.append(case)
                if case is not None:
                    edge['case'] = case
            elif self.chance(0.15):
                edge['when'] = self.condition(around.but(has_input=False))
            elif self.chance(0.2) and source['type'] not in oracle_values.COMPUTED:
                edge['on'] = 'error'

    def make_each(self, source, edge, around):
        """Lets what an edge comes from give a list."""
        edge.pop('when', None)
        if source['type'] == 'task' and self.sort == 'timed' and self.chance(0.5):
            # Made anew: what comes of a stream that breaks off is not told here.
            id = source['id']
            source.clear()
            items = [self.below(9) for _ in range(self.below(5))]
            source.update(id=id, type='task', **{'with': {
                'emit': items, 'every': f'{1 + self.below(5000)}ms', 'takes': f'{26000 + self.below(9000)}ms',
                'value': None}})
            edge['each'] = True
        elif source['type'] in ('set', 'task') and 'on-error' not in source:
            source['with']['value'] = [self.below(9) for _ in range(self.below(4))]
            edge['each'] = True
        return 'each' in edge

    def without_input(self, node):
        """It may run though nothing has come to it."""
        text = repr(node)
        if 'input' in text:
            keep = {name: node[name] for name in ('id', 'join')}
            node.clear()
            node.update(keep, type='set', **{'with': {'value': node.get('id') or keep['id']}})
            if self.sort == 'timed':
                node.update(type='task', **{'with': {'takes': self.moment(), 'value': keep['id']}})

    def exit_node(self, around, sources):
        if not self.chance(0.35 if around.is_in_loop and self.words else 0.12):
            return None
        words = [*(self.words * 2 if around.is_in_loop else ()), 'return']
        id = self.new_id()
        node = {'id': id, 'type': self.pick(words), 'with': {'value': self.value(around, id)}}
        if node['type'] == 'return':
            if self.chance(0.3):
                node['with']['scope'] = self.pick(('graph', 'run', 'run'))
        elif self.chance(0.5):
            del node['with']
        return node

    # --- All of it ------------------------------------------------------------------

    def document(self):
        graph = self.graph(Around())
        document = {'fermata': 1, **graph}
        document['max-concurrency'] = 1000 if self.sort == 'timed' else 1
        if self.has_variables:
            document['variables'] = {'n': self.below(3)}
        if self.sort != 'instant' and self.chance(0.2):
            document['closing-timeout'] = f'{1 + self.below(30000)}ms'
        return document


def case(seed, attempt=0, **how):
    """A graph and when it is cancelled, of which it is clear what comes of it."""
    for attempt in range(attempt, attempt + 200):
        maker = Maker(f'{seed}.{attempt}', **how)
        made = {'seed': seed, 'sort': maker.sort, 'graph': maker.document(), 'cancels': []}
        try:
            ended = oracle.Oracle(made['graph']).run().left
            if len(repr(made['graph'])) > 20000:
                continue
            if maker.sort != 'instant' and ended > 1 and maker.chance(0.4):
                times = sorted(1 + maker.below(int(ended)) for _ in range(1 + maker.below(2)))
                made['cancels'] = times
                oracle.Oracle(made['graph'], times).run()
            return made
        except oracle.Tie:
            continue
    raise AssertionError(f'seed {seed}: nothing comes of it')

# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The oracle on DAGs."""

from oracle_values import (COMPUTED, Failure, NOTHING, Node, Obj, Out, Race, Tie, choose, duration, error,
                           evaluate, sinks_of, targets_of)
from oracle_items import Each, Items, Stream


class GraphRun:
    """A frame of a DAG. Nodes start in order of time, in a sequential graph in
    that of the document."""

    def __init__(self, oracle, graph, frame, env, begin, close, insist, wait, is_root):
        self.oracle, self.graph, self.frame = oracle, graph, frame
        self.begin, self.close, self.insist = begin, close, insist
        self.wait, self.is_root = wait, is_root
        self.env = {**env, 'nodes': Obj(env['nodes'])}
        self.nodes = graph['nodes']
        self.edges = [[edge, 'pending'] for edge in graph.get('edges', [])]
        self.by_id = {node['id']: node for node in self.nodes}
        self.index = {node['id']: i for i, node in enumerate(self.nodes)}
        self.sinks = sinks_of(graph)
        self.closed = None
        self.was_asked = False
        self.failure = self.exit = None
        self.failed_at = None
        self.handled = set()
        self.open = {}
        self.each = {}
        self.streams = {}
        for node in self.nodes:
            self.env['nodes'][node['id']] = Obj(output=None)

    # --- Time goes by -------------------------------------------------------------

    def run(self):
        self.now = self.begin
        self.start_ready()
        while self.open:
            time, _, id, what = min(self.events())
            if what == 'begin' and time == self.close:
                raise Tie('closed as an item comes')
            if self.close <= time and not self.was_asked:
                self.was_asked = True
                if self.closed is None:
                    self.now = self.close
                    self.shut(self.close)
                    continue
            if time >= self.insist > self.now:
                if self.insist == time:
                    raise Tie('insisted as something ends')
                # Those that run have been told when they will end.
                self.now = self.insist
                for node in self.nodes:
                    if node['id'] not in self.frame.nodes:
                        self.skip(node['id'])
                continue
            self.now = time
            if what == 'begin':
                self.start(id)
                continue
            if what == 'exit':
                self.open[id].pinned = True
                if self.exit is None and self.closed is None:
                    self.leave(id)
                elif self.open[id].exit is not self.exit:
                    raise Tie('an exit from what is closed')
                continue
            self.end(id)
            self.start_ready()
        return self.conclude()

    def events(self):
        for id, record in self.open.items():
            if record.exit is not None and not record.pinned and record.exit[0] != 'return':
                yield record.exit_at, self.index[id], id, 'exit'
            else:
                yield record.ended, self.index[id], id, 'end'
        for id, stream in self.streams.items():
            if id not in self.frame.nodes and stream.arrivals and self.closed is None:
                yield stream.arrivals[0], self.index[id], id, 'begin'

    def is_always(self, id):
        return self.by_id[id].get('join') == 'always'

    def leave(self, id):
        """Something in here ends the loop, or the run, that it is in."""
        if self.is_always(id):
            raise Tie('an exit from an always node')
        self.exit = self.open[id].exit
        self.exit_at = self.now
        self.shut(self.now, but=id)

    def shut(self, time, but=None):
        self.closed = time
        if self.is_root and time < self.close:
            self.insist = self.oracle.insists(time, self.oracle.cancels[0])
        for id, record in list(self.open.items()):
            close = self.insist if self.is_always(id) else time
            if id == but or (self.is_always(id) and not self.is_root):
                continue
            start = record.attempts[0][0]
            if start == time and not self.oracle.sequential:
                raise Tie('closed as something starts')
            if time == self.close:
                # It was told when it began.
                continue
            if record.ended == time:
                raise Tie('closed as something ends')
            if self.oracle.sequential and not self.is_always(id):
                raise Tie('something runs beside')
            self.open[id] = self.frame.nodes[id] = self.run_node(id, start, close)
        for node in self.nodes:
            if node['id'] not in self.frame.nodes and not self.is_always(node['id']):
                self.skip(node['id'])
        self.start_ready()

    # --- Joins --------------------------------------------------------------------

    def incoming(self, id):
        return [entry for entry in self.edges if id in targets_of(entry[0])]

    def is_each(self, id):
        return any(edge.get('each') for edge, _ in self.incoming(id))

    def readiness(self, id):
        """start, skip or None."""
        states = [state for _, state in self.incoming(id)]
        join = self.by_id[id].get('join', 'all')
        if not states:
            return 'start'
        if join == 'any' and 'taken' in states:
            return 'start'
        if 'pending' in states:
            return None
        if join == 'always' or (join == 'all' and 'taken' in states and 'failed' not in states):
            return 'start'
        return 'skip'

    def skip_ready(self):
        changed = True
        while changed:
            changed = False
            for node in self.nodes:
                if node['id'] not in self.frame.nodes and self.readiness(node['id']) == 'skip':
                    self.skip(node['id'])
                    changed = True

    def start_ready(self):
        changed = True
        while changed:
            changed = False
            self.skip_ready()
            for node in self.nodes:
                id = node['id']
                if id in self.frame.nodes or self.readiness(id) != 'start':
                    continue
                if self.closed is not None and not self.is_always(id):
                    continue
                if self.now >= self.insist:
                    self.skip(id)
                elif not self.oracle.sequential:
                    self.start(id)
                elif self.open and self.closed is not None:
                    raise Tie('something runs beside')
                elif not self.open:
                    self.check_order(id)
                    self.start(id)

    def check_order(self, id):
        """Frames take turns by their numbers; only the root has its after all others."""
        if self.is_root or (self.by_id[id]['type'] in COMPUTED and not self.is_each(id)):
            return
        for node in self.nodes:
            if node['id'] != id and node['id'] not in self.frame.nodes and self.readiness(node['id']) == 'start':
                raise Tie('frames take turns')

    def check_alone(self, id):
        """What it is given is that of the first, if it is clear which that is."""
        for edge, state in self.incoming(id):
            source = edge['from']
            record = self.frame.nodes.get(source)
            if state == 'pending' and (record is None or record.ended == self.now) \
                    and (record is not None or self.readiness(source) == 'start'):
                raise Tie('two are the first')

    def skip(self, id):
        record = Node(id)
        self.frame.nodes[id] = record.finish('skipped', self.now)
        self.end_edges(record)

    def input_of(self, id):
        entries = self.incoming(id)
        if not entries:
            return self.env.get('input', NOTHING)
        given = Obj((edge.get('input', edge['from']), self.carried(edge))
                    for edge, state in entries if state == 'taken')
        if len(entries) == 1:
            return next(iter(given.values()), NOTHING)
        return given

    def carried(self, edge):
        return self.frame.nodes[edge['from']].value

    def start(self, id):
        if self.by_id[id].get('join') == 'any' and not self.oracle.sequential:
            self.check_alone(id)
        self.each[id] = self.input_of(id)
        record = self.run_node(id, self.now, self.insist if self.is_always(id) else self.close)
        self.open[id] = self.frame.nodes[id] = record
        if self.by_id[id].get('with', {}).get('emit') and not self.is_each(id):
            self.stream(id)

    def stream(self, id):
        """Who takes the items of a node one by one begins with the first."""
        given = self.by_id[id]['with']
        for edge, _ in self.edges:
            if edge['from'] == id and edge.get('each'):
                self.streams[edge['to']] = Stream(given['emit'], self.now, duration(given['every']),
                                                  duration(given['takes']))

    def run_node(self, id, begin, close):
        node = self.by_id[id]
        env = {**self.env, 'input': self.each[id]}
        each = [edge for edge, _ in self.incoming(id) if edge.get('each')]
        if each and node['type'] == 'foreach' and 'items' not in node.get('with', {}):
            return self.oracle.node(node, env, begin, close, self.insist, self.is_always(id),
                                    self.stream_attempt(node, self.streams.get(id)))
        if each:
            return self.oracle.node({'id': id, 'type': 'each'}, env, begin, close, self.insist,
                                    self.is_always(id), self.each_attempt(node, each[0]))
        return self.oracle.node(node, env, begin, close, self.insist, self.is_always(id))

    def stream_attempt(self, node, stream):
        def attempt(_, frames, env, begin, close, insist):
            items = env['input'] if stream is None else stream.items
            items = [] if items is None else items
            return self.oracle.items_of(node, frames, env, items, begin, close, insist, stream)
        return attempt

    def each_attempt(self, node, edge):
        def attempt(_, frames, env, begin, close, insist):
            stream = self.streams.get(node['id'])
            items = env['input'] if stream is None else stream.items
            is_join = len(self.incoming(node['id'])) > 1
            if is_join:
                items = items[edge.get('input', edge['from'])]
            items = [] if items is None else items
            if not isinstance(items, list):
                return Out('failed', begin, error('validation'))
            inputs = items
            if is_join:
                inputs = [Obj({**env['input'], edge.get('input', edge['from']): item}) for item in items]
            return Items(self.oracle, {'id': node['id'], 'body': Each(node), 'type': 'each'}, frames, env,
                         items, inputs, self.oracle.places, begin, close, insist, stream).run()
        return attempt

    # --- Ends ---------------------------------------------------------------------

    def end(self, id):
        record = self.open.pop(id)
        node = self.by_id[id]
        if record.status == 'done':
            self.env['nodes'][id] = Obj(output=None if record.value is NOTHING else record.value)
        self.end_edges(record)
        if record.exit is not None and record.exit[0] == 'return' and record.status == 'done':
            if self.exit is None:
                self.exit = record.exit
                self.exit_at = self.now
                if self.closed is None:
                    self.shut(self.now)
        elif record.status == 'failed' and id not in self.handled:
            self.fail(record.value)
        self.skip_ready()
        if self.wait not in (None, 'all') and self.closed is None:
            self.count_branches()

    def fail(self, failure):
        if self.failure is None:
            self.failure = failure
            self.failed_at = self.now
        if self.closed is None and self.graph.get('on-error') != 'continue' \
                and self.wait in (None, 'all'):
            self.shut(self.now)

    def count_branches(self):
        states = [self.frame.nodes[id].status if id in self.frame.nodes and id not in self.open else None
                  for id in self.sinks]
        n_done = states.count('done')
        if n_done >= self.wait:
            self.shut(self.now)
        elif n_done + states.count(None) < self.wait:
            if self.failure is None:
                self.failure = error('execution')
            self.shut(self.now)

    def end_edges(self, record):
        node = self.by_id[record.id]
        env = {**self.env, 'input': self.each.get(record.id, NOTHING)}
        leaving = [entry for entry in self.edges if entry[0]['from'] == record.id]
        if record.status == 'failed':
            self.end_failed(node, record, leaving, env)
            return
        if record.status == 'done' and node['type'] in ('if', 'switch'):
            self.route(record, leaving)
            return
        for entry in leaving:
            edge = entry[0]
            if record.status != 'done' or edge.get('on') == 'error':
                entry[1] = 'dead'
            elif 'when' not in edge:
                entry[1] = 'taken'
            else:
                self.test(entry, {**env, 'output': record.value})

    def test(self, entry, env):
        try:
            entry[1] = 'taken' if evaluate(entry[0]['when'], env) else 'dead'
        except Failure:
            entry[1] = 'failed'
            self.fail(error('expression'))

    def end_failed(self, node, record, leaving, env):
        handled = node.get('on-error') == 'continue' and not self.is_each(node['id'])
        for entry in leaving:
            if entry[0].get('on') == 'error':
                entry[1] = 'taken'
                if 'when' in entry[0]:
                    self.test(entry, {**env, 'error': record.value})
                handled = handled or entry[1] == 'taken'
        if handled:
            self.handled.add(record.id)
        for entry in leaving:
            if entry[0].get('on') != 'error':
                entry[1] = 'dead' if handled else 'failed'

    def route(self, record, leaving):
        # What was given instead of its output has not chosen.
        chosen = choose([edge for edge, _ in leaving], record.found)
        for entry in leaving:
            entry[1] = 'taken' if entry[0] is chosen else 'dead'

    # --- What comes of it -----------------------------------------------------------

    def conclude(self):
        end = max([self.begin, *(record.ended for record in self.frame.nodes.values())])
        if self.exit is not None and self.exit[0] != 'return':
            if self.failure is not None:
                raise Tie('a failure beside a break')
            if self.is_root and end > self.insist:
                raise Tie('insisted upon what was not told so')
            return Out('exit', end, self.exit, at=self.exit_at)
        if self.was_asked:
            return Out('closed', end)
        if self.wait not in (None, 'all'):
            return self.conclude_branches(end)
        if self.failure is not None:
            return Out('failed', end, self.failure)
        if self.exit is not None:
            return Out('done', end, None if self.exit[1] is NOTHING else self.exit[1])
        try:
            return Out('done', end, self.result())
        except Failure as failure:
            return Out('failed', end, error('expression', message=str(failure)))

    def outputs(self):
        return {id: self.frame.nodes[id].value for id in self.sinks
                if self.frame.nodes[id].status == 'done'}

    def conclude_branches(self, end):
        if self.exit is not None:
            if self.failure is not None:
                raise Tie('a failure beside a return')
            return Out('done', end, None if self.exit[1] is NOTHING else self.exit[1])
        outputs = self.outputs()
        if len(outputs) >= self.wait:
            return Out('done', end, next(iter(outputs.values())) if isinstance(self.wait, Race) else Obj(outputs))
        return Out('failed', end, self.failure or error('execution'))

    def result(self):
        if self.wait == 'all':
            return Obj(self.outputs())
        if 'result' in self.graph:
            return evaluate(self.graph['result'], self.env)
        outputs = self.outputs()
        if len(self.sinks) == 1:
            return next(iter(outputs.values()), None)
        return Obj(outputs)

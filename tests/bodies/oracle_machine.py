# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The oracle on machines."""

from oracle_values import (Frame, INF, NOTHING, Obj, Out, Tie, duration, error, evaluate,
                           fill)


class MachineRun:
    """A machine whose states stand side by side and whose edges lead onwards:
    what it does follows from the ends of tasks and from `after` alone."""

    def __init__(self, oracle, graph, frame, env, begin, close, insist):
        self.oracle, self.graph, self.frame = oracle, graph, frame
        self.begin, self.close, self.insist = begin, close, insist
        self.env = {**env, 'nodes': Obj(env['nodes']), 'input': NOTHING}
        self.states = {state['id']: state for state in graph['nodes']}
        self.ends = []

    def run(self):
        initial = self.graph.get('initial', self.graph['nodes'][0]['id'])
        now, state = self.begin, self.states[initial]
        while True:
            visit = Visit(state['id'], now)
            self.frame.states.append(visit)
            if state.get('type') == 'final':
                data = fill(state['data'], self.env) if 'data' in state else None
                return self.finish(now, data)
            time, edge, event = self.next_step(state, visit, now)
            if edge is None or self.close <= time:
                if self.close == time:
                    raise Tie('closed as it moves')
                if self.close == INF:
                    raise Tie('stuck')
                self.leave(state, visit, self.close)
                return Out('closed', max([self.close, *self.ends]))
            self.leave(state, visit, time)
            for assignment in edge.get('assign', []):
                for name, expression in assignment.items():
                    self.env['variables'][name] = evaluate(expression, {**self.env, 'event': event})
            now, state = time, self.states[edge['to']]

    def finish(self, now, data):
        end = max([now, *self.ends])
        if self.close < end:
            return Out('closed', end)
        if 'result' in self.graph:
            return Out('done', end, evaluate(self.graph['result'], self.env))
        return Out('done', end, data)

    def tasks_of(self, state):
        tasks = state.get('do', [])
        return tasks if isinstance(tasks, list) else [tasks]

    def run_task(self, task, begin, close, frames, index):
        frame = Frame('body', index, begin)
        frame.order = [self.oracle.tick(), None]
        frames.append(frame)
        record = self.oracle.node(task, self.env, begin, close, self.insist, False)
        frame.nodes[task['id']] = record
        frame.left = record.ended
        frame.order[1] = self.oracle.tick()
        frame.gave = {'done': ('done', record.value), 'failed': ('failed', record.value),
                      'cancelled': ('closed', None)}[record.status]
        if record.status == 'failed' and task.get('on-error') == 'continue':
            frame.gave = ('nothing', None)
        if record.exit is not None:
            raise Tie('an exit from a machine')
        return record

    def next_step(self, state, visit, now):
        """(time, edge, event) of what makes it leave the state."""
        happens = []
        for index, task in enumerate(self.tasks_of(state)):
            record = self.run_task(task, now, self.close, visit.frames, index)
            visit.records.append(record)
            word = {'done': 'done', 'nothing': 'done', 'failed': 'error'}.get(visit.frames[index].gave[0])
            if word is not None:
                happens.append((record.ended, f'{word}.invoke.{task["id"]}', record.value))
        edges = [edge for edge in self.graph['edges'] if edge['from'] == state['id']]
        for edge in edges:
            if 'after' in edge:
                happens.append((now + duration(edge['after']), None, edge))
        happens.sort(key=lambda what: what[0])
        for number, (time, name, what) in enumerate(happens):
            if number + 1 < len(happens) and happens[number + 1][0] == time:
                raise Tie('two things move it')
            if name is None:
                return time, what, NOTHING
            for edge in edges:
                if edge.get('event') == name:
                    return time, edge, Obj(name=name, data=what)
        return INF, None, None

    def leave(self, state, visit, time):
        """What still runs is asked to end."""
        for index, task in enumerate(self.tasks_of(state)):
            record = visit.records[index]
            if record.ended > time:
                if self.oracle.sequential:
                    raise Tie('something runs beside')
                frames = []
                record = self.run_task(task, visit.entered, time, frames, index)
                visit.frames[index] = frames[0]
                visit.records[index] = record
            self.ends.append(record.ended)
        visit.left = time


class Visit:
    def __init__(self, id, entered):
        self.id, self.entered, self.left = id, entered, None
        self.frames, self.records = [], []

# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a graph with bodies does, by docs/semantics.md and nothing else.

Written as direct recursion: `graph ()`, `node ()`, `try_ ()`, … say what becomes
of a graph, a node, a `try`, … that begins at a time and is asked to end at
another (`close`), and insistently at a third (`insist`). Nothing is simulated
twice over: where something is cut short by what happens later, it is asked for
once more with another `close`.

Times are milliseconds. Where two things happen at the same time and it matters
which is first, there is no answer: `Tie` is raised. In a sequential graph
(`max-concurrency` 1) there is an order: `order` of what is recorded.
"""

from oracle_values import (CLOSING_TIMEOUT, COMPUTED, DEFAULT_ITERATIONS, Failure, Frame, INF, NOTHING, Node,
                           Obj, Out, Race, Tie, choose, duration, error, evaluate, fill, obj, sinks_of, wrap)
from oracle_graph import GraphRun
from oracle_items import Items
from oracle_machine import MachineRun


class Oracle:
    def __init__(self, document, cancels=()):
        self.document = document
        self.cancels = [*cancels, INF, INF]
        self.sequential = document.get('max-concurrency') == 1
        self.places = document.get('max-concurrency', 16)
        self.closing_timeout = duration(document.get('closing-timeout', CLOSING_TIMEOUT / 1000))
        self.leaving = {}
        self.note_edges(document)
        self.clock = 0
        self.n_frames = 0
        self.steps = 0

    def note_edges(self, value):
        """Of each node, whose ids are different everywhere, the edges that leave it."""
        if isinstance(value, dict):
            for edge in value.get('edges', []):
                self.leaving.setdefault(edge['from'], []).append(edge)
            for node in value.get('nodes', []):
                self.leaving.setdefault(node['id'], [])
        if isinstance(value, (dict, list)):
            for member in value.values() if isinstance(value, dict) else value:
                self.note_edges(member)

    def tick(self):
        """The number of the next thing to be recorded."""
        self.clock += 1
        return self.clock

    # --- The run ------------------------------------------------------------------

    def run(self):
        """The frame of the root; its `gave` is how the run ends, (state, value)."""
        self.variables = obj(self.document.get('variables', {}))
        env = {'variables': self.variables, 'inputs': Obj(), 'nodes': Obj(),
               'run': NOTHING, 'input': NOTHING}
        frame = Frame(None, 0, 0)
        if self.document.get('kind') == 'fsm':
            out = self.machine(self.document, frame, env, 0, self.cancels[0], self.cancels[1])
        else:
            out = self.graph(self.document, frame, env, 0, self.cancels[0],
                             self.insists(self.cancels[0], self.cancels[1]), is_root=True)
        if out.kind == 'closed' or self.cancels[0] < out.end:
            frame.gave = ('cancelled', None)
        elif out.kind == 'exit':
            frame.gave = ('done', out.value[1])
        else:
            frame.gave = (out.kind, out.value)
        frame.left = out.end
        return frame

    def insists(self, closed, cancelled):
        """When a run that closes at @closed ends `always` nodes, too."""
        return min(cancelled, closed + self.closing_timeout)

    # --- A graph ------------------------------------------------------------------

    def graph(self, graph, frame, env, begin, close, insist, wait=None, is_root=False):
        if graph.get('kind') == 'fsm':
            return self.machine(graph, frame, env, begin, close, insist)
        return GraphRun(self, graph, frame, env, begin, close, insist, wait, is_root).run()

    def enter(self, frames, body, graph, index, env, begin, close, insist, wait=None):
        """Runs a body in a frame of its own, which is put with @frames."""
        if begin >= close:
            raise Tie('closed as it begins')
        self.n_frames += 1
        if self.n_frames > 20000:
            raise Tie('too large')
        frame = Frame(body, index, begin)
        frame.order = [self.tick(), None]
        frames.append(frame)
        out = self.graph(graph, frame, env, begin, close, insist, wait)
        frame.left = out.end
        frame.gave = (out.kind, out.value)
        frame.order[1] = self.tick()
        return out

    # --- A node -------------------------------------------------------------------

    def node(self, node, env, begin, close, insist, is_always, attempt_of=None):
        """All attempts of a node that starts at @begin. `always` nodes are closed
        when the run insists: @close is that then."""
        record = Node(node['id'])
        retry = node.get('retry', 1)
        retry = {'attempts': retry} if isinstance(retry, int) else retry
        number = 1
        time = begin
        while True:
            env = {**env, 'attempt': number}
            record.attempts.append((time, [], [self.tick(), None]))
            out = self.attempt(node, record, env, time, close, insist, attempt_of)
            record.attempts[-1][2][1] = self.tick()
            if out.kind == 'done':
                value = out.value
                record.found = out.found
                if self.assign(node, env, value):
                    record.has_assigned = True
                return record.finish('done', out.end, value)
            if out.kind == 'closed':
                return record.finish('cancelled', out.end)
            if out.kind == 'exit':
                record.exit, record.exit_at = out.value, out.at
                status = 'done' if node['type'] in ('break', 'continue', 'return') else 'cancelled'
                return record.finish(status, out.end, out.value[1])
            failure = out.value
            is_tried = 'on' not in retry or failure['kind'] in retry['on']
            if is_tried and number < retry['attempts'] and out.end < close:
                time = out.end + duration(retry.get('delay', 0)) * retry.get('backoff', 1) ** (number - 1)
                if time > close:
                    return record.finish('cancelled', close)
                if time == close:
                    raise Tie('retried as it is closed')
                number += 1
                continue
            if number > 1 and is_tried:
                failure = error('retry-exhausted', attempts=number, cause=failure)
            handled = node.get('on-error')
            if isinstance(handled, dict):
                return record.finish('done', out.end, fill(handled['value'], {**env, 'error': failure}))
            return record.finish('failed', out.end, failure)

    def assign(self, node, env, output):
        assignments = node.get('assign', [])
        for assignment in assignments:
            for name, expression in assignment.items():
                env['variables'][name] = evaluate(expression, {**env, 'output': output})
        return bool(assignments)

    def attempt(self, node, record, env, begin, close, insist, attempt_of):
        self.steps += 1
        limit = INF
        if 'timeout' in node and node['type'] not in COMPUTED:
            limit = begin + duration(node['timeout'])
        if limit == close < INF:
            raise Tie('out of time as it is closed')
        stop = min(limit, close)
        run = attempt_of or getattr(self, 'do_' + node['type'].replace('-', '_'))
        try:
            out = run(node, record.attempts[-1][1], env, begin, stop, insist)
        except Failure as failure:
            if node['type'] not in COMPUTED and not record.attempts[-1][1]:
                # What is executed is not begun without its parameters.
                record.attempts[-1] = (None, [], [0, 0])
            return Out('failed', begin, error('expression', message=str(failure)))
        if out.kind == 'closed' and limit < close:
            return Out('failed', out.end, error('timeout'))
        if out.end in (close, limit) and out.kind != 'closed':
            raise Tie('ends as it is closed')
        return out

    # --- Leaves -------------------------------------------------------------------

    def do_task(self, node, frames, env, begin, close, insist):
        given = fill(node.get('with', {}), env)
        end = begin + duration(given.get('takes', 0))
        if 'emit' in given:
            end = max(end, begin + len(given['emit']) * duration(given['every']))
        if close < end:
            return Out('closed', close)
        if given.get('error'):
            return Out('failed', end, error(given['error']))
        return Out('done', end, given.get('value'))

    def do_set(self, node, frames, env, begin, close, insist):
        return Out('done', begin, fill(node['with']['value'], env))

    def do_fail(self, node, frames, env, begin, close, insist):
        return Out('failed', begin, error(node['with'].get('kind', 'execution')))

    def do_if(self, node, frames, env, begin, close, insist):
        found = bool(evaluate(node['with']['when'], env))
        return self.routed(begin, env, found)

    def do_switch(self, node, frames, env, begin, close, insist):
        found = fill(node['with']['value'], env)
        if choose(self.leaving[node['id']], found) is None:
            return Out('failed', begin, error('routing'))
        return self.routed(begin, env, found)

    def routed(self, begin, env, found):
        value = env.get('input', NOTHING)
        out = Out('done', begin, None if value is NOTHING else value)
        out.found = found
        return out

    def exits(self, word, node, env, begin):
        value = NOTHING
        if 'value' in node.get('with', {}):
            value = fill(node['with']['value'], env)
        return Out('exit', begin, (word, value), at=begin)

    def do_return(self, node, frames, env, begin, close, insist):
        word = 'run' if node.get('with', {}).get('scope') == 'run' else 'return'
        return self.exits(word, node, env, begin)

    def do_break(self, node, frames, env, begin, close, insist):
        return self.exits('break', node, env, begin)

    def do_continue(self, node, frames, env, begin, close, insist):
        return self.exits('continue', node, env, begin)

    # --- Owners of one frame ------------------------------------------------------

    def inside(self, body, env, given=None, **names):
        """What a body sees."""
        env = {**env, **names}
        if 'inputs' in body:
            inputs = {name: declared['default'] for name, declared in body['inputs'].items()
                      if 'default' in declared}
            env['inputs'] = Obj({**inputs, **(given or {})})
        if 'variables' in body:
            env['variables'] = fill(obj(body['variables']), {'inputs': env['inputs']})
        return env

    def wraps(self, out):
        """The failure inside as that of the node."""
        if out.kind == 'failed':
            return Out('failed', out.end, wrap(out.value))
        return out

    def do_subgraph(self, node, frames, env, begin, close, insist):
        given = fill(node.get('with', {}).get('inputs', {}), env)
        declared = node['body'].get('inputs', {})
        if set(given) - set(declared) or any('default' not in declared[name] for name in set(declared) - set(given)):
            return Out('failed', begin, error('validation'))
        env = self.inside(node['body'], env, given)
        return self.wraps(self.enter(frames, 'body', node['body'], 0, env, begin, close, insist))

    def do_timeout(self, node, frames, env, begin, close, insist):
        limit = begin + duration(node['with']['after'], env)
        if limit == close < INF:
            raise Tie('out of time as it is closed')
        out = self.enter(frames, 'body', node['body'], 0, self.inside(node['body'], env),
                         begin, min(limit, close), insist)
        if out.kind == 'closed' and limit < close:
            return Out('failed', out.end, error('timeout'))
        return self.wraps(out)

    def branches(self, node, frames, env, begin, close, insist, wait):
        out = self.enter(frames, 'body', node['body'], 0, self.inside(node['body'], env),
                         begin, close, insist, wait)
        return self.wraps(out)

    def do_parallel(self, node, frames, env, begin, close, insist):
        wait = fill(node.get('with', {}).get('wait', 'all'), env)
        wait = 1 if wait == 'any' else wait
        sinks = sinks_of(node['body'])
        if wait != 'all' and wait > len(sinks):
            return Out('failed', begin, error('validation'))
        out = self.branches(node, frames, env, begin, close, insist, wait)
        return out

    def do_race(self, node, frames, env, begin, close, insist):
        return self.branches(node, frames, env, begin, close, insist, Race(1))

    # --- try ----------------------------------------------------------------------

    def do_try(self, node, frames, env, begin, close, insist):
        out = self.enter(frames, 'body', node['body'], 0, self.inside(node['body'], env),
                         begin, close, insist)
        failure = handling = None
        was_asked = out.kind == 'closed'
        if not was_asked and out.kind == 'failed':
            failure = out.value
            kinds = node.get('with', {}).get('kinds')
            if 'catch' in node and (kinds is None or failure['kind'] in kinds):
                handling = failure
                out = self.enter(frames, 'catch', node['catch'], 0,
                                 self.inside(node['catch'], env, error=failure), out.end, close, insist)
                was_asked = out.kind == 'closed'
                if out.kind == 'failed':
                    failure = out.value
        ended = out.end
        finish = None
        if 'finally' in node and ended < insist:
            # It is told of the error that is on its way outwards.
            outward = failure if out.kind == 'failed' else None
            finish = self.enter(frames, 'finally', node['finally'], 0,
                                self.inside(node['finally'], env, error=outward), ended, insist, insist)
            ended = finish.end
            if finish.kind == 'exit':
                # Out of all of it, unless that is ending already for another reason.
                if finish.value[0] != 'run' or was_asked or close < ended or out.kind == 'exit':
                    raise Tie('out of a finally')
                return finish
        if was_asked or (out.kind != 'exit' and close < ended):
            return Out('closed', ended)
        if out.kind == 'exit':
            return Out('exit', ended, out.value, at=out.at)
        if finish and finish.kind == 'failed':
            return Out('failed', ended, wrap(finish.value, handling=failure if out.kind == 'failed' else None))
        if out.kind == 'failed':
            return Out('failed', ended, wrap(failure, handling=handling))
        return Out('done', ended, out.value)

    # --- while --------------------------------------------------------------------

    def do_while(self, node, frames, env, begin, close, insist):
        given = node['with']
        value = fill(given['initial'], env) if 'initial' in given else env.get('input', NOTHING)
        value = None if value is NOTHING else value
        time = begin
        for number in range(given.get('max-iterations', DEFAULT_ITERATIONS) + 1):
            iteration = Obj(index=number, value=value, first=number == 0)
            if number > 0 or given.get('test', 'before') == 'before':
                if not evaluate(given['condition'], {**env, 'iteration': iteration}):
                    return Out('done', time, value)
            if number == given.get('max-iterations', DEFAULT_ITERATIONS):
                return Out('failed', time, error('budget'))
            out = self.enter(frames, 'body', node['body'], number,
                             self.inside(node['body'], env, iteration=iteration, input=value),
                             time, close, insist)
            frames[-1].is_round = True
            time = out.end
            is_run = out.kind == 'exit' and out.value[0] == 'run'
            if out.kind == 'closed' or (close < time and not is_run):
                return Out('closed', time)
            if out.kind == 'failed':
                return Out('failed', time, wrap(out.value, iteration=number))
            if out.kind == 'exit':
                word, given_value = out.value
                if is_run:
                    return out
                value = value if given_value is NOTHING else given_value
                if word == 'break':
                    return Out('done', time, value)
            else:
                value = out.value
        raise AssertionError

    # --- foreach, fan-out ---------------------------------------------------------

    def do_foreach(self, node, frames, env, begin, close, insist):
        given = node.get('with', {})
        items = evaluate(given['items'], env) if 'items' in given else env.get('input', NOTHING)
        return self.items_of(node, frames, env, items, begin, close, insist)

    def items_of(self, node, frames, env, items, begin, close, insist, stream=None):
        given = node.get('with', {})
        if not isinstance(items, list):
            return Out('failed', begin, error('validation'))
        if 'batch' in given:
            size = fill(given['batch'], env)
            items = [items[i:i + size] for i in range(0, len(items), size)]
            stream = stream and stream.batches(size)
        return Items(self, node, frames, env, items, items, fill(given.get('max-parallel', 1), env),
                     begin, close, insist, stream).run()

    def do_fan_out(self, node, frames, env, begin, close, insist):
        given = node.get('with', {})
        copies = evaluate(given['copies'], env) if 'copies' in given else env.get('input', NOTHING)
        value = env.get('input', NOTHING)
        if isinstance(copies, dict):
            copies, value = copies['copies'], copies['input']
        if isinstance(copies, bool) or not isinstance(copies, (int, list)):
            return Out('failed', begin, error('validation'))
        value = None if value is NOTHING else value
        inputs = [value] * copies if isinstance(copies, int) else copies
        return Items(self, node, frames, env, inputs, inputs, fill(given.get('max-parallel', self.places), env),
                     begin, close, insist).run()

    # --- Machines -----------------------------------------------------------------

    def machine(self, graph, frame, env, begin, close, insist):
        return MachineRun(self, graph, frame, env, begin, close, insist).run()

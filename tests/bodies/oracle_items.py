# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The oracle on foreach, fan-out and edges with `each`: a frame an item."""

from oracle_values import Frame, NOTHING, Obj, Out, Tie, obj, wrap


class Each:
    """The implicit body of a node behind an edge with `each`."""

    def __init__(self, node):
        self.node = node


class Stream:
    """Items that come one by one."""

    def __init__(self, items, begin, every, takes):
        self.items = items
        self.arrivals = [begin + (i + 1) * every for i in range(len(items))]
        self.complete = max([begin + takes, *self.arrivals])

    def batches(self, size):
        made = Stream([], 0, 0, 0)
        made.arrivals = self.arrivals[size - 1::size]
        if len(self.items) % size:
            made.arrivals = [*made.arrivals, self.complete]
        made.complete = self.complete
        return made


class Items:
    """The frames of a foreach, a fan-out, an edge with `each`."""

    def __init__(self, oracle, node, frames, env, items, inputs, places, begin, close, insist,
                 stream=None):
        self.oracle, self.node, self.frames, self.env = oracle, node, frames, env
        self.items, self.inputs, self.places = items, inputs, places
        self.begin, self.close, self.insist = begin, close, insist
        self.stream = stream
        self.failures = node.get('with', {}).get('failures', 'fail')
        self.outs = {}
        self.open = {}
        self.frame_of = {}
        self.seen_exits = set()
        self.was_asked = False
        self.n_counted = len(items)

    def run(self):
        if self.begin >= self.close:
            raise Tie('closed as it begins')
        self.now = self.begin
        self.next = 0
        self.failed = None
        while True:
            while (self.next < self.n_counted and len(self.open) < self.places
                   and self.failed is None and self.now < self.close
                   and (self.stream is None or self.stream.arrivals[self.next] <= self.now)):
                self.start(self.next, self.now, self.close)
                self.next += 1
            happens = list(self.events())
            if not happens:
                break
            time, index, what = min(happens)
            if time >= self.close and not self.open:
                time = self.close
            self.now = time
            self.was_asked = self.was_asked or self.close <= time
            if what == 'wake':
                if time == self.close and self.next < len(self.items) \
                        and self.stream.arrivals[self.next] == time:
                    raise Tie('closed as an item comes')
                continue
            if what == 'exit':
                self.seen_exits.add(index)
                self.leave(index)
            else:
                self.end(index)
            if self.exit_of_run:
                break
        return self.conclude()

    exit_of_run = None

    def events(self):
        for index, out in self.open.items():
            if out.kind == 'exit' and out.value[0] == 'run' and index not in self.seen_exits:
                yield out.at, index, 'exit'
            else:
                yield out.end, index, 'end'
        if self.stream is None or self.failed is not None or self.now >= self.close:
            return
        if self.n_counted < len(self.items):
            if self.next < self.n_counted:
                raise Tie('a break before what comes')
        elif self.next == self.n_counted and self.now < self.stream.complete:
            yield self.stream.complete, -1, 'wake'
        if self.next < self.n_counted and self.now < self.stream.arrivals[self.next]:
            yield self.stream.arrivals[self.next], -1, 'wake'

    def start(self, index, begin, close):
        """Begins an item, or has it once more, with another end."""
        iteration = Obj(index=index, value=obj(self.items[index]), first=index == 0,
                        last=index == len(self.items) - 1, count=len(self.items))
        if self.stream is not None:
            del iteration['last'], iteration['count']
        frames = []
        body = self.node['body']
        if isinstance(body, Each):
            out = self.enter_each(frames, body.node, index, iteration, begin, close)
        else:
            env = self.oracle.inside(body, self.env, iteration=iteration, input=obj(self.inputs[index]))
            out = self.oracle.enter(frames, 'body', body, index, env, begin, close, self.insist)
        if index in self.frame_of:
            self.frames[self.frames.index(self.frame_of[index])] = frames[0]
        else:
            self.frames.append(frames[0])
        frames[0].is_round = True
        self.frame_of[index] = frames[0]
        self.open[index] = out

    def enter_each(self, frames, node, index, iteration, begin, close):
        self.oracle.n_frames += 1
        frame = Frame('body', index, begin)
        frame.order = [self.oracle.tick(), None]
        frames.append(frame)
        env = {**self.env, 'iteration': iteration, 'input': obj(self.inputs[index])}
        record = self.oracle.node(node, env, begin, close, self.insist, False)
        frame.nodes[node['id']] = record
        frame.left = record.ended
        frame.order[1] = self.oracle.tick()
        if record.status == 'done' and record.exit is None:
            out = Out('done', record.ended, record.value)
        elif record.exit is not None:
            raise Tie('an exit behind each')
        elif record.status == 'cancelled':
            out = Out('closed', record.ended)
        elif node.get('on-error') == 'continue':
            out = Out('nothing', record.ended, None)
        else:
            out = Out('failed', record.ended, record.value)
        frame.gave = (out.kind, out.value)
        return out

    def cut(self, indices):
        for index in indices:
            frame = self.frame_of[index]
            if frame.entered == self.now or self.open[index].end == self.now:
                raise Tie('items end together')
            self.start(index, frame.entered, self.now)

    def leave(self, index):
        self.exit_of_run = self.open[index]
        self.cut([i for i in self.open if i != index])

    def end(self, index):
        out = self.open.pop(index)
        self.outs[index] = out
        if index >= self.n_counted or out.kind == 'closed':
            return
        if out.kind == 'exit' and out.value[0] == 'break' and self.failed is None:
            if any(other.end == self.now and i != index for i, other in self.outs.items()):
                raise Tie('items end together')
            self.n_counted = index + 1
            self.cut([i for i in self.open if i > index])
        if out.kind == 'failed' and self.failures == 'fail' and self.failed is None:
            if any(other.end == self.now and i != index for i, other in self.outs.items()):
                raise Tie('items end together')
            self.failed = index
            self.cut(list(self.open))

    def conclude(self):
        if self.exit_of_run:
            end = max([self.exit_of_run.end, *(out.end for out in self.open.values())])
            return Out('exit', end, self.exit_of_run.value, at=self.exit_of_run.at)
        end = self.now
        if self.was_asked:
            return Out('closed', end)
        if self.failed is not None:
            failure = self.outs[self.failed].value
            if isinstance(self.node['body'], Each):
                return Out('failed', end, Obj({**failure, 'iteration': self.failed}))
            return Out('failed', end, wrap(failure, iteration=self.failed))
        results, failures = [], []
        for index in range(min(self.n_counted, len(self.items))):
            out = self.outs[index]
            if out.kind == 'failed':
                failures.append(Obj(index=index, error=out.value))
            elif out.kind == 'exit':
                if out.value[1] is not NOTHING:
                    results.append(out.value[1])
            else:
                results.append(out.value)
        if self.failures == 'collect':
            return Out('done', end, Obj(results=results, failures=failures))
        return Out('done', end, results)

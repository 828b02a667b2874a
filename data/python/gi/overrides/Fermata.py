# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Fermata in Python: plain values, runs to iterate over, types to subclass.

PyGObject finds this file by itself where the folder that holds gi/ is in
sys.path. What it adds to the names of the library:

    Value.from_python (), value.to_python ()
    engine.read (), engine.create_run (inputs=…, timeout=…)
    for event in run, run.result, run.error, run.status
    execution.input, .parameters, .complete (), .fail (), .emit (), .progress ()
    class MyType (Fermata.NodeType): description = {…}; def do_execute (self, execution)

Everything happens on the thread that made the run. Work in a thread of its own
comes back with GLib.idle_add ().
"""

import functools
import json
import sys
import traceback

from gi.repository import Gio, GLib

from ..module import get_introspection_module
from ..overrides import override

Fermata = get_introspection_module('Fermata')

__all__ = []


# --- Values -------------------------------------------------------------------

class Value(Fermata.Value):
    """An immutable JSON value."""

    @staticmethod
    def from_python(value):
        """None, True, 1, 0.5, 'text', [] or {} as a value; what JSON cannot say is an error."""
        if isinstance(value, Fermata.Value):
            return value
        return Fermata.Value.parse(json.dumps(value, allow_nan=False, default=_to_json).encode())

    def to_python(self):
        """The value as None, a boolean, a number, a string, a list or a dictionary."""
        text = Fermata.Value.to_string(self, 0)
        return json.loads(text[0] if isinstance(text, tuple) else text)

    def __eq__(self, other):
        return isinstance(other, Fermata.Value) and Fermata.Value.equal(self, other)

    def __hash__(self):
        return Fermata.Value.hash(self)

    def __repr__(self):
        return f'<Fermata.Value {Fermata.Value.to_string(self, 0)[0]}>'


Value = override(Value)
__all__.append('Value')


def _to_json(value):
    """For json.dumps (): values in the midst of Python's own."""
    if isinstance(value, Fermata.Value):
        return Value.to_python(value)
    raise TypeError(f'{type(value).__name__} is nothing that JSON can say')


def _to_python(value):
    return None if value is None else Value.to_python(value)


def _to_value(value):
    return None if value is None else Value.from_python(value)


def _error_kind(kind):
    if not isinstance(kind, str):
        return kind
    known, number = Fermata.error_kind_from_string(kind)
    if not known:
        raise ValueError(f'there is no kind of error “{kind}”')
    return number


# --- Node types ---------------------------------------------------------------

def _guarded(method, end):
    """What raises an exception ends what it was asked to do."""
    @functools.wraps(method)
    def call(self, subject):
        try:
            return method(self, subject)
        except Exception as error:
            traceback.print_exc(file=sys.stderr)
            end(subject, error)
    return call


def _describe(error):
    return f'{type(error).__name__}: {error}'


class Execution(Fermata.Execution):
    """One attempt of one node. Ends by one of complete (), fail () and end_cancelled ()."""

    @property
    def node(self):
        return self.get_node_id()

    @property
    def attempt(self):
        return self.get_attempt()

    @property
    def input(self):
        """The node's input; None without one."""
        return _to_python(self.dup_input())

    @property
    def parameters(self):
        """What stands in `with`, filled in, and defaults."""
        return self.dup_parameters().to_python()

    @property
    def cancelled(self):
        return self.is_cancelled()

    def complete(self, value=None):
        Fermata.Execution.complete(self, _to_value(value))

    def complete_after(self, seconds, value=None):
        Fermata.Execution.complete_after(self, round(seconds * 1e6), _to_value(value))

    def fail(self, message, kind='execution', details=None):
        Fermata.Execution.fail(self, _error_kind(kind), str(message), _to_value(details))

    def emit(self, item):
        """Gives one item of a stream before the end."""
        Fermata.Execution.emit(self, Value.from_python(item))

    def progress(self, fraction, message=None):
        """Tells how far it is, from 0 to 1."""
        Fermata.Execution.report_progress(self, fraction, message)


Execution = override(Execution)
__all__.append('Execution')


class NodeType(Fermata.NodeType):
    """What a node does. A subclass has a `description`, a dictionary as `fermata types --json`
    prints them, and do_execute (self, execution). An exception in it fails the node."""

    def __init_subclass__(cls, **arguments):
        super().__init_subclass__(**arguments)
        if 'description' in cls.__dict__ and 'do_make_description' not in cls.__dict__:
            cls.do_make_description = lambda self: Value.from_python(type(self).description)
        if 'do_execute' in cls.__dict__:
            cls.do_execute = _guarded(cls.do_execute, lambda execution, error:
                                      execution.fail(_describe(error)))
        if 'do_cancel' in cls.__dict__:
            cls.do_cancel = _guarded(cls.do_cancel, lambda execution, error:
                                     execution.end_cancelled())


NodeType = override(NodeType)
__all__.append('NodeType')


# --- Hooks --------------------------------------------------------------------

class HookCall(Fermata.HookCall):
    """One question to a hook about one node; the first answer counts."""

    node = property(Fermata.HookCall.get_node_id)
    type = property(Fermata.HookCall.get_node_type)
    frame = property(Fermata.HookCall.get_frame)
    attempt = property(Fermata.HookCall.get_attempt)
    pending = property(Fermata.HookCall.is_pending, doc='whether an answer counts')

    @property
    def input(self):
        return _to_python(self.dup_input())

    @property
    def parameters(self):
        return self.dup_parameters().to_python()

    @property
    def output(self):
        return _to_python(self.get_output())

    @property
    def error(self):
        return _to_python(self.get_error())

    def replace_input(self, value):
        Fermata.HookCall.replace_input(self, Value.from_python(value))

    def give_output(self, value):
        Fermata.HookCall.give_output(self, Value.from_python(value))

    def replace_output(self, value):
        Fermata.HookCall.replace_output(self, Value.from_python(value))

    def retry(self, seconds=0):
        Fermata.HookCall.retry(self, round(seconds * 1e6))


HookCall = override(HookCall)
__all__.append('HookCall')


class StepCall(Fermata.StepCall):
    """One question to a hook about transitions of a machine; the first answer counts."""

    run = property(Fermata.StepCall.get_run)
    frame = property(Fermata.StepCall.get_frame)
    edges = property(Fermata.StepCall.get_edges, doc='the names of the transitions')
    pending = property(Fermata.StepCall.is_pending, doc='whether an answer counts')

    @property
    def event(self):
        return _to_python(self.get_event())


StepCall = override(StepCall)
__all__.append('StepCall')


class Hook(Fermata.Hook):
    """Is asked before and after nodes: do_before (self, call), do_after, do_failed, do_cleanup;
    and of machines do_before_step (self, call), do_after_step. An exception fails the node, or
    vetoes the step."""

    def __init_subclass__(cls, **arguments):
        super().__init_subclass__(**arguments)
        for name in ('do_before', 'do_after', 'do_failed', 'do_cleanup', 'do_before_step',
                     'do_after_step'):
            if name in cls.__dict__:
                setattr(cls, name, _guarded(cls.__dict__[name], lambda call, error:
                                            call.fail(_describe(error))))


Hook = override(Hook)
__all__.append('Hook')


# --- Engines and graphs -------------------------------------------------------

class GraphError(Exception):
    """A graph has errors: `diagnostics` has a text for each."""

    def __init__(self, diagnostics):
        super().__init__('\n'.join(diagnostics))
        self.diagnostics = diagnostics


__all__.append('GraphError')


class Engine(Fermata.Engine):

    def read(self, source):
        """A graph from a file, or from a dictionary; GraphError if it has errors."""
        if isinstance(source, dict):
            text, name = GLib.Bytes.new(json.dumps(source).encode()), 'graph'
        else:
            with open(source, 'rb') as file:
                text, name = GLib.Bytes.new(file.read()), str(source)
        diagnostics = Gio.ListStore.new(Fermata.Diagnostic)
        try:
            graph = Fermata.json_read_graph(text, name, diagnostics)
        except GLib.Error as error:
            raise GraphError([error.message]) from None
        if graph is not None and not isinstance(source, dict):
            # What its nodes name is relative to it.
            graph.set_file(Gio.File.new_for_path(str(source)))
        if graph is not None:
            self.create_checker().check(graph, diagnostics)
        Fermata.diagnostics_locate(diagnostics, text, name)
        errors = [f'{each.get_file() or name}:{each.get_line()}:{each.get_column()}: {each.get_message()}'
                  for each in diagnostics if each.get_severity() == Fermata.Severity.ERROR]
        if graph is None or errors:
            raise GraphError(errors)
        return graph

    def create_run(self, plan, inputs=None, part=None, **options):
        """A run of a plan or a graph: inputs={…}, timeout='30s', max_concurrency=4, seed=1,
        keep_events=100000; part is a Fermata.RunPart, if not all of it is to run."""
        if isinstance(plan, Fermata.Graph):
            plan = self.compile(plan)
        options = {name.replace('_', '-'): value for name, value in options.items()}
        if inputs is not None:
            options['inputs'] = inputs
        return Fermata.Engine.create_run(self, plan, Value.from_python(options), part)


class RunPart(Fermata.RunPart):
    """Which part of a graph is to run."""

    def add_pin(self, node, output):
        Fermata.RunPart.add_pin(self, node, Value.from_python(output))


RunPart = override(RunPart)
__all__.append('RunPart')

Engine = override(Engine)
__all__.append('Engine')


# --- Runs ---------------------------------------------------------------------

class EventView(Fermata.EventView):
    """One thing that happened in a run."""

    number = property(Fermata.EventView.get_number)
    time = property(Fermata.EventView.get_time, doc='microseconds on the run\'s clock')
    frame = property(Fermata.EventView.get_frame)
    attempt = property(Fermata.EventView.get_attempt, doc='of the node, from 1; 0 without one')

    @property
    def kind(self):
        """A name such as 'node-completed'."""
        return Fermata.event_kind_to_string(self.get_kind())

    def _place(self, kind):
        here = Fermata.event_kind_get_place_kind(self.get_kind())
        return self.dup_place() if here == kind else None

    @property
    def node(self):
        """The id of the node; None where it is not about one."""
        return self._place(Fermata.PlaceKind.NODE)

    @property
    def edge(self):
        """The name of the edge; None where it is not about one."""
        return self._place(Fermata.PlaceKind.EDGE)

    @property
    def payload(self):
        return _to_python(self.get_payload())

    def to_python(self):
        """All of it, as `fermata run --events` prints it."""
        return self.to_value().to_python()

    def __repr__(self):
        return f'<Fermata.EventView {json.dumps(self.to_python(), ensure_ascii=False)}>'


EventView = override(EventView)
__all__.append('EventView')


class Run(Fermata.Run):

    def __iter__(self):
        """The events from the first to the last, each as soon as it is there. Starts a run that
        has not started, and drives the thread's main context until the run has ended."""
        context = GLib.MainContext.get_thread_default() or GLib.MainContext.default()
        history = self.get_history()
        if self.get_state() == Fermata.RunState.NEW:
            self.start()
        number = 0
        while True:
            while number < history.get_n_items():
                yield history.get_item(number)
                number += 1
            if self.has_ended():
                return
            context.iteration(True)

    def wait(self):
        """Runs it to its end, without looking; its result, or None."""
        for _ in self:
            pass
        return self.result

    def settle(self):
        """Runs it until it waits for nothing but time and events: where a machine takes the next
        event."""
        context = GLib.MainContext.get_thread_default() or GLib.MainContext.default()
        if self.get_state() == Fermata.RunState.NEW:
            self.start()
        while self.is_working():
            context.iteration(True)

    def send_event(self, name, data=None):
        """False if nobody takes events (any more)."""
        if not Fermata.event_name_is_valid(name):
            raise ValueError(f'“{name}” is not the name of an event')
        return Fermata.Run.send_event(self, name, _to_value(data))

    @property
    def configuration(self):
        """The ids of a machine's active states without active states in them."""
        return _to_python(self.get_moment().dup_configuration(0))

    @property
    def transitions(self):
        """What could be taken next, and what each needs: dictionaries."""
        return self.get_moment().dup_machine_transitions(0).to_python()

    def visits(self, state=None):
        """The visits of one state of a machine, or of all: dictionaries."""
        return self.get_history().dup_visits(0, state).to_python()

    @property
    def status(self):
        """'new', 'running', 'done', 'failed', 'cancelled' or 'timed-out'."""
        return Fermata.Run.state_to_string(self.get_state())

    @property
    def result(self):
        return _to_python(self.get_moment().get_result())

    @property
    def error(self):
        return _to_python(self.get_moment().get_error())


Run = override(Run)
__all__.append('Run')

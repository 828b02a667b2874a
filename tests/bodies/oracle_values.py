# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the parts of the oracle have in common: values, expressions, ends."""

import math

INF = math.inf
CLOSING_TIMEOUT = 300_000
DEFAULT_ITERATIONS = 10_000


class Tie(Exception):
    """It is not clear what comes first, or the rules do not say."""


class Failure(Exception):
    """An expression without a value."""


class Obj(dict):
    """A JSON object whose members are attributes, as in JavaScript."""

    def __getattr__(self, name):
        if name not in self:
            raise Failure(name)
        return self[name]


def obj(value):
    if isinstance(value, dict):
        return Obj({name: obj(member) for name, member in value.items()})
    if isinstance(value, list):
        return [obj(element) for element in value]
    return value


NOTHING = object()


def evaluate(expression, env):
    """An expression that means the same in Python and in JavaScript."""
    if not isinstance(expression, str):
        return expression
    names = {'null': None, 'true': True, 'false': False, '__builtins__': {}}
    names.update((name, value) for name, value in env.items() if value is not NOTHING)
    try:
        value = eval(expression, names)
    except (NameError, IndexError, TypeError) as error:
        raise Failure(str(error)) from None
    return value


def fill(value, env):
    """A value with templates; a text is one template, or none."""
    if isinstance(value, str) and value.startswith('{{'):
        return evaluate(value[2:-2], env)
    if isinstance(value, list):
        return [fill(element, env) for element in value]
    if isinstance(value, dict):
        return Obj({name: fill(member, env) for name, member in value.items()})
    return value


def duration(value, env=None):
    value = fill(value, env or {})
    if isinstance(value, str):
        assert value.endswith('ms'), value
        return int(value[:-2])
    return int(value * 1000)


def error(kind, **members):
    return Obj(kind=kind, **{name: value for name, value in members.items() if value is not None})


def wrap(failure, **members):
    """The error of the node in which there is a failure."""
    members = {name: value for name, value in members.items() if value is not None}
    kept = {name: failure[name] for name in ('iteration', 'handling') if name in failure}
    return error(failure['kind'], cause=failure, **{**kept, **members})


class Out:
    """How a graph, or an attempt, ended.

    `kind`: done, failed, closed (it was asked to end), exit. With exit, `value`
    is what a break, a continue or a return of the whole run says, (word, value),
    `at` when it did.
    """

    def __init__(self, kind, end, value=None, at=None):
        self.kind, self.end, self.value, self.at = kind, end, value, at
        # What an `if` or a `switch` chooses by
        self.found = NOTHING


class Frame:
    def __init__(self, body, index, entered):
        self.body, self.index, self.entered = body, index, entered
        self.left = None
        self.gave = None
        self.is_round = False
        self.nodes = {}
        self.states = []
        self.order = None


class Node:
    """What became of a node in a frame. `attempts`: (start, [frames])."""

    def __init__(self, id):
        self.id = id
        self.attempts = []
        self.status = None
        self.ended = None
        self.value = None
        self.exit = None
        self.exit_at = None
        self.has_assigned = False
        self.order = None
        self.pinned = False
        self.found = NOTHING

    def finish(self, status, ended, value=None):
        self.status, self.ended, self.value = status, ended, value
        return self


OWNERS = ('subgraph', 'foreach', 'fan-out', 'while', 'try', 'parallel', 'race', 'timeout')
COMPUTED = ('set', 'fail', 'if', 'switch', 'return', 'break', 'continue', 'merge', 'log')


def sinks_of(graph):
    sources = {edge['from'] for edge in graph.get('edges', [])}
    return [node['id'] for node in graph['nodes'] if node['id'] not in sources]


def choose(edges, found):
    """The edge that an `if` or a `switch` takes, None if there is none."""
    edges = [edge for edge in edges if edge.get('on') != 'error']
    for edge in edges:
        if 'case' in edge and edge['case'] == found and isinstance(edge['case'], bool) == isinstance(found, bool):
            return edge
    return next((edge for edge in edges if 'case' not in edge), None)


def targets_of(edge):
    return edge['to'] if isinstance(edge['to'], list) else [edge['to']]


class Race(int):
    """How many branches are waited for, one of which is what comes of it."""

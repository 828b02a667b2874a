# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Values, node types and runs in Python, and what is done wrong with them."""

import gc
import json
import pathlib
import sys
import tempfile
import threading
import weakref

import tap
from bindings import Fermata, GLib, GObject, equal, graph, quietly, refused


class Doing(Fermata.NodeType):
    """A node type that does what it is given."""
    description = {'name': 'do', 'parameters': [
        {'name': 'value'}, {'name': 'times', 'type': 'integer', 'default': 2}]}

    def __init__(self, execute, cancel=None):
        super().__init__()
        self.execute = execute

    def do_execute(self, execution):
        self.execute(execution)


class Cancellable(Doing):
    description = {'name': 'do'}

    def __init__(self, execute, cancel):
        super().__init__(execute)
        self.cancel_function = cancel

    def do_cancel(self, execution):
        self.cancel_function(execution)


NODE = {'id': 'a', 'type': 'do', 'with': {'value': '{{input}}'}}


def engine_with(execute, kind=Doing, **more):
    engine = Fermata.Engine.new_default()
    engine.add_type(kind(execute, **more))
    return engine


def run_of(execute, *nodes, kind=Doing, cancel=None, members=None, **options):
    engine = engine_with(execute, kind, **({'cancel': cancel} if cancel else {}))
    edges = [{'from': one['id'], 'to': 'a'} for one in nodes]
    node = NODE if nodes else {'id': 'a', 'type': 'do'}
    return engine.create_run(engine.read(graph(*nodes, node, edges=edges, **(members or {}))), **options)


# --- Values -------------------------------------------------------------------

def test_values_come_back():
    for value in (None, True, False, 0, -1, 2 ** 63 - 1, -2 ** 63, 12345678901234567890, 0.1, 1e300, 1.0, '',
                  'a\0b', 'Ümläut \u2028 😀', [], {}, [1, [2, {'a': None}]], {'b': 1, 'a': [{}], '': ''}):
        back = Fermata.Value.from_python(value).to_python()
        equal((type(back), back), (type(value), value))


def test_values_compare():
    one, same = Fermata.Value.from_python([1, 'a']), Fermata.Value.from_python([1, 'a'])
    equal((one == same, hash(one) == hash(same), one == Fermata.Value.from_python([])), (True, True, False))
    equal(repr(one), '<Fermata.Value [1,"a"]>')
    equal(Fermata.Value.from_python({'deep': [one]}).to_python(), {'deep': [[1, 'a']]})


def test_what_is_no_value_is_refused():
    refused(Fermata.Value.from_python, float('nan'), words=['JSON'], error=ValueError)
    refused(Fermata.Value.from_python, {1, 2}, words=['set'], error=TypeError)
    refused(Fermata.Value.from_python, '\ud800', words=[], error=GLib.Error)
    refused(Fermata.Value.from_python, nested(5000), words=[], error=(RecursionError, GLib.Error))


def nested(n):
    value = []
    for _ in range(n):
        value = [value]
    return value


def test_many_values_do_not_stay():
    import resource
    big = {'text': 'x' * 10000}
    for _ in range(2000):
        Fermata.Value.from_python(big).to_python()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(20000):
        Fermata.Value.from_python(big).to_python()
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 50000, f'{grown} KB more'


# --- Node types ---------------------------------------------------------------

def test_a_node_has_what_it_is_given():
    seen = {}

    def execute(execution):
        seen.update(node=execution.node, attempt=execution.attempt, input=execution.input,
                    parameters=execution.parameters, cancelled=execution.cancelled)
        execution.complete({'doubled': [execution.input] * execution.parameters['times']})
    run = run_of(execute, {'id': 's', 'type': 'set', 'with': {'value': {'x': 1}}})
    equal(run.wait(), {'doubled': [{'x': 1}, {'x': 1}]})
    equal(seen, {'node': 'a', 'attempt': 1, 'input': {'x': 1}, 'cancelled': False,
                 'parameters': {'value': {'x': 1}, 'times': 2}})
    equal((run.status, run.error), ('done', None))


def test_a_node_ends_later():
    run = run_of(lambda execution: GLib.idle_add(lambda: execution.complete('late') and None))
    equal(run.wait(), 'late')
    run = run_of(lambda execution: execution.complete_after(0.001, [1]))
    equal(run.wait(), [1])


def test_progress_is_told():
    def execute(execution):
        execution.progress(0.5, 'half')
        execution.complete()
    events = [(event.kind, event.node) for event in run_of(execute)]
    assert any('progress' in kind and node == 'a' for kind, node in events), events


def test_errors_have_kinds_and_details():
    run = run_of(lambda execution: execution.fail('no', kind='security', details={'why': 1}))
    equal(run.wait(), None)
    equal((run.status, {name: run.error[name] for name in ('kind', 'message', 'node', 'details')}),
          ('failed', {'kind': 'security', 'message': 'no', 'node': 'a', 'details': {'why': 1}}))


def test_an_exception_fails_the_node():
    def execute(execution):
        raise KeyError('gone')
    with quietly() as said:
        run = run_of(execute)
        run.wait()
    equal((run.status, run.error['kind'], run.error['message']), ('failed', 'execution', "KeyError: 'gone'"))
    assert 'Traceback' in said.getvalue() and 'in execute' in said.getvalue(), said.getvalue()


def test_what_is_no_value_fails_the_node():
    with quietly():
        run = run_of(lambda execution: execution.complete({1, 2}))
        run.wait()
    equal((run.status, run.error['message'][:9]), ('failed', 'TypeError'))
    with quietly():
        run = run_of(lambda execution: execution.fail('x', kind='nonsense'))
        run.wait()
    assert 'nonsense' in run.error['message'], run.error


def test_the_first_end_counts():
    def execute(execution):
        execution.complete(1)
        execution.complete(2)
        execution.fail('late')
        raise ValueError('later')
    with quietly():
        equal(run_of(execute).wait(), 1)


def test_an_end_after_the_run_is_nobodys():
    kept = []

    def execute(execution):
        kept.append(execution)
        execution.complete(1)
    run = run_of(execute)
    equal(run.wait(), 1)
    kept[0].complete(2)
    kept[0].progress(1)
    equal((kept[0].input, run.result), (None, 1))


def test_one_that_never_ends_is_cancelled():
    run = run_of(lambda execution: None)
    for event in run:
        if event.kind == 'node-started':
            run.cancel()
    equal(run.status, 'cancelled')
    equal(run_of(lambda execution: None, timeout=0.01).wait(), None)


def test_cancel_is_told():
    told = []

    def cancel(execution):
        told.append(execution.cancelled)
        execution.end_cancelled()
    run = run_of(lambda execution: None, kind=Cancellable, cancel=cancel, timeout='10ms')
    run.wait()
    equal((run.status, told), ('timed-out', [True]))


def test_an_exception_while_cancelled_ends_it():
    def cancel(execution):
        raise ValueError('no')
    with quietly():
        run = run_of(lambda execution: None, kind=Cancellable, cancel=cancel, timeout='10ms')
        run.wait()
    equal(run.status, 'timed-out')


def test_wrong_descriptions_are_refused():
    def refuses(description, *words, **more):
        kind = type('Wrong' + str(abs(hash((str(description), words)))), (Fermata.NodeType,),
                    {'description': description, 'do_execute': lambda self, execution: None, **more})
        refused(Fermata.Engine.new_default().add_type, kind(), words=words)
    refuses({}, 'it.name', 'text')
    refuses([], 'an object')
    refuses({'name': 'a/b'}, 'it.name')
    refuses({'name': 'set'}, 'set', 'already')
    refuses({'name': 'x', 'colour': 1}, 'colour', 'category')
    refuses({'name': 'x', 'title': 1}, 'it.title', 'text')
    refuses({'name': 'x', 'timeout': 'soon'}, 'it.timeout', '30s')
    refuses({'name': 'x', 'parameters': [{'type': 'any'}]}, 'parameters[0].name')
    refuses({'name': 'x', 'parameters': [{'name': 'a'}, {'name': 'a'}]}, 'parameters[1]', 'name')
    refuses({'name': 'x', 'parameters': [{'name': 'a', 'type': 'text'}]}, 'parameters[0].type', 'string')
    refuses({'name': 'x', 'parameters': [{'name': 'a', 'form': 'text'}]}, 'parameters[0].form', 'template')
    refuses({'name': 'x', 'parameters': [{'name': 'a', 'type': 'choice'}]}, 'parameters[0].choices')
    refuses({'name': 'x', 'parameters': [{'name': 'a', 'choices': ['b']}]}, 'parameters[0].choices')
    refuses({'name': 'x', 'parameters': [{'name': 'a', 'required': 1}]}, 'parameters[0].required')


def test_a_type_has_a_time_limit():
    class Slow(Fermata.NodeType):
        description = {'name': 'slow', 'timeout': '10ms'}

        def do_execute(self, execution):
            pass
    engine = Fermata.Engine.new_default()
    engine.add_type(Slow())
    run = engine.create_run(engine.read(graph({'id': 'a', 'type': 'slow'})))
    run.wait()
    equal((run.status, run.error['kind']), ('failed', 'timeout'))


def test_types_that_do_nothing_are_refused():
    class Nothing(Fermata.NodeType):
        description = {'name': 'nothing'}

    class Silent(Fermata.NodeType):
        def do_execute(self, execution):
            pass
    refused(Fermata.Engine.new_default().add_type, Nothing(), words=['nothing', 'execute'])
    refused(Fermata.Engine.new_default().add_type, Silent(), words=['Silent', 'describe'])


def test_a_type_lives_as_long_as_its_engine():
    engine = engine_with(lambda execution: execution.complete(1))
    gc.collect()
    equal(engine.create_run(engine.read(graph({'id': 'a', 'type': 'do'}))).wait(), 1)
    type_ = Doing(None)
    gone = weakref.ref(type_)
    engine = Fermata.Engine.new_default()
    engine.add_type(type_)
    del engine, type_
    gc.collect()
    equal(gone(), None)


def test_items_are_emitted():
    def execute(execution):
        execution.emit({'n': 1})
        execution.emit([2])
        execution.complete()
    chunks = [event.payload for event in run_of(execute) if event.kind == 'chunk']
    equal(sum(chunk.get('items', 0) for chunk in chunks), 2)


# --- Hooks --------------------------------------------------------------------

class Asked(GObject.Object, Fermata.Hook):
    """A hook whose methods are functions it is given."""

    def __init__(self, **methods):
        super().__init__()
        self.methods = methods
        self.log = []

    def ask(self, stage, call):
        self.log.append((stage, call.node, call.attempt))
        if stage in self.methods:
            self.methods[stage](call)
        elif stage != 'cleanup':
            call.proceed()

    def do_before(self, call):
        self.ask('before', call)

    def do_after(self, call):
        self.ask('after', call)

    def do_failed(self, call):
        self.ask('failed', call)

    def do_cleanup(self, call):
        self.ask('cleanup', call)


def hooked(execute=lambda execution: execution.complete(execution.input), source=1, **methods):
    run = run_of(execute, {'id': 's', 'type': 'set', 'with': {'value': source}})
    hook = Asked(**methods)
    run.add_hook(hook)
    return run, hook


def at(node, answer):
    """An answer at one node; elsewhere it proceeds."""
    return lambda call: answer(call) if call.node == node else call.proceed()


def test_hooks_are_asked_in_order():
    run, hook = hooked()
    equal(run.wait(), 1)
    equal(hook.log, [('before', 's', 1), ('after', 's', 1), ('cleanup', 's', 1),
                     ('before', 'a', 1), ('after', 'a', 1), ('cleanup', 'a', 1)])


def test_hooks_change_what_happens():
    def run_with(**methods):
        run, _ = hooked(**methods)
        return run.wait(), run.status
    equal(run_with(before=at('a', lambda call: call.replace_input({'b': call.input}))), ({'b': 1}, 'done'))
    equal(run_with(before=at('a', lambda call: call.give_output('given'))), ('given', 'done'))
    equal(run_with(before=at('a', lambda call: call.skip())), (None, 'done'))
    equal(run_with(after=at('a', lambda call: call.replace_output([call.output]))), ([1], 'done'))


def test_hooks_change_what_happens_to_failures():
    def run_with(answer):
        run, hook = hooked(lambda execution: execution.fail('no') if execution.attempt < 3
                           else execution.complete('at last'), failed=answer)
        return run.wait(), run.status, [line for line in hook.log if line[0] == 'failed']
    failed = ('failed', 'a', 1)
    equal(run_with(lambda call: call.retry(0.001)), ('at last', 'done', [failed, ('failed', 'a', 2)]))
    equal(run_with(lambda call: call.give_output(call.error['message'])), ('no', 'done', [failed]))
    equal(run_with(lambda call: call.continue_()), (None, 'done', [failed]))
    equal(run_with(lambda call: call.stop()), (None, 'failed', [failed]))
    equal(run_with(lambda call: call.proceed()), (None, 'failed', [failed]))


def test_a_hook_sees_the_parameters():
    seen = []
    run, _ = hooked(before=lambda call: seen.append((call.type, call.parameters)) or call.proceed())
    run.wait()
    equal(seen, [('set', {'value': 1}), ('do', {'value': 1, 'times': 2})])


def test_a_hook_answers_later():
    def later(call):
        GLib.timeout_add(1, lambda: call.replace_output('late') and None)
    run, _ = hooked(after=at('a', later))
    equal(run.wait(), 'late')


def refuses_to_answer(words, stage='before', **methods):
    with quietly():
        run, hook = hooked(**methods)
        run.wait()
    missing = [word for word in words if word not in (run.error or {}).get('message', '')]
    equal((run.status, run.error, missing), ('failed', run.error, []))
    equal(hook.log[-1][0], 'cleanup')


def test_what_hooks_do_wrong_fails_the_node():
    def throws(call):
        raise KeyError('gone')
    refuses_to_answer(['Asked', "KeyError: 'gone'"], before=throws)
    refuses_to_answer(['Asked', "KeyError: 'gone'"], after=throws)
    refuses_to_answer(['Asked', 'let the call go'], before=lambda call: None)
    refuses_to_answer(['Asked', 'let the call go'], after=lambda call: None)
    refuses_to_answer(['Asked', 'skip', 'after'], after=lambda call: call.skip())
    refuses_to_answer(['Asked', 'TypeError'], before=lambda call: call.replace_input({1}))


def test_a_call_may_be_let_go_by_another_thread():
    def hand_over(call):
        threading.Thread(target=lambda held: held.clear(), args=([call],)).start()
    for _ in range(20):
        refuses_to_answer(['Asked', 'let the call go'], before=hand_over)


def test_a_cleanup_that_throws_is_told_and_forgotten():
    def throws(call):
        raise KeyError('gone')
    with quietly() as said:
        run, _ = hooked(cleanup=throws)
        equal(run.wait(), 1)
    assert 'KeyError' in said.getvalue()


def test_one_that_never_answers_is_cancelled():
    kept = []
    run, _ = hooked(before=lambda call: kept.append(call))
    for event in run:
        if event.kind == 'node-queued':
            run.cancel()
    equal((run.status, kept[0].pending), ('cancelled', False))
    kept[0].proceed()


def test_a_hook_lives_as_long_as_its_run():
    run, hook = hooked()
    gone = weakref.ref(hook)
    del hook
    gc.collect()
    equal((run.wait(), gone() is not None), (1, True))


# --- Runs ---------------------------------------------------------------------

# --- Machines -----------------------------------------------------------------

TURNSTILE = {'fermata': 1, 'kind': 'fsm', 'nodes': [{'id': 'locked'}, {'id': 'unlocked'}], 'edges': [
    {'from': 'locked', 'to': 'unlocked', 'event': 'coin', 'when': 'event.data.value >= 1'},
    {'from': 'unlocked', 'to': 'locked', 'event': 'push'}]}


def turnstile(hook=None):
    engine = Fermata.Engine.new_default()
    run = engine.create_run(engine.read(TURNSTILE))
    if hook:
        run.add_hook(hook)
    run.settle()
    return run


def send(run, name, data=None):
    sent = run.send_event(name, data)
    run.settle()
    return sent


def test_a_machine_is_driven():
    run = turnstile()
    equal(run.configuration, ['locked'])
    equal([(way['edge'], way['events']) for way in run.transitions], [('locked>unlocked', ['coin'])])
    equal(send(run, 'coin', {'value': 1}), True)
    equal(run.configuration, ['unlocked'])
    send(run, 'push')
    equal([visit['state'] for visit in run.visits()], ['locked', 'unlocked', 'locked'])
    equal(len(run.visits('locked')), 2)
    run.close_events()
    run.wait()
    equal(run.status, 'done')
    equal(run.send_event('coin'), False)


def test_what_is_no_event_is_not_sent():
    run = turnstile()
    for name in ('', 'a coin'):
        try:
            run.send_event(name)
        except ValueError as error:
            equal(str(error), f'“{name}” is not the name of an event')
        else:
            raise AssertionError(f'“{name}” was sent')
    run.cancel()
    run.wait()


class Guard(GObject.Object, Fermata.Hook):

    def __init__(self, answer):
        super().__init__()
        self.answer = answer
        self.log = []

    def do_before_step(self, call):
        self.log.append(('before', call.edges, call.event['name']))
        self.answer(call)

    def do_after_step(self, call):
        self.log.append(('after', call.edges, call.pending))


def test_a_hook_vetoes_steps():
    guard = Guard(lambda call: call.veto() if call.event['data']['value'] == 13 else call.admit())
    run = turnstile(guard)
    send(run, 'coin', {'value': 13})
    equal(run.configuration, ['locked'])
    send(run, 'coin', {'value': 2})
    equal(run.configuration, ['unlocked'])
    equal(guard.log, [('before', ['locked>unlocked'], 'coin'), ('before', ['locked>unlocked'], 'coin'),
                      ('after', ['locked>unlocked'], False)])


def test_a_hook_that_throws_vetoes_the_step():
    run = turnstile(Guard(lambda call: 1 / 0))
    with quietly():
        send(run, 'coin', {'value': 1})
    equal(run.configuration, ['locked'])
    run.close_events()
    vetoed = [event.payload for event in run if event.kind == 'vetoed']
    equal(vetoed[0]['error']['message'].endswith('ZeroDivisionError: division by zero'), True)


def test_events_come_in_order():
    run = run_of(lambda execution: execution.complete_after(0.001, 'x'))
    events = list(run)
    equal([event.number for event in events], list(range(1, len(events) + 1)))
    equal([(event.kind, event.node, event.attempt, event.payload) for event in events[1:-1]],
          [('node-started', 'a', 1, None), ('task-completed', 'a', 1, 'x'), ('node-completed', 'a', 1, 'x')])
    equal((events[0].kind, events[-1].kind, events[0].node), ('run-started', 'run-ended', None))
    equal([event.time for event in events], sorted(event.time for event in events))
    equal(events[2].to_python()['kind'], 'task-completed')
    assert 'task-completed' in repr(events[2])


def test_edges_have_names():
    engine = Fermata.Engine.new_default()
    nodes = [{'id': name, 'type': 'set', 'with': {'value': 1}} for name in 'ab']
    run = engine.create_run(engine.read(graph(*nodes, edges=[{'from': 'a', 'to': 'b', 'when': 'true'}])))
    equal([(event.edge, event.node) for event in run if event.kind == 'edge-taken'], [('a>b', None)])


def test_nodes_name_files_beside_that_of_the_graph():
    engine = Fermata.Engine.new_default()
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, 'a.json').write_text(json.dumps(
            graph({'id': 'n', 'type': 'subgraph', 'with': {'file': 'b.json'}})))
        pathlib.Path(folder, 'b.json').write_text(json.dumps(graph({'id': 'x', 'type': 'set', 'with': {'value': 5}})))
        outer = engine.read(pathlib.Path(folder, 'a.json'))
        equal(outer.get_node(0).resolve_file().get_basename(), 'b.json')
        pathlib.Path(folder, 'b.json').write_text('{ "fermata": 1, "kind": "dag", "nodes": [{}] }')
        refused(engine.read, pathlib.Path(folder, 'a.json'), words=['b.json:1:'], error=Fermata.GraphError)


def test_an_ended_run_can_be_read_again():
    run = run_of(lambda execution: execution.complete(1))
    equal(len(list(run)), len(list(run)))
    assert list(run)


def test_a_loop_may_be_left():
    run = run_of(lambda execution: execution.complete_after(0.001, 1))
    for event in run:
        break
    equal((event.number, run.status), (1, 'running'))
    equal(list(run)[-1].kind, 'run-ended')


def test_a_run_may_be_dropped():
    for steps in range(4):
        run = run_of(lambda execution: execution.complete_after(3600))
        for number, event in enumerate(run):
            if number == steps - 1 or event.kind == 'node-started':
                break
        run.cancel()
        del run, event
        gc.collect()
    context = GLib.MainContext.default()
    while context.iteration(False):
        pass


def test_two_runs_at_once():
    engine = engine_with(lambda execution: execution.complete_after(0.001, 1))
    one, other = [engine.create_run(engine.read(graph({'id': 'a', 'type': 'do'}))) for _ in range(2)]
    for first, second in zip(one, other):
        equal(first.kind, second.kind)
    equal((one.wait(), other.wait()), (1, 1))


def test_a_part_runs():
    engine = Fermata.Engine.new_default()
    nodes = [{'id': 'a', 'type': 'fail', 'with': {'message': 'no'}},
             {'id': 'b', 'type': 'set', 'with': {'value': '{{input.x + 1}}'}}]
    part = Fermata.RunPart.new()
    part.add_only('b')
    part.add_pin('a', {'x': 1})
    run = engine.create_run(engine.read(graph(*nodes, edges=[{'from': 'a', 'to': 'b'}])), part=part)
    equal((run.wait(), run.status), (2, 'done'))


def test_graphs_with_errors_are_refused():
    engine = Fermata.Engine.new_default()
    refused(engine.read, graph({'id': 'a', 'type': 'such'}), words=['such'], error=Fermata.GraphError)
    refused(engine.read, {}, words=['graph:1:1'], error=Fermata.GraphError)
    refused(engine.read, '/no/such/file', words=['/no/such/file'], error=OSError)


def test_the_past_may_be_dropped():
    nodes = [{'id': f'n{i}', 'type': 'set', 'with': {'value': i}} for i in range(5000)]
    engine = Fermata.Engine.new_default()
    run = engine.create_run(engine.read(graph(nodes=nodes, result='1')), keep_events=100)
    run.wait()
    history = run.get_history()
    first = history.get_first()
    equal(first, 8193)
    equal(len(history), history.get_n_events() - first + 1)
    equal(history.find_event(first).get_number(), first)
    equal(history.dup_moment(first - 1).get_number(), first - 1)
    refused(history.find_event, 5, words=['event 5', 'not kept', '8193'])
    refused(history.dup_moment, 0, words=['moment 0', 'not kept', '8192'])


def test_options_are_checked():
    engine = Fermata.Engine.new_default()
    plan = engine.read(graph(inputs={'n': {'type': 'integer'}}))
    equal(engine.create_run(plan, inputs={'n': 1}, seed=3, max_concurrency=1, grace=1, timeout='1h').wait(), {})
    refused(engine.create_run, plan, words=['n'])
    refused(engine.create_run, plan, inputs={'n': 'x'}, words=['n', 'integer'])
    refused(engine.create_run, plan, inputs=[], words=['inputs', 'object'])
    refused(engine.create_run, plan, timeout='soon', words=['timeout', '30s'])
    refused(engine.create_run, plan, max_concurrency=0, words=['max-concurrency', 'from 1'])
    refused(engine.create_run, plan, keep_events=0, words=['keep-events', 'from 1'])
    refused(engine.create_run, plan, colour=0, words=['colour', 'seed'])


tap.main(sys.modules[__name__])

# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Pictures in Python: graphs and histories as DOT, laid out, and looked at shape by shape."""

import json
import sys

import tap
from bindings import Fermata, GLib, equal
from gi.repository import Gio

MACHINE = {'fermata': 1, 'kind': 'fsm', 'initial': 'a', 'nodes': [{'id': 'a'}, {'id': 'b'}],
           'edges': [{'from': 'a', 'to': 'b', 'event': 'go'}, {'from': 'b', 'to': 'a', 'event': 'back'}]}


def read(document):
    text = GLib.Bytes.new(json.dumps(document).encode())
    return Fermata.json_read_graph(text, 'graph', Gio.ListStore.new(Fermata.Diagnostic))


def finished(start, *arguments):
    """The result of an asynchronous function, when it is there."""
    loop, results = GLib.MainLoop(), []
    start(*arguments, lambda source, result: (results.append(result), loop.quit()))
    loop.run()
    return results[0]


def drawing_of(dot):
    return Fermata.layout_drawing_finish(finished(Fermata.layout_drawing_async, dot, 0, None))


def test_a_graph_is_drawn():
    options = Fermata.DotOptions()
    options.theme = Fermata.DotTheme.DARK
    dot = Fermata.dot_write_graph(read(MACHINE), options)
    assert b'label=go' in dot.get_data()
    drawing = drawing_of(dot)
    node = drawing.find_id('/nodes/1')
    equal(node.kind, Fermata.DrawingElementKind.NODE)
    equal(drawing.find_at(node.x + node.width / 2, node.y + node.height / 2, 0).id, '/nodes/1')
    shapes = [drawing.get_shape(index) for index in range(drawing.get_n_shapes())]
    assert 'go' in [shape.text for shape in shapes]
    for shape in shapes:
        points = [shape.get_point(index) for index in range(shape.n_points)]
        assert all(-50 <= point.x <= drawing.get_width() + 50 for point in points), shape.kind


def test_a_picture_is_a_file():
    dot = Fermata.dot_write_graph(read(MACHINE), None)
    result = finished(Fermata.layout_render_async, dot, Fermata.LayoutFormat.SVG, 0, None)
    assert b'</svg>' in Fermata.layout_render_finish(result).get_data()


def test_no_dot_is_an_error():
    result = finished(Fermata.layout_render_async, GLib.Bytes.new(b'no'), Fermata.LayoutFormat.SVG, 0, None)
    try:
        Fermata.layout_render_finish(result)
    except GLib.Error as error:
        assert error.matches(Fermata.report_error_quark(), Fermata.ReportError.NOT_DOT), error
    else:
        raise AssertionError('it was laid out')


def test_nodes_have_places():
    graph = read(MACHINE)
    result = finished(Fermata.layout_positions_async, graph, None, 0, None)
    positions, reason = Fermata.layout_positions_finish(result)
    equal((set(positions.to_python()), reason), ({'a', 'b'}, None))
    equal(set(Fermata.layout_simple_positions(graph, ['b']).to_python()), {'b'})
    graph.apply_edit(Fermata.Edit.new_set_positions('', positions))
    equal(graph.get_node(0).get_position()[0], True)


def test_a_history_is_drawn():
    engine = Fermata.Engine.new_default()
    run = engine.create_run(engine.read(MACHINE))
    run.start()
    for name in ('go', 'back') * 4:
        run.send_event(name, None)
    while not run.get_moment().is_idle(0) or run.get_history().get_n_events() < 20:
        GLib.MainContext.default().iteration(True)
    steps = Fermata.HistoryGraph.new(run.get_history(), 0)
    equal([steps.get_step(index).title for index in range(steps.get_n_steps())], ['a', 'b', 'a'])
    equal(steps.get_step(1).count, 4)
    drawing = drawing_of(steps.to_dot(None, 0))
    ids = [drawing.get_element(index).id for index in range(drawing.get_n_elements())]
    events = [number for known, number in map(Fermata.HistoryGraph.parse_id, ids) if known]
    assert steps.get_step(2).event in events, events
    run.cancel()


tap.main(sys.modules[__name__])

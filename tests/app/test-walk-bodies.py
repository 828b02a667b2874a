# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A graph with bodies, by keys: entered, run, looked at one iteration after the
other, stepped into and out of, left."""

import json
import sys

import desk
import tap

ORDERS = {
    'fermata': 1, 'kind': 'dag', 'name': 'Orders',
    'nodes': [
        {'id': 'list', 'type': 'set', 'with': {'value': [1, 2, 3]}},
        {'id': 'orders', 'type': 'foreach', 'body': {
            'nodes': [
                {'id': 'double', 'type': 'set', 'with': {'value': '{{input * 2}}'}},
                {'id': 'guard', 'type': 'try',
                 'body': {'nodes': [{'id': 'charge', 'type': 'fail', 'with': {'message': 'no money'}}], 'edges': []},
                 'catch': {'nodes': [{'id': 'note', 'type': 'set', 'with': {'value': '{{error.message}}'}}],
                           'edges': []}},
            ],
            'edges': [{'from': 'double', 'to': 'guard'}]}},
    ],
    'edges': [{'from': 'list', 'to': 'orders'}],
}


def is_shown(app, *nodes):
    app.wait(lambda: set(app.parts()) == set(nodes), lambda: f'{nodes} are shown, and not {list(app.parts())}')


def enter_and_run(app):
    app.go_to('orders')
    app.key('ctrl+Down')
    is_shown(app, 'double', 'guard')
    app.key('F5')
    app.wait(lambda: app.moment().get('ended'), 'the run has ended')
    app.says('Item 3 of 3')
    app.wait_for_status('double', 'done')
    app.canvas_focus()
    app.key('bracketleft')
    app.says('Item 2 of 3')
    app.go_to('double')
    app.tab('Data')
    app.sees_value('output', '4')
    app.canvas_focus()
    app.key('bracketleft')
    app.says('Item 1 of 3')
    app.sees_value('output', '2')


def choose_a_body(app):
    """Of several, one asks which."""
    app.go_to('guard')
    app.key('ctrl+Down')
    app.find('menu item', 'Catch')
    app.key('Down', 'Return')
    is_shown(app, 'note')
    app.wait_for_status('note', 'done')
    app.says('1/3')
    app.canvas_focus()
    app.key('ctrl+Up')
    is_shown(app, 'double', 'guard')
    app.key('ctrl+Up')
    is_shown(app, 'list', 'orders')
    app.wait_for_status('orders', '3 of 3')


def step(app):
    """Into the body and out again, and the window follows."""
    app.key('F11')
    app.wait(lambda: app.moment()['held'], 'a run holds at its beginning')
    for _ in range(40):
        if 'double' in app.parts():
            break
        at = app.moment()['number']
        app.key('F11')
        app.wait(lambda: app.moment()['held'] and app.moment()['number'] >= at, 'it holds again')
        app.settle()
    is_shown(app, 'double', 'guard')
    app.says('Item 1 of 3')
    app.says('orders/0/')
    app.key('shift+F11')
    is_shown(app, 'list', 'orders')
    app.key('shift+F5')
    app.wait(lambda: app.moment()['ended'], 'the run has ended')


def test_bodies_by_keys():
    import studio
    with desk.Desk() as place:
        path = place.home / 'orders.fermata.json'
        path.write_text(json.dumps(ORDERS))
        with studio.Studio(place, path, title='walk-bodies') as app:
            app.canvas_focus()
            enter_and_run(app)
            choose_a_body(app)
            step(app)
            app.quit()


tap.main(sys.modules[__name__])

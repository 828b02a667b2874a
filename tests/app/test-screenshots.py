# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Pictures of the main states of the window, to be looked at. Arguments: the
program, the size (1280x900), light or dark, and the folder to write into."""

import json
import sys
from pathlib import Path

import desk
import tap

SIZE = tuple(map(int, sys.argv[2].split('x')))
# Panes at the sides lie over the canvas, and are away until they are wanted.
NARROW = SIZE[0] < 900
SCHEME = sys.argv[3]
FOLDER = Path(sys.argv[4])

# One of each: done, failed, handled, skipped; a value, a condition, an attempt.
ORDERS = {
    'fermata': 1, 'kind': 'dag', 'name': 'Orders',
    'inputs': {'customer': {'type': 'string', 'default': 'Ada'}},
    'nodes': [
        {'id': 'fetch', 'type': 'command', 'with': {'argv': ['printf', '[3, 14, 15, 92]'], 'output': 'json'}},
        {'id': 'largest', 'type': 'set', 'with': {'value': '{{input[3]}}'}},
        {'id': 'count', 'type': 'set', 'with': {'value': '{{input.length}}'}},
        {'id': 'upload', 'type': 'command', 'with': {'argv': ['false']}, 'retry': {'attempts': 2, 'delay': '1ms'}},
        {'id': 'apologise', 'type': 'log', 'with': {'message': 'It could not be uploaded'}},
        {'id': 'report', 'type': 'log', 'with': {'message': '{{inputs.customer}}: {{input.count}} orders'}},
        {'id': 'many', 'type': 'log', 'with': {'message': 'That is a lot'}},
    ],
    'edges': [
        {'from': 'fetch', 'to': 'largest'}, {'from': 'fetch', 'to': 'count'},
        {'from': 'fetch', 'to': 'upload'}, {'from': 'upload', 'to': 'apologise', 'on': 'error'},
        {'from': 'largest', 'to': 'report'}, {'from': 'count', 'to': 'report'},
        {'from': 'count', 'to': 'many', 'when': 'output > 10'},
    ],
}

WRONG = {
    'fermata': 1, 'kind': 'fsm', 'name': 'Wrong', 'initial': 'idle', 'variables': {'temp': 75},
    'nodes': [{'id': 'idle'}, {'id': 'running'}, {'id': 'nowhere'}],
    'edges': [{'from': 'idle', 'to': 'running', 'event': 'start', 'when': 'variables.temperature > 80'},
              {'from': 'running', 'to': 'idle', 'event': 'stop', 'when': 'variables.temp >'}],
}

# All that a body can be: many times, failed, caught; within each other.
SHOP = {
    'fermata': 1, 'kind': 'dag', 'name': 'Shop',
    'nodes': [
        {'id': 'list', 'type': 'set', 'with': {'value': list(range(1, 13))}},
        {'id': 'orders', 'type': 'foreach', 'with': {'failures': 'collect', 'max-parallel': 3}, 'body': {
            'nodes': [
                {'id': 'check', 'type': 'switch',
                 'with': {'value': '{{iteration.index == 4 ? "bad" : iteration.index > 7 ? "slow" : "good"}}'}},
                {'id': 'charge', 'type': 'try',
                 'body': {'nodes': [{'id': 'card', 'type': 'fail', 'with': {'message': 'no money'}}], 'edges': []},
                 'catch': {'nodes': [{'id': 'invoice', 'type': 'set', 'with': {'value': '{{error.message}}'}}],
                           'edges': []},
                 'finally': {'nodes': [{'id': 'note', 'type': 'log', 'with': {'message': 'Charged'}}], 'edges': []}},
                {'id': 'refuse', 'type': 'fail', 'with': {'message': 'out of stock'}},
                {'id': 'pack', 'type': 'delay', 'with': {'duration': '1000s'}}],
            'edges': [{'from': 'check', 'to': 'charge', 'case': 'good'}, {'from': 'check', 'to': 'refuse', 'case': 'bad'},
                      {'from': 'check', 'to': 'pack', 'case': 'slow'}]}},
        {'id': 'stock', 'type': 'while', 'with': {'condition': 'iteration.index < 5', 'initial': 0}, 'body': {
            'nodes': [{'id': 'count', 'type': 'set', 'with': {'value': '{{input + 1}}'}}], 'edges': []}},
    ],
    'edges': [{'from': 'list', 'to': 'orders'}, {'from': 'list', 'to': 'stock'}],
}


class Gallery:
    """A desk for all pictures of a kind; each state in a window of its own."""

    def __init__(self):
        self.desk = desk.Desk(*SIZE, dark=SCHEME == 'dark')

    def __enter__(self):
        self.desk.__enter__()
        FOLDER.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *error):
        self.desk.__exit__(*error)

    def open(self, title, document=None):
        import studio
        files = []
        if isinstance(document, dict):
            files = [self.desk.home / f'{document["name"].lower()}.fermata.json']
            files[0].write_text(json.dumps(document, indent=2))
        elif document:
            files = [self.desk.home / f'{document}.fermata.json']
            files[0].write_bytes((studio.EXAMPLES / files[0].name).read_bytes())
        return studio.Studio(self.desk, *files, title=f'{title}-{SIZE[0]}-{SCHEME}')

    def take(self, app, name):
        app.move((SIZE[0] // 2, SIZE[1] - 4))
        app.settle()
        path = FOLDER / f'{name}-{SIZE[0]}x{SIZE[1]}-{SCHEME}.png'
        self.desk.picture(path)
        tap.equal(path.stat().st_size > 4000, True)


def welcome(gallery):
    with gallery.open('welcome') as app:
        gallery.take(app, 'welcome')


def machine(gallery):
    with gallery.open('machine', 'turnstile') as app:
        app.edge('locked', 'unlocked').click()
        gallery.take(app, 'machine-edited')
        app.canvas_focus()
        app.key('shift+a')
        app.wait_for_search()
        gallery.take(app, 'search-add')
        app.key('Escape')
        app.wait_for_canvas()
        app.hold_at_by_keys('unlocked', 'variables.coins >= 2')
        if NARROW:
            app.key('ctrl+b')
        app.press('Run')
        app.wait_for_status('locked', 'active')
        app.send('coin {"value": 1}')
        app.wait_for_status('unlocked', 'active')
        app.send('push')
        app.wait_for_status('locked', 'active')
        app.tab('History')
        gallery.take(app, 'machine-running')
        app.send('coin {"value": 2}')
        app.wait(lambda: app.moment()['held'], 'the run holds')
        if NARROW:
            app.key('ctrl+i')
        app.tab('Data')
        gallery.take(app, 'machine-held')
        app.press('Step Back')
        app.says('Viewing the past')
        gallery.take(app, 'machine-past')


def tasks(gallery):
    with gallery.open('dag', ORDERS) as app:
        gallery.take(app, 'dag-edited')
        app.run_with_inputs(lambda: gallery.take(app, 'inputs-dialog'))
        app.wait(lambda: app.moment()['ended'], 'the run ends')
        app.tab('Console')
        gallery.take(app, 'dag-done')


def bodies(gallery):
    with gallery.open('bodies', SHOP) as app:
        app.press('Run')
        app.wait_for_status('orders', '3 under way')
        app.wait_for_status('stock', 'done')
        gallery.take(app, 'bodies-running')
        app.node('orders').click()
        app.key('ctrl+Down')
        app.node('check')
        gallery.take(app, 'body-running')
        app.key('shift+braceleft')
        app.wait_for_status('refuse', 'failed')
        gallery.take(app, 'body-failed')
        app.key('bracketleft')
        app.wait_for_status('charge', 'done')
        app.node('charge').click()
        app.key('ctrl+Down')
        app.find('menu item', 'Catch')
        gallery.take(app, 'body-chosen')
        app.key('Down', 'Return')
        app.wait_for_status('invoice', 'done')
        gallery.take(app, 'body-catch')


def problems(gallery):
    with gallery.open('problems', WRONG) as app:
        app.tab('Problems')
        app.says('problem')
        gallery.take(app, 'problems')


def unsaved(gallery):
    with gallery.open('unsaved', 'turnstile') as app:
        app.add_by_keys('third')
        app.key('ctrl+w')
        app.find('button', 'Discard')
        gallery.take(app, 'unsaved-dialog')


def test_pictures():
    with Gallery() as gallery:
        for picture in (welcome, machine, tasks, bodies, problems, unsaved):
            picture(gallery)


tap.main(sys.modules[__name__])

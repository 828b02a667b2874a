# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The same turnstile without a mouse: from an empty window to a file that is
opened again."""

import json
import sys

import desk
import tap


def draw(app):
    app.new_machine(by_keys=True)
    # In a machine, what is typed and is no sort of state is a name.
    app.add_by_keys('locked')
    app.add_by_keys('unlocked')
    app.go_to('locked')
    app.connect_by_keys('unlocked')
    app.fill_by_keys('Event', 'coin')
    app.fill_by_keys('When', 'event.data.value >= 1')
    app.key('Return')
    app.edge('locked', 'unlocked', 'coin')
    app.wait_for_canvas()
    app.key('Return')
    app.fill_by_keys('Assign', 'coins = variables.coins + 1')
    app.key('Escape')
    app.go_to('unlocked')
    app.connect_by_keys('locked')
    app.fill_by_keys('Event', 'push')
    app.key('Return')
    app.edge('unlocked', 'locked', 'push')
    app.wait_for_canvas()
    app.key('Escape', 'Return')
    app.fill_by_keys('Variables', 'coins = 0')
    app.key('Escape')
    app.wait_for_canvas()


def step_through(app):
    app.hold_at_by_keys('unlocked', 'variables.coins >= 2')
    app.canvas_focus()
    app.key('F5')
    app.wait_for_status('locked', 'active')
    app.agrees(coins=0)
    app.send_by_keys('coin {"value": 1}')
    app.wait_for_status('unlocked', 'active')
    app.agrees(coins=1)
    app.send_by_keys('push')
    app.wait_for_status('locked', 'active')
    app.send_by_keys('coin {"value": 2}')
    app.wait(lambda: app.moment()['held'], 'the run holds')
    app.agrees(coins=2)

    at = app.moment()['number']
    app.key('ctrl+shift+F10')
    app.wait(lambda: app.moment()['number'] < at, 'the moment before is looked at')
    app.says('Viewing the past')
    app.agrees()
    app.key('ctrl+shift+F11')
    app.agrees()
    app.key('ctrl+shift+F5')
    app.wait(lambda: not app.moment()['live'], 'the past is looked at')
    app.agrees()
    app.key('F5')
    app.wait(lambda: app.moment()['live'], 'the window is live again')
    app.key('F10')
    app.wait_for_status('unlocked', 'active')
    app.agrees(coins=2)
    app.key('shift+F5')


def test_the_turnstile_by_keys():
    import studio
    with desk.Desk() as place:
        path = place.home / 'turnstile.fermata.json'
        with studio.Studio(place, title='walk-keys') as app:
            draw(app)
            step_through(app)
            app.export(place.home / 'turnstile.dot', by_keys=True)
            app.export(place.home / 'turnstile.svg', by_keys=True)
            app.save(path, by_keys=True)
            drawn = app.parts()
            app.close()
        written = path.read_bytes()
        tap.equal([edge['event'] for edge in json.loads(written)['edges']], ['coin', 'push'])
        with studio.Studio(place, title='walk-keys-again') as app:
            app.open_by_keys(path)
            app.node('locked')
            tap.equal(set(app.parts()), set(drawn))
            app.close()
        tap.equal(path.read_bytes(), written)


tap.main(sys.modules[__name__])

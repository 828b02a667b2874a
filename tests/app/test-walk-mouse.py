# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""From an empty window to a turnstile that has been drawn, run, held, looked at
backwards, exported, saved and opened again: with the mouse, and with keys only
where something has a name to be typed."""

import json
import sys

import desk
import tap

COIN, GUARD = 'coin', 'event.data.value >= 1'


def draw(app):
    """The turnstile, from nothing."""
    app.new_machine()
    app.tab('Palette')
    app.add_from_palette('State', 0.3, 0.4)
    first = app.wait_for_new_node(set())
    app.add_from_palette('State', 0.7, 0.4)
    second = app.wait_for_new_node({first})
    app.rename_by_mouse(first, 'locked')
    app.rename_by_mouse(second, 'unlocked')
    app.connect_by_mouse('locked', 'unlocked')
    # An edge asks at once what it is for.
    app.fill('Event', COIN, inside=app.canvas)
    app.fill('When', GUARD, inside=app.canvas)
    app.key('Return')
    app.inspect(app.edge('locked', 'unlocked', COIN))
    app.fill('Assign', 'coins = variables.coins + 1')
    app.connect_by_mouse('unlocked', 'locked')
    app.fill('Event', 'push', inside=app.canvas)
    app.key('Return')
    app.edge('unlocked', 'locked', 'push')
    app.inspect_graph()
    app.fill('Variables', 'coins = 0')


def step_through(app):
    """Runs it, holds at a condition, and looks back."""
    app.press('Run')
    app.wait_for_status('locked', 'active')
    app.agrees(coins=0)
    app.send('coin {"value": 1}')
    app.wait_for_status('unlocked', 'active')
    app.agrees(coins=1)
    app.send('push')
    app.wait_for_status('locked', 'active')
    app.agrees(coins=1)

    app.hold_at('unlocked', 'variables.coins >= 2')
    app.send('coin {"value": 2}')
    app.says('Held')
    app.agrees(coins=2)
    app.tab('Data')
    app.sees_value('coins', '2')

    at = app.moment()['number']
    app.press('Step Back')
    app.wait(lambda: app.moment()['number'] < at, 'the moment before is looked at')
    app.says('Viewing the past')
    app.agrees()
    app.press('Step Back')
    app.agrees()
    app.press('Return to Live')
    app.wait(lambda: app.moment()['live'], 'the window is live again')
    app.agrees(coins=2)
    app.press('Run')
    app.wait_for_status('unlocked', 'active')


def look_at_history(app):
    app.tab('History')
    app.history().click_at(24, 24)
    app.says('Viewing the past')
    app.agrees()
    app.press('Return to Live')
    app.wait(lambda: app.moment()['live'], 'the window is live again')
    app.press('Stop')


def test_the_turnstile():
    import studio
    with desk.Desk() as place:
        with studio.Studio(place, title='walk-mouse') as app:
            draw(app)
            step_through(app)
            look_at_history(app)
            for kind in ('dot', 'svg'):
                app.export(place.home / f'turnstile.{kind}')
            app.save(place.home / 'turnstile.fermata.json')
            drawn = app.parts()
            app.close()
        path = place.home / 'turnstile.fermata.json'
        document = json.loads(path.read_text())
        tap.equal(document['variables'], {'coins': 0})
        tap.equal([edge.get('event') for edge in document['edges']], ['coin', 'push'])
        written = path.read_bytes()
        with studio.Studio(place, path, title='walk-mouse-again') as app:
            app.node('locked')
            tap.equal(set(app.parts()), set(drawn))
            app.close()
        tap.equal(path.read_bytes(), written)


tap.main(sys.modules[__name__])

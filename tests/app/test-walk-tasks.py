# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A graph of tasks: drawn with a command and an if, mended where the problems
say, undone and redone, run with inputs asked for, and stopped."""

import sys

import desk
import tap

GRAPH = '''{
  "fermata": 1,
  "kind": "dag",
  "name": "Greeting",
  "inputs": { "name": { "type": "string", "default": "Ada" } },
  "nodes": [],
  "edges": []
}
'''


def draw(app):
    app.add_by_keys('command', 'wait')
    app.add_by_keys('if', 'check')
    app.connect_by_mouse('wait', 'check')
    app.key('ctrl+z')
    app.wait(lambda: not any(' to ' in name for name in app.items()), 'the edge is undone')
    app.key('ctrl+shift+z')
    app.edge('wait', 'check')


def mend(app):
    """A click on a problem shows what it is about."""
    app.tab('Problems')
    app.find('label', lambda name: 'needs the parameter “argv”' in name).click(times=2)
    app.tab('Properties')
    app.fill('Argv', '["sleep", "1000"]')  # the victim of Stop
    # Once that has been checked, the list is another one.
    app.wait(lambda: not app.all('label', lambda name: 'needs the parameter “argv”' in name), 'one problem is solved')
    app.find('label', lambda name: 'needs the parameter “when”' in name).click(times=2)
    app.fill('When', 'true')
    app.wait(lambda: not app.all('label', lambda name: 'needs the parameter' in name), 'nothing is wrong any more')


def test_tasks():
    import studio
    with desk.Desk() as place:
        path = place.home / 'greeting.fermata.json'
        path.write_text(GRAPH)
        with studio.Studio(place, path, title='walk-tasks') as app:
            draw(app)
            mend(app)
            app.run_with_inputs()
            app.wait_for_status('wait', 'running')
            app.agrees()
            app.press('Pause')
            app.wait(lambda: app.moment()['held'], 'the run holds')
            app.press('Run')
            app.wait(lambda: not app.moment()['held'], 'the run goes on')
            app.press('Stop')
            app.wait(lambda: app.moment()['ended'], 'the run has ended')
            app.wait_for_status('wait', 'cancelled')
            app.agrees()
            app.quit()


tap.main(sys.modules[__name__])

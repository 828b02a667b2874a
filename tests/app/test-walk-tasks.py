# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A graph of tasks: drawn with a command and an if, run with inputs asked for,
paused, stopped, mended where the problems say, undone and redone."""

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


def test_tasks():
    import studio
    with desk.Desk() as place:
        path = place.home / 'greeting.fermata.json'
        path.write_text(GRAPH)
        with studio.Studio(place, path, title='walk-tasks') as app:
            app.add_by_keys('command', 'wait')
            app.inspect(app.node('wait'))
            app.fill('Argv', '["sh", "-c", "read line < fifo; echo {{inputs.name}}"]')
            app.add_by_keys('if', 'check')
            app.connect_by_mouse('wait', 'check')
            app.close()


tap.main(sys.modules[__name__])

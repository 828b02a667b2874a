# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The program is told to end while a run is under way: it asks nothing, and what
the run has started ends before it."""

import json
import signal
import sys
from pathlib import Path

import desk
import tap

# One that does as it is asked, and one that has to be killed.
VICTIM = ['sleep', '1000']  # a victim
STUBBORN = ['sh', '-c', 'trap "" TERM; exec "$@"', 'sh', *VICTIM]


def graph(argv):
    return json.dumps({'fermata': 1, 'kind': 'dag', 'inputs': {'name': {'type': 'string', 'default': 'Ada'}},
                       'nodes': [{'id': 'task', 'type': 'command', 'with': {'argv': argv}}], 'edges': []})


def victims():
    """Those below us, whoever is their parent."""
    found = []
    for pid in desk.descendants():
        try:
            words = Path(f'/proc/{pid}/cmdline').read_text().split('\0')[:-1]
        except OSError:
            continue
        if words == VICTIM:
            found.append(pid)
    return found


def begin(app):
    app.run_with_inputs()
    app.wait(victims, 'the command runs')


def has_ended(app):
    app.wait_for_end()
    tap.equal(victims(), [])


def begin_to_ask(app):
    """About what is not saved."""
    app.key('ctrl+l')
    app.wait(lambda: app.moment()['modified'], 'there is something to save')
    app.key('ctrl+q')
    app.find('button', lambda name: 'Discard' in name)


def test_ending():
    import studio
    with desk.Desk() as place:
        obedient, stubborn = place.home / 'obedient.fermata.json', place.home / 'stubborn.fermata.json'
        obedient.write_text(graph(VICTIM))
        stubborn.write_text(graph(STUBBORN))
        with studio.Studio(place, obedient, title='ending-term') as app:
            begin(app)
            app.process.send_signal(signal.SIGTERM)
            has_ended(app)
        with studio.Studio(place, obedient, title='ending-int') as app:
            begin(app)
            begin_to_ask(app)
            app.process.send_signal(signal.SIGINT)
            has_ended(app)
        with studio.Studio(place, stubborn, title='ending-hup') as app:
            begin(app)
            app.process.send_signal(signal.SIGHUP)
            has_ended(app)
        with studio.Studio(place, stubborn, title='ending-quit') as app:
            begin(app)
            app.key('ctrl+q')
            has_ended(app)


tap.main(sys.modules[__name__])

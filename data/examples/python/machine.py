#!/usr/bin/python3
# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A state machine driven from Python: sends it events, says where each leaves it, and what it would
take next.

    machine.py GRAPH EVENT…
"""

import sys

import gi

gi.require_version('Fermata', '1')
from gi.repository import Fermata


def main(path, *events):
    engine = Fermata.Engine.new_default()
    run = engine.create_run(engine.read(path))
    run.settle()
    print(', '.join(run.configuration))
    for event in events:
        name, _, value = event.partition('=')
        run.send_event(name, {'value': float(value)} if value else None)
        run.settle()
        print(f'{event}: {", ".join(run.configuration)}')

    for way in run.transitions:
        print(f'next: {way["edge"]}, by {" or ".join(way.get("events", ["time"]))}')
    for visit in run.visits():
        print(f'visited {visit["state"]}')
    run.cancel()
    run.wait()


if __name__ == '__main__':
    main(*sys.argv[1:])

#!/usr/bin/python3
# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Follows a run: prints each event as it comes, and the result.

    events.py GRAPH [NAME=VALUE…]
"""

import json
import sys

import gi

gi.require_version('Fermata', '1')
from gi.repository import Fermata


def main(path, *inputs):
    engine = Fermata.Engine.new_default()
    graph = engine.read(path)
    run = engine.create_run(graph, inputs=dict(each.split('=', 1) for each in inputs))

    for event in run:
        payload = '' if event.payload is None else json.dumps(event.payload, ensure_ascii=False)
        print(f'{event.number:4} {event.time / 1e6:9.3f} s  {event.kind:15} '
              f'{event.node or event.edge or "":12} {payload[:60]}')

    print(run.status, json.dumps(run.error or run.result, ensure_ascii=False))
    return run.status != 'done'


if len(sys.argv) < 2:
    sys.exit(__doc__)
sys.exit(main(*sys.argv[1:]))

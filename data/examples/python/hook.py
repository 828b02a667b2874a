#!/usr/bin/python3
# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A hook in Python: runs a graph, keeps the outputs of its nodes in a file, and takes them from
there the next time. What fails is tried three times.

    hook.py GRAPH FILE
"""

import json
import sys
from pathlib import Path

import gi

gi.require_version('Fermata', '1')
from gi.repository import Fermata, GObject


class Keeper(GObject.Object, Fermata.Hook):
    def __init__(self, path):
        super().__init__()
        self.path = path
        self.kept = json.loads(path.read_text()) if path.exists() else {}

    # Each call is answered once, here or later: call can be kept until somebody else, such as
    # the callback of something asynchronous, answers it.
    def do_before(self, call):
        if call.node in self.kept:
            print(f'{call.node}: kept from before')
            call.give_output(self.kept[call.node])
        else:
            call.proceed()

    def do_after(self, call):
        self.kept[call.node] = call.output
        call.proceed()

    def do_failed(self, call):
        if call.attempt < 3:
            print(f'{call.node}: {call.error["message"]}; once more')
            call.retry(0.1)
        else:
            call.proceed()

    # Whatever became of the node.
    def do_cleanup(self, call):
        self.path.write_text(json.dumps(self.kept))


def main(graph, path):
    engine = Fermata.Engine.new_default()
    run = engine.create_run(engine.read(graph))
    run.add_hook(Keeper(Path(path)))
    run.wait()
    print(run.status, json.dumps(run.result if run.error is None else run.error['message']))


if len(sys.argv) != 3:
    sys.exit(__doc__)
main(*sys.argv[1:])

#!/usr/bin/python3
# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A type of node in Python: counts the words of files, several at a time.

    node-type.py FILE…
"""

import sys

import gi

gi.require_version('Fermata', '1')
from gi.repository import Fermata, Gio, GLib


class CountWords(Fermata.NodeType):
    description = {
        'name': 'count-words',
        'title': 'Count Words',
        'category': 'Data',
        'doc': 'Counts the lines and words of a text file.',
        'output': 'An object with `lines` and `words`.',
        'parameters': [
            {'name': 'path', 'type': 'string', 'required': True, 'doc': 'The file.'},
        ],
    }

    # Begins, and returns at once. The attempt is under way until it is told how it ended; an
    # exception ends it too, with an error. Asked to cancel, it ends by itself: for what must be
    # stopped, there is do_cancel ().
    def do_execute(self, execution):
        file = Gio.File.new_for_path(execution.parameters['path'])
        file.load_contents_async(None, self.loaded, execution)

    def loaded(self, file, result, execution):
        try:
            _, contents, _ = file.load_contents_finish(result)
        except GLib.Error as error:
            execution.fail(error.message, details={'path': file.get_path()})
            return
        text = contents.decode(errors='replace')
        execution.complete({'lines': len(text.splitlines()), 'words': len(text.split())})


def main(paths):
    engine = Fermata.Engine.new_default()
    engine.add_type(CountWords())

    paths = {f'file {number}': path for number, path in enumerate(paths, 1)}
    nodes = [{'id': name, 'type': 'count-words', 'with': {'path': path}}
             for name, path in paths.items()]
    graph = engine.read({'fermata': 1, 'kind': 'dag', 'on-error': 'continue', 'nodes': nodes, 'edges': []})

    for event in engine.create_run(graph):
        if event.kind == 'node-completed':
            print(f'{event.payload["words"]:8} {paths[event.node]}')
        elif event.kind == 'node-failed':
            print(f'         {event.payload["message"]}')


main(sys.argv[1:])

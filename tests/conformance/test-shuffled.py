# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The machines of both suites with other ids for their states, and what has no
order in another: nobody passes by a name. FERMATA_SHUFFLE_SEED: another deal."""

import os
import tempfile
from pathlib import Path

import cases
import copies
import player
import shuffling
import suites
import tap

SEED = os.environ.get('FERMATA_SHUFFLE_SEED', '1')

# Of so many documents at least one id changes; of the others all are in strings.
LEAST_CHANGED = 310


class Shuffled:
    """A document of a suite, shuffled, in a copy of its folder."""

    def __init__(self, document, folder):
        self.document = document
        text, self.names, self.kept = shuffling.shuffled(document.path.read_bytes(), f'{SEED} {document.name}')
        self.path = folder / document.path.parent.name / document.path.name
        self.path.write_bytes(text)

    def changed(self):
        return any(old != new for old, new in self.names.items())

    def problem(self, answer):
        """In the old names again."""
        old = {new: old for old, new in self.names.items()}
        back = dict(answer)
        if 'refused' not in answer:
            machine = answer['machine']
            final = machine.get('id', machine.get('state'))
            back['states'] = [[old.get(id, id) for id in states] for states in answer['states']]
            back['machine'] = {**machine, 'id': old.get(final, final), 'configuration': back['states'][-1]}
        return self.document.problem(back)


def run():
    documents = [*suites.scion(), *suites.w3c()]
    with tempfile.TemporaryDirectory(prefix='fermata-') as folder:
        copies.copy_folders(documents, Path(folder))
        made = [Shuffled(document, Path(folder)) for document in documents]
        tap.equal(sum(one.changed() for one in made) >= LEAST_CHANGED, True)
        answers = player.play((one.path, one.document.steps) for one in made)
    for one in made:
        if one.kept:
            print(f'# {one.document.name} keeps {", ".join(one.kept)}: an expression has it in a string')
    return [(one.document.name, one.problem(answer)) for one, answer in zip(made, answers)]


cases.main(run)

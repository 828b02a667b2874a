# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The machines of both suites as graphs in JSON, and as SCXML again: all three run
alike, and what was written once is written again to the same bytes."""

import concurrent.futures
import subprocess
import sys
import tempfile
from pathlib import Path

import cases
import copies
import player
import suites


def fermata(*arguments):
    return subprocess.run([sys.argv[2], *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=10 * player.PATIENCE)


def convert(source, target):
    """What is wrong, or None."""
    done = fermata('convert', source, target)
    return None if done.returncode == 0 else f'convert {source.name} {target.name}: {done.stderr[-300:]}'


class Journey:
    """A document in a copy of its folder, with what it is converted to beside it."""

    def __init__(self, document, folder):
        self.document = document
        here = folder / document.path.parent.name
        stem = document.path.name.removesuffix('.scxml')
        self.path = here / document.path.name
        self.json = here / f'{stem}.fermata.json'
        self.scxml = here / f'{stem}.written.scxml'
        self.wrong = None

    def go(self):
        self.wrong = convert(self.path, self.json) or convert(self.json, self.scxml)
        return self

    def problem(self, from_json, from_scxml):
        if self.wrong:
            return self.wrong
        for kind, answer in (('JSON', from_json), ('SCXML', from_scxml)):
            problem = self.document.problem(answer)
            if problem:
                return f'as {kind}: {problem}'
        return None


def note_what_changes(journeys):
    """What is written is what is written again."""
    done = fermata('fmt', '--check', *(journey.scxml for journey in journeys if not journey.wrong))
    assert done.returncode in (0, 1), done.stderr[-1000:]
    told = done.stdout + done.stderr
    for journey in journeys:
        if not journey.wrong and str(journey.scxml) in told:
            journey.wrong = 'what was written is not written again to the same bytes'
    assert done.returncode == 0 or any(journey.wrong for journey in journeys), told


def run():
    documents = [*suites.scion(), *suites.w3c()]
    with tempfile.TemporaryDirectory(prefix='fermata-') as folder:
        copies.copy_folders(documents, Path(folder))
        journeys = [Journey(document, Path(folder)) for document in documents]
        with concurrent.futures.ThreadPoolExecutor(player.AT_ONCE) as pool:
            journeys = list(pool.map(Journey.go, journeys))
        note_what_changes(journeys)
        steps = [(journey.json, journey.document.steps) for journey in journeys]
        steps += [(journey.scxml, journey.document.steps) for journey in journeys]
        answers = player.play(steps)
    half = len(journeys)
    return [(journey.document.name, journey.problem(one, other))
            for journey, one, other in zip(journeys, answers[:half], answers[half:])]


cases.main(run)

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


def convert(source, target):
    """What is wrong, or None."""
    done = subprocess.run([sys.argv[2], 'convert', source, target], stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, timeout=player.PATIENCE)
    return None if done.returncode == 0 else f'convert {source.name} {target.name}: {done.stderr[-300:]}'


class Journey:
    """A document in a copy of its folder, with what it is converted to beside it."""

    def __init__(self, document, folder):
        self.document = document
        here = folder / document.path.parent.name
        stem = document.path.name.removesuffix('.scxml')
        self.json = here / f'{stem}.fermata.json'
        self.json_again = here / f'{stem}.again.fermata.json'
        self.scxml = here / f'{stem}.written.scxml'
        self.scxml_again = here / f'{stem}.again.scxml'
        self.path = here / document.path.name
        self.wrong = None

    def go(self):
        self.wrong = (convert(self.path, self.json) or convert(self.json, self.scxml)
                      or convert(self.scxml, self.json_again) or convert(self.json_again, self.scxml_again)
                      or self.difference())
        return self

    def difference(self):
        if self.scxml.read_bytes() != self.scxml_again.read_bytes():
            return 'what was written is not written again to the same bytes'
        return None

    def problem(self, from_json, from_scxml):
        if self.wrong:
            return self.wrong
        for kind, answer in (('JSON', from_json), ('SCXML', from_scxml)):
            problem = self.document.problem(answer)
            if problem:
                return f'as {kind}: {problem}'
        return None


def run():
    documents = [*suites.scion(), *suites.w3c()]
    with tempfile.TemporaryDirectory(prefix='fermata-') as folder:
        copies.copy_folders(documents, Path(folder))
        journeys = [Journey(document, Path(folder)) for document in documents]
        with concurrent.futures.ThreadPoolExecutor(player.AT_ONCE) as pool:
            journeys = list(pool.map(Journey.go, journeys))
        steps = [(journey.json, journey.document.steps) for journey in journeys]
        steps += [(journey.scxml, journey.document.steps) for journey in journeys]
        answers = player.play(steps)
    half = len(journeys)
    return [(journey.document.name, journey.problem(one, other))
            for journey, one, other in zip(journeys, answers[:half], answers[half:])]


cases.main(run)

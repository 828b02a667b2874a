# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The machines of `@scion-scxml/test-framework`, and how each of them is judged.

SCION's: a document with a script, the states that the machine is in at the start
and after each event; only basic states are told. W3C's, in the folder `w3c-ecma`:
the final state that the machine ends in. (The scripts beside those hold waits in
real time, and some are wrong.)
"""

import json
import os
import re
import shutil
from pathlib import Path

import tap

ROOT = Path(__file__).resolve().parents[2]
W3C_FOLDER = 'w3c-ecma'
N_SCION = 127
N_W3C = 195

# Of these a person must look at what is logged, or at whether it runs at all:
# docs/hacking.md says how, and manual.py does it.
MANUAL = {'test178', 'test230', 'test250', 'test301', 'test307', 'test313', 'test314', 'test415'}

# Two of SCION's scripts have it that a parallel state is not left by a transition from
# one of its regions to itself. D (findLCCA): "The Least Common Compound Ancestor is the
# <state> or <scxml> element s such that s is a proper ancestor of all states on
# stateList", so it is left. What the recommendation says is what the scripts themselves
# call `legacySemantics`.
BY_LEGACY_SEMANTICS = {'more-parallel/test10', 'more-parallel/test10b'}

# Invoked by others.
PART = re.compile(r'sub\d+$')


def cannot(why):
    if os.environ.get('CI') == 'true':
        raise AssertionError(why)
    raise tap.Skip(why)


def modules():
    return Path(os.environ.get('FERMATA_NODE_MODULES', ROOT / 'build' / 'npm' / 'node_modules'))


def package(name):
    """Where a package from npm is."""
    path = modules() / name
    if not (path / 'package.json').is_file():
        cannot(f'{name} is not there; ./dev test fetches it from npm')
    return path


def node():
    found = shutil.which('node')
    if not found:
        cannot('there is no node')
    return found


class Document:
    """`steps` are those of play-charts; `expected` what it must come to: the
    states after each step, or the id of the final state."""

    def __init__(self, name, path, steps, expected):
        self.name, self.path, self.steps, self.expected = name, path, steps, expected

    def problem(self, answer):
        """What is wrong with an answer, or None."""
        if 'refused' in answer:
            return f'expected {self.shown(self.expected)}, found that it is refused: {answer["refused"]}'
        found = self.found(answer)
        if found != self.expected:
            return f'expected {self.shown(self.expected)}, found {self.shown(found)}'
        return answer.get('differs')


class ScionDocument(Document):
    def found(self, answer):
        """The states at the start and after each event: not those after what is waited before it."""
        states = [sorted(states) for states in answer['states']]
        is_told = [True, *('send' in step for step in self.steps)]
        return [some for some, told in zip(states, is_told) if told]

    def shown(self, states):
        return ' → '.join('+'.join(some) for some in states)


class W3cDocument(Document):
    def found(self, answer):
        machine = answer['machine']
        return machine.get('id', machine.get('state')) if machine['final'] else machine['configuration']

    def shown(self, state):
        return state if isinstance(state, str) else 'no end, in ' + '+'.join(state)


def scion_document(folder, path):
    name = f'{folder.name}/{path.stem}'
    script = json.loads(path.with_suffix('.json').read_text())
    if name in BY_LEGACY_SEMANTICS:
        script = script['legacySemantics']
    steps, expected = [], [sorted(script['initialConfiguration'])]
    for event in script['events']:
        if event.get('after'):
            steps.append({'advance': event['after']})
        steps.append({'send': event['event']})
        expected.append(sorted(event['nextConfiguration']))
    return ScionDocument(name, path, steps, expected)


def scion():
    folders = [folder for folder in sorted((package('@scion-scxml/test-framework') / 'test').iterdir())
               if folder.is_dir() and folder.name != W3C_FOLDER]
    documents = [scion_document(folder, path) for folder in folders for path in sorted(folder.glob('*.scxml'))
                 if path.with_suffix('.json').exists()]
    tap.equal(len(documents), N_SCION)
    return documents


def w3c_folder():
    return package('@scion-scxml/test-framework') / 'test' / W3C_FOLDER


def w3c_names():
    return sorted(path.name.removesuffix('.scxml').removesuffix('.txml') for path in w3c_folder().glob('*.scxml'))


def w3c_path(name):
    return w3c_folder() / f'{name}.txml.scxml'


def w3c():
    documents = [W3cDocument(name, w3c_path(name), [{'finish': True}], 'pass') for name in w3c_names()
                 if name not in MANUAL and not PART.search(name)]
    tap.equal(len(documents), N_W3C)
    return documents

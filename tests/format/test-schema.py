# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The schema, as somebody else's validator understands it.

A bad document says in its member `x-wrong` what it is wrong about, as the JSON
Pointer of the value: it must be refused for that and not for something else.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = Path(sys.argv[1]).resolve()

sys.path.insert(0, str(ROOT / 'tests' / 'house'))
import tap  # noqa: E402

SCHEMA = ROOT / 'data' / 'fermata-graph.schema.json'
FORMS = ('Literal. ', 'Template. ', 'Expression. ', 'Code. ')


def documents(*folders):
    return sorted(path for folder in folders for path in folder.glob('*.json'))


def cannot(why):
    if os.environ.get('CI') == 'true':
        raise AssertionError(why)
    raise tap.Skip(why)


def validate(files):
    """What is wrong with each file: its errors as text, or None."""
    modules = Path(os.environ.get('FERMATA_NODE_MODULES', ROOT / 'build' / 'npm' / 'node_modules'))
    if not shutil.which('node'):
        cannot('there is no node')
    if not (modules / 'ajv').is_dir():
        cannot('ajv is not there; ./dev test fetches it from npm')
    command = ['node', HERE / 'validate.js', modules, SCHEMA, *files]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return dict(json.loads(line) for line in done.stdout.splitlines())


def test_good_documents():
    files = documents(HERE / 'schema' / 'good', ROOT / 'data' / 'examples')
    found = validate(files)
    tap.equal(len(found), len(files))
    tap.none_of([f'{file}: {errors}' for file, errors in found.items() if errors])


def refused_for(path, errors):
    """Whether an error is about the value at a path: ajv says `data/nodes/0 must …`."""
    return f', data{path} must ' in f', {errors}'


def test_bad_documents():
    files = documents(HERE / 'schema' / 'bad')
    found = validate(files)
    wrong = []
    for file in files:
        errors = found[str(file)]
        document = json.loads(file.read_text(encoding='utf-8'))
        path = document.get('x-wrong', '') if isinstance(document, dict) else ''
        if not errors:
            wrong.append(f'{file}: valid')
        elif not refused_for(path, errors):
            wrong.append(f'{file}: nothing is said of {path}: {errors}')
    tap.none_of(wrong)


def described(schema, path=''):
    """Each member that the schema knows, with its description."""
    for name, member in schema.get('properties', {}).items():
        yield f'{path}/{name}', member.get('description', '')
    for name, definition in schema.get('$defs', {}).items():
        yield from described(definition, f'{path}/{name}')


def test_each_member_says_its_form():
    schema = json.loads(SCHEMA.read_text(encoding='utf-8'))
    members = list(described(schema))
    if len(members) < 100:
        raise AssertionError(f'only {len(members)} members')
    tap.none_of([f'{path}: {text}' for path, text in members
                 if not text.startswith(FORMS) or not text.endswith(('.', '…'))])


def refuses_others(schema, path=''):
    """Where members that nobody knows would be refused."""
    if isinstance(schema, dict):
        for name in ('additionalProperties', 'unevaluatedProperties'):
            if schema.get(name) is False:
                yield f'{path}/{name}'
        for name, inner in schema.items():
            yield from refuses_others(inner, f'{path}/{name}')
    elif isinstance(schema, list):
        for index, inner in enumerate(schema):
            yield from refuses_others(inner, f'{path}/{index}')


def test_unknown_members_are_kept():
    tap.none_of(list(refuses_others(json.loads(SCHEMA.read_text(encoding='utf-8')))))


if __name__ == '__main__':
    tap.main(sys.modules[__name__])

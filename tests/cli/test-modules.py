# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Types of nodes in modules. Arguments: the program, the folder with the modules."""

import json
import os
import sys
import tempfile
from pathlib import Path

import cli
import tap
from cli import expect, fermata

MODULES = Path(sys.argv[2])
EXAMPLE = MODULES / 'checksum.so'
ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'


def module(name):
    return f'--module={MODULES / name}'


folder = cli.Folder()


def checksums(**parameters):
    return folder.graph({'id': 'sum', 'type': 'checksum', 'with': parameters})


def refused(*arguments, words, **more):
    done = fermata('types', *arguments, **more)
    expect((done.status, done.out) == (2, '') and all(word in done.err for word in words)
           and len(done.err.splitlines()) == 1, f'expected {words}', done)


def test_a_type_of_a_module_runs():
    done = fermata('run', checksums(text='abc'), '--result', module('checksum.so'))
    tap.equal((done.status, json.loads(done.out)), (0, ABC))
    done = fermata('run', checksums(text='{{5}}'), '--result', module('checksum.so'))
    expect(done.status == 1 and 'text must be text (validation)' in done.err, 'expected an error', done)


def test_without_it_the_type_is_not_there():
    done = fermata('check', checksums(text='abc'))
    expect(done.status == 3 and 'checksum' in done.out, 'expected an error', done)
    tap.equal(fermata('check', checksums(text='abc'), module('checksum.so')).status, 0)
    tap.equal(fermata('check', checksums(), module('checksum.so')).status, 3)


def test_it_is_told():
    done = fermata('types', 'checksum', '--json', module('checksum.so'))
    tap.equal([one['name'] for one in json.loads(done.out)['parameters']], ['text', 'algorithm'])
    done = fermata('types', 'fresh', '--json', module('right.so'))
    tap.equal(json.loads(done.out)['title'], 'fresh')


def test_it_is_looked_for():
    for name in 'checksum', 'checksum.so':
        done = fermata('types', 'checksum', '--module', name, FERMATA_MODULE_PATH=f':/no/such:{MODULES}')
        tap.equal(done.status, 0)
    os.symlink(EXAMPLE, folder.path / 'libsums.so')
    found = fermata('types', 'checksum', '--module=sums', FERMATA_MODULE_PATH=str(folder.path))
    here = fermata('types', 'checksum', '--module=./libsums.so', cwd=folder.path)
    tap.equal((found.status, here.status), (0, 0))


def test_no_such_file():
    refused('--module=/no/such.so', words=['/no/such.so', 'no such file'])
    refused('--module=/', words=['no such file'])
    refused('--module=such.so', words=['such.so', 'not found', '/somewhere', './such.so'],
            FERMATA_MODULE_PATH='/somewhere')


def test_no_module():
    with tempfile.NamedTemporaryFile(suffix='.so') as file:
        refused(f'--module={file.name}', words=[file.name, 'too short'])
    library = next(MODULES.parents[1].rglob('libfermata-1.so'))
    refused(f'--module={library}', words=['no module', 'fermata_module_api'])


def test_another_version():
    refused(module('wrong-version.so'), words=['interface 2', 'compile it anew'])


def test_no_entry_point():
    refused(module('wrong-entry.so'), words=['fermata_module_register'])


def test_types_that_are_wrong():
    refused(module('wrong-twice.so'), words=['“fresh”', 'already'])
    refused(module('wrong-description.so'), words=['it.name', 'text'])
    refused(module('wrong-silent.so'), words=['does not say why'])


def test_neither_an_output_nor_an_error():
    graph = folder.graph({'id': 'node', 'type': 'fresh'})
    done = fermata('run', graph, module('wrong-nothing.so'))
    expect(done.status == 1 and 'The type “fresh” gives neither an output nor an error' in done.err, done)


def test_a_name_that_is_taken():
    refused(module('wrong-name.so'), words=['“set”', 'already'])
    refused(module('right.so'), module('right.so'), words=['“fresh”', 'already'])


tap.main(sys.modules[__name__])

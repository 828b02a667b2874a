# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Real workflows: every task runs as a process, once, and after its parents.

What ran is not what the program says, but what the processes wrote down; what
should have is read from the instances by another reader.
"""

import collections
import json
import os
import sys
from pathlib import Path

import cli
import tap
from cli import expect, fermata

INSTANCES = Path(os.environ['FERMATA_TEST_DATA']) / 'wfinstances'

# Each line is one write to a file that is opened for appending.
PROGRAM = '''#!/bin/sh
echo "begin $1" >>{log}
echo "end $1" >>{log}
echo "$1"
'''

folder = cli.Folder()


def instances():
    found = sorted(INSTANCES.glob('*.json'))
    if not found:
        raise tap.Skip(f'no workflows in {INSTANCES}')
    return found


def parents_of_tasks(path):
    tasks = json.loads(path.read_text())['workflow']['specification']['tasks']
    parents = {task['id']: set(task['parents']) for task in tasks}
    for task in tasks:
        for child in task['children']:
            parents[child].add(task['id'])
    return parents


def run_instance(path):
    """The lines that the processes wrote, and the record."""
    log, program = folder / f'{path.stem}.log', folder / f'{path.stem}.sh'
    graph, record = folder / f'{path.stem}.fermata.json', folder / f'{path.stem}.record'
    program.write_text(PROGRAM.format(log=log))
    program.chmod(0o755)
    done = fermata('convert', path, graph, f'--program={program}')
    expect(done.status == 0, done)
    done = fermata('run', '--quiet', graph, f'--record={record}')
    expect(done.status == 0, done)
    return log.read_text().split('\n')[:-1], [json.loads(line) for line in record.read_text().splitlines()]


def check_order(begun, ended, parents):
    """`begun`, `ended`: when each task did, as [(position, task)]."""
    for name, list_of in (('begun', begun), ('ended', ended)):
        often = [task for task, n in collections.Counter(task for _, task in list_of).items() if n != 1]
        expect(not often, f'not {name} once: {often[:5]}')
        expect({task for _, task in list_of} == set(parents), f'not every task has {name}')
    ends = {task: position for position, task in ended}
    early = [(task, parent) for position, task in begun for parent in parents[task] if ends[parent] > position]
    expect(not early, f'before a parent had ended: {early[:5]}')


def test_every_task_once_and_after_its_parents():
    paths = instances()
    expect(len(paths) >= 12, f'only {len(paths)} workflows')
    for path in paths:
        parents = parents_of_tasks(path)
        lines, record = run_instance(path)
        said = [(position, *line.split(' ', 1)) for position, line in enumerate(lines)]
        check_order([(position, task) for position, word, task in said if word == 'begin'],
                    [(position, task) for position, word, task in said if word == 'end'], parents)

        # The record tells the same: by processes that began and ended, and by what they printed.
        facts = [(event.get('kind'), event.get('node'), event.get('n')) for event in record]
        check_order([(n, node) for kind, node, n in facts if kind == 'task-began'],
                    [(n, node) for kind, node, n in facts if kind == 'task-completed'], parents)
        printed = {event['node']: event['text'] for event in record if event.get('kind') == 'chunk'}
        tap.equal(printed, {task: f'{task}\n' for task in parents})


def test_they_run_as_they_are():
    """Read without being converted first; the programs are not here."""
    path = instances()[0]
    done = fermata('run', path, PATH='/nowhere')
    expect(done.status == 1 and 'there is no such program' in done.err, done)
    done = fermata('check', *instances())
    tap.equal((done.status, done.out), (0, f'No problems in {len(instances())} files\n'))


def test_a_file_is_not_written_over():
    text = instances()[-1].read_bytes()
    path = folder.write('instance.json', text)
    for arguments in (['fmt', path], ['convert', path, path]):
        done = fermata(*arguments)
        expect(done.status in (2, 3), done)
        tap.equal(path.read_bytes(), text)


tap.main(sys.modules[__name__])

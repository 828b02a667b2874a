# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A part of a graph runs as processes, with what an earlier run has left."""

import json
import sys

import cli
import tap
from cli import command, expect, fermata

folder = cli.Folder()


def append(identity, fails_without=None):
    """A command that writes its name down, and may want a file."""
    script = f'echo {identity} >>{folder.path}/log; echo {identity}'
    if fails_without:
        script += f'; test -e {folder.path}/{fails_without}'
    return command(identity, 'sh', '-c', script)


def ran():
    log = folder / 'log'
    lines = log.read_text().split() if log.exists() else []
    log.unlink(missing_ok=True)
    return lines


def test_what_failed_runs_again_and_what_was_done_does_not():
    path = folder.graph(append('a'), append('b', 'wanted'), append('c'))
    record = folder / 'run.record'
    done = fermata('run', path, f'--record={record}')
    tap.equal((done.status, ran()), (1, ['a', 'b']))
    done = fermata('run', path, '--from=c', f'--history={record}')
    expect(done.status == 2 and '“b”, which is left out, and failed in the history' in done.err, done)
    tap.equal(ran(), [])

    (folder / 'wanted').touch()
    done = fermata('run', path, '--changed', f'--history={record}', f'--record={record}', '--result')
    tap.equal((done.status, done.out, ran()), (0, '"c"\n', ['b', 'c']))
    done = fermata('run', path, '--changed', f'--history={record}', '--result')
    tap.equal((done.status, done.out, ran()), (0, '"c"\n', []))


def test_a_record_that_breaks_off_gives_what_it_has():
    path = folder.graph(append('a'), append('b'), append('c'))
    record = folder / 'whole.record'
    fermata('run', path, f'--record={record}')
    lines = record.read_text().splitlines(keepends=True)
    end = next(number for number, line in enumerate(lines)
               if json.loads(line).get('kind') == 'node-completed')
    torn = folder.write('torn.record', ''.join(lines[:end + 1]) + lines[end + 1][:7])
    ran()

    done = fermata('run', path, '--from=b', f'--history={torn}')
    tap.equal((done.status, ran()), (0, ['b', 'c']))
    done = fermata('run', path, '--from=c', f'--history={torn}')
    expect(done.status == 2 and '“b”, which is left out, and did not end in the history' in done.err, done)
    done = fermata('run', path, '--changed', f'--history={torn}')
    tap.equal((done.status, ran()), (0, ['b', 'c']))


def test_nothing_has_run_when_it_is_refused():
    path = folder.graph(append('a'), append('b'))
    for options in (['--from=b'], ['--only=x'], ['--from=a', '--only=b'], ['--changed']):
        done = fermata('run', path, *options)
        expect(done.status == 2, done)
    tap.equal(ran(), [])


tap.main(sys.modules[__name__])

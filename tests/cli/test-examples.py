# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The examples do what their descriptions say."""

import json
import re
import shutil
import subprocess
import sys

import cli
import tap
from cli import expect, fermata


def run(name, *options):
    done = fermata('run', cli.EXAMPLES / f'{name}.fermata.json', *options)
    expect(done.status == 0, done)
    return done.out


def test_all_are_without_errors():
    files = [*cli.EXAMPLES.glob('*.fermata.json'), *cli.EXAMPLES.glob('*.scxml')]
    done = fermata('check', '--strict', *sorted(files))
    expect(done.status == 0 and done.out.startswith('No problems'), done)


def test_all_have_the_one_layout():
    done = fermata('fmt', '--check', *sorted(cli.EXAMPLES.glob('*.fermata.json')))
    expect(done.status == 0, done)


def test_hello():
    tap.equal(run('hello'), 'Hello, world!\n')
    tap.equal(run('hello', '--input', 'name=Ada'), 'Hello, Ada!\n')


def test_fan_out():
    expect('sum 31' in run('fan-out'), 'the sum is wrong')


def test_script():
    tap.equal(run('script'), 'Most often: a\n')
    tap.equal(run('script', '--input', 'text=to be or not to be'), 'Most often: to\n')


def test_resilient():
    tap.equal(run('resilient'), '9, 1, 0, 1, 25 after 3 attempts; no answer (timeout)\n')


def test_batch():
    lines = run('batch', '--virtual-time').splitlines()
    tap.equal(lines[-1], 'lake.jpg, dune.jpg, moss.raw (there is nothing to be seen), reef.jpg; not: fern (the film is torn)')
    expect([line for line in lines if line.startswith('dune: ')] ==
           [f'dune: the tray is empty after {n}' for n in (1, 2, 3)], lines)


def test_poll():
    tap.equal(run('poll', '--virtual-time').splitlines()[-1], 'hot: 330°')
    tap.equal(run('poll', '--virtual-time', '--input', 'target=600').splitlines()[-1],
              'not hot in time (timeout)')


def test_mirrors():
    tap.equal(run('mirrors', '--virtual-time'), 'from Oslo, stored in disk and cellar\n')


def test_map_reduce():
    tap.equal(run('map-reduce'), 'a 2×, holds 2×, note 2×, the 2×\n')
    tap.equal(run('map-reduce', '--input', 'words=1'), 'a 2×, holds 2×, note 2×, the 2×\n')


def test_approval():
    def decide(answer, *options):
        return fermata('run', cli.EXAMPLES / 'approval.fermata.json', '--result', *options, stdin=answer)
    tap.equal(decide('approve\n').out, '"250 spent"\n')
    tap.equal(decide('reject too expensive\n').out, '"not spent: too expensive"\n')
    tap.equal(decide('', '--input', 'sum=5').out, '"5 spent"\n')


def test_turnstile():
    done = fermata('run', cli.EXAMPLES / 'turnstile.fermata.json', stdin='coin {"value": 1}\npush\n')
    tap.equal(done.out, 'locked\nopen\n→ unlocked (coin)\n→ locked (push)\n')


def test_sort():
    tap.equal(json.loads(run('sort', '--result', '--input', 'words=["b", "c", "a"]')), ['a', 'b', 'c'])


def test_packages():
    if not shutil.which('dpkg-query'):
        raise tap.Skip('there is no dpkg-query')
    lines = subprocess.run(['dpkg-query', '-W'], capture_output=True, check=True).stdout.count(b'\n')
    report = run('packages')
    tap.equal(int(re.match(r'\d+', report)[0]), lines)
    # The other branch says nothing.
    tap.equal(len(re.findall('installed', report)), 1)


tap.main(sys.modules[__name__])

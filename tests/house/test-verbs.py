# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The script dev, and what the README promises of it."""

import re
import subprocess
import sys

import tap
import tree

VERBS = 'deps build run test bench soak app docs sanitize screenshots install'.split()


def dev(*arguments):
    return subprocess.run([tree.ROOT / 'dev', *arguments], capture_output=True, text=True, cwd='/')


def test_help_tells_every_verb():
    shown = dev('help')
    tap.equal(shown.returncode, 0)
    told = re.findall(r'^  (\w+)(?: .*|$)', shown.stdout, re.MULTILINE)
    tap.equal(sorted(told), sorted([*VERBS, 'help']))


def test_help_fits_a_terminal():
    tap.equal([line for line in dev('help').stdout.splitlines() if len(line) > 80], [])


def test_without_a_verb_there_is_help():
    tap.equal(dev().stdout, dev('help').stdout)
    tap.equal(dev('--help').stdout, dev('help').stdout)


def test_an_unknown_verb_is_a_usage_error():
    wrong = dev('tset')
    tap.equal((wrong.returncode, wrong.stdout), (2, ''))
    assert 'tset' in wrong.stderr, wrong.stderr


def test_the_readme_begins_with_the_two_commands():
    first_screen = tree.read('README.md').splitlines()[:24]
    for command in './dev run', './dev test':
        assert any(line.strip().startswith(command) for line in first_screen), f'{command} is not there'


def test_ci_runs_what_the_readme_says():
    script = tree.read('.ci/run')
    assert script.index('./dev test') < script.index('./dev sanitize')


def test_the_script_is_whole():
    for script in 'dev', '.ci/run':
        checked = subprocess.run(['bash', '-n', tree.ROOT / script], capture_output=True, text=True)
        tap.equal((checked.returncode, checked.stderr), (0, ''))
        assert (tree.ROOT / script).stat().st_mode & 0o111, f'{script} is not executable'


tap.main(sys.modules[__name__])

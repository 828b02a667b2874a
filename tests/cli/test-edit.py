# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""`fermata edit` finds the app and becomes it. Arguments: the program."""

import sys

import tap
from cli import expect, fermata


def test_it_becomes_the_app():
    done = fermata('edit', 'a.json', 'two words.json', FERMATA_STUDIO='/bin/echo')
    tap.equal((done.status, done.out, done.err), (0, '-- a.json two words.json\n', ''))


def test_a_name_with_a_dash_is_a_file():
    done = fermata('edit', '--', '-a.json', FERMATA_STUDIO='/bin/echo')
    tap.equal(done.out, '-- -a.json\n')


def test_the_status_is_the_apps():
    tap.equal(fermata('edit', FERMATA_STUDIO='/bin/false').status, 1)


def test_without_the_app_it_says_so():
    done = fermata('edit', 'a.json', FERMATA_STUDIO='/no/such/studio')
    tap.equal((done.status, done.out), (1, ''))
    expect('/no/such/studio' in done.err, done)


tap.main(sys.modules[__name__])

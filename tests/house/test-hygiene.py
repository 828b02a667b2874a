# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What no file may hold, and what each must; on planted faults and on the tree."""

import sys
import tomllib

import hygiene
import tap
import tree


def texts(under='', but=()):
    pairs = [(path, tree.read(path)) for path in tree.files(under) if not path.startswith(but)]
    assert pairs, f'nothing found under {under}'
    return [(path, text) for path, text in pairs if text is not None]


def planted(rule, *lines):
    """How many of the lines a rule finds."""
    return len(list(rule([('x', line + '\n') for line in lines])))


# Put together here, so that this file does not hold what it looks for.
NAP = 'sl' + 'eep'
MINE = '/ho' + 'me/me/src'


def test_sleeps_are_found():
    faults = (f'{NAP} (1);', f'g_u{NAP} (1000);', f'nano{NAP} (&t, NULL);', f'time.{NAP}(1)',
              f'{NAP} 10', f'"{NAP}", "1000"', f'["sh", "-c", "{NAP} 5 & echo x"]', f'{NAP} $n')
    for fault in faults:
        tap.equal((fault, planted(hygiene.sleeps, fault)), (fault, 1))


def test_what_is_no_sleep_is_not():
    tap.equal(planted(hygiene.sleeps, f'no test {NAP}s', f'/* never {NAP}, wait */',
                      f'"{NAP}", "1000" /* victim */', f'{NAP} 0.1 # pacing'), 0)


def test_no_test_sleeps():
    tap.none_of(hygiene.sleeps(texts('tests', but=('tests/house/hygiene.py',))))


def test_machine_paths_are_found():
    tap.equal(planted(hygiene.machine_paths, f'"{MINE}"', 'cd /wo' + 'rk/main',
                      'https://registry.npm' + 'js.org/ajv'), 3)
    tap.equal(planted(hygiene.machine_paths, '/usr/lib/x', 'https://x.org/home/page', '$HOME/x'), 0)


def test_no_path_of_a_machine():
    tap.none_of(hygiene.machine_paths(texts(but=('tests/house/hygiene.py', 'LICENSES/'))))


def test_missing_licences_are_found():
    def licences(text, extra=()):
        return len(list(hygiene.unlicensed([('x', text)], lambda path: set(extra))))
    whose, which = '# Copyright 2026 The Fermata authors\n', '# SPDX-License-Identifier: LGPL-2.1-or-later\n'
    tap.equal(licences(whose + which), 0)
    tap.equal(licences(whose), 1)
    tap.equal(licences(which), 1)
    tap.equal(licences(which, ['copyright']), 0)
    tap.equal(licences('', ['copyright', 'licence']), 0)
    tap.equal(licences(whose + which.replace('LGPL-2.1', 'GPL-3.0')), 1)


def test_every_file_says_whose_it_is():
    covered = hygiene.coverage(tomllib.loads(tree.read('REUSE.toml')))
    tap.none_of(list(hygiene.unlicensed(texts(but=('LICENSES/',)), covered)))


def test_messages_can_be_translated():
    def missing(text):
        return len(list(hygiene.not_listed_for_translation([('src/x.c', text)], ['src/y.c'])))
    tap.equal([missing(text) for text in ('_("a")', 'N_ ("a")', '_ (\n "a")')], [1, 1, 1])
    tap.equal([missing(text) for text in ('call_("a")', '_(a)', 'printf ("a")')], [0, 0, 0])
    listed = tree.read('po/POTFILES').splitlines()
    tap.equal(listed, sorted(listed))
    tap.equal([path for path in listed if not (tree.ROOT / path).is_file()], [])
    tap.none_of(list(hygiene.not_listed_for_translation(texts('src'), listed)))


def test_no_source_is_too_long():
    tap.equal(planted(hygiene.too_long, '\n' * 701), 1)
    tap.equal(planted(hygiene.too_long, '\n' * 690), 0)
    tap.none_of(list(hygiene.too_long(
        [pair for pair in texts() if pair[0].endswith(('.c', '.h', '.py', '.js', '.sh'))])))


tap.main(sys.modules[__name__])

# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The count at the end of ./dev test."""

import json
import sys

import tally
import tap


def count(*records):
    return tally.tally(
        json.dumps({'name': 'fermata:room / a', 'result': result, 'stdout': text}) for result, text in records)


def test_cases_are_counted():
    result = count(('OK', '1..2\nok 1 /x\nok 2 /y\n'), ('OK', 'ok 1 /z\n1..1\n'))
    tap.equal(result.last_line(), '3 passed, 0 failed')


def test_skipped_cases_are_named_with_their_reason():
    result = count(('OK', '1..2\nok 1 /x # SKIP no registry\nok 2 /y\n'))
    tap.equal(result.last_line(), '1 passed, 0 failed, 1 skipped')
    tap.equal(result.skipped, ['room/a: /x: no registry'])


def test_a_whole_program_can_skip():
    tap.equal(count(('SKIP', '1..0 # SKIP no data\n')).skipped, ['room/a: no data'])
    tap.equal(count(('SKIP', '')).last_line(), '0 passed, 0 failed, 1 skipped')


def test_failed_cases_are_named():
    result = count(('FAIL', '1..2\nnot ok 1 /x - why\nok 2 /y\n'))
    tap.equal(result.last_line(), '1 passed, 1 failed')
    tap.equal(result.failed, ['room/a: /x - why'])


def test_unfinished_cases_did_not_pass():
    tap.equal(count(('OK', 'not ok 1 /x # TODO later\n')).last_line(), '0 passed, 0 failed, 1 skipped')


def test_a_crash_is_a_failure():
    for result in 'FAIL', 'ERROR', 'TIMEOUT', 'INTERRUPT', 'UNEXPECTEDPASS':
        tap.equal(count((result, '1..9\nok 1 /x\n')).last_line(), '1 passed, 1 failed')
        tap.equal(count((result, '')).last_line(), '0 passed, 1 failed')


def test_a_crash_after_a_failed_case_is_one_failure():
    tap.equal(count(('FAIL', 'not ok 1 /x\nBail out!\n')).last_line(), '0 passed, 1 failed')


def test_programs_without_cases_count_themselves():
    tap.equal(count(('OK', 'all is well\n')).last_line(), '1 passed, 0 failed')


def test_the_end_of_what_a_failure_wrote_is_kept():
    text = ''.join(f'ok {n} /{n}\n# {n}\n' for n in range(200)) + 'not ok 200 /x\n'
    (program, lines), = count(('FAIL', text), ('OK', 'ok 1 /y\n')).outputs
    tap.equal((program, len(lines), lines[0], lines[-1]), ('room/a', 101, '(101 lines before)', 'not ok 200 /x'))


def test_what_programs_tell_of_themselves_is_kept():
    result = count(('OK', 'ok 1 /x\n# result: A 1 of 1\n'), ('FAIL', 'not ok 1 /y\n# result: B 0 of 1\n'))
    tap.equal(result.results, ['A 1 of 1', 'B 0 of 1'])


def test_what_did_not_run_is_a_failure():
    result = count(('OK', 'ok 1 /x\n'))
    result.add_missing(['room a\n', 'room b\n'])
    tap.equal(result.failed, ['room/b: did not run'])


def test_only_cases_at_the_margin_count():
    tap.equal(count(('OK', '# ok 1\n    ok 1 /x\nokay\nok 1 /y\n')).last_line(), '1 passed, 0 failed')


tap.main(sys.modules[__name__])

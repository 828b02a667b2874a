# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""W3C's machines that a person must look at: what he would look for (docs/hacking.md)."""

import sys
import tempfile
from pathlib import Path

import player
import suites
import tap

PLAYERS = player.Players()


def play(name):
    answer = PLAYERS.play([(suites.w3c_path(name), [{'finish': True}])])[0]
    assert 'differs' not in answer, answer['differs']
    return answer


def ends(answer):
    machine = answer['machine']
    return machine.get('id', machine.get('state')) if machine['final'] else None


def test_178_both_parameters_of_one_name_are_told():
    """In `_event.raw` only what came over the wire would be; so here of the data."""
    text = suites.w3c_path('test178').read_text().replace('_event.raw', 'JSON.stringify(_event.data)')
    with tempfile.TemporaryDirectory(prefix='fermata-') as folder:
        path = Path(folder) / 'told.scxml'
        path.write_text(text)
        logged, = PLAYERS.play([(path, [{'finish': True}])])[0]['logs']
    assert logged.endswith('{"Var1":[2,3]}'), logged


def test_230_a_forwarded_event_is_the_event():
    answer = play('test230')
    logs = answer['logs']
    fields = ['name', 'type', 'sendid', 'origin', 'origintype', 'invokeid', 'data']
    tap.equal([line.split(' is')[0] for line in logs], fields * 2)
    tap.equal(logs[:len(fields)], logs[len(fields):])
    tap.equal(ends(answer), 'final')


def test_250_a_cancelled_child_leaves_its_states():
    tap.equal(play('test250')['logs'], ['Exiting sub01', 'Exiting sub0'])


def test_301_a_script_that_cannot_be_had():
    assert 'refused' in play('test301')


def test_307_what_is_not_there_yet():
    """Late binding: one error or none in each state, and both are told."""
    answer = play('test307')
    tap.equal(ends(answer), 'final')
    told = [line for line in answer['logs'] if 'error in' in line.lower()]
    tap.equal(len(told), 2)


def test_313_a_syntax_error_is_an_error_when_it_runs():
    tap.equal(ends(play('test313')), 'pass')


def test_314_and_not_before():
    tap.equal(ends(play('test314')), 'pass')


def test_415_the_end_comes_before_what_it_raises():
    answer = play('test415')
    tap.equal((ends(answer), answer['states']), ('final', [['final'], ['final']]))


def main():
    with PLAYERS:
        try:
            suites.w3c_folder()
        except tap.Skip as skip:
            print(f'1..0 # SKIP {skip}')
            return
        tap.main(sys.modules[__name__])


main()

# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Machines of chance: Fermata, SCION and the recommendation."""

import collections
import json
import subprocess
import tempfile
from pathlib import Path

import ecma_oracle
import player
import random_scxml
import scxml_oracle
import suites


def scion_answers(trials):
    suites.package('@scion-scxml/scxml')
    lines = ''.join(json.dumps({'text': trial['text'], 'steps': trial['steps']}) + '\n' for trial in trials)
    done = subprocess.run([suites.node(), Path(__file__).with_name('scion.js'), suites.modules()], input=lines,
                          capture_output=True, text=True, timeout=300)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(trials), f'{len(answers)} answers for {len(trials)} machines: {done.stderr[-1000:]}'
    for answer in answers:
        if 'states' in answer:
            answer['states'] = [sorted(states) for states in answer['states']]
    return answers


def fermata_answers(trials):
    with tempfile.TemporaryDirectory(prefix='fermata-') as folder:
        paths = [Path(folder) / f'{trial["seed"]}.scxml' for trial in trials]
        for path, trial in zip(paths, trials):
            path.write_text(trial['text'])
        answers = player.play((path, trial['steps']) for path, trial in zip(paths, trials))
    return [as_expected(answer) for answer in answers]


def as_expected(answer):
    if 'refused' in answer:
        return answer
    if 'differs' in answer:
        return {'refused': answer['differs']}
    return {'states': [sorted(states) for states in answer['states']], 'final': answer['machine']['final'],
            'variables': answer['variables']}


def explain(trial, answer):
    """The rules without which SCION's answer is none of the oracle's; None if there
    are no such rules. Few mostly will do; so each alone is tried first."""
    def is_it(rules):
        try:
            return ecma_oracle.play(trial['document'], trial['steps'], rules) == answer
        except (scxml_oracle.Livelock, scxml_oracle.Endless):
            return False
    for rule in ecma_oracle.RULES:
        if is_it({rule}):
            return [rule]
    rules = list(ecma_oracle.RULES)
    if not is_it(set(rules)):
        return None
    for rule in list(rules):
        without = [other for other in rules if other != rule]
        if is_it(set(without)):
            rules = without
    return rules


def shown(trial, answer):
    """Where it goes another way."""
    if 'refused' in answer:
        return answer['refused']
    expected = trial['expected']
    for number, (wanted, found) in enumerate(zip(expected['states'], answer['states'])):
        if wanted != found:
            return f'step {number}: expected {wanted}, found {found}'
    return '; '.join(f'{name}: expected {expected[name]}, found {answer[name]}'
                     for name in ('final', 'variables') if expected[name] != answer[name])


class Comparison:
    def __init__(self):
        self.agreed = 0
        self.rules = collections.Counter()
        self.settled = 0
        self.wrong = []

    def compare(self, seeds, with_fermata=True):
        trials = [random_scxml.trial(seed) for seed in seeds]
        others = scion_answers(trials)
        ours = fermata_answers(trials) if with_fermata else [trial['expected'] for trial in trials]
        for trial, other, own in zip(trials, others, ours):
            self.add(trial, other, own)

    def add(self, trial, other, own):
        if own != trial['expected']:
            self.wrong.append((trial, f'Fermata is wrong: {shown(trial, own)}'))
        if other == trial['expected']:
            self.agreed += 1
            return
        rules = explain(trial, other)
        if rules is None:
            self.wrong.append((trial, f'SCION does what no rule explains: {shown(trial, other)}'))
        else:
            self.settled += 1
            self.rules.update(rules)

    def wrong_seeds(self):
        return {trial['seed'] for trial, _ in self.wrong}

    def summary(self):
        rules = ', '.join(f'{rule} {number}' for rule, number in self.rules.most_common())
        return (f'random charts: SCION agrees on {self.agreed}; the recommendation settles {self.settled} '
                f'against it ({rules}); {len(self.wrong)} wrong')

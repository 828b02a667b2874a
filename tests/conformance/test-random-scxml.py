# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Machines of chance, run by Fermata, by SCION and by the recommendation's algorithm:
the same each time, ten times as many and others in `./dev soak`. With
FERMATA_SCXML_SEED set, only the machine of that seed."""

import os
import re

import cases
import comparing
import ecma_oracle
import random_scxml

N_FIXED = 200

# What is never made cannot be wrong.
FEATURES = {
    'parallel': '<parallel', 'shallow history': 'type="shallow"', 'deep history': 'type="deep"',
    'internal': 'type="internal"', 'without target': r'<transition event="[^"]*"(?: cond="[^"]*")?(?:/>|>)',
    'several targets': 'target="s[0-9]+ ', 'without event': '<transition (?:target="[^"]*" )?cond=',
    'In': 'In\\(', 'foreach': '<foreach', 'if': '<if', 'elseif': '<elseif', 'else': '<else/>', 'raise': '<raise',
    'script': '<script', 'delayed': 'delay=', 'cancel': '<cancel', 'data of events': '_event', 'failing': 'n\\.x\\.y',
    'final': '<final', 'donedata': '<donedata', 'done events': 'event="done', 'initial': '<initial>',
    'error events': 'event="error', 'several blocks': '</onentry><onentry>',
}


def variety(seeds):
    texts = [random_scxml.trial(seed)['text'] for seed in seeds]
    rare = {name: number for name, pattern in FEATURES.items()
            if (number := sum(bool(re.search(pattern, text)) for text in texts)) < N_FIXED / 40}
    return f'too few: {rare}' if rare else None


def run():
    given = os.environ.get('FERMATA_SCXML_SEED')
    seeds = [int(given)] if given else range(1, N_FIXED + 1)
    comparison = comparing.Comparison()
    comparison.compare(seeds)
    for rule, number in comparison.rules.most_common():
        print(f'# {rule}, {number}: {ecma_oracle.RULES[rule]}')
    print(f'# result: {comparison.summary()}')
    results = [(f'seed {seed}', None) for seed in seeds if seed not in comparison.wrong_seeds()]
    for trial, what in comparison.wrong:
        results.append((f'seed {trial["seed"]}', what))
        print('# ' + trial['text'].replace('\n', '\n# '))
    return [*results, *([] if given else [('variety', variety(seeds))])]


cases.main(run)

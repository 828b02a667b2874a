# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Graphs with bodies in bodies: the engine against an oracle that is written as
direct recursion. The same graphs each time, others in `./dev soak`. With
FERMATA_BODIES_SEED set, only the graph of that seed."""

import collections
import os
import sys

import budgets
import properties
import random_bodies
import tap

N_FIXED = 400
# Seeds at which the engine and the oracle did not agree
FOUND = [635649561]
N_CANCELLED = 40
N_BOUNDED = 150


def seeds(first, number):
    given = os.environ.get('FERMATA_BODIES_SEED')
    return [int(given)] if given else range(first, first + number)


def test_fixed():
    properties.compare([*seeds(1, N_FIXED), *FOUND])


def test_cancelled_at_every_event():
    properties.cancel(seeds(1001, N_CANCELLED), 12)


def test_held():
    properties.hold(seeds(2001, N_CANCELLED))


def test_budgets():
    budgets.compare(seeds(3001, N_BOUNDED))


def test_frames_alive():
    properties.count_frames(2000)


def test_variety():
    """What is never made cannot be wrong."""
    seen = collections.Counter()
    for seed in range(1, N_FIXED + 1):
        seen.update(properties.features(random_bodies.case(seed)))
    print('#', dict(seen))
    for name in properties.FEATURES:
        assert seen[name] >= N_FIXED / 60, f'{name}: {seen[name]}'


if __name__ == '__main__':
    tap.main(sys.modules[__name__])

# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""SCION's machines, each with a script of events."""

import cases
import player
import suites


def run():
    documents = suites.scion()
    answers = player.play((document.path, document.steps) for document in documents)
    return [(document.name, document.problem(answer)) for document, answer in zip(documents, answers)]


for name in sorted(suites.BY_LEGACY_SEMANTICS):
    print(f'# {name}: D (findLCCA) is against its script, and for what it calls legacySemantics')
cases.main(run, 'SCION')

# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""W3C's machines once more, from within: live must be what the events fold to."""

import cases
import player
import suites


def run():
    documents = suites.w3c()
    answers = player.play((document.path, document.steps) for document in documents)
    return [(document.name, document.problem(answer)) for document, answer in zip(documents, answers)]


cases.main(run)

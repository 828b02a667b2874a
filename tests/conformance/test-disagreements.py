# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Where SCION and the recommendation disagree: Fermata does what the recommendation
says, and SCION still does not."""

import cases
import comparing
import disagreements
import ecma_oracle


def found(case, answer):
    if 'refused' in answer:
        return 'refused'
    return answer['states'] if isinstance(case.right, list) else answer['variables']['order']


def compare(case, own, other):
    right, theirs = found(case, own), found(case, other)
    if right != case.right:
        return f'{case.section} wants {case.right!r}, Fermata has {own.get("refused", right)!r}'
    if theirs != case.scion:
        return f'SCION has {theirs!r}, and not {case.scion!r} any more: is it right now?'
    return None


def run():
    known = {case.rule for case in disagreements.CASES}
    assert known >= set(ecma_oracle.RULES), f'without a case: {set(ecma_oracle.RULES) - known}'
    trials = [{'seed': number, 'text': case.text, 'steps': case.steps}
              for number, case in enumerate(disagreements.CASES)]
    answers = zip(disagreements.CASES, comparing.fermata_answers(trials), comparing.scion_answers(trials))
    return [(f'{case.rule}, {case.section}: “{case.says}”', compare(case, own, other))
            for case, own, other in answers]


cases.main(run)

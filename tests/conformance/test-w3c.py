# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""W3C's machines, as anybody can judge them: by what the program says of the
state that they end in."""

import concurrent.futures
import json
import subprocess
import sys

import cases
import player
import suites


def judge(document):
    command = [sys.argv[2], 'run', document.path, '--virtual-time', '--result', '--quiet']
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=player.PATIENCE)
    except subprocess.TimeoutExpired:
        return document.name, f'expected {document.expected}, found no end'
    try:
        answer = {'machine': json.loads(done.stdout)}
    except ValueError:
        answer = {'refused': done.stderr or done.stdout or f'status {done.returncode}'}
    return document.name, document.problem(answer)


def run():
    with concurrent.futures.ThreadPoolExecutor(player.AT_ONCE) as pool:
        return list(pool.map(judge, suites.w3c()))


cases.main(run, 'W3C')

# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs a program on a desk of its own, for what tests widgets from within.
Arguments: the program and its own arguments. Its output and status are ours."""

import signal
import subprocess
import sys

import desk
import tap


def run():
    try:
        with desk.Desk() as place:
            return subprocess.run(sys.argv[1:], env=place.environment, stdin=subprocess.DEVNULL).returncode
    except tap.Skip as skip:
        print(f'1..0 # SKIP {skip}')
        return 0


status = run()
# As a program ends that a signal ends, so that a crash is told as one.
if status < 0:
    signal.signal(-status, signal.SIG_DFL)
    signal.raise_signal(-status)
sys.exit(status)

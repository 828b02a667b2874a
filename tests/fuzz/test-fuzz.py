# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""test-fuzz.py TARGET PLANTED SEEDS DICTIONARY: lets libFuzzer look for a crash.

First in a target with a crash planted in it, which it must find, then in the real
one: 1,000,000 executions, or as many as 60 seconds allow. FERMATA_FUZZ_SECONDS and
FERMATA_FUZZ_RUNS ask for others.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import tap

SECONDS = int(os.environ.get('FERMATA_FUZZ_SECONDS', '60'))
RUNS = int(os.environ.get('FERMATA_FUZZ_RUNS', '1000000'))

SMALL = '<scxml xmlns="http://www.w3.org/2005/07/scxml"><state/></scxml>'

target, planted, seeds, dictionary = sys.argv[1:]


def fuzz(program, folder, begin_with, words, *options):
    """What it says, and what it crashed with, if it did."""
    corpus = Path(folder, 'corpus')
    corpus.mkdir()
    done = subprocess.run(
        [program, corpus, begin_with, f'-dict={words}', f'-artifact_prefix={folder}/', '-max_len=4096',
         '-timeout=25', '-rss_limit_mb=2048', '-print_final_stats=1', *options],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        errors='replace', timeout=SECONDS * 4 + 120)
    crashes = [path for path in Path(folder).iterdir() if path.is_file() and path.suffix != '.dict']
    return done, crashes


def count_runs(output):
    found = re.search(r'stat::number_of_executed_units: *(\d+)', output)
    return int(found[1]) if found else 0


def test_it_finds_a_planted_crash():
    with tempfile.TemporaryDirectory() as folder:
        begin_with = Path(folder, 'begin')
        begin_with.mkdir()
        Path(begin_with, 'seed.scxml').write_text(SMALL)
        words = Path(folder, 'words.dict')
        words.write_text('"<final/>"\n')
        done, crashes = fuzz(planted, folder, begin_with, words, f'-max_total_time={SECONDS * 3}', '-seed=1')
        assert done.returncode != 0, 'the planted crash was not found'
        for crash in crashes:
            print(f'# {crash.name}: {crash.read_bytes()!r}')
        assert crashes, done.stdout[-4000:]
        print(f'# found after {count_runs(done.stdout)} executions')


def test_it_finds_no_other():
    with tempfile.TemporaryDirectory() as folder:
        done, crashes = fuzz(target, folder, seeds, dictionary, f'-max_total_time={SECONDS}', f'-runs={RUNS}',
                             '-seed=1')
        runs = count_runs(done.stdout)
        for crash in crashes:
            print(f'# {crash.name}: {crash.read_bytes()!r}')
        assert done.returncode == 0, done.stdout[-8000:]
        assert runs > 1000, f'only {runs} executions'
        print(f'# {runs} executions without a crash')


tap.main(sys.modules[__name__])

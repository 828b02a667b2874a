# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the program says, word by word. Arguments: the program, a transcript.

A transcript is what a user would see. A line `$ fermata …` is a command, run in
a copy of the folder `files` beside the transcript; `< FILE` gives it something
to read. What follows is its standard output, its standard error with each line
after `! `, and its exit status in brackets unless that is 0. `$ cat FILE` shows
a file, and the folder `examples` has the examples. Times are written TIME, unless
they are virtual. FERMATA_UPDATE_GOLDEN=1 writes it anew.
"""

import difflib
import os
import re
import shlex
import shutil
import sys
from pathlib import Path

import cli
import tap

TRANSCRIPT = Path(sys.argv[2])

# What depends on how busy the machine is, unless time is virtual.
TIMES = {
    r'"t":\d+': '"t":TIME',
    r'"n":\d+': '"n":N',
}

# What a run chooses anew each time, or what depends on the machine in any case.
CHANGING = {
    r'"cpu-user":\d+,"cpu-system":\d+,"peak-memory":\d+': '"cpu-user":CPU,"cpu-system":CPU,"peak-memory":BYTES',
    r'(?m)^.*"kind":"tick".*\n': '',
    r'"run":"[-0-9a-f]{36}"': '"run":"RUN"',
    r'"seed":\d+': '"seed":SEED',
    r'"date":\d+': '"date":DATE',
    r'"pid":\d+': '"pid":PID',
    r'"began":\d+': '"began":TICKS',
    r'\(event \d+\)': '(event N)',
    r'from 0 to \d+': 'from 0 to N',
}


def settle(text, is_virtual):
    for pattern, word in {**CHANGING, **({} if is_virtual else TIMES)}.items():
        text = re.sub(pattern, word, text)
    return text if is_virtual else cli.without_times(text)


def shown(text, before):
    if not text:
        return ''
    text = ''.join(f'{before}{line}\n' for line in text.split('\n')[:-1]) + (
        '' if text.endswith('\n') else f'{before}{text.rsplit(chr(10))[-1]}(no line break)\n')
    # What would be lost or do harm in a text file.
    return text.replace('\x1b', '␛')


def run(line, folder):
    words = shlex.split(line)
    if words[0] == 'cat':
        return shown((folder / words[1]).read_text(), '')
    given = ''
    if '<' in words:
        at = words.index('<')
        given = (folder / words[at + 1]).read_text()
        del words[at:at + 2]
    done = cli.fermata(*words[1:], stdin=given, cwd=folder)
    status = f'[{done.status}]\n' if done.status else ''
    return settle(shown(done.out, '') + shown(done.err, '! ') + status, '--virtual-time' in words)


def replay(text):
    with cli.tempfile.TemporaryDirectory() as scratch:
        folder = Path(shutil.copytree(TRANSCRIPT.parent / 'files', Path(scratch) / 'files'))
        (folder / 'examples').symlink_to(cli.EXAMPLES)
        lines = [line for line in text.splitlines() if line.startswith('$ ')]
        return '\n'.join(f'{line}\n{run(line[2:], folder)}' for line in lines)


def test_transcript():
    expected = TRANSCRIPT.read_text()
    found = replay(expected)
    if os.environ.get('FERMATA_UPDATE_GOLDEN'):
        TRANSCRIPT.write_text(found)
        raise tap.Skip('written anew')
    difference = difflib.unified_diff(expected.splitlines(), found.splitlines(), 'expected', 'found',
                                      lineterm='')
    tap.none_of(list(difference))


tap.main(sys.modules[__name__])

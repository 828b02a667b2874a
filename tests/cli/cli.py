# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs the program as a user does. Arguments of each test: the program."""

import json
import os
import re
import select
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROGRAM = str(Path(sys.argv[1]).resolve())
EXAMPLES = Path(os.environ['FERMATA_EXAMPLES'])

# So long a test waits for what must happen. Nothing depends on how long it is.
PATIENCE = 60

SECONDS = r'\b\d+ (?:ms|min \d\d s|h \d\d min)|\b\d+\.\d s'


def environment(**changes):
    """What the program sees: nothing of the terminal that the tests run in."""
    clean = {name: value for name, value in os.environ.items()
             if name not in ('NO_COLOR', 'TERM', 'COLUMNS', 'LINES')}
    return {**clean, 'LC_ALL': 'C.UTF-8', **changes}


class Done:
    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    def __repr__(self):
        return f'status {self.status}\n--- output\n{self.out}\n--- messages\n{self.err}'


def fermata(*arguments, stdin='', cwd=None, **changes):
    """Runs the program to its end."""
    done = subprocess.run([PROGRAM, *map(str, arguments)], input=stdin.encode(), cwd=cwd,
                          capture_output=True, env=environment(**changes), timeout=PATIENCE)
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def start(*arguments, **options):
    """Starts the program; both outputs are pipes unless `options` say otherwise."""
    # Without buffers, select() knows whether there is a line.
    pipes = {'stdout': subprocess.PIPE, 'stderr': subprocess.PIPE, 'stdin': subprocess.DEVNULL, 'bufsize': 0}
    changes = options.pop('env', {})
    return subprocess.Popen([PROGRAM, *map(os.fsencode, arguments)], env=environment(**changes),
                            **{**pipes, **options})


def finish(process):
    out, err = process.communicate(timeout=PATIENCE)
    return Done(process.returncode, (out or b'').decode(), (err or b'').decode())


def expect(condition, *shown):
    if not condition:
        raise AssertionError('\n'.join(map(str, shown)))


def without_times(text):
    return re.sub(SECONDS, 'TIME', text)


# --- Graphs ------------------------------------------------------------------

def command(identity, *argv, **parameters):
    return {'id': identity, 'type': 'command', 'with': {'argv': argv, **parameters}}


def log(identity, message):
    return {'id': identity, 'type': 'log', 'with': {'message': message}}


def chain(*nodes, **members):
    """A graph whose nodes run one after the other."""
    edges = [{'from': a['id'], 'to': b['id']} for a, b in zip(nodes, nodes[1:])]
    return {'fermata': 1, 'kind': 'dag', **members, 'nodes': nodes, 'edges': edges}


class Folder:
    """A place for files of one test."""

    def __init__(self):
        self._scratch = tempfile.TemporaryDirectory()
        self.path = Path(self._scratch.name)

    def __truediv__(self, name):
        return self.path / name

    def write(self, name, content):
        if isinstance(content, dict):
            content = json.dumps(content)
        if isinstance(content, str):
            content = content.encode()
        (self.path / name).write_bytes(content)
        return self.path / name

    def graph(self, *nodes, **members):
        return self.write('graph.fermata.json', chain(*nodes, **members))

    def fifo(self, name='fifo'):
        os.mkfifo(self.path / name)
        return self.path / name


# --- Waiting -----------------------------------------------------------------

def wait_for_line(stream, wanted):
    """Reads lines from a pipe until one of them contains `wanted`; gives all of them."""
    lines = []
    while True:
        ready, _, _ = select.select([stream], [], [], PATIENCE)
        expect(ready, f'no line with {wanted!r} came:', *lines)
        line = stream.readline().decode()
        expect(line, f'the output ended before {wanted!r}:', *lines)
        lines.append(line)
        if wanted in line:
            return lines


def wait_for_end(pid):
    """Until a process that is not our child is gone."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    ready, _, _ = select.select([handle], [], [], PATIENCE)
    os.close(handle)
    expect(ready, f'process {pid} is still there')


def wait_for_file(path):
    """Until somebody has written a whole line into it; gives the line."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        text = path.read_text() if path.exists() else ''
        if text.endswith('\n'):
            return text.strip()
        select.select([], [], [], 0.01)
    raise AssertionError(f'nobody wrote into {path}')


def feed(fifo, text=b''):
    """Waits for the reader of a FIFO, gives it a text, and the end."""
    with open(fifo, 'wb') as stream:
        stream.write(text)

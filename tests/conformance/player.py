# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs machines, some at once: play-charts for Python."""

import concurrent.futures
import json
import os
import select
import subprocess
import tempfile
import threading

# So long a machine may take. Nothing depends on how long it is.
PATIENCE = 60
AT_ONCE = 4


class Player:
    """The program that runs machines; another one, when it has crashed."""

    def __init__(self):
        self.process = None

    def begin(self):
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen([os.environ['FERMATA_PLAY_CHARTS']], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=self.errors, text=True)

    def play(self, file, steps):
        """The answer; a crash is told as "refused"."""
        if self.process is None:
            self.begin()
        try:
            self.process.stdin.write(json.dumps({'file': str(file), 'steps': steps}) + '\n')
            self.process.stdin.flush()
            ready = select.select([self.process.stdout], [], [], PATIENCE)[0]
            answer = self.process.stdout.readline() if ready else ''
        except BrokenPipeError:
            ready, answer = True, ''
        if answer.startswith('{'):
            return json.loads(answer)
        self.process.kill()
        self.process.wait()
        self.errors.seek(0)
        said = self.errors.read()[-1000:].decode(errors='replace') if ready else 'it does not come to an end'
        self.process = None
        return {'refused': f'crash: {said}'}

    def end(self):
        if self.process is not None:
            self.process.stdin.close()
            self.process.wait()
            self.process = None


class Players:
    """As many as run at once; `play` for a list of (file, steps)."""

    def __init__(self):
        self.local = threading.local()
        self.players = []
        self.pool = concurrent.futures.ThreadPoolExecutor(AT_ONCE)

    def play_one(self, request):
        if not hasattr(self.local, 'player'):
            self.local.player = Player()
            self.players.append(self.local.player)
        return self.local.player.play(*request)

    def play(self, requests):
        return list(self.pool.map(self.play_one, requests))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.pool.shutdown()
        for player in self.players:
            player.end()


def play(requests):
    with Players() as players:
        return players.play(requests)

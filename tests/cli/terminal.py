# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The program in a terminal: a pseudo terminal, and a screen that understands
what the program may send, and nothing else."""

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import unicodedata

import cli

SEQUENCE = re.compile(r'\x1b\[(\??)([\d;]*)([A-Za-z])')


def width(letter):
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in 'WF' else 1


class Screen:
    def __init__(self, columns, rows):
        self.columns, self.rows = columns, rows
        self.lines = [{} for _ in range(rows)]
        self.row = self.column = 0
        self.cursor_is_visible = True
        self.styles = set()

    def resize(self, columns, rows):
        """Cuts lines, as plain terminals do, and keeps the cursor on the screen."""
        while len(self.lines) > rows and self.row < len(self.lines) - 1:
            self.lines.pop()
        drop = max(0, len(self.lines) - rows)
        self.lines = [{column: letter for column, letter in line.items() if column < columns}
                      for line in self.lines[drop:]]
        self.lines += [{} for _ in range(rows - len(self.lines))]
        self.columns, self.rows = columns, rows
        self.row, self.column = self.row - drop, min(self.column, columns - 1)

    def scroll(self):
        self.lines = [*self.lines[1:], {}]

    def line_feed(self):
        if self.row == self.rows - 1:
            self.scroll()
        else:
            self.row += 1

    def put(self, letter):
        cells = width(letter)
        if self.column + cells > self.columns:
            self.column = 0
            self.line_feed()
        if cells:
            self.lines[self.row][self.column] = letter
            self.column += cells

    def clear_line(self):
        line = self.lines[self.row]
        for column in [column for column in line if column >= self.column]:
            del line[column]

    def obey(self, private, numbers, letter):
        if private:
            assert (numbers, letter) in (('25', 'l'), ('25', 'h')), f'unknown mode {numbers}{letter}'
            self.cursor_is_visible = letter == 'h'
        elif letter == 'K' and not numbers:
            self.clear_line()
        elif letter == 'J' and not numbers:
            self.clear_line()
            for row in range(self.row + 1, self.rows):
                self.lines[row] = {}
        elif letter == 'A':
            self.row = max(0, self.row - int(numbers))
        elif letter == 'm':
            self.styles.add(numbers)
        else:
            raise AssertionError(f'unknown sequence {numbers}{letter}')

    def feed(self, text):
        """Gives back what is the beginning of a sequence."""
        position = 0
        while position < len(text):
            letter = text[position]
            if letter == '\x1b':
                match = SEQUENCE.match(text, position)
                if not match:
                    expected = text[position:]
                    assert len(expected) < 8, f'unknown sequence {expected[:20]!r}'
                    return expected
                self.obey(*match.groups())
                position = match.end()
                continue
            if letter == '\r':
                self.column = 0
            elif letter == '\n':
                self.line_feed()
            elif letter == '\t':
                self.column = min(self.column // 8 * 8 + 8, self.columns - 1)
            else:
                assert letter.isprintable(), f'a control character came through: {letter!r}'
                self.put(letter)
            position += 1
        return ''

    def text(self):
        lines = [''.join(line.get(column, ' ') if column not in self.covered(line) else ''
                         for column in range(max(line, default=-1) + 1)).rstrip()
                 for line in self.lines]
        return '\n'.join(lines).rstrip('\n')

    def covered(self, line):
        return {column + 1 for column, letter in line.items() if width(letter) == 2}


class Terminal:
    """Runs the program in a terminal of that size."""

    def __init__(self, *arguments, columns=80, rows=24, stdout=None, **changes):
        self.screen = Screen(columns, rows)
        self.master, slave = pty.openpty()
        self.resize(columns, rows)
        self.rest = ''
        self.seen = ''
        self.decoder = codecs.getincrementaldecoder('utf-8')()
        self.process = subprocess.Popen(
            [cli.PROGRAM, *map(str, arguments)], stdin=slave, stdout=stdout or slave, stderr=slave,
            start_new_session=True, env=cli.environment(**{'TERM': 'xterm-256color', **changes}),
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(slave)

    def resize(self, columns, rows):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack('HHHH', rows, columns, 0, 0))
        self.screen.resize(columns, rows)

    def read(self):
        """Some of what comes; False at the end."""
        ready, _, _ = select.select([self.master], [], [], cli.PATIENCE)
        cli.expect(ready, 'nothing came; the screen is:', self.screen.text())
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return False
        text = self.decoder.decode(data)
        self.seen += text
        self.rest = self.screen.feed(self.rest + text)
        return bool(data)

    def wait_for(self, wanted):
        """Until the screen shows it."""
        while not re.search(wanted, self.screen.text()):
            cli.expect(self.read(), f'it ended before {wanted!r} was shown:', self.screen.text())
        return self.screen.text()

    def press(self, keys):
        os.write(self.master, keys)

    def send(self, number=signal.SIGINT):
        self.process.send_signal(number)

    def finish(self):
        """Reads to the end; gives the exit status."""
        while self.read():
            pass
        os.close(self.master)
        return self.process.wait(timeout=cli.PATIENCE)

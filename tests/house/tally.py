# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Counts the test cases in meson's testlog.json.

Shows what failed, names what was skipped, prints what programs tell of themselves
in lines `# result: TEXT`, then one line, `N passed, N failed` or `N passed, N
failed, N skipped`. Exits with 1 if
anything failed. A program that crashed, hung or did not run at all counts as at
least one failure; on standard input are the programs that should have run, a
line of "SUITE NAME" each.
"""

import json
import re
import sys

CASE = re.compile(r'(ok|not ok)\b *\d* *(?:- )?(.*?)(?: *# *(SKIP|TODO)\b *(.*))?$', re.IGNORECASE)
RESULT = re.compile(r'# result: (.*)$')
WHOLE_SKIP = re.compile(r'1\.\.0 *# *SKIP\b *(.*)$', re.IGNORECASE)
GOOD = ('OK', 'SKIP', 'EXPECTEDFAIL')

# Of a program that failed, so much of the end of what it wrote is shown.
SHOWN = 100


def output_of(record):
    lines = [line for line in record.get('stdout', '').splitlines() if not line.startswith('ok ')]
    lines += record.get('stderr', '').splitlines()
    if len(lines) > SHOWN:
        lines[:-SHOWN] = [f'({len(lines) - SHOWN} lines before)']
    return lines


class Tally:
    def __init__(self):
        self.passed = 0
        self.failed = []
        self.skipped = []
        self.outputs = []
        self.results = []
        self.ran = []

    def add_case(self, program, match):
        outcome, name, directive, reason = match.groups()
        place = f'{program}: {name}'
        if directive:
            self.skipped.append(f'{place}: {reason or directive.lower()}')
        elif outcome == 'ok':
            self.passed += 1
        else:
            self.failed.append(place)

    def add_tap(self, program, text):
        for line in text.splitlines():
            case = CASE.match(line)
            if case:
                self.add_case(program, case)
            elif WHOLE_SKIP.match(line):
                self.skipped.append(f'{program}: {WHOLE_SKIP.match(line)[1]}')
            elif RESULT.match(line):
                self.results.append(RESULT.match(line)[1])

    def add_program(self, record):
        before = (self.passed, len(self.skipped), len(self.failed))
        result = record['result']
        # Meson says "fermata:suite / name".
        program = record['name'].removeprefix('fermata:').replace(' / ', '/')
        self.ran.append(program)
        self.add_tap(program, record.get('stdout', ''))
        if result not in GOOD:
            if len(self.failed) == before[2]:
                self.failed.append(f'{program}: {result.lower()}')
            self.outputs.append((program, output_of(record)))
        elif (self.passed, len(self.skipped), len(self.failed)) == before:
            if result == 'SKIP':
                self.skipped.append(program)
            else:
                self.passed += 1

    def add_missing(self, expected):
        for line in expected:
            program = '/'.join(line.split())
            if program and program not in self.ran:
                self.failed.append(f'{program}: did not run')

    def last_line(self):
        line = f'{self.passed} passed, {len(self.failed)} failed'
        return f'{line}, {len(self.skipped)} skipped' if self.skipped else line


def tally(lines):
    result = Tally()
    for line in lines:
        result.add_program(json.loads(line))
    return result


def main(path):
    try:
        with open(path, encoding='utf-8') as log:
            result = tally(log)
    except OSError as error:
        print(f'no test ran: {error.strerror}: {path}')
        result = Tally()
        result.failed.append('all')
    else:
        result.add_missing(sys.stdin)
    for program, lines in result.outputs:
        print(f'\n== {program}')
        print('\n'.join(lines))
    print()
    for title, places in (('skipped', result.skipped), ('failed', result.failed)):
        for place in places:
            print(f'{title}: {place}')
    for line in result.results:
        print(line)
    print(result.last_line())
    return 1 if result.failed else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))

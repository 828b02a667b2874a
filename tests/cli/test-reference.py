# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What is made of the commands' tables: pages for man, and completion for bash."""

import re
import shutil
import subprocess
import sys

import cli
import tap
from cli import expect, fermata

COMMANDS = [line.split()[0] for line in
            fermata('help').out.split('Commands\n')[1].split('Options\n')[0].splitlines()
            if re.match(r'  [a-z]', line)]
PAGES = [command for command in COMMANDS if command != 'help']


def page(*command):
    done = fermata('--generate', 'man', *command)
    expect(done.status == 0, done)
    return done.out


def formatted(text):
    done = subprocess.run(['groff', '-K', 'utf8', '-T', 'utf8', '-man', '-ww', '-P', '-cbou'],
                          input=text.encode(), capture_output=True)
    tap.equal(done.stderr.decode(), '')
    return done.stdout.decode()


def test_pages_are_clean():
    if not shutil.which('groff'):
        raise tap.Skip('there is no groff')
    for command in [()] + [(name,) for name in PAGES]:
        text = formatted(page(*command))
        for section in 'NAME', 'SYNOPSIS', 'DESCRIPTION', 'OPTIONS', 'SEE ALSO':
            expect(f'\n{section}\n' in text, command, text)


def test_every_option_is_there():
    for name in PAGES:
        wanted = re.findall(r'^  (?:-., )?--([-a-z]+)', fermata(name, '--help').out, re.M)
        text = page(name).replace('\\-', '-')
        tap.none_of(sorted(set(wanted) - set(re.findall(r'\\fB--([-a-z]+)\\fR', text))))


def test_nothing_is_taken_for_roff():
    if not shutil.which('groff'):
        raise tap.Skip('there is no groff')
    text = formatted(page('run'))
    expect('fermata run hello.fermata.json --input name=Ada --result' in text, text)
    expect(re.search(r'124 +timed out', text) and re.search(r'0 +done', text), text)


def test_pages_name_each_other():
    for name in PAGES:
        expect(f'fermata\\-{name} (1)' in page(), name)
        expect('.BR fermata (1)' in page(name), name)


def complete(line, folder=None):
    """What bash offers at the end of a line; equals signs are words of their own there."""
    words = [word for part in line.split(' ') for word in re.split('(=)', part) if word or not part]
    script = ('source <("$0" --generate bash); COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); '
              '_fermata; printf "%s\\n" "${COMPREPLY[@]}"')
    done = subprocess.run(['bash', '-c', script, cli.PROGRAM, *words], capture_output=True, text=True,
                          env=cli.environment(), cwd=folder and folder.path)
    tap.equal(done.stderr, '')
    return [word for word in done.stdout.split('\n') if word]


def test_commands_are_completed():
    tap.equal(complete('fermata '), [*PAGES, 'help', '--help', '--version'])
    tap.equal(complete('fermata c'), [name for name in PAGES if name.startswith('c')])
    tap.equal(complete('fermata help ru'), ['run'])


def test_options_are_completed():
    tap.equal(complete('fermata run --metr'), ['--metrics'])
    tap.equal(complete('fermata run --tim'), ['--timeout='])
    expect('--strict' in complete('fermata check --'), complete('fermata check --'))


def test_values_are_completed():
    tap.equal(complete('fermata run --color='), ['auto', 'always', 'never'])
    tap.equal(complete('fermata run --color=al'), ['always'])
    tap.equal(complete('fermata run --color ne'), ['never'])
    tap.equal(complete('fermata run --metrics='), ['table', 'json'])
    tap.equal(complete('fermata run --timeout='), [])


def test_files_are_completed():
    folder = cli.Folder()
    folder.write('a graph.json', '{}')
    tap.equal(complete('fermata run a', folder), ['a graph.json'])
    tap.equal(complete('fermata run --record=a', folder), ['a graph.json'])
    tap.equal(complete('fermata run --metrics a', folder), ['a graph.json'])


def test_types_are_completed():
    tap.equal(complete('fermata types comm'), ['command'])


def nodes_of(folder, *ids):
    nodes = [{'id': identity, 'type': 'set', 'with': {'value': 1}} for identity in ids]
    folder.write('graph', {'fermata': 1, 'kind': 'dag', 'nodes': nodes, 'edges': []})
    words = ['fermata', 'run', 'graph', '--from', '=', '']
    script = ('source <("$0" --generate bash); COMP_WORDS=("$0" "${@:2}"); COMP_CWORD=$(($# - 1)); '
              '_fermata; printf "%s\\n" "${COMPREPLY[@]}"')
    done = subprocess.run(['bash', '-c', script, cli.PROGRAM, *words], capture_output=True, text=True,
                          env=cli.environment(), cwd=folder.path)
    tap.equal(done.stderr, '')
    return [word for word in done.stdout.split('\n') if word]


def test_nodes_are_completed():
    tap.equal(nodes_of(cli.Folder(), 'fetch', 'report'), ['fetch', 'report'])


def test_what_nodes_are_called_is_not_run():
    folder = cli.Folder()
    found = nodes_of(folder, '$(touch ran)', '`touch ran`', 'two words')
    tap.equal(found, ['\\$\\(touch\\ ran\\)', '\\`touch\\ ran\\`', 'two\\ words'])
    expect(not (folder / 'ran').exists(), 'it was run')


tap.main(sys.modules[__name__])

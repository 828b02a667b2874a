# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Events from outside: the option --event, and standard input."""

import subprocess
import sys

import cli
import tap
from cli import expect, fermata


def wait(identity, **parameters):
    return {'id': identity, 'type': 'wait', 'with': parameters}


def graph(*nodes):
    folder = cli.Folder()
    return folder, folder.graph(*nodes, wait('coin', event='coin', when='event.data.value > 1'),
                                cli.log('said', 'got {{input.value}}'))


def run(*options, stdin='', nodes=()):
    folder, path = graph(*nodes)
    return fermata('run', path, *options, stdin=stdin)


def test_options():
    done = run('--event', 'coin {"value": 1}', '--event=coin {"value":2}', '--event=coin {"value":3}')
    expect(done.status == 0 and done.out == 'got 2\n', done)


def test_lines():
    done = run(stdin='\ncoin {"value": 1}\r\n{"event": "coin", "data": {"value": 4}}')
    expect(done.status == 0 and done.out == 'got 4\n', done)


def test_options_come_first():
    done = run('--event', 'coin {"value": 2}', stdin='coin {"value": 3}\n')
    expect(done.out == 'got 2\n', done)


def test_text_is_data_too():
    folder = cli.Folder()
    path = folder.graph(wait('any'), cli.log('said', '{{input}}'))
    for line, said in (('go on now', 'on now'), ('go 12', '12'), ('go', 'null'), ('go "x"', 'x')):
        done = fermata('run', path, stdin=line)
        expect(done.status == 0 and done.out == said + '\n', line, done)


def test_bad_lines_are_said_and_passed_over():
    done = run(stdin='coin {"value": \n{"data": 1}\n{"event": "a b"}\ncoin {"value": 5}\n')
    expect(done.status == 0 and done.out == 'got 5\n', done)
    for line in (1, 2, 3):
        expect(f'standard input:{line}: no event' in done.err, done)


def test_what_is_no_event():
    for line, said in ((b'coin\0', 'UTF-8'), (b'co\xffin', 'UTF-8'), (b'[1]', 'a name, or an object'),
                       (b'{"event": "coin", "value": 5}', '“value”'), (b'{"event": "coin"', 'end of the text'),
                       (b'coin [', 'its data is not JSON'), (b'{"advance": 1}', '--virtual-time'),
                       (b'\x00' * 300, 'UTF-8')):
        folder, path = graph()
        done = subprocess.run([cli.PROGRAM, 'run', path], input=line + b'\ncoin {"value": 5}\n',
                              capture_output=True, env=cli.environment(), timeout=cli.PATIENCE)
        message = done.stderr.decode()
        expect(done.stdout == b'got 5\n' and 'standard input:1: no event: ' in message and said in message,
               line, message)


def test_comments_and_blanks():
    done = run(stdin='# coin {"value": 2}\n\n   \n#\n  coin {"value": 3}  \n')
    expect(done.out == 'got 3\n' and 'no event' not in done.err, done)


def test_long_lines():
    """A line of more than 1 MB is passed over, however long it is."""
    for length, number in ((1 << 20, 1), (5 << 20, 1)):
        lines = 'coin {"value": ' + '9' * length + '}\ncoin {"value": 6}\n'
        done = run(stdin=lines)
        expect(done.out == 'got 6\n' and done.err.count('longer than 1 MB') == 1, done)
        expect(f'standard input:{number}: ' in done.err, done.err)
    done = run(stdin='coin {"value": 6, "x": "' + 'x' * 1000000 + '"}')
    expect(done.out == 'got 6\n', done.err)


def test_names_of_a_machines_own():
    """They are sent, and it is said."""
    for name in ('done.state.a', 'done.invoke.a', 'error.execution', 'error', 'after.a>b'):
        done = run(stdin=f'{name}\ncoin {{"value": 2}}\n')
        expect(done.out == 'got 2\n' and f'“{name}” is named like' in done.err, done)
    for name in ('done', 'done.order', 'errors', 'afterwards'):
        done = run(stdin=f'{name}\ncoin {{"value": 2}}\n')
        expect(done.out == 'got 2\n' and 'is named like' not in done.err, done)


def test_bad_options():
    for event in ('', ' coin', 'coin {', '{"event": 1}', '# coin'):
        done = run('--event', event)
        expect(done.status == 2 and '--event' in done.err, event, done)


def test_end_without_the_event():
    done = run(stdin='coin {"value": 1}\nother\n')
    expect(done.status == 1 and 'event “coin”' in done.err and 'deadlock' in done.err, done)


def test_time_limit_outlives_the_end():
    folder = cli.Folder()
    node = {**wait('coin', event='coin'), 'timeout': '100ms', 'on-error': {'value': 'none'}}
    done = fermata('run', folder.graph(node, cli.log('said', '{{input}}')))
    expect(done.status == 0 and done.out == 'none\n', done)


def test_graph_from_standard_input():
    folder, path = graph()
    done = fermata('run', '-', '--event', 'coin {"value": 6}', stdin=path.read_text())
    expect(done.status == 0 and done.out == 'got 6\n', done)
    done = fermata('run', '-', stdin=path.read_text())
    expect(done.status == 1 and 'deadlock' in done.err, done)


def test_more_than_can_be_kept():
    """What nobody takes is read no further; what is read is not lost."""
    lines = 'other 1\n' * 9999 + 'coin {"value": 7}\n' + 'other 2\n' * 50000
    done = run(stdin=lines)
    expect(done.status == 0 and done.out == 'got 7\n', done)
    done = run('--timeout=300ms', stdin='other 1\n' * 50000)
    expect(done.status == 124, done)


def test_comes_while_it_runs():
    folder, path = graph(cli.log('ready', 'ready'))
    process = cli.start('run', path, stdin=subprocess.PIPE)
    cli.wait_for_line(process.stdout, 'ready')
    process.stdin.write(b'coin {"val')
    process.stdin.write(b'ue": 8}\n')
    cli.wait_for_line(process.stdout, 'got 8')
    expect(process.wait(cli.PATIENCE) == 0, process)


def test_standard_input_is_left_alone():
    """Of a graph where nothing waits, nothing is read."""
    folder = cli.Folder()
    path = folder.graph(cli.log('said', 'hello'))
    done = subprocess.run(['sh', '-c', '"$0" run "$1" && cat', cli.PROGRAM, str(path)], input=b'rest',
                          capture_output=True, env=cli.environment(), timeout=cli.PATIENCE)
    expect(done.stdout == b'hello\nrest', done)


tap.main(sys.modules[__name__])

# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a run shows in a terminal, and what it leaves there."""

import os
import re
import signal
import sys

import cli
import tap
from cli import command, expect, log
from terminal import Terminal

BAR = '[█░]'


def says(identity, folder, text):
    """A node that prints a text and then waits until somebody writes into its FIFO."""
    path = folder.write(f'{identity}.text', text)
    fifo = folder.fifo(f'{identity}.fifo')
    return command(identity, 'sh', '-c', f'cat {path} >&2; cat {fifo}')


def shows(text, wanted, columns=80, rows=24, **changes):
    """Runs one node that prints a text; gives what the terminal showed of it."""
    folder = cli.Folder()
    terminal = Terminal('run', folder.graph(says('fetch', folder, text)), columns=columns, rows=rows,
                        **changes)
    shown = terminal.wait_for(wanted)
    cli.feed(folder / 'fetch.fifo')
    tap.equal(terminal.finish(), 0)
    ended_well(terminal)
    return shown, terminal


def ended_well(terminal):
    expect(terminal.screen.cursor_is_visible, 'the cursor is hidden')
    expect(not re.search(BAR, terminal.screen.text()), 'the view is still there:', terminal.screen.text())


def test_what_is_running():
    shown, _ = shows('first\nsecond\n', 'fetch .* second')
    node, bar = shown.splitlines()
    expect(re.fullmatch(r'fetch +\d+\.\d s  second', node), shown)
    expect(re.fullmatch(r'░{40} 0/1, \d+\.\d s', bar), shown)


def test_nothing_is_left():
    _, terminal = shows('x\n', 'fetch .* x')
    tap.equal(cli.without_times(terminal.screen.text()), 'Done: 1 node in TIME')


def test_messages_stay():
    folder = cli.Folder()
    graph = folder.graph(log('one', 'first\nand\tmore'), says('wait', folder, 'x\n'), log('two', 'second'),
                         says('again', folder, 'y\n'))
    terminal = Terminal('run', graph)
    terminal.wait_for('wait .* x')
    cli.feed(folder / 'wait.fifo')
    shown = terminal.wait_for('again .* y\n█+░+ 3/4')
    expect(re.match(r'first\nand +more\nsecond\nagain .* y\n█+░+ 3/4', shown), shown)
    cli.feed(folder / 'again.fifo')
    tap.equal(terminal.finish(), 0)
    ended_well(terminal)
    tap.equal(terminal.screen.text().splitlines()[0:3:2], ['first', 'second'])
    tap.equal(len(terminal.screen.text().splitlines()), 4)


def test_failures_stay_and_are_counted():
    folder = cli.Folder()
    nodes = [command('bad', 'sh', '-c', 'exit 3'), says('wait', folder, 'x\n')]
    graph = folder.write('graph', {'fermata': 1, 'kind': 'dag', 'on-error': 'continue', 'nodes': nodes,
                                   'edges': []})
    terminal = Terminal('run', graph)
    shown = terminal.wait_for('1/2, 1 failed')
    expect('node bad: failed in ' in shown, shown)
    cli.feed(folder / 'wait.fifo')
    tap.equal(terminal.finish(), 1)
    ended_well(terminal)
    expect('Failed: 1 of 2 nodes' in terminal.screen.text(), terminal.screen.text())


def test_colours():
    _, terminal = shows('x\n', 'fetch .* x')
    expect(terminal.screen.styles >= {'2', '32', '0'}, terminal.screen.styles)


def test_no_colours():
    for changes in ({'NO_COLOR': '1'}, {'NO_COLOR': 'yes'}):
        _, terminal = shows('x\n', 'fetch .* x', **changes)
        tap.equal(terminal.screen.styles, set())


def test_an_empty_no_color_is_none():
    _, terminal = shows('x\n', 'fetch .* x', NO_COLOR='')
    expect(terminal.screen.styles, 'there are no colours')


def test_a_dumb_terminal_gets_lines():
    folder = cli.Folder()
    terminal = Terminal('run', folder.graph(says('fetch', folder, 'x\n')), TERM='dumb')
    terminal.wait_for('node fetch: started')
    cli.feed(folder / 'fetch.fifo')
    tap.equal(terminal.finish(), 0)
    expect('\x1b' not in terminal.seen, terminal.seen)


def test_verbose_gets_lines():
    folder = cli.Folder()
    terminal = Terminal('run', '--verbose', '--color=never', folder.graph(says('fetch', folder, 'x\n')))
    terminal.wait_for('node fetch: started')
    cli.feed(folder / 'fetch.fifo')
    tap.equal(terminal.finish(), 0)
    expect('\x1b' not in terminal.seen, terminal.seen)


def test_quiet_shows_nothing():
    folder = cli.Folder()
    terminal = Terminal('run', '--quiet', folder.graph(says('fetch', folder, 'x\n')))
    cli.feed(folder / 'fetch.fifo')
    tap.equal(terminal.finish(), 0)
    tap.equal(terminal.seen, '')


def test_control_characters_do_no_harm():
    text = 'a\x1b[2J\x1b]0;title\x07b\x08\x00\x9b1m\x1b[31mred\x1b[0m\tc\r50 %\r60 %'
    shown, _ = shows(text, 'fetch .*60 %')
    expect('50' not in shown, shown)
    shown, _ = shows('say \x1b[2J\x1b[31mred\x1b[m\x07 twice\n', 'fetch .*twice')
    expect('red' in shown, shown)


def test_no_text_at_all():
    shown, _ = shows(b'\xff\xfe\x80 bytes\n', 'fetch .*bytes')
    expect('�' in shown, shown)


def test_wide_characters():
    shown, _ = shows('漢字' * 60 + '\n', 'fetch .*漢')
    line = shown.splitlines()[0]
    expect(line.endswith('…'), shown)
    expect(len(shown.splitlines()) == 2, 'a line was broken:', shown)


def test_long_lines_are_cut():
    for columns in 20, 40, 81, 200:
        shown, _ = shows('word ' * 100 + '\n', 'fetch .*word|/1', columns=columns)
        expect(all(len(line) < columns for line in shown.splitlines()), columns, shown)
        tap.equal(len(shown.splitlines()), 2)


def test_narrow_terminals():
    for columns, rows in (20, 24), (80, 5), (20, 5), (20, 2), (10, 3), (2, 2), (1, 1):
        shows('some words\n', '[0-9/…]' if columns > 2 else '.', columns=columns, rows=rows)


def test_few_rows_show_how_many_more():
    folder = cli.Folder()
    nodes = [says(f'node-{number}', folder, 'x\n') for number in range(6)]
    graph = folder.write('graph', {'fermata': 1, 'kind': 'dag',
                                   'nodes': [*nodes, log('end', 'e')],
                                   'edges': [{'from': node['id'], 'to': 'end'} for node in nodes]})
    terminal = Terminal('run', graph, rows=5)
    shown = terminal.wait_for('node-1 .* x\n… and 4 more\n')
    tap.equal(len(shown.splitlines()), 4)
    for node in nodes:
        cli.feed(folder / f'{node["id"]}.fifo')
    tap.equal(terminal.finish(), 0)
    ended_well(terminal)


def test_many_nodes_leave_room_for_others():
    folder = cli.Folder()
    nodes = [says(f'node-{number}', folder, 'x\n') for number in range(30)]
    graph = folder.write('graph', {'fermata': 1, 'kind': 'dag', 'max-concurrency': 20, 'nodes': nodes,
                                   'edges': []})
    terminal = Terminal('run', graph, rows=24)
    shown = terminal.wait_for(r'node-14 .* x\n… and 5 more\n.* 0/30, 10 waiting, ')
    lines = shown[shown.index('node-0 '):].splitlines()
    tap.equal(len(lines), 17)
    terminal.press(b'\x03')
    tap.equal(terminal.finish(), 130)
    ended_well(terminal)


def test_what_failed_and_what_will_be_tried_again():
    folder = cli.Folder()
    nodes = [{**command('again', 'sh', '-c', 'exit 4'), 'retry': {'attempts': 2, 'delay': '1h', 'jitter': 0}},
             *(command(f'bad-{number}', 'sh', '-c', f'echo reason {number} >&2; exit 3')
               for number in range(5)),
             says('wait', folder, 'x\n')]
    graph = folder.write('graph', {'fermata': 1, 'kind': 'dag', 'on-error': 'continue',
                                   'max-concurrency': 1, 'nodes': nodes, 'edges': []})
    terminal = Terminal('run', graph)
    shown = terminal.wait_for(r'wait .* x\n(.*\n){3}again .*until attempt 2\n.* 5/7, ')
    view = shown[shown.index('wait '):].splitlines()
    tap.equal([line.split()[0] for line in view[:5]], ['wait', 'bad-2', 'bad-3', 'bad-4', 'again'])
    expect(re.fullmatch(r'bad-4 +failed  exit status 3: reason 4', view[3]), shown)
    expect(re.fullmatch(r'again +(59 min \d\d s|1 h 00 min)  until attempt 2', view[4]), shown)
    expect(', 5 failed, 1 retrying, ' in view[5], shown)
    terminal.press(b'\x03')
    tap.equal(terminal.finish(), 130)
    ended_well(terminal)


def test_what_waits_for_an_event():
    folder = cli.Folder()
    nodes = [{'id': 'approval', 'type': 'wait', 'with': {'event': 'go'}}]
    terminal = Terminal('run', folder.write('graph', {'fermata': 1, 'kind': 'dag', 'nodes': nodes, 'edges': []}))
    node, _ = terminal.wait_for('approval .* event\n.* 0/1, ').splitlines()
    expect(re.fullmatch(r'approval +\d+\.\d s  waits for an event', node), node)
    terminal.press(b'go\r')
    tap.equal(terminal.finish(), 0)
    ended_well(terminal)


def test_the_window_changes_its_size():
    folder = cli.Folder()
    terminal = Terminal('run', folder.graph(says('fetch', folder, 'word ' * 50 + '\n')))
    terminal.wait_for('fetch .*word')
    for columns, rows in (20, 5), (120, 40), (30, 10):
        terminal.resize(columns, rows)
        # Until it is drawn for that width: the line is cut there.
        shown = terminal.wait_for(rf'(?m)^fetch .{{{columns - 9},{columns - 7}}}…$')
        tap.equal(len([line for line in shown.splitlines() if '0/1' in line]), 1)
    cli.feed(folder / 'fetch.fifo')
    tap.equal(terminal.finish(), 0)
    ended_well(terminal)


def ends_by(what):
    folder = cli.Folder()
    terminal = Terminal('run', folder.graph(says('fetch', folder, 'x\n')))
    terminal.wait_for('fetch .* x')
    expect(not terminal.screen.cursor_is_visible, 'the cursor is not hidden')
    what(terminal)
    tap.equal(terminal.finish(), 130)
    ended_well(terminal)
    expect('Cancelled after' in terminal.screen.text(), terminal.screen.text())


def test_control_c():
    ends_by(lambda terminal: terminal.press(b'\x03'))


def test_interrupt():
    ends_by(lambda terminal: terminal.send(signal.SIGINT))


def test_terminate():
    ends_by(lambda terminal: terminal.send(signal.SIGTERM))


def test_stop_and_go_on():
    folder = cli.Folder()
    terminal = Terminal('run', folder.graph(says('fetch', folder, 'x\n')))
    terminal.wait_for('fetch .* x')
    terminal.press(b'\x1a')
    _, status = os.waitpid(terminal.process.pid, os.WUNTRACED)
    expect(os.WIFSTOPPED(status), f'it did not stop: {status}')
    while not terminal.screen.cursor_is_visible:
        terminal.read()
    expect('fetch' not in terminal.screen.text(), 'the view is still there:', terminal.screen.text())
    terminal.send(signal.SIGCONT)
    terminal.wait_for('fetch .* x')
    cli.feed(folder / 'fetch.fifo')
    tap.equal(terminal.finish(), 0)
    ended_well(terminal)


def test_messages_into_a_file():
    folder = cli.Folder()
    with open(folder / 'out', 'wb') as out:
        graph = folder.graph(log('say', 'x\x1b[2J'), says('fetch', folder, 'y\n'))
        terminal = Terminal('run', graph, stdout=out)
    terminal.wait_for('fetch .* y')
    cli.feed(folder / 'fetch.fifo')
    tap.equal(terminal.finish(), 0)
    tap.equal((folder / 'out').read_bytes(), b'x\x1b[2J\n')
    tap.equal(cli.without_times(terminal.screen.text()), 'Done: 2 nodes in TIME')


def test_messages_do_no_harm():
    folder = cli.Folder()
    terminal = Terminal('run', folder.graph(log('say', 'a\x1b[2Jb\x07\nc')))
    tap.equal(terminal.finish(), 0)
    tap.equal(terminal.screen.text().splitlines()[:2], ['a␛[2Jb␇', 'c'])


def test_check_has_colours_in_a_terminal():
    terminal = Terminal('check', '/no/such/file')
    tap.equal(terminal.finish(), 3)
    expect(terminal.screen.styles, 'there are no colours')
    terminal = Terminal('check', '/no/such/file', NO_COLOR='1')
    tap.equal(terminal.finish(), 3)
    tap.equal(terminal.screen.styles, set())


tap.main(sys.modules[__name__])

# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Ctrl-C and its kin, time limits, and readers that go away or never come."""

import json
import os
import signal
import subprocess
import sys

import cli
import tap
from cli import command, expect, log

CANCELLED = 130


def waiting(folder, name='fifo'):
    """A node that waits until somebody writes into the FIFO."""
    return command('wait', 'cat', str(folder.fifo(name)))


def start(graph, *options, **more):
    process = cli.start('run', graph, *options, **more)
    cli.wait_for_line(process.stderr, 'node wait: started')
    return process


def ends_by(number):
    folder = cli.Folder()
    process = start(folder.graph(waiting(folder), log('never', 'never')))
    process.send_signal(number)
    done = cli.finish(process)
    expect(done.status == CANCELLED and done.out == '', done)
    expect('Cancelling' in done.err and 'node wait: cancelled' in done.err, done)
    expect('Cancelled after' in done.err and '0 of 2 nodes done' in done.err, done)


def test_interrupt():
    ends_by(signal.SIGINT)


def test_terminate():
    ends_by(signal.SIGTERM)


def test_hang_up():
    ends_by(signal.SIGHUP)


def test_what_always_runs_still_runs():
    folder = cli.Folder()
    process = start(folder.graph(waiting(folder), {**log('clean', 'cleaned up'), 'join': 'always'}))
    process.send_signal(signal.SIGINT)
    done = cli.finish(process)
    tap.equal((done.status, done.out), (CANCELLED, 'cleaned up\n'))


def stubborn(folder):
    """A node that does not heed SIGTERM. It says so once it does not."""
    script = (f'trap "" TERM; echo $$ >{folder.path}/made; mv {folder.path}/made {folder.path}/pid; '
              'while :; do sleep 1000; done')  # a victim
    return command('wait', 'sh', '-c', script)


def test_twice_kills():
    folder = cli.Folder()
    process = start(folder.graph(stubborn(folder)))
    pid = int(cli.wait_for_file(folder / 'pid'))
    process.send_signal(signal.SIGINT)
    cli.wait_for_line(process.stderr, 'Cancelling')
    process.send_signal(signal.SIGINT)
    done = cli.finish(process)
    expect(done.status == CANCELLED and 'Killing' in done.err, done)
    cli.wait_for_end(pid)


def endless(folder):
    """A script that never ends, and its process."""
    node = {'id': 'wait', 'type': 'script', 'with': {'code': 'console.log (1); for (;;);'}}
    process = cli.start('run', '--events', folder.graph(node))
    cli.wait_for_line(process.stdout, '"chunk"')
    children = open(f'/proc/{process.pid}/task/{process.pid}/children', encoding='ascii').read().split()
    tap.equal(len(children), 1)
    return process, int(children[0])


def test_interrupt_ends_scripts():
    process, script = endless(cli.Folder())
    process.send_signal(signal.SIGINT)
    expect(cli.finish(process).status == CANCELLED, 'another status')
    cli.wait_for_end(script)


def test_scripts_do_not_outlive_a_killed_engine():
    process, script = endless(cli.Folder())
    process.send_signal(signal.SIGKILL)
    cli.finish(process)
    cli.wait_for_end(script)


def test_quiet_says_nothing_of_signals():
    folder = cli.Folder()
    fifo = folder.fifo()
    process = cli.start('run', '--quiet', folder.graph(command('wait', 'cat', str(fifo)), log('never', 'x')))
    with open(fifo, 'wb'):
        process.send_signal(signal.SIGINT)
        done = cli.finish(process)
    expect(done.status == CANCELLED and done.err.startswith('Cancelled after'), done)


def test_time_limit():
    folder = cli.Folder()
    done = cli.fermata('run', '--timeout=50ms', folder.graph(waiting(folder), log('never', 'never')))
    expect(done.status == 124 and done.out == '' and 'Timed out after' in done.err, done)


def test_time_limit_in_seconds():
    folder = cli.Folder()
    done = cli.fermata('run', '--timeout', '0.05', folder.graph(waiting(folder)))
    tap.equal(done.status, 124)


def test_events_come_as_they_happen():
    folder = cli.Folder()
    process = cli.start('run', '--events', folder.graph(waiting(folder), log('say', '{{input}}')))
    lines = cli.wait_for_line(process.stdout, '"task-began"')
    tap.equal([json.loads(line)['n'] for line in lines], list(range(1, len(lines) + 1)))
    cli.feed(folder / 'fifo', b'x')
    done = cli.finish(process)
    expect(done.status == 0 and '"logged"' in done.out, done)


def test_messages_come_as_they_happen():
    folder = cli.Folder()
    process = cli.start('run', folder.graph(log('say', 'now'), waiting(folder)))
    cli.wait_for_line(process.stdout, 'now')
    cli.feed(folder / 'fifo')
    tap.equal(cli.finish(process).status, 0)


def test_reader_goes_away():
    folder = cli.Folder()
    graph = folder.graph(log('first', 'one'), waiting(folder), log('second', 'two'),
                         command('forever', 'cat', str(folder.fifo('never'))))
    process = start(graph)
    cli.wait_for_line(process.stdout, 'one')
    process.stdout.close()
    cli.feed(folder / 'fifo')
    said = process.stderr.read().decode()
    expect(process.wait(cli.PATIENCE) == CANCELLED, process.returncode, said)
    expect('pipe' not in said.lower() and 'Cancelled' not in said, said)


def test_a_full_disk_is_told():
    folder = cli.Folder()
    for options in ([], ['--events'], ['--result']):
        with open('/dev/full', 'wb') as full:
            process = cli.start('run', folder.graph(log('say', 'x')), *options, stdout=full)
            done = cli.finish(process)
        expect(done.status == 1 and 'No space left' in done.err, options, done)


def test_closed_outputs():
    folder = cli.Folder()
    graph = folder.graph(command('make', 'echo', 'x'), log('say', '{{input}}'))
    done = subprocess.run(['sh', '-c', 'exec "$0" "$@" <&- >&- 2>&-', cli.PROGRAM, 'run', graph],
                          env=cli.environment(), timeout=cli.PATIENCE)
    tap.equal(done.returncode, 0)


def many(folder, count=20000):
    """More events than a pipe takes, and then a node that waits."""
    nodes = [{'id': f'n{number}', 'type': 'set', 'with': {'value': 'x' * 20}} for number in range(count)]
    return folder.graph(*nodes, waiting(folder))


def test_a_reader_that_stands_still_holds_up_nothing():
    folder = cli.Folder()
    process = start(many(folder), '--events')
    process.send_signal(signal.SIGINT)
    cli.wait_for_line(process.stderr, 'Cancelling')
    done = cli.finish(process)
    events = [json.loads(line) for line in done.out.splitlines()]
    tap.equal(done.status, CANCELLED)
    tap.equal([event['n'] for event in events], list(range(1, len(events) + 1)))
    tap.equal(events[-1]['data']['state'], 'cancelled')


def test_what_nobody_reads_is_given_up():
    folder = cli.Folder()
    process = start(many(folder), '--events')
    process.send_signal(signal.SIGINT)
    cli.wait_for_line(process.stderr, 'node wait: cancelled')
    # It may still be about to notice that the run is over.
    process.send_signal(signal.SIGINT)
    tap.equal(process.wait(cli.PATIENCE), CANCELLED)
    process.stdout.close()
    process.stderr.close()


def test_the_record_of_a_run_that_was_cancelled():
    folder = cli.Folder()
    process = start(folder.graph(waiting(folder)), f'--record={folder / "record"}')
    expect(not (folder / 'record').exists(), 'the record is there before its end')
    process.send_signal(signal.SIGINT)
    tap.equal(cli.finish(process).status, CANCELLED)
    last = (folder / 'record').read_text().splitlines()[-1]
    tap.equal(json.loads(last)['state'], 'cancelled')


def test_a_record_takes_the_place_of_another_at_the_end():
    folder = cli.Folder()
    folder.write('record', 'another')
    process = start(folder.graph(waiting(folder)), f'--record={folder / "record"}')
    tap.equal((folder / 'record').read_text(), 'another')
    cli.feed(folder / 'fifo')
    tap.equal(cli.finish(process).status, 0)
    expect((folder / 'record').read_text().startswith('{"fermata-record":1,'), 'there is no record')
    tap.equal(sorted(os.listdir(folder.path)), ['fifo', 'graph.fermata.json', 'record'])


def test_a_record_has_what_was_told():
    folder = cli.Folder()
    graph = folder.graph(command('make', 'printf', 'a\\nb'), log('say', '{{input}}'))
    done = cli.fermata('run', graph, '--events', f'--record={folder / "record"}')
    lines = (folder / 'record').read_text().splitlines()
    recorded = [json.loads(line) for line in lines[1:-1]]
    texts = [event.pop('text') for event in recorded if event['kind'] == 'chunk']
    tap.equal(recorded, [json.loads(line) for line in done.out.splitlines()])
    tap.equal(''.join(texts), 'a\nb')
    header = json.loads(lines[0])
    tap.equal(header['graph'], json.loads(graph.read_text()))
    tap.equal(header['inputs'], {})


def test_a_record_on_a_full_disk():
    if not os.path.exists('/dev/full'):
        raise tap.Skip('there is no /dev/full')
    folder = cli.Folder()
    done = cli.fermata('run', folder.graph(log('say', 'x')), '--record=/dev/full')
    expect(done.status == 2 and done.out == '' and '--record=/dev/full' in done.err, done)


tap.main(sys.modules[__name__])

# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a run is told not to keep is missing in memory only."""

import json
import sys

import cli
import tap
from cli import expect, fermata

folder = cli.Folder()
graph = folder.write('graph', {
    'fermata': 1, 'kind': 'dag', 'edges': [], 'result': 'nodes.n4999.output',
    'nodes': [{'id': f'n{i}', 'type': 'set', 'with': {'value': i}} for i in range(5000)]})


def test_all_is_printed():
    done = fermata('run', graph, '--keep-events=10', '--events')
    tap.equal(done.status, 0)
    events = [json.loads(line) for line in done.out.splitlines()]
    expect(len(events) >= 10002, done)
    tap.equal([event['n'] for event in events], list(range(1, len(events) + 1)))


def test_the_record_has_all():
    record = folder / 'run.record'
    done = fermata('run', graph, '--keep-events=10', f'--record={record}', '--result')
    tap.equal((done.status, done.out), (0, '4999\n'))
    expect(len(record.read_text().splitlines()) >= 10002 + 2, record)
    done = fermata('explain', graph, 'n3', f'--history={record}', '--at=7')
    expect(done.status == 0, done)


def test_metrics_count_all():
    done = fermata('run', graph, '--keep-events=10', '--metrics=json', '--quiet')
    tap.equal(done.status, 0)
    expect('5000' in done.out + done.err, done.out[:500], done.err[:500])


tap.main(sys.modules[__name__])

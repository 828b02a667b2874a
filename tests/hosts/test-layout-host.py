# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The program that lays out: whatever it is given, it says what is wrong and ends."""

import json
import os
import resource
import select
import signal
import subprocess
import sys

import tap

HOST = sys.argv[1]

# So long a test waits for what must happen.
PATIENCE = 60

DONE, FAILED, USAGE, NOT_DOT, TOO_LARGE = range(5)


def lay_out(dot, form='json', seconds=20, **options):
    done = subprocess.run([HOST, form, str(seconds)], input=dot if isinstance(dot, bytes) else dot.encode(),
                          capture_output=True, timeout=PATIENCE, **options)
    return done.returncode, done.stdout, done.stderr.decode(errors='replace')


def expect(condition, *shown):
    assert condition, '\n'.join(map(str, shown))


def refused(dot, status, words=''):
    got = lay_out(dot)
    expect(got[0] == status and not got[1] and words in got[2] and got[2].strip(), f'{got} for {dot[:100]}')


def test_formats():
    for form, beginning in (('json', b'{'), ('svg', b'<?xml'), ('png', b'\x89PNG'), ('pdf', b'%PDF'), ('dot', b'digraph')):
        status, out, err = lay_out('digraph { a -> b }', form)
        expect(status == DONE and out.startswith(beginning) and not err, form, status, err)


def test_positions():
    status, out, _ = lay_out('digraph { rankdir=LR; subgraph cluster_x { a } a -> b [label="<&>"] }')
    expect(status == DONE)
    drawn = json.loads(out)
    expect([one['name'] for one in drawn['objects']] == ['cluster_x', 'a', 'b'], drawn)
    expect(all('_draw_' in one for one in drawn['objects'] + drawn['edges']), drawn)


def test_order():
    """The same text, the same picture, whatever is where in memory; in the order of the text."""
    dot = 'digraph { compound=true ' + ''.join(f'subgraph cluster_{name} {{ {name} }} ' for name in 'zabycx') + '}'
    drawn = json.loads(lay_out(dot)[1])
    clusters = [one['name'] for one in drawn['objects'] if one['name'].startswith('cluster')]
    expect(clusters == [f'cluster_{name}' for name in 'zabycx'], clusters)
    expect(len({lay_out(dot)[1] for _ in range(5)}) == 1)


def test_usage():
    for arguments in ([], ['json'], ['json', '0'], ['json', 'x'], ['gif', '1'], ['json', '1', '2']):
        done = subprocess.run([HOST, *arguments], stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE)
        expect(done.returncode == USAGE and b'Usage' in done.stderr, arguments, done)


def test_no_dot():
    refused('', NOT_DOT)
    refused(' \n', NOT_DOT)
    refused('hello', NOT_DOT, 'line 1')
    refused('digraph {\n a -> ', NOT_DOT, 'line 2')
    refused('digraph { a [label="x\n', NOT_DOT)
    refused('digraph { a\0 }', NOT_DOT, 'zero')
    refused(bytes(range(1, 256)), NOT_DOT)
    refused('{"objects": []}', NOT_DOT)


def test_odd_dot():
    """Graphviz has its ways with these; what it makes of them is a picture."""
    for dot in ('graph {}', 'strict graph "" { a -- a }', 'digraph { a [label=<<b>x>] }', 'digraph { size="1e9,1e9" a }',
                'digraph { a [width=1000000000] }', 'digraph { a [shape=nobody image="/etc/passwd"] }', 'digraph { layout=nobody a }',
                'digraph { rank=same a:n:s -> b:x:y }', 'digraph { layout=neato a [pos="1,2!"] }', 'digraph { a -> b [lhead=no] }'):
        status, out, err = lay_out(dot)
        expect(status in (DONE, FAILED) or status < 0, dot, status, err)
        if status == DONE:
            json.loads(out.decode())


def test_reads_no_files():
    status, out, _ = lay_out('digraph { a [image="/usr/share/pixmaps/debian-logo.png" shapefile="/etc/passwd"] }', 'svg')
    expect(status == DONE and b'xlink:href="/' not in out and b'root:' not in out, out)


def test_too_long():
    refused('digraph {' + ' ' * (65 << 20) + '}', TOO_LARGE, 'too long')


def test_many_nodes():
    """More than `dot` is used for."""
    status, out, err = lay_out('digraph {' + ''.join(f'n{i // 2} -> n{i};' for i in range(1, 2500)) + '}', seconds=60)
    expect(status == DONE, status, err)
    expect(len(json.loads(out)['objects']) == 2500)


def test_long_chain():
    """Graphviz walks along it by recursion."""
    status, _, err = lay_out('digraph { layout=dot splines=none ' + '->'.join(f'n{i}' for i in range(1500)) + '}', seconds=60)
    expect(status == DONE, status, err)


HARD = 'digraph { nslimit=1000 mclimit=1000 ' + ''.join(
    f'n{i * 7919 % 1201} -> n{i * i * 31 % 1193};' for i in range(6000)) + '}'


def test_processor_time():
    """Nobody stops it, and it stops all the same."""
    status, out, _ = lay_out(HARD, seconds=1)
    expect(status in (-signal.SIGXCPU, -signal.SIGKILL) and not out, status)


def test_nobody_reads():
    """Who asked is gone: it does not go on for nobody."""
    reader, writer = os.pipe()
    process = subprocess.Popen([HOST, 'json', '300'], stdin=subprocess.PIPE, stdout=writer, stderr=subprocess.DEVNULL)
    os.close(writer)
    process.stdin.write(HARD.encode())
    process.stdin.close()
    os.close(reader)
    expect(process.wait(PATIENCE) != DONE)


def test_no_core():
    process = subprocess.Popen([HOST, 'json', '300'], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdin.write(HARD.encode())
    process.stdin.close()
    ready, _, _ = select.select([process.stdout], [], [], 0.2)
    expect(not ready)
    expect(resource.prlimit(process.pid, resource.RLIMIT_CORE) == (0, 0))
    process.kill()
    expect(process.wait(PATIENCE) == -signal.SIGKILL)
    process.stdout.close()


tap.main(sys.modules[__name__])

# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Whatever a file holds: a clear error, nothing half done, no crash."""

import json
import os
import stat
import sys

import cli
import tap
from cli import expect, fermata

INVALID = 3

HELLO = (cli.EXAMPLES / 'hello.fermata.json').read_bytes()


def refused(arguments, *words, **options):
    """Both say the same and change nothing."""
    for verb in 'run', 'check':
        done = fermata(verb, *arguments, **options)
        said = done.out + done.err
        expect(done.status == INVALID and 'error: ' in said, verb, done)
        expect(all(word in said for word in words), f'{words} are not said', done)
        expect(verb == 'check' or done.out == '', 'something ran', done)


def test_missing():
    refused(['no-such-file'], 'no-such-file: error: No such file or directory')


def test_empty():
    folder = cli.Folder()
    refused([folder.write('empty', '')], 'there is nothing in here')
    refused([folder.write('blank', ' \n\t')], 'there is nothing in here')


def test_a_folder():
    folder = cli.Folder()
    refused([folder.path], 'this is a folder')


def test_a_fifo():
    folder = cli.Folder()
    refused([folder.fifo()], 'this is a pipe')


def test_a_device():
    refused(['/dev/zero'], 'no regular file')


def test_binary():
    folder = cli.Folder()
    refused([cli.PROGRAM], 'this is no text')
    refused([folder.write('noise', bytes(range(256)))], 'this is no text')
    refused([folder.write('latin-1', b'{ "fermata": 1, "name": "\xe9" }')], 'UTF-8')


def test_no_permission():
    if os.geteuid() == 0:
        raise tap.Skip('root may read everything')
    folder = cli.Folder()
    path = folder.write('secret', HELLO)
    path.chmod(0)
    refused([path], 'Permission denied')


def test_links_in_a_circle():
    folder = cli.Folder()
    (folder / 'a').symlink_to(folder / 'b')
    (folder / 'b').symlink_to(folder / 'a')
    refused([folder / 'a'])


def test_a_name_that_is_no_text():
    folder = cli.Folder()
    name = os.fsencode(folder.path) + b'/\xff\x1b.json'
    done = cli.finish(cli.start(b'check', name))
    expect(done.status == INVALID and '\x1b' not in done.out, done)


def test_standard_input():
    refused(['-'], '<stdin>:1:1: error: there is nothing in here')
    refused(['-'], '<stdin>:1:2: error: ', stdin='{')


def test_too_large():
    folder = cli.Folder()
    path = folder.write('large', ' ' * 2048)
    refused(['--max-size=2K', folder.write('exact', ' ' * 2048)], 'there is nothing in here')
    refused(['--max-size=2047', path], 'longer than the limit')


def test_deep():
    folder = cli.Folder()
    refused([folder.write('deep', '[' * 100000)], 'error: ')
    refused([folder.write('deep', '{"a":' * 100000 + '1' + '}' * 100000)], 'error: ')


def cuts(text):
    """Every beginning of a text that lacks more than white space."""
    return [text[:length] for length in range(len(text.rstrip()))]


def test_truncated_at_every_byte():
    for example in sorted(cli.EXAMPLES.glob('*.fermata.json')):
        folder = cli.Folder()
        names = [folder.write(str(number), cut).name
                 for number, cut in enumerate(cuts(example.read_bytes()))]
        done = fermata('check', '--json', *names, cwd=folder.path)
        expect(done.status == INVALID, example, done.status, done.err)
        wrong = {diagnostic['file'] for diagnostic in json.loads(done.out)
                 if diagnostic['severity'] == 'error' and diagnostic['line'] >= 1}
        tap.equal(sorted(set(names) - wrong), [])


def test_truncated_at_every_byte_and_run():
    text = b'{"fermata":1,"kind":"dag","nodes":[{"id":"a","type":"log","with":{"message":"ran"}}]}'
    folder = cli.Folder()
    for cut in cuts(text):
        done = fermata('run', folder.write('cut', cut))
        expect(done.status == INVALID and done.out == '' and 'cut:' in done.err, cut, done)
    tap.equal(fermata('run', folder.write('cut', text)).out, 'ran\n')


def test_truncated_is_not_laid_out():
    folder = cli.Folder()
    texts = {folder.write(str(number), cut): cut for number, cut in enumerate(cuts(HELLO))}
    done = fermata('fmt', *texts)
    expect(done.status == INVALID, done.status)
    for path, text in texts.items():
        tap.equal(path.read_bytes(), text)
    tap.equal(len(list(folder.path.iterdir())), len(texts))


def test_one_bad_byte():
    folder = cli.Folder()
    for position in range(0, len(HELLO), 3):
        broken = HELLO[:position] + b'\x00' + HELLO[position + 1:]
        done = fermata('check', folder.write('broken', broken))
        expect(done.status == INVALID, position, done)


def test_layout_keeps_what_the_file_is():
    folder = cli.Folder()
    untidy = b'{"fermata":1,"kind":"dag","nodes":[]}'
    path = folder.write('real', untidy)
    path.chmod(0o640)
    (folder / 'link').symlink_to('real')
    done = fermata('fmt', folder / 'link')
    expect(done.status == 0, done)
    expect((folder / 'link').is_symlink(), 'the link is gone')
    tap.equal(stat.S_IMODE(path.stat().st_mode), 0o640)
    expect(path.read_bytes() != untidy, 'it was not laid out')
    tap.equal(sorted(entry.name for entry in folder.path.iterdir()), ['link', 'real'])


def test_layout_does_not_touch_what_has_it():
    folder = cli.Folder()
    path = folder.write('graph', '{"fermata":1,"kind":"dag","nodes":[]}')
    fermata('fmt', path)
    before = path.stat()
    fermata('fmt', path)
    after = path.stat()
    tap.equal((after.st_ino, after.st_mtime_ns), (before.st_ino, before.st_mtime_ns))


def test_much_that_is_wrong_on_one_long_line():
    folder = cli.Folder()
    nodes = ','.join('{"id":"n%d","type":"sett","with":{}}' % number for number in range(20000))
    path = folder.write('wide', '{"fermata":1,"kind":"dag","nodes":[%s]}' % nodes)
    done = fermata('check', path)
    expect(done.status == INVALID, done.status)
    expect(all(len(line) <= 200 for line in done.out.splitlines()), 'a line is too long')


tap.main(sys.modules[__name__])

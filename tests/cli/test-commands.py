# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Whatever a command does: the run tells it, and leaves nothing behind."""

import json
import shutil
import sys

import cli
import tap
from cli import command, expect, fermata, log


def run(*argv, options=(), **parameters):
    """A graph with this command; `{folder}` in its words stands for a scratch folder."""
    folder = cli.Folder()
    words = [word.replace('{folder}', str(folder.path)) for word in argv]
    path = folder.graph(command('try', *words, **parameters), log('said', '{{input}}'))
    return fermata('run', path, *options), folder


def fails(*argv, words, status=1, **more):
    done, folder = run(*argv, **more)
    expect(done.status == status, f'expected status {status}', done)
    expect(all(word in done.err for word in words), f'{words} are not said', done)
    expect(done.out == '', 'what comes after it ran', done)
    return folder


def test_large_outputs():
    """They go to files, which stay where somebody named the folder."""
    folder = cli.Folder()
    path = folder.graph(command('many', 'seq', '1000', output='lines'),
                        log('said', '{{input.artifact.size}} {{input.artifact["media-type"]}}'))
    done = fermata('run', path, '--max-value', '1K', '--run-dir', folder / 'kept')
    expect(done.status == 0 and done.out == '5894 application/json\n', done)
    kept = list((folder / 'kept').glob('*/*'))
    tap.equal([file.name for file in kept], ['0-0-1-many.json'])
    tap.equal(json.loads(kept[0].read_text())[999], '1000')

    # Of an earlier run nothing is given whose file is gone.
    record = folder / 'run.record'
    done = fermata('run', path, '--max-value=5893', '--record', record, XDG_CACHE_HOME=str(folder / 'gone'))
    expect(done.status == 0, done)
    done = fermata('run', path, '--from=said', '--history', record)
    expect(done.status == 2 and '“many”' in done.err and 'file that it was in is gone' in done.err, done)

    # Another run does not replace them.
    done = fermata('run', path, '--max-value', '1K', '--run-dir', folder / 'kept')
    expect(done.status == 0 and len(list((folder / 'kept').glob('*/*'))) == 2, done)

    done = fermata('run', path, '--max-value=5893', XDG_CACHE_HOME=str(folder / 'cache'))
    expect(done.status == 0 and done.out == '5894 application/json\n', done)
    tap.equal(list((folder / 'cache' / 'fermata' / 'runs').iterdir()), [])
    done = fermata('run', path, '--max-value=5894', XDG_CACHE_HOME=str(folder / 'unused'))
    expect(done.status == 1 and not (folder / 'unused').exists(), done)
    done = fermata('run', path, '--max-value=much')
    expect(done.status == 2 and '--max-value' in done.err, done)


def test_no_such_program():
    fails('/no/such/program', words=['try', '/no/such/program', 'there is no such program'])
    fails('no-such-program-at-all', words=['no-such-program-at-all'])


def test_no_program():
    fails(str(cli.EXAMPLES / 'hello.fermata.json'), words=['ermission denied'])
    fails('/', words=['“/” is a directory'])
    fails('', words=['try'])


def test_no_such_folder():
    fails('true', cwd='/no/such/folder', words=['/no/such/folder'])


def test_exit_status():
    fails('sh', '-c', 'echo first >&2; echo last words >&2; exit 3',
          words=['exit status 3: last words', '| first', '(execution)'])


def test_success_codes():
    done, _ = run('sh', '-c', 'echo x; exit 3', **{'success-codes': [3]})
    tap.equal((done.status, done.out), (0, 'x\n'))


def test_not_the_json_it_promised():
    fails('echo', '{"a": }', output='json', words=['not JSON', '1:7', '(transformation)'])
    fails('true', output='json', words=['not JSON'])
    fails('printf', r'\377', words=['not UTF-8'])


def test_dies_by_a_signal():
    fails('sh', '-c', 'kill -SEGV $$', words=['signal 11'])


def test_closes_its_input():
    done, _ = run('sh', '-c', 'exec <&-; echo x', stdin='y' * 1000000)
    tap.equal((done.status, done.out), (0, 'x\n'))


def test_reads_all_of_its_input():
    done, _ = run('wc', '-c', stdin='y' * 1000000)
    tap.equal((done.status, done.out), (0, '1000000\n'))


def test_reads_nothing_of_ours():
    folder = cli.Folder()
    done = fermata('run', folder.graph(command('cat', 'cat'), log('said', '[{{input}}]')), stdin='ours')
    tap.equal((done.status, done.out), (0, '[]\n'))


def test_ignores_the_polite_signal():
    done, folder = run('sh', '-c', 'trap "" TERM; echo $$ >{folder}/pid; sleep 1000',  # a victim
                       options=['--timeout=300ms'])
    expect(done.status == 124 and 'Timed out' in done.err, done)
    pid = folder / 'pid'
    if pid.exists() and pid.read_text():
        cli.wait_for_end(int(pid.read_text()))


def leaves_behind(script):
    done, folder = run('sh', '-c', script)
    tap.equal((done.status, done.out), (0, 'x\n'))
    cli.wait_for_end(int((folder / 'pid').read_text()))


def test_a_grandchild_is_ended():
    leaves_behind('sleep 1000 & echo $! >{folder}/pid; echo x')  # a victim


def test_a_grandchild_of_its_own_session_is_ended():
    if not shutil.which('setsid'):
        raise tap.Skip('there is no setsid')
    leaves_behind('setsid sh -c "echo \\$\\$ >{folder}/made; mv {folder}/made {folder}/pid; '
                  'exec sleep 1000" & '  # a victim
                  'while ! test -e {folder}/pid; do :; done; echo x')


def test_a_grandchild_that_holds_no_pipe_is_ended():
    leaves_behind('sleep 1000 <&- >&- 2>&- & echo $! >{folder}/pid; echo x')  # a victim


def test_much_output():
    done, _ = run('sh', '-c', 'yes | head -c 3000000', output='lines', options=['--events'])
    expect(done.status == 0, done.status, done.err)
    events = [json.loads(line) for line in done.out.splitlines()]
    printed = sum(event['data']['length'] for event in events if event['kind'] == 'chunk')
    tap.equal(printed, 3000000)


def test_a_shell_never_sees_the_words():
    done, _ = run('printf', '%s', '$(echo no); `echo no` "quoted" \'too\' *')
    tap.equal(done.out, '$(echo no); `echo no` "quoted" \'too\' *\n')


tap.main(sys.modules[__name__])

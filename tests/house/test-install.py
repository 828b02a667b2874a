# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What is installed can be used. Arguments: the root, the build folder."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import tap

BUILD = sys.argv[2]

PROGRAM = '''
#include <fermata.h>

int
main (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) value = fermata_value_parse ("[1, 2.5]", -1, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
  g_print ("%s", text);
  return 0;
}
'''


def run(*arguments, **environment):
    done = subprocess.run(arguments, capture_output=True, text=True, env={**os.environ, **environment})
    if done.returncode:
        raise AssertionError(f'{arguments[0]}: status {done.returncode}\n{done.stdout}{done.stderr}')
    return done.stdout


scratch = tempfile.TemporaryDirectory()
destination = Path(scratch.name)


def installed(pattern):
    found = sorted(destination.rglob(pattern))
    assert found, f'{pattern} was not installed'
    return found[0]


# The sysroot also goes before what is not in it.
def flags():
    given = run('pkg-config', '--cflags', '--libs', 'fermata-1',
                PKG_CONFIG_PATH=str(installed('fermata-1.pc').parent),
                PKG_CONFIG_SYSROOT_DIR=str(destination)).split()
    return [flag for one in given for flag in (one, one.replace(str(destination), ''))]


def test_it_installs():
    run('meson', 'install', '-C', BUILD, '--no-rebuild', '--quiet', '--destdir', str(destination))
    for pattern in 'fermata.h', 'fermata-1.pc', 'libfermata-1.so', 'libexec/fermata-script-host', \
            'libexec/fermata-layout-host':
        installed(pattern)


def test_a_program_can_be_built_against_it():
    source, program = destination / 'program.c', destination / 'program'
    source.write_text(PROGRAM)
    run('cc', '-o', str(program), str(source), *flags())
    shown = run(str(program), LD_LIBRARY_PATH=str(installed('libfermata-1.so').parent))
    tap.equal(shown, '[1,2.5]')


def test_a_module_can_be_built_against_it():
    module = destination / 'checksum.so'
    run('cc', '-Wall', '-Werror', '-shared', '-fPIC', '-o', str(module), str(installed('checksum.c')), *flags())
    shown = run(str(installed('fermata')), 'types', 'checksum', '--module', str(module),
                LD_LIBRARY_PATH=str(installed('libfermata-1.so').parent))
    assert shown.startswith('checksum · Checksum'), shown


def test_scripts_run():
    graph = destination / 'script.json'
    graph.write_text('{"fermata": 1, "kind": "dag", "edges": [], "nodes": [{"id": "a", "type": "script",'
                     ' "with": {"code": "return 6 * 7"}}]}')
    environment = {name: value for name, value in os.environ.items() if name not in ('FERMATA_SCRIPT_HOST', 'FERMATA_LAYOUT_HOST')}
    environment['LD_LIBRARY_PATH'] = str(installed('libfermata-1.so').parent)
    done = subprocess.run([str(installed('fermata')), 'run', str(graph), '--result'],
                          capture_output=True, text=True, env=environment)
    assert done.returncode == 0 and '42' in done.stdout, done


def test_the_app_is_known_to_desktops():
    identity = 'io.github.fermata.Fermata'
    for pattern in ('bin/fermata-studio', f'applications/{identity}.desktop', f'metainfo/{identity}.metainfo.xml',
                    f'mime/packages/{identity}.xml', f'hicolor/scalable/apps/{identity}.svg',
                    f'hicolor/symbolic/apps/{identity}-symbolic.svg'):
        installed(pattern)
    shown = run(str(installed('bin/fermata-studio')), '--version',
                LD_LIBRARY_PATH=str(installed('libfermata-1.so').parent))
    assert shown.startswith('fermata-studio '), shown


def test_every_command_has_a_page():
    shown = run(str(installed('bin/fermata')), 'help',
                LD_LIBRARY_PATH=str(installed('libfermata-1.so').parent))
    listed = shown.split('Commands\n')[1].split('Options\n')[0]
    commands = [line.split()[0] for line in listed.splitlines() if re.match(r'  [a-z]', line)]
    pages = ['fermata.1', *sorted(f'fermata-{command}.1' for command in commands if command != 'help')]
    tap.equal(sorted(path.name for path in destination.rglob('man/man1/*')), sorted(pages))


def test_completion_is_where_bash_looks():
    run('bash', '-n', str(installed('share/bash-completion/completions/fermata')))


def test_no_private_header_is_installed():
    tap.equal([path.name for path in destination.rglob('*-private.h')], [])


tap.main(sys.modules[__name__])

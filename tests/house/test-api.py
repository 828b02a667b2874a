# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The public interface: listed, documented, exported, complete.

Arguments: the root, the shared library, the public headers that are installed.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import api
import tap
import tree

LIBRARY = sys.argv[2]
INSTALLED = {Path(header).resolve().relative_to(tree.ROOT).as_posix() for header in sys.argv[3:]}
FERMATA_H = 'src/libfermata/fermata.h'

HEADER = '''
/* FERMATA_EXTERN void fermata_not_this (void); */
FERMATA_EXTERN
GQuark fermata_thing_error_quark (void);
FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataThing, fermata_thing, FERMATA, THING, GObject)
FERMATA_EXTERN
char *fermata_thing_tell (FermataThing *self, void (*func) (int a, int b), ..., GError **error) G_GNUC_PRINTF (2, 3);
FERMATA_EXTERN
void fermata_thing_stop (void);
typedef struct _FermataOther FermataOther;
typedef enum { FERMATA_A, } FermataSome;
struct _FermataThingClass { int a; };
'''


def headers():
    return [path for path in tree.files('src/libfermata')
            if path.endswith('.h') and not path.endswith('-private.h')]


def sources():
    return [tree.read(path) for path in tree.files('src/libfermata') if path.endswith(('.c', '.h'))]


def declared():
    return [function for path in headers() for function in api.functions(path, tree.read(path))]


def test_declarations_are_found():
    found = list(api.functions('x.h', HEADER))
    tap.equal([function.name for function in found],
              ['fermata_thing_error_quark', 'fermata_thing_tell', 'fermata_thing_stop'])
    tap.equal(found[1].parameters, ['self', 'func', '...', 'error'])
    tap.equal(found[1].place, 'x.h:8')
    tap.equal([name for _, name in api.types('x.h', HEADER)],
              ['FermataThing', 'FermataOther', 'FermataSome'])


def test_missing_documentation_is_found():
    tell, stop = list(api.functions('x.h', HEADER))[1:]

    def lacks(function, text):
        return api.undocumented(function, api.doc_blocks([text]))
    whole = '/**\n * fermata_thing_tell:\n * @self: a\n * @func: (scope call): b\n * @...: c\n *\n * Tells.\n *\n * Returns: d\n */'
    tap.equal(lacks(tell, whole), None)
    tap.equal(lacks(tell, whole.replace('@func', '@fun')), 'x.h:8: fermata_thing_tell: not documented: @func')
    tap.equal(lacks(tell, whole.replace('Returns:', 'It gives')),
              'x.h:8: fermata_thing_tell: not documented: Returns:')
    tap.equal(lacks(stop, whole), 'x.h:10: fermata_thing_stop: no documentation')
    tap.equal(lacks(stop, '/**\n * fermata_thing_stop: (skip)\n *\n * Stops.\n */'), None)
    tap.equal(lacks(stop, '/*\n * fermata_thing_stop:\n */'), 'x.h:10: fermata_thing_stop: no documentation')


def test_every_public_function_is_documented():
    blocks = api.doc_blocks(sources())
    tap.none_of([lack for lack in (api.undocumented(function, blocks) for function in declared()) if lack])


def test_every_public_type_is_documented():
    blocks = api.doc_blocks(sources())
    tap.none_of([f'{place}: {name}: no documentation' for path in headers()
                 for place, name in api.types(path, tree.read(path)) if name not in blocks])


def test_every_header_is_installed():
    tap.equal(sorted(set(headers()) - INSTALLED), [])


def test_no_private_header_is_installed():
    tap.equal([path for path in INSTALLED if path.endswith('-private.h')], [])
    tap.none_of([f'{path}: includes a private header' for path in INSTALLED
                 if re.search(r'#\s*include.*-private\.h', tree.read(path))])


def test_every_header_stands_alone():
    flags = subprocess.run(['pkg-config', '--cflags', 'gobject-2.0', 'gio-unix-2.0', 'json-glib-1.0'],
                           check=True, capture_output=True, text=True).stdout.split()
    with tempfile.TemporaryDirectory() as scratch:
        programs = []
        for number, path in enumerate(sorted(INSTALLED)):
            programs.append(Path(scratch, f'{number}.c'))
            programs[-1].write_text(f'#include "{path.removeprefix("src/libfermata/")}"\n')
        compiled = subprocess.run(
            ['cc', '-std=gnu11', '-fsyntax-only', '-Wall', '-Wextra', '-Wno-unused-parameter', '-Werror',
             '-I', tree.ROOT / 'src/libfermata', *flags, *programs],
            capture_output=True, text=True)
    tap.equal((compiled.returncode, compiled.stderr), (0, ''))


def test_fermata_h_has_every_header():
    listed = set(re.findall(r'#include "([^"]+)"', tree.read(FERMATA_H)))
    there = {path.removeprefix('src/libfermata/') for path in INSTALLED}
    # What declares nothing to call.
    there -= {'fermata.h', 'fermata-extern.h'}
    tap.equal(sorted(there - listed), [])
    tap.equal(sorted(listed - there), [])


def test_exported_is_what_is_declared():
    symbols = subprocess.run(['nm', '--dynamic', '--defined-only', '--format=posix', LIBRARY],
                             check=True, capture_output=True, text=True).stdout
    exported = {line.split()[0] for line in symbols.splitlines() if line.startswith('fermata')}
    public = {function.name for function in declared()}
    public |= {symbol for symbol in exported if symbol.endswith('_get_type')}
    tap.equal(sorted(public - exported), [])
    tap.equal(sorted(exported - public), [])


tap.main(sys.modules[__name__])

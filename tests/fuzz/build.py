# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""build.py CLANG SOURCE_ROOT TARGET.c OUTPUT PLANTED_OUTPUT SOURCE.c…

Compiles rooms of the library and a target for libFuzzer with clang, whatever the
rest is compiled with; and once more with a crash planted in the target.
"""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PACKAGES = ['glib-2.0', 'gobject-2.0', 'gmodule-no-export-2.0', 'gio-unix-2.0', 'json-glib-1.0',
            'libxml-2.0', 'libcgraph']
FLAGS = ['-std=gnu11', '-g', '-O1', '-w', '-fno-strict-aliasing', '-D_GNU_SOURCE', '-DG_LOG_DOMAIN="Fermata"',
         '-DGETTEXT_PACKAGE="fermata-1"', '-DFERMATA_LOCALEDIR=""', '-DFERMATA_BINDIR=""', '-DFERMATA_LIBEXECDIR=""',
         '-DFERMATA_LIBEXECDIR_FROM_LIBDIR=""', '-fno-sanitize-recover=all']
SANITIZERS = 'address,undefined'


def ask_pkg_config(option):
    return subprocess.run(['pkg-config', option, *PACKAGES], check=True, text=True,
                          stdout=subprocess.PIPE).stdout.split()


def main():
    clang, root, target, output, planted, *sources = sys.argv[1:]
    folder = Path(f'{output}.p')
    folder.mkdir(exist_ok=True)
    flags = [*FLAGS, f'-I{root}/src/libfermata', *ask_pkg_config('--cflags')]
    libraries = [*ask_pkg_config('--libs'), '-lm']

    def compile_one(source, to=None, *more):
        to = to or folder / (Path(source).stem + '.o')
        subprocess.run([clang, f'-fsanitize=fuzzer-no-link,{SANITIZERS}', *flags, *more, '-c', source, '-o', to],
                       check=True)
        return to

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        objects = list(pool.map(compile_one, sources))
    for name, more in (output, []), (planted, ['-DPLANTED_CRASH']):
        main_object = compile_one(target, folder / (Path(name).name + '.o'), *more)
        subprocess.run([clang, f'-fsanitize=fuzzer,{SANITIZERS}', main_object, *objects, *libraries, '-o', name],
                       check=True)


main()

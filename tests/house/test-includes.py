# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The include checker, on planted faults and on the tree."""

import sys

import includes
import tap
import tree

PLANTED = {
    'src/libfermata/fermata.h',
    'src/libfermata/fermata-extern.h',
    'src/libfermata/value/fermata-value.h',
    'src/libfermata/value/fermata-value-private.h',
    'src/libfermata/model/fermata-graph.h',
    'src/libfermata/expression/fermata-scope.h',
    'src/libfermata/engine/run/fermata-run.h',
    'src/libfermata/engine/dag/fermata-dag.h',
    'src/libfermata/executor/fermata-local.h',
    'src/libfermata/format/fermata-json.h',
    'src/libfermata/check/fermata-checker.h',
    'src/cli/cli-run.h',
}


def found(path, text):
    return [line.split(': ', 1)[1] for line in includes.violations(path, text, PLANTED.__contains__)]


def refused(path, name):
    quoted = name if name[0] in '<"' else f'"{name}"'
    violations = found(path, f'#include {quoted}\n')
    if len(violations) != 1:
        raise AssertionError(f'{path} including {quoted} is not refused: {violations}')


def allowed(path, name):
    quoted = name if name[0] in '<"' else f'"{name}"'
    tap.equal(found(path, f'#include {quoted}\n'), [])


def test_rooms_see_what_they_build_on():
    allowed('src/libfermata/model/a.c', 'value/fermata-value.h')
    allowed('src/libfermata/check/a.c', 'value/fermata-value.h')
    allowed('src/libfermata/check/a.c', 'expression/fermata-scope.h')
    allowed('src/libfermata/executor/a.c', 'engine/run/fermata-run.h')
    allowed('src/libfermata/engine/dag/a.c', 'engine/run/fermata-run.h')
    allowed('src/libfermata/engine/a.c', 'engine/dag/fermata-dag.h')
    allowed('src/libfermata/defaults/a.c', 'executor/fermata-local.h')
    allowed('src/libfermata/defaults/a.c', 'check/fermata-checker.h')
    allowed('src/libfermata/value/a.c', 'fermata-extern.h')
    allowed('src/hosts/a.c', 'expression/fermata-scope.h')


def test_rooms_see_nothing_else():
    refused('src/libfermata/value/a.c', 'model/fermata-graph.h')
    refused('src/libfermata/model/a.c', 'expression/fermata-scope.h')
    refused('src/libfermata/expression/a.c', 'model/fermata-graph.h')
    refused('src/libfermata/format/a.c', 'expression/fermata-scope.h')
    refused('src/libfermata/format/a.c', 'check/fermata-checker.h')
    refused('src/libfermata/engine/a.c', 'check/fermata-checker.h')
    refused('src/libfermata/engine/dag/a.c', 'executor/fermata-local.h')
    refused('src/libfermata/engine/a.c', 'format/fermata-json.h')
    refused('src/libfermata/check/a.c', 'engine/run/fermata-run.h')
    refused('src/libfermata/model/a.c', 'fermata.h')
    refused('src/hosts/a.c', 'engine/run/fermata-run.h')


def test_front_ends_see_the_public_header():
    for room in 'cli', 'dap', 'app':
        allowed(f'src/{room}/a.c', 'fermata.h')
        allowed(f'src/{room}/a.c', '<fermata.h>')
        refused(f'src/{room}/a.c', 'value/fermata-value.h')
        refused(f'src/{room}/a.c', 'value/fermata-value-private.h')
        refused(f'src/{room}/a.c', 'fermata-extern.h')
    allowed('src/cli/a.c', 'cli-run.h')
    refused('src/app/a.c', 'cli-run.h')


def test_libraries_stay_in_their_rooms():
    allowed('src/app/a.c', '<gtk/gtk.h>')
    refused('src/cli/a.c', '<gtk/gtk.h>')
    refused('src/libfermata/report/a.c', '<gtk/gtk.h>')
    allowed('src/libfermata/storage/a.c', '<sqlite3.h>')
    refused('src/libfermata/engine/a.c', '<sqlite3.h>')
    allowed('src/libfermata/expression/a.c', '<jsc/jsc.h>')
    allowed('src/hosts/a.c', '<jsc/jsc.h>')
    refused('src/libfermata/engine/nodes/a.c', '<jsc/jsc.h>')
    allowed('src/libfermata/format/a.c', '<graphviz/cgraph.h>')
    refused('src/libfermata/model/a.c', '<graphviz/cgraph.h>')
    allowed('src/libfermata/format/a.c', '<libxml/parser.h>')
    refused('src/libfermata/value/a.c', '<libxml/parser.h>')
    allowed('src/libfermata/value/a.c', '<json-glib/json-glib.h>')
    refused('src/libfermata/format/a.c', '<json-glib/json-glib.h>')
    refused('src/libfermata/engine/a.c', '<libsoup/soup.h>')
    allowed('src/libfermata/engine/a.c', '<gio/gio.h>')
    allowed('src/libfermata/executor/a.c', '<sys/wait.h>')
    refused('src/libfermata/engine/a.c', '<curl/curl.h>')


def test_tricks_are_seen_through():
    refused('src/libfermata/value/a.c', '<model/fermata-graph.h>')
    refused('src/libfermata/value/a.c', '../model/fermata-graph.h')
    refused('src/libfermata/value/a.c', 'model/fermata-nowhere.h')
    tap.equal(len(found('src/libfermata/value/a.c', '#include HEADER\n')), 1)
    tap.equal(len(found('src/libfermata/value/a.c', ' # \tinclude <sqlite3.h>\n')), 1)
    tap.equal(len(found('src/libfermata/value/a.c', '/* a */ int b;\n#include"sqlite3.h"\n')), 1)
    tap.equal(len(found('src/libfermata/attic/a.c', '')), 1)


def test_comments_include_nothing():
    tap.equal(found('src/libfermata/value/a.c', '/*\n#include <sqlite3.h>\n*/\n'), [])
    tap.equal(found('src/libfermata/value/a.c', '// #include <sqlite3.h>\n'), [])
    tap.equal(found('src/libfermata/value/a.c', 'char *s = "/*";\n#include <sqlite3.h>\n// */\n'),
              ['value may not include <sqlite3.h>'])


def test_a_fault_has_its_place():
    tap.equal(list(includes.violations('src/libfermata/value/a.c', '/* a\n b */\n\n#include <sqlite3.h>\n',
                                       PLANTED.__contains__)),
              ['src/libfermata/value/a.c:4: value may not include <sqlite3.h>'])


def test_the_tree():
    sources = [path for path in tree.files('src') if path.endswith(('.c', '.h'))]
    assert len(sources) > 10, 'the sources were not found'
    there = set(sources)
    tap.none_of([line for path in sources
                 for line in includes.violations(path, tree.read(path), there.__contains__)])


tap.main(sys.modules[__name__])

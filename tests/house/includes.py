# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Who may include whom.

A room is a folder of the library, or one of the programs. MAY_INCLUDE says
which rooms each one sees; what it does not say is not allowed.
"""

import re
from pathlib import PurePosixPath

LIBRARY = 'src/libfermata/'

# Each room, and the rooms it builds on. What these build on it sees as well.
BUILDS_ON = {
    'value': [],
    'model': ['value'],
    'expression': ['value'],
    'check': ['model', 'expression'],
    'format': ['model', 'value'],
    'engine': ['model', 'expression', 'value'],
    'executor': ['engine'],
    'services': ['engine'],
    'storage': ['engine'],
    'debugger': ['engine', 'expression', 'model'],
    'report': ['format', 'engine'],
    'defaults': ['check', 'executor', 'services', 'storage', 'debugger', 'report'],
}

# The helper programs look inside; the front ends see fermata.h only.
PROGRAMS = {
    'hosts': ['expression', 'format', 'value'],
    'dap': [],
    'cli': [],
    'app': [],
}
FRONT_ENDS = {'dap', 'cli', 'app'}

EVERYWHERE = object()

# Other people's headers, by how they begin, and the rooms that may have them.
FOREIGN = {
    'glib.h': EVERYWHERE,
    'glib-object.h': EVERYWHERE,
    'glib-unix.h': EVERYWHERE,
    'glib/': EVERYWHERE,
    'gio/': EVERYWHERE,
    'gmodule.h': EVERYWHERE,
    'sys/': EVERYWHERE,
    'linux/': EVERYWHERE,
    # The type at the public boundary, and for the messages of protocols.
    'json-glib/': {'value', 'services', 'dap'},
    'jsc/': {'expression', 'hosts'},
    'libxml/': {'format', 'expression'},
    'graphviz/': {'format', 'report', 'hosts'},
    'libsoup/': {'services'},
    'libsecret/': {'services'},
    'sqlite3.h': {'storage'},
    'gtk/': {'app'},
    'gdk/': {'app'},
    'gsk/': {'app'},
    'graphene.h': {'app'},
    'pango/': {'app'},
    'adwaita.h': {'app'},
    'gtksourceview/': {'app'},
}

# C and POSIX.
STANDARD = {
    name + '.h' for name in (
        'alloca', 'assert', 'ctype', 'dirent', 'dlfcn', 'errno', 'fcntl', 'fenv', 'float', 'ftw',
        'inttypes', 'langinfo', 'limits', 'locale', 'malloc', 'math', 'poll', 'pthread', 'pwd',
        'sched', 'signal', 'spawn', 'stdalign', 'stdarg', 'stdatomic', 'stdbool', 'stddef',
        'stdint', 'stdio', 'stdlib', 'string', 'strings', 'syslog', 'termios', 'time', 'unistd',
        'wchar')
}

INCLUDE = re.compile(r'^[ \t]*#[ \t]*(?:include|include_next|import)\b[ \t]*(.*)$', re.MULTILINE)
NAMED = re.compile(r'(["<])([^">]+)[">]')
# A comment or a string, whichever begins first.
NOT_CODE = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"', re.DOTALL)


def rooms_seen_by(room):
    """The room itself and all that it builds on."""
    seen, todo = set(), [room]
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo += BUILDS_ON.get(name, PROGRAMS.get(name, []))
    return seen


def room_of(path):
    """The room a file under src/ belongs to; '' for the library's own top."""
    parts = PurePosixPath(path).parts
    if path.startswith(LIBRARY):
        return parts[2] if len(parts) > 3 else ''
    return parts[1] if len(parts) > 2 else ''


def without_comments(text):
    def blank(match):
        token = match[0]
        return token if token.startswith('"') else '\n' * token.count('\n') or ' '
    return NOT_CODE.sub(blank, text)


def foreign_is_allowed(room, name):
    if name in STANDARD:
        return True
    for beginning, rooms in FOREIGN.items():
        if name == beginning or (beginning.endswith('/') and name.startswith(beginning)):
            return rooms is EVERYWHERE or room in rooms
    return False


def resolve(path, name, exists):
    """The file that a quoted include means, or None."""
    beside = str(PurePosixPath(path).parent / name)
    for candidate in (beside, LIBRARY + name):
        if exists(candidate):
            return candidate
    return None


def own_is_allowed(path, target):
    room, other = room_of(path), room_of(target)
    if room in FRONT_ENDS:
        return target == LIBRARY + 'fermata.h' or target.startswith(f'src/{room}/')
    if target == LIBRARY + 'fermata.h':
        return False
    return other == '' or other in rooms_seen_by(room)


def violations(path, text, exists):
    """What is wrong with the includes of one file; `exists` tells which files there are."""
    room = room_of(path)
    if room == '' and path != LIBRARY + 'fermata.h' and path != LIBRARY + 'fermata-extern.h':
        yield f'{path}:1: belongs to no room'
    elif room != '' and room not in BUILDS_ON and room not in PROGRAMS:
        yield f'{path}:1: the room {room} is not in the list of who may include whom'
    clean = without_comments(text)
    for match in INCLUDE.finditer(clean):
        place = f'{path}:{clean.count(chr(10), 0, match.start()) + 1}'
        named = NAMED.match(match[1])
        if not named:
            yield f'{place}: an include names its file: {match[1].strip()}'
            continue
        quote, name = named.groups()
        if '..' in PurePosixPath(name).parts:
            yield f'{place}: includes go by room path, not through ..: {name}'
        elif quote == '<' and name != 'fermata.h':
            if not foreign_is_allowed(room, name):
                yield f'{place}: {room} may not include <{name}>'
        else:
            target = resolve(path, name, exists)
            if target is None:
                yield f'{place}: there is no {name}'
            elif path != LIBRARY + 'fermata.h' and not own_is_allowed(path, target):
                yield f'{place}: {room} may not include "{name}"'

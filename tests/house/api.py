# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the public headers declare, and whether it is documented."""

import re
import xml.etree.ElementTree as xml

COMMENT = re.compile(r'/\*.*?\*/|//[^\n]*', re.DOTALL)
PUBLIC = re.compile(r'\bFERMATA_EXTERN\s+(?!G_DECLARE_)([^;{}]*);')
FUNCTION = re.compile(r'(.*?)\b(fermata_\w+)\s*\((.*)\)\s*$', re.DOTALL)
ATTRIBUTE = re.compile(r'\bG_(?:GNUC|ANALYZER)_\w+(?:\s*\([^()]*\))?')
TYPE = re.compile(r'\}\s*(Fermata\w+)\s*;|\btypedef\s+struct\s+_(Fermata\w+)\s+\w+\s*;'
                  r'|\bG_DECLARE_\w+\s*\(\s*(\w+)|\btypedef\b[^;{}]*\(\s*\*\s*(Fermata\w+)\s*\)')
BLOCK = re.compile(r'/\*\*\n((?: \*[^\n]*\n)+?) ?\*/')
TITLE = re.compile(r' \* ([\w:-]+?):?(?:\s+\(.*)?$')

# The types' own machinery: made by macros, left out of the reference.
MACHINERY = ('_get_type', '_quark')


class Function:
    def __init__(self, path, line, returns, name, parameters):
        self.place = f'{path}:{line}'
        self.name = name
        self.returns_something = returns.split() != ['void']
        self.parameters = parameters


def parameter_names(text):
    names, depth, start = [], 0, 0
    for position, letter in enumerate(text + ','):
        depth += {'(': 1, ')': -1}.get(letter, 0)
        if letter == ',' and depth == 0:
            one = text[start:position].strip()
            start = position + 1
            callback = re.search(r'\(\s*\*\s*(\w+)\s*\)', one)
            last = re.search(r'(\w+|\.\.\.)\s*(?:\[\w*\])?$', one)
            if one and one != 'void':
                names.append((callback or last)[1])
    return names


def without_comments(text):
    return COMMENT.sub(lambda match: '\n' * match[0].count('\n') or ' ', text)


def functions(path, text):
    """The public functions that a header declares."""
    clean = without_comments(text)
    for match in PUBLIC.finditer(clean):
        function = FUNCTION.match(ATTRIBUTE.sub('', match[1]))
        if not function:
            continue
        returns, name, parameters = function.groups()
        line = clean.count('\n', 0, match.start(1) + function.start(2)) + 1
        yield Function(path, line, returns, name, parameter_names(parameters))


def types(path, text):
    """(place, name) of the types that a header declares."""
    clean = without_comments(text)
    for match in TYPE.finditer(clean):
        name = next(filter(None, match.groups()))
        if not name.endswith(('Class', 'Interface')):
            yield f'{path}:{clean.count(chr(10), 0, match.start()) + 1}', name


def doc_blocks(texts):
    """What is documented: name -> the text of its block."""
    blocks = {}
    for text in texts:
        for match in BLOCK.finditer(text):
            title = TITLE.match(match[1].split('\n', 1)[0])
            if title:
                blocks[title[1]] = match[1]
    return blocks


def undocumented(function, blocks):
    """What the documentation of a function lacks, or None."""
    if function.name.endswith(MACHINERY):
        return None
    block = blocks.get(function.name)
    if block is None:
        return f'{function.place}: {function.name}: no documentation'
    lacks = [f'@{name}' for name in function.parameters
             if name != 'error' and not re.search(rf'^ \* @{re.escape(name)}:', block, re.MULTILINE)]
    if function.returns_something and not re.search(r'^ \* Returns:', block, re.MULTILINE):
        lacks.append('Returns:')
    return f'{function.place}: {function.name}: not documented: {", ".join(lacks)}' if lacks else None


GIR = {'core': 'http://www.gtk.org/introspection/core/1.0',
       'glib': 'http://www.gtk.org/introspection/glib/1.0'}
TOLD_IN_GIR = ('core:class', 'core:interface', 'core:record', 'core:enumeration', 'core:bitfield',
               'core:callback', 'core:constant')
TOLD_IN_TYPE = ('core:property', 'glib:signal', 'core:member')


def undocumented_in_gir(text):
    """Types, properties, signals and enumeration members without a text."""
    namespace = xml.fromstring(text).find('core:namespace', GIR)
    for kind in TOLD_IN_GIR:
        for element in namespace.findall(kind, GIR):
            name = element.get('name')
            if f'{{{GIR["glib"]}}}is-gtype-struct-for' in element.attrib:
                continue
            if element.find('core:doc', GIR) is None:
                yield f'{name}: no documentation'
            for kind_within in TOLD_IN_TYPE:
                for inner in element.findall(kind_within, GIR):
                    if inner.find('core:doc', GIR) is None:
                        yield f'{name}: {inner.get("name")}: no documentation'

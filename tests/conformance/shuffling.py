# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A document that means the same: the ids of its states dealt out anew, and what
has no order put into another.

An id that an expression has in a string of its own, not in `In ('ID')` and not in
`done.state.ID`, keeps its name: who knows what is made of it.
"""

import random
import re
from xml.dom import minidom

SCXML = 'http://www.w3.org/2005/07/scxml'
STATES = ('state', 'parallel', 'final', 'history')
REFERENCES = ('target', 'initial')
EXPRESSIONS = re.compile(r'(?:cond|expr|location|array)$|expr$|location$')

# Of these the children's order counts within a group, and not between groups.
GROUPS = {
    'scxml': ({'datamodel'}, {'script'}, {'state', 'parallel', 'final'}),
    'state': ({'datamodel'}, {'onentry'}, {'onexit'}, {'transition'}, {'initial'}, {'invoke'},
              {'state', 'parallel', 'final', 'history'}),
    'final': ({'onentry'}, {'onexit'}, {'donedata'}),
    'invoke': ({'param', 'content'}, {'finalize'}),
}
GROUPS['parallel'] = GROUPS['state']


def is_scxml(element, *names):
    return element.namespaceURI == SCXML and (not names or element.localName in names)


def elements(node):
    """All that are SCXML's, down to what is somebody's data."""
    for child in list(node.childNodes):
        if child.nodeType == child.ELEMENT_NODE and is_scxml(child):
            yield child
            yield from elements(child)


def texts(element):
    return [child for child in element.childNodes
            if child.nodeType in (child.TEXT_NODE, child.CDATA_SECTION_NODE)]


def expressions(document):
    """All JavaScript but what is only logged, as objects whose text can be changed."""
    for element in elements(document):
        if is_scxml(element, 'log'):
            continue
        for name in element.attributes.keys():
            if EXPRESSIONS.search(name):
                yield element.getAttributeNode(name)
        if is_scxml(element, 'script', 'data', 'assign', 'content'):
            yield from texts(element)


def uses(id):
    """The two ways in which an expression may name a state: In ('ID'), done.state.ID."""
    name = re.escape(id)
    return re.compile(rf'''(\bIn\s*\(\s*['"]|\bdone\.state\.){name}(?![\w.-])''')


# --- Ids --------------------------------------------------------------------------

def state_ids(document):
    return [element.getAttribute('id') for element in elements(document)
            if is_scxml(element, *STATES) and element.hasAttribute('id')]


def is_quoted(id, text):
    text = uses(id).sub('', text)
    return any(re.search(rf'(?<![\w-]){re.escape(id)}(?![\w-])', quoted)
               for quoted in re.findall(r'''"[^"\n]*"|'[^'\n]*\'''', text))


def kept_ids(document, ids):
    all_texts = [expression.nodeValue for expression in expressions(document)]
    return sorted({id for id in ids if any(is_quoted(id, text) for text in all_texts)})


def deal(ids, kept, chance):
    """Each gets the name of another, if there is one."""
    ids = sorted(set(ids) - set(kept))
    chance.shuffle(ids)
    return dict(zip(ids, ids[1:] + ids[:1]))


def rename_in_text(text, names):
    """All at once, as names change places."""
    def renamed(match):
        return match[1] + names.get(match[2], match[2])
    return re.sub(r'''(\bIn\s*\(\s*['"]|\bdone\.state\.)((?:[\w-]|\.(?=[\w-]))+)''', renamed, text)


def rename(document, names):
    for element in elements(document):
        if is_scxml(element, *STATES) and element.hasAttribute('id'):
            element.setAttribute('id', names.get(element.getAttribute('id'), element.getAttribute('id')))
        for name in REFERENCES:
            if element.hasAttribute(name):
                ids = [names.get(id, id) for id in element.getAttribute(name).split()]
                element.setAttribute(name, ' '.join(ids))
        if element.hasAttribute('event'):
            element.setAttribute('event', rename_in_text(element.getAttribute('event'), names))
    for expression in expressions(document):
        expression.nodeValue = rename_in_text(expression.nodeValue, names)


# --- Order ------------------------------------------------------------------------

def group_of(child, groups):
    return next((number for number, group in enumerate(groups) if is_scxml(child, *group)), None)


def mixed(sequences, chance):
    """One of all ways to put sequences together."""
    turns = [number for number, sequence in enumerate(sequences) for _ in sequence]
    chance.shuffle(turns)
    rest = [iter(sequence) for sequence in sequences]
    return [next(rest[turn]) for turn in turns]


def reorder_children(element, chance, fixed):
    groups = GROUPS[element.localName]
    if fixed:
        groups = tuple(group for group in groups if 'datamodel' not in group)
    children = [child for child in element.childNodes if child.nodeType == child.ELEMENT_NODE]
    places = [child for child in children if group_of(child, groups) is not None]
    sequences = [[child for child in places if group_of(child, groups) == number] for number in range(len(groups))]
    order = mixed(sequences, chance)
    marks = []
    for child in places:
        mark = element.ownerDocument.createComment('')
        element.replaceChild(mark, child)
        marks.append(mark)
    for mark, child in zip(marks, order):
        element.replaceChild(child, mark)


def reorder_attributes(element, chance):
    pairs = list(element.attributes.items())
    chance.shuffle(pairs)
    for name, _ in pairs:
        element.removeAttribute(name)
    for name, value in pairs:
        element.setAttribute(name, value)


def reorder(document, chance):
    """Data are made in document order: where there are several models, they stay."""
    several = sum(is_scxml(element, 'datamodel') for element in elements(document)) > 1
    for element in list(elements(document)):
        if element.localName in GROUPS:
            reorder_children(element, chance, several)
        reorder_attributes(element, chance)


# --- Both -------------------------------------------------------------------------

def shuffled(text, seed):
    """Another document, the new names of its states, and the ids that had to stay."""
    chance = random.Random(seed)
    document = minidom.parseString(text)
    ids = state_ids(document)
    kept = kept_ids(document, ids)
    names = deal(ids, kept, chance)
    rename(document, names)
    reorder(document, chance)
    return document.toxml('utf-8'), names, kept

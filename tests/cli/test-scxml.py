# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""SCXML on the command line: read by its content, checked with places, written in the one layout, converted."""

import json
import sys

import cli
import tap
from cli import expect, fermata

GATE = '''<?xml version="1.0"?>
<!-- of the cellar -->
<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" xmlns:shop="urn:shop" shop:made="1999"
       name="Gate" initial="locked" datamodel="null">
  <state id="locked"><transition event="coin" target="open"/></state>
  <state id="open"><onentry><raise event="rest"/></onentry>
    <!-- and back -->
    <transition event="push rest.*" target="locked"/>
    <transition event="off" cond="In('open')" target="off"/></state>
  <final id="off"/>
</scxml>
'''


def write(name='gate.scxml', text=GATE):
    folder = cli.Folder()
    return folder, folder.write(name, text)


def test_check():
    _, path = write()
    done = fermata('check', path)
    tap.equal((done.status, done.out, done.err), (0, 'No problems in 1 file\n', ''))


def test_by_content():
    """Whatever it is called, and from standard input."""
    _, path = write('gate.txt')
    tap.equal(fermata('check', path).status, 0)
    tap.equal(fermata('check', '-', stdin=GATE).status, 0)
    tap.equal(json.loads(fermata('convert', '-', stdin='\ufeff' + GATE).out)['name'], 'Gate')


def test_mistakes_have_places():
    _, path = write(text=GATE.replace('target="locked"', 'target="locket"'))
    done = fermata('check', path)
    tap.equal(done.status, 3)
    lines = done.out.splitlines()
    expect(lines[0].startswith(f'{path}:8:') and 'error:' in lines[0] and 'locket' in lines[0], done)
    line, caret = lines[1].split('|')[1], lines[2].split('|')[1]
    tap.equal(line[caret.index('^'):].strip(), 'locket"/>')

    found = json.loads(fermata('check', '--json', path).out)[0]
    tap.equal((found['line'], found['severity']), (8, 'error'))


def test_refused_values_are_told_once():
    """In SCXML's words, and not once more in those of a graph."""
    for attributes, state in (('datamodel="xpath"', ''), ('binding="never"', ''), ('initial=""', ''),
                              ('', '<transition event=""/>'), ('', '<transition target=""/>'),
                              ('', '<history type="flat"><transition target="b"/></history>'),
                              ('', '<onentry><send event="x" id="i" idlocation="y"/></onentry>')):
        _, path = write(text=f'<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" {attributes}>'
                             f'<state id="a"><state id="b"/>{state}</state></scxml>')
        done = fermata('check', '--json', path)
        found = [told for told in json.loads(done.out) if told['severity'] == 'error']
        expect(done.status == 3 and len(found) == 1, attributes, state, done)
        expect(found[0]['code'] in ('bad-value', 'not-together'), found)


def test_malformed():
    _, path = write(text=GATE.replace('</scxml>', '</scxm>'))
    for command in (['run'], ['check'], ['fmt'], ['convert'], ['render', '--format=svg']):
        done = fermata(*command, path)
        expect(done.status == 3 and f'{path}:11:' in done.out + done.err, command, done)
    tap.equal(path.read_text(), GATE.replace('</scxml>', '</scxm>'))


def test_fmt():
    _, path = write()
    done = fermata('fmt', '--check', path)
    tap.equal((done.status, done.out), (1, f'{path}\n'))
    tap.equal(fermata('fmt', path).status, 0)
    text = path.read_text()
    expect('<!-- of the cellar -->' in text and '<!-- and back -->' in text and 'shop:made="1999"' in text, text)
    expect(text.startswith('<?xml') and 'layout' not in text, text)
    done = fermata('fmt', '--check', path)
    tap.equal((done.status, done.out), (0, ''))
    tap.equal(fermata('fmt', '-', stdin=GATE).out, text)


def test_there_and_back():
    folder, path = write()
    tap.equal(fermata('fmt', path).status, 0)
    graph = folder / 'gate.fermata.json'
    done = fermata('convert', path, graph)
    tap.equal((done.status, done.out, done.err), (0, '', ''))
    tap.equal(json.loads(graph.read_text())['data-model'], 'null')
    tap.equal(fermata('fmt', '--check', graph).status, 0)
    done = fermata('convert', '--strict', graph, folder / 'back.scxml')
    tap.equal((done.status, done.out, done.err), (0, '', ''))
    tap.equal((folder / 'back.scxml').read_text(), path.read_text())
    tap.equal(fermata('convert', '--to=scxml', graph).out, path.read_text())


def test_what_cannot_be_kept_is_told():
    folder = cli.Folder()
    graph = folder.write('gate.fermata.json', json.dumps({
        'fermata': 1, 'kind': 'fsm', 'nodes': [{'id': 'a', 'label': 'First'}, {'id': 'b'}],
        'edges': [{'from': 'a', 'to': 'b', 'after': '5s'}]}, indent=1))
    target = folder / 'gate.scxml'
    done = fermata('convert', '--strict', graph, target)
    expect(done.status == 3 and not target.exists(), done)
    done = fermata('convert', graph, target)
    tap.equal((done.status, done.out), (0, ''))
    expect(target.exists() and f'{graph}:' in done.err and 'warning:' in done.err, done)
    expect('“after”' in done.err and '^' in done.err, done)


def test_dag_is_refused():
    folder = cli.Folder()
    path = folder.graph(cli.log('a', 'x'))
    done = fermata('convert', path, folder / 'x.scxml')
    expect(done.status == 3 and not (folder / 'x.scxml').exists() and 'graph.fermata.json' in done.err, done)


def test_layout():
    """Only if it is asked for; what has one keeps it."""
    folder, path = write()
    graph = json.loads(fermata('convert', path).out)
    graph['layout'] = {'nodes': {'locked': [0, 12], 'open': [240.5, -12]}}
    json_path = folder.write('gate.fermata.json', graph)
    plain = fermata('convert', '--to=scxml', json_path)
    expect(plain.status == 0 and 'layout' not in plain.out and plain.err == '', plain)
    made = folder / 'placed.scxml'
    tap.equal(fermata('convert', '--with-layout', json_path, made).status, 0)
    tap.equal(json.loads(fermata('convert', made).out)['layout'], graph['layout'])
    before = made.read_text()
    tap.equal(fermata('fmt', made).status, 0)
    tap.equal(made.read_text(), before)

    folder.write('gate.scxml.fermata-layout.json', graph['layout'])
    tap.equal(json.loads(fermata('convert', '--with-layout', path).out)['layout'], graph['layout'])
    expect('layout' not in json.loads(fermata('convert', path).out), 'a layout that nobody asked for')


def test_pictures():
    folder, path = write()
    dot = fermata('convert', '--to=dot', path)
    expect(dot.status == 0 and 'locked' in dot.out and 'coin' in dot.out, dot)
    tap.equal(fermata('render', path, folder / 'gate.svg').status, 0)
    expect('locked' in (folder / 'gate.svg').read_text(), 'no picture')


def test_not_over_itself():
    _, path = write()
    for target in (path, f'{path.parent}/./gate.scxml'):
        done = fermata('convert', path, target)
        expect(path.read_text().startswith('<?xml'), done)
    done = fermata('convert', '--to=fermata', path, path)
    expect(done.status == 2 and path.read_text() == GATE, done)


# --- Running -----------------------------------------------------------------

DONE = '''<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript">
  <datamodel><data id="list" expr="[1, undefined, 0/0, new Date (0)]"/><data id="who" expr="'nobody'"/></datamodel>
  <state id="s">
    <onentry><log label="who" expr="who"/><log expr="list"/><log expr="undefined"/><log expr="1/0"/></onentry>
    <transition event="go" target="end"/>
    <transition event="later" target="t"/>
  </state>
  <state id="t"><onentry><send event="go" delay="1h"/></onentry><transition event="go" target="end"/></state>
  <final id="end"><donedata>
    <param name="list" expr="list"/><param name="f" expr="function () {}"/><param name="given" expr="_event.data"/>
  </donedata></final>
</scxml>
'''


def run(*options, stdin='', text=DONE):
    _, path = write('done.scxml', text)
    return fermata('run', path, '--virtual-time', *options, stdin=stdin)


def test_result():
    """Others see plain JSON, and can say nothing that is none."""
    done = run('--result', '--quiet', '--event', 'go {"x": {"$undefined": true}, "y": -0.5}')
    tap.equal((done.status, json.loads(done.out)), (0, {
        'configuration': ['end'], 'final': True, 'state': 'end',
        'data': {'list': [1, None, None, '1970-01-01T00:00:00.000Z'], 'f': None,
                 'given': {'x': {'$undefined': True}, 'y': -0.5}}}))
    done = run('--result', '--quiet')
    tap.equal((done.status, json.loads(done.out)), (0, {'configuration': ['s'], 'final': False}))
    done = run('--result', '--quiet', text=GATE, stdin='coin\n')
    tap.equal(json.loads(done.out)['configuration'], ['locked'])


def test_delays():
    tap.equal(run('--quiet', stdin='later\n').status, 0)
    expect(run(stdin='later\n').out.endswith('→ t (later)\n→ end (go), final\n'), 'an hour did not pass')


def test_logs():
    done = run('--quiet', '--input', 'who=Ada')
    tap.equal(done.out, 'who: Ada\n[1,"undefined","NaN","1970-01-01T00:00:00.000Z"]\nundefined\nInfinity\n')
    done = run('--input', 'whom=Ada')
    expect(done.status == 2 and 'list, who' in done.err, done)


def test_outside():
    """What lies outside of the folder is read only if it may be."""
    folder = cli.Folder()
    (folder / 'inner').mkdir()
    folder.write('data.json', '[1, 2]')
    path = folder.write('inner/x.scxml', DONE.replace('<data id="who" expr="\'nobody\'"/>', '<data id="who" src="../data.json"/>'))
    refused = fermata('run', path, '--virtual-time', '--quiet')
    expect('who: [1,2]' not in refused.out, refused)
    allowed = fermata('run', path, '--virtual-time', '--allow-outside')
    expect(allowed.status == 0 and 'who: [1,2]' in allowed.out, allowed)


def test_listen():
    done = run('--listen', 'nowhere at all')
    expect(done.status == 2 and '--listen=nowhere at all' in done.err, done)
    tap.equal(run('--listen=127.0.0.1', '--quiet').status, 0)


tap.main(sys.modules[__name__])

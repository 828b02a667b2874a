# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Machines of SCXML that speak to others by HTTP."""

import http.client
import json
import re
import subprocess
import sys
from urllib.parse import urlencode, urlsplit

import cli
import tap
from cli import expect

LISTENER = '''<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" name="Listener"
       datamodel="ecmascript" initial="on">
  <datamodel><data id="n" expr="0"/></datamodel>
  <state id="on">
    <onentry><log label="at" expr="_ioprocessors.basichttp.location"/></onentry>
    <transition event="say HTTP.POST">
      <assign location="n" expr="n + 1"/>
      <log label="heard" expr="JSON.stringify ([_event.name, _event.data, _event.type, _event.origintype])"/>
    </transition>
    <transition event="markup">
      <log label="markup" expr="_event.data.documentElement.getAttribute ('x')"/>
    </transition>
    <transition event="tell">
      <send type="basichttp" targetexpr="_event.data.to" event="say">
        <param name="text" expr="_event.data.text"/>
        <param name="n" location="n"/>
      </send>
    </transition>
    <transition event="give">
      <send type="http://www.w3.org/TR/scxml/#BasicHTTPEventProcessor" targetexpr="_event.data.to">
        <content expr="_event.data.content"/>
      </send>
    </transition>
    <transition event="error.communication">
      <log label="not told" expr="_event.data.message"/>
    </transition>
    <transition event="quit" target="off"/>
  </state>
  <final id="off"/>
</scxml>'''

URI = 'http://www.w3.org/TR/scxml/#BasicHTTPEventProcessor'


class Machine:
    """A program that runs the listener; it hears what is written, too."""

    def __init__(self, *options, text=LISTENER):
        self.folder = cli.Folder()
        self.process = cli.start('run', self.folder.write('listener.scxml', text), *options,
                                 stdin=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.location = self.wait('at: ').split('at: ')[1].strip()

    def wait(self, wanted):
        return cli.wait_for_line(self.process.stdout, wanted)[-1]

    def write(self, name, **data):
        self.process.stdin.write(f'{name} {json.dumps(data)}\n'.encode())

    def heard(self):
        return json.loads(self.wait('heard: ').split('heard: ')[1])

    def post(self, body, **headers):
        parts = urlsplit(self.location)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=cli.PATIENCE)
        headers = {name.replace('_', '-'): value for name, value in headers.items()}
        connection.request('POST', parts.path, body, headers)
        status = connection.getresponse().status
        connection.close()
        return status

    def quit(self):
        self.write('quit')
        done = cli.finish(self.process)
        tap.equal(done.status, 0)
        return done.out


FORM = 'application/x-www-form-urlencoded'


def test_events_come():
    machine = Machine()
    expect(re.fullmatch(r'http://127\.0\.0\.1:\d+/scxml/[-\w]+', machine.location), machine.location)
    tap.equal(machine.post(urlencode({'_scxmleventname': 'say', 'a b': 'é & 1'}), Content_Type=FORM), 200)
    tap.equal(machine.heard(), ['say', {'a b': 'é & 1'}, 'external', URI])
    tap.equal(machine.post('[1, {"a": null}]', Content_Type='application/json'), 200)
    tap.equal(machine.heard(), ['HTTP.POST', [1, {'a': None}], 'external', URI])
    tap.equal(machine.post('some  content', Content_Type='text/plain'), 200)
    tap.equal(machine.heard(), ['HTTP.POST', 'some  content', 'external', URI])
    tap.equal(machine.post('{"a": 1}'.encode()), 200)
    tap.equal(machine.heard(), ['HTTP.POST', {'a': 1}, 'external', URI])
    tap.equal(machine.post('  two \n words '.encode()), 200)
    tap.equal(machine.heard(), ['HTTP.POST', 'two words', 'external', URI])
    tap.equal(machine.post('x', Content_Type=FORM, Origin='http://example.com'), 403)
    tap.equal(machine.post('_scxmleventname=a+b', Content_Type=FORM), 400)
    machine.quit()


def test_markup_comes():
    machine = Machine()
    machine.location += '?_scxmleventname=markup'
    parts = urlsplit(machine.location)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=cli.PATIENCE)
    connection.request('POST', f'{parts.path}?{parts.query}', '<a x="7"/>', {'Content-Type': 'text/xml'})
    tap.equal(connection.getresponse().status, 200)
    machine.wait('markup: 7')
    machine.quit()


def test_events_are_no_code():
    """What looks like the encoding of something that JSON has not stays what it is."""
    machine = Machine()
    tap.equal(machine.post('{"$function": "function () {}"}', Content_Type='application/json'), 200)
    tap.equal(machine.heard()[1], {'$function': 'function () {}'})
    tap.equal(machine.post('__proto__=1&%24undefined=true', Content_Type=FORM), 200)
    machine.wait('heard: ')
    machine.quit()


def test_a_machine_that_has_ended():
    machine = Machine()
    machine.quit()
    try:
        machine.post('')
    except ConnectionRefusedError:
        return
    raise AssertionError('somebody listens still')


def test_to_itself():
    machine = Machine()
    machine.write('tell', to=machine.location, text='a & b')
    tap.equal(machine.heard(), ['say', {'text': 'a & b', 'n': '0'}, 'external', URI])
    # By another name of this machine it goes by wire.
    machine.write('tell', to=machine.location.replace('127.0.0.1', 'localhost'), text='c')
    tap.equal(machine.heard(), ['say', {'text': 'c', 'n': '1'}, 'external', URI])
    machine.quit()


def test_two_machines():
    a, b = Machine(), Machine('--virtual-time')
    expect(a.location != b.location)
    a.write('tell', to=b.location, text='hello')
    tap.equal(b.heard(), ['say', {'text': 'hello', 'n': '0'}, 'external', URI])
    b.write('give', to=a.location, content={'answer': [42]})
    tap.equal(a.heard(), ['HTTP.POST', {'answer': [42]}, 'external', URI])
    # One after the other, as they were sent.
    for n in range(20):
        a.write('tell', to=b.location, text=str(n))
    tap.equal([b.heard()[1]['text'] for _ in range(20)], [str(n) for n in range(20)])
    a.quit()
    b.quit()


def test_nobody_there():
    machine = Machine()
    for target, words in [('http://127.0.0.1:1/secret', 'http://127.0.0.1:1 could not be reached'),
                          ('nowhere', 'http://'), ('', 'target'),
                          (machine.location + 'x', '404 (Not Found)')]:
        machine.write('tell', to=target, text='x')
        line = machine.wait('not told: ')
        expect(words in line and 'secret' not in line, line)
    machine.quit()


def test_time_waits():
    """With virtual time no time passes before there is an answer."""
    timer = LISTENER.replace('<onentry>', '<onentry><send event="late" delay="1s"/>').replace(
        '<transition event="quit"', '<transition event="late" target="off"/><transition event="quit"')
    b = Machine()
    a = Machine('--virtual-time', text=timer)
    a.write('tell', to=b.location, text='x')
    a.process.stdin.write(b'advance 1s\n')
    tap.equal(b.heard()[1], {'text': 'x', 'n': '0'})
    done = cli.finish(a.process)
    expect('not told' not in done.out and done.out.rstrip().endswith('Done: off after 1.0 s'), done)
    b.quit()


def test_elsewhere():
    """Whom others can reach has a token in the address."""
    machine = Machine('--listen', '0.0.0.0:0')
    parts = urlsplit(machine.location)
    expect(re.fullmatch(r'/scxml/[-\w]+/[0-9a-f]{32}', parts.path), machine.location)
    whole, session = parts.path, parts.path.rpartition('/')[0]

    def post(path, **headers):
        connection = http.client.HTTPConnection('127.0.0.1', parts.port, timeout=cli.PATIENCE)
        connection.request('POST', path, '', headers)
        return connection.getresponse().status
    tap.equal(post(session), 403)
    tap.equal(post(whole[:-1] + ('1' if whole.endswith('0') else '0')), 403)
    tap.equal(post(whole, Origin='http://example.com'), 403)
    tap.equal(post(whole), 200)
    tap.equal(machine.heard()[0], 'HTTP.POST')
    machine.quit()


def test_no_such_place():
    done = cli.fermata('run', cli.Folder().write('listener.scxml', LISTENER), '--listen', 'nowhere')
    expect(done.status == 2 and 'nowhere' in done.err and 'expected an address' in done.err, done)


tap.main(sys.modules[__name__])

# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The app as its users meet it. Arguments of each test: the program."""

import json
import os
import sys
import tempfile
from pathlib import Path

from gi.repository import Gio, GLib

import desk
import window
from desk import wait_for
from window import Gone

PROGRAM = str(Path(sys.argv[1]).resolve())
EXAMPLES = Path(os.environ['FERMATA_EXAMPLES'])
IDENTITY = 'io.github.fermata.Fermata'


def expect(condition, *shown):
    if not condition:
        raise AssertionError('\n'.join(map(str, shown)))


class Studio(window.App):
    def __init__(self, desk, *files, title):
        super().__init__(desk, PROGRAM, *files, title=title, FERMATA_APP_TEST='1')
        self._session = Gio.bus_get_sync(Gio.BusType.SESSION)

    def __enter__(self):
        super().__enter__()
        try:
            self.maximize()
        except BaseException as error:
            self.__exit__(type(error), error, None)
            raise
        return self

    # --- What is there -----------------------------------------------------------

    @property
    def canvas(self):
        return self.find(name='Canvas')

    def items(self):
        """Nodes and edges that the canvas tells of: what each is called, and it."""
        return {thing.name: thing for thing in self.canvas.children()}

    def parts(self):
        """The nodes: by id, its type and its status."""
        found = {}
        for name in self.items():
            words = name.split(', ')
            if ' to ' not in words[0]:
                found[words[0]] = words[1:]
        return found

    def node(self, identity):
        return self.wait(lambda: next((thing for name, thing in self.items().items()
                                       if name.split(', ')[0] == identity), None),
                         f'the canvas has {identity}: {self.parts()}')

    def edge(self, source, target, label=None):
        wanted = f'{source} to {target}' + (f', {label}' if label else '')
        return self.wait(lambda: next((thing for name, thing in self.items().items()
                                       if name == wanted or name.startswith(wanted + ', ')), None),
                         f'the canvas has the edge {wanted!r}: {list(self.items())}')

    def button(self, name):
        return self.find({'button', 'toggle button'}, name)

    def press(self, name):
        """A button, with the mouse, once it can be pressed."""
        button = self.button(name)
        self.wait(lambda: button.is_sensitive, f'the button {name} can be pressed')
        button.click()

    def tab(self, name):
        """Turns to the pane of that name."""
        tab = self.find({'page tab', 'toggle button', 'radio button'}, name)
        if not {'selected', 'pressed', 'checked'} & tab.states:
            tab.click()
            self.wait(lambda: {'selected', 'pressed', 'checked'} & tab.states, f'the tab {name} is chosen')

    def field(self, name):
        return self.find(window.TEXTS, name)

    def fill(self, name, text):
        """Writes into the field of that name, in place of what is there, with mouse and keys."""
        field = self.field(name)
        field.click()
        self.wait(lambda: self.focused() and (self.focused() == field or field in self.focused().ancestors()),
                  f'the focus is in {name}')
        self.key('ctrl+a')
        self.type(text)
        self.wait(lambda: field.text == text, f'the field {name} says {text!r}')
        self.key('Return')

    def title(self):
        return self.windows()[0].name

    def says(self, text):
        """Waits for that text, anywhere in the window."""
        return self.wait(lambda: any(text in line for line in self.root.texts()), f'the window says {text!r}')

    def settle(self):
        """Until nothing in the window changes any more: two trees alike."""
        before = None
        for _ in range(40):
            now = self.tree()
            if now == before:
                return
            before = now

    # --- Beginning and ending ------------------------------------------------------

    def close(self):
        """Closes the window, which must have nothing to ask; the program ends well."""
        self.key('alt+F4')
        self._wait_for_end()

    def quit(self):
        """Ends the program and throws away what it would ask about."""
        while self.process.poll() is None:
            try:
                self._application_action('quit')
                self._answer_discard()
            except (GLib.Error, AssertionError):
                # It has ended in between.
                pass
        self._wait_for_end()

    def _answer_discard(self):
        for thing in self.all('button', lambda name: 'Discard' in name):
            thing.act()

    def _wait_for_end(self):
        wait_for(lambda: self.process.poll() is not None, 'the program ends')
        expect(self.process.returncode == 0, f'the program ended with status {self.process.returncode}:',
               self.desk.said())

    def _application_action(self, action):
        arguments = GLib.Variant('(sava{sv})', (action, [], {}))
        self._session.call_sync(self._application(), '/' + IDENTITY.replace('.', '/'), 'org.gtk.Actions', 'Activate',
                                arguments, None, 0, -1, None)

    # --- What is true --------------------------------------------------------------

    def _application(self):
        """The program's name on the session's bus."""
        def ask(method, *words):
            arguments = GLib.Variant('(s)', words) if words else None
            return self._session.call_sync('org.freedesktop.DBus', '/', 'org.freedesktop.DBus', method,
                                           arguments, None, 0, -1, None).unpack()[0]
        for name in ask('ListNames'):
            if name.startswith(':') and ask('GetConnectionUnixProcessID', name) == self.process.pid:
                return name
        raise AssertionError('the program is not on the bus')

    def _window_path(self):
        folder = '/' + IDENTITY.replace('.', '/') + '/window'
        answer = self._session.call_sync(self._application(), folder, 'org.freedesktop.DBus.Introspectable',
                                         'Introspect', None, None, 0, -1, None).unpack()[0]
        numbers = [word.split('"')[1] for word in answer.split('<node name=')[1:]]
        return f'{folder}/{min(numbers, key=int)}'

    def activate(self, action, *words):
        """An action of the window, as if a menu had it."""
        arguments = GLib.Variant('(sava{sv})', (action, [GLib.Variant('s', word) for word in words], {}))
        self._session.call_sync(self._application(), self._window_path(), 'org.gtk.Actions', 'Activate',
                                arguments, None, 0, -1, None)

    def moment(self):
        """The moment looked at, as the library has it."""
        path = self.desk.folder / 'moment.json'
        path.unlink(missing_ok=True)
        self.activate('dump', str(path))
        return json.loads(wait_for(lambda: path.exists() and path.read_text(), 'the app tells the moment'))

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
        return {sight.name: sight.thing for sight in self.canvas.look().below if sight.role == 'list item'}

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

        def fits(name):
            return name.startswith(wanted) and name[len(wanted):][:2] in ('', ', ', ' [')
        return self.wait(lambda: next((thing for name, thing in self.items().items() if fits(name)), None),
                         lambda: f'the canvas has the edge {wanted!r}, beside {list(self.items())}')

    def wait_for_new_node(self, known):
        """Its id, once there is one beside those known."""
        return self.wait(lambda: next(iter(set(self.parts()) - set(known)), None), 'there is a new node')

    def wait_for_status(self, identity, status):
        self.wait(lambda: status in self.parts().get(identity, ()),
                  lambda: f'{identity} is {status}; there are {list(self.items())}')

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

    # --- What a person does with a graph -------------------------------------------

    def inspect(self, thing):
        """Selects it, with the mouse, and turns to its properties."""
        thing.click()
        self.tab('Properties')

    def inspect_graph(self):
        """Nothing is selected: the graph itself is shown."""
        self.canvas.click(right=0.5, down=0.9)
        self.tab('Properties')

    def canvas_focus(self):
        """The focus is in the canvas: on it, or on something in it."""
        if not self.is_in_canvas(self.focused()):
            self.key('Escape')
            for _ in range(40):
                if self.is_in_canvas(self.focused()):
                    break
                self.key('F6')
        self.wait(lambda: self.is_in_canvas(self.focused()), lambda: f'the canvas has the focus, not {self.focused()}')

    def is_in_canvas(self, thing, deep=True):
        """On it or a node of it; `deep`: or in what is asked over it."""
        above = thing.ancestors() if thing else []
        return any(thing.name == 'Canvas' for thing in (above if deep else above[:2]))

    def wait_for_search(self, name='Add'):
        return self.wait_for_focus(window.TEXTS, name)

    def add_from_palette(self, title, right, down):
        """Drags it from the palette to that share of the canvas."""
        row = self.find('list item', title)
        self.drag(row.center, self.canvas.at(right, down), moves=20)

    def add_by_keys(self, text, name=None):
        """Shift+A, what to add, Enter; then a name for it. Gives its id."""
        self.canvas_focus()
        known = self.parts()
        self.key('shift+a')
        entry = self.wait_for_search()
        self.type(text)
        self.wait(lambda: entry.text == text, f'the search says {text!r}')
        self.key('Return')
        identity = self.wait_for_new_node(known)
        if name and name != identity:
            self.key('F2')
            self.rename(name)
            self.node(name)
        return name or identity

    def rename(self, name):
        """What has been asked for a name gets this."""
        entry = self.wait_for_focus(window.TEXTS)
        self.key('ctrl+a')
        self.type(name)
        self.wait(lambda: entry.text == name, f'the name is typed: {name}')
        self.key('Return')
        self.wait(lambda: self.is_in_canvas(self.focused(), deep=False), 'the canvas has the focus again')

    def rename_by_mouse(self, identity, name):
        self.node(identity).click(times=2)
        self.rename(name)
        self.node(name)

    def connect_by_mouse(self, source, target):
        """From the border of one to the middle of the other."""
        start, end = self.node(source), self.node(target)
        to_the_right = start.place[0] < end.place[0]
        # A machine's edges begin anywhere at a border, a task's at its right.
        is_state = 'state' in self.parts()[source]
        start_point = start.at(0.0 if is_state and not to_the_right else 1.0, 0.5)
        self.drag(start_point, end.center, moves=16)
        return self.edge(source, target)

    def connect_by_keys(self, target):
        self.key('c')
        entry = self.wait_for_search('Connect to')
        self.type(target)
        self.wait(lambda: entry.text == target, f'the target is typed: {target}')
        self.key('Return')

    def send(self, text):
        """An event, with the mouse as far as one goes."""
        self.field('Event').click()
        self._send(text)

    def send_by_keys(self, text):
        self.key('ctrl+e')
        self._send(text)

    def _send(self, text):
        entry = self.wait_for_focus(window.TEXTS, 'Event')
        self.key('ctrl+a')
        self.type(text)
        self.wait(lambda: entry.text == text, f'the event is typed: {text}')
        self.key('Return')

    # --- Beginning and ending ----------------------------------------------------

    def settle(self):
        """Until nothing in the window changes any more: two trees alike."""
        before = None
        for _ in range(6):
            now = self.tree()
            if now == before:
                return
            before = now

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

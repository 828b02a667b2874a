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
MENU_ITEMS = {'menu item', 'check menu item', 'radio menu item', 'button'}
FORMATS = ['.svg', '.png', '.pdf', '.dot']

# What the canvas calls how far the library says that a node is.
STATUS_OF = {'queued': 'waiting', 'retrying': 'running', 'settled': 'running', 'cancelling': 'running'}
STATUSES = {'waiting', 'running', 'active', 'visited', 'done', 'failed', 'skipped', 'cancelled'}
IDENTITY = 'io.github.fermata.Fermata'


def expect(condition, *shown):
    if not condition:
        raise AssertionError('\n'.join(map(str, shown)))


class Studio(window.App):
    def __init__(self, desk, *files, title):
        super().__init__(desk, PROGRAM, *files, title=title, FERMATA_APP_TEST='1')
        self._canvas = None
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
        """Of the graph that is shown."""
        if not self._canvas or not self._is_shown(self._canvas):
            self._canvas = self.find(name='Canvas')
        return self._canvas

    @staticmethod
    def _is_shown(thing):
        try:
            return thing.name == 'Canvas' and thing.place[2] > 0
        except Gone:
            return False

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

    def field(self, name, inside=None):
        """What one can write into: if two are called alike, that of the inspector."""
        self.find(window.TEXTS, name, inside)
        return self.all(window.TEXTS, name, inside)[-1]

    def has_focus(self, field):
        focused = self.focused()
        return focused is not None and (focused == field or field in focused.ancestors())

    def fill(self, name, text, inside=None):
        """Writes into the field of that name, in place of what is there."""
        field = self.field(name, inside)
        field.click()
        self.wait(lambda: self.has_focus(field), lambda: f'the focus is in {name}, not on {self.focused()}')
        self._write(field, text)

    def fill_by_keys(self, name, text):
        """Goes from where the focus is to the field of that name."""
        def there():
            focused = self.focused()
            return focused is not None and focused.role in window.TEXTS and focused.name == name
        for _ in range(60):
            if there():
                break
            self.key('Tab')
        self._write(self.wait_for_focus(window.TEXTS, name), text)

    def _write(self, field, text):
        self.key('ctrl+a')
        self.type(text)
        self.wait(lambda: field.text == text, lambda: f'{field} says {text!r}, not {field.text!r}')

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

    def wait_for_canvas(self):
        """It has the focus again, after something that was asked."""
        self.wait(lambda: self.is_in_canvas(self.focused(), deep=False),
                  lambda: f'the canvas has the focus again, not {self.focused()}')

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
        self.wait_for_canvas()

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

    # --- What a person does with a run ----------------------------------------------

    def hold_at(self, identity, condition):
        """A breakpoint with a condition, by the menu of what is held at."""
        self.node(identity).click(button=3)
        item = self.find(MENU_ITEMS, lambda name: 'Breakpoint' in name)
        item.click()
        self.tab('Breakpoints')
        self.fill(f'Condition at {identity}', condition)

    def hold_at_by_keys(self, identity, condition):
        self.go_to(identity)
        self.key('shift+F9')
        entry = self.wait_for_focus(window.TEXTS, f'Condition at {identity}')
        self._write(entry, condition)

    def go_to(self, identity):
        """The node that has the focus in the canvas, by the arrow keys; it is selected."""
        def there():
            focused = self.focused()
            return focused is not None and focused.name.split(', ')[0] == identity
        self.canvas_focus()
        for key in ('Left', 'Right', 'Up', 'Down') * 10:
            if there():
                return
            self.key(key)
        self.wait(there, lambda: f'the arrows lead to {identity}, not to {self.focused()}')

    def run_with_inputs(self, look=None):
        """Runs a graph that asks for inputs, and perhaps first whether it may; they stay as offered."""
        self.press('Run')
        dialog = self.wait(lambda: len(self.windows()) > 1 and self.windows()[-1], 'something is asked')
        if dialog.name != 'Inputs':
            self.find('button', 'Run', inside=dialog).click()
            dialog = self.wait(lambda: next((thing for thing in self.windows()[1:] if thing.name == 'Inputs'), None),
                               'inputs are asked for')
        if look:
            look()
        self.find('button', 'Run', inside=dialog).click()
        self.wait(lambda: self.moment()['session'], 'there is a run')

    def shown(self):
        """What the canvas says of each node: the status, without the kind and the marks."""
        return {identity: next((word for word in words[1:] if word in STATUSES), '')
                for identity, words in self.parts().items()}

    def agrees(self, **variables):
        """What the window shows is what the library says of the moment looked at."""
        seen = {}

        def same():
            moment = self.moment()
            expected = {identity: STATUS_OF.get(status, status) for identity, status in moment['nodes'].items()}
            seen.update(expected=expected, shown=self.shown(), moment=moment)
            title = f'event {moment["number"]} of {moment["events"]}'
            return (seen['shown'] == expected and
                    any(title in line for line in self.root.texts()) and
                    all(moment['variables'].get(name) == value for name, value in variables.items()))
        self.wait(same, lambda: f'the window shows the moment with {variables}: {seen}')

    def sees_value(self, name, value):
        """In the data."""
        def there():
            lines = self.root.texts()
            return any(line == name and value in lines[index + 1:index + 3] for index, line in enumerate(lines))
        self.wait(there, lambda: f'the data has {name} {value}: {self.root.texts()}')

    def history(self):
        """The picture of it, once it has been drawn."""
        return self.find('image', 'History')

    # --- Files ----------------------------------------------------------------------

    def new_machine(self, by_keys=False):
        if by_keys:
            self.key('ctrl+n')
        else:
            self.press('New State Machine')
        self.wait(lambda: self.canvas.place[2] > 0, 'there is a canvas')
        if by_keys:
            self.canvas_focus()

    def choose_file(self, path):
        """In the dialog that asks for one."""
        main = self.windows()[0]

        def asked():
            entry = self.focused()
            return entry and entry.role in window.TEXTS and entry.ancestors()[-1] != main and entry
        entry = self.wait(asked, 'a file is asked for')
        self._write(entry, str(path))
        tries = iter(range(1000))

        def chosen():
            if len(self.windows()) == 1:
                return True
            # What completes the name may take the first one for itself.
            if next(tries) % 40 == 0 and self.focused() == entry:
                self.key('Return')
            return False
        self.wait(chosen, lambda: f'the dialog has closed: {self.windows()}')

    def open_by_keys(self, path):
        self.key('ctrl+o')
        self.wait(lambda: len(self.windows()) > 1, 'a file is asked for')
        self.key('ctrl+l')
        self.choose_file(path)

    def save(self, path, by_keys=False):
        if by_keys:
            self.key('ctrl+s')
        else:
            self.press('Save')
        self.choose_file(path)
        self.wait(lambda: path.exists() and not self.moment()['modified'], f'{path.name} is saved')

    def export(self, path, by_keys=False):
        """The picture of the graph, as the ending says."""
        if by_keys:
            self.key('ctrl+shift+e')
        else:
            self.button('Main Menu').click()
            self.find(MENU_ITEMS, 'Export…').click()
        dialog = self.find('dialog', 'Export')
        self._choose_format(dialog, FORMATS.index(path.suffix), by_keys)
        if by_keys:
            self.key('alt+e')
        else:
            self.find('button', 'Export…', inside=dialog).click()
        self.choose_file(path)
        self.wait(lambda: path.exists() and path.stat().st_size > 0, f'{path.name} is exported')

    def _choose_format(self, dialog, index, by_keys):
        choice = self.find('combo box', 'Format', inside=dialog)
        if by_keys:
            for _ in range(20):
                if self.has_focus(choice):
                    break
                self.key('Tab')
            self.key('space')
        else:
            choice.click()
        self.wait(lambda: self._offers(choice), 'the formats are offered')
        self.key(*['Up'] * len(FORMATS), *['Down'] * index, 'Return')
        self.wait(lambda: not self._offers(choice), 'a format is chosen')

    @staticmethod
    def _offers(choice):
        """What is not chosen is only there while one chooses."""
        names = {sight.name for sight in choice.look().all() if sight.has_size}
        return 'SVG picture' in names and 'PNG picture' in names

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
        self.wait_for_end()

    def quit(self):
        """Ends the program and throws away what it would ask about."""
        while self.process.poll() is None:
            try:
                self._application_action('quit')
                self._answer_discard()
            except (GLib.Error, Gone, AssertionError):
                # It has ended in between.
                pass
        self.wait_for_end()

    def _answer_discard(self):
        for thing in self.all('button', lambda name: 'Discard' in name):
            thing.act()

    def wait_for_end(self):
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

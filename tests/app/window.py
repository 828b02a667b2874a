# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A program's windows as a person has them: things with a role and a name, a
mouse, and a keyboard.

Things are asked for through AT-SPI's own messages and never kept in a cache:
what is found is what the program says now."""

import os
import subprocess
import traceback
from pathlib import Path

from gi.repository import Gio, GLib

from desk import PATIENCE, wait_for

ACCESSIBLE = 'org.a11y.atspi.Accessible'
ROOT = '/org/a11y/atspi/accessible/root'

# Numbers of the protocol.
ROLES = {
    7: 'check box', 8: 'check menu item', 11: 'combo box', 16: 'dialog', 20: 'filler', 23: 'frame', 26: 'icon',
    27: 'image', 29: 'label', 31: 'list', 32: 'list item', 33: 'menu', 34: 'menu bar', 35: 'menu item',
    37: 'page tab', 38: 'page tab list', 39: 'panel', 40: 'password', 41: 'popup menu', 42: 'progress bar',
    43: 'button', 44: 'radio button', 45: 'radio menu item', 48: 'scroll bar', 49: 'scroll pane', 50: 'separator',
    51: 'slider', 52: 'spin button', 54: 'status bar', 55: 'table', 56: 'table cell', 61: 'text',
    62: 'toggle button', 63: 'tool bar', 65: 'tree', 66: 'tree table', 67: 'unknown', 69: 'window', 75: 'application',
    79: 'entry', 81: 'caption', 85: 'section', 88: 'link', 90: 'table row', 91: 'tree item', 98: 'list box',
    99: 'grouping', 118: 'article', 130: 'switch',
}
TEXTS = {'text', 'entry'}
STATES = {1: 'active', 4: 'checked', 7: 'editable', 8: 'enabled', 9: 'expandable', 10: 'expanded', 11: 'focusable',
          12: 'focused', 20: 'pressed', 22: 'selectable', 23: 'selected', 24: 'sensitive', 25: 'showing',
          30: 'visible', 33: 'invalid'}

FAILED = Path(os.environ.get('G_TEST_BUILDDIR', '.')) / 'app' / 'failed'


class Gone(Exception):
    """What was found a moment ago is there no more."""


def run(*words, **options):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=PATIENCE, **options)


def states_of(words):
    bits = words[0] | words[1] << 32
    return {name for number, name in STATES.items() if bits >> number & 1}


def spoken(name):
    """GTK joins what a button is called and what stands in it: “_Save Save”."""
    words = name.split(' ')
    half, odd = divmod(len(words), 2)
    first, second = ' '.join(words[:half]), ' '.join(words[half:])
    return second if not odd and first.replace('_', '', 1) == second.replace('_', '', 1) else name


class Thing:
    """Something accessible."""

    def __init__(self, app, path):
        self.app, self.path = app, path

    def __eq__(self, other):
        return isinstance(other, Thing) and self.path == other.path

    def __hash__(self):
        return hash(self.path)

    def __repr__(self):
        try:
            return f'{self.role} “{self.name}”'
        except Gone:
            return f'something gone ({self.path})'

    def _call(self, interface, method, arguments=None):
        return self.app.call(self.path, f'org.a11y.atspi.{interface}', method, arguments)

    def _property(self, interface, name):
        words = GLib.Variant('(ss)', (f'org.a11y.atspi.{interface}', name))
        return self.app.call(self.path, 'org.freedesktop.DBus.Properties', 'Get', words)[0]

    @property
    def name(self):
        return spoken(self._property('Accessible', 'Name'))

    @property
    def description(self):
        return self._property('Accessible', 'Description')

    @property
    def role(self):
        number = self._call('Accessible', 'GetRole')[0]
        return ROLES.get(number, str(number))

    @property
    def states(self):
        return states_of(self._call('Accessible', 'GetState')[0])

    @property
    def is_sensitive(self):
        return 'sensitive' in self.states

    def children(self):
        return [Thing(self.app, path) for name, path in self._call('Accessible', 'GetChildren')[0]
                if name == self.app.bus_name and path not in (self.path, '/org/a11y/atspi/null')]

    def parent(self):
        name, path = self._property('Accessible', 'Parent')
        return Thing(self.app, path) if name == self.app.bus_name else None

    @property
    def place(self):
        """In its window: x, y, width, height."""
        return self._call('Component', 'GetExtents', GLib.Variant('(u)', (1,)))[0]

    @property
    def center(self):
        """On the screen."""
        return self.at(0.5, 0.5)

    def at(self, right, down):
        """A point on the screen, by shares of its width and height."""
        x, y, width, height = self.place
        left, top = self.app.origin_of(self)
        return round(left + x + width * right), round(top + y + height * down)

    def ancestors(self):
        """Itself, what it is in, and so on, up to its window."""
        thing, found = self, []
        while thing is not None and thing.path != ROOT and thing not in found:
            found.append(thing)
            thing = thing.parent()
        return found

    @property
    def text(self):
        count = self._property('Text', 'CharacterCount')
        return self._call('Text', 'GetText', GLib.Variant('(ii)', (0, count)))[0]

    def look(self):
        """What is in it now, and itself: a Sight, with those below it."""
        return Sight.take(self)

    def texts(self):
        """All that can be read in it, in order, without what says it twice."""
        lines = []
        for sight in self.look().all():
            line = sight.name
            if sight.role in TEXTS:
                try:
                    line = sight.thing.text or line
                except Gone:
                    continue
            if line and (not lines or lines[-1] != line):
                lines.append(line)
        return lines

    def actions(self):
        return [entry[0] for entry in self._call('Action', 'GetActions')[0]]

    def act(self, name=None):
        """Does what an assistive technology can ask of it."""
        index = self.actions().index(name) if name else 0
        self._call('Action', 'DoAction', GLib.Variant('(i)', (index,)))

    def set_text(self, text):
        self._call('EditableText', 'SetTextContents', GLib.Variant('(s)', (text,)))

    # --- With the mouse --------------------------------------------------------

    def click(self, button=1, times=1, right=0.5, down=0.5, keys=()):
        self.app.click(self.at(right, down), button, times, keys)

    def click_at(self, right, down):
        """So many pixels from its corner."""
        _, _, width, height = self.place
        self.click(right=right / width, down=down / height)

    def drag_to(self, other, **options):
        self.app.drag(self.center, other.center if isinstance(other, Thing) else other, **options)


class Sight:
    """What a thing was when it was looked at. Many are asked about at once, for
    each answer of a busy program takes its time."""

    def __init__(self, thing, depth):
        self.thing, self.depth, self.below = thing, depth, []
        self.name = self.role = ''
        self.states, self.place, self.children = set(), (), []

    QUESTIONS = (('Accessible', 'GetRole', None), ('Accessible', 'GetState', None),
                 ('Accessible', 'GetChildren', None), ('Component', 'GetExtents', GLib.Variant('(u)', (1,))))

    @staticmethod
    def take(thing):
        first = Sight(thing, 0)
        level, seen = [first], {thing.path}
        while level:
            Sight.ask(level)
            following = []
            for sight in level:
                for path in sight.children:
                    if path not in seen:
                        seen.add(path)
                        sight.below.append(Sight(Thing(thing.app, path), sight.depth + 1))
                following += sight.below
            level = following
        return first

    @staticmethod
    def ask(sights):
        """Fills them in; what is gone stays empty, and so does what is in hidden things."""
        questions = [(sight.thing.path, f'org.a11y.atspi.{interface}', method, arguments)
                     for sight in sights for interface, method, arguments in Sight.QUESTIONS]
        questions += [(sight.thing.path, 'org.freedesktop.DBus.Properties', 'Get',
                       GLib.Variant('(ss)', (ACCESSIBLE, 'Name'))) for sight in sights]
        answers = sights[0].thing.app.call_many(questions)
        n = len(Sight.QUESTIONS)
        for index, sight in enumerate(sights):
            role, state, children, place = answers[n * index:n * index + n]
            name = answers[n * len(sights) + index]
            sight.role = ROLES.get(role[0], str(role[0])) if role else 'gone'
            sight.name = spoken(name[0]) if name else ''
            sight.states = states_of(state[0]) if state else set()
            sight.place = place[0] if place else ()
            if children and (sight.is_visible or sight.thing.path == ROOT):
                sight.children = [path for bus_name, path in children[0] if bus_name == sight.thing.app.bus_name]

    @property
    def is_visible(self):
        return 'visible' in self.states

    @property
    def has_size(self):
        """Pages that were never shown have none."""
        return bool(self.place) and self.place[2] > 0 and self.place[3] > 0

    def all(self):
        """It and those below it that are visible, in order."""
        todo = [self]
        while todo:
            sight = todo.pop()
            if sight.is_visible or sight.thing.path == ROOT:
                yield sight
                todo += reversed(sight.below)


def is_like(name, wanted):
    return wanted(name) if callable(wanted) else name == wanted


class App:
    """A running program. Used in `with`: what goes wrong inside leaves a picture
    and the tree of what was there, and the program ends with it."""

    def __init__(self, desk, *argv, title='app', **changes):
        self.desk, self._called = desk, title
        self.process = desk.start(*argv, **changes)
        self.bus_name = None
        address = Gio.bus_get_sync(Gio.BusType.SESSION).call_sync(
            'org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None, None, 0, -1, None).unpack()[0]
        flags = Gio.DBusConnectionFlags
        self._bus = Gio.DBusConnection.new_for_address_sync(
            address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)
        self._bus.set_exit_on_close(False)

    def __enter__(self):
        try:
            self.bus_name = wait_for(self._find_bus_name, 'the program shows a window', self.desk.said)
            wait_for(lambda: self.windows() and self._x_windows(), 'its window is mapped', self.desk.said)
        except BaseException as error:
            self._tell(error)
            self.end()
            raise
        return self

    def __exit__(self, kind, error, _):
        if isinstance(error, Exception):
            self._tell(error)
        self.end()

    def _find_bus_name(self):
        if self.process.poll() is not None:
            raise AssertionError(f'the program ended with status {self.process.returncode}:\n{self.desk.said()}')
        found = self._ask('org.a11y.atspi.Registry', ROOT, ACCESSIBLE, 'GetChildren')[0]
        for name, _ in found:
            pid = self._ask('org.freedesktop.DBus', '/', 'org.freedesktop.DBus', 'GetConnectionUnixProcessID',
                            GLib.Variant('(s)', (name,)))[0]
            if pid == self.process.pid:
                return name
        return None

    def _ask(self, name, path, interface, method, arguments=None):
        return self._bus.call_sync(name, path, interface, method, arguments, None, 0, int(PATIENCE * 1000), None).unpack()

    def call(self, path, interface, method, arguments=None):
        try:
            return self._ask(self.bus_name, path, interface, method, arguments)
        except GLib.Error as error:
            if self.process.poll() is not None:
                self._has_ended()
            raise Gone(f'{method} of {path}: {error.message}') from None

    def call_many(self, questions):
        """The answers to (path, interface, method, arguments) in order; None where there is none."""
        answers, left = [None] * len(questions), [len(questions)]

        def answered(bus, result, index):
            left[0] -= 1
            try:
                answers[index] = bus.call_finish(result).unpack()
            except GLib.Error:
                pass
        for index, (path, interface, method, arguments) in enumerate(questions):
            self._bus.call(self.bus_name, path, interface, method, arguments, None, 0, int(PATIENCE * 1000), None,
                           answered, index)
        context = GLib.MainContext.default()
        while left[0]:
            context.iteration(True)
        if self.process.poll() is not None:
            self._has_ended()
        return answers

    def _has_ended(self):
        raise AssertionError(f'the program has ended, with status {self.process.returncode}:\n{self.desk.said()}') \
            from None

    def end(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    # --- Finding ---------------------------------------------------------------

    @property
    def root(self):
        return Thing(self, ROOT)

    def windows(self):
        return self.root.children()

    def all(self, role=None, name=None, inside=None):
        """Those of that role (one, or a set) and that name (a text, or a function of it)."""
        roles = {role} if isinstance(role, str) else role
        return [sight.thing for sight in (inside or self.root).look().all()
                if (not roles or sight.role in roles) and (name is None or is_like(sight.name, name)) and
                sight.has_size]

    def maybe(self, role=None, name=None, inside=None):
        return next(iter(self.all(role, name, inside)), None)

    def find(self, role=None, name=None, inside=None):
        """The first of them, once there is one."""
        wanted = f'a {role or "thing"} called {"…" if callable(name) else name!r} is there'
        return wait_for(lambda: self.maybe(role, name, inside), wanted)

    def find_gone(self, role, name, inside=None):
        wait_for(lambda: not self.maybe(role, name, inside), f'the {role} {name!r} goes away')

    def focused(self):
        return next((sight.thing for sight in self.root.look().all() if 'focused' in sight.states), None)

    def wait(self, condition, what):
        """Until it holds; what is gone while it is asked does not."""
        def holds():
            try:
                return condition()
            except Gone:
                return None
        return wait_for(holds, what)

    def wait_for_focus(self, role=None, name=None):
        roles = {role} if isinstance(role, str) else role

        def there():
            thing = self.focused()
            return thing and (not roles or thing.role in roles) and (name is None or is_like(thing.name, name)) and thing
        return self.wait(there, f'the focus is on a {role or "thing"} called {name!r}; it is on {self.focused()}')

    # --- Windows of X ----------------------------------------------------------

    def _xdotool(self, *words):
        return run('xdotool', *words, env=self.desk.environment)

    def _x_windows(self):
        return [int(line) for line in
                self._xdotool('search', '--onlyvisible', '--pid', self.process.pid).stdout.split()]

    def _geometry(self, x_window):
        """Its x, y, width and height on the screen."""
        values = dict(line.split('=') for line in
                      self._xdotool('getwindowgeometry', '--shell', x_window).stdout.split() if '=' in line)
        if 'HEIGHT' not in values:
            raise Gone(f'X window {x_window}')
        return tuple(int(values[name]) for name in ('X', 'Y', 'WIDTH', 'HEIGHT'))

    def geometry(self, window):
        """Of that window, on the screen."""
        wanted = window.name
        x_window = next((number for number in self._x_windows()
                         if self._xdotool('getwindowname', number).stdout.strip() == wanted), None)
        return self._geometry(x_window or self._xdotool('getactivewindow').stdout.strip())

    def origin_of(self, thing):
        """From where the places of things in its window are counted, on the screen."""
        *inner, window = thing.ancestors()
        # Popovers are windows of X, and count from elsewhere: found by their size.
        popups = [self._geometry(number) for number in self._x_windows()] if inner else []
        for ancestor in inner:
            try:
                x, y, width, height = ancestor.place
            except Gone:
                # Pages of a GtkStack have no place.
                continue
            for left, top, wide, high in popups:
                if (wide, high) == (width, height) and (width, height) != window.place[2:]:
                    return left - x, top - y
        left, top, wide, high = self.geometry(window)
        _, _, width, height = window.place
        return left + (wide - width) // 2, top + (high - height) // 2

    def maximize(self):
        def fills():
            window = self.windows()[0]
            return self.geometry(window) == (0, 0, *self.desk.size)
        if not fills():
            self.key('super+Up')
            self.wait(fills, 'the window fills the screen')

    # --- Mouse and keyboard ------------------------------------------------------

    def key(self, *keys):
        for key in keys:
            self._xdotool('key', '--clearmodifiers', key)

    def type(self, text):
        """As plain letters; what is not ASCII goes in by Thing.set_text()."""
        self._xdotool('type', '--delay', '12', '--', text)

    def move(self, point):
        self._xdotool('mousemove', *point)

    def click(self, point, button=1, times=1, keys=()):
        held = [word for key in keys for word in ('keydown', key)]
        freed = [word for key in reversed(keys) for word in ('keyup', key)]
        # Two moves: the first may only end what the pointer was over before.
        self._xdotool('mousemove', point[0] - 1, point[1], 'mousemove', *point, *held,
                      'click', '--repeat', times, '--delay', '60', button, *freed)

    def drag(self, start, end, button=1, keys=(), moves=12, drop=True):
        words = ['mousemove', *start]
        for key in keys:
            words += ['keydown', key]
        words += ['mousedown', button]
        for number in range(1, moves + 1):
            words += ['sleep', '0.015']  # pacing
            words += ['mousemove', *(round(a + (b - a) * number / moves) for a, b in zip(start, end))]
        if drop:
            words += ['sleep', '0.015', 'mouseup', button]  # pacing
            for key in reversed(keys):
                words += ['keyup', key]
        self._xdotool(*words)

    def drop(self, button=1):
        self._xdotool('mouseup', button)

    def scroll(self, point, clicks, keys=()):
        self.click(point, 5 if clicks > 0 else 4, abs(clicks), keys)

    # --- Evidence ----------------------------------------------------------------

    def tree(self):
        """The accessible tree as indented lines."""
        lines = []
        for sight in self.root.look().all():
            states = ' '.join(sorted(sight.states - {'sensitive', 'focusable', 'enabled', 'visible'}))
            lines.append(f'{"  " * sight.depth}{sight.role} {sight.name!r} {sight.place} {states}')
        return '\n'.join(lines) + '\n'

    def _tell(self, error):
        """Leaves what was seen, and says where, in the error's own text."""
        FAILED.mkdir(parents=True, exist_ok=True)
        picture, tree, said = (FAILED / f'{self._called}.{kind}' for kind in ('png', 'tree', 'said'))
        said.write_text(self.desk.said() + '\n' + ''.join(traceback.format_exception(error)))
        kept = [said]
        try:
            self.desk.picture(picture)
            kept.append(picture)
            if self.process.poll() is None and self.bus_name:
                tree.write_text(self.tree())
                kept.append(tree)
        except Exception as another:
            said.write_text(f'{said.read_text()}\n{another}')
        lines = [f'{Path(frame.filename).name}:{frame.lineno}: {frame.line}'
                 for frame in traceback.extract_tb(error.__traceback__)]
        error.args = (f'{error}\n' + '\n'.join(lines) + '\nSee ' + ', '.join(map(str, kept)),)

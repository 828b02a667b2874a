# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A desk to put a window on: an X server, a session bus, accessibility and a
window manager of its own, and folders of its own. One desk a process, since a
process connects to accessibility once. Everything ends with the desk, whatever
happens to the test."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import tap

# So long a test waits for what must happen. It only ends what hangs: nothing
# depends on how long it is, and sanitizers on a busy machine are slow.
PATIENCE = float(os.environ.get('FERMATA_TEST_PATIENCE', 120))

AT_SPI = ('/usr/libexec/at-spi-bus-launcher', '/usr/lib/at-spi2-core/at-spi-bus-launcher')

BUS = '''<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
'''

# No keys of the window manager's own but two that windows have no use for: all
# others are for the window.
OPENBOX = '''<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <focus><focusNew>yes</focusNew><followMouse>no</followMouse></focus>
  <placement><policy>Smart</policy><center>yes</center></placement>
  <desktops><number>1</number></desktops>
  <keyboard>
    <keybind key="W-Up"><action name="Maximize"/></keybind>
    <keybind key="A-F4"><action name="Close"/></keybind>
  </keyboard>
  <mouse>
    <context name="Client">
      <mousebind button="Left" action="Press"><action name="Focus"/><action name="Raise"/></mousebind>
    </context>
  </mouse>
</openbox_config>
'''

GTK_SETTINGS = '''[Settings]
gtk-enable-animations=0
gtk-font-name=Cantarell 11
gtk-icon-theme-name=Adwaita
gtk-xft-antialias=1
gtk-xft-hinting=1
gtk-xft-hintstyle=hintslight
gtk-xft-rgba=none
gtk-cursor-blink=0
'''

# openbox draws no shadows for windows that draw their own frame, so these get a
# thick border. A window that fills the screen has none elsewhere either.
GTK_STYLE = '''
window.solid-csd.maximized { padding: 0; border: none; box-shadow: none; border-radius: 0; }
window.solid-csd { padding: 0; box-shadow: inset 0 0 0 1px alpha(black, 0.3); }
'''

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
_libc = ctypes.CDLL(None, use_errno=True)


def wait_for(condition, what, evidence=None):
    """Until `condition` gives something; gives that. `what` (a text, or a function
    that gives it at the end) says what did not happen."""
    end = time.monotonic() + PATIENCE
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > end:
            what = what() if callable(what) else what
            more = f'; {evidence()}' if evidence else ''
            raise AssertionError(f'this did not happen within {PATIENCE} s: {what}{more}')
        time.sleep(0.03)  # pacing of questions, not of what is asked for


def descendants(pid='self'):
    """Of this process, the children first."""
    found = []
    try:
        for task in Path(f'/proc/{pid}/task').iterdir():
            found += [int(child) for child in (task / 'children').read_text().split()]
    except OSError:
        pass
    return found + [below for child in found for below in descendants(child)]


def _tied_to_us():
    """In a child: ends when we do, even when we are killed."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _stop(signal_number, _frame):
    raise SystemExit(128 + signal_number)


class Desk:
    def __init__(self, width=1280, height=900, dark=False):
        self.size = (width, height)
        self._children = []
        self._scratch = None
        self._dark = dark
        # What it leaves behind, we adopt, and end.
        _libc.prctl(PR_SET_CHILD_SUBREAPER, 1)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, _stop)

    def __enter__(self):
        missing = [tool for tool in ('Xvfb', 'openbox', 'xcompmgr', 'xdotool', 'import', 'dbus-daemon')
                   if not shutil.which(tool)]
        launcher = next((path for path in AT_SPI if os.path.exists(path)), None)
        missing += [] if launcher else ['at-spi-bus-launcher']
        if missing:
            text = f'there is no {", ".join(missing)} here; ./dev deps installs what tests need'
            if os.environ.get('CI') == 'true':
                raise AssertionError(text)
            raise tap.Skip(text)
        try:
            self._set_up(launcher)
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()

    def _set_up(self, launcher):
        self._scratch = tempfile.TemporaryDirectory(prefix='desk-')
        self.folder = Path(self._scratch.name)
        self.home = self.folder / 'home'
        self._make_folders()
        self._start_display()
        self._start_bus(launcher)
        config = self.folder / 'openbox.xml'
        config.write_text(OPENBOX)
        self._child('openbox', '--sm-disable', '--config-file', config)
        self._child('xcompmgr')
        wait_for(self._is_managed, 'openbox manages the screen', self.log)

    def _make_folders(self):
        self.environment = {name: value for name, value in os.environ.items()
                            if name not in ('DBUS_SESSION_BUS_ADDRESS', 'WAYLAND_DISPLAY', 'AT_SPI_BUS_ADDRESS',
                                            'XAUTHORITY', 'SESSION_MANAGER', 'DESKTOP_SESSION', 'GTK_THEME')}
        folders = {'HOME': 'home', 'XDG_RUNTIME_DIR': 'run', 'XDG_CONFIG_HOME': 'home/.config',
                   'XDG_DATA_HOME': 'home/.local/share', 'XDG_CACHE_HOME': 'home/.cache',
                   'XDG_STATE_HOME': 'home/.local/state'}
        for name, folder in folders.items():
            (self.folder / folder).mkdir(parents=True, exist_ok=True)
            self.environment[name] = str(self.folder / folder)
        (self.folder / 'run').chmod(0o700)
        settings = self.home / '.config' / 'gtk-4.0' / 'settings.ini'
        settings.parent.mkdir()
        settings.write_text(GTK_SETTINGS)
        settings.with_name('gtk.css').write_text(GTK_STYLE)
        self.environment.update({
            'GDK_BACKEND': 'x11', 'GSK_RENDERER': 'cairo', 'GSETTINGS_BACKEND': 'memory', 'GDK_SCALE': '1',
            'LC_ALL': 'C.UTF-8', 'XDG_DATA_DIRS': '/usr/local/share:/usr/share', 'XDG_CURRENT_DESKTOP': 'GNOME',
            'ADW_DISABLE_PORTAL': '1', 'GTK_USE_PORTAL': '0', 'NO_AT_BRIDGE': '0',
            'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark' if self._dark else 'default',
        })

    def _start_display(self):
        reader, writer = os.pipe()
        width, height = self.size
        self._child('Xvfb', '-displayfd', str(writer), '-screen', '0', f'{width}x{height}x24',
                    '-nolisten', 'tcp', '-noreset', pass_fds=[writer])
        os.close(writer)
        with os.fdopen(reader) as stream:
            number = stream.readline().strip()
        if not number:
            raise AssertionError(f'Xvfb did not start: {self.log()}')
        self._set('DISPLAY', f':{number}')

    def _start_bus(self, launcher):
        # A bus that starts nothing by itself: no portals, no settings daemons.
        config = self.folder / 'bus.conf'
        config.write_text(BUS.format(folder=self.folder / 'run'))
        reader, writer = os.pipe()
        self._child('dbus-daemon', f'--config-file={config}', '--nofork', '--nopidfile', '--nosyslog',
                    f'--print-address={writer}', pass_fds=[writer])
        os.close(writer)
        with os.fdopen(reader) as stream:
            address = stream.readline().strip()
        if not address:
            raise AssertionError(f'dbus-daemon did not start: {self.log()}')
        self._set('DBUS_SESSION_BUS_ADDRESS', address)
        self._child(launcher, '--launch-immediately')
        for name, value in self.environment.items():
            os.environ[name] = value
        import gi
        gi.require_version('Gio', '2.0')
        from gi.repository import Gio
        bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        bus.set_exit_on_close(False)

        def owned():
            return bus.call_sync('org.freedesktop.DBus', '/', 'org.freedesktop.DBus', 'NameHasOwner',
                                 _strings('org.a11y.Bus'), None, 0, -1, None).unpack()[0]
        wait_for(owned, 'the accessibility bus starts', self.log)
        # Says that somebody listens: before any window is there.
        bus.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.freedesktop.DBus.Properties', 'Set',
                      _set_property('org.a11y.Status', 'IsEnabled', True), None, 0, -1, None)

    def _set(self, name, value):
        self.environment[name] = os.environ[name] = value

    def _child(self, *argv, **options):
        with open(self.folder / 'log', 'ab') as log:
            child = subprocess.Popen([str(word) for word in argv], env=self.environment, stdin=subprocess.DEVNULL,
                                     stdout=log, stderr=log, preexec_fn=_tied_to_us, **options)
        self._children.append(child)
        return child

    def _is_managed(self):
        """Only a window manager knows desktops."""
        return not subprocess.run(['xdotool', 'get_desktop'], env=self.environment, capture_output=True).returncode

    def log(self):
        """What the desk's own programs said, its end."""
        return (self.folder / 'log').read_text(errors='replace')[-2000:]

    def start(self, *argv, **changes):
        """A program on this desk. Its messages go to the file `said`."""
        environment = {**self.environment, **changes}
        # Leaks are looked for by the tests in C: in a whole program GLib gives up its
        # table of names when it grows, and no stack says so.
        if 'ASAN_OPTIONS' in environment:
            environment['ASAN_OPTIONS'] += ':detect_leaks=0'
        with open(self.folder / 'said', 'ab') as said:
            child = subprocess.Popen([str(word) for word in argv], env=environment, cwd=self.home,
                                     stdin=subprocess.DEVNULL, stdout=said, stderr=said, preexec_fn=_tied_to_us)
        self._children.append(child)
        return child

    def said(self):
        path = self.folder / 'said'
        return path.read_text(errors='replace') if path.exists() else ''

    def picture(self, path):
        """Of the whole screen."""
        subprocess.run(['import', '-silent', '-window', 'root', str(path)], env=self.environment, check=True,
                       timeout=PATIENCE)

    def close(self):
        for child in reversed(self._children):
            if child.poll() is None:
                child.kill()
            child.wait()
        # What they left behind is ours now.
        while left := descendants():
            for pid in left:
                try:
                    os.kill(pid, signal.SIGKILL)
                    os.waitpid(pid, 0)
                except (ProcessLookupError, ChildProcessError):
                    pass
        if self._scratch:
            self._scratch.cleanup()
            self._scratch = None


def _strings(*words):
    from gi.repository import GLib
    return GLib.Variant(f'({"s" * len(words)})', words)


def _set_property(interface, name, value):
    from gi.repository import GLib
    return GLib.Variant('(ssv)', (interface, name, GLib.Variant('b', value)))

# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Clicks, drags and keys at random. Nothing is expected of the app but that it
goes on: it answers, does not crash, and ends when it is told to.

FERMATA_MONKEY_SEED and FERMATA_MONKEY_COUNT choose another plan; the seed is
printed, and the same seed makes the same plan."""

import os
import random
import sys

import desk
import tap

SEED = int(os.environ.get('FERMATA_MONKEY_SEED', 20261121))
COUNT = int(os.environ.get('FERMATA_MONKEY_COUNT', 200))

# Not: those that leave, and those that ask for files, for a monkey may choose
# any file of the machine.
KEYS = '''
    Return Return Escape Escape Tab Tab shift+Tab Delete ctrl+Delete BackSpace space F2 F4 F5 F5 F6 F9 F9 F10 F11
    shift+F5 shift+F9 shift+F11 shift+F4 ctrl+shift+F5 ctrl+shift+F10 ctrl+shift+F11 ctrl+r ctrl+F9 ctrl+F10
    shift+a c e shift+e l z comma period Up Down Left Right alt+Up alt+Down alt+Left alt+Right alt+shift+Left
    ctrl+z ctrl+z ctrl+z ctrl+shift+z ctrl+x ctrl+c ctrl+v ctrl+v ctrl+d ctrl+a ctrl+l ctrl+b ctrl+j ctrl+i ctrl+b
    ctrl+j ctrl+i ctrl+e ctrl+f ctrl+0 ctrl+9 ctrl+plus ctrl+minus ctrl+Up ctrl+Down Home End Page_Down Page_Up
    ctrl+m ctrl+shift+k ctrl+t ctrl+n ctrl+w F1 F10 shift+F10 Menu
'''.split()
WORDS = ['coin', 'push', 'state', 'command', 'locked', 'unlocked', 'a', '1 +', '{"value": 1}', 'event.data.value >= 1',
         'variables.coins', '[', '5s', '{{', 'x' * 60]


class Monkey:
    def __init__(self, app, choice):
        self.app, self.choice = app, choice
        self.width, self.height = app.desk.size

    def point(self):
        while True:
            point = self.choice.randrange(2, self.width - 2), self.choice.randrange(2, self.height - 2)
            # The buttons that end the window are no test of it.
            if point[0] < self.width - 130 or point[1] > 46:
                return point

    def near(self, point, reach):
        return tuple(min(max(2, middle + self.choice.randrange(-reach, reach)), size - 2)
                     for middle, size in zip(point, (self.width, self.height)))

    def click(self):
        self.app.click(self.point(), button=self.choice.choice((1, 1, 1, 1, 3)), times=self.choice.choice((1, 1, 1, 2)),
                       keys=self.choice.choice(((), (), (), ('ctrl',), ('shift',))))

    def drag(self):
        start = self.point()
        end = self.near(start, self.choice.choice((20, 200, 600)))
        if end[0] > self.width - 130 and end[1] <= 46:
            end = end[0], 60
        self.app.drag(start, end, button=self.choice.choice((1, 1, 1, 1, 2, 3)),
                      keys=self.choice.choice(((), (), (), ('ctrl',), ('shift',))), moves=6)

    def key(self):
        self.app.key(*(self.choice.choice(KEYS) for _ in range(self.choice.randrange(1, 4))))

    def word(self):
        self.app.type(self.choice.choice(WORDS))

    def wheel(self):
        self.app.scroll(self.point(), self.choice.choice((-3, -1, 1, 3)), keys=self.choice.choice(((), ('ctrl',))))

    def play(self):
        what, = self.choice.choices((self.click, self.drag, self.key, self.word, self.wheel), (30, 20, 35, 8, 7))
        what()


def choosers(app):
    """Windows in which files are chosen: other large ones need not stay either."""
    import window
    try:
        return [thing for thing in app.windows()[1:] if thing.place[2] > 560]
    except window.Gone:
        return []


def test_a_monkey():
    import studio
    print(f'# FERMATA_MONKEY_SEED={SEED} FERMATA_MONKEY_COUNT={COUNT}')
    choice = random.Random(SEED)
    done = 0
    with desk.Desk() as place:
        while done < COUNT:
            example = choice.choice(sorted(studio.EXAMPLES.glob('*.fermata.json')))
            path = place.home / example.name
            path.write_bytes(example.read_bytes())
            with studio.Studio(place, path, title='monkey') as app:
                monkey = Monkey(app, choice)
                # Several graphs in one plan: a monkey makes a mess of each.
                for _ in range(min(100, COUNT - done)):
                    monkey.play()
                    done += 1
                    if app.process.poll() is not None:
                        break
                    if choosers(app):
                        app.key('Escape', 'Escape')
                app.quit()


tap.main(sys.modules[__name__])

# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The window by itself: it comes, it can be told to go, and leaves nothing."""

import sys

import desk
import tap


def test_it_comes_and_goes():
    import studio
    with desk.Desk() as place, studio.Studio(place, title='comes') as app:
        tap.equal(len(app.windows()), 1)
        tap.equal(app.moment().get('session', False), False)
        app.close()


tap.main(sys.modules[__name__])

# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A look at the app, by hand: PROGRAM PICTURE [FILE] [KEY…]. Writes a picture
and, beside it, the accessible tree. A key is one of xdotool's, or =TEXT to be
typed; LOOK_SIZE=800x600 and LOOK_DARK=1 change the screen."""

import os
import sys
from pathlib import Path

import desk

os.environ.setdefault('FERMATA_EXAMPLES', str(Path(__file__).parents[2] / 'data' / 'examples'))
picture = Path(sys.argv[2])
files = [Path(word).resolve() for word in sys.argv[3:4]]
size = map(int, os.environ.get('LOOK_SIZE', '1280x900').split('x'))

with desk.Desk(*size, dark='LOOK_DARK' in os.environ) as place:
    import studio
    with studio.Studio(place, *files, title='look') as app:
        app.settle()
        for key in sys.argv[4:]:
            if key.startswith('='):
                app.type(key[1:])
            else:
                app.key(key)
            app.settle()
        place.picture(picture)
        picture.with_suffix('.tree').write_text(app.tree())
        print(place.said())

# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What bindings and the reference are made from. Arguments: the root, the GIR."""

import sys
from pathlib import Path

import api
import tap

PLANTED = '''<repository xmlns="http://www.gtk.org/introspection/core/1.0"
  xmlns:glib="http://www.gtk.org/introspection/glib/1.0"><namespace name="Fermata">
<class name="Told"><doc>Told.</doc><property name="size"/><glib:signal name="done"><doc>Told.</doc></glib:signal></class>
<record name="ToldClass" glib:is-gtype-struct-for="Told"/>
<enumeration name="Untold"><member name="a"><doc>Told.</doc></member></enumeration>
</namespace></repository>'''


def test_missing_documentation_is_found():
    tap.equal(list(api.undocumented_in_gir(PLANTED)), ['Told: size: no documentation', 'Untold: no documentation'])


def test_everything_is_documented():
    tap.none_of(list(api.undocumented_in_gir(Path(sys.argv[2]).read_text(encoding='utf-8'))))


tap.main(sys.modules[__name__])

# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The files of the checkout, without what was built."""

import os
import sys
from pathlib import Path

ROOT = Path(sys.argv[1] if len(sys.argv) > 1 else __file__).resolve()
if ROOT.is_file():
    ROOT = ROOT.parents[2]

NOT_OURS = {'__pycache__', 'node_modules', 'subprojects'}


def is_ours(folder, name):
    if name.startswith('.'):
        return name == '.ci'
    return name not in NOT_OURS and not (Path(folder) == ROOT and name.startswith(('build', '_build')))


def files(under=''):
    """Paths relative to the root, sorted, as text."""
    for folder, folders, names in os.walk(ROOT / under):
        folders[:] = sorted(name for name in folders if is_ours(folder, name))
        for name in sorted(names):
            if name != '.git':
                yield Path(folder, name).relative_to(ROOT).as_posix()


def read(path):
    """The text of a file; None if it is not text."""
    try:
        return (ROOT / path).read_text(encoding='utf-8')
    except UnicodeDecodeError:
        return None


def lines_matching(texts, pattern, allowed=None):
    """`file:line: text` for each line that matches and is not allowed."""
    return [
        f'{path}:{number}: {line.strip()}'
        for path, text in texts
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line) and not (allowed and allowed.search(line))
    ]

# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The folders of documents, copied: documents read what is beside them."""

import shutil


def copy_folders(documents, folder):
    for source in {document.path.parent for document in documents}:
        shutil.copytree(source, folder / source.name)

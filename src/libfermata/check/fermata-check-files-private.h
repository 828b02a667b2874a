/* fermata-check-files-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "check/fermata-check-private.h"
#include "model/fermata-documents-private.h"

G_BEGIN_DECLS

/*
 * The documents that one check reads: that which is checked, and those that its nodes
 * name, each checked once. What is wrong with each is kept apart until all is known.
 */
FermataCheckFiles *fermata_check_files_new    (FermataLoader     *loader,
                                               FermataGraph      *root);
void               fermata_check_files_free   (FermataCheckFiles *self);

FermataDocument   *fermata_check_files_get_first (FermataCheckFiles *self);

/* Whether the text of a file that @from names can be read. */
gboolean           fermata_check_files_read   (FermataCheckFiles  *self,
                                               FermataDocument    *from,
                                               const char         *location,
                                               GError            **error);

/* The next document that has not been checked, with where to put what is found; NULL:
 * that was all. */
FermataDocument   *fermata_check_files_next   (FermataCheckFiles *self,
                                               GListStore       **diagnostics);

/* What there is to say of all of them together, and of the others at their nodes: added
 * to those of the first, which @check is about. */
void               fermata_check_files_finish (FermataCheckFiles *self,
                                               FermataCheck      *check);

G_END_DECLS

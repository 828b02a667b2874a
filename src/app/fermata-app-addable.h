/* fermata-app-addable.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

G_BEGIN_DECLS

/* What a drag from the palette has as its text, before the name. */
#define FERMATA_APP_ADDABLE_PREFIX "fermata-node-type:"

/*
 * Something that can be added to a graph: a task of a type, or a sort of state.
 */
typedef struct {
  char *name;      /* of the node type; of states: state, final, parallel, … */
  char *title;
  char *category;
  char *icon_name;
  char *doc;       /* what it does, in a sentence or two */
} FermataAppAddable;

/* All that a graph of a kind may have, in the order in which to offer it
 * (transfer full, of FermataAppAddable). */
GPtrArray    *fermata_app_addable_list     (FermataEngine           *engine,
                                            FermataGraphKind         kind);

/* How well a search fits, or 0 if it does not; the empty one fits all. */
guint         fermata_app_addable_match    (const FermataAppAddable *self,
                                            const char              *search);

/* A new node of a type, as a value (transfer full). */
FermataValue *fermata_app_addable_new_node (FermataEngine           *engine,
                                            FermataGraphKind         kind,
                                            const char              *name,
                                            const char              *id);

/* What a body of a node has in it at first (transfer full). */
FermataValue *fermata_app_addable_new_body (FermataBodyRule          rule,
                                            const char              *name);

G_END_DECLS

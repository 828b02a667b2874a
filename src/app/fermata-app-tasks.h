/* fermata-app-tasks.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

G_BEGIN_DECLS

/*
 * What states do while they are active stands in their member `do`, and is no node of
 * the document; so its bodies are shown as graphs beside it: each task is the only
 * node of a graph of its own, made of the member anew when that has changed. They can
 * be looked at, and not edited.
 */

/* Those tasks of a state that have bodies, as graphs (transfer none, nullable; valid
 * until the state changes). */
GPtrArray    *fermata_app_tasks_list        (FermataNode  *state);

/* The state that a graph of the list is of (nullable: it is of no state), and which of
 * its tasks that is. */
FermataNode  *fermata_app_tasks_get_state   (FermataGraph *graph);
guint         fermata_app_tasks_get_index   (FermataGraph *graph);

/* Outwards from a body: the node that one enters it by, and the graph around, as they
 * are shown; NULL at the root. */
FermataNode  *fermata_app_tasks_find_owner  (FermataGraph *body);
FermataGraph *fermata_app_tasks_find_around (FermataGraph *body);

/* The document that a graph is in, through all bodies. */
FermataGraph *fermata_app_tasks_find_root   (FermataGraph *graph);

G_END_DECLS

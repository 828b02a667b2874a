/* fermata-cli-live-tree.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

G_BEGIN_DECLS

/**
 * CliLiveRow:
 * @frame: the number of a frame
 * @node: a node of it, by its place
 * @depth: how many rows it is within
 * @label: what it is called there: "2/double" in the row of "orders"
 * @is_owner: it has a body; @effect has only its frame, node and time
 * @effect: what is under way for it
 *
 * A node that is under way.
 */
typedef struct {
  guint frame;
  guint node;
  guint depth;
  char *label;
  gboolean is_owner;
  FermataEffect effect;
  guint parent;
} CliLiveRow;

/**
 * CliLiveTree:
 * @rows: of #CliLiveRow, in the order in which they are shown, at most as many
 *   as were wanted
 * @n_running: how many nodes there are that do something themselves
 * @n_shown: how many of those have a row
 *
 * What runs, and in the bodies of what. Where there is not room for all of it, what
 * lies deepest is left out.
 */
typedef struct {
  GArray *rows;
  guint n_running;
  guint n_shown;
} CliLiveTree;

/* What it costs depends on @most and on what is under way. */
void cli_live_tree_init  (CliLiveTree   *self,
                          FermataMoment *moment,
                          guint          most);
void cli_live_tree_clear (CliLiveTree   *self);

G_END_DECLS

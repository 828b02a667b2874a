/* fermata-app-grid.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>
#include <graphene.h>

G_BEGIN_DECLS

/*
 * An index of rectangles: which of them meet an area?
 *
 * Uniform grids, one for each class of sizes: what is at most 256 wide and high
 * is in a grid of cells of that size, and so on by fours. A rectangle is in one
 * cell only, that of its top left corner, so nothing is found twice, and a large
 * one costs no more than a small one.
 */
typedef struct _FermataAppGrid FermataAppGrid;

typedef struct _FermataAppGridCell FermataAppGridCell;

/* A part of what is indexed. Zeroed, it is in no grid. */
typedef struct {
  graphene_rect_t rect;
  gpointer data;
  FermataAppGridCell *cell;
  guint slot;
} FermataAppGridEntry;

/* FALSE: no more. Must not change the grid. */
typedef gboolean (*FermataAppGridFunc) (gpointer data,
                                        gpointer user_data);

FermataAppGrid *fermata_app_grid_new    (void);

/* The entries are in no grid then. */
void            fermata_app_grid_free   (FermataAppGrid        *self);

/* Puts an entry in, or moves it. */
void            fermata_app_grid_place  (FermataAppGrid        *self,
                                         FermataAppGridEntry   *entry,
                                         const graphene_rect_t *rect,
                                         gpointer               data);
void            fermata_app_grid_remove (FermataAppGrid        *self,
                                         FermataAppGridEntry   *entry);

/* Calls @func for each that meets @area, in no particular order: FALSE if it
 * said so. */
gboolean        fermata_app_grid_visit  (FermataAppGrid        *self,
                                         const graphene_rect_t *area,
                                         FermataAppGridFunc     func,
                                         gpointer               user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataAppGrid, fermata_app_grid_free)

G_END_DECLS

/* fermata-element-list-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The nodes or the edges of one graph or state, in document order.
 *
 * A list of chunks, so that inserting, removing and asking for a position
 * stay cheap however many elements there are: a change moves at most one
 * chunk's pointers, and positions are counted anew a chunk at a time, when
 * somebody asks.
 */
typedef struct _FermataElementChunk FermataElementChunk;

/* What nodes and edges begin with. An element is in one list at most; one
 * that was removed, or whose list is gone, has no chunk. */
typedef struct {
  GObject parent_instance;

  FermataElementChunk *chunk;
  guint slot;    /* a hint where in the chunk; verified before it is used */
  guint ordinal; /* edges only: see fermata-edge-names.c */
} FermataElement;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataElement, g_object_unref)

#define FERMATA_TYPE_ELEMENT_LIST (fermata_element_list_get_type ())
G_DECLARE_FINAL_TYPE (FermataElementList, fermata_element_list, FERMATA, ELEMENT_LIST, GObject)

/* @owner, the graph or node whose list it is, is not referenced: it disowns
 * the list before it goes. */
FermataElementList *fermata_element_list_new       (GType               item_type,
                                                    gpointer            owner);
void                fermata_element_list_disown    (FermataElementList *self);
gpointer            fermata_element_list_get_owner (FermataElementList *self);
guint               fermata_element_list_get_size  (FermataElementList *self);

/* Transfer none; NULL past the end. */
FermataElement     *fermata_element_list_get       (FermataElementList *self,
                                                    guint               position);

/* Takes the reference. Nobody is told of it: for reading. */
void                fermata_element_list_append    (FermataElementList *self,
                                                    FermataElement     *element);

/* Takes the reference; @position must not be past the end. */
void                fermata_element_list_insert    (FermataElementList *self,
                                                    guint               position,
                                                    FermataElement     *element);

/* Gives the list's reference (transfer full). */
FermataElement     *fermata_element_list_take      (FermataElementList *self,
                                                    guint               position);

/* Tells those who listen, if anybody does, that elements were exchanged. */
void                fermata_element_list_tell      (FermataElementList *self,
                                                    guint               position,
                                                    guint               removed,
                                                    guint               added);

/* NULL for an element in no list. */
FermataElementList *fermata_element_get_list       (FermataElement     *element);
gpointer            fermata_element_get_owner      (FermataElement     *element);

/* 0 for an element in no list. */
guint               fermata_element_get_position   (FermataElement     *element);

G_END_DECLS

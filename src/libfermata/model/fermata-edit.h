/* fermata-edit.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "model/fermata-model-types.h"

G_BEGIN_DECLS

/**
 * FermataEditKind:
 * @FERMATA_EDIT_ADD_NODE: adds a node to a graph, or a state to a state
 * @FERMATA_EDIT_REMOVE_NODE: removes a node with all that is nested in it
 * @FERMATA_EDIT_MOVE_NODE: gives a node another place, or another parent
 * @FERMATA_EDIT_RENAME_NODE: changes an id, and what refers to it by itself
 * @FERMATA_EDIT_ADD_EDGE: adds an edge
 * @FERMATA_EDIT_REMOVE_EDGE: removes an edge
 * @FERMATA_EDIT_MOVE_EDGE: gives an edge another place, or another graph
 * @FERMATA_EDIT_SET_MEMBER: sets a member of a graph, node or edge
 * @FERMATA_EDIT_UNSET_MEMBER: removes a member of a graph, node or edge
 * @FERMATA_EDIT_SET_POSITIONS: sets where nodes are drawn
 * @FERMATA_EDIT_ADD_BODY: gives a node a body
 * @FERMATA_EDIT_REMOVE_BODY: removes a body from a node
 * @FERMATA_EDIT_GROUP: several edits, one after the other: all or none
 *
 * What an edit does.
 */
typedef enum {
  FERMATA_EDIT_ADD_NODE,
  FERMATA_EDIT_REMOVE_NODE,
  FERMATA_EDIT_MOVE_NODE,
  FERMATA_EDIT_RENAME_NODE,
  FERMATA_EDIT_ADD_EDGE,
  FERMATA_EDIT_REMOVE_EDGE,
  FERMATA_EDIT_MOVE_EDGE,
  FERMATA_EDIT_SET_MEMBER,
  FERMATA_EDIT_UNSET_MEMBER,
  FERMATA_EDIT_SET_POSITIONS,
  FERMATA_EDIT_ADD_BODY,
  FERMATA_EDIT_REMOVE_BODY,
  FERMATA_EDIT_GROUP,
} FermataEditKind;

#define FERMATA_TYPE_EDIT_KIND (fermata_edit_kind_get_type ())

FERMATA_EXTERN
GType            fermata_edit_kind_get_type        (void) G_GNUC_CONST;
FERMATA_EXTERN
const char      *fermata_edit_kind_to_string       (FermataEditKind kind);

/**
 * FermataEdit:
 *
 * One change of a document, as data: immutable, reference-counted.
 *
 * An edit names what it changes by its path, a JSON Pointer from the
 * document's root, and holds what it adds as values. So edits can be kept,
 * and done and undone in their order on any copy of the document. To apply
 * one gives its inverse.
 */
typedef struct _FermataEdit FermataEdit;

#define FERMATA_TYPE_EDIT (fermata_edit_get_type ())

FERMATA_EXTERN
GType            fermata_edit_get_type             (void) G_GNUC_CONST;
FERMATA_EXTERN
FermataEdit     *fermata_edit_ref                  (FermataEdit        *self);
FERMATA_EXTERN
void             fermata_edit_unref                (FermataEdit        *self);

/* A @position is a place from 0; past the end means at the end. */
FERMATA_EXTERN
FermataEdit     *fermata_edit_new_add_node         (const char         *parent_path,
                                                    guint               position,
                                                    FermataValue       *node);
FERMATA_EXTERN
FermataEdit     *fermata_edit_new_remove_node      (const char         *path);
FERMATA_EXTERN
FermataEdit     *fermata_edit_new_move_node        (const char         *path,
                                                    const char         *parent_path,
                                                    guint               position);
FERMATA_EXTERN
FermataEdit     *fermata_edit_new_rename_node      (const char         *path,
                                                    const char         *id);
FERMATA_EXTERN
FermataEdit     *fermata_edit_new_add_edge         (const char         *graph_path,
                                                    guint               position,
                                                    FermataValue       *edge);
FERMATA_EXTERN
FermataEdit     *fermata_edit_new_remove_edge      (const char         *path);
FERMATA_EXTERN
FermataEdit     *fermata_edit_new_move_edge        (const char         *path,
                                                    const char         *graph_path,
                                                    guint               position);
FERMATA_EXTERN
FermataEdit     *fermata_edit_new_set_member       (const char         *path,
                                                    const char         *name,
                                                    FermataValue       *value);
FERMATA_EXTERN
FermataEdit     *fermata_edit_new_unset_member     (const char         *path,
                                                    const char         *name);

/* @positions is an object: id -> [x, y], or null to forget it. Its cost is
 * that of all positions of the graph, so move many nodes at once. */
FERMATA_EXTERN
FermataEdit     *fermata_edit_new_set_positions    (const char         *graph_path,
                                                    FermataValue       *positions);
FERMATA_EXTERN
FermataEdit     *fermata_edit_new_add_body         (const char         *node_path,
                                                    const char         *name,
                                                    FermataValue       *body);
FERMATA_EXTERN
FermataEdit     *fermata_edit_new_remove_body      (const char         *node_path,
                                                    const char         *name);
FERMATA_EXTERN
FermataEdit     *fermata_edit_new_group            (FermataEdit *const *edits,
                                                    guint               n_edits);

FERMATA_EXTERN
FermataEditKind  fermata_edit_get_kind             (FermataEdit        *self);

/* What is changed or removed; for what is added, where to; NULL for a group. */
FERMATA_EXTERN
const char      *fermata_edit_get_path             (FermataEdit        *self);

/* The member, the body, the new id; NULL for others. */
FERMATA_EXTERN
const char      *fermata_edit_get_name             (FermataEdit        *self);
FERMATA_EXTERN
FermataValue    *fermata_edit_get_value            (FermataEdit        *self);
FERMATA_EXTERN
guint            fermata_edit_get_n_edits          (FermataEdit        *self);
FERMATA_EXTERN
FermataEdit     *fermata_edit_get_edit             (FermataEdit        *self,
                                                    guint               index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataEdit, fermata_edit_unref)

G_END_DECLS

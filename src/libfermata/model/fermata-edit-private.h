/* fermata-edit-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "model/fermata-edit.h"
#include "model/fermata-model-private.h"

G_BEGIN_DECLS

#define FERMATA_MEMBER_AT_END G_MAXSIZE
#define FERMATA_POSITION_NONE (G_MAXSIZE - 1)

struct _FermataEdit {
  gatomicrefcount ref_count;

  FermataEditKind kind;
  char *path;
  char *parent_path;   /* of a move: where to */
  char *name;
  FermataValue *value; /* what is added or set; of positions, an object */
  guint position;
  GPtrArray *edits;    /* of a group */

  /*
   * What only inverses hold. An inverse puts back what was, so it is not
   * asked whether that was valid, and a member that the edit made goes again.
   */
  gboolean is_restoring;
  gboolean drops_member; /* if the list becomes empty, its member goes too */
  gsize member_index;    /* where a member that is not there is made */
  GArray *indices;       /* of positions: where each of value's is, as gsize */
};

FermataEdit  *fermata_edit_new_for             (FermataEditKind  kind,
                                                const char      *path);

/* Each does one kind of edit and gives the inverse, or NULL with @error set
 * and nothing changed. */
FermataEdit  *fermata_edit_add_element         (FermataGraph    *root,
                                                FermataEdit     *edit,
                                                GError         **error);
FermataEdit  *fermata_edit_remove_element      (FermataGraph    *root,
                                                FermataEdit     *edit,
                                                GError         **error);
FermataEdit  *fermata_edit_move_element        (FermataGraph    *root,
                                                FermataEdit     *edit,
                                                GError         **error);
FermataEdit  *fermata_edit_set_member          (FermataGraph    *root,
                                                FermataEdit     *edit,
                                                GError         **error);
FermataEdit  *fermata_edit_unset_member        (FermataGraph    *root,
                                                FermataEdit     *edit,
                                                GError         **error);
FermataEdit  *fermata_edit_set_positions       (FermataGraph    *root,
                                                FermataEdit     *edit,
                                                GError         **error);
FermataEdit  *fermata_edit_add_body            (FermataGraph    *root,
                                                FermataEdit     *edit,
                                                GError         **error);
FermataEdit  *fermata_edit_remove_body         (FermataGraph    *root,
                                                FermataEdit     *edit,
                                                GError         **error);

/* A rename is a group of others, made from what the document holds. */
FermataEdit  *fermata_edit_expand_rename       (FermataGraph    *root,
                                                FermataEdit     *edit,
                                                GError         **error);

/* The thing at a path, which must be of @type, or of G_TYPE_OBJECT. */
gpointer      fermata_edit_find                (FermataGraph    *root,
                                                const char      *path,
                                                GType            type,
                                                GError         **error);

gboolean      fermata_edit_fail_removed        (GError         **error);

/* Members of whatever has some. */
FermataValue *fermata_object_get_members       (gpointer         object);
void          fermata_object_set_members       (gpointer         object,
                                                FermataValue    *members);
char         *fermata_object_dup_path          (gpointer         object);

/* Tells that a member was changed: the properties that depend on it. */
void          fermata_object_notify_member     (gpointer         object,
                                                const char      *name);

/* Sets a text, or removes it if it is NULL, if that changes anything. */
void          fermata_object_set_text          (gpointer         object,
                                                const char      *name,
                                                const char      *text);

/* Makes a member where there is none. */
void          fermata_object_make_member       (gpointer         object,
                                                const char      *name,
                                                FermataValue    *value,
                                                gsize            index);

/* Removes a member, and tells where it was. */
gsize         fermata_object_drop_member       (gpointer         object,
                                                const char      *name);

/* What an edit brings in: ids are valid, and each is there once. */
gboolean      fermata_edit_check_new_node      (FermataGraph    *graph,
                                                FermataNode     *top,
                                                GError         **error);
gboolean      fermata_edit_check_new_body      (FermataGraph    *body,
                                                GError         **error);
gboolean      fermata_edit_check_id_is_free    (FermataGraph    *graph,
                                                const char      *id,
                                                GError         **error);
gboolean      fermata_edit_check_ids_are_free  (FermataGraph    *graph,
                                                FermataNode     *top,
                                                GError         **error);
gboolean      fermata_edit_check_edge          (FermataGraph    *graph,
                                                FermataEdge     *edge,
                                                GError         **error);
gboolean      fermata_edit_check_edge_member   (FermataGraph    *graph,
                                                FermataEdge     *edge,
                                                const char      *name,
                                                FermataValue    *value,
                                                GError         **error);

G_END_DECLS

/* fermata-app-member-special.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-member-special.h"

#include <glib/gi18n.h>

static FermataEdit *
refuse (GError    **error,
        const char *message)
{
  g_set_error_literal (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE, message);
  return NULL;
}

static const char *
get_text (FermataValue *value)
{
  if (value == NULL || fermata_value_get_kind (value) != FERMATA_VALUE_KIND_STRING)
    return NULL;
  return fermata_value_get_string (value, NULL);
}

static gboolean
is_object (FermataValue *value)
{
  return value != NULL && fermata_value_get_kind (value) == FERMATA_VALUE_KIND_OBJECT;
}

/* --- Ids ------------------------------------------------------------------- */

FermataValue *
fermata_app_read_id (gpointer                subject,
                     const FermataAppMember *member)
{
  return fermata_value_new_string (fermata_node_get_id (subject), -1);
}

FermataEdit *
fermata_app_write_id (gpointer                subject,
                      const FermataAppMember *member,
                      FermataValue           *value,
                      GError                **error)
{
  g_autofree char *path = fermata_node_dup_path (subject);

  if (fermata_node_get_graph (subject) == NULL || get_text (value) == NULL)
    return refuse (error, _("Everything has an id"));
  return fermata_edit_new_rename_node (path, get_text (value));
}

/* --- Policies -------------------------------------------------------------- */

static gboolean
is_attempts (FermataValue *retry)
{
  return retry != NULL && fermata_value_get_kind (retry) == FERMATA_VALUE_KIND_INTEGER;
}

FermataValue *
fermata_app_read_retry (gpointer                subject,
                        const FermataAppMember *member)
{
  FermataValue *retry = fermata_node_get_member (subject, "retry");
  FermataValue *value = NULL;

  if (is_attempts (retry) && strcmp (member->path[1], "attempts") == 0)
    value = retry;
  if (is_object (retry))
    value = fermata_value_get_member (retry, member->path[1]);
  return value != NULL ? fermata_value_ref (value) : NULL;
}

FermataEdit *
fermata_app_write_retry (gpointer                subject,
                         const FermataAppMember *member,
                         FermataValue           *value,
                         GError                **error)
{
  static const char *const whole[] = { "retry", NULL };
  FermataValue *retry = fermata_node_get_member (subject, "retry");
  const char *names[] = { "attempts", member->path[1] };
  FermataValue *values[] = { retry, value };
  g_autoptr (FermataValue) both = NULL;

  if (!is_attempts (retry))
    return fermata_edit_new_set_at (subject, member->path, value, error);
  if (strcmp (member->path[1], "attempts") == 0)
    return fermata_edit_new_set_at (subject, whole, value, error);
  if (value == NULL)
    return fermata_edit_new_group (NULL, 0);
  both = fermata_value_new_object (names, values, G_N_ELEMENTS (names));
  return fermata_edit_new_set_at (subject, whole, both, error);
}

FermataValue *
fermata_app_read_on_error (gpointer                subject,
                           const FermataAppMember *member)
{
  FermataValue *value = fermata_node_get_member (subject, "on-error");

  if (is_object (value))
    return fermata_value_parse ("{\"value\":null}", -1, NULL);
  return value != NULL ? fermata_value_ref (value) : NULL;
}

FermataEdit *
fermata_app_write_on_error (gpointer                subject,
                            const FermataAppMember *member,
                            FermataValue           *value,
                            GError                **error)
{
  if (is_object (value) && is_object (fermata_node_get_member (subject, "on-error")))
    return fermata_edit_new_group (NULL, 0);
  return fermata_edit_new_set_at (subject, member->path, value, error);
}

gboolean
fermata_app_has_fallback (gpointer node)
{
  return is_object (fermata_node_get_member (node, "on-error"));
}

/* --- States ---------------------------------------------------------------- */

static gboolean
is_kind (gpointer    state,
         const char *kind)
{
  return g_strcmp0 (get_text (fermata_node_get_member (state, "type")), kind) == 0;
}

FermataValue *
fermata_app_read_state_kind (gpointer                subject,
                             const FermataAppMember *member)
{
  const char *kind = get_text (fermata_node_get_member (subject, "type"));

  if (kind == NULL || strcmp (kind, "atomic") == 0 || strcmp (kind, "compound") == 0)
    return NULL;
  if (strcmp (kind, "history") == 0 && g_strcmp0 (get_text (fermata_node_get_member (subject, "history")), "deep") == 0)
    return fermata_value_new_string ("deep", -1);
  return fermata_value_new_string (kind, -1);
}

/* Takes the edit. */
static void
push (GPtrArray   *edits,
      FermataEdit *edit)
{
  g_ptr_array_add (edits, edit);
}

FermataEdit *
fermata_app_write_state_kind (gpointer                subject,
                              const FermataAppMember *member,
                              FermataValue           *value,
                              GError                **error)
{
  static const char *const type_path[] = { "type", NULL };
  static const char *const history_path[] = { "history", NULL };
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) fermata_edit_unref);
  gboolean is_deep = g_strcmp0 (get_text (value), "deep") == 0;
  g_autoptr (FermataValue) type = is_deep ? fermata_value_new_string ("history", -1) : NULL;
  g_autoptr (FermataValue) history = is_deep ? fermata_value_new_string ("deep", -1) : NULL;

  push (edits, fermata_edit_new_set_at (subject, type_path, is_deep ? type : value, NULL));
  push (edits, fermata_edit_new_set_at (subject, history_path, history, NULL));
  return fermata_edit_new_group ((FermataEdit *const *) edits->pdata, edits->len);
}

gboolean
fermata_app_can_be_initial (gpointer state)
{
  return !is_kind (state, "history");
}

gboolean
fermata_app_has_actions (gpointer state)
{
  return !is_kind (state, "history");
}

gboolean
fermata_app_has_tasks (gpointer state)
{
  return !is_kind (state, "history") && !is_kind (state, "final");
}

gboolean
fermata_app_is_final (gpointer state)
{
  return is_kind (state, "final");
}

static gboolean
names_id (FermataValue *value,
          const char   *id)
{
  gsize length;

  if (is_object (value))
    value = fermata_value_get_member (value, "to");
  if (value == NULL || fermata_value_get_kind (value) != FERMATA_VALUE_KIND_ARRAY)
    return value != NULL && g_strcmp0 (get_text (value), id) == 0;
  length = fermata_value_get_length (value);
  for (gsize i = 0; i < length; i++)
    {
      if (g_strcmp0 (get_text (fermata_value_get_element (value, i)), id) == 0)
        return TRUE;
    }
  return FALSE;
}

/* What says which state is entered first. */
static FermataValue *
get_initial (FermataNode *state)
{
  FermataNode *parent = fermata_node_get_parent (state);
  FermataGraph *graph = fermata_node_get_graph (state);

  if (parent != NULL)
    return fermata_node_get_member (parent, "initial");
  return graph != NULL ? fermata_graph_get_member (graph, "initial") : NULL;
}

/* The first that is no history state is the one where nothing is said. */
static gboolean
is_first (FermataNode *state)
{
  FermataNode *parent = fermata_node_get_parent (state);
  FermataGraph *graph = fermata_node_get_graph (state);
  FermataNode *other = NULL;

  for (guint i = 0; i == 0 || (other != NULL && is_kind (other, "history")); i++)
    {
      if (parent != NULL)
        other = fermata_node_get_child (parent, i);
      else
        other = graph != NULL ? fermata_graph_get_node (graph, i) : NULL;
    }
  return other == state;
}

FermataValue *
fermata_app_read_is_initial (gpointer                subject,
                             const FermataAppMember *member)
{
  FermataValue *initial = get_initial (subject);
  gboolean is_initial = initial != NULL ? names_id (initial, fermata_node_get_id (subject)) : is_first (subject);

  return is_initial ? fermata_value_new_boolean (TRUE) : NULL;
}

FermataEdit *
fermata_app_write_is_initial (gpointer                subject,
                              const FermataAppMember *member,
                              FermataValue           *value,
                              GError                **error)
{
  if (value == NULL)
    return refuse (error, _("To begin with another state, make that one the initial one"));
  return fermata_edit_new_set_initial (subject, error);
}

/* --- Edges ----------------------------------------------------------------- */

FermataValue *
fermata_app_read_on (gpointer                subject,
                     const FermataAppMember *member)
{
  return g_strcmp0 (get_text (fermata_edge_get_member (subject, "on")), "error") == 0 ? fermata_value_new_boolean (TRUE)
                                                                                      : NULL;
}

FermataEdit *
fermata_app_write_on (gpointer                subject,
                      const FermataAppMember *member,
                      FermataValue           *value,
                      GError                **error)
{
  g_autoptr (FermataValue) on = value != NULL ? fermata_value_new_string ("error", -1) : NULL;

  return fermata_edit_new_set_at (subject, member->path, on, error);
}

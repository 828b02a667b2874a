/* fermata-app-document-breakpoints.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* A document's breakpoints: kept beside the user's data, one file a document,
 * never in the graph. */

#include "fermata-app-document-private.h"

#include "fermata-app-bodies.h"
#include "fermata-app-tasks.h"

/* Milliseconds after a change; the last ones are kept when the file is closed. */
#define PAUSE 500

/* NULL for a document without a file: its breakpoints end with it. */
static GFile *
get_store (FermataAppDocument *self)
{
  g_autofree char *uri = NULL;
  g_autofree char *sum = NULL;
  g_autofree char *name = NULL;

  if (self->file == NULL)
    return NULL;

  uri = g_file_get_uri (self->file);
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, uri, -1);
  name = g_strconcat (sum, ".json", NULL);

  return g_file_new_build_filename (g_get_user_data_dir (), "fermata", "breakpoints", name, NULL);
}

static void
keep (FermataAppDocument *self)
{
  g_autoptr (GFile) store = get_store (self);
  g_autoptr (GError) error = NULL;

  if (store == NULL)
    return;

  /* Nobody who never had one gets a file. */
  if (g_list_model_get_n_items (G_LIST_MODEL (self->breakpoints)) == 0
      && !g_file_query_exists (store, NULL))
    return;

  {
    g_autoptr (GFile) folder = g_file_get_parent (store);

    g_file_make_directory_with_parents (folder, NULL, NULL);
  }
  if (!fermata_breakpoints_save (self->breakpoints, store, &error))
    g_warning ("Breakpoints are not kept: %s", error->message);
}

static gboolean
keep_later (gpointer user_data)
{
  FermataAppDocument *self = user_data;

  self->keep_source = 0;
  keep (self);

  return G_SOURCE_REMOVE;
}

static void
breakpoints_changed (FermataAppDocument *self)
{
  fermata_app_document_queue_looks (self);
  if (self->keep_source == 0)
    self->keep_source = g_timeout_add (PAUSE, keep_later, self);
}

static void
watch_added (FermataAppDocument *self,
             guint               position,
             guint               n_removed,
             guint               n_added)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr (FermataBreakpoint) breakpoint = NULL;

      breakpoint = g_list_model_get_item (G_LIST_MODEL (self->breakpoints), i);
      g_signal_handlers_disconnect_by_func (breakpoint, breakpoints_changed, self);
      g_signal_connect_object (breakpoint, "notify", G_CALLBACK (breakpoints_changed), self,
                               G_CONNECT_SWAPPED);
    }
  breakpoints_changed (self);
}

void
fermata_app_document_breakpoints_init (FermataAppDocument *self)
{
  self->breakpoints = fermata_breakpoints_new ();
  fermata_breakpoints_follow (self->breakpoints, self->graph);
  g_signal_connect_object (self->breakpoints, "items-changed", G_CALLBACK (watch_added), self,
                           G_CONNECT_SWAPPED);
}

void
fermata_app_document_breakpoints_dispose (FermataAppDocument *self)
{
  if (self->keep_source != 0)
    {
      g_clear_handle_id (&self->keep_source, g_source_remove);
      keep (self);
    }
  g_clear_object (&self->breakpoints);
}

void
fermata_app_document_breakpoints_load (FermataAppDocument *self)
{
  g_autoptr (GFile) store = get_store (self);
  g_autoptr (GError) error = NULL;

  if (store == NULL || g_list_model_get_n_items (G_LIST_MODEL (self->breakpoints)) > 0)
    return;

  if (!fermata_breakpoints_load (self->breakpoints, store, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_warning ("Breakpoints are not there: %s", error->message);
}

/* Behind an edge with `each` a node is what is in the frames of its items; but not if
 * it takes the items itself. */
static gboolean
is_its_own_item (FermataAppDocument *self,
                 FermataNode        *owner)
{
  return fermata_app_bodies_get_rule (self, owner) != FERMATA_BODY_RULE_ITEMS
         && fermata_app_bodies_is_behind_each (owner);
}

/* As events name it: through the bodies that it is in. */
char *
fermata_app_document_dup_place (FermataAppDocument *self,
                                gpointer            element)
{
  gboolean is_node = FERMATA_IS_NODE (element);
  FermataGraph *graph = is_node ? fermata_node_get_graph (element) : fermata_edge_get_graph (element);
  g_autofree char *name = is_node ? g_strdup (fermata_node_get_id (element))
                                  : fermata_edge_dup_name (element);
  g_autoptr (GString) place = g_string_new (name);

  while (graph != NULL)
    {
      FermataNode *owner = fermata_graph_get_owner (graph);

      if (owner == NULL)
        break;
      g_string_prepend_c (place, '/');
      if (fermata_app_bodies_get_rule (self, owner) == FERMATA_BODY_RULE_TRY)
        {
          g_string_prepend (place, fermata_app_bodies_get_name (graph));
          g_string_prepend_c (place, '/');
        }
      g_string_prepend (place, fermata_node_get_id (owner));
      if (is_its_own_item (self, owner))
        {
          g_string_prepend_c (place, '/');
          g_string_prepend (place, fermata_node_get_id (owner));
        }
      graph = fermata_node_get_graph (owner);
      if (graph != NULL && fermata_app_tasks_get_state (graph) != NULL)
        {
          FermataNode *state = fermata_app_tasks_get_state (graph);

          g_string_prepend_c (place, '/');
          g_string_prepend (place, fermata_node_get_id (state));
          graph = fermata_node_get_graph (state);
        }
    }

  return g_string_free (g_steal_pointer (&place), FALSE);
}

FermataBreakpoint *
fermata_app_document_find_breakpoint (FermataAppDocument *self,
                                      gpointer            element)
{
  g_autofree char *place = NULL;

  /* Asked in each frame, of all that is seen. */
  if (g_list_model_get_n_items (G_LIST_MODEL (self->breakpoints)) == 0)
    return NULL;

  place = fermata_app_document_dup_place (self, element);

  return fermata_breakpoints_find (self->breakpoints,
                                   FERMATA_IS_NODE (element) ? FERMATA_PLACE_KIND_NODE
                                                             : FERMATA_PLACE_KIND_EDGE, place);
}

void
fermata_app_document_toggle_breakpoint (FermataAppDocument *self,
                                        gpointer            element)
{
  g_autofree char *place = fermata_app_document_dup_place (self, element);

  fermata_breakpoints_toggle (self->breakpoints,
                              FERMATA_IS_NODE (element) ? FERMATA_PLACE_KIND_NODE
                                                        : FERMATA_PLACE_KIND_EDGE, place);
}

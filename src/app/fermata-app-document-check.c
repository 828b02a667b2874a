/* fermata-app-document-check.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What is wrong with a document: found when editing has paused. */

#include "fermata-app-document-private.h"

/* Milliseconds without an edit. */
#define PAUSE 300

void
fermata_app_document_check_init (FermataAppDocument *self)
{
  self->checker = fermata_engine_create_checker (self->engine);
  self->diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  self->problems = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}

void
fermata_app_document_check_dispose (FermataAppDocument *self)
{
  g_clear_handle_id (&self->check_source, g_source_remove);
  g_clear_object (&self->checker);
  g_clear_object (&self->diagnostics);
  g_clear_pointer (&self->problems, g_hash_table_unref);
}

gboolean
fermata_app_document_is_of_other_file (FermataAppDocument *self,
                                       FermataDiagnostic  *diagnostic)
{
  const char *file = fermata_diagnostic_get_file (diagnostic);

  return file != NULL && g_strcmp0 (file, self->name) != 0;
}

gpointer
fermata_app_document_find_subject (FermataAppDocument *self,
                                   FermataDiagnostic  *diagnostic)
{
  const char *path = fermata_diagnostic_get_path (diagnostic);
  gpointer subject;

  if (path == NULL || fermata_app_document_is_of_other_file (self, diagnostic))
    return NULL;
  subject = fermata_graph_lookup_path (self->graph, path, NULL);

  return FERMATA_IS_NODE (subject) || FERMATA_IS_EDGE (subject) ? subject : NULL;
}

static void
note_problem (FermataAppDocument *self,
              FermataDiagnostic  *diagnostic)
{
  gpointer subject = fermata_app_document_find_subject (self, diagnostic);
  guint severity = fermata_diagnostic_get_severity (diagnostic) + 1;

  if (subject == NULL || fermata_app_document_get_severity (self, subject) >= severity)
    return;

  g_hash_table_insert (self->problems, g_object_ref (subject), GUINT_TO_POINTER (severity));
}

/* One change of the list for all, so that views do not build it up again and
 * again. */
static void
check_now (FermataAppDocument *self)
{
  g_autoptr (GListStore) found = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autoptr (GPtrArray) diagnostics = g_ptr_array_new_with_free_func (g_object_unref);
  guint n;

  fermata_checker_check (self->checker, self->graph, found);
  n = g_list_model_get_n_items (G_LIST_MODEL (found));
  g_hash_table_remove_all (self->problems);
  for (guint i = 0; i < n; i++)
    {
      FermataDiagnostic *diagnostic = g_list_model_get_item (G_LIST_MODEL (found), i);

      g_ptr_array_add (diagnostics, diagnostic);
      note_problem (self, diagnostic);
    }
  g_list_store_splice (self->diagnostics, 0, g_list_model_get_n_items (G_LIST_MODEL (self->diagnostics)),
                       diagnostics->pdata, n);
  fermata_app_document_queue_looks (self);
}

static gboolean
paused (gpointer user_data)
{
  FermataAppDocument *self = user_data;

  self->check_source = 0;
  check_now (self);

  return G_SOURCE_REMOVE;
}

void
fermata_app_document_check (FermataAppDocument *self)
{
  g_clear_handle_id (&self->check_source, g_source_remove);
  self->check_source = g_timeout_add (PAUSE, paused, self);
}

void
fermata_app_document_check_now (FermataAppDocument *self)
{
  g_clear_handle_id (&self->check_source, g_source_remove);
  check_now (self);
}

guint
fermata_app_document_get_severity (FermataAppDocument *self,
                                   gpointer            element)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->problems, element));
}

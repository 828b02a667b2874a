/* fermata-documents.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-documents-private.h"

#include <stdlib.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "value/fermata-value-builder.h"

/*
 * Invariants: @documents owns them all, at their indices; @by_file has those that
 * have a file. What could not be read is kept, too: it is not tried again.
 */
struct _FermataDocuments {
  gatomicrefcount ref_count;

  FermataLoader *loader;
  GPtrArray *documents;
  GHashTable *by_file;

  /* Of all of them; NULL until somebody wants it */
  FermataValue *content;
};

/* Locations */

GFile *
fermata_location_resolve (const char *location,
                          GFile      *file)
{
  g_autoptr (GFile) folder = NULL;

  if (g_path_is_absolute (location))
    return g_file_new_for_path (location);
  if (g_uri_peek_scheme (location) != NULL && strstr (location, ":/") != NULL)
    return g_file_new_for_uri (location);

  folder = file == NULL ? NULL : g_file_get_parent (file);

  return folder == NULL ? NULL : g_file_resolve_relative_path (folder, location);
}

char *
fermata_location_dup_name (GFile *file)
{
  const char *path = g_file_peek_path (file);
  g_autofree char *current = g_get_current_dir ();
  gsize length = strlen (current);

  if (path == NULL)
    return g_file_get_uri (file);
  if (strncmp (path, current, length) == 0 && path[length] == '/' && path[length + 1] != '\0')
    path += length + 1;

  return g_filename_display_name (path);
}

/* The same file has one name, whatever links lead to it. */
static GFile *
without_links (GFile *file)
{
  const char *path = g_file_peek_path (file);
  char *real = path == NULL ? NULL : realpath (path, NULL);
  GFile *found = real == NULL ? g_object_ref (file) : g_file_new_for_path (real);

  free (real);

  return found;
}

/* Documents */

static void
document_free (gpointer data)
{
  FermataDocument *self = data;

  g_clear_object (&self->graph);
  g_clear_object (&self->file);
  g_clear_object (&self->diagnostics);
  g_clear_error (&self->error);
  g_clear_pointer (&self->value, fermata_value_unref);
  g_clear_pointer (&self->content, fermata_value_unref);
  g_hash_table_unref (self->links);
  g_hash_table_unref (self->texts);
  g_free (self->name);
  g_free (self);
}

/* @file (nullable) is without links. */
static FermataDocument *
add_document (FermataDocuments *self,
              FermataGraph     *graph,
              GFile            *file)
{
  FermataDocument *document = g_new0 (FermataDocument, 1);

  document->index = self->documents->len;
  document->links = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  document->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify) fermata_value_unref);
  g_set_object (&document->graph, graph);
  g_ptr_array_add (self->documents, document);
  if (file != NULL)
    {
      document->file = g_object_ref (file);
      document->name = fermata_location_dup_name (file);
      g_hash_table_insert (self->by_file, document->file, document);
    }

  return document;
}

/* @loader: nullable: then nothing can be read. */
FermataDocuments *
fermata_documents_new (FermataLoader *loader,
                       FermataGraph  *root)
{
  FermataDocuments *self = g_new0 (FermataDocuments, 1);
  GFile *file = fermata_graph_get_file (root);
  g_autoptr (GFile) real = file == NULL ? NULL : without_links (file);

  g_atomic_ref_count_init (&self->ref_count);
  g_set_object (&self->loader, loader);
  self->documents = g_ptr_array_new_with_free_func (document_free);
  self->by_file = g_hash_table_new (g_file_hash, (GEqualFunc) g_file_equal);
  add_document (self, root, real);

  return self;
}

FermataDocuments *
fermata_documents_ref (FermataDocuments *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
fermata_documents_unref (FermataDocuments *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_object (&self->loader);
  g_clear_pointer (&self->content, fermata_value_unref);
  g_hash_table_unref (self->by_file);
  g_ptr_array_unref (self->documents);
  g_free (self);
}

guint
fermata_documents_get_n (FermataDocuments *self)
{
  return self->documents->len;
}

FermataDocument *
fermata_documents_get (FermataDocuments *self,
                       guint             index)
{
  return self->documents->pdata[index];
}

/* Following */

static FermataDocument *
load (FermataDocuments *self,
      GFile            *file)
{
  FermataDocument *document = add_document (self, NULL, file);
  g_autofree char *uri = g_file_get_uri (file);

  document->diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  document->graph = fermata_loader_load (self->loader, NULL, uri, document->diagnostics, &document->error);
  if (document->graph != NULL)
    fermata_graph_set_file (document->graph, file);

  return document;
}

/* Documents in SCXML come from anywhere, and may name less than others. */
static gboolean
is_scxml (FermataDocument *document)
{
  FermataValue *model = document->graph == NULL ? NULL : fermata_graph_get_member (document->graph, "data-model");
  const char *name = model == NULL || fermata_value_get_kind (model) != FERMATA_VALUE_KIND_STRING
                     ? NULL : fermata_value_get_string (model, NULL);

  return g_strcmp0 (name, "ecmascript") == 0 || g_strcmp0 (name, "null") == 0;
}

/* Whom @location means; NULL with @error set if that cannot be told. */
static FermataDocument *
find_or_load (FermataDocuments  *self,
              FermataDocument   *from,
              const char        *location,
              GError           **error)
{
  g_autoptr (GFile) named = NULL;
  g_autoptr (GFile) file = NULL;
  FermataDocument *document;

  if (self->loader == NULL)
    {
      g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_NOT_FOUND,
                   _("the graph “%s” is not at hand, and files are not read here"), location);
      return NULL;
    }
  named = is_scxml (from) ? fermata_loader_resolve (self->loader, from->file, location, error)
                          : fermata_location_resolve (location, from->file);
  if (named == NULL && is_scxml (from))
    return NULL;
  if (named == NULL)
    {
      g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_NOT_FOUND,
                   _("“%s” is relative to the file of this graph, which has none"), location);
      return NULL;
    }

  file = without_links (named);
  document = g_hash_table_lookup (self->by_file, file);

  return document != NULL ? document : load (self, file);
}

gboolean
fermata_documents_is_there (FermataDocuments *self,
                            FermataDocument  *from,
                            const char       *location)
{
  FermataDocument *document = fermata_documents_find (from, location);
  g_autoptr (GFile) file = NULL;

  if (document != NULL || self->loader == NULL)
    return document != NULL;

  file = is_scxml (from) ? fermata_loader_resolve (self->loader, from->file, location, NULL)
                         : fermata_location_resolve (location, from->file);

  return file != NULL && g_file_query_exists (file, NULL);
}

FermataDocument *
fermata_documents_find (FermataDocument *from,
                        const char      *location)
{
  return g_hash_table_lookup (from->links, location);
}

FermataDocument *
fermata_documents_follow (FermataDocuments  *self,
                          FermataDocument   *from,
                          const char        *location,
                          GError           **error)
{
  FermataDocument *document = fermata_documents_find (from, location);

  if (document == NULL)
    {
      document = find_or_load (self, from, location, error);
      if (document == NULL)
        return NULL;
      g_hash_table_insert (from->links, g_strdup (location), document);
    }
  if (document->graph != NULL)
    return document;

  if (error != NULL)
    *error = g_error_copy (document->error);

  return NULL;
}

/* Texts */

void
fermata_documents_add_text (FermataDocument *from,
                            const char      *location,
                            FermataValue    *text)
{
  g_hash_table_insert (from->texts, g_strdup (location), fermata_value_ref (text));
}

static FermataValue *
read_text (FermataDocuments  *self,
           FermataDocument   *from,
           const char        *location,
           GError           **error)
{
  g_autoptr (GBytes) bytes = NULL;
  const char *text;
  gsize length;

  if (self->loader == NULL)
    {
      g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_NOT_FOUND,
                   _("“%s” is not at hand, and files are not read here"), location);
      return NULL;
    }

  bytes = fermata_loader_read (self->loader, from->file, location, error);
  if (bytes == NULL)
    return NULL;

  text = g_bytes_get_data (bytes, &length);
  if (length > 0 && (memchr (text, '\0', length) != NULL || !g_utf8_validate (text, (gssize) length, NULL)))
    {
      g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE, _("“%s” is no text in UTF-8"), location);
      return NULL;
    }

  return fermata_value_new_string (length == 0 ? "" : text, (gssize) length);
}

FermataValue *
fermata_documents_read (FermataDocuments  *self,
                        FermataDocument   *from,
                        const char        *location,
                        GError           **error)
{
  FermataValue *text = g_hash_table_lookup (from->texts, location);

  if (text != NULL)
    return text;

  text = read_text (self, from, location, error);
  if (text != NULL)
    g_hash_table_insert (from->texts, g_strdup (location), text);

  return text;
}

FermataDocument *
fermata_documents_add (FermataDocuments *self,
                       FermataGraph     *graph,
                       const char       *name)
{
  FermataDocument *document = add_document (self, graph, NULL);

  document->name = g_strdup (name);

  return document;
}

void
fermata_documents_link (FermataDocument *from,
                        const char      *location,
                        FermataDocument *to)
{
  g_hash_table_insert (from->links, g_strdup (location), to);
}

/* What they say */

FermataValue *
fermata_documents_get_value (FermataDocument *document)
{
  if (document->value == NULL)
    document->value = fermata_graph_to_value (document->graph);

  return document->value;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
fermata_documents_list_links (FermataDocument *document)
{
  GPtrArray *locations = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer location;

  g_hash_table_iter_init (&iter, document->links);
  while (g_hash_table_iter_next (&iter, &location, NULL))
    g_ptr_array_add (locations, location);
  g_ptr_array_sort (locations, compare_names);

  return locations;
}

/* So many documents behind another are told apart. Behind one that leads to more,
 * all that there are count, so that what this takes stays linear. */
#define MAX_REACHED 256

static void
reach (GPtrArray       *reached,
       GHashTable      *seen,
       FermataDocument *document)
{
  if (document->graph != NULL && g_hash_table_add (seen, document))
    g_ptr_array_add (reached, document);
}

/* It and those behind it; NULL: too many (transfer container). */
static GPtrArray *
list_reached (FermataDocument *document)
{
  g_autoptr (GPtrArray) reached = g_ptr_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  reach (reached, seen, document);
  for (guint i = 0; i < reached->len; i++)
    {
      g_autoptr (GPtrArray) locations = fermata_documents_list_links (reached->pdata[i]);

      for (guint k = 0; k < locations->len; k++)
        reach (reached, seen, fermata_documents_find (reached->pdata[i], locations->pdata[k]));
      if (reached->len > MAX_REACHED)
        return NULL;
    }

  return g_steal_pointer (&reached);
}

static FermataValue *
make_content (GPtrArray *documents)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_array ();

  for (guint i = 0; i < documents->len; i++)
    {
      FermataDocument *document = documents->pdata[i];

      if (document->graph != NULL)
        fermata_value_builder_add (builder, fermata_documents_get_value (document));
    }

  return fermata_value_builder_end (builder);
}

FermataValue *
fermata_documents_get_content (FermataDocuments *self,
                               FermataDocument  *document)
{
  g_autoptr (GPtrArray) reached = document->content != NULL ? NULL : list_reached (document);

  if (document->content != NULL)
    return document->content;

  if (reached != NULL)
    document->content = make_content (reached);
  else
    {
      if (self->content == NULL)
        self->content = make_content (self->documents);
      document->content = fermata_value_ref (self->content);
    }

  return document->content;
}

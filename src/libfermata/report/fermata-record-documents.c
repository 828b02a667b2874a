/* fermata-record-documents.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The graphs of a record whose nodes run graphs in other files. */

#include "report/fermata-record-documents-private.h"

#include <glib/gi18n-lib.h>

#include "format/fermata-json.h"
#include "report/fermata-report-error.h"
#include "value/fermata-value-writer.h"

/*
 * In the first line, beside "graph":
 *
 *     "files": { "parts/b.json": 1 },
 *     "documents": [ { "name": …, "graph": { … }, "files": { … } }, … ]
 *
 * "texts", beside "files", are those of files that a graph names as `src`.
 * "files" says which graph is meant by what nodes write as their file: 0 is the
 * record's own, 1 the first of "documents".
 */

/* Writing */

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
add_texts (FermataValueBuilder *builder,
           FermataDocument     *document)
{
  g_autoptr (FermataValueBuilder) texts = NULL;
  g_autofree gpointer *locations = NULL;
  g_autoptr (FermataValue) value = NULL;
  guint n;

  if (g_hash_table_size (document->texts) == 0)
    return;

  texts = fermata_value_builder_new_object ();
  locations = g_hash_table_get_keys_as_array (document->texts, &n);
  qsort (locations, n, sizeof (gpointer), compare_names);
  for (guint i = 0; i < n; i++)
    fermata_value_builder_set (texts, locations[i], g_hash_table_lookup (document->texts, locations[i]));
  value = fermata_value_builder_end (texts);
  fermata_value_builder_set (builder, "texts", value);
}

static void
add_links (FermataValueBuilder *builder,
           FermataDocument     *document)
{
  g_autoptr (FermataValueBuilder) files = fermata_value_builder_new_object ();
  g_autoptr (GPtrArray) locations = fermata_documents_list_links (document);
  g_autoptr (FermataValue) value = NULL;

  for (guint i = 0; i < locations->len; i++)
    fermata_value_builder_set_integer (files, locations->pdata[i],
                                       fermata_documents_find (document, locations->pdata[i])->index);
  value = fermata_value_builder_end (files);
  fermata_value_builder_set (builder, "files", value);
  add_texts (builder, document);
}

static FermataValue *
make_document (FermataDocument *document)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  if (document->name != NULL)
    fermata_value_builder_set_string (builder, "name", document->name);
  fermata_value_builder_set (builder, "graph", fermata_documents_get_value (document));
  add_links (builder, document);

  return fermata_value_builder_end (builder);
}

void
fermata_record_add_documents (FermataValueBuilder *header,
                              FermataDocuments    *documents)
{
  g_autoptr (FermataValueBuilder) array = NULL;
  g_autoptr (FermataValue) value = NULL;

  if (documents == NULL)
    return;

  array = fermata_value_builder_new_array ();
  for (guint i = 1; i < fermata_documents_get_n (documents); i++)
    {
      g_autoptr (FermataValue) document = make_document (fermata_documents_get (documents, i));

      fermata_value_builder_add (array, document);
    }
  value = fermata_value_builder_end (array);
  add_links (header, fermata_documents_get (documents, 0));
  fermata_value_builder_set (header, "documents", value);
}

/* Reading */

static gboolean
damaged (GError     **error,
         const char  *problem)
{
  g_set_error_literal (error, FERMATA_REPORT_ERROR, FERMATA_REPORT_ERROR_DAMAGED, problem);

  return FALSE;
}

/* The first of the diagnostics that is an error. */
static gboolean
refuse_errors (GListStore  *diagnostics,
               GError     **error)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (diagnostics));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FermataDiagnostic) diagnostic = g_list_model_get_item (G_LIST_MODEL (diagnostics), i);

      if (fermata_diagnostic_get_severity (diagnostic) == FERMATA_SEVERITY_ERROR)
        return damaged (error, fermata_diagnostic_get_message (diagnostic));
    }

  return TRUE;
}

FermataGraph *
fermata_record_read_graph (FermataValue  *value,
                           const char    *name,
                           GError       **error)
{
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autoptr (FermataGraph) graph = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *text;
  gsize length;

  text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, &length);
  bytes = g_bytes_new_take (text, length);
  graph = fermata_json_read_graph (bytes, name, diagnostics, NULL);

  return refuse_errors (diagnostics, error) ? g_steal_pointer (&graph) : NULL;
}

static FermataValue *
get_member (FermataValue     *object,
            const char       *name,
            FermataValueKind  kind)
{
  FermataValue *value = fermata_value_get_kind (object) != FERMATA_VALUE_KIND_OBJECT
                        ? NULL : fermata_value_get_member (object, name);

  return value != NULL && fermata_value_get_kind (value) == kind ? value : NULL;
}

static gboolean
read_document (FermataDocuments  *documents,
               FermataValue      *value,
               GError           **error)
{
  FermataValue *name = get_member (value, "name", FERMATA_VALUE_KIND_STRING);
  FermataValue *members = get_member (value, "graph", FERMATA_VALUE_KIND_OBJECT);
  const char *text = name == NULL ? _("a graph") : fermata_value_get_string (name, NULL);
  g_autoptr (FermataGraph) graph = NULL;

  if (members == NULL)
    return damaged (error, _("one of the graphs is missing"));
  graph = fermata_record_read_graph (members, text, error);
  if (graph == NULL)
    {
      g_prefix_error (error, "%s: ", text);
      return FALSE;
    }
  fermata_documents_add (documents, graph, text);

  return TRUE;
}

/* What nodes of a graph mean by their files; @value is nullable. */
static gboolean
read_links (FermataDocuments  *documents,
            guint              index,
            FermataValue      *value,
            GError           **error)
{
  guint n = fermata_documents_get_n (documents);
  gsize n_files = value == NULL ? 0 : fermata_value_get_length (value);

  for (gsize i = 0; i < n_files; i++)
    {
      FermataValue *number = fermata_value_get_element (value, i);

      if (fermata_value_get_kind (number) != FERMATA_VALUE_KIND_INTEGER
          || fermata_value_get_integer (number) < 0 || fermata_value_get_integer (number) >= n)
        return damaged (error, _("there is no such graph among those that nodes run from files"));
      fermata_documents_link (fermata_documents_get (documents, index), fermata_value_get_member_name (value, i),
                              fermata_documents_get (documents, fermata_value_get_integer (number)));
    }

  return TRUE;
}

/* @value is nullable. */
static void
read_texts (FermataDocument *document,
            FermataValue    *value)
{
  FermataValue *texts = get_member (value, "texts", FERMATA_VALUE_KIND_OBJECT);
  gsize n = texts == NULL ? 0 : fermata_value_get_length (texts);

  for (gsize i = 0; i < n; i++)
    {
      FermataValue *text = fermata_value_get_element (texts, i);

      if (fermata_value_get_kind (text) == FERMATA_VALUE_KIND_STRING)
        fermata_documents_add_text (document, fermata_value_get_member_name (texts, i), text);
    }
}

FermataDocuments *
fermata_record_read_documents (FermataGraph  *graph,
                               FermataValue  *header,
                               GError       **error)
{
  g_autoptr (FermataDocuments) documents = fermata_documents_new (NULL, graph);
  FermataValue *array = get_member (header, "documents", FERMATA_VALUE_KIND_ARRAY);
  gsize n = array == NULL ? 0 : fermata_value_get_length (array);

  for (gsize i = 0; i < n; i++)
    {
      if (!read_document (documents, fermata_value_get_element (array, i), error))
        return NULL;
    }
  read_texts (fermata_documents_get (documents, 0), header);
  if (!read_links (documents, 0, get_member (header, "files", FERMATA_VALUE_KIND_OBJECT), error))
    return NULL;
  for (gsize i = 0; i < n; i++)
    {
      FermataValue *files = get_member (fermata_value_get_element (array, i), "files",
                                        FERMATA_VALUE_KIND_OBJECT);

      read_texts (fermata_documents_get (documents, (guint) i + 1), fermata_value_get_element (array, i));
      if (!read_links (documents, (guint) i + 1, files, error))
        return NULL;
    }

  return g_steal_pointer (&documents);
}

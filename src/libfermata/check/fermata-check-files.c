/* fermata-check-files.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Graphs in other files that nodes run. */

#include "check/fermata-check-files-private.h"

#include <glib/gi18n-lib.h>

#include "check/fermata-check-rules-private.h"
#include "model/fermata-node.h"

/* A node that names a file, by what a diagnostic needs to tell of it. */
typedef struct {
  FermataDocument *from;
  FermataDocument *to;
  char *path;
  char *node;
  gboolean is_bounded;
} Inclusion;

/* @diagnostics: of each document, by its index; the first has none here.
 * @inclusions: those of a document stand together, in its order: @first has where. */
struct _FermataCheckFiles {
  FermataDocuments *documents;
  GPtrArray *diagnostics;
  GArray *inclusions;
  GArray *first;
};

static void
inclusion_clear (gpointer data)
{
  Inclusion *self = data;

  g_free (self->path);
  g_free (self->node);
}

FermataCheckFiles *
fermata_check_files_new (FermataLoader *loader,
                         FermataGraph  *root)
{
  FermataCheckFiles *self = g_new0 (FermataCheckFiles, 1);
  guint none = 0;

  self->documents = fermata_documents_new (loader, root);
  self->diagnostics = g_ptr_array_new_with_free_func (g_object_unref);
  self->inclusions = g_array_new (FALSE, FALSE, sizeof (Inclusion));
  g_array_set_clear_func (self->inclusions, inclusion_clear);
  self->first = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (self->first, none);
  g_ptr_array_add (self->diagnostics, g_list_store_new (FERMATA_TYPE_DIAGNOSTIC));

  return self;
}

void
fermata_check_files_free (FermataCheckFiles *self)
{
  fermata_documents_unref (self->documents);
  g_ptr_array_unref (self->diagnostics);
  g_array_unref (self->inclusions);
  g_array_unref (self->first);
  g_free (self);
}

FermataDocument *
fermata_check_files_get_first (FermataCheckFiles *self)
{
  return fermata_documents_get (self->documents, 0);
}

gboolean
fermata_check_files_read (FermataCheckFiles  *self,
                          FermataDocument    *from,
                          const char         *location,
                          GError            **error)
{
  return fermata_documents_read (self->documents, from, location, error) != NULL;
}

/* What is wrong with its text has been found already. */
static GListStore *
dup_found (FermataDocument *document)
{
  return document->diagnostics != NULL ? g_object_ref (document->diagnostics)
                                       : g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
}

FermataDocument *
fermata_check_files_next (FermataCheckFiles  *self,
                          GListStore        **diagnostics)
{
  while (self->first->len < fermata_documents_get_n (self->documents))
    {
      FermataDocument *document = fermata_documents_get (self->documents, self->first->len);

      g_array_append_val (self->first, self->inclusions->len);
      g_ptr_array_add (self->diagnostics, dup_found (document));
      if (document->graph == NULL)
        continue;

      *diagnostics = self->diagnostics->pdata[document->index];
      return document;
    }

  return NULL;
}

/* One node */

static void
report_file (FermataCheck *self,
             const char   *code,
             const char   *message)
{
  fermata_check_step_into (self, "with");
  fermata_check_step_into (self, "file");
  fermata_check_report (self, FERMATA_SEVERITY_ERROR, code, "%s", message);
  fermata_check_step_out (self);
  fermata_check_step_out (self);
}

static void
include (FermataCheck    *self,
         FermataValue    *with,
         FermataDocument *document)
{
  Inclusion inclusion = { .from = self->document, .to = document };

  fermata_check_step_into (self, "with");
  fermata_check_step_into (self, "file");
  inclusion.path = fermata_check_dup_path (self);
  fermata_check_step_out (self);
  fermata_check_step_out (self);
  inclusion.node = self->node == NULL ? NULL : g_strdup (fermata_node_get_id (self->node));
  inclusion.is_bounded = fermata_value_get_member (with, "max-depth") != NULL;
  g_array_append_val (self->files->inclusions, inclusion);
}

static void
check_document (FermataCheck    *self,
                FermataDocument *document)
{
  g_autofree char *message = NULL;

  if (fermata_graph_get_kind (document->graph) != FERMATA_GRAPH_KIND_FLOW)
    return;
  message = g_strdup_printf (_("“%s” is of the kind “flow”, which a node cannot run"), document->name);
  report_file (self, "bad-file", message);
}

/* In SCXML that is an error only when the machine comes to it. */
static void
report_missing (FermataCheck *self,
                const char   *location)
{
  fermata_check_step_into (self, "with");
  fermata_check_step_into (self, "file");
  fermata_check_report (self, FERMATA_SEVERITY_WARNING, "bad-file",
                        _("“%s” is not there, or may not be read"), location);
  fermata_check_add_hint (self, _("SCXML makes an “error.communication” of it when it is invoked"));
  fermata_check_step_out (self);
  fermata_check_step_out (self);
}

/* @with are the parameters of a node that has a member `file`. */
FermataGraph *
fermata_check_file (FermataCheck *self,
                    FermataValue *with)
{
  FermataValue *file = fermata_value_get_member (with, "file");
  g_autoptr (GError) error = NULL;
  FermataDocument *document;

  if (self->files == NULL || fermata_value_get_kind (file) != FERMATA_VALUE_KIND_STRING)
    return NULL;

  if (self->level->model != FERMATA_CHECK_MODEL_FERMATA
      && !fermata_documents_is_there (self->files->documents, self->document, fermata_value_get_string (file, NULL)))
    {
      report_missing (self, fermata_value_get_string (file, NULL));
      return NULL;
    }

  document = fermata_documents_follow (self->files->documents, self->document,
                                       fermata_value_get_string (file, NULL), &error);
  if (document == NULL)
    {
      report_file (self, "bad-file", error->message);
      return NULL;
    }

  include (self, with, document);
  check_document (self, document);

  return document->graph;
}

/* All of them */

static guint
get_end (FermataCheckFiles *self,
         guint              document)
{
  return document + 1 < self->first->len ? g_array_index (self->first, guint, document + 1)
                                         : self->inclusions->len;
}

static Inclusion *
get_inclusion (FermataCheckFiles *self,
               guint              index)
{
  return &g_array_index (self->inclusions, Inclusion, index);
}

static void
tell_at (FermataCheckFiles *self,
         const Inclusion   *inclusion,
         const char        *code,
         const char        *message,
         const char        *hint)
{
  g_autoptr (FermataDiagnostic) diagnostic = NULL;

  diagnostic = fermata_diagnostic_new (FERMATA_SEVERITY_ERROR, code, inclusion->path, message);
  if (inclusion->node != NULL && *inclusion->node != '\0')
    fermata_diagnostic_set_node (diagnostic, inclusion->node);
  fermata_diagnostic_set_member (diagnostic, "with.file");
  if (hint != NULL)
    fermata_diagnostic_set_hint (diagnostic, hint);
  g_list_store_append (self->diagnostics->pdata[inclusion->from->index], diagnostic);
}

static const char *
get_name (const FermataDocument *document)
{
  return document->name != NULL ? document->name : _("this graph");
}

/* Files that include themselves */

typedef struct {
  guint document;
  guint next;
} Visit;

/* From the place in @visits where @to is, and back to it; of a long way, the ends. */
static char *
dup_chain (FermataCheckFiles *self,
           GArray            *visits,
           FermataDocument   *to)
{
  GString *chain = g_string_new (NULL);
  guint from = visits->len;

  while (g_array_index (visits, Visit, from - 1).document != to->index)
    from--;
  for (guint i = from - 1; i < visits->len; i++)
    {
      guint document = g_array_index (visits, Visit, i).document;

      if (i >= from + 3 && i + 3 < visits->len)
        {
          g_string_append (chain, "… → ");
          i = visits->len - 4;
          continue;
        }
      g_string_append_printf (chain, "%s → ", get_name (fermata_documents_get (self->documents, document)));
    }
  g_string_append (chain, get_name (to));

  return g_string_free (chain, FALSE);
}

static void
tell_endless (FermataCheckFiles *self,
              GArray            *visits,
              const Inclusion   *inclusion)
{
  g_autofree char *chain = dup_chain (self, visits, inclusion->to);
  g_autofree char *message = NULL;

  message = g_strdup_printf (_("“%s” includes itself, and nothing says how deep: %s"),
                             get_name (inclusion->to), chain);
  tell_at (self, inclusion, "endless-file", message,
           _("say with “max-depth” how often the graph may be in itself"));
}

/* What says how deep it goes is no part of a way that never ends. */
static void
find_endless (FermataCheckFiles *self,
              guint              start,
              guint8            *marks)
{
  enum { UNSEEN, OPEN, CLOSED };
  g_autoptr (GArray) visits = g_array_new (FALSE, FALSE, sizeof (Visit));
  Visit first = { start, g_array_index (self->first, guint, start) };

  if (marks[start] != UNSEEN)
    return;

  marks[start] = OPEN;
  g_array_append_val (visits, first);
  while (visits->len > 0)
    {
      Visit *visit = &g_array_index (visits, Visit, visits->len - 1);
      Inclusion *inclusion;
      Visit inner;

      if (visit->next == get_end (self, visit->document))
        {
          marks[visit->document] = CLOSED;
          g_array_set_size (visits, visits->len - 1);
          continue;
        }

      inclusion = get_inclusion (self, visit->next++);
      if (inclusion->is_bounded)
        continue;
      if (marks[inclusion->to->index] == OPEN)
        tell_endless (self, visits, inclusion);
      if (marks[inclusion->to->index] != UNSEEN)
        continue;

      inner = (Visit) { inclusion->to->index, g_array_index (self->first, guint, inclusion->to->index) };
      marks[inner.document] = OPEN;
      g_array_append_val (visits, inner);
    }
}

static void
check_endless (FermataCheckFiles *self)
{
  g_autofree guint8 *marks = g_new0 (guint8, self->first->len);

  for (guint i = 0; i < self->first->len; i++)
    find_endless (self, i, marks);
}

/* Files with errors */

static guint
count_errors (GListStore *diagnostics)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (diagnostics));
  guint n_errors = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FermataDiagnostic) diagnostic = g_list_model_get_item (G_LIST_MODEL (diagnostics), i);

      n_errors += fermata_diagnostic_get_severity (diagnostic) == FERMATA_SEVERITY_ERROR;
    }

  return n_errors;
}

/* From the last one on: those that it names were found after it, or are told of at
 * the node that they were found by. */
static void
tell_faulty (FermataCheckFiles *self)
{
  g_autofree gboolean *is_faulty = g_new0 (gboolean, self->first->len);

  for (guint i = self->first->len; i > 0; i--)
    {
      for (guint k = g_array_index (self->first, guint, i - 1); k < get_end (self, i - 1); k++)
        {
          Inclusion *inclusion = get_inclusion (self, k);
          g_autofree char *message = NULL;

          if (inclusion->to->index < i || !is_faulty[inclusion->to->index])
            continue;
          message = g_strdup_printf (_("there are errors in “%s”"), inclusion->to->name);
          tell_at (self, inclusion, "bad-file", message, NULL);
        }
      is_faulty[i - 1] = count_errors (self->diagnostics->pdata[i - 1]) > 0;
    }
}

/* Whose they are must be known even if the text is not there any more. */
static void
locate (FermataLoader   *loader,
        FermataDocument *document,
        GListStore      *diagnostics)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (diagnostics));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FermataDiagnostic) diagnostic = g_list_model_get_item (G_LIST_MODEL (diagnostics), i);

      if (fermata_diagnostic_get_file (diagnostic) == NULL)
        fermata_diagnostic_set_position (diagnostic, document->name, 0, 0);
    }
  if (n > 0)
    fermata_loader_locate (loader, document->file, diagnostics);
}

static void
add_all (FermataCheck *check,
         GListStore   *diagnostics)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (diagnostics));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FermataDiagnostic) diagnostic = g_list_model_get_item (G_LIST_MODEL (diagnostics), i);

      fermata_check_add (check, diagnostic);
    }
}

void
fermata_check_files_finish (FermataCheckFiles *self,
                            FermataCheck      *check)
{
  check_endless (self);
  tell_faulty (self);
  for (guint i = 0; i < self->first->len; i++)
    {
      if (i > 0)
        locate (check->loader, fermata_documents_get (self->documents, i), self->diagnostics->pdata[i]);
      add_all (check, self->diagnostics->pdata[i]);
    }
}

/* fermata-scxml-reader.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-scxml-locator-private.h"
#include "format/fermata-scxml-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* States without an id are given one that is free, in the order of the document. */

static const char *const id_stems[] = { "state", "parallel", "final", "history" };

static gint
get_stem (FermataScxmlNode *node)
{
  switch (node->word == NULL ? FERMATA_SCXML_NONE : node->word->tag)
    {
    case FERMATA_SCXML_STATE:
      return 0;
    case FERMATA_SCXML_PARALLEL:
      return 1;
    case FERMATA_SCXML_FINAL:
      return 2;
    case FERMATA_SCXML_HISTORY:
      return 3;
    default:
      return -1;
    }
}

static void
take_id (FermataScxmlTree *tree,
         FermataScxmlNode *node)
{
  const char *id = fermata_scxml_node_get (node, "id");
  g_autofree char *trimmed = id == NULL ? NULL : g_strstrip (g_strdup (id));

  if (trimmed == NULL)
    return;
  node->id = fermata_scxml_tree_keep (tree, trimmed, strlen (trimmed));
  g_hash_table_add (node->machine->ids, (gpointer) node->id);
}

static void
make_id (FermataScxmlTree *tree,
         FermataScxmlNode *node,
         guint             stem)
{
  FermataScxmlMachine *machine = node->machine;
  char id[32];

  do
    g_snprintf (id, sizeof id, "%s%u", id_stems[stem], ++machine->n_anonymous[stem]);
  while (g_hash_table_contains (machine->ids, id));
  node->id = fermata_scxml_tree_keep (tree, id, strlen (id));
  g_hash_table_add (machine->ids, (gpointer) node->id);
}

static void
name_states (FermataScxmlTree *tree)
{
  FermataScxmlNode *node;

  for (node = tree->root; node != NULL; node = fermata_scxml_node_next (node, tree->root))
    {
      if (get_stem (node) >= 0)
        take_id (tree, node);
    }
  for (node = tree->root; node != NULL; node = fermata_scxml_node_next (node, tree->root))
    {
      if (get_stem (node) >= 0 && node->id == NULL)
        make_id (tree, node, (guint) get_stem (node));
    }
}

static FermataScxmlTree *
read_tree (FermataScxmlRead *read,
           GBytes           *text)
{
  FermataScxmlTree *tree;

  if (!fermata_scxml_read_decode (read, text) || !fermata_scxml_check_limits (read))
    return NULL;
  tree = fermata_scxml_parse (read);
  if (tree != NULL)
    name_states (tree);
  return tree;
}

static FermataGraph *
read_graph (FermataScxmlRead *read,
            GBytes           *text)
{
  g_autoptr (FermataScxmlTree) tree = read_tree (read, text);
  g_autoptr (FermataNameTable) names = fermata_name_table_new ();
  FermataScxmlBuild build = { read, tree, names, NULL, FALSE };
  g_autoptr (FermataValue) value = NULL;
  FermataGraph *graph;

  if (tree == NULL)
    return NULL;
  fermata_scxml_check (read, tree);
  value = fermata_scxml_build (&build);
  graph = fermata_graph_new_from_value (value);
  if (build.is_incomplete)
    fermata_graph_mark_incomplete (graph);
  return graph;
}

/* Says how many more there are than were kept. */
static void
report_rest (FermataScxmlRead *read)
{
  guint n_more = read->n_diagnostics - FERMATA_SCXML_MAX_DIAGNOSTICS;
  g_autoptr (FermataDiagnostic) diagnostic = NULL;
  g_autofree char *message = NULL;

  if (read->n_diagnostics <= FERMATA_SCXML_MAX_DIAGNOSTICS)
    return;
  message = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u more is not listed",
                                          "%u more are not listed", n_more), n_more);
  diagnostic = fermata_diagnostic_new (read->n_errors > 0 ? FERMATA_SEVERITY_ERROR : FERMATA_SEVERITY_WARNING,
                                       "too-many", NULL, message);
  fermata_diagnostic_set_position (diagnostic, read->name, 0, 0);
  g_list_store_append (read->diagnostics, diagnostic);
}

/* The first error of this text, as a line. */
static void
take_error (FermataScxmlRead *read,
            guint             first,
            GError          **error)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (read->diagnostics));

  for (guint i = first; i < n_items; i++)
    {
      g_autoptr (FermataDiagnostic) diagnostic = g_list_model_get_item (G_LIST_MODEL (read->diagnostics), i);

      if (fermata_diagnostic_get_severity (diagnostic) != FERMATA_SEVERITY_ERROR)
        continue;
      g_set_error (error, FERMATA_FORMAT_ERROR, FERMATA_FORMAT_ERROR_INVALID, "%s:%u:%u: %s", read->name,
                   fermata_diagnostic_get_line (diagnostic), fermata_diagnostic_get_column (diagnostic),
                   fermata_diagnostic_get_message (diagnostic));
      return;
    }
  g_set_error (error, FERMATA_FORMAT_ERROR, FERMATA_FORMAT_ERROR_INVALID, _("%s: this is no SCXML"), read->name);
}

/**
 * fermata_scxml_read_graph:
 * @text: SCXML 1.0, in any encoding
 * @name: what people call the text: a file name
 * @diagnostics: (nullable): a list of [class@Fermata.Diagnostic], which what
 *   is wrong with the text is added to, with lines and columns
 * @error: return location for a [error@Fermata.FormatError]
 *
 * Reads a state machine as the World Wide Web Consortium writes them. What a
 * graph has no place for, comments, elements and attributes of others, is kept
 * in members `x-scxml`.
 *
 * Nothing but the text is read: a document type that declares anything is
 * refused, one that only names another file is ignored, and files that the
 * machine names are for whoever runs it.
 *
 * There can be a graph although there are errors among the diagnostics, as
 * with [func@Fermata.json_read_graph]. What is not well-formed, or nested too
 * deeply, gives none.
 *
 * Returns: (transfer full) (nullable): the graph, or `NULL` with @error set to
 *   the first of the errors
 */
FermataGraph *
fermata_scxml_read_graph (GBytes      *text,
                          const char  *name,
                          GListStore  *diagnostics,
                          GError     **error)
{
  g_autoptr (GListStore) list = NULL;
  FermataScxmlRead read = { NULL };
  FermataGraph *graph;
  guint n_before;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (diagnostics == NULL || G_IS_LIST_STORE (diagnostics), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  list = diagnostics != NULL ? g_object_ref (diagnostics) : g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  n_before = g_list_model_get_n_items (G_LIST_MODEL (list));
  read.name = name;
  read.diagnostics = list;
  graph = read_graph (&read, text);
  report_rest (&read);
  if (graph == NULL)
    take_error (&read, n_before, error);
  fermata_scxml_read_clear (&read);
  return graph;
}

/* Places */

struct _FermataScxmlLocator {
  FermataScxmlRead read;
  FermataNameTable *names;
  FermataScxmlPlaces *places;
  guint32 root;
};

FermataScxmlLocator *
fermata_scxml_locator_new (GBytes *text)
{
  FermataScxmlLocator *self = g_new0 (FermataScxmlLocator, 1);
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autoptr (FermataScxmlTree) tree = NULL;
  FermataScxmlBuild build = { &self->read };

  self->read.name = "";
  self->read.diagnostics = diagnostics;
  self->names = fermata_name_table_new ();
  self->places = fermata_scxml_places_new (self->names);
  tree = read_tree (&self->read, text);
  self->read.diagnostics = NULL;
  if (tree == NULL)
    {
      fermata_scxml_locator_free (self);
      return NULL;
    }
  self->read.diagnostics = diagnostics;
  build.tree = tree;
  build.names = self->names;
  build.places = self->places;
  fermata_value_unref (fermata_scxml_build (&build));
  self->read.diagnostics = NULL;
  self->root = tree->root->place;
  return self;
}

void
fermata_scxml_locator_free (FermataScxmlLocator *self)
{
  fermata_scxml_places_free (self->places);
  fermata_name_table_free (self->names);
  fermata_scxml_read_clear (&self->read);
  g_free (self);
}

gboolean
fermata_scxml_locator_find (FermataScxmlLocator *self,
                            const char          *path,
                            gssize               inner_offset,
                            FermataTextPosition *position)
{
  gsize offset;
  gboolean is_found = fermata_scxml_places_find (self->places, self->read.data, self->root, path, inner_offset, &offset);

  fermata_line_index_locate (self->read.lines, offset, position);
  return is_found;
}

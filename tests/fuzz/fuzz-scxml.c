/* fuzz-scxml.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* For libFuzzer: a text is read as SCXML; what can be read is located, and written
 * as JSON, which must say the same again. */

#include "format/fermata-format.h"
#include "format/fermata-json.h"
#include "format/fermata-scxml.h"
#include "model/fermata-node.h"

int LLVMFuzzerInitialize (int    *argc,
                          char ***argv);

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

/* Something to be found, so that it is known that things are: what the text that this
 * begins with has not. */
static gboolean
look_for_planted (FermataGraph *graph)
{
#ifdef PLANTED_CRASH
  guint n_nodes = fermata_graph_get_n_nodes (graph);

  if (fermata_graph_get_member (graph, "variables") != NULL || fermata_graph_get_member (graph, "script") != NULL)
    abort ();
  for (guint i = 0; i < n_nodes; i++)
    {
      if (fermata_node_get_type_name (fermata_graph_get_node (graph, i)) != NULL)
        abort ();
    }
  return TRUE;
#else
  return FALSE;
#endif
}

static void
check_json (FermataGraph *graph)
{
  g_autoptr (GBytes) text = fermata_json_write_graph (graph, NULL);
  g_autoptr (FermataGraph) again = NULL;
  g_autoptr (FermataValue) value = NULL;
  g_autoptr (FermataValue) value_again = NULL;

  if (text == NULL)
    return;
  again = fermata_json_read_graph (text, "again", NULL, NULL);
  g_assert_nonnull (again);
  value = fermata_graph_to_value (graph);
  value_again = fermata_graph_to_value (again);
  g_assert_true (fermata_value_equal (value, value_again));
}

static gboolean
has_errors (GListStore *diagnostics)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (diagnostics));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FermataDiagnostic) diagnostic = g_list_model_get_item (G_LIST_MODEL (diagnostics), i);

      if (fermata_diagnostic_get_severity (diagnostic) == FERMATA_SEVERITY_ERROR)
        return TRUE;
    }
  return FALSE;
}

/* Of two states with one id, nobody can tell which a transition leaves. */
static gboolean
has_twins (FermataGraph *graph)
{
  FermataNode *node = fermata_graph_get_n_nodes (graph) == 0 ? NULL : fermata_graph_get_node (graph, 0);

  for (; node != NULL; node = fermata_node_get_next (node))
    {
      if (fermata_graph_find_node (graph, fermata_node_get_id (node)) != node)
        return TRUE;
    }
  return FALSE;
}

/* What was written is read, and written again; with FERMATA_FUZZ_STRICT, to the same bytes:
 * odd documents for which that is not so are still found by chance. */
static void
check_written (FermataGraph *graph)
{
  gboolean is_strict = g_getenv ("FERMATA_FUZZ_STRICT") != NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = fermata_scxml_write_graph (graph, FERMATA_SCXML_WRITE_DEFAULT, NULL, &error);
  g_autoptr (FermataGraph) again = NULL;
  g_autoptr (GBytes) text_again = NULL;

  if (text == NULL)
    return;
  again = fermata_scxml_read_graph (text, "again", NULL, &error);
  if (again == NULL && !is_strict)
    return;
  g_assert_no_error (error);
  text_again = fermata_scxml_write_graph (again, FERMATA_SCXML_WRITE_DEFAULT, NULL, &error);
  if (!is_strict)
    return;
  g_assert_no_error (error);
  if (!g_bytes_equal (text, text_again))
    g_error ("written:\n%.*s\nand again:\n%.*s", (int) g_bytes_get_size (text),
             (const char *) g_bytes_get_data (text, NULL), (int) g_bytes_get_size (text_again),
             (const char *) g_bytes_get_data (text_again, NULL));
}

/* Everything is somewhere. */
static void
check_places (GBytes     *text,
              GListStore *diagnostics)
{
  static const char *const paths[] = { "", "/nodes/0/id", "/edges/0/actions/0/if", "/variables", "/script", "/x~1y" };
  guint n;

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (FermataDiagnostic) diagnostic = fermata_diagnostic_new (FERMATA_SEVERITY_HINT, "fuzz", paths[i], "");

      fermata_diagnostic_set_inner_offset (diagnostic, (gssize) i - 2);
      g_list_store_append (diagnostics, diagnostic);
    }
  fermata_format_locate (diagnostics, text, "fuzz");
  n = g_list_model_get_n_items (G_LIST_MODEL (diagnostics));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FermataDiagnostic) diagnostic = g_list_model_get_item (G_LIST_MODEL (diagnostics), i);

      g_assert_true (fermata_diagnostic_get_line (diagnostic) > 0 ||
                     g_str_equal (fermata_diagnostic_get_code (diagnostic), "too-many"));
    }
}

/* What ends the program, in a way that libFuzzer notices. */
static void
handle_log (const char     *domain,
            GLogLevelFlags  level,
            const char     *message,
            gpointer        data)
{
  g_printerr ("%s\n", message);
  abort ();
}

int
LLVMFuzzerInitialize (int    *argc,
                      char ***argv)
{
  g_log_set_default_handler (handle_log, NULL);
  return 0;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr (GBytes) text = g_bytes_new (data, size);
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataGraph) graph = fermata_scxml_read_graph (text, "fuzz", diagnostics, &error);

  g_assert_true ((graph == NULL) == (error != NULL));
  if (graph == NULL)
    {
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (diagnostics)), >, 0);
      return 0;
    }
  g_assert_true (fermata_scxml_recognises (text));
  if (look_for_planted (graph))
    return 0;
  check_json (graph);
  if (!has_errors (diagnostics) && !has_twins (graph))
    check_written (graph);
  check_places (text, diagnostics);
  return 0;
}

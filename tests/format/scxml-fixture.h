/* scxml-fixture.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <string.h>

#include "format/fermata-scxml.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

/* A machine around @inside. */
#define MACHINE(inside) "<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0'>" inside "</scxml>"

static inline FermataGraph *
read_scxml_bytes (const char  *text,
                  gsize        length,
                  GListStore **diagnostics,
                  GError     **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);

  *diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  return fermata_scxml_read_graph (bytes, "test.scxml", *diagnostics, error);
}

/* What is told of a text: "LINE:COLUMN CODE" a line (transfer full). */
static inline char *
dup_told (GListStore *diagnostics)
{
  GString *told = g_string_new (NULL);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (diagnostics));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FermataDiagnostic) diagnostic = g_list_model_get_item (G_LIST_MODEL (diagnostics), i);
      FermataSeverity severity = fermata_diagnostic_get_severity (diagnostic);

      g_assert_nonnull (fermata_diagnostic_get_message (diagnostic));
      g_string_append_printf (told, "%s%u:%u %s%s", i > 0 ? "\n" : "", fermata_diagnostic_get_line (diagnostic),
                              fermata_diagnostic_get_column (diagnostic), fermata_diagnostic_get_code (diagnostic),
                              severity == FERMATA_SEVERITY_ERROR ? "" : "?");
    }
  return g_string_free (told, FALSE);
}

/* Nothing is told of it. */
static inline FermataGraph *
read_scxml (const char *text)
{
  g_autoptr (GListStore) diagnostics = NULL;
  g_autoptr (GError) error = NULL;
  FermataGraph *graph = read_scxml_bytes (text, strlen (text), &diagnostics, &error);
  g_autofree char *told = dup_told (diagnostics);

  g_assert_no_error (error);
  g_assert_cmpstr (told, ==, "");
  return graph;
}

/* A text of JSON, in which ' stands for ". */
static inline FermataValue *
parse_json (const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GError) error = NULL;
  FermataValue *value = fermata_value_parse (json, -1, &error);

  g_assert_no_error (error);
  return value;
}

/* The whole graph says what @json does, in that order. */
static inline void
assert_graph (FermataGraph *graph,
              const char   *json)
{
  g_autoptr (FermataValue) expected = parse_json (json);
  g_autoptr (FermataValue) value = fermata_graph_to_value (graph);
  g_autofree char *expected_text = fermata_value_to_string (expected, FERMATA_WRITE_COMPACT, NULL);
  g_autofree char *text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);

  g_assert_cmpstr (text, ==, expected_text);
}

/* scxml-write-fixture.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "format/fermata-json.h"
#include "format/fermata-scxml.h"

G_BEGIN_DECLS

/* What tests of reading and writing SCXML share. */

static inline FermataGraph *
scxml_read (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  FermataGraph *graph = fermata_scxml_read_graph (bytes, "test.scxml", NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (graph);

  return graph;
}

static inline char *
scxml_write (FermataGraph          *graph,
             FermataScxmlWriteFlags flags,
             GListStore            *diagnostics)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = fermata_scxml_write_graph (graph, flags, diagnostics, &error);
  gsize length;
  const char *data;

  g_assert_no_error (error);
  data = g_bytes_get_data (bytes, &length);

  return g_strndup (data, length);
}

static inline char *
json_write (FermataGraph *graph)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = fermata_json_write_graph (graph, &error);
  gsize length;
  const char *data;

  g_assert_no_error (error);
  data = g_bytes_get_data (bytes, &length);

  return g_strndup (data, length);
}

/* What was read, written and read again is the same, and what was written, read and
 * written again is, too, to the byte. Gives the text. */
static inline char *
scxml_assert_round_trip (FermataGraph          *graph,
                         FermataScxmlWriteFlags flags,
                         GListStore            *diagnostics)
{
  g_autofree char *first = scxml_write (graph, flags, diagnostics);
  g_autoptr (FermataGraph) again = scxml_read (first);
  g_autofree char *second = scxml_write (again, flags, NULL);
  g_autofree char *before = json_write (graph);
  g_autofree char *after = json_write (again);

  g_test_message ("%s", first);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpstr (second, ==, first);

  return g_steal_pointer (&first);
}

G_END_DECLS

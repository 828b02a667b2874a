/* format-fixture.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <string.h>

#include "format/fermata-json.h"
#include "model/fermata-edge.h"
#include "model/fermata-node.h"

/* Quotes are tedious in C: ' stands for ". */
static inline char *
quote (const char *text)
{
  return g_strdelimit (g_strdup (text), "'", '"');
}

static inline FermataGraph *
read_text (const char *text,
           gssize      length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);
  g_autoptr (GError) error = NULL;
  FermataGraph *graph = fermata_json_read_graph (bytes, "test", NULL, &error);

  g_assert_no_error (error);
  return graph;
}

static inline char *
write_text (FermataGraph *graph)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = fermata_json_write_graph (graph, &error);
  gsize length;
  const char *data;

  g_assert_no_error (error);
  data = g_bytes_get_data (bytes, &length);
  return g_strndup (data, length);
}

/* The files of the examples, sorted. */
static inline char **
list_examples (void)
{
  const char *folder = g_getenv ("FERMATA_EXAMPLES");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *paths = g_ptr_array_new ();
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_suffix (name, ".json"))
        g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
    }
  g_assert_cmpuint (paths->len, >=, 4);
  g_ptr_array_add (paths, NULL);
  return (char **) g_ptr_array_free (paths, FALSE);
}

/* How many lines are in one of the texts and not in the other, if only lines
 * that stand together were exchanged. */
static inline void
count_different_lines (const char *before,
                       const char *after,
                       guint      *n_removed,
                       guint      *n_added)
{
  g_auto (GStrv) a = g_strsplit (before, "\n", -1);
  g_auto (GStrv) b = g_strsplit (after, "\n", -1);
  guint n_a = g_strv_length (a);
  guint n_b = g_strv_length (b);
  guint first = 0;
  guint last = 0;

  while (first < MIN (n_a, n_b) && strcmp (a[first], b[first]) == 0)
    first++;
  while (last < MIN (n_a, n_b) - first && strcmp (a[n_a - 1 - last], b[n_b - 1 - last]) == 0)
    last++;
  *n_removed = n_a - first - last;
  *n_added = n_b - first - last;
}

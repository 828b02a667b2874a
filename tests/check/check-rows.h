/* check-rows.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <string.h>

#include "check/check-fixture.h"

G_BEGIN_DECLS

/* Tests that are a table: what is wrong, and what is nearly so but right. */

/* A fault, and the nearest document that does not have it. */
typedef struct {
  const char *name;
  const char *code;
  FermataSeverity severity;
  const char *path;
  int inner_offset;
  const char *hint; /* a part of it, NULL for none */
  const char *bad;
  const char *good;
} Row;

#define ERROR FERMATA_SEVERITY_ERROR
#define WARNING FERMATA_SEVERITY_WARNING

/* Diagnostics that mean a whole value, or the name of a member */
#define VALUE -1
#define NAME -2

/* Exactly one diagnostic, and exactly this one. */
static inline void
row_assert_found (const Row *row)
{
  guint n_errors;
  g_autoptr(GListStore) diagnostics = fixture_check (row->bad, FALSE, &n_errors);
  g_autofree char *lines = fixture_dup_lines (diagnostics);
  g_autoptr(FermataDiagnostic) diagnostic = NULL;

  g_test_message ("%s", lines);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (diagnostics)), ==, 1);
  diagnostic = g_list_model_get_item (G_LIST_MODEL (diagnostics), 0);

  g_assert_cmpstr (fermata_diagnostic_get_code (diagnostic), ==, row->code);
  g_assert_cmpint (fermata_diagnostic_get_severity (diagnostic), ==, row->severity);
  g_assert_cmpstr (fermata_diagnostic_get_path (diagnostic), ==, row->path);
  g_assert_cmpint (fermata_diagnostic_get_inner_offset (diagnostic), ==, row->inner_offset);
  g_assert_cmpuint (n_errors, ==, row->severity == ERROR ? 1 : 0);

  if (row->hint != NULL)
    {
      g_assert_nonnull (fermata_diagnostic_get_hint (diagnostic));
      g_assert_nonnull (strstr (fermata_diagnostic_get_hint (diagnostic), row->hint));
    }
}

static inline void
row_test (gconstpointer data)
{
  const Row *row = data;
  guint n_errors;
  g_autoptr(GListStore) diagnostics = fixture_check (row->good, FALSE, &n_errors);
  g_autofree char *lines = fixture_dup_lines (diagnostics);

  g_assert_cmpstr (lines, ==, "");
  g_assert_cmpuint (n_errors, ==, 0);

  row_assert_found (row);
}

static inline void
row_add_tests (const char *folder,
               const Row  *rows,
               guint       n_rows)
{
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *path = g_strconcat (folder, rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], row_test);
    }
}

G_END_DECLS

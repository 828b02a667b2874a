/* model-fixture.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "model/fermata-edge.h"
#include "model/fermata-graph.h"
#include "model/fermata-node.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

/* Quotes are tedious in C: ' stands for ". */
static inline char *
quote (const char *text)
{
  return g_strdelimit (g_strdup (text), "'", '"');
}

static inline FermataValue *
read_value (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = quote (text);
  FermataValue *value = fermata_value_parse (json, -1, &error);

  g_assert_no_error (error);
  return value;
}

static inline FermataGraph *
read_graph (const char *text)
{
  g_autoptr (FermataValue) value = read_value (text);

  return fermata_graph_new_from_value (value);
}

static inline char *
dup_text (FermataGraph *graph)
{
  g_autoptr (FermataValue) value = fermata_graph_to_value (graph);

  return fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
}

static inline void
assert_graph (FermataGraph *graph,
              const char   *expected)
{
  g_autofree char *text = dup_text (graph);
  g_autofree char *json = quote (expected);

  g_assert_cmpstr (text, ==, json);
}

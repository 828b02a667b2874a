/* fermata-model-types.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-model-types.h"

/**
 * fermata_model_error_quark:
 *
 * The domain of the model's errors.
 *
 * Returns: the quark
 */
G_DEFINE_QUARK (fermata-model-error-quark, fermata_model_error)

G_DEFINE_ENUM_TYPE (FermataGraphKind, fermata_graph_kind,
                    G_DEFINE_ENUM_VALUE (FERMATA_GRAPH_KIND_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (FERMATA_GRAPH_KIND_DAG, "dag"),
                    G_DEFINE_ENUM_VALUE (FERMATA_GRAPH_KIND_FLOW, "flow"),
                    G_DEFINE_ENUM_VALUE (FERMATA_GRAPH_KIND_FSM, "fsm"))

/* A graph's member "kind" is one of these; "unknown" is no word of a file. */
static const char *const kind_names[] = {
  [FERMATA_GRAPH_KIND_UNKNOWN] = "unknown",
  [FERMATA_GRAPH_KIND_DAG] = "dag",
  [FERMATA_GRAPH_KIND_FLOW] = "flow",
  [FERMATA_GRAPH_KIND_FSM] = "fsm",
};

/**
 * fermata_graph_kind_to_string:
 * @kind: a kind
 *
 * The word of the document for a kind.
 *
 * Returns: (transfer none): "dag", "flow", "fsm", or "unknown"
 */
const char *
fermata_graph_kind_to_string (FermataGraphKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kind_names), NULL);

  return kind_names[kind];
}

/**
 * fermata_graph_kind_from_string:
 * @string: (nullable): the member "kind" of a document
 *
 * The kind that a word of the document means.
 *
 * Returns: the kind, %FERMATA_GRAPH_KIND_UNKNOWN for any other text
 */
FermataGraphKind
fermata_graph_kind_from_string (const char *string)
{
  for (guint i = FERMATA_GRAPH_KIND_DAG; i < G_N_ELEMENTS (kind_names); i++)
    {
      if (g_strcmp0 (string, kind_names[i]) == 0)
        return i;
    }
  return FERMATA_GRAPH_KIND_UNKNOWN;
}

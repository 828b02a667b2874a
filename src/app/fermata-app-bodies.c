/* fermata-app-bodies.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-bodies.h"

#include "fermata-app-tasks.h"

#include <glib/gi18n.h>

const char *const fermata_app_body_names[] = { "body", "catch", "finally", NULL };

static const struct {
  const char *name;
  const char *title;
} titles[] = {
  { "body", N_("Body") },
  { "catch", N_("Catch") },
  { "finally", N_("Finally") },
};

FermataBodyRule
fermata_app_bodies_get_rule (FermataAppDocument *document,
                             FermataNode        *node)
{
  FermataEngine *engine = fermata_app_document_get_engine (document);
  FermataGraph *graph = fermata_node_get_graph (node);
  const char *name = fermata_node_get_type_name (node);
  const FermataNodeDescription *type;

  if (graph == NULL || name == NULL
      || (fermata_graph_get_kind (graph) == FERMATA_GRAPH_KIND_FSM && fermata_app_tasks_get_state (graph) == NULL))
    return FERMATA_BODY_RULE_NONE;

  type = fermata_node_catalog_find (fermata_node_registry_get_catalog (fermata_engine_get_registry (engine)), name);

  return type == NULL ? FERMATA_BODY_RULE_NONE : type->body_rule;
}

gboolean
fermata_app_bodies_may_have (FermataAppDocument *document,
                             FermataNode        *node,
                             const char         *name)
{
  FermataBodyRule rule = fermata_app_bodies_get_rule (document, node);

  return rule == FERMATA_BODY_RULE_TRY || (rule != FERMATA_BODY_RULE_NONE && g_str_equal (name, "body"));
}

gboolean
fermata_app_bodies_is_behind_each (FermataNode *node)
{
  FermataGraph *graph = fermata_node_get_graph (node);
  const char *id = fermata_node_get_id (node);
  guint n = graph == NULL ? 0 : fermata_graph_get_n_edges (graph);

  for (guint i = 0; i < n; i++)
    {
      FermataEdge *edge = fermata_graph_get_edge (graph, i);
      FermataValue *each = fermata_edge_get_member (edge, "each");

      if (each == NULL || fermata_value_get_kind (each) != FERMATA_VALUE_KIND_BOOLEAN
          || !fermata_value_get_boolean (each))
        continue;
      for (guint j = 0; j < fermata_edge_get_n_targets (edge); j++)
        {
          if (g_strcmp0 (fermata_edge_get_target_id (edge, j), id) == 0)
            return TRUE;
        }
    }

  return FALSE;
}

gboolean
fermata_app_bodies_repeat (FermataAppDocument *document,
                           FermataGraph       *body)
{
  FermataNode *owner = fermata_graph_get_owner (body);
  FermataBodyRule rule = owner == NULL ? FERMATA_BODY_RULE_NONE : fermata_app_bodies_get_rule (document, owner);

  return fermata_body_rule_is_loop (rule)
         || (owner != NULL && fermata_app_bodies_is_behind_each (owner));
}

const char *
fermata_app_bodies_get_name (FermataGraph *body)
{
  FermataNode *owner = fermata_graph_get_owner (body);
  guint n_bodies = owner == NULL ? 0 : fermata_node_get_n_bodies (owner);

  for (guint i = 0; i < n_bodies; i++)
    {
      if (fermata_node_get_body_at (owner, i) == body)
        return fermata_node_get_body_name (owner, i);
    }

  return "body";
}

const char *
fermata_app_bodies_get_title (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      if (g_strcmp0 (titles[i].name, name) == 0)
        return _(titles[i].title);
    }

  return name;
}

char *
fermata_app_bodies_dup_owner (FermataNode *owner)
{
  const char *label = fermata_node_get_label (owner);
  FermataNode *state = fermata_node_get_graph (owner) == NULL
                       ? NULL : fermata_app_tasks_get_state (fermata_node_get_graph (owner));

  if (state != NULL && g_strcmp0 (fermata_node_get_id (state), fermata_node_get_id (owner)) != 0)
    return g_strdup_printf ("%s · %s", fermata_node_get_id (state), fermata_node_get_id (owner));

  return g_strdup (label != NULL && *label != '\0' ? label : fermata_node_get_id (owner));
}

char *
fermata_app_bodies_dup_title (FermataGraph *body)
{
  FermataNode *owner = fermata_graph_get_owner (body);
  g_autofree char *name = fermata_app_bodies_dup_owner (owner);

  if (fermata_node_get_n_bodies (owner) < 2)
    return g_steal_pointer (&name);

  return g_strdup_printf ("%s · %s", name, fermata_app_bodies_get_name (body));
}

char *
fermata_app_bodies_dup_time (FermataAppDocument *document,
                             FermataGraph       *body,
                             guint               index,
                             guint               n_all)
{
  FermataBodyRule rule = fermata_app_bodies_get_rule (document, fermata_graph_get_owner (body));

  index++;
  switch ((guint) rule)
    {
    case FERMATA_BODY_RULE_WHILE:
      return n_all == 0 ? g_strdup_printf (_("Round %u"), index) : g_strdup_printf (_("Round %u of %u"), index, n_all);
    case FERMATA_BODY_RULE_COPIES:
      return n_all == 0 ? g_strdup_printf (_("Copy %u"), index) : g_strdup_printf (_("Copy %u of %u"), index, n_all);
    default:
      return n_all == 0 ? g_strdup_printf (_("Item %u"), index) : g_strdup_printf (_("Item %u of %u"), index, n_all);
    }
}

/* fermata-check-owners.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What types that run bodies ask of their parameters, besides that each is of its
 * type. What is made only when they run is looked at then. */

#include "check/fermata-check-rules-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "check/fermata-check-similar-private.h"
#include "model/fermata-edge.h"
#include "model/fermata-node.h"

static void
step_into_parameter (FermataCheck *self,
                     const char   *name)
{
  fermata_check_step_into (self, "with");
  fermata_check_step_into (self, name);
}

static void
step_out_of_parameter (FermataCheck *self)
{
  fermata_check_step_out (self);
  fermata_check_step_out (self);
}

/* The body of a task (transfer full); NULL if it is no graph. The model keeps those of
 * nodes, but not those of tasks of states. */
static FermataGraph *
dup_body (FermataCheck *self,
          FermataValue *task,
          gboolean      is_node)
{
  FermataGraph *graph = is_node ? fermata_node_get_body (self->node, "body") : NULL;
  FermataValue *value = is_node ? NULL : fermata_check_get_object (task, "body");

  if (value != NULL)
    return fermata_graph_new_from_value (value);

  return graph == NULL ? NULL : g_object_ref (graph);
}

static gboolean
is_machine (FermataCheck *self,
            FermataGraph *body)
{
  FermataGraphKind kind = self->level->kind;

  if (fermata_graph_get_member (body, "kind") != NULL)
    kind = fermata_graph_get_kind (body);

  return kind == FERMATA_GRAPH_KIND_FSM;
}

/* Branches are the nodes that no edge leaves. */
static guint
count_branches (FermataGraph *body)
{
  g_autoptr (GHashTable) sources = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_nodes = fermata_graph_get_n_nodes (body);
  guint n_edges = fermata_graph_get_n_edges (body);
  guint n = 0;

  for (guint i = 0; i < n_edges; i++)
    g_hash_table_add (sources, (gpointer) fermata_edge_get_source_id (fermata_graph_get_edge (body, i)));
  for (guint i = 0; i < n_nodes; i++)
    n += !g_hash_table_contains (sources, fermata_node_get_id (fermata_graph_get_node (body, i)));

  return n;
}

static void
check_number_of_branches (FermataCheck *self,
                          FermataValue *wait,
                          FermataValue *task,
                          gboolean      is_node)
{
  gint64 k = fermata_value_get_integer (wait);
  g_autoptr (FermataGraph) body = NULL;
  guint n;

  if (k < 1)
    {
      fermata_check_report (self, FERMATA_SEVERITY_ERROR, "out-of-range",
                            _("expected at least 1, found %" G_GINT64_FORMAT), k);
      return;
    }
  body = dup_body (self, task, is_node);
  if (body == NULL || is_machine (self, body))
    return;

  n = count_branches (body);
  if (k <= n)
    return;

  fermata_check_report (self, FERMATA_SEVERITY_ERROR, "out-of-range",
                        g_dngettext (GETTEXT_PACKAGE, "expected at most %u, found %" G_GINT64_FORMAT
                                     ": the body has %u branch",
                                     "expected at most %u, found %" G_GINT64_FORMAT
                                     ": the body has %u branches", n), n, k, n);
  fermata_check_add_hint (self, _("a branch ends in a node that no edge leaves"));
}

static void
check_wait (FermataCheck *self,
            FermataValue *wait,
            FermataValue *task,
            gboolean      is_node)
{
  static const char *const words[] = { "all", "any", NULL };
  const char *word;

  if (fermata_value_get_kind (wait) == FERMATA_VALUE_KIND_INTEGER)
    {
      check_number_of_branches (self, wait, task, is_node);
      return;
    }
  if (fermata_value_get_kind (wait) != FERMATA_VALUE_KIND_STRING)
    {
      fermata_check_report (self, FERMATA_SEVERITY_ERROR, "ill-typed",
                            _("expected “all”, “any” or a whole number, found %s"),
                            fermata_check_describe_value (wait));
      return;
    }

  word = fermata_value_get_string (wait, NULL);
  if (g_strv_contains (words, word) || fermata_check_has_braces (wait))
    return;

  fermata_check_report (self, FERMATA_SEVERITY_ERROR, "bad-choice",
                        _("expected “all”, “any” or a whole number; found “%s”"), word);
  fermata_check_hint_string (self, word, words);
}

static void
check_count (FermataCheck *self,
             FermataValue *count)
{
  if (fermata_value_get_kind (count) != FERMATA_VALUE_KIND_INTEGER)
    fermata_check_report (self, FERMATA_SEVERITY_ERROR, "ill-typed", _("expected a whole number, found %s"),
                          fermata_check_describe_value (count));
  else if (fermata_value_get_integer (count) < 0)
    fermata_check_report (self, FERMATA_SEVERITY_ERROR, "out-of-range",
                          _("expected at least 0, found %" G_GINT64_FORMAT), fermata_value_get_integer (count));
}

static void
check_copies_and_input (FermataCheck *self,
                        FermataValue *copies)
{
  FermataValue *count = fermata_value_get_member (copies, "copies");

  fermata_check_step_into (self, "copies");
  if (count == NULL)
    fermata_check_report (self, FERMATA_SEVERITY_ERROR, "missing-member",
                          _("it needs “copies”, how many there are"));
  else
    check_count (self, count);
  fermata_check_step_out (self);
}

/* A text is an expression: who knows what it gives. */
static void
check_copies (FermataCheck *self,
              FermataValue *copies)
{
  switch (fermata_value_get_kind (copies))
    {
    case FERMATA_VALUE_KIND_STRING:
    case FERMATA_VALUE_KIND_ARRAY:
      break;

    case FERMATA_VALUE_KIND_OBJECT:
      check_copies_and_input (self, copies);
      break;

    case FERMATA_VALUE_KIND_INTEGER:
      check_count (self, copies);
      break;

    case FERMATA_VALUE_KIND_NULL:
    case FERMATA_VALUE_KIND_BOOLEAN:
    case FERMATA_VALUE_KIND_NUMBER:
    default:
      fermata_check_report (self, FERMATA_SEVERITY_ERROR, "ill-typed",
                            _("expected a whole number, an array or an object, found %s"),
                            fermata_check_describe_value (copies));
      break;
    }
}

static void
check_bounds (FermataCheck *self,
              FermataValue *with,
              const char   *type)
{
  if (with != NULL
      && (fermata_value_find_member (with, "after", NULL) || fermata_value_find_member (with, "budget", NULL)))
    return;

  fermata_check_step_into (self, "with");
  fermata_check_report (self, FERMATA_SEVERITY_ERROR, "missing-parameter",
                        _("“%s” needs the parameter “after” or “budget”"), type);
  fermata_check_step_out (self);
}

/* Without items of its own it would take those that come. */
static void
check_items (FermataCheck *self,
             gboolean      is_node)
{
  if (!is_node || (self->level->marks[self->node_index] & FERMATA_MARK_ITEMS) == 0)
    return;

  fermata_check_report (self, FERMATA_SEVERITY_HINT, "items-twice",
                        _("an edge with “each” leads here: for each item that comes, all of these are run"));
  fermata_check_add_hint (self, _("without “items” it runs for the items that come"));
}

static void
check_kinds (FermataCheck *self,
             FermataValue *task)
{
  if (fermata_value_find_member (task, "catch", NULL))
    return;

  fermata_check_report (self, FERMATA_SEVERITY_WARNING, "bad-body",
                        _("“kinds” says which errors “catch” is for, and there is no “catch”"));
}

/* @task is a node, or a task of a state. */
void
fermata_check_owner (FermataCheck                 *self,
                     FermataValue                 *task,
                     const FermataNodeDescription *description,
                     gboolean                      is_node)
{
  static const struct {
    FermataBodyRule rule;
    const char *name;
  } parameters[] = {
    { FERMATA_BODY_RULE_ITEMS, "items" },
    { FERMATA_BODY_RULE_COPIES, "copies" },
    { FERMATA_BODY_RULE_TRY, "kinds" },
    { FERMATA_BODY_RULE_BRANCHES, "wait" },
  };
  FermataValue *with = fermata_check_get_object (task, "with");
  FermataValue *value = NULL;

  if (description->body_rule == FERMATA_BODY_RULE_TIMEOUT)
    check_bounds (self, with, description->name);

  for (guint i = 0; with != NULL && i < G_N_ELEMENTS (parameters); i++)
    {
      if (parameters[i].rule != description->body_rule)
        continue;
      value = fermata_value_get_member (with, parameters[i].name);
      if (value == NULL)
        continue;

      step_into_parameter (self, parameters[i].name);
      if (description->body_rule == FERMATA_BODY_RULE_ITEMS)
        check_items (self, is_node);
      else if (description->body_rule == FERMATA_BODY_RULE_COPIES)
        check_copies (self, value);
      else if (description->body_rule == FERMATA_BODY_RULE_TRY)
        check_kinds (self, task);
      else
        check_wait (self, value, task, is_node);
      step_out_of_parameter (self);
    }
}

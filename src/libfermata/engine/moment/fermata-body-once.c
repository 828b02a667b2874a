/* fermata-body-once.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-body-rules-private.h"

#include "engine/moment/fermata-frame-scope-private.h"

/* Owners that run their body once an attempt: `subgraph` and `timeout`, and those
 * of whose branches some are enough, `parallel` and `race`. */

/* How many branches are to end well; 0: all. */
static gboolean
get_quorum (FermataFrame *frame,
            guint         node,
            guint32      *quorum)
{
  const FermataPlanNode *plan_node = &frame->plan->nodes[node];
  FermataValue *wait;

  *quorum = plan_node->body_rule == FERMATA_BODY_RULE_RACE ? 1 : 0;
  if (plan_node->body_rule != FERMATA_BODY_RULE_BRANCHES)
    return TRUE;

  wait = fermata_body_get_parameter (frame, node, "wait");
  if (wait == NULL)
    return TRUE;
  if (fermata_value_get_kind (wait) == FERMATA_VALUE_KIND_STRING)
    {
      const char *name = fermata_value_get_string (wait, NULL);

      *quorum = g_str_equal (name, "any") ? 1 : 0;
      return *quorum == 1 || g_str_equal (name, "all");
    }
  if (fermata_value_get_kind (wait) != FERMATA_VALUE_KIND_INTEGER
      || fermata_value_get_integer (wait) < 1 || fermata_value_get_integer (wait) > G_MAXUINT32 / 2)
    return FALSE;
  *quorum = fermata_value_get_integer (wait);

  return TRUE;
}

static void
check_quorum (FermataFrame *frame,
              guint         node)
{
  const FermataPlan *body = frame->plan->nodes[node].body;
  guint n_branches = body->kind == FERMATA_GRAPH_KIND_DAG ? body->n_sinks : 1;
  guint32 quorum;

  if (!get_quorum (frame, node, &quorum))
    fermata_body_refuse (frame, node, "wait must be “all”, “any” or a whole number from 1");
  else if (quorum > MAX (n_branches, 1))
    fermata_body_refuse (frame, node, "wait is %u, but there are %u branches", quorum, n_branches);
}

static void
begin (FermataMoment *moment,
       FermataFrame  *frame,
       guint          node)
{
  FermataBodyRecord *body = fermata_body_write (frame, node);

  fermata_body_forget (body);
  body->n_items = 1;
  check_quorum (frame, node);
}

static gboolean
can_enter (const FermataMoment     *moment,
           const FermataFrame      *frame,
           guint                    node,
           const FermataBodyRecord *body)
{
  return body->n_entered == 0 && body->n_items > 0 && !fermata_body_is_stopping (frame, node, body);
}

static void
enter (FermataFrame      *frame,
       guint              node,
       FermataBodyRecord *body,
       FermataBodyEntry  *entry)
{
  const FermataPlanNode *plan_node = &frame->plan->nodes[node];

  entry->plan = plan_node->body;
  entry->input = fermata_frame_dup_input (frame, node);
  entry->has_branches = plan_node->body_rule == FERMATA_BODY_RULE_BRANCHES;
  get_quorum (frame, node, &entry->quorum);
}

static void
left (FermataMoment         *moment,
      FermataFrame          *frame,
      guint                  node,
      const FermataBodyLeft *left)
{
  if (left->output != NULL)
    fermata_trie_set (&fermata_body_write (frame, node)->results, 0, fermata_value_ref (left->output));
  if (left->error != NULL)
    fermata_body_fail (moment, frame, node, FERMATA_INDEX_NONE, left->error);
}

/* A graph that was closed before its end gives nothing. */
static FermataBodyEnd
get_end (const FermataFrame      *frame,
         guint                    node,
         const FermataBodyRecord *body)
{
  if (body->failure != NULL)
    return FERMATA_BODY_HAS_FAILED;

  return body->n_left > 0 && (body->results.n_entries > 0 || (body->flags & BODY_STOPS) == 0)
         ? FERMATA_BODY_IS_DONE : FERMATA_BODY_GOES_ON;
}

FermataValue *
fermata_body_dup_first_result (const FermataFrame      *frame,
                               guint                    node,
                               const FermataBodyRecord *body)
{
  FermataValue *result = fermata_trie_get (&body->results, 0);

  return result != NULL ? fermata_value_ref (result) : fermata_value_new_null ();
}

const FermataBodyRules fermata_body_rules_once = {
  .begin = begin,
  .can_enter = can_enter,
  .enter = enter,
  .left = left,
  .get_end = get_end,
  .dup_output = fermata_body_dup_first_result,
};

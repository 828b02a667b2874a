/* fermata-schema-cycles.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "value/fermata-schema-private.h"

/* A node whose children are being followed. */
typedef struct {
  guint node;
  guint rule;
  guint child;
} Frame;

typedef enum {
  UNSEEN,
  OPEN,       /* on the way to where the search is */
  CLOSED,
} Mark;

static gboolean
stays_at_value (const FermataSchemaRule *rule)
{
  return rule->kind >= FERMATA_RULE_REF;
}

/* The next node that @frame applies to the same value. */
static guint
next_node (FermataSchema *self,
           Frame         *frame)
{
  FermataSchemaNode *node = fermata_schema_get_node (self, frame->node);

  for (; frame->rule < node->n_rules; frame->rule++, frame->child = 0)
    {
      const FermataSchemaRule *rule = &g_array_index (self->rules, FermataSchemaRule,
                                                      node->first_rule + frame->rule);

      if (stays_at_value (rule) && frame->child < rule->n_children)
        return fermata_schema_get_child (self, rule, frame->child++);
    }
  return FERMATA_SCHEMA_NO_NODE;
}

static guint
search_from (FermataSchema *self,
             guint          start,
             guint8        *marks)
{
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (Frame));

  g_array_append_val (frames, ((Frame) { start, 0, 0 }));
  marks[start] = OPEN;

  while (frames->len > 0)
    {
      Frame *frame = &g_array_index (frames, Frame, frames->len - 1);
      guint next = next_node (self, frame);

      if (next == FERMATA_SCHEMA_NO_NODE)
        {
          marks[frame->node] = CLOSED;
          g_array_set_size (frames, frames->len - 1);
        }
      else if (marks[next] == OPEN)
        {
          return next;
        }
      else if (marks[next] == UNSEEN)
        {
          marks[next] = OPEN;
          g_array_append_val (frames, ((Frame) { next, 0, 0 }));
        }
    }
  return FERMATA_SCHEMA_NO_NODE;
}

guint
fermata_schema_find_cycle (FermataSchema *self)
{
  g_autofree guint8 *marks = g_new0 (guint8, self->nodes->len);
  guint found = FERMATA_SCHEMA_NO_NODE;

  for (guint i = 0; i < self->nodes->len && found == FERMATA_SCHEMA_NO_NODE; i++)
    {
      if (marks[i] == UNSEEN)
        found = search_from (self, i, marks);
    }
  return found;
}

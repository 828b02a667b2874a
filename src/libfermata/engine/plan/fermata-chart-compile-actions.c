/* fermata-chart-compile-actions.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Actions laid out flat: what is in an `if` or a `foreach` follows it. */

#include "engine/plan/fermata-chart-scxml-private.h"

static const char *const verbs[] = {
  "assign", "raise", "send", "cancel", "log", "if", "foreach", "script", "xml", NULL
};

/*
 * A list of actions that is being laid out. @part is what the document calls it
 * in @owner, the action that it belongs to; of the outermost both are NULL. @op
 * is where the jump is that is to lead behind it, or, of a loop, its beginning.
 */
typedef struct {
  FermataValue *list;
  gsize next;
  FermataValue *owner;
  const char *part;
  guint32 op;
} Level;

static gboolean
is_list (FermataValue *value)
{
  return value != NULL && fermata_value_get_kind (value) == FERMATA_VALUE_KIND_ARRAY;
}

static gsize
count_actions (FermataValue *value)
{
  if (value == NULL)
    return 0;

  return is_list (value) ? fermata_value_get_length (value) : 1;
}

static void
push (GArray       *levels,
      FermataValue *owner,
      const char   *part,
      FermataValue *list,
      guint32       op)
{
  Level level = { list, 0, owner, part, op };

  g_array_append_val (levels, level);
}

/* The place of the action at hand: `/1/then/0`. */
static char *
dup_place (GArray *levels)
{
  GString *place = g_string_new (NULL);

  for (guint i = 0; i < levels->len; i++)
    {
      const Level *level = &g_array_index (levels, Level, i);

      if (level->part != NULL)
        g_string_append_printf (place, "/%s", level->part);
      if (is_list (level->list))
        g_string_append_printf (place, "/%" G_GSIZE_FORMAT, level->next - 1);
    }

  return g_string_free (place, FALSE);
}

static const char *
find_verb (FermataValue  *action,
           GError       **error)
{
  const char *verb = NULL;

  if (fermata_value_get_kind (action) != FERMATA_VALUE_KIND_OBJECT)
    {
      fermata_chart_refuse (error, "an action must be an object");
      return NULL;
    }

  for (guint i = 0; verbs[i] != NULL; i++)
    {
      if (fermata_value_get_member (action, verbs[i]) == NULL)
        continue;
      if (verb != NULL)
        {
          fermata_chart_refuse (error, "an action has exactly one verb; here are “%s” and “%s”", verb, verbs[i]);
          return NULL;
        }
      verb = verbs[i];
    }
  if (verb == NULL)
    fermata_chart_refuse (error, "the action has no verb");

  return verb;
}

static FermataChartOp *
op_at (FermataChartCompiler *self,
       guint32               index)
{
  return &g_array_index (self->ops, FermataChartOp, index);
}

static guint32
add_op (FermataChartCompiler *self,
        FermataOpCode         code)
{
  FermataChartOp op = { .code = code, .jump = FERMATA_INDEX_NONE };

  g_array_append_val (self->ops, op);

  return self->ops->len - 1;
}

FermataChartOp *
fermata_chart_add_op (FermataChartCompiler *self,
                      FermataOpCode         code)
{
  return op_at (self, add_op (self, code));
}

static gboolean
compile_action (FermataChartCompiler  *self,
                FermataValue          *action,
                GArray                *levels,
                GError               **error)
{
  const char *verb = find_verb (action, error);
  guint32 index;

  if (verb == NULL)
    return FALSE;

  index = add_op (self, FERMATA_OP_END);
  if (!fermata_chart_compile_op (self, verb, action, op_at (self, index), error))
    return FALSE;

  if (op_at (self, index)->code == FERMATA_OP_IF)
    push (levels, action, "then", fermata_value_get_member (action, "then"), index);
  else if (op_at (self, index)->code == FERMATA_OP_FOREACH)
    push (levels, action, "do", fermata_value_get_member (action, "do"), index);

  return TRUE;
}

/* What follows the last action of a list. */
static void
finish_level (FermataChartCompiler *self,
              GArray               *levels)
{
  Level level = g_array_index (levels, Level, levels->len - 1);
  FermataValue *otherwise;
  guint32 index;

  g_array_set_size (levels, levels->len - 1);
  if (level.owner == NULL)
    return;

  otherwise = fermata_value_get_member (level.owner, "else");
  if (op_at (self, level.op)->code == FERMATA_OP_FOREACH)
    {
      index = add_op (self, FERMATA_OP_NEXT);
      op_at (self, index)->jump = level.op;
    }
  else if (op_at (self, level.op)->code == FERMATA_OP_IF && count_actions (otherwise) > 0)
    {
      index = add_op (self, FERMATA_OP_JUMP);
      push (levels, level.owner, "else", otherwise, index);
    }
  op_at (self, level.op)->jump = self->ops->len;
}

static gboolean
compile_list (FermataChartCompiler  *self,
              FermataValue          *actions,
              GError               **error)
{
  g_autoptr (GArray) levels = g_array_new (FALSE, FALSE, sizeof (Level));

  push (levels, NULL, NULL, actions, FERMATA_INDEX_NONE);
  while (levels->len > 0)
    {
      Level *level = &g_array_index (levels, Level, levels->len - 1);
      gsize next = level->next++;

      if (next >= count_actions (level->list))
        finish_level (self, levels);
      else if (!compile_action (self, is_list (level->list)
                                      ? fermata_value_get_element (level->list, next) : level->list,
                                levels, error))
        {
          g_autofree char *place = dup_place (levels);

          g_prefix_error (error, "%s: ", place);
          return FALSE;
        }
    }

  return TRUE;
}

/* In SCXML's data models there may be several blocks: an array of arrays. */
static gboolean
has_blocks (FermataChartCompiler *self,
            FermataValue         *actions)
{
  return self->chart->data_model != FERMATA_DATA_MODEL_FERMATA
         && is_list (actions) && fermata_value_get_length (actions) > 0
         && is_list (fermata_value_get_element (actions, 0));
}

static gboolean
compile_blocks (FermataChartCompiler  *self,
                FermataValue          *actions,
                GError               **error)
{
  for (gsize i = 0; i < fermata_value_get_length (actions); i++)
    {
      if (i > 0)
        add_op (self, FERMATA_OP_BLOCK);
      if (!compile_list (self, fermata_value_get_element (actions, i), error))
        {
          g_prefix_error (error, "/%" G_GSIZE_FORMAT, i);
          return FALSE;
        }
    }

  return TRUE;
}

gboolean
fermata_chart_compile_block (FermataChartCompiler  *self,
                             FermataValue          *object,
                             const char            *assign,
                             const char            *actions,
                             guint32               *block,
                             GError               **error)
{
  FermataValue *list = fermata_value_get_member (object, actions);
  gboolean assigns = assign != NULL && fermata_value_get_member (object, assign) != NULL;

  *block = FERMATA_INDEX_NONE;
  if (!assigns && count_actions (list) == 0)
    return TRUE;

  *block = self->ops->len;
  if (assigns)
    {
      guint32 index = add_op (self, FERMATA_OP_END);

      if (!fermata_chart_compile_op (self, assign, object, op_at (self, index), error))
        {
          g_prefix_error (error, ": ");
          return FALSE;
        }
    }
  if (!(has_blocks (self, list) ? compile_blocks (self, list, error) : compile_list (self, list, error)))
    {
      g_prefix_error (error, ", %s", actions);
      return FALSE;
    }
  add_op (self, FERMATA_OP_END);

  return TRUE;
}

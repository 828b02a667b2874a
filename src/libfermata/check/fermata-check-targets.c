/* fermata-check-targets.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-states-private.h"

#include <glib/gi18n-lib.h>

#include "check/fermata-check-rules-private.h"
#include "model/fermata-node.h"

/* Where edges and `initial` lead to. */

/* Calls @func for each id in what may be a text, an array of them, or an
 * object that has them as its `to`. The check is at @value. */
void
fermata_check_foreach_target (FermataCheck *check,
                              FermataValue *value,
                              void        (*func) (FermataCheck *check,
                                                   const char   *id,
                                                   gpointer      user_data),
                              gpointer      user_data)
{
  gboolean is_object = fermata_value_get_kind (value) == FERMATA_VALUE_KIND_OBJECT;
  gsize n;

  if (is_object)
    {
      value = fermata_value_get_member (value, "to");
      if (value == NULL)
        return;
      fermata_check_step_into (check, "to");
    }

  if (fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING)
    func (check, fermata_value_get_string (value, NULL), user_data);

  n = fermata_value_get_kind (value) == FERMATA_VALUE_KIND_ARRAY ? fermata_value_get_length (value) : 0;

  for (gsize i = 0; i < n; i++)
    {
      FermataValue *element = fermata_value_get_element (value, i);

      fermata_check_step_to (check, i);
      if (fermata_value_get_kind (element) == FERMATA_VALUE_KIND_STRING)
        func (check, fermata_value_get_string (element, NULL), user_data);
      fermata_check_step_out (check);
    }

  if (is_object)
    fermata_check_step_out (check);
}

/* A target, and where it stands among the others. */
typedef struct {
  guint state;
  gsize index;
} Target;

static int
compare_targets (gconstpointer a,
                 gconstpointer b)
{
  const Target *x = a;
  const Target *y = b;

  if (x->state != y->state)
    return x->state < y->state ? -1 : 1;

  return x->index < y->index ? -1 : x->index > y->index;
}

static GArray *
collect_targets (FermataCheck *check,
                 FermataValue *array)
{
  GArray *targets = g_array_new (FALSE, FALSE, sizeof (Target));

  for (gsize i = 0; i < fermata_value_get_length (array); i++)
    {
      FermataValue *element = fermata_value_get_element (array, i);
      Target target = { FERMATA_CHECK_NO_ID, i };

      if (fermata_value_get_kind (element) == FERMATA_VALUE_KIND_STRING)
        target.state = fermata_check_ids_find (check->level->ids, fermata_value_get_string (element, NULL));
      if (target.state != FERMATA_CHECK_NO_ID)
        g_array_append_val (targets, target);
    }

  g_array_sort (targets, compare_targets);

  return targets;
}

/* Whether two states can be active at the same time; else @common is the one
 * that has but one of them. */
static gboolean
are_compatible (FermataCheckMachine *self,
                guint                a,
                guint                b,
                guint               *common)
{
  *common = fermata_check_common_state (self, a, b);

  return *common == a || *common == b ||
         (*common != FERMATA_CHECK_NO_ID && self->states[*common].type == FERMATA_CHECK_PARALLEL);
}

static void
report_incompatible (FermataCheck *check,
                     const Target *a,
                     const Target *b,
                     guint         common)
{
  FermataCheckLevel *level = check->level;
  const Target *first = a->index < b->index ? a : b;
  const Target *second = a->index < b->index ? b : a;

  fermata_check_step_to (check, second->index);
  fermata_check_report (check, FERMATA_SEVERITY_ERROR, "bad-targets",
                        _("“%s” and “%s” cannot be active at the same time"),
                        fermata_node_get_id (level->nodes[first->state]),
                        fermata_node_get_id (level->nodes[second->state]));
  if (common == FERMATA_CHECK_NO_ID)
    fermata_check_add_hint (check, _("of the states at the top, one is active at a time; several are in a parallel state"));
  else
    fermata_check_add_hint (check, _("of the states in “%s”, one is active at a time; it would have to be parallel"),
                            fermata_node_get_id (level->nodes[common]));
  fermata_check_step_out (check);
}

static void
report_no_target (FermataCheck *check)
{
  fermata_check_report (check, FERMATA_SEVERITY_ERROR, "bad-targets", _("expected the id of a state, found none"));
}

/*
 * Whether all that a text or an array names can be active at the same time:
 * the check is at it. Two in different states of a compound one cannot; in
 * document order, there are two such next to each other if there are any.
 */
void
fermata_check_targets (FermataCheck *check,
                       FermataValue *value)
{
  g_autoptr(GArray) targets = NULL;

  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_ARRAY)
    return;

  if (fermata_value_get_length (value) == 0)
    report_no_target (check);

  if (fermata_value_get_length (value) < 2)
    return;

  targets = collect_targets (check, value);

  for (guint i = 1; i < targets->len; i++)
    {
      const Target *a = &g_array_index (targets, Target, i - 1);
      const Target *b = &g_array_index (targets, Target, i);
      guint common;

      if (!are_compatible (check->level->machine, a->state, b->state, &common))
        {
          report_incompatible (check, a, b, common);
          return;
        }
    }
}

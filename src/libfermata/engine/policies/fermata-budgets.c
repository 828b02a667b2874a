/* fermata-budgets.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/policies/fermata-budgets-private.h"

#include <math.h>

#include "engine/moment/fermata-moment-private.h"
#include "value/fermata-value-builder.h"

/* Such a part of a budget is worth a warning. */
#define WARNING 0.8

static const char *const names[FERMATA_N_BUDGETS] = {
  [FERMATA_BUDGET_SECONDS] = "seconds",
  [FERMATA_BUDGET_STEPS] = "steps",
  [FERMATA_BUDGET_TOKENS] = "tokens",
  [FERMATA_BUDGET_COST] = "cost",
};

/**
 * fermata_budget_to_string:
 * @budget: a budget
 *
 * Names a budget, as documents do.
 *
 * Returns: (transfer none): a name such as `tokens`
 */
const char *
fermata_budget_to_string (FermataBudget budget)
{
  g_return_val_if_fail (budget < FERMATA_N_BUDGETS, NULL);

  return names[budget];
}

/* Compiling */

static gboolean
compile_one (FermataBudgets  *self,
             FermataBudget    budget,
             FermataValue    *limit,
             GError         **error)
{
  FermataValueKind kind = limit == NULL ? FERMATA_VALUE_KIND_NULL : fermata_value_get_kind (limit);
  double number;

  if (limit == NULL)
    return TRUE;
  if (kind == FERMATA_VALUE_KIND_INTEGER || kind == FERMATA_VALUE_KIND_NUMBER)
    {
      number = fermata_value_get_number (limit);
      if (isfinite (number) && number >= 0)
        {
          self->limits[budget] = number;
          self->set |= 1 << budget;
          return TRUE;
        }
    }

  g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_INVALID,
               "budget.%s must be a number from 0", names[budget]);

  return FALSE;
}

gboolean
fermata_budgets_compile (FermataBudgets  *self,
                         FermataValue    *budget,
                         GError         **error)
{
  if (budget == NULL)
    return TRUE;
  if (fermata_value_get_kind (budget) != FERMATA_VALUE_KIND_OBJECT)
    {
      g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_INVALID,
                   "budget must be an object");
      return FALSE;
    }

  for (guint i = 0; i < FERMATA_N_BUDGETS; i++)
    {
      if (!compile_one (self, i, fermata_value_get_member (budget, names[i]), error))
        return FALSE;
    }

  return TRUE;
}

/* Seconds are compared as microseconds, as timers have them. */
static gint64
microseconds (double seconds)
{
  return (gint64) MIN (ceil (seconds * G_USEC_PER_SEC), (double) (G_MAXINT64 / 4));
}

gint64
fermata_budgets_get_warning (const FermataBudgets *self)
{
  if ((self->set & (1 << FERMATA_BUDGET_SECONDS)) == 0)
    return -1;

  return microseconds (self->limits[FERMATA_BUDGET_SECONDS] * WARNING);
}

/* Using */

/* Whose budgets are looked at: those of the run, or of the graph that a frame runs. */
typedef struct {
  const FermataBudgets *budgets;
  const FermataBudgetUse *use;
  gint64 time;
} Account;

static Account
account_of_run (const FermataMoment *self)
{
  Account account = { &self->root->plan->budgets, &self->use, self->time };

  return account;
}

static Account
account_of_frame (const FermataMoment *self,
                  const FermataFrame  *frame)
{
  Account account = { &frame->plan->budgets, frame->use, self->time - frame->since };

  return account;
}

static double
used_of (const Account *self,
         FermataBudget  budget)
{
  return budget == FERMATA_BUDGET_SECONDS ? self->time / (double) G_USEC_PER_SEC
                                          : self->use->used[budget];
}

static gboolean
has_used (const Account *self,
          FermataBudget  budget,
          double         part)
{
  double limit = self->budgets->limits[budget] * part;

  if (budget == FERMATA_BUDGET_SECONDS)
    return self->time >= microseconds (limit);

  return self->use->used[budget] >= limit;
}

static void
count_usage (FermataBudgetUse *use,
             FermataValue     *usage)
{
  const char *name = fermata_value_get_string (fermata_value_get_member (usage, "name"), NULL);
  double amount = fermata_value_get_number (fermata_value_get_member (usage, "amount"));

  for (guint i = FERMATA_BUDGET_TOKENS; i < FERMATA_N_BUDGETS; i++)
    {
      if (g_str_equal (name, names[i]))
        use->used[i] = MIN (use->used[i] + amount, G_MAXDOUBLE);
    }
}

static void
count_event (FermataBudgetUse   *use,
             const FermataEvent *event)
{
  if (event->kind == FERMATA_EVENT_USAGE)
    count_usage (use, event->payload);
  else
    use->used[FERMATA_BUDGET_STEPS]++;
}

static FermataFrame *
get_parent (const FermataMoment *self,
            const FermataFrame  *frame)
{
  return frame == NULL || frame->parent == FERMATA_FRAME_NONE
         ? NULL : fermata_moment_get_frame (self, frame->parent);
}

/* What is used in a frame is used in those around it, too. */
void
fermata_moment_count_use (FermataMoment      *self,
                          const FermataEvent *event)
{
  FermataFrame *frame = NULL;

  count_event (&self->use, event);
  if (self->root->plan->has_inner_budgets && event->place != FERMATA_PLACE_RUN)
    frame = fermata_moment_get_frame (self, event->frame);

  for (; frame != NULL; frame = get_parent (self, frame))
    {
      if (frame->use != NULL)
        count_event (fermata_moment_write_frame (self, frame->number)->use, event);
    }
}

gboolean
fermata_budget_use_equal (const FermataBudgetUse *a,
                          const FermataBudgetUse *b)
{
  for (guint i = 0; i < FERMATA_N_BUDGETS; i++)
    {
      if (a->used[i] != b->used[i])
        return FALSE;
    }

  return a->warned == b->warned;
}

void
fermata_moment_note_warning (FermataMoment      *self,
                             const FermataEvent *event)
{
  FermataValue *name = fermata_value_get_member (event->payload, "budget");

  for (guint i = 0; i < FERMATA_N_BUDGETS; i++)
    {
      if (g_str_equal (fermata_value_get_string (name, NULL), names[i]))
        self->use.warned |= 1 << i;
    }
}

/* Deciding */

static FermataValue *
number_value (double number)
{
  if (fabs (number) <= 9007199254740991.0 && floor (number) == number)
    return fermata_value_new_integer ((gint64) number);

  return fermata_value_new_number (number);
}

/* { "budget": "tokens", "used": 120, "limit": 100 } */
static FermataValue *
use_value (const Account *self,
           FermataBudget  budget)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) used = number_value (used_of (self, budget));
  g_autoptr (FermataValue) limit = number_value (self->budgets->limits[budget]);

  fermata_value_builder_set_string (builder, "budget", names[budget]);
  fermata_value_builder_set (builder, "used", used);
  fermata_value_builder_set (builder, "limit", limit);

  return fermata_value_builder_end (builder);
}

static void
decide (FermataEvent     *event,
        FermataEventKind  kind,
        FermataValue     *payload)
{
  event->kind = kind;
  event->frame = 0;
  event->place = FERMATA_PLACE_RUN;
  event->attempt = 0;
  event->payload = payload;
}

/* What is used up needs no warning any more. */
gboolean
fermata_moment_decide_warning (FermataMoment *self,
                               FermataEvent  *event)
{
  Account account = account_of_run (self);

  if (account.budgets->set == 0)
    return FALSE;

  for (guint i = 0; i < FERMATA_N_BUDGETS; i++)
    {
      if ((account.budgets->set & ~self->use.warned & (1 << i)) == 0
          || !has_used (&account, i, WARNING) || has_used (&account, i, 1))
        continue;

      decide (event, FERMATA_EVENT_BUDGET_WARNING, use_value (&account, i));
      return TRUE;
    }

  return FALSE;
}

static FermataValue *
error_of (const Account *self,
          FermataBudget  budget)
{
  g_autoptr (FermataValue) details = use_value (self, budget);
  g_autofree char *message = NULL;

  message = g_strdup_printf ("The budget is used up: %g of %g %s", used_of (self, budget),
                             self->budgets->limits[budget], names[budget]);

  return fermata_error_value_new (FERMATA_ERROR_KIND_BUDGET, message, NULL, details);
}

static FermataValueBuilder *
new_closing (const Account *self,
             FermataBudget  budget)
{
  FermataValueBuilder *builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) error = error_of (self, budget);

  fermata_value_builder_set_string (builder, "reason", "budget");
  fermata_value_builder_set (builder, "error", error);

  return builder;
}

/* Its owner's frame tells it. */
static void
decide_frame_closing (FermataMoment *self,
                      FermataFrame  *frame,
                      const Account *account,
                      FermataBudget  budget,
                      FermataEvent  *event)
{
  g_autoptr (FermataValueBuilder) builder = new_closing (account, budget);
  FermataFrame *parent = get_parent (self, frame);

  fermata_value_builder_set_integer (builder, "frame", frame->number);
  fermata_value_builder_set_integer (builder, "index", frame->iteration);
  event->kind = FERMATA_EVENT_FRAME_CLOSING;
  event->frame = parent->number;
  event->place = parent->plan->first_place + frame->owner;
  event->attempt = 0;
  event->payload = fermata_value_builder_end (builder);
}

/* What is queued has been asked to start already. `always` nodes may whatever
 * was used. */
static gboolean
starts_anew (const FermataMoment *self,
             const FermataEvent  *event)
{
  const FermataFrame *frame;
  guint node;

  frame = fermata_moment_get_frame (self, event->frame);
  if (event->kind == FERMATA_EVENT_EDGE_TAKEN && frame->machine != NULL)
    return frame->machine->phase != FERMATA_MACHINE_TELLING;
  if (event->kind != FERMATA_EVENT_NODE_STARTED && event->kind != FERMATA_EVENT_NODE_QUEUED)
    return FALSE;

  node = event->place - frame->plan->first_place;

  return frame->plan->nodes[node].join != FERMATA_JOIN_ALWAYS
         && fermata_frame_read_node (frame, node).status != FERMATA_NODE_STATUS_QUEUED;
}

/* Those that are queued will be steps, of the run at least. */
static gboolean
is_used_up (const FermataMoment *self,
            const Account       *account,
            FermataBudget        budget)
{
  if (budget != FERMATA_BUDGET_STEPS || account->use != &self->use)
    return has_used (account, budget, 1);

  return account->use->used[budget] + self->n_queued >= account->budgets->limits[budget];
}

/* The first budget that is used up, or FERMATA_N_BUDGETS */
static FermataBudget
find_used_up (const FermataMoment *self,
              const Account       *account)
{
  for (guint i = 0; i < FERMATA_N_BUDGETS; i++)
    {
      if ((account->budgets->set & (1 << i)) != 0 && is_used_up (self, account, i))
        return i;
    }

  return FERMATA_N_BUDGETS;
}

static gboolean
check_run (FermataMoment *self,
           FermataEvent  *event)
{
  Account account = account_of_run (self);
  g_autoptr (FermataValueBuilder) builder = NULL;
  FermataBudget budget = self->closing ? FERMATA_N_BUDGETS : find_used_up (self, &account);

  if (budget == FERMATA_N_BUDGETS)
    return TRUE;

  builder = new_closing (&account, budget);
  g_clear_pointer (&event->payload, fermata_value_unref);
  decide (event, FERMATA_EVENT_RUN_CLOSING, fermata_value_builder_end (builder));

  return FALSE;
}

/* The innermost first. What is closing already is left to end. */
static void
check_frames (FermataMoment *self,
              FermataEvent  *event)
{
  FermataFrame *frame = fermata_moment_get_frame (self, event->frame);

  for (; frame != NULL; frame = get_parent (self, frame))
    {
      Account account = account_of_frame (self, frame);
      FermataBudget budget;

      if (frame->use == NULL || frame->is_closing)
        continue;
      budget = find_used_up (self, &account);
      if (budget == FERMATA_N_BUDGETS)
        continue;

      g_clear_pointer (&event->payload, fermata_value_unref);
      decide_frame_closing (self, frame, &account, budget, event);
      return;
    }
}

gboolean
fermata_moment_has_budgets (const FermataMoment *self)
{
  return self->root->plan->budgets.set != 0 || self->root->plan->has_inner_budgets;
}

void
fermata_moment_check_budgets (FermataMoment *self,
                              FermataEvent  *event)
{
  if (!starts_anew (self, event) || !check_run (self, event))
    return;
  if (self->root->plan->has_inner_budgets)
    check_frames (self, event);
}

/**
 * fermata_moment_get_budget:
 * @self: a moment
 * @budget: which budget
 * @used: (out): how much is used: seconds, or whatever it counts
 * @limit: (out): how much may be; 0 where nothing bounds it
 *
 * Tells how far a budget is used.
 *
 * Returns: whether the graph bounds it
 */
gboolean
fermata_moment_get_budget (FermataMoment *self,
                           FermataBudget  budget,
                           double        *used,
                           double        *limit)
{
  Account account;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (budget < FERMATA_N_BUDGETS, FALSE);
  g_return_val_if_fail (used != NULL && limit != NULL, FALSE);

  account = account_of_run (self);
  *used = used_of (&account, budget);
  *limit = account.budgets->limits[budget];

  return (account.budgets->set & (1 << budget)) != 0;
}

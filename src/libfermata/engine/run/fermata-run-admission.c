/* fermata-run-admission.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Who is asked before a queued node starts: earlier results, its circuit
 * breaker, its rate limit. The first that has something to say answers; what it
 * says becomes a fact. */

#include "engine/policies/fermata-admission-private.h"
#include "engine/run/fermata-run-private.h"
#include "value/fermata-value-builder.h"

/* One attempt, from its asking to its end: what is owed to whom. */
typedef struct {
  FermataRun *run;              /* not owned: it owns the inquiry */
  guint32 frame;
  guint32 node;
  guint attempt;
  FermataValue *input;          /* in place of the node's own; or NULL */

  char *key;                    /* to keep a result by; or NULL */
  FermataCircuitBreaker *breaker;       /* that let it through; or NULL */
  guint64 ticket;
  FermataRateLimiter *limiter;
  FermataRateWaiter *waiter;    /* while it waits */
  gboolean has_started;
} Attempt;

static void
report (Attempt        *self,
        FermataOutcome  outcome)
{
  if (self->breaker != NULL)
    fermata_circuit_breaker_report (self->breaker, self->ticket, outcome);
  g_clear_pointer (&self->breaker, fermata_circuit_breaker_unref);
}

static void
attempt_free (gpointer data)
{
  Attempt *self = data;

  if (self->waiter != NULL)
    fermata_rate_limiter_give_up (self->limiter, self->waiter);
  report (self, FERMATA_OUTCOME_NONE);
  g_clear_pointer (&self->limiter, fermata_rate_limiter_unref);
  g_clear_pointer (&self->input, fermata_value_unref);
  g_free (self->key);
  g_free (self);
}

GHashTable *
fermata_run_create_attempts (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, attempt_free);
}

static Attempt *
find_attempt (FermataRun *self,
              guint32     frame,
              guint32     node)
{
  guint64 key = fermata_run_key (frame, node);

  return g_hash_table_lookup (self->attempts, &key);
}

static FermataValue *
admitted_payload (FermataValue *input)
{
  g_autoptr (FermataValueBuilder) builder = NULL;

  if (input == NULL)
    return NULL;

  builder = fermata_value_builder_new_object ();
  fermata_value_builder_set (builder, "input", input);

  return fermata_value_builder_end (builder);
}

static void
admit (Attempt *self)
{
  fermata_run_post_fact (self->run, FERMATA_EVENT_TASK_ADMITTED, self->frame, self->node,
                         self->attempt, admitted_payload (self->input));
}

static void
may_start (gpointer user_data)
{
  Attempt *self = user_data;

  self->waiter = NULL;
  admit (self);
}

static void
answer (Attempt      *self,
        FermataValue *output)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  fermata_value_builder_set (builder, "output", output);
  fermata_value_builder_set_string (builder, "by", "cache");
  g_clear_pointer (&self->key, g_free);
  fermata_run_post_fact (self->run, FERMATA_EVENT_TASK_ANSWERED, self->frame, self->node,
                         self->attempt, fermata_value_builder_end (builder));
}

/* Seconds, as exact as the clock. */
static FermataValue *
refused_details (const FermataAdmission *admission,
                 gint64                  wait)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  fermata_value_builder_set_string (builder, "circuit-breaker", admission->breaker_label);
  if (wait > 0)
    fermata_value_builder_set_number (builder, "retry-after", wait / (double) G_USEC_PER_SEC);

  return fermata_value_builder_end (builder);
}

static void
refuse (Attempt                *self,
        const FermataAdmission *admission,
        gint64                  wait)
{
  g_autoptr (FermataValue) details = refused_details (admission, wait);
  g_autofree char *message = NULL;

  if (wait > 0)
    message = g_strdup_printf ("The circuit breaker “%s” is open; it lets one try in %.6g s",
                               admission->breaker_label, wait / (double) G_USEC_PER_SEC);
  else
    message = g_strdup_printf ("The circuit breaker “%s” is open; another is trying",
                               admission->breaker_label);

  fermata_run_post_fact (self->run, FERMATA_EVENT_TASK_REFUSED, self->frame, self->node,
                         self->attempt,
                         fermata_error_value_new (FERMATA_ERROR_KIND_CONNECTIVITY, message, NULL,
                                                  details));
}

/* TRUE if that was the answer. */
static gboolean
ask_cache (Attempt         *self,
           FermataServices *services)
{
  g_autoptr (FermataValue) output = NULL;

  if (self->key == NULL)
    return FALSE;

  output = fermata_result_cache_lookup (fermata_services_get_cache (services), self->key);
  if (output != NULL)
    answer (self, output);

  return output != NULL;
}

static gboolean
ask_breaker (Attempt                *self,
             FermataServices        *services,
             const FermataAdmission *admission)
{
  FermataCircuitBreaker *breaker;
  gint64 wait;

  if (admission->breaker == NULL)
    return FALSE;

  breaker = fermata_services_get_breaker (services, admission->breaker, admission->failures,
                                          admission->cool_down);
  if (!fermata_circuit_breaker_ask (breaker, &self->ticket, &wait))
    {
      refuse (self, admission, wait);
      return TRUE;
    }
  self->breaker = fermata_circuit_breaker_ref (breaker);

  return FALSE;
}

static gboolean
ask_limiter (Attempt                *self,
             FermataServices        *services,
             const FermataAdmission *admission)
{
  if (admission->limiter == NULL)
    return FALSE;

  self->limiter = fermata_rate_limiter_ref (fermata_services_get_limiter (services, admission->limiter,
                                                                          admission->limit,
                                                                          admission->per));
  self->waiter = fermata_rate_limiter_ask (self->limiter, may_start, self);

  return self->waiter != NULL;
}

/* The key was decided with the node's own input. */
static char *
dup_key (FermataRun    *self,
         const Attempt *attempt)
{
  FermataFrame *frame = fermata_moment_get_frame (self->moment, attempt->frame);
  FermataNodeRecord record = fermata_frame_read_node (frame, attempt->node - frame->plan->first_place);
  FermataValue *key = record.value != NULL && record.status == FERMATA_NODE_STATUS_QUEUED
                      ? fermata_value_get_member (record.value, "key") : NULL;

  return key != NULL && attempt->input == NULL ? g_strdup (fermata_value_get_string (key, NULL)) : NULL;
}

static FermataServices *
get_services (FermataRun *self)
{
  if (self->services == NULL)
    self->services = fermata_services_new (self->clock);

  return self->services;
}

/* Whoever is asked last admits it. */
void
fermata_run_admit (FermataRun   *self,
                   guint32       frame,
                   guint32       node,
                   guint         attempt,
                   FermataValue *input)
{
  const FermataPolicy *policy = fermata_plan_node_at (self->plan, node)->policy;
  const FermataAdmission *admission = policy != NULL ? policy->admission : NULL;
  FermataServices *services;
  Attempt *asking;

  if (admission == NULL)
    {
      fermata_run_post_fact (self, FERMATA_EVENT_TASK_ADMITTED, frame, node, attempt,
                             admitted_payload (input));
      return;
    }

  services = get_services (self);
  asking = g_new0 (Attempt, 1);
  asking->run = self;
  asking->frame = frame;
  asking->node = node;
  asking->attempt = attempt;
  asking->input = input == NULL ? NULL : fermata_value_ref (input);
  asking->key = dup_key (self, asking);
  g_hash_table_insert (self->attempts, fermata_run_key_new (frame, node), asking);

  if (!ask_cache (asking, services) && !ask_breaker (asking, services, admission)
      && !ask_limiter (asking, services, admission))
    admit (asking);
}

void
fermata_run_ask_admission (FermataRun         *self,
                           const FermataEvent *event)
{
  if (!fermata_run_ask_hooks (self, event))
    fermata_run_admit (self, event->frame, event->place, event->attempt, NULL);
}

void
fermata_run_note_admitted (FermataRun         *self,
                           const FermataEvent *event)
{
  Attempt *attempt = find_attempt (self, event->frame, event->place);

  if (attempt != NULL)
    attempt->has_started = TRUE;
}

/* How an attempt that was admitted ended. What failed before it began tells
 * nothing about the other side. */
static FermataOutcome
outcome_of (const Attempt      *self,
            const FermataEvent *event)
{
  if (!self->has_started)
    return FERMATA_OUTCOME_NONE;

  switch ((int) event->kind)
    {
    case FERMATA_EVENT_NODE_COMPLETED:
      return FERMATA_OUTCOME_SUCCESS;

    case FERMATA_EVENT_NODE_RETRYING:
    case FERMATA_EVENT_NODE_RECOVERED:
    case FERMATA_EVENT_NODE_FAILED:
      return FERMATA_OUTCOME_FAILURE;

    default:
      return FERMATA_OUTCOME_NONE;
    }
}

/* The file of an output that was too large is gone when its run is. */
static gboolean
is_in_file (FermataValue *output)
{
  return fermata_value_get_kind (output) == FERMATA_VALUE_KIND_OBJECT
         && fermata_value_get_length (output) == 1
         && fermata_value_get_member (output, "artifact") != NULL;
}

void
fermata_run_drop_admission (FermataRun         *self,
                            const FermataEvent *event)
{
  guint64 place = fermata_run_key (event->frame, event->place);
  Attempt *attempt = find_attempt (self, event->frame, event->place);

  if (attempt == NULL)
    return;

  report (attempt, outcome_of (attempt, event));
  if (attempt->key != NULL && attempt->has_started && event->kind == FERMATA_EVENT_NODE_COMPLETED
      && !is_in_file (event->payload))
    fermata_result_cache_store (fermata_services_get_cache (self->services), attempt->key,
                                event->payload,
                                fermata_plan_node_at (self->plan, event->place)->policy->admission->ttl);
  g_hash_table_remove (self->attempts, &place);
}

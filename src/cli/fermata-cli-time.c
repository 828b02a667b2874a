/* fermata-cli-time.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-cli-time.h"

#include <glib/gi18n.h>

#include "fermata-cli-arguments.h"

/* What ends without any event is seen so soon. */
#define INTERVAL 50

/* So many intervals it waits without a word. */
#define PATIENCE (2000 / INTERVAL)

/* When there is nobody to end it, time goes from timer to timer so often. */
#define MOST_JUMPS 1000000

typedef enum {
  TIME_STANDS,

  /* Until @target. */
  TIME_ADVANCES,

  /* Until the next timer. */
  TIME_JUMPS,

  /* To the end. */
  TIME_RUNS_OUT,
} Passage;

/*
 * Whether the run has something to decide is known only when its loop has
 * nothing else to do, so each look is @source: the last of what is ready, or
 * while a task is awaited, a timeout.
 */
struct _CliTime {
  FermataRun *run;
  FermataVirtualClock *clock;
  CliTimeFunc func;
  gpointer user_data;
  Passage passage;
  gint64 target;
  gboolean now;
  guint source;
  guint n_waits;
  guint n_jumps;
};

static gboolean on_look (gpointer user_data);

CliTime *
cli_time_new (FermataRun          *run,
              FermataVirtualClock *clock,
              CliTimeFunc          func,
              gpointer             user_data)
{
  CliTime *self = g_new0 (CliTime, 1);

  self->run = g_object_ref (run);
  self->clock = g_object_ref (clock);
  self->func = func;
  self->user_data = user_data;

  return self;
}

void
cli_time_free (CliTime *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_object_unref (self->run);
  g_object_unref (self->clock);
  g_free (self);
}

gboolean
cli_time_is_under_way (CliTime *self)
{
  return self->passage != TIME_STANDS;
}

static void
look_soon (CliTime *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_idle_add_full (G_PRIORITY_LOW, on_look, self, NULL);
}

static void
stand_still (CliTime *self)
{
  self->passage = TIME_STANDS;
  self->func (self->user_data);
}

/* One timer on the way, or the way behind the last. */
static void
advance (CliTime *self)
{
  FermataClock *clock = FERMATA_CLOCK (self->clock);
  gint64 deadline = fermata_clock_get_deadline (clock);

  if (deadline >= 0 && deadline <= self->target)
    {
      fermata_virtual_clock_jump (self->clock);
      look_soon (self);
      return;
    }
  fermata_virtual_clock_advance (self->clock, self->target - fermata_clock_get_time (clock));
  stand_still (self);
}

static void
jump (CliTime *self)
{
  if (!fermata_virtual_clock_jump (self->clock))
    cli_complain (_("there is no timer for time to advance to"));
  stand_still (self);
}

/* Without a timer there is nothing to do: either the run ends by itself, or an
 * event from elsewhere is awaited. With one after the other, and no end, nobody
 * would ever know. */
static void
run_out (CliTime *self)
{
  if (++self->n_jumps > MOST_JUMPS)
    {
      cli_complain (_("there is no end to it: another timer after %u since the end of input"),
                    MOST_JUMPS);
      fermata_run_cancel (self->run);
      stand_still (self);
      return;
    }
  if (fermata_virtual_clock_jump (self->clock))
    look_soon (self);
}

static void
wait_for_tasks (CliTime *self)
{
  self->n_waits++;
  if (self->n_waits == PATIENCE && self->passage == TIME_ADVANCES)
    cli_complain (_("time waits for the tasks that are under way; “advance DURATION now” does not"));
  self->source = g_timeout_add_full (G_PRIORITY_LOW, INTERVAL, on_look, self, NULL);
}

static void
pass (CliTime *self)
{
  self->n_waits = 0;
  switch (self->passage)
    {
    case TIME_ADVANCES:
      advance (self);
      break;
    case TIME_JUMPS:
      jump (self);
      break;
    case TIME_RUNS_OUT:
      run_out (self);
      break;
    case TIME_STANDS:
    default:
      break;
    }
}

static gboolean
on_look (gpointer user_data)
{
  CliTime *self = user_data;

  self->source = 0;
  if (fermata_run_has_ended (self->run))
    stand_still (self);
  else if (!self->now && fermata_run_is_working (self->run))
    wait_for_tasks (self);
  else
    pass (self);

  return G_SOURCE_REMOVE;
}

void
cli_time_look_again (CliTime *self)
{
  if (self->passage != TIME_STANDS)
    look_soon (self);
}

static void
begin (CliTime *self,
       Passage  passage,
       gboolean now)
{
  self->passage = passage;
  self->now = now;
  self->n_waits = 0;
  look_soon (self);
}

void
cli_time_advance (CliTime *self,
                  gint64   microseconds,
                  gboolean now)
{
  gint64 time = fermata_clock_get_time (FERMATA_CLOCK (self->clock));

  self->target = time + MIN (microseconds, G_MAXINT64 - time);
  begin (self, TIME_ADVANCES, now);
}

void
cli_time_jump (CliTime *self)
{
  begin (self, TIME_JUMPS, FALSE);
}

void
cli_time_run_out (CliTime *self)
{
  begin (self, TIME_RUNS_OUT, FALSE);
}

/* play.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/*
 * Runs graphs for Python, under the virtual clock and with the node type `task`.
 * Each line of standard input is one of
 *
 *     { "graph": {…}, "cancels": [1500, 2000], "cancel-at": [12, 13], "holds": 7, "quiet": true }
 *
 * with the times (ms) at which, or the events after which, the run is cancelled,
 * and a seed for where it is held. The answer, a line, is
 *
 *     { "state": "done", "result": …, "variables": …, "n": 212, "alive": 3, "events": […] }
 *
 * ("alive": how many frames there were at once, the root not counted; "frames": how many
 * there are at the end; with "quiet" no events) or `{ "refused": MESSAGE }`. After each event live is compared with folded,
 * and at the end all is decided once more from the facts; a difference aborts.
 */

#include <stdio.h>

#include "engine/history/fermata-event-codec.h"
#include "engine/moment/fermata-moment-private.h"
#include "harness/fermata-probe.h"
#include "harness/fermata-test-bed.h"
#include "value/fermata-value-builder.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

typedef struct {
  FermataTestBed *bed;
  FermataValue *cancel_at;
  gsize n_cancelled;
  guint alive;
  guint most_alive;
  GRand *rand;
} Play;

static void
see_event (FermataRun *run,
           guint64     number,
           gpointer    user_data)
{
  Play *self = user_data;
  FermataEventKind kind = fermata_history_get_event (fermata_run_get_history (run), number)->kind;

  self->alive += (kind == FERMATA_EVENT_FRAME_ENTERED) - (kind == FERMATA_EVENT_FRAME_LEFT);
  self->most_alive = MAX (self->most_alive, self->alive);
  while (self->cancel_at != NULL && self->n_cancelled < fermata_value_get_length (self->cancel_at)
         && number >= (guint64) fermata_value_get_integer (
              fermata_value_get_element (self->cancel_at, self->n_cancelled)))
    {
      self->n_cancelled++;
      if (!fermata_run_has_ended (run))
        fermata_run_cancel (run);
    }
}

/* --- Holds ---------------------------------------------------------------- */

static gboolean
hold_at_random (FermataRun         *run,
                const FermataEvent *decision,
                gpointer            user_data)
{
  return g_rand_int_range (((Play *) user_data)->rand, 0, 4) == 0;
}

/* Time goes by while it is held, and some of it between the steps. */
static void
let_go (Play *self)
{
  FermataVirtualClock *clock = FERMATA_VIRTUAL_CLOCK (self->bed->clock);
  FermataRun *run = self->bed->run;

  fermata_test_bed_settle (self->bed);
  while (!fermata_run_has_ended (run))
    {
      if (fermata_moment_is_held (fermata_run_get_moment (run)))
        {
          fermata_virtual_clock_advance (clock, g_rand_int_range (self->rand, 0, 5 * G_USEC_PER_SEC));
          fermata_test_bed_settle (self->bed);
          g_assert_true (fermata_run_release (run));
        }
      else if (g_rand_int_range (self->rand, 0, 4) == 0)
        {
          g_assert_true (fermata_run_hold (run));
        }
      else
        {
          g_assert_true (fermata_virtual_clock_jump (clock));
        }
      fermata_test_bed_settle (self->bed);
    }
}

/* --- A run ---------------------------------------------------------------- */

static void
pass_cancels (Play         *self,
              FermataValue *cancels)
{
  for (gsize i = 0; cancels != NULL && i < fermata_value_get_length (cancels); i++)
    {
      gint64 time = fermata_value_get_integer (fermata_value_get_element (cancels, i)) * 1000;

      fermata_test_bed_pass_time_until (self->bed, time);
      if (fermata_run_has_ended (self->bed->run))
        break;
      fermata_run_cancel (self->bed->run);
      fermata_test_bed_settle (self->bed);
    }
}

static void
add_events (Play                *self,
            FermataValueBuilder *answer)
{
  FermataHistory *history = fermata_run_get_history (self->bed->run);
  g_autoptr (FermataValueBuilder) events = fermata_value_builder_new_array ();
  g_autoptr (FermataValue) array = NULL;

  for (guint64 i = 1; i <= fermata_history_get_n_events (history); i++)
    {
      g_autoptr (FermataValue) event = fermata_event_to_value (fermata_history_get_event (history, i), i,
                                                               fermata_run_get_plan (self->bed->run));

      fermata_value_builder_add (events, event);
    }
  array = fermata_value_builder_end (events);
  fermata_value_builder_set (answer, "events", array);
}

static void
set_integer (FermataValueBuilder *builder,
             const char          *name,
             gint64               integer)
{
  g_autoptr (FermataValue) value = fermata_value_new_integer (integer);

  fermata_value_builder_set (builder, name, value);
}

static FermataValue *
answer (Play     *self,
        gboolean  is_quiet)
{
  FermataMoment *moment = fermata_run_get_moment (self->bed->run);
  FermataValue *result = fermata_moment_get_result (moment);
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  fermata_value_builder_set_string (builder, "state",
                                    fermata_run_state_to_string (fermata_run_get_state (self->bed->run)));
  if (result != NULL)
    fermata_value_builder_set (builder, "result", result);
  fermata_value_builder_set (builder, "variables", fermata_moment_get_variables (moment));
  set_integer (builder, "n", fermata_history_get_n_events (fermata_run_get_history (self->bed->run)));
  set_integer (builder, "alive", self->most_alive);
  set_integer (builder, "frames", self->alive);
  if (!is_quiet)
    add_events (self, builder);

  return fermata_value_builder_end (builder);
}

static FermataValue *
play (FermataValue *request)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_graph_new_from_value (fermata_value_get_member (request, "graph"));
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GError) error = NULL;
  FermataValue *holds = fermata_value_get_member (request, "holds");
  FermataValue *quiet = fermata_value_get_member (request, "quiet");
  Play self = { bed, fermata_value_get_member (request, "cancel-at"), .rand = rand };
  FermataProbe *probe;

  if (!fermata_test_bed_try_prepare (bed, graph, NULL, &error))
    {
      g_autoptr (FermataValueBuilder) refused = fermata_value_builder_new_object ();

      fermata_value_builder_set_string (refused, "refused", error->message);
      return fermata_value_builder_end (refused);
    }

  probe = fermata_probe_add (bed->run, &self);
  fermata_probe_set_committed (probe, see_event);
  if (holds != NULL)
    {
      g_rand_set_seed (rand, fermata_value_get_integer (holds));
      fermata_probe_set_gate (probe, hold_at_random);
      fermata_run_arm (bed->run, FERMATA_PLACE_ALL);
    }
  fermata_run_start (bed->run);
  pass_cancels (&self, fermata_value_get_member (request, "cancels"));
  if (holds != NULL)
    let_go (&self);
  fermata_test_bed_finish (bed);

  return answer (&self, quiet != NULL && fermata_value_get_boolean (quiet));
}

int
main (void)
{
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (0);
  g_autofree char *line = NULL;

  g_io_channel_set_encoding (input, NULL, NULL);
  while (g_io_channel_read_line (input, &line, NULL, NULL, NULL) == G_IO_STATUS_NORMAL)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FermataValue) request = fermata_value_parse (line, -1, &error);
      g_autoptr (FermataValue) reply = NULL;
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      reply = play (request);
      text = fermata_value_to_string (reply, FERMATA_WRITE_COMPACT, NULL);
      puts (text);
      fflush (stdout);
      g_clear_pointer (&line, g_free);
    }

  return 0;
}

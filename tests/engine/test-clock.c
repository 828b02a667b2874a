/* test-clock.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Timers are called in the order of their deadlines, each at its own time. */

#include "engine/fermata-clock.h"

#define WALL_TIME (G_GINT64_CONSTANT (1700000000) * G_USEC_PER_SEC)

/* A clock, and what its timers have said: "NAME@TIME ". */
typedef struct {
  FermataClock *clock;
  GString *said;
} Fixture;

static void
fixture_set_up (Fixture       *self,
                gconstpointer  data)
{
  self->clock = fermata_virtual_clock_new (WALL_TIME);
  self->said = g_string_new (NULL);
}

static void
fixture_tear_down (Fixture       *self,
                   gconstpointer  data)
{
  g_object_add_weak_pointer (G_OBJECT (self->clock), (gpointer *) &self->clock);
  g_object_unref (self->clock);
  g_assert_null (self->clock);
  g_string_free (self->said, TRUE);
}

static FermataVirtualClock *
virtual_clock (Fixture *self)
{
  return FERMATA_VIRTUAL_CLOCK (self->clock);
}

/* What a timer does: it speaks, then removes or adds one. */
typedef struct _Call Call;

struct _Call {
  Fixture *fixture;
  const char *name;
  FermataTimer *timer;
  Call *removes;
  Call *adds;
  gint64 adds_at;
  guint n_times;
};

static void call (gpointer user_data);

static void
add_call (Fixture    *fixture,
          Call       *self,
          const char *name,
          gint64      deadline)
{
  self->fixture = fixture;
  self->name = name;
  self->timer = fermata_clock_add_timer (fixture->clock, deadline, call, self);
}

static void
call (gpointer user_data)
{
  Call *self = user_data;
  Fixture *fixture = self->fixture;

  self->timer = NULL;
  g_string_append_printf (fixture->said, "%s@%" G_GINT64_FORMAT " ", self->name,
                          fermata_clock_get_time (fixture->clock));
  if (self->removes != NULL)
    fermata_clock_remove_timer (fixture->clock, g_steal_pointer (&self->removes->timer));
  if (self->n_times > 0)
    {
      self->n_times--;
      add_call (fixture, self->adds, self->adds->name, self->adds_at);
    }
}

#define assert_said(fixture, expected) \
  G_STMT_START { \
    g_assert_cmpstr ((fixture)->said->str, ==, expected); \
    g_string_truncate ((fixture)->said, 0); \
  } G_STMT_END

static void
test_order (Fixture       *self,
            gconstpointer  data)
{
  Call calls[5] = { 0, };

  add_call (self, &calls[0], "c", 30);
  add_call (self, &calls[1], "a", 10);
  add_call (self, &calls[2], "d", 40);
  add_call (self, &calls[3], "b", 20);
  g_assert_cmpint (fermata_clock_get_deadline (self->clock), ==, 10);

  /* Each at its own time, though time passes in one go. */
  fermata_virtual_clock_advance (virtual_clock (self), 35);
  assert_said (self, "a@10 b@20 c@30 ");
  g_assert_cmpint (fermata_clock_get_time (self->clock), ==, 35);
  g_assert_cmpint (fermata_clock_get_wall_time (self->clock), ==, WALL_TIME + 35);
  g_assert_cmpint (fermata_clock_get_deadline (self->clock), ==, 40);

  /* Up to the very microsecond. */
  fermata_virtual_clock_advance (virtual_clock (self), 4);
  assert_said (self, "");
  fermata_virtual_clock_advance (virtual_clock (self), 1);
  assert_said (self, "d@40 ");
  g_assert_cmpint (fermata_clock_get_deadline (self->clock), ==, -1);
}

static void
test_equal_deadlines (Fixture       *self,
                      gconstpointer  data)
{
  static const char *const names[] = { "a", "b", "c", "d", "e", "f", "g", "h", "i", "j" };
  Call calls[10] = { 0, };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    add_call (self, &calls[i], names[i], 10);
  fermata_clock_remove_timer (self->clock, calls[0].timer);
  fermata_clock_remove_timer (self->clock, calls[4].timer);
  add_call (self, &calls[0], "a", 10);
  fermata_virtual_clock_advance (virtual_clock (self), 10);

  /* In the order in which they were added, whatever was removed meanwhile. */
  assert_said (self, "b@10 c@10 d@10 f@10 g@10 h@10 i@10 j@10 a@10 ");
}

static void
test_remove (Fixture       *self,
             gconstpointer  data)
{
  Call calls[3] = { 0, };

  add_call (self, &calls[0], "a", 10);
  add_call (self, &calls[1], "b", 20);
  add_call (self, &calls[2], "c", 30);
  fermata_clock_remove_timer (self->clock, calls[0].timer);
  g_assert_cmpint (fermata_clock_get_deadline (self->clock), ==, 20);

  /* One may remove another one that is due at the same time. */
  calls[1].removes = &calls[2];
  fermata_virtual_clock_advance (virtual_clock (self), 100);
  assert_said (self, "b@20 ");
  g_assert_cmpint (fermata_clock_get_deadline (self->clock), ==, -1);
}

static void
test_remove_of_equals (Fixture       *self,
                       gconstpointer  data)
{
  Call calls[3] = { 0, };

  add_call (self, &calls[0], "a", 10);
  add_call (self, &calls[1], "b", 10);
  add_call (self, &calls[2], "c", 10);
  calls[0].removes = &calls[1];
  fermata_virtual_clock_advance (virtual_clock (self), 10);
  assert_said (self, "a@10 c@10 ");
}

static void
test_add_within_a_call (Fixture       *self,
                        gconstpointer  data)
{
  Call calls[3] = { 0, };

  add_call (self, &calls[0], "a", 10);
  add_call (self, &calls[1], "b", 50);
  calls[2].name = "new";
  calls[0].adds = &calls[2];
  calls[0].adds_at = 20;
  calls[0].n_times = 1;
  fermata_virtual_clock_advance (virtual_clock (self), 100);
  assert_said (self, "a@10 new@20 b@50 ");

  /* Itself, again and again. */
  calls[0].adds = &calls[0];
  calls[0].adds_at = 150;
  calls[0].n_times = 3;
  add_call (self, &calls[0], "a", 150);
  fermata_virtual_clock_advance (virtual_clock (self), 100);
  assert_said (self, "a@150 a@150 a@150 a@150 ");
}

/* What a call adds waits for the next dispatch: one dispatch ends. */
static void
test_dispatch_ends (Fixture       *self,
                    gconstpointer  data)
{
  Call calls[2] = { 0, };

  add_call (self, &calls[0], "a", 0);
  calls[0].adds = &calls[0];
  calls[0].n_times = G_MAXUINT;
  fermata_clock_dispatch (self->clock);
  assert_said (self, "a@0 ");
  fermata_clock_dispatch (self->clock);
  assert_said (self, "a@0 ");
  fermata_clock_remove_timer (self->clock, calls[0].timer);
}

/* A deadline that has passed is called at the next dispatch, never at once. */
static void
test_past (Fixture       *self,
           gconstpointer  data)
{
  Call calls[2] = { 0, };

  fermata_virtual_clock_advance (virtual_clock (self), 100);
  add_call (self, &calls[0], "late", 20);
  add_call (self, &calls[1], "later", -5);
  assert_said (self, "");
  fermata_virtual_clock_advance (virtual_clock (self), 0);
  assert_said (self, "later@100 late@100 ");
}

static void
test_jump (Fixture       *self,
           gconstpointer  data)
{
  Call calls[3] = { 0, };

  g_assert_false (fermata_virtual_clock_jump (virtual_clock (self)));
  g_assert_cmpint (fermata_clock_get_time (self->clock), ==, 0);

  add_call (self, &calls[0], "a", 10);
  add_call (self, &calls[1], "b", 10);
  add_call (self, &calls[2], "c", 70);
  g_assert_true (fermata_virtual_clock_jump (virtual_clock (self)));
  assert_said (self, "a@10 b@10 ");
  g_assert_true (fermata_virtual_clock_jump (virtual_clock (self)));
  assert_said (self, "c@70 ");
  g_assert_false (fermata_virtual_clock_jump (virtual_clock (self)));
}

static void
test_far_future (Fixture       *self,
                 gconstpointer  data)
{
  Call calls[1] = { 0, };

  fermata_virtual_clock_advance (virtual_clock (self), 5);
  add_call (self, &calls[0], "end", G_MAXINT64);
  fermata_virtual_clock_advance (virtual_clock (self), G_MAXINT64);
  g_assert_cmpint (fermata_clock_get_time (self->clock), ==, G_MAXINT64);
  g_assert_cmpstr (self->said->str, ==, "end@9223372036854775807 ");
}

/* Timers that nobody takes back go with the clock: the tear-down drops it. */
static void
test_drop (Fixture       *self,
           gconstpointer  data)
{
  static Call calls[10];

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    add_call (self, &calls[i], "never", i);
}

/* --- Many ----------------------------------------------------------------- */

#define MANY 100000

typedef struct {
  FermataClock *clock;
  gint64 deadlines[MANY];
  FermataTimer *timers[MANY];
  guint n_called;
  gint64 last_time;
  guint last_index;
} Many;

typedef struct {
  Many *many;
  guint index;
} One;

static void
one_called (gpointer user_data)
{
  One *one = user_data;
  Many *many = one->many;
  gint64 now = fermata_clock_get_time (many->clock);

  g_assert_cmpint (now, ==, many->deadlines[one->index]);
  g_assert_nonnull (many->timers[one->index]);
  if (many->n_called > 0)
    {
      g_assert_cmpint (now, >=, many->last_time);
      if (now == many->last_time)
        g_assert_cmpuint (one->index, >, many->last_index);
    }
  many->timers[one->index] = NULL;
  many->n_called++;
  many->last_time = now;
  many->last_index = one->index;
}

/* A list in place of a heap would take minutes. */
static void
test_random_many (Fixture       *self,
                  gconstpointer  data)
{
  g_autofree Many *many = g_new0 (Many, 1);
  g_autofree One *ones = g_new0 (One, MANY);
  guint n_removed = 0;

  many->clock = self->clock;
  for (guint i = 0; i < MANY; i++)
    {
      ones[i].many = many;
      ones[i].index = i;
      many->deadlines[i] = g_test_rand_int_range (0, MANY / 4);
      many->timers[i] = fermata_clock_add_timer (self->clock, many->deadlines[i], one_called, &ones[i]);
    }
  for (guint i = 0; i < MANY; i++)
    {
      if (g_test_rand_int_range (0, 3) != 0)
        continue;
      fermata_clock_remove_timer (self->clock, g_steal_pointer (&many->timers[i]));
      n_removed++;
    }

  fermata_virtual_clock_advance (virtual_clock (self), MANY);
  g_assert_cmpuint (many->n_called + n_removed, ==, MANY);
  g_assert_cmpint (fermata_clock_get_deadline (self->clock), ==, -1);
}

/* --- The clock of the machine --------------------------------------------- */

typedef struct {
  FermataClock *clock;
  gint64 deadline;
  guint n_called;
} Real;

static void
real_called (gpointer user_data)
{
  Real *self = user_data;

  g_assert_cmpint (fermata_clock_get_time (self->clock), >=, self->deadline);
  self->n_called++;
}

static void
test_real (void)
{
  g_autoptr (FermataClock) clock = fermata_real_clock_new ();
  gint64 now = fermata_clock_get_time (clock);
  Real first = { clock, now + 2000, 0 };
  Real second = { clock, now + 1000, 0 };
  Real never = { clock, now + 1500, 0 };
  Real hour = { clock, now + G_TIME_SPAN_HOUR, 0 };
  FermataTimer *timer;

  g_assert_cmpint (fermata_clock_get_wall_time (clock), >, WALL_TIME);
  fermata_clock_add_timer (clock, hour.deadline, real_called, &hour);
  fermata_clock_add_timer (clock, first.deadline, real_called, &first);
  fermata_clock_add_timer (clock, second.deadline, real_called, &second);
  timer = fermata_clock_add_timer (clock, never.deadline, real_called, &never);
  fermata_clock_remove_timer (clock, timer);

  while (first.n_called == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (first.n_called, ==, 1);
  g_assert_cmpuint (second.n_called, ==, 1);
  g_assert_cmpuint (never.n_called, ==, 0);
  g_assert_cmpuint (hour.n_called, ==, 0);
  g_assert_cmpint (fermata_clock_get_deadline (clock), ==, hour.deadline);
}

/* What a call adds into the past is called at once, but by the next turn of the
 * loop. */
static void
test_real_past (void)
{
  g_autoptr (FermataClock) clock = fermata_real_clock_new ();
  Real past = { clock, 0, 0 };

  fermata_clock_add_timer (clock, 0, real_called, &past);
  g_assert_cmpuint (past.n_called, ==, 0);
  while (past.n_called == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (past.n_called, ==, 1);
}

static void
drop_clock (gpointer user_data)
{
  g_clear_object ((FermataClock **) user_data);
}

static void
test_real_dropped_within_a_call (void)
{
  FermataClock *clock = fermata_real_clock_new ();
  FermataClock *weak = clock;

  g_object_add_weak_pointer (G_OBJECT (weak), (gpointer *) &weak);
  fermata_clock_add_timer (clock, 0, drop_clock, &clock);
  while (weak != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (clock);
}

#define add(path, func) \
  g_test_add ("/clock/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("order", test_order);
  add ("equal-deadlines", test_equal_deadlines);
  add ("remove", test_remove);
  add ("remove-of-equals", test_remove_of_equals);
  add ("add-within-a-call", test_add_within_a_call);
  add ("dispatch-ends", test_dispatch_ends);
  add ("past", test_past);
  add ("jump", test_jump);
  add ("far-future", test_far_future);
  add ("drop", test_drop);
  add ("random-many", test_random_many);
  g_test_add_func ("/clock/real/fires", test_real);
  g_test_add_func ("/clock/real/past", test_real_past);
  g_test_add_func ("/clock/real/dropped-within-a-call", test_real_dropped_within_a_call);

  return g_test_run ();
}

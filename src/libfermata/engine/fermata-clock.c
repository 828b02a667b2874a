/* fermata-clock.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/fermata-clock.h"

struct _FermataTimer {
  gint64 deadline;
  guint64 number;
  guint position;
  FermataTimerFunc func;
  gpointer user_data;
};

/* @timers is a binary heap by (deadline, number); a timer knows its position,
 * so that it can leave in O(log n). @armed is the deadline last told to the
 * subclass, -1 for none. */
typedef struct {
  GPtrArray *timers;
  guint64 next_number;
  gint64 armed;
} FermataClockPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (FermataClock, fermata_clock, G_TYPE_OBJECT)

static gboolean
timer_is_before (const FermataTimer *a,
                 const FermataTimer *b)
{
  if (a->deadline != b->deadline)
    return a->deadline < b->deadline;

  return a->number < b->number;
}

static void
heap_place (GPtrArray    *heap,
            guint         position,
            FermataTimer *timer)
{
  heap->pdata[position] = timer;
  timer->position = position;
}

static void
heap_sift_up (GPtrArray    *heap,
              FermataTimer *timer)
{
  guint position = timer->position;

  while (position > 0)
    {
      FermataTimer *parent = heap->pdata[(position - 1) / 2];

      if (!timer_is_before (timer, parent))
        break;
      heap_place (heap, position, parent);
      position = (position - 1) / 2;
    }
  heap_place (heap, position, timer);
}

static void
heap_sift_down (GPtrArray    *heap,
                FermataTimer *timer)
{
  guint position = timer->position;

  for (;;)
    {
      guint child = 2 * position + 1;

      if (child >= heap->len)
        break;
      if (child + 1 < heap->len && timer_is_before (heap->pdata[child + 1], heap->pdata[child]))
        child++;
      if (!timer_is_before (heap->pdata[child], timer))
        break;
      heap_place (heap, position, heap->pdata[child]);
      position = child;
    }
  heap_place (heap, position, timer);
}

static void
heap_remove (GPtrArray    *heap,
             FermataTimer *timer)
{
  FermataTimer *last = heap->pdata[heap->len - 1];

  g_ptr_array_set_size (heap, heap->len - 1);
  if (last == timer)
    return;

  heap_place (heap, timer->position, last);
  heap_sift_up (heap, last);
  heap_sift_down (heap, last);
}

static void
update_arm (FermataClock *self)
{
  FermataClockPrivate *priv = fermata_clock_get_instance_private (self);
  gint64 deadline = fermata_clock_get_deadline (self);

  if (deadline == priv->armed)
    return;

  priv->armed = deadline;
  FERMATA_CLOCK_GET_CLASS (self)->arm (self, deadline);
}

static void
fermata_clock_finalize (GObject *object)
{
  FermataClockPrivate *priv = fermata_clock_get_instance_private (FERMATA_CLOCK (object));

  for (guint i = 0; i < priv->timers->len; i++)
    g_free (priv->timers->pdata[i]);
  g_ptr_array_unref (priv->timers);

  G_OBJECT_CLASS (fermata_clock_parent_class)->finalize (object);
}

static void
fermata_clock_class_init (FermataClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fermata_clock_finalize;
}

static void
fermata_clock_init (FermataClock *self)
{
  FermataClockPrivate *priv = fermata_clock_get_instance_private (self);

  priv->timers = g_ptr_array_new ();
  priv->armed = -1;
}

/**
 * fermata_clock_get_time:
 * @self: a clock
 *
 * Tells the time.
 *
 * Returns: microseconds since some fixed point
 */
gint64
fermata_clock_get_time (FermataClock *self)
{
  g_return_val_if_fail (FERMATA_IS_CLOCK (self), 0);

  return FERMATA_CLOCK_GET_CLASS (self)->get_time (self);
}

/**
 * fermata_clock_get_wall_time:
 * @self: a clock
 *
 * Tells the date.
 *
 * Returns: microseconds since the Unix epoch
 */
gint64
fermata_clock_get_wall_time (FermataClock *self)
{
  g_return_val_if_fail (FERMATA_IS_CLOCK (self), 0);

  return FERMATA_CLOCK_GET_CLASS (self)->get_wall_time (self);
}

/**
 * fermata_clock_add_timer: (skip)
 * @self: a clock
 * @deadline: when, in the time of fermata_clock_get_time(); one that has
 *   passed is called at the next dispatch, never from here
 * @func: what to call, once
 * @user_data: for @func
 *
 * Has @func called when @deadline has come.
 *
 * Returns: (transfer none): the timer, which ends with the call or with
 *   fermata_clock_remove_timer()
 */
FermataTimer *
fermata_clock_add_timer (FermataClock     *self,
                         gint64            deadline,
                         FermataTimerFunc  func,
                         gpointer          user_data)
{
  FermataClockPrivate *priv = fermata_clock_get_instance_private (self);
  FermataTimer *timer;

  g_return_val_if_fail (FERMATA_IS_CLOCK (self), NULL);
  g_return_val_if_fail (func != NULL, NULL);

  timer = g_new0 (FermataTimer, 1);
  timer->deadline = MAX (deadline, 0);
  timer->number = priv->next_number++;
  timer->func = func;
  timer->user_data = user_data;
  timer->position = priv->timers->len;
  g_ptr_array_add (priv->timers, timer);
  heap_sift_up (priv->timers, timer);
  update_arm (self);

  return timer;
}

/**
 * fermata_clock_remove_timer: (skip)
 * @self: a clock
 * @timer: (transfer full): one that has not been called yet
 *
 * Takes a call back.
 */
void
fermata_clock_remove_timer (FermataClock *self,
                            FermataTimer *timer)
{
  FermataClockPrivate *priv = fermata_clock_get_instance_private (self);

  g_return_if_fail (FERMATA_IS_CLOCK (self));
  g_return_if_fail (timer != NULL && priv->timers->pdata[timer->position] == timer);

  heap_remove (priv->timers, timer);
  g_free (timer);
  update_arm (self);
}

/**
 * fermata_clock_get_deadline:
 * @self: a clock
 *
 * Tells when the next timer is due.
 *
 * Returns: a time, or -1 if there is no timer
 */
gint64
fermata_clock_get_deadline (FermataClock *self)
{
  FermataClockPrivate *priv = fermata_clock_get_instance_private (self);

  g_return_val_if_fail (FERMATA_IS_CLOCK (self), -1);

  if (priv->timers->len == 0)
    return -1;

  return ((FermataTimer *) priv->timers->pdata[0])->deadline;
}

/**
 * fermata_clock_dispatch:
 * @self: a clock
 *
 * Calls every timer whose deadline has come. For subclasses.
 */
void
fermata_clock_dispatch (FermataClock *self)
{
  FermataClockPrivate *priv = fermata_clock_get_instance_private (self);
  g_autoptr (FermataClock) keep = g_object_ref (self);
  gint64 now = fermata_clock_get_time (self);
  guint64 end = priv->next_number;

  /* What a call adds waits for the next dispatch, or it could go on for ever. */
  while (priv->timers->len > 0)
    {
      FermataTimer *timer = priv->timers->pdata[0];
      FermataTimerFunc func = timer->func;
      gpointer user_data = timer->user_data;

      if (timer->deadline > now || timer->number >= end)
        break;

      heap_remove (priv->timers, timer);
      g_free (timer);
      func (user_data);
    }

  priv->armed = -1;
  update_arm (self);
}

/* The clock of the machine */

struct _FermataRealClock {
  FermataClock parent_instance;

  GSource *source;
};

G_DEFINE_FINAL_TYPE (FermataRealClock, fermata_real_clock, FERMATA_TYPE_CLOCK)

static gboolean
real_source_dispatch (GSource     *source,
                      GSourceFunc  callback,
                      gpointer     user_data)
{
  g_source_set_ready_time (source, -1);

  return callback (user_data);
}

static GSourceFuncs real_source_funcs = {
  .dispatch = real_source_dispatch,
};

static gboolean
real_clock_due (gpointer user_data)
{
  fermata_clock_dispatch (user_data);

  return G_SOURCE_CONTINUE;
}

static gint64
fermata_real_clock_get_time (FermataClock *clock)
{
  return g_get_monotonic_time ();
}

static gint64
fermata_real_clock_get_wall_time (FermataClock *clock)
{
  return g_get_real_time ();
}

static void
fermata_real_clock_arm (FermataClock *clock,
                        gint64        deadline)
{
  FermataRealClock *self = FERMATA_REAL_CLOCK (clock);

  g_source_set_ready_time (self->source, deadline);
}

static void
fermata_real_clock_finalize (GObject *object)
{
  FermataRealClock *self = FERMATA_REAL_CLOCK (object);

  g_source_destroy (self->source);
  g_source_unref (self->source);

  G_OBJECT_CLASS (fermata_real_clock_parent_class)->finalize (object);
}

static void
fermata_real_clock_class_init (FermataRealClockClass *klass)
{
  FermataClockClass *clock_class = FERMATA_CLOCK_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fermata_real_clock_finalize;
  clock_class->get_time = fermata_real_clock_get_time;
  clock_class->get_wall_time = fermata_real_clock_get_wall_time;
  clock_class->arm = fermata_real_clock_arm;
}

static void
fermata_real_clock_init (FermataRealClock *self)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  self->source = g_source_new (&real_source_funcs, sizeof (GSource));
  g_source_set_static_name (self->source, "[fermata] clock");
  g_source_set_callback (self->source, real_clock_due, self, NULL);
  g_source_attach (self->source, context);
}

/**
 * fermata_real_clock_new:
 *
 * Makes a clock on the thread-default main context.
 *
 * Returns: (transfer full) (type FermataRealClock): a clock
 */
FermataClock *
fermata_real_clock_new (void)
{
  return g_object_new (FERMATA_TYPE_REAL_CLOCK, NULL);
}

/* A clock for tests and for `--virtual-time` */

struct _FermataVirtualClock {
  FermataClock parent_instance;

  gint64 time;
  gint64 wall_time;
};

G_DEFINE_FINAL_TYPE (FermataVirtualClock, fermata_virtual_clock, FERMATA_TYPE_CLOCK)

static gint64
fermata_virtual_clock_get_time (FermataClock *clock)
{
  return FERMATA_VIRTUAL_CLOCK (clock)->time;
}

static gint64
fermata_virtual_clock_get_wall_time (FermataClock *clock)
{
  FermataVirtualClock *self = FERMATA_VIRTUAL_CLOCK (clock);

  return self->wall_time + self->time;
}

static void
fermata_virtual_clock_arm (FermataClock *clock,
                           gint64        deadline)
{
  /* Nothing comes by itself. */
}

static void
fermata_virtual_clock_class_init (FermataVirtualClockClass *klass)
{
  FermataClockClass *clock_class = FERMATA_CLOCK_CLASS (klass);

  clock_class->get_time = fermata_virtual_clock_get_time;
  clock_class->get_wall_time = fermata_virtual_clock_get_wall_time;
  clock_class->arm = fermata_virtual_clock_arm;
}

static void
fermata_virtual_clock_init (FermataVirtualClock *self)
{
}

/**
 * fermata_virtual_clock_new:
 * @wall_time: the date at its time 0, in microseconds since the Unix epoch
 *
 * Makes a clock that stands still at time 0.
 *
 * Returns: (transfer full) (type FermataVirtualClock): a clock
 */
FermataClock *
fermata_virtual_clock_new (gint64 wall_time)
{
  FermataVirtualClock *self = g_object_new (FERMATA_TYPE_VIRTUAL_CLOCK, NULL);

  self->wall_time = wall_time;

  return FERMATA_CLOCK (self);
}

/**
 * fermata_virtual_clock_advance:
 * @self: a virtual clock
 * @microseconds: how far, not negative
 *
 * Lets time pass, and calls the timers whose deadlines come, each at its own
 * time. Ends with this call's last timer: one that adds another in the past for
 * ever would never return, so a timer's function adds only later ones.
 */
void
fermata_virtual_clock_advance (FermataVirtualClock *self,
                               gint64               microseconds)
{
  gint64 target;
  gint64 deadline;

  g_return_if_fail (FERMATA_IS_VIRTUAL_CLOCK (self));
  g_return_if_fail (microseconds >= 0);

  target = self->time + MIN (microseconds, G_MAXINT64 - self->time);
  while ((deadline = fermata_clock_get_deadline (FERMATA_CLOCK (self))) >= 0
         && deadline <= target)
    {
      self->time = MAX (self->time, deadline);
      fermata_clock_dispatch (FERMATA_CLOCK (self));
    }
  self->time = target;
}

/**
 * fermata_virtual_clock_jump:
 * @self: a virtual clock
 *
 * Lets time pass until the next timer is due, and calls it.
 *
 * Returns: %FALSE if there is no timer
 */
gboolean
fermata_virtual_clock_jump (FermataVirtualClock *self)
{
  gint64 deadline;

  g_return_val_if_fail (FERMATA_IS_VIRTUAL_CLOCK (self), FALSE);

  deadline = fermata_clock_get_deadline (FERMATA_CLOCK (self));
  if (deadline < 0)
    return FALSE;

  fermata_virtual_clock_advance (self, MAX (deadline - self->time, 0));

  return TRUE;
}

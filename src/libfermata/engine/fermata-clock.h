/* fermata-clock.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

#include "fermata-extern.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_CLOCK (fermata_clock_get_type ())

/**
 * FermataClock:
 *
 * Tells the time and calls back when a time has come. All times are
 * microseconds; a clock never goes backwards.
 */
FERMATA_EXTERN
G_DECLARE_DERIVABLE_TYPE (FermataClock, fermata_clock, FERMATA, CLOCK, GObject)

/**
 * FermataClockClass:
 * @get_time: microseconds since some fixed point
 * @get_wall_time: microseconds since the Unix epoch
 * @arm: the earliest deadline is now @deadline, or -1 for none: call
 *   fermata_clock_dispatch() when it has come
 */
struct _FermataClockClass {
  GObjectClass parent_class;

  gint64 (*get_time)      (FermataClock *self);
  gint64 (*get_wall_time) (FermataClock *self);
  void   (*arm)           (FermataClock *self,
                           gint64        deadline);

  gpointer padding[8];
};

/**
 * FermataTimer:
 *
 * A call that is to be made at a time. Ordered by deadline; what has the same
 * deadline is called in the order in which it was added.
 */
typedef struct _FermataTimer FermataTimer;

/**
 * FermataTimerFunc:
 * @user_data: what was given with it
 *
 * What a timer calls, once.
 */
typedef void (*FermataTimerFunc) (gpointer user_data);

FERMATA_EXTERN
gint64        fermata_clock_get_time      (FermataClock     *self);
FERMATA_EXTERN
gint64        fermata_clock_get_wall_time (FermataClock     *self);
FERMATA_EXTERN
FermataTimer *fermata_clock_add_timer     (FermataClock     *self,
                                           gint64            deadline,
                                           FermataTimerFunc  func,
                                           gpointer          user_data);
FERMATA_EXTERN
void          fermata_clock_remove_timer  (FermataClock     *self,
                                           FermataTimer     *timer);
FERMATA_EXTERN
gint64        fermata_clock_get_deadline  (FermataClock     *self);
FERMATA_EXTERN
void          fermata_clock_dispatch      (FermataClock     *self);

#define FERMATA_TYPE_REAL_CLOCK (fermata_real_clock_get_type ())

/**
 * FermataRealClock:
 *
 * The clock of the machine: monotonic, on a main context.
 */
FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataRealClock, fermata_real_clock, FERMATA, REAL_CLOCK, FermataClock)

FERMATA_EXTERN
FermataClock *fermata_real_clock_new      (void);

#define FERMATA_TYPE_VIRTUAL_CLOCK (fermata_virtual_clock_get_type ())

/**
 * FermataVirtualClock:
 *
 * A clock that stands still until it is told to go on.
 */
FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataVirtualClock, fermata_virtual_clock, FERMATA, VIRTUAL_CLOCK, FermataClock)

FERMATA_EXTERN
FermataClock *fermata_virtual_clock_new     (gint64               wall_time);
FERMATA_EXTERN
void          fermata_virtual_clock_advance (FermataVirtualClock *self,
                                             gint64               microseconds);
FERMATA_EXTERN
gboolean      fermata_virtual_clock_jump    (FermataVirtualClock *self);

G_END_DECLS

/* fermata-mark-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>
#include <sys/types.h>

G_BEGIN_DECLS

/*
 * A number that a process passes on to all that descends from it, and that can
 * be read of any of them, dead or alive: the soft limit RLIMIT_LOCKS. Linux has
 * not enforced it since version 2.4.
 *
 * No two marks of a program are the same, and hardly any of two programs.
 */

typedef enum {
  FERMATA_MARK_NONE,   /* or one of another program */
  FERMATA_MARK_IN_USE,
  FERMATA_MARK_RETIRED,
} FermataMarkState;

guint64          fermata_mark_new    (void);
void             fermata_mark_retire (guint64  mark);
/* @mark is 0 if there is none. */
FermataMarkState fermata_mark_read   (pid_t    pid,
                                      guint64 *mark);

G_END_DECLS

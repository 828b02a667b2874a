/* fermata-mark.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "executor/fermata-mark-private.h"

#include <sys/resource.h>

static GMutex lock;
static GHashTable *in_use;

/* The upper half of our marks: random, but large, so that no administrator
 * has set such a limit, and not negative in any program that shows it. */
static guint32
get_program_mark (void)
{
  static gsize mark;

  if (g_once_init_enter (&mark))
    g_once_init_leave (&mark, (g_random_int () >> 1) | 0x40000000);

  return mark;
}

guint64
fermata_mark_new (void)
{
  static guint serial;
  guint64 mark = (guint64) get_program_mark () << 32 | (guint32) g_atomic_int_add (&serial, 1);

  g_mutex_lock (&lock);
  if (in_use == NULL)
    in_use = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_hash_table_add (in_use, g_memdup2 (&mark, sizeof mark));
  g_mutex_unlock (&lock);

  return mark;
}

void
fermata_mark_retire (guint64 mark)
{
  g_mutex_lock (&lock);
  g_hash_table_remove (in_use, &mark);
  if (g_hash_table_size (in_use) == 0)
    g_clear_pointer (&in_use, g_hash_table_unref);
  g_mutex_unlock (&lock);
}

FermataMarkState
fermata_mark_read (pid_t    pid,
                   guint64 *mark)
{
  g_autoptr (GMutexLocker) locker = NULL;
  struct rlimit limit;

  *mark = 0;
  if (prlimit (pid, RLIMIT_LOCKS, NULL, &limit) != 0 || limit.rlim_cur >> 32 != get_program_mark ())
    return FERMATA_MARK_NONE;

  *mark = limit.rlim_cur;
  locker = g_mutex_locker_new (&lock);

  return in_use != NULL && g_hash_table_contains (in_use, mark) ? FERMATA_MARK_IN_USE
                                                                : FERMATA_MARK_RETIRED;
}

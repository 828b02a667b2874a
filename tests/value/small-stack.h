/* small-stack.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>
#include <limits.h>
#include <pthread.h>

/* Enough for any function, and for no recursion over anything deep. */
#define SMALL_STACK MAX (64 * 1024, (gsize) PTHREAD_STACK_MIN)

static inline gpointer
run_on_small_stack (gpointer (*func) (gpointer data),
                    gpointer   data)
{
  pthread_attr_t attributes;
  pthread_t thread;
  gpointer result;

  pthread_attr_init (&attributes);
  g_assert_cmpint (pthread_attr_setstacksize (&attributes, SMALL_STACK), ==, 0);
  g_assert_cmpint (pthread_create (&thread, &attributes, func, data), ==, 0);
  g_assert_cmpint (pthread_join (thread, &result), ==, 0);
  pthread_attr_destroy (&attributes);
  return result;
}

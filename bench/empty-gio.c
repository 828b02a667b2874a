/* empty-gio.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The least that a program with GIO does: what bench-startup compares with. */

#include <gio/gio.h>

int
main (void)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/");
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  g_idle_add_once ((GSourceOnceFunc) g_main_loop_quit, loop);
  g_main_loop_run (loop);

  return g_file_peek_path (file) == NULL;
}

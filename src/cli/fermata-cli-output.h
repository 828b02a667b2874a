/* fermata-cli-output.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Standard output or standard error. Writing never waits for whoever reads:
 * what does not fit is kept and goes out from the main loop, so that signals,
 * timers and processes are attended to while a pager stands still.
 */
typedef struct _CliOutput CliOutput;

typedef void (*CliOutputFunc) (CliOutput *output,
                               gpointer   user_data);

CliOutput *cli_output_new            (int            fd);
void       cli_output_free           (CliOutput     *self);
gboolean   cli_output_is_terminal    (CliOutput     *self);
gboolean   cli_output_has_colour     (CliOutput     *self);
void       cli_output_set_colour     (CliOutput     *self,
                                      gboolean       colour);
guint      cli_output_get_width      (CliOutput     *self);
void       cli_output_get_size       (CliOutput     *self,
                                      guint         *columns,
                                      guint         *rows);

/* -1: NUL-terminated. Once writing has failed, nothing more is written. */
void       cli_output_write          (CliOutput     *self,
                                      const char    *text,
                                      gssize         length);
void       cli_output_print          (CliOutput     *self,
                                      const char    *format,
                                      ...) G_GNUC_PRINTF (2, 3);
gsize      cli_output_get_n_pending  (CliOutput     *self);

/* Called from the main loop when all that was kept has gone out, and once
 * when writing has failed. */
void       cli_output_set_func       (CliOutput     *self,
                                      CliOutputFunc  func,
                                      gpointer       user_data);

/* What errno said when writing failed; 0 if it has not. */
int        cli_output_get_error      (CliOutput     *self);

/* Waits until everything is out; FALSE if that failed. */
gboolean   cli_output_flush          (CliOutput     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliOutput, cli_output_free)

G_END_DECLS

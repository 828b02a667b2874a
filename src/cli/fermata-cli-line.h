/* fermata-cli-line.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

G_BEGIN_DECLS

/* A line that is longer than this is not looked at. */
#define CLI_LINE_MAX ((gsize) 1024 * 1024)

/**
 * CliLineKind:
 * @CLI_LINE_NOTHING: it is empty, or a comment
 * @CLI_LINE_EVENT: something happened
 * @CLI_LINE_ADVANCE: so much time passes
 * @CLI_LINE_ADVANCE_TO_NEXT: time passes until the next timer is due
 */
typedef enum {
  CLI_LINE_NOTHING,
  CLI_LINE_EVENT,
  CLI_LINE_ADVANCE,
  CLI_LINE_ADVANCE_TO_NEXT,
} CliLineKind;

/**
 * CliLine:
 * @kind: what it is
 * @name: (nullable): of an event
 * @data: (nullable): what goes with an event
 * @microseconds: how much time passes
 * @now: whether it does so while tasks are under way
 *
 * What a line of standard input, or an option `--event`, says to a run.
 */
typedef struct {
  CliLineKind kind;
  char *name;
  FermataValue *data;
  gint64 microseconds;
  gboolean now;
} CliLine;

/* @has_time: time is virtual, so that lines may let it pass. */
gboolean cli_line_parse (CliLine     *self,
                         const char  *text,
                         gsize        length,
                         gboolean     has_time,
                         GError     **error);
void     cli_line_clear (CliLine     *self);

/* What is worth saying of an event that is sent all the same; or NULL. */
char    *cli_line_dup_warning (const CliLine *self,
                               gboolean       has_time);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliLine, cli_line_clear)

G_END_DECLS

/* fermata-process-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/run/fermata-execution.h"

G_BEGIN_DECLS

/* What the nodes have in common that run a process: all but what its arguments
 * are made of. */

extern const char *const fermata_process_emits[];
extern const char *const fermata_process_outputs[];

/* Their last parameters. */
#define FERMATA_PROCESS_PARAMETERS \
  { \
    .name = "cwd", \
    .type = FERMATA_MEMBER_TYPE_STRING, \
    .form = FERMATA_MEMBER_FORM_TEMPLATE, \
    .doc = "The folder it runs in. Without it, the one Fermata was started in.", \
  }, \
  { \
    .name = "env", \
    .type = FERMATA_MEMBER_TYPE_OBJECT, \
    .form = FERMATA_MEMBER_FORM_TEMPLATE, \
    .doc = "Environment variables, added to those Fermata was started with.", \
  }, \
  { \
    .name = "stdin", \
    .type = FERMATA_MEMBER_TYPE_ANY, \
    .form = FERMATA_MEMBER_FORM_TEMPLATE, \
    .doc = "What it reads from standard input: text as it is, anything else as JSON.", \
  }, \
  { \
    .name = "output", \
    .type = FERMATA_MEMBER_TYPE_CHOICE, \
    .form = FERMATA_MEMBER_FORM_LITERAL, \
    .choices = fermata_process_outputs, \
    .doc = "How its standard output becomes the node's output: as text (without the last line " \
           "break; the default, unless “emit” is given), as JSON, as an array of lines, or not " \
           "at all.", \
  }, \
  { \
    .name = "emit", \
    .type = FERMATA_MEMBER_TYPE_CHOICE, \
    .form = FERMATA_MEMBER_FORM_LITERAL, \
    .choices = fermata_process_emits, \
    .doc = "What each line of its standard output is, as an item for edges with “each”, while it " \
           "runs: a text, or JSON.", \
  }, \
  { \
    .name = "usage", \
    .type = FERMATA_MEMBER_TYPE_OBJECT, \
    .form = FERMATA_MEMBER_FORM_LITERAL, \
    .doc = "Where in its output it tells what it has used up: names such as “tokens” or “cost”, " \
           "each with the path of a number, such as “usage.total”.", \
  }, \
  { \
    .name = "success-codes", \
    .type = FERMATA_MEMBER_TYPE_ARRAY, \
    .form = FERMATA_MEMBER_FORM_LITERAL, \
    .default_json = "[0]", \
    .doc = "The exit statuses that mean success.", \
  }

/* fermata-process.c: the node ends when the process does. */
gboolean  fermata_process_start               (FermataExecution   *execution,
                                               const char *const  *argv,
                                               GError            **error);
void      fermata_process_cancel              (FermataExecution   *execution);
void      fermata_process_set_paused          (FermataExecution   *execution,
                                               gboolean            paused);

/* fermata-process-values.c */

/* A text that the system can take. @what begins the message of an error. */
char     *fermata_process_dup_argument        (FermataValue       *value,
                                               const char         *what,
                                               GError            **error);
gboolean  fermata_process_add_arguments       (GStrvBuilder       *builder,
                                               FermataValue       *array,
                                               const char         *name,
                                               GError            **error);
gboolean  fermata_process_collect_environment (FermataValue       *env,
                                               char             ***environment,
                                               GError            **error);

/* NULL for NULL. */
GBytes   *fermata_process_dup_standard_input  (FermataValue       *value);

G_END_DECLS

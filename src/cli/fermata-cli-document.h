/* fermata-cli-document.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

#include "fermata-cli-arguments.h"

G_BEGIN_DECLS

typedef enum {
  CLI_FORMAT_FERMATA,
  CLI_FORMAT_SCXML,
  CLI_FORMAT_WFCOMMONS,
} CliFormat;

/**
 * CliDocument:
 * @name: what people call it
 * @text: (nullable): what was read; NULL: nothing could be
 * @graph: (nullable): what was understood
 * @diagnostics: what is wrong with it, in the order of the text
 * @n_errors: how many of them are errors
 * @n_warnings: and how many warnings
 * @max_size: the largest file to read for it; 0: the default
 * @format: what it is written in; where it is %CLI_FORMAT_WFCOMMONS, @graph was
 *   made of what @text says
 *
 * A document as the command line gives it: a file, or standard input.
 */
typedef struct {
  char *name;
  GBytes *text;
  FermataGraph *graph;
  GListStore *diagnostics;
  guint n_errors;
  guint n_warnings;
  gsize max_size;
  CliFormat format;
} CliDocument;

/* @file may be "-". Never NULL: what cannot be read has a diagnostic that
 * says why. @max_size 0: the default. */
CliDocument *cli_document_read   (const char     *file,
                                  gsize           max_size);

/* @format: NULL: known by its content. @wfcommons: NULL: the defaults. */
CliDocument *cli_document_read_as (const char                    *file,
                                   gsize                          max_size,
                                   const CliFormat               *format,
                                   const FermataWfcommonsOptions *wfcommons);
void         cli_document_check  (CliDocument    *self,
                                  FermataChecker *checker);
void         cli_document_free   (CliDocument    *self);

/* The graph in the one layout of @format, which is not %CLI_FORMAT_WFCOMMONS. What
 * that has no place for is added to the diagnostics, each with its place. @flags:
 * of SCXML. */
GBytes      *cli_document_write  (CliDocument            *self,
                                  CliFormat               format,
                                  FermataScxmlWriteFlags  flags,
                                  GError                **error);

/* Messages about files begin with the name; what comes after it. */
const char  *cli_message_without_name (const char *message,
                                       const char *name);

/* The options that commands that read documents have in common. */
#define CLI_MAX_SIZE_OPTION                                                      \
  {                                                                              \
    .name = "max-size", .argument = N_("SIZE"),                                  \
    .doc = N_("The largest file to read: bytes, or with K, M or G. Default: 256M."), \
  }

#define CLI_OUTSIDE_OPTION                                                       \
  {                                                                              \
    .name = "allow-outside",                                                     \
    .doc = N_("Let SCXML read files outside of the folder that it is in."),      \
  }

/* Lets the engine read what the option allows. */
void         cli_document_set_policy   (CliArguments  *arguments,
                                        FermataEngine *engine);

/* Says what is wrong with the option; 0 where it is not given. */
gboolean     cli_document_get_size     (CliArguments *arguments,
                                        const char   *option,
                                        gsize        *size);
gboolean     cli_document_get_max_size (CliArguments *arguments,
                                        gsize        *max_size);

/* The option --timeout, in microseconds; -1 where it is not given. */
gboolean     cli_document_get_timeout  (CliArguments *arguments,
                                        gint64       *timeout);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliDocument, cli_document_free)

G_END_DECLS

/* fermata-wfcommons-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "format/fermata-json-private.h"
#include "format/fermata-wfcommons.h"

G_BEGIN_DECLS

/*
 * @id is as the file has it; @node is the id of the node, made of it.
 * @program, @arguments and @seconds are what was recorded: NULL, NULL and -1
 * where nothing was.
 */
typedef struct {
  const char *id;
  const char *label;
  char *node;
  const char *program;
  FermataValue *arguments;
  double seconds;
  gboolean has_record;
} FermataWfcommonsTask;

/* @place is where it was read. */
typedef struct {
  guint source;
  guint target;
} FermataWfcommonsEdge;

/* A workflow while it is read. */
typedef struct {
  FermataJsonRead read;
  FermataWfcommonsOptions options;
  FermataValue *root;
  const char *tasks_path;
  GArray *tasks;
  GHashTable *by_id;
  GHashTable *by_name;
  GArray *edges;
  GHashTable *seen_edges;
} FermataWfcommons;

static inline FermataWfcommonsTask *
fermata_wfcommons_get_task (FermataWfcommons *self,
                            guint             index)
{
  return &g_array_index (self->tasks, FermataWfcommonsTask, index);
}

FermataDiagnostic *fermata_wfcommons_report   (FermataWfcommons *self,
                                               const char       *code,
                                               const char       *path,
                                               const char       *format,
                                               ...) G_GNUC_PRINTF (4, 5);

/* Tells of a cycle, if there is one. */
gboolean      fermata_wfcommons_check_order   (FermataWfcommons *self);

FermataGraph *fermata_wfcommons_make_graph    (FermataWfcommons *self);

G_END_DECLS

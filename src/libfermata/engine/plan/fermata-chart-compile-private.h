/* fermata-chart-compile-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/plan/fermata-chart-private.h"
#include "engine/plan/fermata-plan-compile-private.h"

G_BEGIN_DECLS

/*
 * Makes the chart of a plan. What the arrays of the chart are to have is gathered
 * in those here, and handed over at the end, whether that is a good one or not.
 *
 * Errors are set without saying where; who knows that puts it before them.
 */
typedef struct {
  FermataCompiler *compiler;
  FermataPlan *plan;
  FermataChart *chart;

  /* The model's states, in the order of the plan, and the other way round */
  GPtrArray *models;
  GHashTable *states;

  /* By state, the first in it that is no history state, or FERMATA_INDEX_NONE */
  guint32 *first_children;

  /* By parallel state, a history state in it whose default is all its regions */
  GHashTable *regions;
  GArray *indices;
  GArray *descriptors;
  GArray *ops;
  GArray *tasks;
} FermataChartCompiler;

gboolean fermata_compiler_compile_machine   (FermataCompiler       *self,
                                             GError               **error);

/* Sets @error, without a place. Always FALSE. */
gboolean fermata_chart_refuse               (GError               **error,
                                             const char            *format,
                                             ...) G_GNUC_PRINTF (2, 3);

/* What went wrong in another room, as an error of the graph. Always FALSE. */
gboolean fermata_chart_refuse_for           (GError               **error,
                                             GError                *problem);

/* States, as the plan's nodes, and what holds among them */
gboolean fermata_chart_compile_states       (FermataChartCompiler  *self,
                                             GError               **error);

/* What is said of each state: what it does, and where it begins. */
gboolean fermata_chart_compile_details      (FermataChartCompiler  *self,
                                             GError               **error);

/* Transitions, as the plan's edges */
gboolean fermata_chart_compile_edges        (FermataChartCompiler  *self,
                                             GError               **error);

/* A text or an array of them, the ids of states that can be active together. */
gboolean fermata_chart_compile_targets      (FermataChartCompiler  *self,
                                             FermataValue          *to,
                                             FermataChartRange     *targets,
                                             GError               **error);

/* `initial` of a state, or of the machine (FERMATA_INDEX_NONE) */
gboolean fermata_chart_compile_initial      (FermataChartCompiler  *self,
                                             guint                  state,
                                             FermataValue          *initial,
                                             GError               **error);

/* `initial` of a history state or, if @initial is NULL, its edge */
gboolean fermata_chart_compile_default      (FermataChartCompiler  *self,
                                             guint                  state,
                                             FermataValue          *initial,
                                             GError               **error);

/* The members @assign (nullable) of @object, and then @actions: @block is where
 * they begin, FERMATA_INDEX_NONE if there are none. */
gboolean fermata_chart_compile_block        (FermataChartCompiler  *self,
                                             FermataValue          *object,
                                             const char            *assign,
                                             const char            *actions,
                                             guint32               *block,
                                             GError               **error);
gboolean fermata_chart_compile_op           (FermataChartCompiler  *self,
                                             const char            *verb,
                                             FermataValue          *action,
                                             FermataChartOp        *op,
                                             GError               **error);
gboolean fermata_chart_compile_tasks        (FermataChartCompiler  *self,
                                             guint                  state,
                                             FermataValue          *tasks,
                                             GError               **error);

G_END_DECLS

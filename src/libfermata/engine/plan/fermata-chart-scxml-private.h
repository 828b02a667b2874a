/* fermata-chart-scxml-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/plan/fermata-chart-compile-private.h"

G_BEGIN_DECLS

/* Graphs with one of SCXML's data models: what is said there in other words than in
 * Fermata's own. */

/* What the graph's members say; FERMATA_DATA_MODEL_FERMATA if they say nothing
 * that is known. */
FermataDataModel   fermata_data_model_of                 (FermataValue          *members);

gboolean           fermata_compiler_is_scxml             (const FermataCompiler *self);
FermataExpression *fermata_compiler_compile_result       (const FermataCompiler *self,
                                                          FermataValue          *result,
                                                          GError               **error);

/* An expression of the data model of the chart (transfer full, nullable). */
FermataExpression *fermata_chart_compile_expression      (FermataChartCompiler  *self,
                                                          FermataValue          *value,
                                                          GError               **error);
gboolean           fermata_chart_compile_scxml_op        (FermataChartCompiler  *self,
                                                          const char            *verb,
                                                          FermataValue          *action,
                                                          FermataChartOp        *op,
                                                          GError               **error);
gboolean           fermata_chart_compile_payload         (FermataChartCompiler  *self,
                                                          FermataValue          *members,
                                                          FermataChartPayload   *payload,
                                                          GError               **error);

/* The member @name of @members as it stands, or what its `NAME-expr` gives. */
gboolean           fermata_chart_compile_scxml_text      (FermataChartCompiler  *self,
                                                          FermataValue          *members,
                                                          const char            *name,
                                                          FermataChartText      *text,
                                                          GError               **error);
gboolean           fermata_chart_compile_invoke          (FermataChartCompiler  *self,
                                                          FermataValue          *members,
                                                          FermataChartTask      *task,
                                                          GError               **error);

/* Variables. @declared is an object of them, each undefined as yet. */
gboolean           fermata_chart_compile_variables       (FermataChartCompiler  *self,
                                                          GError               **error);

/* Lays out the declarations of a state, or (FERMATA_INDEX_NONE) those of the machine with
 * its script: where they begin is where the next op is. */
gboolean           fermata_chart_compile_declarations    (FermataChartCompiler  *self,
                                                          guint                  state,
                                                          GError               **error);
gboolean           fermata_chart_is_late                 (const FermataChartCompiler *self);

/* Appends an op that does nothing yet. */
FermataChartOp    *fermata_chart_add_op                  (FermataChartCompiler  *self,
                                                          FermataOpCode          code);

void               fermata_chart_text_clear              (FermataChartText      *self);
void               fermata_chart_payload_clear           (FermataChartPayload   *self);
void               fermata_chart_scxml_free              (FermataChartScxml     *self);
void               fermata_chart_invoke_free             (FermataChartInvoke    *self);

G_END_DECLS

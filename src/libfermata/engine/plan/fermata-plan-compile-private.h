/* fermata-plan-compile-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/plan/fermata-plan-private.h"
#include "model/fermata-node.h"

G_BEGIN_DECLS

typedef struct {
  FermataPlan *plan;
  FermataGraph *graph;
  FermataNodeRegistry *registry;
  FermataEvaluator *evaluator;
  GArray *parameters;
} FermataCompiler;

/* Fails if one of @names is there: this version cannot do it. */
gboolean fermata_compiler_refuse_members (FermataValue       *members,
                                          const char *const  *names,
                                          const char         *what,
                                          const char         *id,
                                          GError            **error);

/* Sets @error. Always FALSE. */
gboolean fermata_compiler_invalid        (GError            **error,
                                          const char         *what,
                                          const char         *id,
                                          const char         *problem);
gboolean fermata_compiler_compile_node   (FermataCompiler    *self,
                                          FermataNode        *model,
                                          FermataPlanNode    *node,
                                          GError            **error);
gboolean fermata_compiler_compile_edges  (FermataCompiler    *self,
                                          GError            **error);

G_END_DECLS

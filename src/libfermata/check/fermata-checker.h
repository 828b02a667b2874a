/* fermata-checker.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "expression/fermata-expression.h"
#include "model/fermata-diagnostic.h"
#include "model/fermata-graph.h"
#include "model/fermata-loader.h"
#include "model/fermata-node-description.h"

G_BEGIN_DECLS

/**
 * FERMATA_CHECKER_MAX_DIAGNOSTICS:
 *
 * So many diagnostics are kept; one more says how many there were besides.
 */
#define FERMATA_CHECKER_MAX_DIAGNOSTICS 1000u

#define FERMATA_TYPE_CHECKER (fermata_checker_get_type ())

FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataChecker, fermata_checker, FERMATA, CHECKER, GObject)

FERMATA_EXTERN
FermataLoader  *fermata_checker_get_loader (FermataChecker     *self);
FERMATA_EXTERN
void            fermata_checker_set_loader (FermataChecker     *self,
                                            FermataLoader      *loader);
FERMATA_EXTERN
FermataChecker *fermata_checker_new        (FermataNodeCatalog *catalog,
                                            FermataEvaluator   *evaluator);
FERMATA_EXTERN
gboolean        fermata_checker_get_strict (FermataChecker     *self);
FERMATA_EXTERN
void            fermata_checker_set_strict (FermataChecker     *self,
                                            gboolean            strict);
FERMATA_EXTERN
guint           fermata_checker_check      (FermataChecker     *self,
                                            FermataGraph       *graph,
                                            GListStore         *diagnostics);

G_END_DECLS

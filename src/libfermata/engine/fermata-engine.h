/* fermata-engine.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/fermata-event-processor.h"
#include "engine/fermata-script-pool.h"
#include "engine/plan/fermata-node-type.h"
#include "engine/run/fermata-run.h"
#include "model/fermata-loader.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_ENGINE (fermata_engine_get_type ())

/**
 * FermataEngine:
 *
 * What runs have in common: node types, an evaluator, a clock, an executor, a
 * loader. fermata_engine_new_default() makes one with everything in place.
 */
FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataEngine, fermata_engine, FERMATA, ENGINE, GObject)

FERMATA_EXTERN
FermataEngine       *fermata_engine_new           (FermataClock            *clock,
                                                   FermataExecutor         *executor,
                                                   FermataLoader           *loader);
FERMATA_EXTERN
void                 fermata_engine_set_script_pool (FermataEngine          *self,
                                                   FermataScriptPool       *pool);
FERMATA_EXTERN
void                 fermata_engine_add_event_processor (FermataEngine         *self,
                                                         FermataEventProcessor *processor);
FERMATA_EXTERN
FermataEventProcessor *fermata_engine_find_event_processor (FermataEngine      *self,
                                                            const char         *type);
FERMATA_EXTERN
FermataNodeRegistry *fermata_engine_get_registry  (FermataEngine           *self);
FERMATA_EXTERN
gboolean             fermata_engine_add_type      (FermataEngine           *self,
                                                   FermataNodeType         *type,
                                                   GError                 **error);
FERMATA_EXTERN
FermataEvaluator    *fermata_engine_get_evaluator (FermataEngine           *self);
FERMATA_EXTERN
FermataClock        *fermata_engine_get_clock     (FermataEngine           *self);
FERMATA_EXTERN
FermataLoader       *fermata_engine_get_loader    (FermataEngine           *self);
FERMATA_EXTERN
FermataPlan         *fermata_engine_compile       (FermataEngine           *self,
                                                   FermataGraph            *graph,
                                                   GError                 **error);
FERMATA_EXTERN
FermataRun          *fermata_engine_create_run    (FermataEngine           *self,
                                                   FermataPlan             *plan,
                                                   const FermataRunOptions *options,
                                                   GError                 **error);

/* The options as an object, for other languages. */
FERMATA_EXTERN
FermataRun          *fermata_engine_create_run_from_value (FermataEngine   *self,
                                                           FermataPlan     *plan,
                                                           FermataValue    *options,
                                                           FermataRunPart  *part,
                                                           GError         **error);

G_END_DECLS

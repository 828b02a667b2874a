/* fermata-defaults.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "defaults/fermata-defaults.h"

#include "engine/nodes/fermata-nodes.h"
#include "executor/fermata-local-executor.h"
#include "executor/fermata-local-script-pool.h"
#include "format/fermata-json-loader.h"
#include "services/fermata-http-event-processor.h"

/**
 * fermata_engine_new_default: (constructor)
 *
 * Makes an engine with everything in place: the clock of the machine, the
 * node types of the library, processes on this machine, events over HTTP, graphs
 * in JSON and SCXML.
 *
 * Returns: (transfer full): an engine
 */
FermataEngine *
fermata_engine_new_default (void)
{
  g_autoptr (FermataClock) clock = fermata_real_clock_new ();

  return fermata_engine_new_with_clock (clock);
}

/**
 * fermata_engine_new_with_clock: (constructor)
 * @clock: tells its runs the time
 *
 * Makes an engine with everything in place but another clock.
 *
 * Returns: (transfer full): an engine
 */
FermataEngine *
fermata_engine_new_with_clock (FermataClock *clock)
{
  g_autoptr (FermataExecutor) executor = NULL;
  g_autoptr (FermataScriptPool) scripts = NULL;
  g_autoptr (FermataEventProcessor) http = NULL;
  g_autoptr (FermataLoader) loader = NULL;
  FermataEngine *engine;

  g_return_val_if_fail (FERMATA_IS_CLOCK (clock), NULL);

  executor = FERMATA_EXECUTOR (fermata_local_executor_new ());
  loader = FERMATA_LOADER (fermata_json_loader_new ());
  engine = fermata_engine_new (clock, executor, loader);
  scripts = FERMATA_SCRIPT_POOL (fermata_local_script_pool_new (0));
  fermata_engine_set_script_pool (engine, scripts);
  http = FERMATA_EVENT_PROCESSOR (fermata_http_event_processor_new ());
  fermata_engine_add_event_processor (engine, http);
  fermata_nodes_register (fermata_engine_get_registry (engine));

  return engine;
}

/**
 * fermata_engine_create_checker:
 * @engine: an engine
 *
 * Makes a checker that knows the node types of the engine, and reads files as that
 * does.
 *
 * Returns: (transfer full): a checker
 */
FermataChecker *
fermata_engine_create_checker (FermataEngine *engine)
{
  FermataNodeRegistry *registry = fermata_engine_get_registry (engine);
  FermataChecker *checker;

  checker = fermata_checker_new (fermata_node_registry_get_catalog (registry),
                                 fermata_engine_get_evaluator (engine));
  fermata_checker_set_loader (checker, fermata_engine_get_loader (engine));

  return checker;
}

/* fermata-engine.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/fermata-engine-private.h"

#include "engine/run/fermata-run-private.h"

struct _FermataEngine {
  GObject parent_instance;

  FermataNodeRegistry *registry;
  FermataEvaluator *evaluator;
  FermataClock *clock;
  FermataExecutor *executor;
  FermataScriptPool *script_pool;
  FermataLoader *loader;
  FermataServices *services;
  FermataSessions *sessions;
};

G_DEFINE_FINAL_TYPE (FermataEngine, fermata_engine, G_TYPE_OBJECT)

static void
fermata_engine_finalize (GObject *object)
{
  FermataEngine *self = FERMATA_ENGINE (object);

  g_clear_object (&self->registry);
  g_clear_object (&self->evaluator);
  g_clear_object (&self->clock);
  g_clear_object (&self->executor);
  g_clear_object (&self->script_pool);
  g_clear_object (&self->loader);
  g_clear_pointer (&self->services, fermata_services_unref);
  self->sessions->engine = NULL;
  g_clear_pointer (&self->sessions, fermata_sessions_unref);

  G_OBJECT_CLASS (fermata_engine_parent_class)->finalize (object);
}

static void
fermata_engine_class_init (FermataEngineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fermata_engine_finalize;
}

static void
fermata_engine_init (FermataEngine *self)
{
  self->registry = fermata_node_registry_new ();
  self->evaluator = fermata_evaluator_new ();
  self->sessions = fermata_sessions_new (self);
}

/**
 * fermata_engine_new:
 * @clock: tells its runs the time
 * @executor: (nullable): runs processes
 * @loader: (nullable): reads graphs
 *
 * Makes an engine that knows no node type yet.
 *
 * Returns: (transfer full): an engine
 */
FermataEngine *
fermata_engine_new (FermataClock    *clock,
                    FermataExecutor *executor,
                    FermataLoader   *loader)
{
  FermataEngine *self;

  g_return_val_if_fail (FERMATA_IS_CLOCK (clock), NULL);

  self = g_object_new (FERMATA_TYPE_ENGINE, NULL);
  self->clock = g_object_ref (clock);
  g_set_object (&self->executor, executor);
  g_set_object (&self->loader, loader);
  self->services = fermata_services_new (clock);

  return self;
}

/**
 * fermata_engine_set_script_pool:
 * @self: an engine
 * @pool: (nullable): runs scripts; %NULL if none are to run
 *
 * Sets where the scripts of runs are executed that are made from now on.
 */
void
fermata_engine_set_script_pool (FermataEngine     *self,
                                FermataScriptPool *pool)
{
  g_return_if_fail (FERMATA_IS_ENGINE (self));
  g_return_if_fail (pool == NULL || FERMATA_IS_SCRIPT_POOL (pool));

  g_set_object (&self->script_pool, pool);
}

/**
 * fermata_engine_add_event_processor:
 * @self: an engine
 * @processor: a way to send events, and to be sent some
 *
 * Lets machines of runs that are started from now on send events by @processor,
 * and be reached by it: those whose document mentions its name, or the last part
 * of its URI. Of several that serve the same type the first counts.
 */
void
fermata_engine_add_event_processor (FermataEngine         *self,
                                    FermataEventProcessor *processor)
{
  g_return_if_fail (FERMATA_IS_ENGINE (self));
  g_return_if_fail (FERMATA_IS_EVENT_PROCESSOR (processor));

  g_ptr_array_add (self->sessions->processors, g_object_ref (processor));
}

/**
 * fermata_engine_find_event_processor:
 * @self: an engine
 * @type: the `type` of a `send`
 *
 * Finds the event processor that serves a type.
 *
 * Returns: (transfer none) (nullable): it, or %NULL if there is none
 */
FermataEventProcessor *
fermata_engine_find_event_processor (FermataEngine *self,
                                     const char    *type)
{
  g_return_val_if_fail (FERMATA_IS_ENGINE (self), NULL);
  g_return_val_if_fail (type != NULL, NULL);

  for (guint i = 0; i < self->sessions->processors->len; i++)
    {
      FermataEventProcessor *processor = self->sessions->processors->pdata[i];

      if (fermata_event_processor_serves (processor, type))
        return processor;
    }

  return NULL;
}

/**
 * fermata_engine_get_registry:
 * @self: an engine
 *
 * Gives its node types.
 *
 * Returns: (transfer none): the registry
 */
FermataNodeRegistry *
fermata_engine_get_registry (FermataEngine *self)
{
  g_return_val_if_fail (FERMATA_IS_ENGINE (self), NULL);

  return self->registry;
}

/**
 * fermata_engine_add_type:
 * @self: an engine
 * @type: a node type
 * @error: return location for a #FermataEngineError or #FermataModelError
 *
 * Adds a node type.
 *
 * Returns: %FALSE with @error set if it does not describe itself as it must,
 *   does nothing, or has the name of another
 */
gboolean
fermata_engine_add_type (FermataEngine    *self,
                         FermataNodeType  *type,
                         GError          **error)
{
  g_return_val_if_fail (FERMATA_IS_ENGINE (self), FALSE);

  return fermata_node_registry_try_add (self->registry, type, error);
}

/**
 * fermata_engine_get_evaluator:
 * @self: an engine
 *
 * Gives what evaluates its expressions.
 *
 * Returns: (transfer none): the evaluator
 */
FermataEvaluator *
fermata_engine_get_evaluator (FermataEngine *self)
{
  g_return_val_if_fail (FERMATA_IS_ENGINE (self), NULL);

  return self->evaluator;
}

/**
 * fermata_engine_get_clock:
 * @self: an engine
 *
 * Gives its clock.
 *
 * Returns: (transfer none): the clock
 */
FermataClock *
fermata_engine_get_clock (FermataEngine *self)
{
  g_return_val_if_fail (FERMATA_IS_ENGINE (self), NULL);

  return self->clock;
}

/**
 * fermata_engine_get_loader:
 * @self: an engine
 *
 * Gives what reads its graphs.
 *
 * Returns: (transfer none) (nullable): the loader
 */
FermataLoader *
fermata_engine_get_loader (FermataEngine *self)
{
  g_return_val_if_fail (FERMATA_IS_ENGINE (self), NULL);

  return self->loader;
}

FermataPlan *
fermata_engine_compile_documents (FermataEngine     *self,
                                  FermataDocuments  *documents,
                                  GError           **error)
{
  FermataPlan *plan = fermata_plan_new_from_documents (documents, self->registry, self->evaluator, error);

  if (plan != NULL && self->script_pool != NULL)
    plan->sessions = fermata_script_sessions_new (self->script_pool);

  return plan;
}

/**
 * fermata_engine_compile:
 * @self: an engine
 * @graph: a graph without errors (see #FermataChecker)
 * @error: return location for a #FermataEngineError or #FermataExpressionError
 *
 * Compiles a graph for running, with those in the files that its nodes name.
 *
 * Returns: (transfer full): the plan, or %NULL with @error set
 */
FermataPlan *
fermata_engine_compile (FermataEngine  *self,
                        FermataGraph   *graph,
                        GError        **error)
{
  g_autoptr (FermataDocuments) documents = NULL;

  g_return_val_if_fail (FERMATA_IS_ENGINE (self), NULL);
  g_return_val_if_fail (FERMATA_IS_GRAPH (graph), NULL);

  documents = fermata_documents_new (self->loader, graph);

  return fermata_engine_compile_documents (self, documents, error);
}

/**
 * fermata_engine_create_run: (skip)
 * @self: an engine
 * @plan: what to run
 * @options: (nullable): how to run
 * @error: return location for a #FermataEngineError
 *
 * Makes a run that has not started.
 *
 * Returns: (transfer full): the run, or %NULL with @error set
 */
FermataRun *
fermata_engine_create_run (FermataEngine            *self,
                           FermataPlan              *plan,
                           const FermataRunOptions  *options,
                           GError                  **error)
{
  FermataRun *run;

  g_return_val_if_fail (FERMATA_IS_ENGINE (self), NULL);

  run = fermata_run_new (plan, self->clock, self->executor, options, error);
  if (run != NULL)
    {
      g_set_object (&run->script_pool, self->script_pool);
      fermata_run_set_services (run, self->services);
      fermata_run_set_sessions (run, self->sessions);
    }

  return run;
}

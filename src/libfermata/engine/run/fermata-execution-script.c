/* fermata-execution-script.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What a script is given. */

#include "engine/moment/fermata-frame-scope-private.h"
#include "engine/run/fermata-execution-private.h"

/**
 * fermata_execution_get_script_pool:
 * @self: an execution
 *
 * Gives what runs scripts.
 *
 * Returns: (transfer none) (nullable): the pool; %NULL if the run has none
 */
FermataScriptPool *
fermata_execution_get_script_pool (FermataExecution *self)
{
  g_return_val_if_fail (FERMATA_IS_EXECUTION (self), NULL);

  return self->run == NULL ? NULL : self->run->script_pool;
}

/**
 * fermata_execution_dup_script_context:
 * @self: an execution
 *
 * Names the context that scripts of this node share, in whichever frame of the
 * run. The name begins with the id of the run and “/”.
 *
 * Returns: (transfer full): the name
 */
char *
fermata_execution_dup_script_context (FermataExecution *self)
{
  g_return_val_if_fail (FERMATA_IS_EXECUTION (self), NULL);

  return g_strdup_printf ("%s/%p/%u", self->run == NULL ? "" : fermata_run_get_id (self->run),
                          (void *) self->plan, self->node);
}

/**
 * fermata_execution_dup_name:
 * @self: an execution
 * @name: `input`, `inputs`, `variables`, `nodes`, `attempt`, `run`, …
 *
 * Gives what a name stands for in expressions of the node.
 *
 * Returns: (transfer full) (nullable): the value; %NULL if it is undefined
 */
FermataValue *
fermata_execution_dup_name (FermataExecution *self,
                            const char       *name)
{
  const char *const path[] = { name };
  FermataFrameScope scope;
  FermataFrame *frame;
  guint n_used = 0;

  g_return_val_if_fail (FERMATA_IS_EXECUTION (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  if (self->run == NULL)
    return NULL;

  frame = fermata_moment_get_frame (self->run->moment, self->frame);
  if (frame == NULL)
    return NULL;
  fermata_frame_scope_init (&scope, self->run->moment, frame,
                            self->node - frame->plan->first_place, FERMATA_INDEX_NONE);

  return scope.parent.lookup (&scope.parent, path, 1, &n_used, NULL);
}

/* fermata-execution-output.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What an attempt prints and gives as items. */

#include "engine/run/fermata-execution-private.h"

/* There is too much of what it gives, or no longer. What waits to be recorded
 * is: whoever is to take it must know of it. */
void
fermata_execution_set_paused (FermataExecution *self,
                              gboolean          paused)
{
  FermataNodeType *type = fermata_plan_node_at (self->plan, self->node)->type;
  FermataNodeTypeClass *klass = FERMATA_NODE_TYPE_GET_CLASS (type);

  if (self->run == NULL || self->paused == paused)
    return;

  self->paused = paused;
  if (paused)
    g_hash_table_add (self->run->paused, self);
  else
    g_hash_table_remove (self->run->paused, self);
  if (klass->set_paused != NULL)
    klass->set_paused (type, self, paused);
  if (paused)
    fermata_outlet_flush (self->outlet);
}

/**
 * fermata_execution_is_paused:
 * @self: an execution
 *
 * Tells whether those for whom its items are have enough of them for now. It
 * may give more all the same; nothing is lost.
 *
 * Returns: %TRUE between two calls of the type's `set_paused`
 */
gboolean
fermata_execution_is_paused (FermataExecution *self)
{
  g_return_val_if_fail (FERMATA_IS_EXECUTION (self), FALSE);

  return self->paused;
}

static void
pause_if_full (FermataExecution *self)
{
  if (!self->paused && !self->cancelled
      && fermata_run_is_full (self->run, self->frame, self->node))
    fermata_execution_set_paused (self, TRUE);
}

/**
 * fermata_execution_print:
 * @self: an execution
 * @stream: where it was printed
 * @data: (array length=length): the bytes
 * @length: how many
 * @error: return location for an error of the disk
 *
 * Keeps what the node prints, and records that it did.
 *
 * Returns: %FALSE with @error set if the bytes could not be kept
 */
gboolean
fermata_execution_print (FermataExecution  *self,
                         FermataStream      stream,
                         const guint8      *data,
                         gsize              length,
                         GError           **error)
{
  g_return_val_if_fail (FERMATA_IS_EXECUTION (self), FALSE);

  if (self->run == NULL || length == 0)
    return TRUE;

  if (!fermata_outlet_print (self->outlet, stream, data, length, error))
    return FALSE;
  pause_if_full (self);

  return TRUE;
}

/**
 * fermata_execution_set_emit:
 * @self: an execution that has printed nothing yet
 * @emit: (nullable): `lines` or `ndjson`
 *
 * Makes the lines of its standard output items: each a text, or what it is as
 * JSON. A line that cannot be one is an error of fermata_execution_print().
 */
void
fermata_execution_set_emit (FermataExecution *self,
                            const char       *emit)
{
  g_return_if_fail (FERMATA_IS_EXECUTION (self));

  if (self->run != NULL && emit != NULL)
    fermata_outlet_set_emit (self->outlet, g_str_equal (emit, "lines") ? FERMATA_EMIT_LINES
                                                                       : FERMATA_EMIT_NDJSON);
}

/**
 * fermata_execution_emit:
 * @self: an execution
 * @item: any value
 * @error: return location for an error of the disk
 *
 * Gives an item to whoever waits for items of the node, while it goes on.
 *
 * Returns: %FALSE with @error set if the item could not be kept
 */
gboolean
fermata_execution_emit (FermataExecution  *self,
                        FermataValue      *item,
                        GError           **error)
{
  g_return_val_if_fail (FERMATA_IS_EXECUTION (self), FALSE);
  g_return_val_if_fail (item != NULL, FALSE);

  if (self->run == NULL)
    return TRUE;
  if (!fermata_outlet_emit (self->outlet, item, error))
    return FALSE;
  pause_if_full (self);

  return TRUE;
}

/**
 * fermata_execution_dup_printed:
 * @self: an execution
 * @stream: where it was printed
 * @max_length: bytes; more is an error
 * @error: return location for an error
 *
 * Gives everything that the attempt has printed to a stream.
 *
 * Returns: (transfer full): the bytes, or %NULL with @error set if there are
 *   more than @max_length, or the disk fails
 */
GBytes *
fermata_execution_dup_printed (FermataExecution  *self,
                               FermataStream      stream,
                               gsize              max_length,
                               GError           **error)
{
  g_return_val_if_fail (FERMATA_IS_EXECUTION (self), NULL);

  if (self->run == NULL)
    return g_bytes_new (NULL, 0);

  return fermata_outlet_dup_printed (self->outlet, stream, max_length, error);
}

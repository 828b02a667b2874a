/* fermata-run-options.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* How a run is to be made, as a value: for other languages. */

#include "engine/fermata-engine.h"
#include "model/fermata-duration.h"

static gboolean
refuse (GError     **error,
        const char  *name,
        const char  *expected)
{
  g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_INPUT,
               "Options of a run, “%s”: expected %s", name, expected);

  return FALSE;
}

static gboolean
read_whole (FermataValue  *value,
            const char    *name,
            gint64         highest,
            gint64        *number,
            GError       **error)
{
  if (fermata_value_get_kind (value) == FERMATA_VALUE_KIND_INTEGER
      && fermata_value_get_integer (value) >= 1 && fermata_value_get_integer (value) <= highest)
    {
      *number = fermata_value_get_integer (value);
      return TRUE;
    }

  return refuse (error, name, "a whole number from 1");
}

static gboolean
read_duration (FermataValue  *value,
               const char    *name,
               gint64        *microseconds,
               GError       **error)
{
  return fermata_duration_parse (value, microseconds, NULL)
         || refuse (error, name, "a time such as \"250ms\", \"30s\", \"5m\", \"1h\", or seconds");
}

static gboolean
read_option (FermataRunOptions  *options,
             const char         *name,
             FermataValue       *value,
             GError            **error)
{
  gint64 number = 0;

  if (g_str_equal (name, "inputs"))
    {
      options->inputs = value;
      return fermata_value_get_kind (value) == FERMATA_VALUE_KIND_OBJECT
             || refuse (error, name, "an object");
    }
  if (g_str_equal (name, "timeout"))
    return read_duration (value, name, &options->timeout, error);
  if (g_str_equal (name, "grace"))
    return read_duration (value, name, &options->grace, error);
  if (g_str_equal (name, "max-concurrency"))
    {
      if (!read_whole (value, name, G_MAXINT, &number, error))
        return FALSE;
      options->max_concurrency = number;
      return TRUE;
    }
  if (g_str_equal (name, "seed"))
    {
      if (!read_whole (value, name, G_GINT64_CONSTANT (1) << 53, &number, error))
        return FALSE;
      options->seed = number;
      return TRUE;
    }
  if (g_str_equal (name, "keep-events"))
    {
      if (!read_whole (value, name, G_MAXINT64, &number, error))
        return FALSE;
      options->keep_events = number;
      return TRUE;
    }

  return refuse (error, name, "inputs, timeout, grace, max-concurrency, seed or keep-events");
}

/**
 * fermata_engine_create_run_from_value: (rename-to fermata_engine_create_run)
 * @self: an engine
 * @plan: what to run
 * @options: (nullable): an object with any of `inputs` (an object), `timeout`
 *   and `grace` (durations, as in documents), `max-concurrency`, `seed` and
 *   `keep-events` (the history keeps so many of its last ones at least, and not all)
 * @part: (nullable): which part of the graph is to run; %NULL: all of it, but
 *   what it has pinned
 * @error: return location for a #FermataEngineError
 *
 * Makes a run that has not started.
 *
 * Returns: (transfer full): the run, or %NULL with @error set
 */
FermataRun *
fermata_engine_create_run_from_value (FermataEngine  *self,
                                      FermataPlan    *plan,
                                      FermataValue   *options,
                                      FermataRunPart *part,
                                      GError        **error)
{
  FermataRunOptions read = FERMATA_RUN_OPTIONS_INIT;

  g_return_val_if_fail (FERMATA_IS_ENGINE (self), NULL);
  g_return_val_if_fail (plan != NULL, NULL);
  g_return_val_if_fail (part == NULL || FERMATA_IS_RUN_PART (part), NULL);

  read.part = part;
  if (options != NULL && fermata_value_get_kind (options) != FERMATA_VALUE_KIND_OBJECT)
    {
      refuse (error, "", "an object");
      return NULL;
    }
  for (gsize i = 0; options != NULL && i < fermata_value_get_length (options); i++)
    {
      if (!read_option (&read, fermata_value_get_member_name (options, i),
                        fermata_value_get_element (options, i), error))
        return NULL;
    }

  return fermata_engine_create_run (self, plan, &read, error);
}

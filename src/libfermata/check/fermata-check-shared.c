/* fermata-check-shared.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-rules-private.h"

#include <glib/gi18n-lib.h>

#include "model/fermata-duration.h"

typedef struct {
  FermataValue *policy;
  char *path;
} First;

static void
first_free (gpointer data)
{
  First *first = data;

  g_free (first->path);
  g_free (first);
}

/* A number, or a duration as microseconds; -1 if it is absent, or wrong. */
static gint64
get_setting (FermataValue *policy,
             const char   *name)
{
  FermataValue *value = fermata_value_get_member (policy, name);
  gint64 microseconds;

  if (value == NULL)
    return -1;
  if (g_str_equal (name, "failures") || g_str_equal (name, "limit"))
    return fermata_value_get_integer (value);
  return fermata_duration_parse (value, &microseconds, NULL) ? microseconds : -1;
}

static gboolean
are_alike (FermataThingKind  kind,
           FermataValue     *a,
           FermataValue     *b)
{
  static const char *const settings[][2] = { { "failures", "cool-down" }, { "limit", "per" } };
  const char *const *names = settings[kind == FERMATA_THING_RATE_LIMIT];

  return get_setting (a, names[0]) == get_setting (b, names[0]) &&
         get_setting (a, names[1]) == get_setting (b, names[1]);
}

static void
report_other (FermataCheck     *self,
              FermataThingKind  kind,
              const char       *name,
              const First      *first)
{
  if (kind == FERMATA_THING_CIRCUIT_BREAKER)
    fermata_check_report (self, FERMATA_SEVERITY_WARNING, "other-settings",
                          _("the circuit breaker “%s” has other settings elsewhere; the first count"), name);
  else
    fermata_check_report (self, FERMATA_SEVERITY_WARNING, "other-settings",
                          _("the rate limit “%s” has other settings elsewhere; the first count"), name);

  if (self->last == NULL)
    return;

  fermata_diagnostic_set_related_path (self->last, first->path);
  fermata_check_add_hint (self, _("the first is %s"), first->path);
}

/* Circuit breakers or rate limits of the same name are one, and so should
 * say the same. The check is at it. */
void
fermata_check_shared (FermataCheck     *self,
                      FermataThingKind  kind,
                      FermataValue     *policy)
{
  GHashTable **known = &self->shared[kind == FERMATA_THING_RATE_LIMIT];
  FermataValue *value = fermata_value_get_member (policy, "name");
  const char *name = value != NULL ? fermata_value_get_string (value, NULL) : NULL;
  First *first;

  if (name == NULL)
    return;

  if (*known == NULL)
    *known = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, first_free);

  first = g_hash_table_lookup (*known, name);

  if (first == NULL)
    {
      first = g_new0 (First, 1);
      first->policy = policy;
      first->path = fermata_check_dup_path (self);
      g_hash_table_insert (*known, (char *) name, first);
    }
  else if (!are_alike (kind, first->policy, policy))
    {
      report_other (self, kind, name, first);
    }
}

/* fermata-pools.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/policies/fermata-pools-private.h"

#include "engine/plan/fermata-plan.h"
#include "value/fermata-value-writer.h"

static void
clear_need (gpointer data)
{
  g_free (((FermataPoolNeed *) data)->shares);
}

void
fermata_pools_init (FermataPools *self)
{
  FermataPoolNeed none = { NULL, 0 };

  self->needs = g_array_new (FALSE, FALSE, sizeof (FermataPoolNeed));
  g_array_set_clear_func (self->needs, clear_need);
  g_array_append_val (self->needs, none);
  self->needs_by_text = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
fermata_pools_clear (FermataPools *self)
{
  g_clear_pointer (&self->names, g_strfreev);
  g_clear_pointer (&self->capacities, g_free);
  g_clear_pointer (&self->needs, g_array_unref);
  g_clear_pointer (&self->needs_by_text, g_hash_table_unref);
}

static gboolean
refuse (GError     **error,
        const char  *name,
        const char  *problem)
{
  g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_INVALID, "%s: %s", name, problem);

  return FALSE;
}

static gboolean
read_amount (FermataValue  *object,
             const char    *name,
             guint         *amount,
             GError       **error)
{
  FermataValue *value = fermata_value_get_member (object, name);

  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_INTEGER
      || fermata_value_get_integer (value) < 0 || fermata_value_get_integer (value) > G_MAXINT)
    return refuse (error, name, "must be a whole number, 0 or more");
  *amount = fermata_value_get_integer (value);

  return TRUE;
}

gboolean
fermata_pools_compile (FermataPools  *self,
                       FermataValue  *pools,
                       GError       **error)
{
  if (pools == NULL)
    return TRUE;
  if (fermata_value_get_kind (pools) != FERMATA_VALUE_KIND_OBJECT)
    return refuse (error, "pools", "must be an object");

  self->n_pools = fermata_value_get_length (pools);
  self->names = g_new0 (char *, self->n_pools + 1);
  self->capacities = g_new0 (guint, self->n_pools);
  for (guint i = 0; i < self->n_pools; i++)
    {
      self->names[i] = g_strdup (fermata_value_get_member_name (pools, i));
      if (!read_amount (pools, self->names[i], &self->capacities[i], error))
        {
          g_prefix_error (error, "pools, ");
          return FALSE;
        }
    }

  return TRUE;
}

gboolean
fermata_pools_extend (FermataPools  *self,
                      FermataValue  *pools,
                      GError       **error)
{
  g_clear_pointer (&self->names, g_strfreev);
  g_clear_pointer (&self->capacities, g_free);

  return fermata_pools_compile (self, pools, error);
}

static gboolean
find_pool (FermataPools  *self,
           const char    *name,
           guint         *pool,
           GError       **error)
{
  for (guint i = 0; i < self->n_pools; i++)
    {
      if (g_str_equal (self->names[i], name))
        {
          *pool = i;
          return TRUE;
        }
    }

  return refuse (error, name, "there is no such pool");
}

static gboolean
compile_share (FermataPools      *self,
               FermataValue      *uses,
               const char        *name,
               FermataPoolShare  *share,
               GError           **error)
{
  if (!find_pool (self, name, &share->pool, error) || !read_amount (uses, name, &share->amount, error))
    return FALSE;

  if (share->amount <= self->capacities[share->pool])
    return TRUE;

  g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_INVALID,
               "%s: needs %u, but the pool has %u: it could never start", name, share->amount,
               self->capacities[share->pool]);

  return FALSE;
}

static gboolean
compile_need (FermataPools     *self,
              FermataValue     *uses,
              FermataPoolNeed  *need,
              GError          **error)
{
  need->n_shares = fermata_value_get_length (uses);
  need->shares = g_new0 (FermataPoolShare, need->n_shares);
  for (guint i = 0; i < need->n_shares; i++)
    {
      if (!compile_share (self, uses, fermata_value_get_member_name (uses, i), &need->shares[i],
                          error))
        {
          g_free (need->shares);
          return FALSE;
        }
    }

  return TRUE;
}

gboolean
fermata_pools_add_need (FermataPools  *self,
                        FermataValue  *uses,
                        guint16       *need,
                        GError       **error)
{
  g_autofree char *text = NULL;
  FermataPoolNeed compiled;
  gpointer known;

  *need = 0;
  if (uses == NULL)
    return TRUE;
  if (fermata_value_get_kind (uses) != FERMATA_VALUE_KIND_OBJECT)
    return refuse (error, "uses", "must be an object");

  text = fermata_value_to_string (uses, FERMATA_WRITE_COMPACT, NULL);
  if (g_hash_table_lookup_extended (self->needs_by_text, text, NULL, &known))
    {
      *need = GPOINTER_TO_UINT (known);
      return TRUE;
    }

  if (self->needs->len > G_MAXUINT16)
    return refuse (error, "uses", "there are too many different needs");
  if (!compile_need (self, uses, &compiled, error))
    {
      g_prefix_error (error, "uses, ");
      return FALSE;
    }
  *need = self->needs->len;
  g_array_append_val (self->needs, compiled);
  g_hash_table_insert (self->needs_by_text, g_steal_pointer (&text), GUINT_TO_POINTER (*need));

  return TRUE;
}

gboolean
fermata_pools_fit (const FermataPools *self,
                   guint               need,
                   const guint        *in_use)
{
  const FermataPoolNeed *wanted = &g_array_index (self->needs, FermataPoolNeed, need);

  for (guint i = 0; i < wanted->n_shares; i++)
    {
      const FermataPoolShare *share = &wanted->shares[i];

      if (in_use[share->pool] > self->capacities[share->pool] - share->amount)
        return FALSE;
    }

  return TRUE;
}

void
fermata_pools_take (const FermataPools *self,
                    guint               need,
                    guint              *in_use)
{
  const FermataPoolNeed *taken = &g_array_index (self->needs, FermataPoolNeed, need);

  for (guint i = 0; i < taken->n_shares; i++)
    in_use[taken->shares[i].pool] += taken->shares[i].amount;
}

void
fermata_pools_give (const FermataPools *self,
                    guint               need,
                    guint              *in_use)
{
  const FermataPoolNeed *given = &g_array_index (self->needs, FermataPoolNeed, need);

  for (guint i = 0; i < given->n_shares; i++)
    in_use[given->shares[i].pool] -= given->shares[i].amount;
}

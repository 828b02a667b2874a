/* fermata-form.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "value/fermata-form-private.h"

static FermataShape *
make_shape (const FermataForm *self,
            guint              members)
{
  FermataKey *keys[FERMATA_FORM_MAX];
  guint n_keys = 0;

  for (guint i = 0; i < FERMATA_FORM_MAX; i++)
    {
      gsize length;

      if ((members & 1u << i) == 0)
        continue;
      length = strlen (self->names[i]);
      keys[n_keys++] = fermata_key_new (self->names[i], length, fermata_key_hash (self->names[i], length));
    }

  return fermata_shape_new_take (keys, n_keys, NULL);
}

/* Two threads may make the same one at the same time; one of them wins. */
static FermataShape *
get_shape (FermataForm *self,
           guint        members)
{
  FermataShape *shape = g_atomic_pointer_get (&self->shapes[members]);

  if (shape != NULL)
    return shape;

  shape = make_shape (self, members);
  if (g_atomic_pointer_compare_and_exchange (&self->shapes[members], NULL, shape))
    return shape;

  fermata_shape_unref (shape);

  return g_atomic_pointer_get (&self->shapes[members]);
}

FermataValue *
fermata_form_fill (FermataForm   *self,
                   FermataValue **values)
{
  FermataValue *object;
  FermataValue **slots;
  guint members = 0;
  guint n_filled = 0;

  for (guint i = 0; i < FERMATA_FORM_MAX; i++)
    members |= values[i] != NULL ? 1u << i : 0;
  if (members == 0)
    return fermata_value_new_empty_object ();

  object = fermata_value_alloc_object (fermata_shape_ref (get_shape (self, members)));
  slots = fermata_value_get_slots (object);
  for (guint i = 0; i < FERMATA_FORM_MAX; i++)
    {
      if (values[i] != NULL)
        slots[n_filled++] = values[i];
    }

  return object;
}

FermataValue *
fermata_form_get (FermataForm  *self,
                  FermataValue *object,
                  guint         member)
{
  FermataShape *shape;
  guint n_names;

  if (fermata_value_get_kind (object) != FERMATA_VALUE_KIND_OBJECT
      || fermata_value_get_length (object) == 0)
    return NULL;

  shape = fermata_value_get_shape (object);
  n_names = shape->n_names;
  if (n_names > 0 && n_names <= FERMATA_FORM_MAX
      && shape == g_atomic_pointer_get (&self->shapes[(1u << n_names) - 1]))
    return member < n_names ? fermata_value_get_slots (object)[member] : NULL;

  return fermata_value_get_member (object, self->names[member]);
}

/* fermata-value-object.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "value/fermata-utf8-private.h"
#include "value/fermata-value-private.h"

FermataValue *
fermata_value_alloc_object (FermataShape *shape)
{
  FermataObjectBlock *block = g_malloc (sizeof *block + shape->n_names * sizeof *block->values);

  block->block.ref_count = 1;
  block->block.length = shape->n_names;
  block->shape = shape;
  return fermata_value_from_block (block, FERMATA_TAG_OBJECT);
}

/**
 * fermata_value_new_object:
 * @names: (array length=n_members) (nullable): the names of the members, UTF-8
 * @values: (array length=n_members) (transfer none) (nullable): their values
 * @n_members: how many
 *
 * Makes an object, which takes its own references to the values. Where a name
 * occurs twice, the last value counts, in the place of the first.
 *
 * Returns: (transfer full): an object
 */
FermataValue *
fermata_value_new_object (const char *const   *names,
                          FermataValue *const *values,
                          gsize                n_members)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  for (gsize i = 0; i < n_members; i++)
    fermata_value_builder_set (builder, names[i], values[i]);
  return fermata_value_builder_end (builder);
}

/**
 * fermata_value_get_member_name:
 * @self: a value
 * @index: less than its length
 *
 * Returns: (transfer none) (nullable): the name of a member of an object, in
 *   their order; %NULL if @self is no object
 */
const char *
fermata_value_get_member_name (FermataValue *self,
                               gsize         index)
{
  if (fermata_value_get_kind (self) != FERMATA_VALUE_KIND_OBJECT)
    return NULL;
  g_return_val_if_fail (index < fermata_value_get_n_slots (self), NULL);

  return fermata_value_get_key (self, index)->text;
}

gboolean
fermata_value_find_name (FermataValue *self,
                         const char   *name,
                         gsize         length,
                         gsize        *index)
{
  if (fermata_value_get_tag (self) != FERMATA_TAG_OBJECT)
    return FALSE;
  return fermata_shape_find (fermata_value_get_shape (self), name, length, index);
}

/**
 * fermata_value_find_member:
 * @self: a value
 * @name: the name of a member
 * @index: (out) (optional): its place in the order of the members
 *
 * Looks a member up, in a time that does not depend on how many there are.
 *
 * Returns: whether @self is an object that has it
 */
gboolean
fermata_value_find_member (FermataValue *self,
                           const char   *name,
                           gsize        *index)
{
  gsize found;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  if (!fermata_value_find_name (self, name, strlen (name), &found))
    return FALSE;
  if (index != NULL)
    *index = found;
  return TRUE;
}

/**
 * fermata_value_get_member:
 * @self: a value
 * @name: the name of a member
 *
 * Looks a member up, in a time that does not depend on how many there are.
 *
 * Returns: (transfer none) (nullable): its value; %NULL if @self is no object
 *   or has no such member
 */
FermataValue *
fermata_value_get_member (FermataValue *self,
                          const char   *name)
{
  gsize index;

  if (!fermata_value_find_member (self, name, &index))
    return NULL;
  return fermata_value_get_slots (self)[index];
}

static FermataShape *
append_name (FermataValue *self,
             const char   *name)
{
  gsize length = strlen (name);
  gsize n_names = fermata_value_get_n_slots (self);
  g_autofree FermataKey **keys = g_new (FermataKey *, n_names + 1);

  for (gsize i = 0; i < n_names; i++)
    keys[i] = fermata_key_ref (fermata_value_get_shape (self)->names[i]);
  keys[n_names] = fermata_key_new (name, length, fermata_key_hash (name, length));
  return fermata_shape_new_take (keys, n_names + 1, NULL);
}

static void
copy_slots (FermataValue **to,
            FermataValue **from,
            gsize          n_slots)
{
  for (gsize i = 0; i < n_slots; i++)
    to[i] = fermata_value_ref (from[i]);
}

/**
 * fermata_value_with_member:
 * @self: an object
 * @name: the name of a member, UTF-8
 * @value: (transfer none): its value
 *
 * Copies an object with one member changed where it is, or added at the end.
 * Use a #FermataValueBuilder for many changes.
 *
 * Returns: (transfer full): the changed copy
 */
FermataValue *
fermata_value_with_member (FermataValue *self,
                           const char   *name,
                           FermataValue *value)
{
  FermataValue *copy;
  FermataValue **slots;
  gsize n_slots;
  gsize index;

  g_return_val_if_fail (fermata_value_get_kind (self) == FERMATA_VALUE_KIND_OBJECT,
                        fermata_value_new_null ());
  g_return_val_if_fail (name != NULL && fermata_utf8_is_valid (name, strlen (name)),
                        fermata_value_new_null ());
  g_return_val_if_fail (value != NULL, fermata_value_new_null ());

  n_slots = fermata_value_get_n_slots (self);
  if (fermata_value_find_member (self, name, &index))
    {
      copy = fermata_value_alloc_object (fermata_shape_ref (fermata_value_get_shape (self)));
      slots = fermata_value_get_slots (copy);
      copy_slots (slots, fermata_value_get_slots (self), index);
      copy_slots (slots + index + 1, fermata_value_get_slots (self) + index + 1,
                  n_slots - index - 1);
    }
  else
    {
      index = n_slots;
      copy = fermata_value_alloc_object (append_name (self, name));
      slots = fermata_value_get_slots (copy);
      copy_slots (slots, fermata_value_get_slots (self), n_slots);
    }
  slots[index] = fermata_value_ref (value);
  return copy;
}

/* Whoever has the only reference may as well have the object itself changed. */
FermataValue *
fermata_value_take_with_member (FermataValue *self,
                                const char   *name,
                                FermataValue *value)
{
  FermataValue *result;
  FermataValue **slot;
  gsize index;

  if (fermata_value_get_tag (self) == FERMATA_TAG_OBJECT
      && g_atomic_int_get (&((FermataBlock *) fermata_value_get_block (self))->ref_count) == 1
      && fermata_value_find_member (self, name, &index))
    {
      slot = &fermata_value_get_slots (self)[index];
      result = *slot;
      *slot = fermata_value_ref (value);
      fermata_value_unref (result);
      return self;
    }

  result = fermata_value_with_member (self, name, value);
  fermata_value_unref (self);

  return result;
}

/* An object with the same names, each with @value. */
FermataValue *
fermata_value_new_like (FermataValue *self,
                        FermataValue *value)
{
  gsize n_slots = fermata_value_get_n_slots (self);
  FermataValue *copy;
  FermataValue **slots;

  if (n_slots == 0)
    return fermata_value_new_empty_object ();

  copy = fermata_value_alloc_object (fermata_shape_ref (fermata_value_get_shape (self)));
  slots = fermata_value_get_slots (copy);
  for (gsize i = 0; i < n_slots; i++)
    slots[i] = fermata_value_ref (value);

  return copy;
}

/**
 * fermata_value_without_member:
 * @self: an object
 * @name: the name of a member
 *
 * Copies an object without one of its members.
 *
 * Returns: (transfer full): the changed copy, or @self if it has no such
 *   member
 */
FermataValue *
fermata_value_without_member (FermataValue *self,
                              const char   *name)
{
  g_autofree FermataKey **keys = NULL;
  FermataValue *copy;
  gsize n_slots;
  gsize index;

  g_return_val_if_fail (fermata_value_get_kind (self) == FERMATA_VALUE_KIND_OBJECT,
                        fermata_value_new_null ());

  if (!fermata_value_find_member (self, name, &index))
    return fermata_value_ref (self);
  n_slots = fermata_value_get_n_slots (self);
  if (n_slots == 1)
    return fermata_value_new_empty_object ();

  keys = g_new (FermataKey *, n_slots);
  for (gsize i = 0; i < n_slots - 1; i++)
    keys[i] = fermata_key_ref (fermata_value_get_shape (self)->names[i < index ? i : i + 1]);
  copy = fermata_value_alloc_object (fermata_shape_new_take (keys, n_slots - 1, NULL));
  copy_slots (fermata_value_get_slots (copy), fermata_value_get_slots (self), index);
  copy_slots (fermata_value_get_slots (copy) + index, fermata_value_get_slots (self) + index + 1,
              n_slots - index - 1);
  return copy;
}

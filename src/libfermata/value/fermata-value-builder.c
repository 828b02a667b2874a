/* fermata-value-builder.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "value/fermata-utf8-private.h"
#include "value/fermata-value-private.h"

struct _FermataValueBuilder {
  gatomicrefcount ref_count;
  gboolean is_object;
  GPtrArray *values;            /* owned FermataValue */
  GPtrArray *keys;              /* owned FermataKey, one a value; NULL for arrays */
  guint32 *index;               /* of keys, once there are too many to search */
  gsize index_size;
};

G_DEFINE_BOXED_TYPE (FermataValueBuilder, fermata_value_builder,
                     fermata_value_builder_ref, fermata_value_builder_unref)

static FermataValueBuilder *
builder_new (gboolean is_object)
{
  FermataValueBuilder *self = g_new0 (FermataValueBuilder, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->is_object = is_object;
  self->values = g_ptr_array_new_with_free_func ((GDestroyNotify) fermata_value_unref);
  if (is_object)
    self->keys = g_ptr_array_new_with_free_func ((GDestroyNotify) fermata_key_unref);
  return self;
}

/**
 * fermata_value_builder_new_array:
 *
 * Returns: (transfer full): a builder of an array, empty as yet
 */
FermataValueBuilder *
fermata_value_builder_new_array (void)
{
  return builder_new (FALSE);
}

/**
 * fermata_value_builder_new_object:
 *
 * Returns: (transfer full): a builder of an object, empty as yet
 */
FermataValueBuilder *
fermata_value_builder_new_object (void)
{
  return builder_new (TRUE);
}

/**
 * fermata_value_builder_ref:
 * @self: a builder
 *
 * Returns: (transfer full): @self
 */
FermataValueBuilder *
fermata_value_builder_ref (FermataValueBuilder *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * fermata_value_builder_unref:
 * @self: (transfer full): a builder
 *
 * Drops a reference; the last one drops what was collected too.
 */
void
fermata_value_builder_unref (FermataValueBuilder *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->values);
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_free (self->index);
  g_free (self);
}

/**
 * fermata_value_builder_add:
 * @self: a builder of an array
 * @value: (transfer none): an element
 *
 * Adds an element at the end. The builder takes its own reference.
 */
void
fermata_value_builder_add (FermataValueBuilder *self,
                           FermataValue        *value)
{
  g_return_if_fail (self != NULL && !self->is_object);
  g_return_if_fail (value != NULL);

  g_ptr_array_add (self->values, fermata_value_ref (value));
}

static void
grow_index (FermataValueBuilder *self)
{
  g_free (self->index);
  self->index_size = fermata_key_index_size (2 * (gsize) self->keys->len);
  self->index = fermata_key_index_new ((FermataKey *const *) self->keys->pdata, self->keys->len,
                                       self->index_size, NULL);
}

/* Where the name is or, with FALSE, the slot of the index for it. */
static gboolean
find_name (FermataValueBuilder *self,
           const char          *name,
           gsize                length,
           guint32              hash,
           gsize               *place)
{
  FermataKey *const *keys = (FermataKey *const *) self->keys->pdata;

  if (self->index != NULL)
    {
      if (!fermata_key_index_find (self->index, self->index_size, keys, name, length, hash, place))
        return FALSE;
      *place = self->index[*place] - 1;
      return TRUE;
    }
  for (guint i = 0; i < self->keys->len; i++)
    {
      if (fermata_key_is (keys[i], name, length))
        {
          *place = i;
          return TRUE;
        }
    }
  return FALSE;
}

static void
append_key (FermataValueBuilder *self,
            FermataKey          *key,
            FermataValue        *value,
            gsize                slot)
{
  g_ptr_array_add (self->keys, key);
  g_ptr_array_add (self->values, value);
  if (self->index != NULL)
    self->index[slot] = self->keys->len;
  if (self->keys->len > FERMATA_SHAPE_MAX_UNINDEXED &&
      (self->index == NULL || fermata_key_index_size (self->keys->len + 1) > self->index_size))
    grow_index (self);
}

static void
replace_value (FermataValueBuilder *self,
               gsize                place,
               FermataValue        *value)
{
  fermata_value_unref (self->values->pdata[place]);
  self->values->pdata[place] = value;
}

void
fermata_value_builder_take_name (FermataValueBuilder *self,
                                 const char          *name,
                                 gsize                length,
                                 FermataValue        *value)
{
  guint32 hash = fermata_key_hash (name, length);
  gsize place = 0;

  if (find_name (self, name, length, hash, &place))
    replace_value (self, place, value);
  else
    append_key (self, fermata_key_new (name, length, hash), value, place);
}

void
fermata_value_builder_take_key (FermataValueBuilder *self,
                                FermataKey          *key,
                                FermataValue        *value)
{
  gsize place = 0;

  if (find_name (self, key->text, key->length, key->hash, &place))
    replace_value (self, place, value);
  else
    append_key (self, fermata_key_ref (key), value, place);
}

/**
 * fermata_value_builder_set:
 * @self: a builder of an object
 * @name: the name of a member, UTF-8
 * @value: (transfer none): its value
 *
 * Adds a member at the end, or replaces the value of the one that has this
 * name and leaves it where it is. The builder takes its own reference.
 */
void
fermata_value_builder_set (FermataValueBuilder *self,
                           const char          *name,
                           FermataValue        *value)
{
  gsize length;

  g_return_if_fail (self != NULL && self->is_object);
  g_return_if_fail (name != NULL);
  g_return_if_fail (value != NULL);
  length = strlen (name);
  g_return_if_fail (fermata_utf8_is_valid (name, length));

  fermata_value_builder_take_name (self, name, length, fermata_value_ref (value));
}

/**
 * fermata_value_builder_add_string:
 * @self: a builder of an array
 * @string: UTF-8 text
 *
 * Adds a string at the end.
 */
void
fermata_value_builder_add_string (FermataValueBuilder *self,
                                  const char          *string)
{
  g_autoptr (FermataValue) value = fermata_value_new_string (string, -1);

  fermata_value_builder_add (self, value);
}

/**
 * fermata_value_builder_set_string:
 * @self: a builder of an object
 * @name: the name of a member
 * @string: UTF-8 text
 *
 * Sets a member to a string.
 */
void
fermata_value_builder_set_string (FermataValueBuilder *self,
                                  const char          *name,
                                  const char          *string)
{
  g_autoptr (FermataValue) value = fermata_value_new_string (string, -1);

  fermata_value_builder_set (self, name, value);
}

/**
 * fermata_value_builder_set_integer:
 * @self: a builder of an object
 * @name: the name of a member
 * @integer: its value
 *
 * Sets a member to an integer.
 */
void
fermata_value_builder_set_integer (FermataValueBuilder *self,
                                   const char          *name,
                                   gint64               integer)
{
  g_autoptr (FermataValue) value = fermata_value_new_integer (integer);

  fermata_value_builder_set (self, name, value);
}

/**
 * fermata_value_builder_set_number:
 * @self: a builder of an object
 * @name: the name of a member
 * @number: its value, finite
 *
 * Sets a member to a number.
 */
void
fermata_value_builder_set_number (FermataValueBuilder *self,
                                  const char          *name,
                                  double               number)
{
  g_autoptr (FermataValue) value = fermata_value_new_number (number);

  fermata_value_builder_set (self, name, value);
}

/**
 * fermata_value_builder_set_boolean:
 * @self: a builder of an object
 * @name: the name of a member
 * @boolean: its value
 *
 * Sets a member to true or false.
 */
void
fermata_value_builder_set_boolean (FermataValueBuilder *self,
                                   const char          *name,
                                   gboolean             boolean)
{
  fermata_value_builder_set (self, name, fermata_value_new_boolean (boolean));
}

static FermataValue *
end_object (FermataValueBuilder *self)
{
  FermataKey *const *keys = (FermataKey *const *) self->keys->pdata;
  FermataShape *shape = fermata_shape_new_take (keys, self->keys->len, NULL);

  g_free (g_ptr_array_steal (self->keys, NULL));
  g_clear_pointer (&self->index, g_free);
  return fermata_value_alloc_object (shape);
}

/**
 * fermata_value_builder_end:
 * @self: a builder
 *
 * Makes the value of what was collected and leaves the builder empty, to be
 * used again.
 *
 * Returns: (transfer full): an array or an object
 */
FermataValue *
fermata_value_builder_end (FermataValueBuilder *self)
{
  FermataValue *value;
  gsize n_values;
  gpointer *values;

  g_return_val_if_fail (self != NULL, fermata_value_new_null ());

  if (self->values->len == 0)
    return self->is_object ? fermata_value_new_empty_object () : fermata_value_new_empty_array ();
  value = self->is_object ? end_object (self) : fermata_value_alloc_array (self->values->len);
  values = g_ptr_array_steal (self->values, &n_values);
  memcpy (fermata_value_get_slots (value), values, n_values * sizeof *values);
  g_free (values);
  return value;
}

/* fermata-editor-step.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-editor-step-private.h"

#include "value/fermata-value-private.h"

FermataEditorStep *
fermata_editor_step_new (const char *title,
                         guint64     before)
{
  FermataEditorStep *self = g_new0 (FermataEditorStep, 1);

  self->title = g_strdup (title);
  self->inverses = g_ptr_array_new_with_free_func ((GDestroyNotify) fermata_edit_unref);
  self->before = before;
  self->after = before;
  self->size = sizeof *self;
  return self;
}

void
fermata_editor_step_free (FermataEditorStep *self)
{
  g_free (self->title);
  g_free (self->key);
  g_ptr_array_unref (self->inverses);
  g_free (self);
}

/* About what a value takes if nobody else holds it. */
static gsize
measure_value (FermataValue *top)
{
  g_autoptr (GPtrArray) waiting = g_ptr_array_new ();
  gsize size = 0;

  g_ptr_array_add (waiting, top);
  while (waiting->len > 0)
    {
      FermataValue *value = g_ptr_array_steal_index_fast (waiting, waiting->len - 1);
      FermataValueKind kind = fermata_value_get_kind (value);
      gsize length = 0;

      size += 2 * sizeof (gpointer);
      if (kind == FERMATA_VALUE_KIND_STRING)
        {
          fermata_value_get_string (value, &length);
          size += length;
        }
      if (kind != FERMATA_VALUE_KIND_ARRAY && kind != FERMATA_VALUE_KIND_OBJECT)
        continue;
      length = fermata_value_get_length (value);
      for (gsize i = 0; i < length; i++)
        g_ptr_array_add (waiting, fermata_value_get_element (value, i));
    }
  return size;
}

static gsize
measure_edit (FermataEdit *top)
{
  g_autoptr (GPtrArray) waiting = g_ptr_array_new ();
  gsize size = 0;

  g_ptr_array_add (waiting, top);
  while (waiting->len > 0)
    {
      FermataEdit *edit = g_ptr_array_steal_index_fast (waiting, waiting->len - 1);

      size += sizeof *edit + (edit->path != NULL ? strlen (edit->path) : 0);
      if (edit->value != NULL)
        size += measure_value (edit->value);
      if (edit->indices != NULL)
        size += edit->indices->len * sizeof (gsize);
      for (guint i = 0; edit->edits != NULL && i < edit->edits->len; i++)
        g_ptr_array_add (waiting, g_ptr_array_index (edit->edits, i));
    }
  return size;
}

/* Whether both are of the same member, or of positions in the same graph. */
static gboolean
is_same_place (FermataEdit *a,
               FermataEdit *b)
{
  return strcmp (a->path, b->path) == 0 && g_strcmp0 (a->name, b->name) == 0;
}

/* The same nodes in the same order, as in the course of a drag. */
static gboolean
has_same_names (FermataValue *a,
                FermataValue *b)
{
  gsize length = fermata_value_get_length (a);

  if (fermata_value_get_length (b) != length)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      const FermataKey *key = fermata_value_get_key (a, i);
      const FermataKey *other = fermata_value_get_key (b, i);

      if (key->length != other->length || memcmp (key->text, other->text, key->length) != 0)
        return FALSE;
    }
  return TRUE;
}

/* Whether positions were changed where they stand: none came, none went. */
static gboolean
keeps_all (FermataEdit *edit,
           FermataEdit *inverse)
{
  gsize length = fermata_value_get_length (edit->value);

  for (gsize i = 0; i < length; i++)
    {
      if (fermata_value_is_null (fermata_value_get_element (edit->value, i)) ||
          g_array_index (inverse->indices, gsize, i) == FERMATA_POSITION_NONE)
        return FALSE;
    }
  return TRUE;
}

/* Whether @last, which takes back what was done before, takes back @edit too:
 * if that only changed, where it stands, what @last puts back or removes. */
static gboolean
is_covered (FermataEdit *edit,
            FermataEdit *inverse,
            FermataEdit *last)
{
  if (edit->kind != inverse->kind)
    return FALSE;
  if (edit->kind == FERMATA_EDIT_SET_MEMBER)
    return (last->kind == FERMATA_EDIT_SET_MEMBER || last->kind == FERMATA_EDIT_UNSET_MEMBER) &&
           is_same_place (inverse, last);
  return edit->kind == FERMATA_EDIT_SET_POSITIONS && last->kind == FERMATA_EDIT_SET_POSITIONS &&
         is_same_place (inverse, last) && has_same_names (edit->value, last->value) &&
         keeps_all (edit, inverse);
}

void
fermata_editor_step_add (FermataEditorStep *self,
                         FermataEdit       *edit,
                         FermataEdit       *inverse,
                         guint              first)
{
  guint n = self->inverses->len;

  if (n > first && is_covered (edit, inverse, g_ptr_array_index (self->inverses, n - 1)))
    return;
  g_ptr_array_add (self->inverses, fermata_edit_ref (inverse));
  self->size += measure_edit (inverse);
}

FermataEdit *
fermata_editor_step_dup_edit (FermataEditorStep *self,
                              guint              first)
{
  FermataEdit *group;

  if (self->inverses->len == first + 1)
    return fermata_edit_ref (g_ptr_array_index (self->inverses, first));
  group = fermata_edit_new_group (NULL, 0);
  for (guint i = self->inverses->len; i > first; i--)
    g_ptr_array_add (group->edits, fermata_edit_ref (g_ptr_array_index (self->inverses, i - 1)));
  return group;
}

void
fermata_editor_step_truncate (FermataEditorStep *self,
                              guint              first)
{
  for (guint i = first; i < self->inverses->len; i++)
    self->size -= measure_edit (g_ptr_array_index (self->inverses, i));
  g_ptr_array_set_size (self->inverses, first);
}

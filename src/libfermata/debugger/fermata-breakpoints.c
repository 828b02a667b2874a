/* fermata-breakpoints.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "debugger/fermata-breakpoints-private.h"

#include "debugger/fermata-debugger-error.h"
#include "value/fermata-disk-private.h"
#include "value/fermata-value-builder.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

#define MAX_FILE_SIZE ((gsize) 16 * 1024 * 1024)

static void fermata_breakpoints_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FermataBreakpoints, fermata_breakpoints, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      fermata_breakpoints_list_model_init))

static void
fermata_breakpoints_dispose (GObject *object)
{
  fermata_breakpoints_follow (FERMATA_BREAKPOINTS (object), NULL);

  G_OBJECT_CLASS (fermata_breakpoints_parent_class)->dispose (object);
}

static void
fermata_breakpoints_finalize (GObject *object)
{
  FermataBreakpoints *self = FERMATA_BREAKPOINTS (object);

  g_ptr_array_unref (self->items);

  G_OBJECT_CLASS (fermata_breakpoints_parent_class)->finalize (object);
}

static void
fermata_breakpoints_class_init (FermataBreakpointsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = fermata_breakpoints_dispose;
  object_class->finalize = fermata_breakpoints_finalize;
}

static void
fermata_breakpoints_init (FermataBreakpoints *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * fermata_breakpoints_new:
 *
 * Makes a list without breakpoints.
 *
 * Returns: (transfer full): the list
 */
FermataBreakpoints *
fermata_breakpoints_new (void)
{
  return g_object_new (FERMATA_TYPE_BREAKPOINTS, NULL);
}

/* As a list */

static GType
fermata_breakpoints_get_item_type (GListModel *model)
{
  return FERMATA_TYPE_BREAKPOINT;
}

static guint
fermata_breakpoints_get_n_items (GListModel *model)
{
  return FERMATA_BREAKPOINTS (model)->items->len;
}

static gpointer
fermata_breakpoints_get_item (GListModel *model,
                              guint       position)
{
  FermataBreakpoints *self = FERMATA_BREAKPOINTS (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
fermata_breakpoints_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = fermata_breakpoints_get_item_type;
  iface->get_n_items = fermata_breakpoints_get_n_items;
  iface->get_item = fermata_breakpoints_get_item;
}

void
fermata_breakpoints_insert (FermataBreakpoints *self,
                            guint               position,
                            FermataBreakpoint  *breakpoint)
{
  position = MIN (position, self->items->len);
  g_ptr_array_insert (self->items, (int) position, g_object_ref (breakpoint));
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

void
fermata_breakpoints_take_out (FermataBreakpoints *self,
                              guint               position)
{
  g_ptr_array_remove_index (self->items, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/* Adding and removing */

/**
 * fermata_breakpoints_add:
 * @self: a list of breakpoints
 * @breakpoint: a breakpoint
 *
 * Adds a breakpoint at the end, unless there is one at its place.
 *
 * Returns: %FALSE if there is one already, and nothing was done
 */
gboolean
fermata_breakpoints_add (FermataBreakpoints *self,
                         FermataBreakpoint  *breakpoint)
{
  g_return_val_if_fail (FERMATA_IS_BREAKPOINTS (self), FALSE);
  g_return_val_if_fail (FERMATA_IS_BREAKPOINT (breakpoint), FALSE);

  if (fermata_breakpoints_find (self, fermata_breakpoint_get_kind (breakpoint),
                                fermata_breakpoint_get_place (breakpoint)) != NULL)
    return FALSE;

  fermata_breakpoints_insert (self, self->items->len, breakpoint);
  fermata_breakpoints_note_added (self, breakpoint);

  return TRUE;
}

/**
 * fermata_breakpoints_remove:
 * @self: a list of breakpoints
 * @breakpoint: one of them
 *
 * Removes a breakpoint.
 *
 * Returns: %FALSE if it was not in the list
 */
gboolean
fermata_breakpoints_remove (FermataBreakpoints *self,
                            FermataBreakpoint  *breakpoint)
{
  guint position;

  g_return_val_if_fail (FERMATA_IS_BREAKPOINTS (self), FALSE);
  g_return_val_if_fail (FERMATA_IS_BREAKPOINT (breakpoint), FALSE);

  if (!g_ptr_array_find (self->items, breakpoint, &position))
    return FALSE;

  fermata_breakpoints_note_removed (self, breakpoint);
  fermata_breakpoints_take_out (self, position);

  return TRUE;
}

/**
 * fermata_breakpoints_remove_all:
 * @self: a list of breakpoints
 *
 * Removes all of them.
 */
void
fermata_breakpoints_remove_all (FermataBreakpoints *self)
{
  guint n_items;

  g_return_if_fail (FERMATA_IS_BREAKPOINTS (self));

  n_items = self->items->len;
  fermata_breakpoints_note_all_removed (self);
  g_ptr_array_set_size (self->items, 0);
  if (n_items > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_items, 0);
}

/**
 * fermata_breakpoints_find:
 * @self: a list of breakpoints
 * @kind: %FERMATA_PLACE_KIND_NODE or %FERMATA_PLACE_KIND_EDGE
 * @place: the name of a node or edge
 *
 * Finds the breakpoint of a place.
 *
 * Returns: (transfer none) (nullable): the breakpoint; %NULL if there is none
 */
FermataBreakpoint *
fermata_breakpoints_find (FermataBreakpoints *self,
                          FermataPlaceKind    kind,
                          const char         *place)
{
  g_return_val_if_fail (FERMATA_IS_BREAKPOINTS (self), NULL);
  g_return_val_if_fail (place != NULL, NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      FermataBreakpoint *breakpoint = self->items->pdata[i];

      if (fermata_breakpoint_get_kind (breakpoint) == kind
          && g_str_equal (fermata_breakpoint_get_place (breakpoint), place))
        return breakpoint;
    }

  return NULL;
}

/**
 * fermata_breakpoints_toggle:
 * @self: a list of breakpoints
 * @kind: %FERMATA_PLACE_KIND_NODE or %FERMATA_PLACE_KIND_EDGE
 * @place: the name of a node or edge
 *
 * Removes the breakpoint of a place, or adds one.
 *
 * Returns: (transfer none) (nullable): the one that was added; %NULL if one was
 *   removed
 */
FermataBreakpoint *
fermata_breakpoints_toggle (FermataBreakpoints *self,
                            FermataPlaceKind    kind,
                            const char         *place)
{
  g_autoptr (FermataBreakpoint) added = NULL;
  FermataBreakpoint *found;

  g_return_val_if_fail (FERMATA_IS_BREAKPOINTS (self), NULL);
  g_return_val_if_fail (place != NULL, NULL);

  found = fermata_breakpoints_find (self, kind, place);
  if (found != NULL)
    {
      fermata_breakpoints_remove (self, found);
      return NULL;
    }

  added = fermata_breakpoint_new (kind, place);
  fermata_breakpoints_add (self, added);

  return added;
}

/**
 * fermata_breakpoints_set_all_enabled:
 * @self: a list of breakpoints
 * @enabled: whether they are to hold
 *
 * Switches all of them on or off.
 */
void
fermata_breakpoints_set_all_enabled (FermataBreakpoints *self,
                                     gboolean            enabled)
{
  g_return_if_fail (FERMATA_IS_BREAKPOINTS (self));

  for (guint i = 0; i < self->items->len; i++)
    fermata_breakpoint_set_enabled (self->items->pdata[i], enabled);
}

/* As kept */

/**
 * fermata_breakpoints_to_value:
 * @self: a list of breakpoints
 *
 * Writes them as a value.
 *
 * Returns: (transfer full): an object with `breakpoints`, an array
 */
FermataValue *
fermata_breakpoints_to_value (FermataBreakpoints *self)
{
  g_autoptr (FermataValueBuilder) all = fermata_value_builder_new_array ();
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) array = NULL;

  g_return_val_if_fail (FERMATA_IS_BREAKPOINTS (self), NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      g_autoptr (FermataValue) value = fermata_breakpoint_to_value (self->items->pdata[i]);

      fermata_value_builder_add (all, value);
    }
  array = fermata_value_builder_end (all);
  fermata_value_builder_set (builder, "breakpoints", array);

  return fermata_value_builder_end (builder);
}

static FermataValue *
find_array (FermataValue  *value,
            GError       **error)
{
  FermataValue *array = fermata_value_get_kind (value) != FERMATA_VALUE_KIND_OBJECT
                        ? NULL : fermata_value_get_member (value, "breakpoints");

  if (array != NULL && fermata_value_get_kind (array) == FERMATA_VALUE_KIND_ARRAY)
    return array;

  g_set_error_literal (error, FERMATA_DEBUGGER_ERROR, FERMATA_DEBUGGER_ERROR_INVALID,
                       "A list of breakpoints must be an object with an array “breakpoints”");

  return NULL;
}

/* One a place. */
static GPtrArray *
read_all (FermataValue  *value,
          GError       **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  FermataValue *array = find_array (value, error);

  if (array == NULL)
    return NULL;

  for (gsize i = 0; i < fermata_value_get_length (array); i++)
    {
      g_autoptr (FermataBreakpoint) breakpoint = NULL;

      breakpoint = fermata_breakpoint_new_from_value (fermata_value_get_element (array, i), error);
      if (breakpoint == NULL)
        return NULL;
      if (g_hash_table_add (places, g_strdup_printf ("%u %s", fermata_breakpoint_get_kind (breakpoint),
                                                     fermata_breakpoint_get_place (breakpoint))))
        g_ptr_array_add (all, g_steal_pointer (&breakpoint));
    }

  return g_steal_pointer (&all);
}

/**
 * fermata_breakpoints_read_value:
 * @self: a list of breakpoints
 * @value: what fermata_breakpoints_to_value() wrote
 * @error: return location for a #FermataDebuggerError
 *
 * Takes the breakpoints of @value in place of its own. Of several at one place
 * the first counts.
 *
 * Returns: %FALSE with @error set, and nothing changed, if @value is no list of
 *   breakpoints
 */
gboolean
fermata_breakpoints_read_value (FermataBreakpoints  *self,
                                FermataValue        *value,
                                GError             **error)
{
  g_autoptr (GPtrArray) all = NULL;

  g_return_val_if_fail (FERMATA_IS_BREAKPOINTS (self), FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  all = read_all (value, error);
  if (all == NULL)
    return FALSE;

  fermata_breakpoints_remove_all (self);
  for (guint i = 0; i < all->len; i++)
    {
      g_ptr_array_add (self->items, g_object_ref (all->pdata[i]));
      fermata_breakpoints_note_added (self, all->pdata[i]);
    }
  if (all->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, all->len);

  return TRUE;
}

static const char *
get_path (GFile   *file,
          GError **error)
{
  const char *path = g_file_peek_path (file);

  if (path == NULL)
    {
      g_autofree char *uri = g_file_get_uri (file);

      g_set_error (error, FERMATA_DEBUGGER_ERROR, FERMATA_DEBUGGER_ERROR_INVALID,
                   "%s: not a file on this machine", uri);
    }

  return path;
}

/* The file is the user's own and small: a disk that fails is nothing to branch on. */
static gboolean
claim_error (GError **error)
{
  if (error != NULL && *error != NULL && (*error)->domain == FERMATA_DISK_ERROR)
    {
      gboolean missing = (*error)->code == FERMATA_DISK_ERROR_NOT_FOUND;

      (*error)->domain = G_IO_ERROR;
      (*error)->code = missing ? G_IO_ERROR_NOT_FOUND : G_IO_ERROR_FAILED;
    }

  return FALSE;
}

/**
 * fermata_breakpoints_load:
 * @self: a list of breakpoints
 * @file: a file that fermata_breakpoints_save() wrote
 * @error: return location for a #GIOErrorEnum, #FermataValueError or
 *   #FermataDebuggerError
 *
 * Takes the breakpoints of a file in place of its own.
 *
 * Returns: %FALSE with @error set, and nothing changed, if the file cannot be
 *   read (%G_IO_ERROR_NOT_FOUND if there is none) or has no list of breakpoints
 */
gboolean
fermata_breakpoints_load (FermataBreakpoints  *self,
                          GFile               *file,
                          GError             **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (FermataValue) value = NULL;
  const char *path;
  const char *text;
  gsize length;

  g_return_val_if_fail (FERMATA_IS_BREAKPOINTS (self), FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  path = get_path (file, error);
  if (path == NULL)
    return FALSE;
  bytes = fermata_disk_read (path, path, MAX_FILE_SIZE, NULL, error);
  if (bytes == NULL)
    return claim_error (error);

  text = g_bytes_get_data (bytes, &length);
  value = fermata_value_parse (text != NULL ? text : "", length, error);
  if (value == NULL || !fermata_breakpoints_read_value (self, value, error))
    {
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }

  return TRUE;
}

/**
 * fermata_breakpoints_save:
 * @self: a list of breakpoints
 * @file: where to
 * @error: return location for a #GIOErrorEnum
 *
 * Writes the breakpoints to a file: to a new one, which then takes the place of
 * the old. Its folder must be there.
 *
 * Returns: %FALSE with @error set, and the old file as it was, if that failed
 */
gboolean
fermata_breakpoints_save (FermataBreakpoints  *self,
                          GFile               *file,
                          GError             **error)
{
  g_autoptr (FermataValue) value = NULL;
  g_autofree char *text = NULL;
  FermataReplacement replacement;
  const char *path;
  gsize length;

  g_return_val_if_fail (FERMATA_IS_BREAKPOINTS (self), FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  path = get_path (file, error);
  if (path == NULL)
    return FALSE;

  value = fermata_breakpoints_to_value (self);
  text = fermata_value_to_string (value, FERMATA_WRITE_PRETTY, &length);
  if (!fermata_replacement_open (&replacement, path, error))
    return claim_error (error);
  if (!fermata_replacement_write (&replacement, text, length, NULL, error))
    {
      fermata_replacement_discard (&replacement);
      return claim_error (error);
    }

  return fermata_replacement_commit (&replacement, error) || claim_error (error);
}

/* fermata-js-copies.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "expression/fermata-js-copies-private.h"

#include "expression/fermata-js-json-private.h"

#define MAX_COPIES 1024
#define MAX_SIZE ((gsize) 32 * 1024 * 1024)

typedef struct {
  FermataValue *value;
  JSCValue *copy;
  gsize size;        /* of its text: what it takes is a multiple */
  guint id;
  GList link;
} Copy;

struct _FermataJsCopies {
  FermataJsRuntime *runtime;   /* which owns this */
  GHashTable *by_value;
  GHashTable *by_id;
  GQueue used;                 /* the last one first */
  gsize size;
  guint last_id;
};

FermataJsCopies *
fermata_js_copies_new (FermataJsRuntime *runtime)
{
  FermataJsCopies *self = g_new0 (FermataJsCopies, 1);

  self->runtime = runtime;
  self->by_value = g_hash_table_new (NULL, NULL);
  self->by_id = g_hash_table_new (NULL, NULL);
  g_queue_init (&self->used);

  return self;
}

static void
drop (FermataJsCopies *self,
      Copy            *copy)
{
  g_hash_table_remove (self->by_value, copy->value);
  g_hash_table_remove (self->by_id, GUINT_TO_POINTER (copy->id));
  g_queue_unlink (&self->used, &copy->link);
  self->size -= copy->size;

  fermata_value_unref (copy->value);
  g_object_unref (copy->copy);
  g_free (copy);
}

void
fermata_js_copies_free (FermataJsCopies *self)
{
  while (!g_queue_is_empty (&self->used))
    drop (self, g_queue_peek_tail (&self->used));

  g_hash_table_unref (self->by_value);
  g_hash_table_unref (self->by_id);
  g_free (self);
}

static gboolean
freeze (FermataJsCopies  *self,
        JSCValue         *copy,
        guint             id,
        gboolean          tagged,
        GError          **error)
{
  g_autoptr (JSCValue) number = jsc_value_new_number (fermata_js_runtime_get_context (self->runtime), id);
  g_autoptr (JSCValue) boolean = fermata_js_runtime_get_boolean (self->runtime, tagged);
  JSCValue *arguments[] = { copy, number, boolean };
  g_autoptr (JSCValue) begun =
    fermata_js_runtime_call_tool (self->runtime, FERMATA_JS_TOOL_BEGIN_FREEZE, 3, arguments, error);
  gboolean more = begun != NULL;

  while (more)
    {
      g_autoptr (JSCValue) result =
        fermata_js_runtime_call_tool (self->runtime, FERMATA_JS_TOOL_FREEZE_MORE, 0, NULL, error);

      if (result == NULL)
        return FALSE;
      more = jsc_value_to_boolean (result);
    }

  return begun != NULL;
}

static JSCValue *
copy_container (FermataJsCopies  *self,
                FermataValue     *value,
                guint             id,
                gsize            *size,
                GError          **error)
{
  JSCContext *context = fermata_js_runtime_get_context (self->runtime);
  gboolean tagged;
  g_autofree char *text = fermata_js_json_write (value, size, &tagged);
  g_autoptr (JSCValue) copy = jsc_value_new_from_json (context, text);

  if (copy == NULL || !jsc_value_is_object (copy))
    {
      jsc_context_clear_exception (context);
      g_set_error (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_LIMIT,
                   "a value is too large or too deep for JavaScript");
      return NULL;
    }

  return freeze (self, copy, id, tagged, error) ? g_steal_pointer (&copy) : NULL;
}

static JSCValue *
copy_text (FermataJsCopies *self,
           FermataValue    *value,
           gsize           *size)
{
  const char *text = fermata_value_get_string (value, size);
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, *size);

  return jsc_value_new_string_from_bytes (fermata_js_runtime_get_context (self->runtime), bytes);
}

static Copy *
add (FermataJsCopies *self,
     FermataValue    *value,
     JSCValue        *js_value,
     gsize            size)
{
  Copy *copy = g_new0 (Copy, 1);

  copy->value = fermata_value_ref (value);
  copy->copy = js_value;
  copy->size = size;
  copy->id = self->last_id;
  copy->link.data = copy;
  g_hash_table_insert (self->by_value, value, copy);
  g_hash_table_insert (self->by_id, GUINT_TO_POINTER (copy->id), copy);
  g_queue_push_head_link (&self->used, &copy->link);
  self->size += size;

  /* Whatever its size, the newest stays */
  while (self->used.length > 1 && (self->used.length > MAX_COPIES || self->size > MAX_SIZE))
    drop (self, g_queue_peek_tail (&self->used));

  return copy;
}

static Copy *
make (FermataJsCopies  *self,
      FermataValue     *value,
      GError          **error)
{
  JSCValue *copy;
  gsize size;

  self->last_id++;
  if (fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING)
    copy = copy_text (self, value, &size);
  else
    copy = copy_container (self, value, self->last_id, &size, error);

  return copy != NULL ? add (self, value, copy, size) : NULL;
}

JSCValue *
fermata_js_copies_get (FermataJsCopies  *self,
                       FermataValue     *value,
                       GError          **error)
{
  Copy *copy = g_hash_table_lookup (self->by_value, value);

  if (copy == NULL)
    copy = make (self, value, error);
  else if (&copy->link != self->used.head)
    {
      g_queue_unlink (&self->used, &copy->link);
      g_queue_push_head_link (&self->used, &copy->link);
    }

  return copy != NULL ? g_object_ref (copy->copy) : NULL;
}

FermataValue *
fermata_js_copies_find (FermataJsCopies *self,
                        guint            id)
{
  Copy *copy = g_hash_table_lookup (self->by_id, GUINT_TO_POINTER (id));

  return copy != NULL ? copy->value : NULL;
}

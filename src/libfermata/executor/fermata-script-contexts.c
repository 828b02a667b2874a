/* fermata-script-contexts.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "executor/fermata-script-contexts-private.h"

#define MAX_CONTEXTS 64

typedef struct {
  char *name;
  guint32 number;
  FermataValue *code;
  char *parameters;
  GList link;
} Context;

struct _FermataScriptContexts {
  GHashTable *by_name;
  GQueue used; /* the last one first */
  guint32 last_number;
  FermataScriptContextsFunc forgotten;
  gpointer user_data;
};

static void
context_free (gpointer data)
{
  Context *context = data;

  fermata_value_unref (context->code);
  g_free (context->parameters);
  g_free (context->name);
  g_free (context);
}

FermataScriptContexts *
fermata_script_contexts_new (FermataScriptContextsFunc forgotten,
                             gpointer                  user_data)
{
  FermataScriptContexts *self = g_new0 (FermataScriptContexts, 1);

  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, context_free);
  self->forgotten = forgotten;
  self->user_data = user_data;

  return self;
}

void
fermata_script_contexts_free (FermataScriptContexts *self)
{
  g_hash_table_unref (self->by_name);
  g_free (self);
}

gboolean
fermata_script_contexts_has (FermataScriptContexts *self,
                             const char            *name)
{
  return g_hash_table_contains (self->by_name, name);
}

static void
forget (FermataScriptContexts *self,
        Context               *context)
{
  self->forgotten (context->number, self->user_data);
  g_queue_unlink (&self->used, &context->link);
  g_hash_table_remove (self->by_name, context->name);
}

static Context *
add (FermataScriptContexts *self,
     const char            *name)
{
  Context *context = g_new0 (Context, 1);

  context->name = g_strdup (name);
  context->number = ++self->last_number;
  context->link.data = context;
  g_hash_table_insert (self->by_name, context->name, context);
  g_queue_push_head_link (&self->used, &context->link);
  if (self->used.length > MAX_CONTEXTS)
    forget (self, g_queue_peek_tail (&self->used));

  return context;
}

static gboolean
is_same_code (Context      *context,
              FermataValue *code,
              const char   *parameters)
{
  return context->code != NULL
         && (context->code == code || fermata_value_equal (context->code, code))
         && g_str_equal (context->parameters, parameters);
}

guint32
fermata_script_contexts_use (FermataScriptContexts *self,
                             const char            *name,
                             FermataValue          *code,
                             const char            *parameters,
                             gboolean              *is_new)
{
  Context *context = g_hash_table_lookup (self->by_name, name);

  if (context == NULL)
    context = add (self, name);
  else if (&context->link != self->used.head)
    {
      g_queue_unlink (&self->used, &context->link);
      g_queue_push_head_link (&self->used, &context->link);
    }

  *is_new = !is_same_code (context, code, parameters);
  if (*is_new)
    {
      g_clear_pointer (&context->code, fermata_value_unref);
      g_free (context->parameters);
      context->code = fermata_value_ref (code);
      context->parameters = g_strdup (parameters);
    }

  return context->number;
}

void
fermata_script_contexts_forget (FermataScriptContexts *self,
                                const char            *prefix)
{
  GList *next;

  for (GList *l = self->used.head; l != NULL; l = next)
    {
      Context *context = l->data;

      next = l->next;
      if (g_str_has_prefix (context->name, prefix))
        forget (self, context);
    }
}

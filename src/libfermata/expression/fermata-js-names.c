/* fermata-js-names.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "expression/fermata-js-names-private.h"

typedef struct {
  char *text;
  gsize end;
} Step;

typedef struct {
  guint name;
  guint scope;
} Declaration;

typedef struct {
  FermataJsScopeKind kind;
  guint first_reference;
  guint first_declaration;
} Scope;

struct _FermataJsNames {
  GHashTable *ids;         /* name (owned by names) -> id */
  GPtrArray *names;
  GArray *stamps;          /* of a name: the last scope that declared it */
  GArray *references;
  GArray *steps;
  GArray *scopes;
  GArray *declarations;    /* of the open scopes, in order of their making */
  guint stamp;
};

static void
clear_step (gpointer data)
{
  g_free (((Step *) data)->text);
}

FermataJsNames *
fermata_js_names_new (void)
{
  FermataJsNames *self = g_new0 (FermataJsNames, 1);

  self->ids = g_hash_table_new (g_str_hash, g_str_equal);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->stamps = g_array_new (FALSE, TRUE, sizeof (guint));
  self->references = g_array_new (FALSE, FALSE, sizeof (FermataJsReference));
  self->steps = g_array_new (FALSE, FALSE, sizeof (Step));
  g_array_set_clear_func (self->steps, clear_step);
  self->scopes = g_array_new (FALSE, FALSE, sizeof (Scope));
  self->declarations = g_array_new (FALSE, FALSE, sizeof (Declaration));

  return self;
}

void
fermata_js_names_free (FermataJsNames *self)
{
  g_hash_table_unref (self->ids);
  g_ptr_array_unref (self->names);
  g_array_unref (self->stamps);
  g_array_unref (self->references);
  g_array_unref (self->steps);
  g_array_unref (self->scopes);
  g_array_unref (self->declarations);
  g_free (self);
}

static guint *
stamp_of (FermataJsNames *self,
          guint           name)
{
  return &g_array_index (self->stamps, guint, name);
}

/* Takes @name. */
static guint
name_to_id (FermataJsNames *self,
            char           *name)
{
  gpointer id;
  const guint never = 0;

  if (g_hash_table_lookup_extended (self->ids, name, NULL, &id))
    {
      g_free (name);
      return GPOINTER_TO_UINT (id);
    }

  g_hash_table_insert (self->ids, name, GUINT_TO_POINTER (self->names->len));
  g_ptr_array_add (self->names, name);
  g_array_append_val (self->stamps, never);

  return self->names->len - 1;
}

guint
fermata_js_names_get_mark (FermataJsNames *self)
{
  return self->references->len;
}

/* Takes @name. What it returns is good until the next use. */
FermataJsReference *
fermata_js_names_use (FermataJsNames *self,
                      char           *name,
                      gsize           start,
                      gsize           end)
{
  FermataJsReference reference = {
    .name = name_to_id (self, name),
    .first_step = self->steps->len,
    .start = start,
    .name_end = end,
    .end = end,
  };

  g_array_append_val (self->references, reference);
  return &g_array_index (self->references, FermataJsReference, self->references->len - 1);
}

/* To the last reference. Takes @step. */
void
fermata_js_names_add_step (FermataJsNames *self,
                           char           *text,
                           gsize           end)
{
  Step step = { text, end };

  FermataJsReference *reference = fermata_js_names_get (self, self->references->len - 1);

  g_array_append_val (self->steps, step);
  reference->n_steps++;
  reference->end = end;
}

void
fermata_js_names_drop_step (FermataJsNames *self,
                            guint           index)
{
  FermataJsReference *reference = fermata_js_names_get (self, index);

  if (reference->n_steps == 0)
    return;

  reference->n_steps--;
  reference->end = reference->n_steps == 0
    ? reference->name_end
    : fermata_js_names_get_step_end (self, reference, reference->n_steps - 1);
}

void
fermata_js_names_open_scope (FermataJsNames     *self,
                             FermataJsScopeKind  kind,
                             guint               mark)
{
  Scope scope = { kind, mark, self->declarations->len };

  g_array_append_val (self->scopes, scope);
}

/* Stamps what the innermost scope declared, and forgets it; what a `var` in it
 * declared for an outer scope stays. */
static void
take_declarations (FermataJsNames *self,
                   guint           first)
{
  guint scope = self->scopes->len - 1;
  guint kept = first;

  self->stamp++;
  for (guint i = first; i < self->declarations->len; i++)
    {
      Declaration declaration = g_array_index (self->declarations, Declaration, i);

      if (declaration.scope == scope)
        *stamp_of (self, declaration.name) = self->stamp;
      else
        g_array_index (self->declarations, Declaration, kept++) = declaration;
    }
  g_array_set_size (self->declarations, kept);
}

void
fermata_js_names_close_scope (FermataJsNames *self)
{
  Scope scope = g_array_index (self->scopes, Scope, self->scopes->len - 1);
  guint kept = scope.first_reference;

  take_declarations (self, scope.first_declaration);
  for (guint i = kept; i < self->references->len; i++)
    {
      FermataJsReference *reference = fermata_js_names_get (self, i);

      if (*stamp_of (self, reference->name) != self->stamp)
        g_array_index (self->references, FermataJsReference, kept++) = *reference;
    }
  g_array_set_size (self->references, kept);
  g_array_set_size (self->scopes, self->scopes->len - 1);
}

/* Whether a function that is no arrow is around, which has a `this`. The
 * outermost scope does not count. */
gboolean
fermata_js_names_is_in_function (FermataJsNames *self)
{
  for (guint i = 1; i < self->scopes->len; i++)
    if (g_array_index (self->scopes, Scope, i).kind == FERMATA_JS_SCOPE_FUNCTION)
      return TRUE;

  return FALSE;
}

static void
declare_in (FermataJsNames *self,
            guint           name,
            gboolean        hoist)
{
  Declaration declaration = { name, self->scopes->len - 1 };

  while (hoist && declaration.scope > 0 &&
         g_array_index (self->scopes, Scope, declaration.scope).kind == FERMATA_JS_SCOPE_BLOCK)
    declaration.scope--;

  /* Until its scope closes, enough to know that it is declared somewhere */
  if (*stamp_of (self, name) == 0)
    *stamp_of (self, name) = G_MAXUINT;
  g_array_append_val (self->declarations, declaration);
}

/* In the innermost scope. Takes @name. */
void
fermata_js_names_declare (FermataJsNames *self,
                          char           *name)
{
  declare_in (self, name_to_id (self, name), FALSE);
}

void
fermata_js_names_declare_patterns (FermataJsNames *self,
                                   guint           mark,
                                   gboolean        hoist)
{
  guint kept = mark;

  for (guint i = mark; i < self->references->len; i++)
    {
      FermataJsReference *reference = fermata_js_names_get (self, i);

      if ((reference->flags & FERMATA_JS_REFERENCE_PATTERN) && reference->n_steps == 0)
        declare_in (self, reference->name, hoist);
      else
        g_array_index (self->references, FermataJsReference, kept++) = *reference;
    }
  g_array_set_size (self->references, kept);
}

void
fermata_js_names_assign_patterns (FermataJsNames *self,
                                  guint           mark)
{
  for (guint i = mark; i < self->references->len; i++)
    {
      FermataJsReference *reference = fermata_js_names_get (self, i);

      if (!(reference->flags & FERMATA_JS_REFERENCE_PATTERN))
        continue;
      if (reference->n_steps > 0)
        fermata_js_names_drop_step (self, i);
      else
        reference->flags |= FERMATA_JS_REFERENCE_ASSIGNED;
    }
}

void
fermata_js_names_clear_patterns (FermataJsNames *self,
                                 guint           mark)
{
  for (guint i = mark; i < self->references->len; i++)
    fermata_js_names_get (self, i)->flags &= ~FERMATA_JS_REFERENCE_PATTERN;
}

guint
fermata_js_names_get_n (FermataJsNames *self)
{
  return self->references->len;
}

FermataJsReference *
fermata_js_names_get (FermataJsNames *self,
                      guint           index)
{
  return &g_array_index (self->references, FermataJsReference, index);
}

const char *
fermata_js_names_get_name (FermataJsNames           *self,
                           const FermataJsReference *reference)
{
  return g_ptr_array_index (self->names, reference->name);
}

const char *
fermata_js_names_get_step (FermataJsNames           *self,
                           const FermataJsReference *reference,
                           guint                     step)
{
  return g_array_index (self->steps, Step, reference->first_step + step).text;
}

gsize
fermata_js_names_get_step_end (FermataJsNames           *self,
                               const FermataJsReference *reference,
                               guint                     step)
{
  return g_array_index (self->steps, Step, reference->first_step + step).end;
}

gboolean
fermata_js_names_is_declared (FermataJsNames           *self,
                              const FermataJsReference *reference)
{
  return *stamp_of (self, reference->name) != 0;
}

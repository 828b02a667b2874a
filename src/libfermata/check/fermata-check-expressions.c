/* fermata-check-expressions.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-rules-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "expression/fermata-template.h"

/*
 * What was compiled last, by its text: the same conditions and templates come
 * again and again, and one that is no plain path costs a parse by JavaScript.
 * The slots are as many as they are, so a document cannot make them grow.
 */
#define N_SLOTS 512

typedef struct {
  FermataValue *text; /* NULL: free */
  gboolean is_template;
  FermataExpression *expression;
  FermataTemplate *template;
} Slot;

struct _FermataCheckCache {
  Slot slots[N_SLOTS];
};

static void
slot_clear (Slot *slot)
{
  g_clear_pointer (&slot->text, fermata_value_unref);
  g_clear_pointer (&slot->expression, fermata_expression_unref);
  g_clear_pointer (&slot->template, fermata_template_unref);
}

void
fermata_check_cache_free (FermataCheckCache *cache)
{
  for (guint i = 0; i < N_SLOTS; i++)
    slot_clear (&cache->slots[i]);

  g_free (cache);
}

/* The slot that @text may be in. */
static Slot *
find_slot (FermataCheck *self,
           FermataValue *text,
           gboolean      is_template)
{
  if (self->cache == NULL)
    self->cache = g_new0 (FermataCheckCache, 1);

  return &self->cache->slots[(fermata_value_hash (text) + is_template) % N_SLOTS];
}

static gboolean
slot_has (Slot         *slot,
          FermataValue *text,
          gboolean      is_template)
{
  return slot->text != NULL && slot->is_template == is_template &&
         fermata_value_equal (slot->text, text);
}

static void
slot_fill (Slot         *slot,
           FermataValue *text,
           gboolean      is_template)
{
  slot_clear (slot);
  slot->text = fermata_value_ref (text);
  slot->is_template = is_template;
}

static void
report_error (FermataCheck *self,
              GError       *error,
              gsize         offset)
{
  const char *code = "bad-expression";

  if (g_error_matches (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_REGEXP))
    code = "no-regexp";
  else if (g_error_matches (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_TEMPLATE))
    code = "bad-template";

  fermata_check_report (self, FERMATA_SEVERITY_ERROR, code, "%s", error->message);
  fermata_check_point_at_byte (self, offset);
}

/* What @text says, NULL after saying what is wrong with it. */
static FermataExpression *
compile_expression (FermataCheck *self,
                    FermataValue *text)
{
  Slot *slot = find_slot (self, text, FALSE);
  g_autoptr(FermataExpression) expression = NULL;
  g_autoptr(GError) error = NULL;
  gsize offset = 0;

  if (slot_has (slot, text, FALSE))
    return slot->expression;

  expression = fermata_expression_compile_value (self->evaluator, text, &offset, &error);

  if (expression == NULL)
    {
      report_error (self, error, offset);
      return NULL;
    }

  slot_fill (slot, text, FALSE);
  slot->expression = g_steal_pointer (&expression);

  return slot->expression;
}

static FermataTemplate *
compile_template (FermataCheck *self,
                  FermataValue *text)
{
  Slot *slot = find_slot (self, text, TRUE);
  g_autoptr(FermataTemplate) template = NULL;
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;
  gsize offset = 0;

  if (slot_has (slot, text, TRUE))
    return slot->template;

  template = fermata_template_compile (self->evaluator, text, &path, &offset, &error);

  if (template == NULL)
    {
      report_error (self, error, offset);
      return NULL;
    }

  slot_fill (slot, text, TRUE);
  slot->template = g_steal_pointer (&template);

  return slot->template;
}

/* All free names of an expression that begins at byte @offset of the text. */
static void
check_names (FermataCheck      *self,
             FermataExpression *expression,
             gsize              offset,
             guint16            names)
{
  guint n_uses;
  const FermataNameUse *uses = fermata_expression_get_names (expression, &n_uses);

  fermata_check_uses (self, uses, n_uses, offset, names);
}

/* A literal that is written as an expression ("3") has a type. */
static void
check_constant (FermataCheck             *self,
                const FermataThingMember *member,
                FermataValue             *constant)
{
  if (member != NULL && constant != NULL)
    fermata_check_value (self, member, constant);
}

/* A text in a member of form expression. @member may be NULL: any type. */
void
fermata_check_expression (FermataCheck             *self,
                          FermataValue             *string,
                          const FermataThingMember *member,
                          guint16                   names)
{
  FermataExpression *expression;

  if (fermata_check_plain_expression (self, string, names))
    return;

  expression = compile_expression (self, string);
  if (expression == NULL)
    return;

  check_names (self, expression, 0, names);
  check_constant (self, member, fermata_expression_get_constant (expression));
}

typedef struct {
  FermataCheck *check;
  guint16 names;
} NamesInTemplate;

static void
check_names_in_template (FermataExpression *expression,
                         const char        *path,
                         gsize              offset,
                         gpointer           user_data)
{
  NamesInTemplate *closure = user_data;

  check_names (closure->check, expression, offset, closure->names);
}

/* Text with something computed in it is text, and nothing else. */
static void
check_mixed (FermataCheck             *self,
             const FermataThingMember *member,
             FermataValue             *string)
{
  FermataMemberTypes texts = FERMATA_TYPES (STRING) | FERMATA_TYPES (DURATION) | FERMATA_TYPES (CHOICE);
  const char *text = fermata_value_get_string (string, NULL);
  g_autofree char *types = NULL;

  if (member->types == 0 || (member->types & (texts | FERMATA_TYPES (STRINGS))) != 0 ||
      g_str_has_prefix (text, "{{") || g_str_has_suffix (text, "}}"))
    return;

  types = fermata_check_dup_types (member->types);
  fermata_check_report (self, FERMATA_SEVERITY_ERROR, "ill-typed",
                        _("expected %s, found a text with a template in it"), types);
  fermata_check_add_hint (self, _("a text that is one template and nothing else keeps the type of its value"));
}

/* A text that has "{{" in it, in a member of form template. */
void
fermata_check_template (FermataCheck             *self,
                        FermataValue             *string,
                        const FermataThingMember *member,
                        guint16                   names)
{
  NamesInTemplate closure = { self, names };
  FermataTemplate *template;
  FermataValue *constant;

  if (fermata_check_plain_template (self, string, names))
    {
      check_mixed (self, member, string);
      return;
    }

  template = compile_template (self, string);
  if (template == NULL)
    return;

  fermata_template_foreach (template, check_names_in_template, &closure);

  constant = fermata_template_get_constant (template);
  if (constant != NULL)
    check_constant (self, member, constant);
  else
    check_mixed (self, member, string);
}

/* A text in a member of form code. */
void
fermata_check_code (FermataCheck *self,
                    FermataValue *string)
{
  g_autoptr(GError) error = NULL;
  gsize length;
  const char *text = fermata_value_get_string (string, &length);
  gsize offset = 0;

  if (fermata_evaluator_check_code (self->evaluator, text, (gssize) length, &offset, &error))
    return;

  fermata_check_report (self, FERMATA_SEVERITY_ERROR, "bad-code", "%s", error->message);
  fermata_check_point_at_byte (self, offset);
}

gboolean
fermata_check_has_braces (FermataValue *string)
{
  gsize length;
  const char *text = fermata_value_get_string (string, &length);

  return memmem (text, length, "{{", 2) != NULL;
}

/* fermata-scxml-writer-actions.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-scxml-writer-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* Executable content. */

typedef struct {
  const char *attribute;
  const char *member;
} Attribute;

#define STRING (1u << FERMATA_VALUE_KIND_STRING)
#define OBJECT (1u << FERMATA_VALUE_KIND_OBJECT)
#define ARRAY (1u << FERMATA_VALUE_KIND_ARRAY)

#define KNOWN(...) ((const char *const[]) { __VA_ARGS__, "x-scxml", NULL })

static void
put_attributes (FermataScxmlWriter     *self,
                FermataValue           *object,
                const Attribute        *attributes,
                const FermataScxmlStep *step)
{
  for (; attributes->attribute != NULL; attributes++)
    fermata_scxml_put_member (self, attributes->attribute, object, attributes->member, step);
}

/* Members of what a verb has that nobody knows. */
static void
put_others (FermataScxmlWriter     *self,
            FermataValue           *object,
            const Attribute        *attributes,
            const FermataScxmlStep *step)
{
  static const char *const inner[] = { "params", "content", "content-expr", "x-scxml" };
  const char *known[24];
  guint n = 0;

  for (; attributes->attribute != NULL; attributes++)
    known[n++] = attributes->member;
  for (guint i = 0; i < G_N_ELEMENTS (inner); i++)
    known[n++] = inner[i];
  known[n] = NULL;
  fermata_scxml_put_rest (self, object, known, step);
}

void
fermata_scxml_put_refused (FermataScxmlWriter     *self,
                           FermataValue           *action,
                           const char             *why,
                           const FermataScxmlStep *step)
{
  fermata_scxml_writer_report (self, FERMATA_SEVERITY_WARNING, step, NULL,
                               _("the action cannot be written as SCXML: %s"), why);
  fermata_scxml_put_own (self, "action", action);
}

/* What is sent or given */

void
fermata_scxml_write_params (FermataScxmlWriter     *self,
                            FermataValue           *object,
                            const FermataScxmlStep *step)
{
  static const Attribute attributes[] = {
    { "name", "name" }, { "expr", "expr" }, { "location", "location" }, { NULL, NULL }
  };
  FermataValue *params = fermata_value_get_member (object, "params");
  gboolean is_array = fermata_scxml_is_kind (params, FERMATA_VALUE_KIND_ARRAY);
  gsize n = params == NULL ? 0 : is_array ? fermata_value_get_length (params) : 1;

  step = fermata_scxml_writer_step (self, step, "params");
  for (gsize i = 0; i < n; i++)
    {
      FermataValue *param = is_array ? fermata_value_get_element (params, i) : params;
      FermataValue *kept = fermata_scxml_get_kept (param);
      const FermataScxmlStep *at = is_array ? fermata_scxml_writer_step_to (self, step, i) : step;

      if (!fermata_scxml_is_kind (param, FERMATA_VALUE_KIND_OBJECT))
        continue;
      fermata_scxml_put_raw (self, kept, "before", at);
      fermata_scxml_put_start (self, "param");
      put_attributes (self, param, attributes, at);
      fermata_scxml_put_rest (self, param, KNOWN ("name", "expr", "location"), at);
      fermata_scxml_put_kept (self, kept, at);
      fermata_scxml_put_open (self, "param", kept, at);
      fermata_scxml_put_close (self);
    }
}

/* @kept: of what it is in. */
void
fermata_scxml_write_content (FermataScxmlWriter     *self,
                             FermataValue           *object,
                             FermataValue           *kept,
                             const FermataScxmlStep *step)
{
  const char *content = fermata_scxml_get_text (object, "content");

  kept = fermata_scxml_get_part (kept, "content");
  if (content == NULL && fermata_scxml_get_text (object, "content-expr") == NULL)
    return;

  fermata_scxml_put_raw (self, kept, "before", step);
  fermata_scxml_put_start (self, "content");
  fermata_scxml_put_member (self, "expr", object, "content-expr", step);
  fermata_scxml_put_kept (self, kept, step);
  fermata_scxml_put_content (self, "content", content, kept, step);
}

/* Verbs */

/* <raise>, <log>, <cancel>: a tag with attributes. A text is the value of the first. */
static void
write_plain (FermataScxmlWriter     *self,
             FermataValue           *action,
             const char             *verb,
             const Attribute        *attributes,
             const FermataScxmlStep *step)
{
  FermataValue *value = fermata_value_get_member (action, verb);
  FermataValue *kept = fermata_scxml_get_kept (action);

  fermata_scxml_put_start (self, verb);
  if (fermata_scxml_is_kind (value, FERMATA_VALUE_KIND_STRING))
    fermata_scxml_put_member (self, attributes->attribute, action, verb, step);
  else
    {
      put_attributes (self, value, attributes, step);
      put_others (self, value, attributes, step);
    }
  fermata_scxml_put_rest (self, action, KNOWN (verb), step);
  fermata_scxml_put_kept (self, kept, step);
  fermata_scxml_put_open (self, verb, kept, step);
}

static void
write_raise (FermataScxmlWriter     *self,
             FermataValue           *action,
             const FermataScxmlStep *step)
{
  static const Attribute attributes[] = { { "event", "event" }, { NULL, NULL } };

  write_plain (self, action, "raise", attributes, step);
  fermata_scxml_put_close (self);
}

static void
write_cancel (FermataScxmlWriter     *self,
              FermataValue           *action,
              const FermataScxmlStep *step)
{
  static const Attribute attributes[] = { { "sendid", "id" }, { "sendidexpr", "id-expr" }, { NULL, NULL } };

  write_plain (self, action, "cancel", attributes, step);
  fermata_scxml_put_close (self);
}

static void
write_log (FermataScxmlWriter     *self,
           FermataValue           *action,
           const FermataScxmlStep *step)
{
  static const Attribute attributes[] = { { "label", "label" }, { "expr", "expr" }, { NULL, NULL } };

  write_plain (self, action, "log", attributes, step);
  fermata_scxml_put_close (self);
}

static void
write_send (FermataScxmlWriter     *self,
            FermataValue           *action,
            const FermataScxmlStep *step)
{
  static const Attribute attributes[] = {
    { "event", "event" }, { "eventexpr", "event-expr" }, { "target", "to" }, { "targetexpr", "to-expr" },
    { "type", "type" }, { "typeexpr", "type-expr" }, { "id", "id" }, { "idlocation", "id-location" },
    { "delay", "delay" }, { "delayexpr", "delay-expr" }, { "namelist", "name-list" }, { NULL, NULL }
  };
  FermataValue *send = fermata_value_get_member (action, "send");

  write_plain (self, action, "send", attributes, step);
  if (fermata_scxml_is_kind (send, FERMATA_VALUE_KIND_OBJECT))
    {
      step = fermata_scxml_writer_step (self, step, "send");
      fermata_scxml_write_params (self, send, step);
      fermata_scxml_write_content (self, send, fermata_scxml_get_kept (action), step);
    }
  fermata_scxml_put_close (self);
}

static void
write_script (FermataScxmlWriter     *self,
              FermataValue           *action,
              const FermataScxmlStep *step)
{
  FermataValue *script = fermata_value_get_member (action, "script");
  FermataValue *kept = fermata_scxml_get_kept (action);
  const char *code = fermata_scxml_get_text (action, "script");

  fermata_scxml_put_start (self, "script");
  fermata_scxml_put_member (self, "src", script, "src", step);
  fermata_scxml_put_rest (self, action, KNOWN ("script"), step);
  fermata_scxml_put_kept (self, kept, step);
  fermata_scxml_put_text (self, "script", code != NULL && *code != '\0' ? code : NULL, kept, step);
}

/* A location with its value; what is kept of the action is that of the first. */
static void
put_assign (FermataScxmlWriter     *self,
            FermataValue           *action,
            const char             *location,
            FermataValue           *value,
            const char             *content,
            const FermataScxmlStep *step)
{
  FermataValue *kept = fermata_scxml_get_kept (action);

  fermata_scxml_put_start (self, "assign");
  fermata_scxml_put_attribute (self, "location", location);
  if (fermata_scxml_is_kind (value, FERMATA_VALUE_KIND_STRING))
    fermata_scxml_put_attribute (self, "expr", fermata_value_get_string (value, NULL));
  if (action != NULL)
    {
      fermata_scxml_put_rest (self, action, KNOWN ("assign"), step);
      fermata_scxml_put_kept (self, kept, step);
    }
  fermata_scxml_put_content (self, "assign", content, kept, step);
}

/* [ { "location": "expression" } ]; @action: NULL where they are an edge's. */
static void
put_assigns (FermataScxmlWriter     *self,
             FermataValue           *action,
             FermataValue           *list,
             const FermataScxmlStep *step)
{
  for (gsize i = 0; i < fermata_value_get_length (list); i++)
    {
      FermataValue *targets = fermata_value_get_element (list, i);

      for (gsize j = 0; fermata_scxml_is_kind (targets, FERMATA_VALUE_KIND_OBJECT) && j < fermata_value_get_length (targets);
           j++)
        {
          put_assign (self, action, fermata_value_get_member_name (targets, j), fermata_value_get_element (targets, j), NULL,
                      step);
          action = NULL;
        }
    }
}

static void
write_assign (FermataScxmlWriter     *self,
              FermataValue           *action,
              const FermataScxmlStep *step)
{
  FermataValue *assign = fermata_value_get_member (action, "assign");
  const char *location = fermata_scxml_get_text (assign, "location");

  if (fermata_scxml_is_kind (assign, FERMATA_VALUE_KIND_ARRAY))
    put_assigns (self, action, assign, step);
  else
    put_assign (self, action, location == NULL ? "" : location, fermata_value_get_member (assign, "expr"),
                fermata_scxml_get_text (assign, "content"), step);
}

/* What an edge assigns before its other actions. */
void
fermata_scxml_write_assigns (FermataScxmlWriter     *self,
                             FermataValue           *object,
                             const FermataScxmlStep *step)
{
  FermataValue *assign = fermata_value_get_member (object, "assign");
  const char *name = "assign";
  g_autoptr (FermataValue) action = NULL;

  step = fermata_scxml_writer_step (self, step, "assign");
  if (!self->sheet->is_own && fermata_scxml_is_kind (assign, FERMATA_VALUE_KIND_ARRAY))
    {
      put_assigns (self, NULL, assign, step);
      return;
    }
  action = fermata_value_new_object (&name, &assign, 1);
  fermata_scxml_put_refused (self, action, _("it names variables as SCXML has none"), step);
}

static const char *const if_members[] = { "if", "then", "else", "x-scxml", NULL };

static void
write_if (FermataScxmlWriter     *self,
          FermataValue           *action,
          const FermataScxmlStep *step)
{
  FermataValue *kept = fermata_scxml_get_kept (action);
  FermataValue *then = fermata_value_get_member (action, "then");

  fermata_scxml_put_start (self, "if");
  fermata_scxml_put_member (self, "cond", action, "if", step);
  fermata_scxml_put_rest (self, action, if_members, step);
  fermata_scxml_put_kept (self, kept, step);
  fermata_scxml_put_open (self, "if", kept, step);
  fermata_scxml_writer_push (self, FERMATA_SCXML_TODO_ELSE, action, step);
  if (then != NULL)
    fermata_scxml_writer_push (self, FERMATA_SCXML_TODO_ACTIONS, then, fermata_scxml_writer_step (self, step, "then"));
}

/* Whether it is an <elseif>: an “else” that is nothing but an “if”. */
static gboolean
is_chained (FermataScxmlWriter *self,
            FermataValue       *otherwise)
{
  return fermata_scxml_is_kind (otherwise, FERMATA_VALUE_KIND_OBJECT) && fermata_value_find_member (otherwise, "if", NULL) &&
         (self->sheet->is_own || fermata_scxml_get_text (otherwise, "if") != NULL) &&
         (!self->sheet->is_own || fermata_scxml_refuse_action (otherwise) == NULL);
}

void
fermata_scxml_write_else (FermataScxmlWriter *self,
                          FermataScxmlTodo   *todo)
{
  FermataValue *otherwise = fermata_value_get_member (todo->value, "else");
  const FermataScxmlStep *step = fermata_scxml_writer_step (self, todo->step, "else");
  gboolean is_part;
  const char *name;
  FermataValue *kept;
  FermataValue *actions;

  if (otherwise == NULL)
    return;

  is_part = is_chained (self, otherwise);
  name = is_part ? "elseif" : "else";
  kept = is_part ? fermata_scxml_get_kept (otherwise)
                 : fermata_scxml_get_part (fermata_scxml_get_kept (todo->value), "else");
  fermata_scxml_put_raw (self, kept, "before", step);
  self->level--;
  fermata_scxml_put_start (self, name);
  if (is_part)
    {
      fermata_scxml_put_member (self, "cond", otherwise, "if", step);
      fermata_scxml_put_rest (self, otherwise, if_members, step);
    }
  fermata_scxml_put_kept (self, kept, step);
  fermata_scxml_put_open (self, name, kept, step);
  fermata_scxml_put_close (self);
  self->level++;

  if (is_part)
    fermata_scxml_writer_push (self, FERMATA_SCXML_TODO_ELSE, otherwise, step);
  actions = is_part ? fermata_value_get_member (otherwise, "then") : otherwise;
  if (actions != NULL)
    fermata_scxml_writer_push (self, FERMATA_SCXML_TODO_ACTIONS, actions,
                               is_part ? fermata_scxml_writer_step (self, step, "then") : step);
}

static void
write_foreach (FermataScxmlWriter     *self,
               FermataValue           *action,
               const FermataScxmlStep *step)
{
  static const Attribute attributes[] = {
    { "array", "foreach" }, { "item", "item" }, { "index", "index" }, { NULL, NULL }
  };
  FermataValue *kept = fermata_scxml_get_kept (action);
  FermataValue *actions = fermata_value_get_member (action, "do");

  fermata_scxml_put_start (self, "foreach");
  put_attributes (self, action, attributes, step);
  fermata_scxml_put_rest (self, action, KNOWN ("foreach", "item", "index", "do"), step);
  fermata_scxml_put_kept (self, kept, step);
  fermata_scxml_put_open (self, "foreach", kept, step);
  if (actions != NULL)
    fermata_scxml_writer_push (self, FERMATA_SCXML_TODO_ACTIONS, actions, fermata_scxml_writer_step (self, step, "do"));
}

/* Somebody else's, as it is. */
static void
write_xml (FermataScxmlWriter     *self,
           FermataValue           *action,
           const FermataScxmlStep *step)
{
  const char *xml = fermata_scxml_get_text (action, "xml");
  FermataScxmlMarkup found;

  if (*xml != '<' || xml[strlen (xml) - 1] != '>' || !fermata_scxml_is_markup (xml, &found) || !found.has_elements)
    {
      fermata_scxml_put_refused (self, action, _("it is no markup"), step);
      return;
    }

  fermata_scxml_put_indent (self);
  if (found.needs_default && (*self->sheet->prefix == '\0' || self->sheet->has_default))
    {
      g_autofree char *markup = fermata_scxml_undefault (xml, TRUE);

      g_string_append (self->text, markup);
    }
  else
    g_string_append (self->text, xml);
  g_string_append_c (self->text, '\n');
}

static const struct {
  const char *verb;
  guint kinds;
  void (*write) (FermataScxmlWriter     *self,
                 FermataValue           *action,
                 const FermataScxmlStep *step);
} verbs[] = {
  { "assign", ARRAY | OBJECT, write_assign },
  { "raise", STRING | OBJECT, write_raise },
  { "send", STRING | OBJECT, write_send },
  { "cancel", STRING | OBJECT, write_cancel },
  { "log", OBJECT, write_log },
  { "if", STRING, write_if },
  { "foreach", STRING, write_foreach },
  { "script", STRING | OBJECT, write_script },
  { "xml", STRING, write_xml },
};

static gboolean
is_written (FermataValue *action,
            guint         verb)
{
  FermataValue *value = fermata_value_get_member (action, verbs[verb].verb);

  if (value == NULL)
    return FALSE;
  if (fermata_scxml_is_kind (value, FERMATA_VALUE_KIND_BOOLEAN))
    return verbs[verb].write == write_if;

  return (verbs[verb].kinds & (1u << fermata_value_get_kind (value))) != 0;
}

/* An action as SCXML's data models have them. */
void
fermata_scxml_write_verb (FermataScxmlWriter     *self,
                          FermataValue           *action,
                          const FermataScxmlStep *step)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      if (!is_written (action, i))
        continue;
      fermata_scxml_put_raw (self, fermata_scxml_get_kept (action), "before", step);
      verbs[i].write (self, action, step);
      return;
    }
  fermata_scxml_put_refused (self, action, _("it has no verb that SCXML has"), step);
}

void
fermata_scxml_write_action (FermataScxmlWriter     *self,
                            FermataValue           *action,
                            const FermataScxmlStep *step)
{
  if (!fermata_scxml_is_kind (action, FERMATA_VALUE_KIND_OBJECT))
    fermata_scxml_put_refused (self, action, _("it is no object"), step);
  else if (self->sheet->is_own)
    fermata_scxml_write_own_action (self, action, step);
  else
    fermata_scxml_write_verb (self, action, step);
}

/* fermata-frame-scope-script.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/*
 * What expressions, locations and scripts of machines with one of SCXML's data
 * models come to (appendix B of the recommendation). What is simple is found out
 * here; for the rest JavaScript is asked, which is given the variables as they are
 * at the moment.
 */

#include "engine/moment/fermata-frame-scope-script-private.h"

#include "engine/policies/fermata-assignments-private.h"
#include "expression/fermata-expression-private.h"

#include <string.h>

static gboolean
refuse (GError          **error,
        FermataErrorKind  kind,
        const char       *message)
{
  g_set_error_literal (error, FERMATA_TASK_ERROR, kind, message);

  return FALSE;
}

/* JavaScript has to say. */
static FermataValue *
leave_to_script (GError **error)
{
  refuse (error, FERMATA_ERROR_KIND_EXPRESSION, "only JavaScript knows");

  return NULL;
}

/* Names, without JavaScript */

static const char *const event_members[] = {
  "name", "type", "sendid", "origin", "origintype", "invokeid", "data", NULL
};

/* undefined, and others that JSON has no word for */
static gboolean
is_tagged (FermataValue *value)
{
  return fermata_value_get_kind (value) == FERMATA_VALUE_KIND_OBJECT
         && fermata_value_get_length (value) == 1
         && *fermata_value_get_member_name (value, 0) == '$';
}

static FermataValue *
get_step (FermataValue *value,
          const char   *step)
{
  char *end;
  guint64 index;

  if (fermata_value_get_kind (value) == FERMATA_VALUE_KIND_OBJECT)
    return fermata_value_get_member (value, step);
  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_ARRAY || !g_ascii_isdigit (*step))
    return NULL;

  index = g_ascii_strtoull (step, &end, 10);

  return *end == '\0' && index < fermata_value_get_length (value)
         ? fermata_value_get_element (value, index) : NULL;
}

/* What a path leads to in @value, which is what its first @n_steps did. */
static FermataValue *
walk (FermataValue       *value,
      const char *const  *path,
      guint               n_path,
      guint               n_steps,
      guint              *n_used,
      GError            **error)
{
  for (; n_steps < n_path; n_steps++)
    {
      FermataValue *member = is_tagged (value) ? NULL : get_step (value, path[n_steps]);

      if (member == NULL)
        return leave_to_script (error);
      value = member;
    }
  if (is_tagged (value))
    return leave_to_script (error);
  *n_used = n_path;

  return fermata_value_ref (value);
}

static FermataValue *
lookup_event (FermataFrameScope  *self,
              const char *const  *path,
              guint               n_path,
              guint              *n_used,
              GError            **error)
{
  FermataValue *event = self->frame->machine->event;
  FermataValue *member;

  if (event == NULL || n_path < 2 || !g_strv_contains (event_members, path[1]))
    return leave_to_script (error);

  member = fermata_value_get_member (event, path[1]);
  if (member != NULL)
    return walk (member, path, n_path, 2, n_used, error);
  if (n_path > 2)
    return leave_to_script (error);
  *n_used = 2;

  return NULL;
}

static FermataValue *
lookup_name (FermataScope       *scope,
             const char *const  *path,
             guint               n_path,
             guint              *n_used,
             GError            **error)
{
  FermataFrameScope *self = (FermataFrameScope *) scope;
  FermataValue *variables = fermata_moment_get_frame_variables (self->moment, self->frame);
  FermataValue *variable = variables == NULL ? NULL : fermata_value_get_member (variables, path[0]);

  if (g_str_equal (path[0], "_event"))
    return lookup_event (self, path, n_path, n_used, error);
  if (variable == NULL)
    return leave_to_script (error);

  return walk (variable, path, n_path, 1, n_used, error);
}

/* In (ID), the one predicate of all data models */

static gboolean
is_active (const char *id,
           gpointer    user_data)
{
  const FermataFrame *frame = user_data;
  guint state;

  return fermata_plan_find_node (frame->plan, id, &state)
         && fermata_machine_is_active (frame->machine, state);
}

static const char *
skip_space (const char *text)
{
  return text + strspn (text, " \t\r\n");
}

/* `In ('a')`, and nothing else: the id (transfer full), else NULL. The data model
 * `null` may have it without quotes. */
static char *
parse_in (const char *source,
          gboolean    may_be_bare)
{
  const char *begin = skip_space (source);
  const char *end;
  gsize length;

  if (begin[0] != 'I' || begin[1] != 'n')
    return NULL;
  begin = skip_space (begin + 2);
  if (*begin != '(')
    return NULL;

  begin = skip_space (begin + 1);
  if (*begin == '\'' || *begin == '"')
    {
      length = strcspn (begin + 1, (char[]) { *begin, '\\', '\0' });
      end = begin + 1 + length;
      if (*end != *begin)
        return NULL;
      begin++;
      end++;
    }
  else
    {
      length = strcspn (begin, " \t\r\n)'\"");
      end = begin + length;
      if (!may_be_bare || length == 0)
        return NULL;
    }
  end = skip_space (end);

  return *end == ')' && *skip_space (end + 1) == '\0' ? g_strndup (begin, length) : NULL;
}

/* Whether that is all of it. */
static gboolean
test_in (FermataFrameScope *self,
         const char        *source,
         gboolean          *result)
{
  gboolean may_be_bare = self->frame->plan->chart->data_model == FERMATA_DATA_MODEL_NULL;
  g_autofree char *id = parse_in (source, may_be_bare);

  if (id == NULL)
    return FALSE;
  *result = is_active (id, self->frame);

  return TRUE;
}

/* JavaScript */

static FermataScriptSession *
open_session (FermataFrameScope   *self,
              FermataScriptWorld  *world,
              FermataValue       **system,
              GError             **error)
{
  FermataMoment *moment = self->moment;

  if (self->frame->plan->chart->data_model == FERMATA_DATA_MODEL_NULL)
    {
      refuse (error, FERMATA_ERROR_KIND_EXPRESSION, "the data model “null” has In (ID), and nothing else");
      return NULL;
    }

  *system = fermata_machine_system_new (moment, self->frame);
  *world = (FermataScriptWorld) {
    .variables = fermata_moment_get_frame_variables (moment, self->frame),
    .event = self->frame->machine->event,
    .system = *system,
    .date = self->parent.time,
    .seed = moment->seed,
    .sequence = moment->n_decisions,
    .is_active = is_active,
    .user_data = self->frame,
  };

  return fermata_script_sessions_get (moment->root->plan->sessions, self->frame->number, error);
}

static char *
dup_source (const char *source)
{
  return g_strndup (source, fermata_expression_trim (source));
}

static FermataValue *
evaluate (FermataScope  *scope,
          const char    *source,
          GError       **error)
{
  FermataFrameScope *self = (FermataFrameScope *) scope;
  g_autoptr (FermataValue) system = NULL;
  g_autofree char *expression = NULL;
  FermataScriptSession *session;
  FermataScriptWorld world;
  gboolean holds;

  if (test_in (self, source, &holds))
    return fermata_value_new_boolean (holds);

  session = open_session (self, &world, &system, error);
  expression = dup_source (source);

  return session == NULL ? NULL : fermata_script_session_evaluate (session, &world, expression, error);
}

static gboolean
test (FermataScope  *scope,
      const char    *source,
      gboolean      *result,
      GError       **error)
{
  FermataFrameScope *self = (FermataFrameScope *) scope;
  g_autoptr (FermataValue) system = NULL;
  g_autofree char *expression = NULL;
  FermataScriptSession *session;
  FermataScriptWorld world;

  if (test_in (self, source, result))
    return TRUE;

  session = open_session (self, &world, &system, error);
  expression = dup_source (source);

  return session != NULL && fermata_script_session_test (session, &world, expression, result, error);
}

void
fermata_frame_scope_use_scripts (FermataFrameScope *self)
{
  if (!fermata_frame_is_scxml (self->frame))
    return;

  self->parent.lookup = lookup_name;
  self->parent.evaluate = evaluate;
  self->parent.test = test;
}

FermataExpression *
fermata_frame_scope_compile (FermataFrameScope  *self,
                             FermataEvaluator   *evaluator,
                             const char         *source,
                             GError            **error)
{
  if (!fermata_frame_is_scxml (self->frame))
    return fermata_expression_compile (evaluator, source, NULL, error);

  fermata_frame_scope_use_scripts (self);

  return fermata_expression_new_foreign (evaluator, source);
}

/* Changes */

static FermataValue *
change_new (const char   *name,
            FermataValue *value)
{
  g_autoptr (FermataValueBuilder) change = fermata_value_builder_new_object ();

  fermata_value_builder_set_string (change, FERMATA_ASSIGNED_VARIABLE, name);
  fermata_value_builder_set (change, "value", value);

  return fermata_value_builder_end (change);
}

/* As events say it; takes @changed, an object of variables. */
static FermataValue *
changes_new (FermataValue *changed)
{
  g_autoptr (FermataValue) owned = changed;
  g_autoptr (FermataValueBuilder) builder = NULL;

  if (changed == NULL)
    return NULL;

  builder = fermata_value_builder_new_array ();
  for (gsize i = 0; i < fermata_value_get_length (changed); i++)
    {
      g_autoptr (FermataValue) change = change_new (fermata_value_get_member_name (changed, i),
                                                    fermata_value_get_element (changed, i));

      fermata_value_builder_add (builder, change);
    }

  return fermata_value_builder_end (builder);
}

static FermataValue *
change_one (const char   *name,
            FermataValue *value)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_array ();
  g_autoptr (FermataValue) change = change_new (name, value);

  fermata_value_builder_add (builder, change);

  return fermata_value_builder_end (builder);
}

static FermataValue *
refuse_to_evaluate (FermataScope  *scope,
                    const char    *source,
                    GError       **error)
{
  return leave_to_script (error);
}

/* What can be had without JavaScript. */
static FermataValue *
evaluate_simply (FermataFrameScope *self,
                 FermataExpression *expression)
{
  FermataFrameScope simple = *self;
  g_autoptr (GError) error = NULL;

  simple.parent.evaluate = refuse_to_evaluate;

  return fermata_expression_evaluate (expression, &simple.parent, &error);
}

static gboolean
is_variable (FermataFrameScope *self,
             const char        *location)
{
  FermataValue *variables = fermata_moment_get_frame_variables (self->moment, self->frame);

  return variables != NULL && fermata_value_get_member (variables, location) != NULL;
}

static FermataValue *
assign (FermataFrameScope  *self,
        const char         *location,
        const char         *source,
        FermataValue       *value,
        gboolean            declares,
        GError            **error)
{
  g_autoptr (FermataValue) system = NULL;
  g_autofree char *expression = source == NULL ? NULL : dup_source (source);
  FermataScriptWorld world;
  FermataScriptSession *session = open_session (self, &world, &system, error);

  return session == NULL
         ? NULL : changes_new (fermata_script_session_assign (session, &world, location, expression, value,
                                                              declares, error));
}

FermataValue *
fermata_frame_scope_assign (FermataFrameScope  *self,
                            const char         *location,
                            FermataExpression  *expression,
                            GError            **error)
{
  g_autoptr (FermataValue) value = NULL;

  if (is_variable (self, location))
    value = evaluate_simply (self, expression);
  if (value != NULL)
    return change_one (location, value);

  return assign (self, location, fermata_expression_get_source (expression), NULL, FALSE, error);
}

FermataValue *
fermata_frame_scope_assign_value (FermataFrameScope  *self,
                                  const char         *location,
                                  FermataValue       *value,
                                  gboolean            declares,
                                  GError            **error)
{
  return is_variable (self, location) ? change_one (location, value)
                                      : assign (self, location, NULL, value, declares, error);
}

FermataValue *
fermata_frame_scope_execute (FermataFrameScope  *self,
                             const char         *code,
                             GError            **error)
{
  g_autoptr (FermataValue) system = NULL;
  FermataScriptWorld world;
  FermataScriptSession *session = open_session (self, &world, &system, error);

  return session == NULL ? NULL : changes_new (fermata_script_session_execute (session, &world, code, error));
}

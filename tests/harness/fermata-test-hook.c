/* fermata-test-hook.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "harness/fermata-test-hook.h"

#include "model/fermata-duration.h"
#include "value/fermata-value-writer.h"

struct _FermataTestHook {
  GObject parent_instance;

  FermataValue *script;
  FermataClock *clock;
  GString *log;

  /* By transitions, how often it was asked about them. */
  GHashTable *n_asked;

  /* Calls that are never answered, and those that are later. */
  GPtrArray *kept;
  GPtrArray *later;
};

/* @call is a FermataHookCall or a FermataStepCall. */
typedef struct {
  FermataTestHook *hook;
  gpointer call;
  FermataValue *answer;
  FermataTimer *timer;
} Later;

static void fermata_test_hook_hook_init (FermataHookInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FermataTestHook, fermata_test_hook, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FERMATA_TYPE_HOOK,
                                                      fermata_test_hook_hook_init))

static const char *
get_text (FermataValue *object,
          const char   *name)
{
  return fermata_value_get_string (fermata_value_get_member (object, name), NULL);
}

static gint64
get_time (FermataValue *object,
          const char   *name)
{
  FermataValue *member = fermata_value_get_member (object, name);
  gint64 time = 0;

  if (member != NULL)
    g_assert_true (fermata_duration_parse (member, &time, NULL));

  return time;
}

static void
give (FermataTestHook *self,
      FermataHookCall *call,
      FermataValue    *answer)
{
  const char *what = get_text (answer, "do");
  FermataValue *value = fermata_value_get_member (answer, "value");

  if (g_str_equal (what, "proceed"))
    fermata_hook_call_proceed (call);
  else if (g_str_equal (what, "replace-input"))
    fermata_hook_call_replace_input (call, value);
  else if (g_str_equal (what, "skip"))
    fermata_hook_call_skip (call);
  else if (g_str_equal (what, "give-output"))
    fermata_hook_call_give_output (call, value);
  else if (g_str_equal (what, "replace-output"))
    fermata_hook_call_replace_output (call, value);
  else if (g_str_equal (what, "retry"))
    fermata_hook_call_retry (call, get_time (answer, "delay"));
  else if (g_str_equal (what, "continue"))
    fermata_hook_call_continue (call);
  else if (g_str_equal (what, "stop"))
    fermata_hook_call_stop (call);
  else if (g_str_equal (what, "fail"))
    fermata_hook_call_fail (call, "as it was told");
  else if (g_str_equal (what, "keep"))
    g_ptr_array_add (self->kept, g_object_ref (call));
  else if (g_str_equal (what, "twice"))
    {
      fermata_hook_call_proceed (call);
      fermata_hook_call_fail (call, "too late");
    }
  else
    g_assert_cmpstr (what, ==, "let-go");
}

static void
give_step (FermataTestHook *self,
           FermataStepCall *call,
           FermataValue    *answer)
{
  const char *what = get_text (answer, "do");

  if (g_str_equal (what, "admit"))
    fermata_step_call_admit (call);
  else if (g_str_equal (what, "veto"))
    fermata_step_call_veto (call);
  else if (g_str_equal (what, "fail"))
    fermata_step_call_fail (call, "as it was told");
  else if (g_str_equal (what, "keep"))
    g_ptr_array_add (self->kept, g_object_ref (call));
  else if (g_str_equal (what, "twice"))
    {
      fermata_step_call_admit (call);
      fermata_step_call_veto (call);
    }
  else
    g_assert_cmpstr (what, ==, "let-go");
}

static void
give_any (FermataTestHook *self,
          gpointer         call,
          FermataValue    *answer)
{
  if (FERMATA_IS_STEP_CALL (call))
    give_step (self, call, answer);
  else
    give (self, call, answer);
}

static void
later_free (gpointer data)
{
  Later *later = data;

  if (later->timer != NULL)
    fermata_clock_remove_timer (later->hook->clock, later->timer);
  g_object_unref (later->call);
  g_free (later);
}

static void
later_due (gpointer user_data)
{
  Later *later = user_data;
  g_autoptr (FermataTestHook) self = g_object_ref (later->hook);

  later->timer = NULL;
  give_any (self, later->call, later->answer);
  g_ptr_array_remove_fast (self->later, later);
}

static void
give_later (FermataTestHook *self,
            gpointer         call,
            FermataValue    *answer)
{
  Later *later = g_new0 (Later, 1);

  later->hook = self;
  later->call = g_object_ref (call);
  later->answer = answer;
  later->timer = fermata_clock_add_timer (self->clock,
                                          fermata_clock_get_time (self->clock)
                                          + get_time (answer, "after"),
                                          later_due, later);
  g_ptr_array_add (self->later, later);
}

static FermataValue *
find_answer (FermataTestHook *self,
             const char      *stage,
             FermataHookCall *call)
{
  FermataValue *nodes = fermata_value_get_member (self->script, stage);
  FermataValue *answer;
  gsize n;

  answer = nodes == NULL ? NULL
                         : fermata_value_get_member (nodes, fermata_hook_call_get_node_id (call));
  if (answer == NULL || fermata_value_get_kind (answer) != FERMATA_VALUE_KIND_ARRAY)
    return answer;

  n = MIN (fermata_hook_call_get_attempt (call), fermata_value_get_length (answer));

  return fermata_value_get_element (answer, n - 1);
}

static void
note (FermataTestHook *self,
      const char      *stage,
      FermataHookCall *call,
      FermataValue    *value)
{
  g_string_append_printf (self->log, "%s %s %u", stage, fermata_hook_call_get_node_id (call),
                          fermata_hook_call_get_attempt (call));
  if (value != NULL)
    {
      g_string_append_c (self->log, ' ');
      fermata_value_append_string (value, FERMATA_WRITE_COMPACT, 0, self->log);
    }
  g_string_append_c (self->log, '\n');
}

static void
answer (FermataTestHook *self,
        const char      *stage,
        FermataHookCall *call)
{
  FermataValue *found = find_answer (self, stage, call);

  g_assert_true (fermata_hook_call_is_pending (call));
  if (found == NULL)
    fermata_hook_call_proceed (call);
  else if (fermata_value_get_member (found, "after") != NULL)
    give_later (self, call, found);
  else
    give (self, call, found);
}

static void
fermata_test_hook_before (FermataHook     *hook,
                          FermataHookCall *call)
{
  g_autoptr (FermataValue) input = fermata_hook_call_dup_input (call);

  note (FERMATA_TEST_HOOK (hook), "before", call, input);
  answer (FERMATA_TEST_HOOK (hook), "before", call);
}

static void
fermata_test_hook_after (FermataHook     *hook,
                         FermataHookCall *call)
{
  note (FERMATA_TEST_HOOK (hook), "after", call, fermata_hook_call_get_output (call));
  answer (FERMATA_TEST_HOOK (hook), "after", call);
}

static void
fermata_test_hook_failed (FermataHook     *hook,
                          FermataHookCall *call)
{
  FermataValue *error = fermata_hook_call_get_error (call);

  note (FERMATA_TEST_HOOK (hook), "failed", call, fermata_value_get_member (error, "message"));
  answer (FERMATA_TEST_HOOK (hook), "failed", call);
}

static void
fermata_test_hook_cleanup (FermataHook     *hook,
                           FermataHookCall *call)
{
  FermataValue *error = fermata_hook_call_get_error (call);

  g_assert_false (fermata_hook_call_is_pending (call));
  note (FERMATA_TEST_HOOK (hook), "cleanup", call,
        error != NULL ? fermata_value_get_member (error, "message")
                      : fermata_hook_call_get_output (call));
}

/* Steps of machines */

static char *
join_edges (FermataStepCall *call)
{
  return g_strjoinv ("+", (char **) fermata_step_call_get_edges (call));
}

static void
note_step (FermataTestHook *self,
           const char      *stage,
           FermataStepCall *call)
{
  FermataValue *event = fermata_step_call_get_event (call);
  g_autofree char *edges = join_edges (call);

  g_string_append_printf (self->log, "%s %u %s %s\n", stage, fermata_step_call_get_frame (call), edges,
                          event == NULL ? "-" : get_text (event, "name"));
}

static FermataValue *
find_step_answer (FermataTestHook *self,
                  FermataStepCall *call)
{
  FermataValue *edges = fermata_value_get_member (self->script, "step");
  g_autofree char *name = join_edges (call);
  FermataValue *answer = edges == NULL ? NULL : fermata_value_get_member (edges, name);
  gsize n = GPOINTER_TO_UINT (g_hash_table_lookup (self->n_asked, name));

  if (answer == NULL || fermata_value_get_kind (answer) != FERMATA_VALUE_KIND_ARRAY)
    return answer;

  g_hash_table_insert (self->n_asked, g_steal_pointer (&name), GUINT_TO_POINTER (n + 1));

  return fermata_value_get_element (answer, MIN (n, fermata_value_get_length (answer) - 1));
}

static void
fermata_test_hook_before_step (FermataHook     *hook,
                               FermataStepCall *call)
{
  FermataTestHook *self = FERMATA_TEST_HOOK (hook);
  FermataValue *found = find_step_answer (self, call);

  g_assert_true (fermata_step_call_is_pending (call));
  g_assert_nonnull (fermata_step_call_get_run (call));
  note_step (self, "before-step", call);
  if (found == NULL)
    fermata_step_call_admit (call);
  else if (fermata_value_get_member (found, "after") != NULL)
    give_later (self, call, found);
  else
    give_step (self, call, found);
}

static void
fermata_test_hook_after_step (FermataHook     *hook,
                              FermataStepCall *call)
{
  g_assert_false (fermata_step_call_is_pending (call));
  note_step (FERMATA_TEST_HOOK (hook), "after-step", call);
  fermata_step_call_veto (call);
}

static void
fermata_test_hook_hook_init (FermataHookInterface *iface)
{
  iface->before_step = fermata_test_hook_before_step;
  iface->after_step = fermata_test_hook_after_step;
  iface->before = fermata_test_hook_before;
  iface->after = fermata_test_hook_after;
  iface->failed = fermata_test_hook_failed;
  iface->cleanup = fermata_test_hook_cleanup;
}

static void
fermata_test_hook_finalize (GObject *object)
{
  FermataTestHook *self = FERMATA_TEST_HOOK (object);

  g_ptr_array_unref (self->later);
  g_ptr_array_unref (self->kept);
  g_hash_table_unref (self->n_asked);
  fermata_value_unref (self->script);
  g_object_unref (self->clock);
  g_string_free (self->log, TRUE);

  G_OBJECT_CLASS (fermata_test_hook_parent_class)->finalize (object);
}

static void
fermata_test_hook_class_init (FermataTestHookClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fermata_test_hook_finalize;
}

static void
fermata_test_hook_init (FermataTestHook *self)
{
  self->log = g_string_new (NULL);
  self->n_asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->kept = g_ptr_array_new_with_free_func (g_object_unref);
  self->later = g_ptr_array_new_with_free_func (later_free);
}

FermataTestHook *
fermata_test_hook_new (FermataValue *script,
                       FermataClock *clock)
{
  FermataTestHook *self = g_object_new (FERMATA_TYPE_TEST_HOOK, NULL);

  self->script = fermata_value_ref (script);
  self->clock = g_object_ref (clock);

  return self;
}

const char *
fermata_test_hook_get_log (FermataTestHook *self)
{
  return self->log->str;
}

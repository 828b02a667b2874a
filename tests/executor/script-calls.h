/* script-calls.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "engine/fermata-task-error.h"
#include "executor/fermata-local-script-pool.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

/* Calls of a pool of scripts, and what becomes of them. */

#define MB ((guint64) 1 << 20)

#define FOR_EVER "for (;;);"
#define COUNT "return globalThis.count = (globalThis.count ?? 0) + 1;"

/* A call and what became of it. */
typedef struct {
  FermataScriptPool *pool;
  GCancellable *cancellable;
  gboolean done;
  FermataValue *value;
  FermataValue *details;
  GError *error;
  GString *printed[2];
  guint64 n_printed;
} Call;

static inline void
call_free (Call *self)
{
  g_assert_true (self->done);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->value, fermata_value_unref);
  g_clear_pointer (&self->details, fermata_value_unref);
  g_clear_error (&self->error);
  g_string_free (self->printed[0], TRUE);
  g_string_free (self->printed[1], TRUE);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

static inline void
call_done (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Call *self = user_data;

  g_assert_false (self->done);
  self->done = TRUE;
  self->value = fermata_script_pool_call_finish (FERMATA_SCRIPT_POOL (source), result,
                                                 &self->details, &self->error);
  g_assert_true ((self->value != NULL) == (self->error == NULL));
}

/* Keeps the beginning only. */
static inline void
call_printed (FermataStream  stream,
              const guint8  *data,
              gsize          length,
              gpointer       user_data)
{
  Call *self = user_data;
  GString *text = self->printed[stream];

  g_assert_false (self->done);
  self->n_printed += length;
  g_string_append_len (text, (const char *) data,
                       (gssize) MIN (length, text->len < 10000 ? 10000 - text->len : 0));
}

/* Single quotes in @names stand for double ones. */
static inline Call *
call_with (FermataLocalScriptPool *pool,
           const char             *context,
           const char             *code,
           const char             *names,
           guint64                 memory)
{
  static const char *const parameters[] = { "input", "inputs", "other", NULL };
  g_autofree char *json = g_strdelimit (g_strdup (names), "'", '"');
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) names_value = fermata_value_parse (json, -1, &error);
  g_autoptr (FermataValue) code_value = fermata_value_new_string (code, -1);
  Call *self = g_new0 (Call, 1);
  const FermataScriptCall call = {
    .context = context,
    .code = code_value,
    .parameters = parameters,
    .names = names_value,
    .memory = memory,
    .print = call_printed,
    .print_data = self,
  };

  g_assert_no_error (error);
  self->pool = FERMATA_SCRIPT_POOL (pool);
  self->cancellable = g_cancellable_new ();
  self->printed[0] = g_string_new (NULL);
  self->printed[1] = g_string_new (NULL);
  fermata_script_pool_call_async (self->pool, &call, self->cancellable, call_done, self);

  return self;
}

static inline Call *
call (FermataLocalScriptPool *pool,
      const char             *context,
      const char             *code)
{
  return call_with (pool, context, code, "{}", 256 * MB);
}

static inline void
wait_for (Call *self)
{
  while (!self->done)
    g_main_context_iteration (NULL, TRUE);
}

static inline void
assert_result (Call       *self,
               const char *expected)
{
  g_autofree char *found = NULL;

  wait_for (self);
  g_assert_no_error (self->error);
  found = fermata_value_to_string (self->value, FERMATA_WRITE_COMPACT, NULL);
  g_assert_cmpstr (found, ==, expected);
}

static inline void
assert_returns (FermataLocalScriptPool *pool,
                const char             *code,
                const char             *names,
                const char             *expected)
{
  g_autoptr (Call) self = call_with (pool, "a", code, names, 256 * MB);

  assert_result (self, expected);
}

static inline void
assert_failed (Call             *self,
               FermataErrorKind  kind,
               const char       *pattern)
{
  wait_for (self);
  g_assert_error (self->error, FERMATA_TASK_ERROR, (int) kind);
  if (!g_pattern_match_simple (pattern, self->error->message))
    g_error ("“%s” is not like “%s”", self->error->message, pattern);
}

static inline void
assert_fails (FermataLocalScriptPool *pool,
              const char             *code,
              FermataErrorKind        kind,
              const char             *pattern)
{
  g_autoptr (Call) self = call (pool, "a", code);

  assert_failed (self, kind, pattern);
}

static inline gint64
detail (Call       *self,
        const char *name)
{
  return fermata_value_get_integer (fermata_value_get_member (self->details, name));
}

/* The processes that this one has, dead ones too. */
static inline GArray *
find_children (void)
{
  GArray *pids = g_array_new (FALSE, FALSE, sizeof (pid_t));
  g_autofree char *path = g_strdup_printf ("/proc/self/task/%d/children", (int) getpid ());
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return pids;
  words = g_strsplit (g_strstrip (text), " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      pid_t pid = (pid_t) g_ascii_strtoll (words[i], NULL, 10);

      if (pid > 0)
        g_array_append_val (pids, pid);
    }

  return pids;
}

/* Lets go of the pool; nothing of it is left behind. */
static inline void
end_pool (FermataLocalScriptPool *pool)
{
  g_assert_finalize_object (pool);
  for (;;)
    {
      g_autoptr (GArray) children = find_children ();

      if (children->len == 0)
        return;
      g_main_context_iteration (NULL, TRUE);
    }
}

static inline guint64
peak_of (int who)
{
  struct rusage usage;

  getrusage (who, &usage);

  return (guint64) usage.ru_maxrss * 1024;
}

/* test-script-harm.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Scripts that do not end, take too much, or are ended. */

#include <signal.h>

#include "executor/script-calls.h"

#define REGEXP_FOR_EVER "return /^(a+)+$/.test ('a'.repeat (40) + 'b');"

/* --- Ends by force -------------------------------------------------------- */

static void
assert_cancelled (Call *self)
{
  wait_for (self);
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Whatever it does; and what stands behind it is not lost. */
static void
check_cancel (const char *code)
{
  FermataLocalScriptPool *pool = fermata_local_script_pool_new (1);
  g_autoptr (Call) endless = call (pool, "a", code);
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) call_free);

  for (guint i = 0; i < 10; i++)
    g_ptr_array_add (calls, call (pool, "a", COUNT));
  while (endless->n_printed == 0)
    g_main_context_iteration (NULL, TRUE);

  g_cancellable_cancel (((Call *) calls->pdata[3])->cancellable);
  g_assert_false (endless->done);
  g_cancellable_cancel (endless->cancellable);
  assert_cancelled (endless);
  assert_cancelled (calls->pdata[3]);
  assert_result (calls->pdata[0], "1");
  assert_result (calls->pdata[9], "9");
  g_ptr_array_set_size (calls, 0);
  end_pool (pool);
}

static void
test_cancel (void)
{
  check_cancel ("console.log (1); " FOR_EVER);
  check_cancel ("console.log (1); " REGEXP_FOR_EVER);
}

static void
test_cancel_before (void)
{
  FermataLocalScriptPool *pool = fermata_local_script_pool_new (1);
  g_autoptr (Call) self = call (pool, "a", "return 1");

  /* Sent, but not begun: the process is only starting */
  g_cancellable_cancel (self->cancellable);
  assert_cancelled (self);
  assert_returns (pool, "return 2", "{}", "2");
  g_assert_cmpuint (fermata_local_script_pool_get_n_hosts (pool), ==, 1);
  end_pool (pool);
}

static void
kill_children (void)
{
  g_autoptr (GArray) children = find_children ();

  g_assert_cmpuint (children->len, >, 0);
  for (guint i = 0; i < children->len; i++)
    g_assert_cmpint (kill (g_array_index (children, pid_t, i), SIGKILL), ==, 0);
}

static void
test_killed_from_outside (void)
{
  FermataLocalScriptPool *pool = fermata_local_script_pool_new (1);
  g_autoptr (Call) self = call (pool, "a", "console.log (1); " FOR_EVER);
  g_autoptr (Call) behind = call (pool, "a", "return 1");

  while (self->n_printed == 0)
    g_main_context_iteration (NULL, TRUE);
  kill_children ();
  assert_failed (self, FERMATA_ERROR_KIND_EXECUTION,
                 "The process of the script was ended by signal 9 (Killed)");
  assert_result (behind, "1");

  /* While it does nothing: nobody notices. */
  kill_children ();
  while (fermata_local_script_pool_get_n_hosts (pool) > 0)
    g_main_context_iteration (NULL, TRUE);
  assert_returns (pool, "return 2", "{}", "2");
  end_pool (pool);
}

/* Each of them takes all that there is in another way. */
static void
test_out_of_memory (void)
{
  static const char *const codes[] = {
    "const all = []; for (;;) all.push ({ x: all.length });",
    "const all = new Map (); for (let i = 0;; i++) all.set (i, {});",
    "const all = []; for (;;) all.push (new Uint8Array (1e6).fill (1));",
    "const all = []; for (;;) all.push ('x'.repeat (1e6) + all.length);",
    "let s = 'x'; for (;;) { s += s; s.charCodeAt (0) }",
    "let all = {}; for (let i = 0;; i++) all['k' + i] = i;",
    "const all = []; for (let i = 0;; i++) all.push ({ ['k' + i]: i });",
    "const all = []; for (let i = 0;; i++) all.push (new Function (`return ${i}`));",
    "for (;;) try { const all = []; for (;;) all.push ({}) } catch { throw new Error ('caught') }",
    "return 'x'.repeat (2e8) + 'y'",
  };
  FermataLocalScriptPool *pool;

#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("AddressSanitizer takes memory of its own");
  return;
#endif

  pool = fermata_local_script_pool_new (1);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_test_message ("%s", codes[i]);
      assert_fails (pool, codes[i], FERMATA_ERROR_KIND_EXECUTION, "*");
      assert_returns (pool, "return 1", "{}", "1");
    }
  end_pool (pool);
  g_assert_cmpuint (peak_of (RUSAGE_CHILDREN), <, 384 * MB);
}

static void
test_out_of_memory_is_said (void)
{
  FermataLocalScriptPool *pool = fermata_local_script_pool_new (1);

#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("AddressSanitizer takes memory of its own");
  g_object_unref (pool);
  return;
#endif

  assert_fails (pool, "\nreturn 'x'.repeat (2147483647) + 'y'", FERMATA_ERROR_KIND_EXECUTION,
                "RangeError: Out of memory: the script may use 256 MB (line 2 of the code)");
  assert_fails (pool, "const all = new Map (); for (let i = 0;; i++) all.set (i, {});",
                FERMATA_ERROR_KIND_EXECUTION, "*ut of memory: * may use 256 MB*");
  end_pool (pool);
}

/* Garbage is collected in time. */
static void
test_garbage (void)
{
  FermataLocalScriptPool *pool = fermata_local_script_pool_new (1);
  g_autoptr (Call) self = NULL;

  self = call_with (pool, "a",
                    "const text = '[' + '{\"a\":1},'.repeat (50000) + '1]';"
                    "let n = 0; for (let i = 0; i < 60; i++) n += JSON.parse (text).length; return n",
                    "{}", 64 * MB);
  assert_result (self, "3000060");
  end_pool (pool);
}

/* What is left in globals is not at the expense of others. */
static void
test_worn (void)
{
  FermataLocalScriptPool *pool = fermata_local_script_pool_new (1);

#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("AddressSanitizer takes memory of its own");
  g_object_unref (pool);
  return;
#endif

  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *context = g_strdup_printf ("%u", i);
      g_autoptr (Call) self = call_with (pool, context,
                                         "globalThis.kept = new Uint8Array (4e7).fill (1);",
                                         "{}", 64 * MB);

      assert_result (self, "null");
    }
  end_pool (pool);
}

/* --- The program ---------------------------------------------------------- */

static void
check_program (const char *path,
               const char *pattern)
{
  g_autofree char *real = g_strdup (g_getenv ("FERMATA_SCRIPT_HOST"));
  FermataLocalScriptPool *pool = fermata_local_script_pool_new (2);
  g_autoptr (Call) self = NULL;
  g_autoptr (Call) again = NULL;

  g_setenv ("FERMATA_SCRIPT_HOST", path, TRUE);
  self = call (pool, "a", "return 1");
  again = call (pool, "a", "return 1");
  wait_for (self);
  wait_for (again);
  g_setenv ("FERMATA_SCRIPT_HOST", real, TRUE);

  if (!g_pattern_match_simple (pattern, self->error->message))
    g_error ("“%s” is not like “%s”", self->error->message, pattern);
  g_assert_cmpstr (again->error->message, ==, self->error->message);
  end_pool (pool);
}

static void
test_no_program (void)
{
  check_program ("/there/is/none", "cannot run “/there/is/none”: there is no such program");
  check_program ("/bin/false", "fermata-script-host ended before it was ready");
}

/* Whoever asked has gone. */
static void
test_dropped (void)
{
  FermataLocalScriptPool *pool = fermata_local_script_pool_new (1);
  g_autoptr (Call) self = call (pool, "a", "console.log (1); " FOR_EVER);

  while (self->n_printed == 0)
    g_main_context_iteration (NULL, TRUE);
  g_object_add_weak_pointer (G_OBJECT (pool), (gpointer *) &pool);
  g_object_unref (pool);
  g_assert_nonnull (pool);
  g_cancellable_cancel (self->cancellable);
  assert_cancelled (self);
  while (pool != NULL)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/script-harm/cancel", test_cancel);
  g_test_add_func ("/script-harm/cancel-before", test_cancel_before);
  g_test_add_func ("/script-harm/killed-from-outside", test_killed_from_outside);
  g_test_add_func ("/script-harm/out-of-memory", test_out_of_memory);
  g_test_add_func ("/script-harm/out-of-memory-is-said", test_out_of_memory_is_said);
  g_test_add_func ("/script-harm/garbage", test_garbage);
  g_test_add_func ("/script-harm/worn", test_worn);
  g_test_add_func ("/script-harm/no-program", test_no_program);
  g_test_add_func ("/script-harm/dropped", test_dropped);

  return g_test_run ();
}

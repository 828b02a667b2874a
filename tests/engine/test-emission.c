/* test-emission.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* How what is printed becomes items, and what that costs. */

#include <string.h>

#include "engine/fermata-engine.h"
#include "engine/fermata-task-error.h"
#include "engine/nodes/fermata-nodes.h"
#include "engine/run/fermata-emission-private.h"
#include "executor/fermata-local-executor.h"
#include "harness/fermata-test-bed.h"

/* Feeds @text in pieces of @step bytes. */
static guint64
count (FermataEmit   format,
       const char   *text,
       gsize         length,
       gsize         step,
       GError      **error)
{
  g_autoptr (FermataEmission) emission = fermata_emission_new (format);
  guint64 total = 0;
  guint64 n = 0;

  for (gsize i = 0; i < length; i += step)
    {
      if (!fermata_emission_add (emission, (const guint8 *) text + i, MIN (step, length - i), &n, error))
        return total;
      total += n;
    }
  if (fermata_emission_end (emission, &n, error))
    total += n;

  return total;
}

static void
assert_count (FermataEmit  format,
              const char  *text,
              gsize        length,
              guint64      expected)
{
  for (gsize step = 1; step <= length + 1; step++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (count (format, text, length, step, &error), ==, expected);
      g_assert_no_error (error);
    }
}

static void
test_lines (void)
{
  assert_count (FERMATA_EMIT_LINES, "", 0, 0);
  assert_count (FERMATA_EMIT_LINES, "\n", 1, 1);
  assert_count (FERMATA_EMIT_LINES, "a", 1, 1);
  assert_count (FERMATA_EMIT_LINES, "a\n", 2, 1);
  assert_count (FERMATA_EMIT_LINES, "a\n\nb", 4, 3);
  assert_count (FERMATA_EMIT_LINES, "é\n€\r\n𝄐", 13, 3);
  assert_count (FERMATA_EMIT_LINES, "a\0b\n\0\n", 6, 2);
}

static void
test_ndjson (void)
{
  const char *text = "{\"a\": 1}\n\n  \r\n[2]\n\"é\"\nnull";

  assert_count (FERMATA_EMIT_NDJSON, text, strlen (text), 4);
  assert_count (FERMATA_EMIT_NDJSON, "\n\n", 2, 0);
}

static void
assert_refused (FermataEmit  format,
                const char  *text,
                gsize        length,
                const char  *expected)
{
  for (gsize step = 1; step <= length + 1; step++)
    {
      g_autoptr (GError) error = NULL;

      count (format, text, length, step, &error);
      g_assert_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_TRANSFORMATION);
      g_assert_true (g_str_has_prefix (error->message, expected));
    }
}

static void
test_refused (void)
{
  assert_refused (FERMATA_EMIT_LINES, "a\nb\xff\nc", 6, "Line 2 of its standard output is not UTF-8");
  assert_refused (FERMATA_EMIT_LINES, "a\nb\n\xc3", 5, "Line 3 of its standard output is not UTF-8");
  assert_refused (FERMATA_EMIT_NDJSON, "1\n\n{\n}\n", 7, "Line 3 of its standard output is not JSON: ");
  assert_refused (FERMATA_EMIT_NDJSON, "1\n2\nx", 5, "Line 3 of its standard output is not JSON: ");
}

static void
test_too_long (void)
{
  g_autoptr (FermataEmission) emission = fermata_emission_new (FERMATA_EMIT_LINES);
  g_autofree guint8 *piece = g_malloc (1024 * 1024);
  g_autoptr (GError) error = NULL;
  guint64 n;

  memset (piece, 'x', 1024 * 1024);
  g_assert_true (fermata_emission_add (emission, (const guint8 *) "a\n", 2, &n, NULL));
  for (guint i = 0; i < 64; i++)
    g_assert_true (fermata_emission_add (emission, piece, 1024 * 1024, &n, NULL));
  g_assert_false (fermata_emission_add (emission, piece, 1, &n, &error));
  g_assert_cmpstr (error->message, ==, "Line 2 of its standard output is longer than 64 MB");
}

/* With processes */

typedef struct {
  FermataEngine *engine;
  FermataRun *run;
} Fixture;

static void
fixture_run (Fixture    *self,
             const char *with)
{
  g_autoptr (FermataClock) clock = fermata_real_clock_new ();
  g_autoptr (FermataExecutor) executor = FERMATA_EXECUTOR (fermata_local_executor_new ());
  g_autofree char *json = NULL;
  g_autoptr (FermataGraph) graph = NULL;
  g_autoptr (FermataPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  json = g_strdup_printf ("{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
                          "  { 'id': 'run', 'type': 'command', 'with': { %s } } ], 'edges': [] }",
                          with);
  graph = fermata_test_graph (json);
  self->engine = fermata_engine_new (clock, executor, NULL);
  fermata_nodes_register (fermata_engine_get_registry (self->engine));
  plan = fermata_engine_compile (self->engine, graph, &error);
  g_assert_no_error (error);
  self->run = fermata_engine_create_run (self->engine, plan, NULL, &error);
  g_assert_no_error (error);
  fermata_run_start (self->run);
  while (!fermata_run_has_ended (self->run))
    g_main_context_iteration (NULL, TRUE);
}

static void
fixture_clear (Fixture *self)
{
  g_clear_object (&self->run);
  g_clear_object (&self->engine);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static gint64
integer_of (FermataValue *object,
            const char   *name)
{
  FermataValue *member = fermata_value_get_member (object, name);

  return member == NULL ? 0 : fermata_value_get_integer (member);
}

/* Checks that the chunks of standard output lie one after the other. */
static guint64
count_chunks (Fixture *self,
              guint64 *n_bytes,
              guint64 *n_items)
{
  FermataHistory *history = fermata_run_get_history (self->run);
  guint64 n_chunks = 0;

  *n_bytes = *n_items = 0;
  for (guint64 i = 1; i <= fermata_history_get_n_events (history); i++)
    {
      const FermataEvent *event = fermata_history_get_event (history, i);

      if (event->kind != FERMATA_EVENT_CHUNK)
        continue;

      n_chunks++;
      g_assert_cmpint (integer_of (event->payload, "offset"), ==, *n_bytes);
      *n_bytes += integer_of (event->payload, "length");
      *n_items += integer_of (event->payload, "items");
    }

  return n_chunks;
}

static void
test_chunks (void)
{
  g_auto (Fixture) self = { NULL, };
  guint64 n_bytes, n_items;

  fixture_run (&self, "'argv': ['printf', '1\\\\n2\\\\n3'], 'emit': 'lines'");
  g_assert_cmpuint (fermata_run_get_state (self.run), ==, FERMATA_RUN_STATE_DONE);
  g_assert_cmpuint (count_chunks (&self, &n_bytes, &n_items), >=, 2);
  g_assert_cmpuint (n_bytes, ==, 5);
  g_assert_cmpuint (n_items, ==, 3);
}

/* That nothing came is told too. */
static void
test_no_items (void)
{
  g_auto (Fixture) self = { NULL, };
  guint64 n_bytes, n_items;

  fixture_run (&self, "'argv': ['true'], 'emit': 'ndjson'");
  g_assert_cmpuint (fermata_run_get_state (self.run), ==, FERMATA_RUN_STATE_DONE);
  g_assert_cmpuint (count_chunks (&self, &n_bytes, &n_items), ==, 1);
  g_assert_cmpuint (n_items, ==, 0);
}

static void
test_bad_line (void)
{
  g_auto (Fixture) self = { NULL, };
  FermataValue *error;

  fixture_run (&self, "'argv': ['printf', '1\\\\n2\\\\nthree'], 'emit': 'ndjson'");
  g_assert_cmpuint (fermata_run_get_state (self.run), ==, FERMATA_RUN_STATE_FAILED);
  error = fermata_moment_get_node_error (fermata_run_get_moment (self.run), 0, 0);
  g_assert_cmpstr (fermata_value_get_string (fermata_value_get_member (error, "kind"), NULL), ==,
                   "transformation");
  g_assert_nonnull (strstr (fermata_value_get_string (fermata_value_get_member (error, "message"), NULL),
                            "Line 3"));
}

/* A process that never stops is ended when one of its lines is wrong. */
static void
test_bad_line_ends (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_run (&self, "'argv': ['yes', '{'], 'emit': 'ndjson'");
  g_assert_cmpuint (fermata_run_get_state (self.run), ==, FERMATA_RUN_STATE_FAILED);
}

/* What of the program's memory is its own, in KB. */
static guint64
own_memory (void)
{
  g_autofree char *status = NULL;
  const char *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  line = strstr (status, "RssAnon:");
  g_assert_nonnull (line);

  return g_ascii_strtoull (line + strlen ("RssAnon:"), NULL, 10);
}

static void
test_two_gigabytes (void)
{
  const guint64 size = G_GUINT64_CONSTANT (2) << 30;
  g_auto (Fixture) self = { NULL, };
  guint64 before = own_memory ();
  guint64 n_chunks, n_bytes, n_items;

  /* Lines of 64 bytes */
  fixture_run (&self, "'argv': ['sh', '-c', 'yes 012345678901234567890123456789012345678901234567890123456789abc"
                      " | head -c 2147483648'], 'emit': 'lines'");
  g_assert_cmpuint (fermata_run_get_state (self.run), ==, FERMATA_RUN_STATE_DONE);
  g_assert_cmpuint (own_memory () - MIN (before, own_memory ()), <, 50 * 1024);

  n_chunks = count_chunks (&self, &n_bytes, &n_items);
  g_test_message ("%" G_GUINT64_FORMAT " chunks", n_chunks);
  g_assert_cmpuint (n_bytes, ==, size);
  g_assert_cmpuint (n_items, ==, size / 64);
  g_assert_cmpuint (n_chunks, <, 20000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/emission/lines", test_lines);
  g_test_add_func ("/emission/ndjson", test_ndjson);
  g_test_add_func ("/emission/refused", test_refused);
  g_test_add_func ("/emission/too-long", test_too_long);
  g_test_add_func ("/emission/chunks", test_chunks);
  g_test_add_func ("/emission/no-items", test_no_items);
  g_test_add_func ("/emission/bad-line", test_bad_line);
  g_test_add_func ("/emission/bad-line-ends", test_bad_line_ends);
  g_test_add_func ("/emission/two-gigabytes", test_two_gigabytes);

  return g_test_run ();
}

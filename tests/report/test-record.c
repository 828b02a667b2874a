/* test-record.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What is recorded can be read back, every moment of it. */

#include "report/record-fixture.h"

#define SIMPLE_GRAPH                                                        \
  "{ 'fermata': 1, 'kind': 'dag', 'nodes': ["                               \
  "  { 'id': 'a', 'type': 'set', 'with': { 'value': 1 } } ], 'edges': [] }"

static void
test_moments (void)
{
  g_autoptr (RecordFixture) fixture = record_fixture_new (RICH_GRAPH);
  g_autoptr (FermataRecord) record = record_fixture_read (fixture);
  FermataHistory *history = fermata_record_get_history (record);
  g_autoptr (GError) error = NULL;

  g_assert_true (fermata_record_is_whole (record));
  g_assert_cmpuint (fermata_history_get_n_events (history), ==, fixture->moments->len - 1);
  for (guint i = 0; i < fixture->moments->len; i++)
    {
      g_autoptr (FermataMoment) moment = fermata_history_dup_moment (history, i);

      g_assert_true (fermata_moment_equal (moment, fixture->moments->pdata[i]));
    }
  g_assert_true (fermata_history_verify (history, NULL, &error));
  g_assert_no_error (error);
}

static void
test_graph (void)
{
  g_autoptr (RecordFixture) fixture = record_fixture_new (RICH_GRAPH);
  g_autoptr (FermataRecord) record = record_fixture_read (fixture);
  g_autoptr (FermataGraph) graph = graph_of (RICH_GRAPH);
  g_autoptr (FermataValue) expected = fermata_graph_to_value (graph);
  g_autoptr (FermataValue) found = fermata_graph_to_value (fermata_record_get_graph (record));
  g_autofree char *inputs = NULL;

  g_assert_true (fermata_value_equal (found, expected));
  inputs = fermata_value_to_string (fermata_record_get_inputs (record), FERMATA_WRITE_COMPACT, NULL);
  g_assert_cmpstr (inputs, ==, "{\"n\":9007199254740993}");
}

static void
assert_printed (FermataRecord *record,
                const char    *id,
                FermataStream  stream,
                const char    *expected,
                gsize          length)
{
  FermataPlan *plan = fermata_history_get_plan (fermata_record_get_history (record));
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  guint node;

  g_assert_true (fermata_plan_find_node (plan, id, &node));
  g_assert_cmpuint (fermata_record_get_n_printed (record, 0, node, stream), ==, length);
  bytes = fermata_record_read_printed (record, 0, node, stream, 0, length, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), expected, length);
}

static void
test_printed (void)
{
  g_autoptr (RecordFixture) fixture = record_fixture_new (RICH_GRAPH);
  g_autoptr (FermataRecord) record = record_fixture_read (fixture);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  assert_printed (record, "print", FERMATA_STREAM_OUTPUT, "a\xc3\xa9\nb\n", 6);
  assert_printed (record, "raw", FERMATA_STREAM_OUTPUT, "\377\000x", 3);
  assert_printed (record, "broken", FERMATA_STREAM_ERROR, "no\n", 3);
  assert_printed (record, "broken", FERMATA_STREAM_OUTPUT, "", 0);

  bytes = fermata_record_read_printed (record, 0, 0, FERMATA_STREAM_OUTPUT, 0, 1, &error);
  g_assert_null (bytes);
  g_assert_nonnull (error);
}

/* The chunk that ends what a node emits may have no bytes. */
static void
test_printed_nothing (void)
{
  g_autoptr (RecordFixture) fixture = record_fixture_new (
    "{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
    "  { 'id': 'none', 'type': 'command', 'with': { 'argv': ['true'], 'emit': 'ndjson' } },"
    "  { 'id': 'open', 'type': 'command', 'with': { 'argv': ['printf', 'a'], 'emit': 'lines' } } ],"
    "  'edges': [] }");
  g_autoptr (FermataRecord) record = record_fixture_read (fixture);

  assert_printed (record, "none", FERMATA_STREAM_OUTPUT, "", 0);
  assert_printed (record, "open", FERMATA_STREAM_OUTPUT, "a", 1);
}

/* More than fits in memory, or in one line. */
static void
test_printed_much (void)
{
  g_autoptr (RecordFixture) fixture = record_fixture_new (
    "{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
    "  { 'id': 'much', 'type': 'command', 'with': {"
    "    'argv': ['sh', '-c', 'yes 0123456789abcde | head -c 4000000'], 'output': 'none' } } ], 'edges': [] }");
  g_autoptr (FermataRecord) record = record_fixture_read (fixture);
  g_autoptr (GBytes) bytes = NULL;
  const char *data;
  gsize length;

  g_assert_cmpuint (fermata_record_get_n_printed (record, 0, 0, FERMATA_STREAM_OUTPUT), ==, 4000000);
  bytes = fermata_record_read_printed (record, 0, 0, FERMATA_STREAM_OUTPUT, 0, 4000000, NULL);
  data = g_bytes_get_data (bytes, &length);
  for (gsize i = 0; i < length; i++)
    g_assert_cmpint (data[i], ==, "0123456789abcde\n"[i % 16]);
}

/* Each line is whole JSON, and says what it is. */
static void
test_lines (void)
{
  g_autoptr (RecordFixture) fixture = record_fixture_new (SIMPLE_GRAPH);
  gsize length;
  g_autofree char *text = record_fixture_dup_text (fixture, &length);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, 1 + 4 + 1 + 1);
  g_assert_true (g_str_has_prefix (lines[0], "{\"fermata-record\":1,\"generator\":\"fermata "));
  g_assert_true (g_str_has_prefix (lines[1], "{\"n\":1,\"t\":0,\"kind\":\"run-started\","));
  g_assert_true (g_str_has_prefix (lines[4], "{\"n\":4,"));
  g_assert_cmpstr (lines[5], ==, "{\"fermata-record-end\":1,\"events\":4,\"state\":\"done\"}");
  g_assert_cmpstr (lines[6], ==, "");
}

/* Until it is finished there is nothing under its name. */
static void
test_appears_whole (void)
{
  g_autoptr (RecordFixture) fixture = record_fixture_prepare (SIMPLE_GRAPH);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  record_fixture_run (fixture);
  before = record_fixture_list (fixture);
  g_assert_true (g_str_has_prefix (before, ".run.record."));
  fermata_record_writer_finish (fixture->writer, &error);
  g_assert_no_error (error);
  after = record_fixture_list (fixture);
  g_assert_cmpstr (after, ==, "run.record");
}

/* What a crash leaves is whole up to its last line, and can be looked at. */
static void
test_breaks_off (void)
{
  g_autoptr (RecordFixture) fixture = record_fixture_prepare (SIMPLE_GRAPH);
  g_autoptr (FermataRecord) record = NULL;
  g_autofree char *left = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  record_fixture_run (fixture);
  left = record_fixture_list (fixture);
  path = g_build_filename (fixture->folder, left, NULL);
  g_clear_object (&fixture->file);
  fixture->file = g_file_new_for_path (path);

  record = fermata_record_read (fixture->engine, fixture->file, FERMATA_RECORD_WHOLE, &error);
  g_assert_null (record);
  g_assert_error (error, FERMATA_REPORT_ERROR, FERMATA_REPORT_ERROR_INCOMPLETE);
  g_assert_nonnull (strstr (error->message, ":6: "));

  g_clear_error (&error);
  record = fermata_record_read (fixture->engine, fixture->file, FERMATA_RECORD_PARTIAL, &error);
  g_assert_no_error (error);
  g_assert_false (fermata_record_is_whole (record));
  g_assert_cmpuint (fermata_history_get_n_events (fermata_record_get_history (record)), ==, 4);
}

/* A writer that is let go before anything ran leaves nothing behind. */
static void
test_unused (void)
{
  g_autoptr (RecordFixture) fixture = record_fixture_prepare (SIMPLE_GRAPH);
  g_autofree char *left = NULL;

  fermata_run_remove_monitor (fixture->run, FERMATA_MONITOR (fixture->writer));
  g_clear_object (&fixture->writer);
  left = record_fixture_list (fixture);
  g_assert_cmpstr (left, ==, "");
  fixture->writer = g_object_new (FERMATA_TYPE_RECORD_WRITER, NULL);
}

static void
test_cannot_be_written (void)
{
  g_autoptr (FermataGraph) graph = graph_of (SIMPLE_GRAPH);
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/nonexistent/run.record");
  g_autoptr (GFile) folder = g_file_new_for_path (g_get_tmp_dir ());
  g_autoptr (GError) error = NULL;

  g_assert_null (fermata_record_writer_new (nowhere, graph, &error));
  g_assert_error (error, FERMATA_FORMAT_ERROR, FERMATA_FORMAT_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (fermata_record_writer_new (folder, graph, &error));
  g_assert_error (error, FERMATA_FORMAT_ERROR, FERMATA_FORMAT_ERROR_NOT_REGULAR);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/moments", test_moments);
  g_test_add_func ("/record/graph", test_graph);
  g_test_add_func ("/record/printed", test_printed);
  g_test_add_func ("/record/printed-nothing", test_printed_nothing);
  g_test_add_func ("/record/printed-much", test_printed_much);
  g_test_add_func ("/record/lines", test_lines);
  g_test_add_func ("/record/appears-whole", test_appears_whole);
  g_test_add_func ("/record/breaks-off", test_breaks_off);
  g_test_add_func ("/record/unused", test_unused);
  g_test_add_func ("/record/cannot-be-written", test_cannot_be_written);

  return g_test_run ();
}

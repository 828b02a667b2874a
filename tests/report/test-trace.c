/* test-trace.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Traces are such as those who read them want them. */

#include <glib/gstdio.h>
#include <string.h>

#include "harness/fermata-test-bed.h"
#include "harness/fermata-test-script.h"
#include "report/fermata-trace-writer.h"
#include "value/fermata-value-reader.h"

/* A run that has been traced, and the trace read. */
typedef struct {
  FermataTestBed *bed;
  GFile *file;
  FermataTraceWriter *writer;
  char *text;
  FermataValue *trace;
} Fixture;

static void
fixture_begin (Fixture      *self,
               FermataGraph *graph)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("fermata-trace-XXXXXX", &error);

  g_assert_no_error (error);
  self->file = g_file_new_build_filename (folder, "run.trace", NULL);
  self->bed = fermata_test_bed_new ();
  fermata_test_bed_set_up (self->bed, graph, &error);
  g_assert_no_error (error);
  self->writer = fermata_trace_writer_new (self->file, fermata_run_get_plan (self->bed->run),
                                           "a \"title\"", &error);
  g_assert_no_error (error);
  fermata_run_add_monitor (self->bed->run, FERMATA_MONITOR (self->writer));
}

static void
fixture_read (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  fermata_run_remove_monitor (self->bed->run, FERMATA_MONITOR (self->writer));
  fermata_trace_writer_finish (self->writer, &error);
  g_assert_no_error (error);
  g_file_get_contents (g_file_peek_path (self->file), &self->text, NULL, &error);
  g_assert_no_error (error);
  self->trace = fermata_value_parse (self->text, -1, &error);
  g_assert_no_error (error);
}

static void
fixture_run (Fixture      *self,
             FermataGraph *graph)
{
  fixture_begin (self, graph);
  fermata_test_bed_go (self->bed);
  fixture_read (self);
}

static void
fixture_clear (Fixture *self)
{
  g_autofree char *folder = g_path_get_dirname (g_file_peek_path (self->file));

  g_clear_object (&self->writer);
  g_file_delete (self->file, NULL, NULL);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_clear_object (&self->file);
  g_clear_pointer (&self->bed, fermata_test_bed_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->trace, fermata_value_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static const char *
text_of (FermataValue *object,
         const char   *name)
{
  FermataValue *member = fermata_value_get_member (object, name);

  return member == NULL ? "" : fermata_value_get_string (member, NULL);
}

/* Nanoseconds. */
static gint64
time_of (FermataValue *object,
         const char   *name)
{
  FermataValue *member = fermata_value_get_member (object, name);

  g_assert_nonnull (member);

  return (gint64) (fermata_value_get_number (member) * 1000 + 0.5);
}

static gint64
lane_of (FermataValue *object)
{
  return fermata_value_get_integer (fermata_value_get_member (object, "tid"));
}

static gboolean
is_phase (FermataValue *object,
          const char   *phase)
{
  return g_str_equal (text_of (object, "ph"), phase);
}

static guint
count (Fixture    *self,
       const char *phase,
       const char *name)
{
  guint n = 0;

  for (gsize i = 0; i < fermata_value_get_length (self->trace); i++)
    {
      FermataValue *object = fermata_value_get_element (self->trace, i);

      n += is_phase (object, phase) && (name == NULL || g_str_equal (text_of (object, "name"), name));
    }

  return n;
}

static FermataValue *
find (Fixture    *self,
      const char *phase,
      const char *name)
{
  for (gsize i = 0; i < fermata_value_get_length (self->trace); i++)
    {
      FermataValue *object = fermata_value_get_element (self->trace, i);

      if (is_phase (object, phase) && g_str_equal (text_of (object, "name"), name))
        return object;
    }
  g_assert_not_reached ();
}

static int
compare_slices (gconstpointer a,
                gconstpointer b)
{
  FermataValue *one = *(FermataValue *const *) a;
  FermataValue *other = *(FermataValue *const *) b;
  gint64 difference = lane_of (one) - lane_of (other);

  if (difference == 0)
    difference = time_of (one, "ts") - time_of (other, "ts");

  return difference < 0 ? -1 : difference > 0;
}

static GPtrArray *
collect_slices (Fixture *self)
{
  GPtrArray *slices = g_ptr_array_new ();

  for (gsize i = 0; i < fermata_value_get_length (self->trace); i++)
    {
      FermataValue *object = fermata_value_get_element (self->trace, i);

      if (is_phase (object, "X"))
        g_ptr_array_add (slices, object);
    }
  g_ptr_array_sort (slices, compare_slices);

  return slices;
}

/* Slices of a lane nest, so the rule says; ours stand beside each other. */
static void
assert_slices_do_not_overlap (GPtrArray *slices)
{
  for (guint i = 0; i + 1 < slices->len; i++)
    {
      FermataValue *slice = slices->pdata[i];
      FermataValue *next = slices->pdata[i + 1];

      g_assert_cmpint (time_of (slice, "dur"), >, 0);
      if (lane_of (slice) == lane_of (next))
        g_assert_cmpint (time_of (slice, "ts") + time_of (slice, "dur"), <=, time_of (next, "ts"));
    }
}

static gboolean
is_within_a_slice (GPtrArray    *slices,
                   FermataValue *object)
{
  gint64 time = time_of (object, "ts");

  for (guint i = 0; i < slices->len; i++)
    {
      FermataValue *slice = slices->pdata[i];

      if (lane_of (slice) == lane_of (object) && time >= time_of (slice, "ts")
          && time < time_of (slice, "ts") + time_of (slice, "dur"))
        return TRUE;
    }

  return FALSE;
}

static void
assert_sound (Fixture *self)
{
  g_autoptr (GPtrArray) slices = collect_slices (self);
  gint64 open_flow = -1;
  gint64 since = 0;

  assert_slices_do_not_overlap (slices);
  for (gsize i = 0; i < fermata_value_get_length (self->trace); i++)
    {
      FermataValue *object = fermata_value_get_element (self->trace, i);

      g_assert_cmpint (fermata_value_get_integer (fermata_value_get_member (object, "pid")), ==, 1);
      if (is_phase (object, "s"))
        {
          g_assert_true (is_within_a_slice (slices, object));
          open_flow = fermata_value_get_integer (fermata_value_get_member (object, "id"));
          since = time_of (object, "ts");
        }
      else if (is_phase (object, "f"))
        {
          g_assert_true (is_within_a_slice (slices, object));
          g_assert_cmpint (fermata_value_get_integer (fermata_value_get_member (object, "id")), ==,
                           open_flow);
          g_assert_cmpint (time_of (object, "ts"), >, since);
        }
    }
}

static void
test_every_golden_run (void)
{
  g_auto (GStrv) paths = fermata_test_list_golden (TRUE);

  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_auto (Fixture) self = { NULL, };
      g_autoptr (FermataGraph) graph = fermata_test_read_graph (paths[i]);

      fixture_run (&self, graph);
      assert_sound (&self);
      g_assert_cmpuint (count (&self, "X", NULL), ==,
                        fermata_test_bed_count (self.bed, FERMATA_EVENT_NODE_STARTED, NULL));
    }
}

#define DIAMOND                                                                             \
  "{ 'fermata': 1, 'kind': 'dag', 'on-error': 'continue', 'nodes': ["                       \
  "  { 'id': 'a', 'type': 'task', 'with': { 'takes': '1s' } },"                             \
  "  { 'id': 'b', 'type': 'task', 'with': { 'takes': '2s' } },"                             \
  "  { 'id': 'c', 'type': 'task', 'with': { 'takes': '1s', 'error': 'execution' } },"       \
  "  { 'id': 'd', 'type': 'set', 'join': 'always', 'with': { 'value': 1 } } ],"             \
  "  'edges': [ { 'from': 'a', 'to': 'b' }, { 'from': 'a', 'to': 'c', 'when': 'true' },"    \
  "             { 'from': 'b', 'to': 'd' }, { 'from': 'c', 'to': 'd' } ] }"

static void
test_content (void)
{
  g_auto (Fixture) self = { NULL, };
  g_autoptr (FermataGraph) graph = fermata_test_graph (DIAMOND);
  FermataValue *slice, *args;

  fixture_run (&self, graph);
  g_assert_cmpuint (count (&self, "X", NULL), ==, 4);
  g_assert_cmpuint (count (&self, "s", NULL), ==, 3);
  g_assert_cmpuint (count (&self, "i", "failed"), ==, 1);
  g_assert_cmpuint (count (&self, "C", "running"), ==, 4);
  g_assert_cmpuint (count (&self, "M", "thread_name"), ==, 3);

  slice = find (&self, "X", "c");
  g_assert_cmpint (time_of (slice, "ts") / 1000, ==, G_USEC_PER_SEC);
  g_assert_cmpstr (text_of (slice, "cat"), ==, "task");
  args = fermata_value_get_member (slice, "args");
  g_assert_cmpstr (text_of (args, "outcome"), ==, "failed");
  g_assert_cmpstr (text_of (fermata_value_get_member (args, "error"), "kind"), ==, "execution");
  slice = find (&self, "M", "process_name");
  g_assert_cmpstr (text_of (fermata_value_get_member (slice, "args"), "name"), ==, "a \"title\"");
}

/* The same from the history alone. */
static void
test_from_a_history (void)
{
  g_auto (Fixture) self = { NULL, };
  g_autoptr (FermataGraph) graph = fermata_test_graph (DIAMOND);
  g_autoptr (FermataTraceWriter) again = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  fixture_run (&self, graph);
  again = fermata_trace_writer_new (self.file, fermata_run_get_plan (self.bed->run), "a \"title\"",
                                    &error);
  g_assert_no_error (error);
  fermata_trace_writer_add_history (again, fermata_run_get_history (self.bed->run));
  g_assert_true (fermata_trace_writer_finish (again, NULL));
  g_file_get_contents (g_file_peek_path (self.file), &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, self.text);
}

/* What is still under way is there; so it is a whole if it is ended. */
static void
test_broken_off (void)
{
  g_auto (Fixture) self = { NULL, };
  g_autoptr (FermataGraph) graph = fermata_test_graph (DIAMOND);
  FermataValue *args;

  fixture_begin (&self, graph);
  fermata_run_start (self.bed->run);
  fermata_test_bed_pass_time_until (self.bed, G_USEC_PER_SEC / 2);
  fixture_read (&self);
  assert_sound (&self);
  args = fermata_value_get_member (find (&self, "X", "a"), "args");
  g_assert_null (fermata_value_get_member (args, "outcome"));

  fermata_run_cancel (self.bed->run);
  fermata_test_bed_finish (self.bed);
}

static void
test_refused (void)
{
  g_auto (Fixture) self = { NULL, };
  g_autoptr (FermataGraph) graph = fermata_test_graph (DIAMOND);
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/no/such/folder/run.trace");
  g_autoptr (GError) error = NULL;

  fixture_run (&self, graph);
  g_assert_null (fermata_trace_writer_new (nowhere, fermata_run_get_plan (self.bed->run), "x", &error));
  g_assert_nonnull (error);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/trace/every-golden-run", test_every_golden_run);
  g_test_add_func ("/trace/content", test_content);
  g_test_add_func ("/trace/from-a-history", test_from_a_history);
  g_test_add_func ("/trace/broken-off", test_broken_off);
  g_test_add_func ("/trace/refused", test_refused);

  return g_test_run ();
}

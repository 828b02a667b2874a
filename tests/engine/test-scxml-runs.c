/* test-scxml-runs.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Runs of machines of SCXML as runs: written down and read back, held, looked at in the
 * past, cancelled. Their JavaScript is a cache of the moment, and nothing else. */

#include "engine/scxml-bed.h"

#include "engine/moment/fermata-machine-view.h"
#include "engine/plan/fermata-plan-private.h"
#include "harness/fermata-probe.h"
#include "report/fermata-record-writer.h"
#include "report/fermata-record.h"

#include <glib/gstdio.h>

/* Whatever a machine keeps, and what it does with chance and time. */
#define RICH \
  SCXML ("<datamodel><data id='n' expr='0'/><data id='o' expr='({ k: [NaN, undefined, -0, 5n, new Date (4), function (x) { return x + n }] })'/>" \
         "<data id='file' src='data.json'/><data id='x'><a xmlns='' b='1'/></data></datamodel><script src='code.js'/>" \
         "<state id='s'>" ON_ENTRY ("<script>n = twice (file.k) + Math.random (); t = Date.now ()</script><send event='e' delay='1s' namelist='n o'/>") \
         "<transition event='e' target='t'><foreach array='[1, 2, 3]' item='i' index='j'><assign location='o.k[j]' expr='i * Math.random ()'/></foreach></transition></state>" \
         "<state id='t'><invoke id='c'><param name='m' expr='n'/><content><scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0' datamodel='ecmascript'>" \
         "<datamodel><data id='m'/></datamodel><final id='f'><donedata><param name='m' expr='m + Math.random ()'/></donedata></final></scxml></content></invoke>" \
         "<transition event='done.invoke.c' target='end'><assign location='n' expr='_event.data.m + Date.now () - t'/><script>nothing.there ()</script></transition></state>" \
         "<final id='end'><donedata><param name='n' expr='Math.floor (n)'/></donedata></final>")

static void
write_files (void)
{
  scxml_bed_write ("data.json", "{ \"k\": 21 }");
  scxml_bed_write ("code.js", "function twice (x) { return 2 * x }");
}

static void
keep_moment (FermataRun *run,
             guint64     number,
             gpointer    user_data)
{
  g_ptr_array_add (user_data, fermata_moment_copy (fermata_run_get_moment (run)));
}

/* What is read back is what was lived, whatever became of the files. */
static void
test_record (void)
{
  g_autoptr (FermataTestBed) bed = scxml_bed_new ();
  g_autoptr (GPtrArray) moments = g_ptr_array_new_with_free_func ((GDestroyNotify) fermata_moment_unref);
  g_autoptr (GFile) file = g_file_new_for_path ("run.jsonl");
  g_autoptr (FermataRecordWriter) writer = NULL;
  g_autoptr (FermataRecord) record = NULL;
  g_autoptr (FermataGraph) graph = NULL;
  g_autoptr (GError) error = NULL;
  FermataHistory *history;

  write_files ();
  graph = scxml_bed_load (bed, RICH);
  fermata_test_bed_prepare (bed, graph, NULL);
  writer = fermata_record_writer_new (file, graph, &error);
  g_assert_no_error (error);
  fermata_run_add_monitor (bed->run, FERMATA_MONITOR (writer));
  fermata_probe_set_committed (fermata_probe_add (bed->run, moments), keep_moment);
  fermata_test_bed_finish (bed);
  fermata_record_writer_finish (writer, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fermata_run_get_state (bed->run), ==, FERMATA_RUN_STATE_DONE);

  g_assert_cmpint (g_unlink ("data.json") | g_unlink ("code.js") | g_unlink ("machine.scxml"), ==, 0);
  record = fermata_record_read (bed->engine, file, FERMATA_RECORD_WHOLE, &error);
  g_assert_no_error (error);
  history = fermata_record_get_history (record);
  g_assert_cmpuint (fermata_history_get_n_events (history), ==, moments->len);
  for (guint i = 0; i < moments->len; i++)
    {
      g_autoptr (FermataMoment) moment = fermata_history_dup_moment (history, i + 1);

      g_assert_true (fermata_moment_equal (moment, moments->pdata[i]));
    }
  fermata_history_verify (history, NULL, &error);
  g_assert_no_error (error);
}

static FermataValue *
evaluate (FermataTestBed *bed,
          FermataMoment  *moment,
          const char     *source)
{
  g_autoptr (GError) error = NULL;
  FermataValue *value = fermata_moment_evaluate (moment, fermata_engine_get_evaluator (bed->engine), 0,
                                                 FERMATA_PLACE_RUN, source, &error);

  g_assert_no_error (error);

  return value;
}

static void
assert_value (FermataTestBed *bed,
              FermataMoment  *moment,
              const char     *source,
              const char     *expected)
{
  g_autoptr (FermataValue) value = evaluate (bed, moment, source);
  g_autofree char *json = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);

  g_assert_cmpstr (json, ==, expected);
}

/* Whoever asks changes nothing, and is told what was. */
static void
test_past (void)
{
  g_autoptr (FermataTestBed) bed = scxml_bed_new ();
  g_autoptr (FermataMoment) early = NULL;
  FermataHistory *history;

  scxml_bed_begin (bed,
    SCXML ("<datamodel><data id='n' expr='1'/><data id='f' expr='function (x) { return x + n }'/></datamodel>"
           "<state id='s'><transition event='e'>" "<assign location='n' expr='n + 1'/>" LOG ("f (0)") "</transition>"
           "<transition event='end' target='end'/></state><final id='end'/>"));
  history = fermata_run_get_history (bed->run);
  early = fermata_history_dup_moment (history, fermata_history_get_n_events (history));
  for (guint i = 0; i < 3; i++)
    {
      g_assert_true (fermata_run_send_event (bed->run, "e", NULL));
      fermata_test_bed_settle (bed);
      assert_value (bed, early, "[f (10), n, In ('s'), typeof _event]", "[11,1,true,\"undefined\"]");
      assert_value (bed, early, "n = 100", "100");
      assert_value (bed, fermata_run_get_moment (bed->run), "[++n, f (0), _event.name]",
                    i == 0 ? "[3,3,\"e\"]" : i == 1 ? "[4,4,\"e\"]" : "[5,5,\"e\"]");
    }
  g_assert_true (fermata_run_send_event (bed->run, "end", NULL));
  fermata_test_bed_settle (bed);
  scxml_bed_assert (bed, "2 | 3 | 4");

  /* When all of it is over, too. */
  assert_value (bed, early, "f (n)", "2");
  assert_value (bed, fermata_run_get_moment (bed->run), "f (n)", "8");
}

/* Each moment of a run gives what it gave, forwards, backwards. */
static void
test_every_moment (void)
{
  g_autoptr (FermataTestBed) bed = scxml_bed_new ();
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func ((GDestroyNotify) fermata_value_unref);
  FermataHistory *history;
  guint64 n;

  write_files ();
  scxml_bed_begin (bed, RICH);
  scxml_bed_pass_all_time (bed);
  history = fermata_run_get_history (bed->run);
  n = fermata_history_get_n_events (history);
  for (guint64 pass = 0; pass < 2; pass++)
    for (guint64 i = 1; i <= n; i++)
      {
        guint64 number = pass == 0 ? i : n + 1 - i;
        g_autoptr (FermataMoment) moment = fermata_history_dup_moment (history, number);
        g_autoptr (FermataValue) value = NULL;

        if (!fermata_moment_is_machine (moment, 0))
          value = fermata_value_new_null ();
        else
          value = evaluate (bed, moment, "[typeof n, n, o, Math.random (), Date.now (), typeof twice]");
        if (pass == 0)
          g_ptr_array_add (told, g_steal_pointer (&value));
        else
          g_assert_true (fermata_value_equal (value, told->pdata[number - 1]));
      }
}

static gboolean
hold_always (FermataRun         *run,
             const FermataEvent *decision,
             gpointer            user_data)
{
  return TRUE;
}

static void
set_by_hand (FermataTestBed *bed,
             const char     *name,
             const char     *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) value = fermata_value_parse (json, -1, &error);

  g_assert_no_error (error);
  fermata_run_set_variable (bed->run, 0, name, value, &error);
  g_assert_no_error (error);
  fermata_test_bed_settle (bed);
}

/* What is changed by hand while it is held is what scripts and conditions then see. */
static void
test_held (void)
{
  g_autoptr (FermataTestBed) bed = scxml_bed_new ();
  g_autoptr (FermataGraph) graph = NULL;
  guint32 place;

  graph = scxml_bed_load (bed,
    SCXML ("<datamodel><data id='n' expr='1'/></datamodel><state id='s'><transition event='e' cond='n == 50' target='t'>"
           "<script>n = n + 1</script>" LOG ("n") "</transition><transition event='e' target='u'/></state>"
           "<final id='t'/><final id='u'/>"));
  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_run_start (bed->run);
  fermata_test_bed_settle (bed);
  fermata_probe_set_gate (fermata_probe_add (bed->run, NULL), hold_always);
  g_assert_true (fermata_plan_find_node_place (fermata_run_get_plan (bed->run), "s", &place));
  g_assert_true (fermata_run_hold (bed->run));
  fermata_test_bed_settle (bed);
  g_assert_true (fermata_run_send_event (bed->run, "e", NULL));
  set_by_hand (bed, "n", "7");
  set_by_hand (bed, "n", "50");
  assert_value (bed, fermata_run_get_moment (bed->run), "n + 1", "51");
  g_assert_true (fermata_run_release (bed->run));
  fermata_test_bed_settle (bed);
  scxml_bed_assert (bed, "51");
}

/* Whatever somebody puts there, no machine comes to harm. */
static void
test_set_to_nonsense (void)
{
  static const char *const values[] = {
    "{\"$number\":\"abc\"}", "{\"$bigint\":\"x\"}", "{\"$function\":\"}{\"}", "{\"$xml\":\"<\"}", "{\"$date\":5}",
    "{\"$foo\":1}", "{\"$regexp\":\"(\"}", "{\"$undefined\":false}", "{\"$\":1}", "{\"$frozen\":{\"$bigint\":[]}}",
  };
  g_autoptr (FermataTestBed) bed = scxml_bed_new ();

  scxml_bed_begin (bed,
    SCXML ("<datamodel><data id='v' expr='1'/><data id='n' expr='0'/></datamodel><state id='s'><transition event='e'>"
           "<script>typeof v; n++</script></transition><transition event='see'>" LOG ("n >= 0") "</transition></state>"));
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      set_by_hand (bed, "v", values[i]);
      g_assert_true (fermata_run_send_event (bed->run, "e", NULL));
      fermata_test_bed_settle (bed);
    }
  set_by_hand (bed, "v", "1");
  g_assert_true (fermata_run_send_event (bed->run, "see", NULL));
  fermata_test_bed_settle (bed);
  scxml_bed_assert (bed, "true");
}

/* More than have a process at once: whoever has lost theirs goes on with another. */
static void
test_many_machines (void)
{
  g_autoptr (FermataTestBed) bed = scxml_bed_new ();
  g_autoptr (GString) document = g_string_new (NULL);

  g_string_append (document, "<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0' datamodel='ecmascript'>"
                   "<datamodel><data id='sum' expr='0'/><data id='n' expr='0'/></datamodel><state id='s'>");
  for (guint i = 0; i < 24; i++)
    g_string_append_printf (document,
      "<invoke id='c%u' autoforward='true'><param name='k' expr='%u'/><content><scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0' datamodel='ecmascript'>"
      "<datamodel><data id='k'/><data id='f' expr='function (x) { return x + k }'/></datamodel>"
      "<script>var hidden = 1; function more (x) { return f (x) + hidden }</script>"
      "<state id='c'><transition event='go'><script>k = more (1000) - 1000; hidden = 2</script>"
      "<send event='said' target='#_parent'><param name='k' expr='f (k)'/></send></transition></state></scxml></content></invoke>", i, i);
  g_string_append (document, "<transition event='said'><assign location='sum' expr='sum + _event.data.k'/><assign location='n' expr='n + 1'/></transition>"
                   "<transition event='tell'><log expr='[n, sum]'/></transition></state></scxml>");
  scxml_bed_begin (bed, document->str);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (fermata_run_send_event (bed->run, "go", NULL));
      fermata_test_bed_settle (bed);
    }
  g_assert_true (fermata_run_send_event (bed->run, "tell", NULL));
  fermata_test_bed_settle (bed);

  /* Machine i says 2 (i + 1), then 2 (i + 3). */
  scxml_bed_assert (bed, "[48,1296]");
}

static guint
count_children (void)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/task/%d/children", (int) getpid ());
  g_autofree char *text = NULL;
  g_auto (GStrv) ids = NULL;
  guint n = 0;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  ids = g_strsplit (g_strstrip (text), " ", -1);
  for (guint i = 0; ids[i] != NULL; i++)
    n += *ids[i] != '\0';

  return n;
}

/* A run that is over has no process any more; what is asked of its past has one no
 * longer than somebody has the run. */
static void
test_cancelled (void)
{
  guint before = count_children ();
  FermataTestBed *bed = scxml_bed_new ();

  scxml_bed_begin (bed, DO ("<data id='n' expr='1'/>", "<script>n++</script><send event='e' delay='1h'/>"));
  g_assert_cmpuint (count_children (), ==, before + 1);
  fermata_run_cancel (bed->run);
  while (!fermata_run_has_ended (bed->run))
    g_main_context_iteration (NULL, TRUE);
  fermata_test_bed_settle (bed);
  g_assert_cmpint (fermata_run_get_state (bed->run), ==, FERMATA_RUN_STATE_CANCELLED);
  g_assert_cmpuint (count_children (), ==, before);

  assert_value (bed, fermata_run_get_moment (bed->run), "[n].concat (n)", "[2,2]");
  fermata_test_bed_free (bed);
  g_assert_cmpuint (count_children (), ==, before);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/scxml-runs/record", test_record);
  g_test_add_func ("/scxml-runs/past", test_past);
  g_test_add_func ("/scxml-runs/every-moment", test_every_moment);
  g_test_add_func ("/scxml-runs/held", test_held);
  g_test_add_func ("/scxml-runs/set-to-nonsense", test_set_to_nonsense);
  g_test_add_func ("/scxml-runs/many-machines", test_many_machines);
  g_test_add_func ("/scxml-runs/cancelled", test_cancelled);

  return g_test_run ();
}

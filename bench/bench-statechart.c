/* bench-statechart.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/*
 * What an event costs a state machine, with the whole history kept, beside Qt
 * SCXML and XState in the same rounds: sent one at a time, each dealt with before
 * the next, and all of them at once. Then whether large machines cost what their
 * size says, and what memory a run takes that keeps only its last events.
 */

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include <glib/gstdio.h>

#include "engine/fermata-engine.h"
#include "engine/nodes/fermata-nodes.h"
#include "format/fermata-scxml.h"
#include "value/fermata-value-reader.h"

#define ROUNDS 5
#define N_MICROSTEPS 1000

typedef struct {
  const char *name;

  /* What there is of one event: edges taken; microsteps by which times are
   * divided */
  guint n_edges;
  guint n_steps;
  guint n_events;

  /* How it ends in Qt SCXML */
  const char *last_state;
  const char *fermata;
  const char *scxml;
} Case;

typedef struct {
  double alone;
  double queued;
} Times;

#define EDGE(from, to, rest) "{\"from\":\"" from "\",\"to\":\"" to "\",\"event\":\"go\"" rest "}"
#define FSM "{\"fermata\":1,\"kind\":\"fsm\","
#define SCXML "<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0' "
#define GO(from, to, cond, rest) \
  "<state id='" from "'><transition event='go' target='" to "'" cond ">" rest "</transition></state>"
#define REGION(n) "{\"id\":\"r" n "\",\"nodes\":[{\"id\":\"o" n "\",\"nodes\":[{\"id\":\"a" n "\"},{\"id\":\"b" n "\"}]}]}"
#define SCXML_REGION(n) "<state id='r" n "'><state id='o" n "'>" GO ("a" n, "b" n, "", "") GO ("b" n, "a" n, "", "") "</state></state>"
#define COUNT(when, sum) ",\"when\":\"" when "\",\"assign\":[{\"n\":\"" sum "\"}]"
#define SCXML_COUNT(from, to) GO (from, to, " cond='n >= 0'", "<assign location='n' expr='n + 1'/>")
#define SIMPLE COUNT ("variables.n >= 0", "variables.n + 1")
#define HARD COUNT ("Math.abs (variables.n) >= 0", "Math.abs (variables.n) + 1")

#define COUNTING_SCXML \
  SCXML "datamodel='ecmascript' initial='a'><datamodel><data id='n' expr='0'/></datamodel>" \
  SCXML_COUNT ("a", "b") SCXML_COUNT ("b", "a") "</scxml>"

/* The same file for Qt and for us, with the data model `ecmascript` */
#define TOGGLE_SCXML \
  SCXML "datamodel='ecmascript' initial='a'>" GO ("a", "b", "", "") GO ("b", "a", "", "") "</scxml>"
#define DEEP_SCXML \
  SCXML "datamodel='ecmascript' initial='p'><parallel id='p'>" SCXML_REGION ("1") SCXML_REGION ("2") "</parallel></scxml>"

static Case cases[] = {
  { "flat", 1, 1, 200000, "a",
    FSM "\"initial\":\"a\",\"nodes\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"edges\":[" EDGE ("a", "b", "") "," EDGE ("b", "a", "") "]}",
    SCXML "datamodel='null' initial='a'>" GO ("a", "b", "", "") GO ("b", "a", "", "") "</scxml>" },
  { "deep", 2, 1, 100000, "a1",
    FSM "\"initial\":\"p\",\"nodes\":[{\"id\":\"p\",\"type\":\"parallel\",\"nodes\":[" REGION ("1") "," REGION ("2") "]}],\"edges\":["
    EDGE ("a1", "b1", "") "," EDGE ("b1", "a1", "") "," EDGE ("a2", "b2", "") "," EDGE ("b2", "a2", "") "]}",
    SCXML "datamodel='null' initial='p'><parallel id='p'>" SCXML_REGION ("1") SCXML_REGION ("2") "</parallel></scxml>" },
  { "script", 1, 1, 50000, "a",
    FSM "\"initial\":\"a\",\"variables\":{\"n\":0},\"nodes\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"edges\":["
    EDGE ("a", "b", SIMPLE) "," EDGE ("b", "a", SIMPLE) "]}",
    COUNTING_SCXML },
  { "script-js", 1, 1, 50000, "a",
    FSM "\"initial\":\"a\",\"variables\":{\"n\":0},\"nodes\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"edges\":["
    EDGE ("a", "b", HARD) "," EDGE ("b", "a", HARD) "]}",
    COUNTING_SCXML },
  { "scxml", 1, 1, 200000, "a", TOGGLE_SCXML, TOGGLE_SCXML },
  { "scxml-deep", 2, 1, 100000, "a1", DEEP_SCXML, DEEP_SCXML },
  { "scxml-n", 1, 1, 50000, "a", COUNTING_SCXML, COUNTING_SCXML },
  { "eventless", N_MICROSTEPS + 1, N_MICROSTEPS + 1, 200, "s0", NULL, NULL },
};

static void
check (gboolean    holds,
       const char *what)
{
  if (holds)
    return;

  g_printerr ("bench-statechart: %s\n", what);
  exit (1);
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double one = *(const double *) a;
  double other = *(const double *) b;

  return (one > other) - (one < other);
}

static double
median (double *values)
{
  qsort (values, ROUNDS, sizeof (double), compare_doubles);

  return values[ROUNDS / 2];
}

/* Machines */

/* A round of states; all edges but the first without an event. */
static void
make_eventless (Case *bench_case)
{
  GString *nodes = g_string_new (NULL);
  GString *edges = g_string_new (NULL);
  GString *scxml = g_string_new (SCXML "datamodel='null' initial='s0'>");

  for (guint i = 0; i <= N_MICROSTEPS; i++)
    {
      guint next = i == N_MICROSTEPS ? 0 : i + 1;

      g_string_append_printf (nodes, "%s{\"id\":\"s%u\"}", i == 0 ? "" : ",", i);
      g_string_append_printf (edges, "%s{\"from\":\"s%u\",\"to\":\"s%u\"%s}", i == 0 ? "" : ",", i, next,
                              i == 0 ? ",\"event\":\"go\"" : "");
      g_string_append_printf (scxml, "<state id='s%u'><transition%s target='s%u'/></state>", i,
                              i == 0 ? " event='go'" : "", next);
    }
  g_string_append (scxml, "</scxml>");
  bench_case->fermata = g_strdup_printf (FSM "\"initial\":\"s0\",\"nodes\":[%s],\"edges\":[%s]}",
                                         nodes->str, edges->str);
  bench_case->scxml = g_string_free (scxml, FALSE);
  g_string_free (nodes, TRUE);
  g_string_free (edges, TRUE);
}

static FermataGraph *
read_graph (const char  *text,
            GError     **error)
{
  g_autoptr (FermataValue) value = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (*text == '<')
    {
      g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);

      bytes = g_bytes_new_static (text, strlen (text));
      return fermata_scxml_read_graph (bytes, "bench", diagnostics, error);
    }

  value = fermata_value_parse (text, -1, error);

  return value == NULL ? NULL : fermata_graph_new_from_value (value);
}

static FermataPlan *
compile (FermataEngine *engine,
         const char    *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataGraph) graph = read_graph (text, &error);
  FermataPlan *plan = graph == NULL ? NULL : fermata_engine_compile (engine, graph, &error);

  check (plan != NULL, error == NULL ? "does not compile" : error->message);

  return plan;
}

/* Until nothing follows any more. */
static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static FermataRun *
begin (FermataEngine *engine,
       FermataPlan   *plan,
       guint64        n_kept)
{
  FermataRunOptions options = FERMATA_RUN_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  FermataRun *run;

  options.keep_events = n_kept;
  run = fermata_engine_create_run (engine, plan, &options, &error);
  check (run != NULL, error == NULL ? "does not start" : error->message);
  fermata_run_start (run);
  settle ();

  return run;
}

/* Also: every event can be read afterwards. */
static guint64
count_taken (FermataRun *run)
{
  FermataHistory *history = fermata_run_get_history (run);
  guint64 n = 0;

  for (guint64 i = 1; i <= fermata_history_get_n_events (history); i++)
    n += fermata_history_get_event (history, i)->kind == FERMATA_EVENT_EDGE_TAKEN;

  return n;
}

static void
end (FermataRun *run)
{
  fermata_run_close_events (run);
  settle ();
  check (fermata_run_get_state (run) == FERMATA_RUN_STATE_DONE, "the run is not done");
  g_object_unref (run);
}

static double
time_events (FermataEngine *engine,
             FermataPlan   *plan,
             const Case    *bench_case,
             guint          n_turns)
{
  FermataRun *run = begin (engine, plan, 0);
  gint64 start = g_get_monotonic_time ();
  gint64 stop;

  for (guint turn = 0; turn < n_turns; turn++)
    {
      for (guint i = 0; i < bench_case->n_events / n_turns; i++)
        check (fermata_run_send_event (run, "go", NULL), "an event is not taken");
      settle ();
    }
  stop = g_get_monotonic_time ();
  check (count_taken (run) == (guint64) bench_case->n_events * bench_case->n_edges,
         "not every edge was taken as often as it should");
  end (run);

  return (stop - start) / 1e6;
}

static Times
measure_fermata (FermataEngine *engine,
                 const Case    *bench_case)
{
  g_autoptr (FermataPlan) plan = compile (engine, bench_case->fermata);
  Times times;

  times.alone = time_events (engine, plan, bench_case, bench_case->n_events);
  times.queued = time_events (engine, plan, bench_case, 1);

  return times;
}

/* The others */

/* What it prints, as numbers; FALSE if it is not there. */
static gboolean
call (const char *const *argv,
      Times             *times)
{
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  char *rest;
  int status;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, &status,
                     &error))
    return FALSE;

  check (g_spawn_check_wait_status (status, NULL), argv[0]);
  times->alone = g_ascii_strtod (output, &rest);
  times->queued = g_ascii_strtod (rest, NULL);

  return TRUE;
}

static gboolean
measure_qt (const Case *bench_case,
            Times      *times)
{
#ifdef QT_SCXML
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "bench-statechart-XXXXXX.scxml", NULL);
  g_autofree char *count = g_strdup_printf ("%u", bench_case->n_events);
  int fd = g_mkstemp (path);
  const char *argv[] = { QT_SCXML, path, count, bench_case->last_state, NULL };
  gboolean is_there;

  check (fd >= 0 && g_close (fd, NULL) && g_file_set_contents (path, bench_case->scxml, -1, NULL), path);
  is_there = call (argv, times);
  g_remove (path);

  return is_there;
#else
  return FALSE;
#endif
}

static gboolean
measure_xstate (const Case *bench_case,
                Times      *times)
{
  g_autofree char *folder = NULL;
  g_autofree char *count = g_strdup_printf ("%u", bench_case->n_events);
  const char *modules = g_getenv ("FERMATA_NODE_MODULES");
  const char *argv[] = { "node", XSTATE_PROGRAM, NULL, bench_case->name, count, NULL };

  if (modules == NULL || g_str_has_prefix (bench_case->name, "scxml"))
    return FALSE;

  folder = g_build_filename (modules, "xstate", NULL);
  argv[2] = folder;

  return g_file_test (folder, G_FILE_TEST_IS_DIR) && call (argv, times);
}

/* All in turn, round by round. */

static void
print_time (double seconds)
{
  if (seconds < 0)
    g_print ("  %8s", "absent");
  else
    g_print ("  %8.3f", seconds * 1e6);
}

static void
print_ratio (double other,
             double own)
{
  if (other < 0)
    g_print ("  %7s", "-");
  else
    g_print ("  %7.2f", other / own);
}

static void
compare (FermataEngine *engine,
         const Case    *bench_case)
{
  enum { ALONE, QUEUED, QT_ALONE, QT_QUEUED, XSTATE, N_COLUMNS };
  double all[N_COLUMNS][ROUNDS];
  double result[N_COLUMNS];

  for (guint i = 0; i < ROUNDS; i++)
    {
      double each = (double) bench_case->n_events * bench_case->n_steps;
      Times own = measure_fermata (engine, bench_case);
      Times qt = { -each, -each };
      Times xstate = { -each, -each };

      measure_qt (bench_case, &qt);
      measure_xstate (bench_case, &xstate);
      all[ALONE][i] = own.alone / each;
      all[QUEUED][i] = own.queued / each;
      all[QT_ALONE][i] = qt.alone / each;
      all[QT_QUEUED][i] = qt.queued / each;
      all[XSTATE][i] = xstate.alone / each;
    }

  g_print ("%-10s", bench_case->name);
  for (guint i = 0; i < N_COLUMNS; i++)
    print_time (result[i] = median (all[i]));
  print_ratio (result[QT_ALONE], result[ALONE]);
  print_ratio (result[QT_QUEUED], result[QUEUED]);
  print_ratio (result[XSTATE], result[ALONE]);
  g_print ("\n");
}

/* Large machines */

typedef char *(*MakeMachine) (guint n);

static char *
make_chain (guint n)
{
  GString *nodes = g_string_new (FSM "\"initial\":\"s0\",\"nodes\":[{\"id\":\"s0\"}");
  GString *edges = g_string_new ("],\"edges\":[");

  for (guint i = 1; i < n; i++)
    {
      g_string_append_printf (nodes, ",{\"id\":\"s%u\"}", i);
      g_string_append_printf (edges, "%s{\"from\":\"s%u\",\"to\":\"s%u\",\"event\":\"e\"}", i == 1 ? "" : ",",
                              i - 1, i);
    }
  g_string_append_printf (edges, ",{\"from\":\"s%u\",\"to\":\"s0\",\"event\":\"e\"}]}", n - 1);
  g_string_append (nodes, edges->str);
  g_string_free (edges, TRUE);

  return g_string_free (nodes, FALSE);
}

static char *
make_star (guint n)
{
  GString *text = g_string_new (FSM "\"initial\":\"s\",\"nodes\":[{\"id\":\"s\"}],\"edges\":[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s{\"from\":\"s\",\"to\":\"s\",\"event\":\"e%u\"}", i == 0 ? "" : ",", i);
  g_string_append (text, "]}");

  return g_string_free (text, FALSE);
}

/* Seconds for each element, to load it and to go through it once. */
static Times
time_large (FermataEngine *engine,
            MakeMachine    make,
            guint          n)
{
  g_autofree char *text = make (n);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (FermataPlan) plan = compile (engine, text);
  FermataRun *run = begin (engine, plan, 0);
  gint64 middle = g_get_monotonic_time ();
  Times times;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = make == make_star ? g_strdup_printf ("e%u", i) : g_strdup ("e");

      check (fermata_run_send_event (run, name, NULL), "an event is not taken");
    }
  settle ();
  times.alone = (middle - start) / 1e6 / n;
  times.queued = (g_get_monotonic_time () - middle) / 1e6 / n;
  check (count_taken (run) == n, "not every edge was taken once");
  end (run);

  return times;
}

static void
measure_large (FermataEngine *engine,
               const char    *name,
               MakeMachine    make)
{
  double load[2][ROUNDS], run[2][ROUNDS];

  for (guint i = 0; i < ROUNDS; i++)
    {
      for (guint j = 0; j < 2; j++)
        {
          Times times = time_large (engine, make, j == 0 ? 8192 : 65536);

          load[j][i] = times.alone;
          run[j][i] = times.queued;
        }
    }

  g_print ("%-10s  %8.3f  %7.2f  %8.3f  %7.2f\n", name, median (load[1]) * 1e6, median (load[1]) / median (load[0]),
           median (run[1]) * 1e6, median (run[1]) / median (run[0]));
}

/* A run that keeps its last events only */

#define N_KEPT 100000
#define N_TRANSITIONS 10000000
#define N_TURNS 1000

static double
get_allocated (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return (double) info.uordblks + info.hblkhd;
}

static void
measure_retention (FermataEngine *engine)
{
  g_autoptr (FermataPlan) plan = compile (engine, cases[0].fermata);
  double before = get_allocated ();
  FermataRun *run = begin (engine, plan, N_KEPT);
  double tenth = 0;
  double last;

  for (guint turn = 1; turn <= N_TURNS; turn++)
    {
      for (guint i = 0; i < N_TRANSITIONS / N_TURNS; i++)
        check (fermata_run_send_event (run, "go", NULL), "an event is not taken");
      settle ();
      if (turn == N_TURNS / 10)
        tenth = get_allocated () - before;
    }
  last = get_allocated () - before;
  g_print ("\n%u transitions, the last %u events kept: %.2f MB at a tenth, %.2f MB at the end, ratio %.3f\n",
           N_TRANSITIONS, N_KEPT, tenth / 1e6, last / 1e6, last / tenth);
  check (last <= 1.1 * tenth, "memory grows");
  check (fermata_history_get_n_events (fermata_run_get_history (run)) >= 4ull * N_TRANSITIONS,
         "not every transition is there");
  end (run);
}

int
main (void)
{
  g_autoptr (FermataClock) clock = fermata_real_clock_new ();
  g_autoptr (FermataEngine) engine = fermata_engine_new (clock, NULL, NULL);

  fermata_nodes_register (fermata_engine_get_registry (engine));
  make_eventless (&cases[G_N_ELEMENTS (cases) - 1]);
  g_print ("us an event (eventless: a microstep); ratios are how often ours fits into the other\n"
           "               ours      ours        Qt        Qt    XState   Qt/own   Qt/own   XState\n"
           "case          alone    queued     alone    queued     alone    alone   queued     /own\n");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    compare (engine, &cases[i]);

  g_print ("\nus an element of 65,536, and ratio to 8,192\n"
           "              load    ratio       run    ratio\n");
  measure_large (engine, "chain", make_chain);
  measure_large (engine, "edges", make_star);
  measure_retention (engine);

  return 0;
}

/* test-run-part-bodies.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-frame-path.h"
#include "engine/run/fermata-run-part.h"
#include "harness/fermata-test-bed.h"

#include <string.h>

#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

/*
 * Graphs of chance, with bodies in bodies: whatever part of one runs with the history
 * of a whole run, each node ends in each frame as it did in that; and what has changed
 * runs so that all is as if everything had run.
 */

#define MAX_NODES 4
#define MAX_DEPTH 3
#define N_TRIALS 40

/* A number that depends on all of the input. */
#define HASH "[...JSON.stringify ([typeof input === \\\"undefined\\\" ? 0 : input])]" \
             ".reduce ((a, c) => (a * 31 + c.charCodeAt (0)) %% 9973, %u)"

/* The same draws write a graph again, with one number changed. Where nodes share a
 * variable they stand in a row: what comes first then does not depend on what runs. */
typedef struct {
  GRand *rand;
  guint n_numbers;
  guint changed;
  gboolean has_variable;
  GString *text;
} Writer;

static guint
draw (Writer *self,
      guint   end)
{
  return (guint) g_rand_int_range (self->rand, 0, (gint) end);
}

/* The number in a node. */
static guint
number (Writer *self)
{
  guint drawn = draw (self, 100);

  return drawn + (self->n_numbers++ == self->changed ? 1 : 0);
}

static void write_graph (Writer *self,
                         guint   depth);

static void
write_body (Writer     *self,
            const char *name,
            guint       depth)
{
  g_string_append_printf (self->text, ",'%s':{", name);
  write_graph (self, depth + 1);
  g_string_append_c (self->text, '}');
}

static void
write_owner (Writer *self,
             guint   depth)
{
  guint kind = draw (self, 6);
  guint of = number (self);

  switch (kind)
    {
    case 0:
      g_string_append_printf (self->text, "'type':'foreach','with':{'items':'[" HASH ", 1, %u]','max-parallel':%u}",
                              of, of % 3, self->has_variable ? 1 : 1 + draw (self, 3));
      break;
    case 1:
      g_string_append_printf (self->text, "'type':'while','with':{'condition':'iteration.index < %u'}",
                              1 + of % 3);
      break;
    case 2:
      g_string_append (self->text, "'type':'try'");
      break;
    case 3:
      g_string_append (self->text, "'type':'parallel'");
      break;
    case 4:
      g_string_append_printf (self->text, "'type':'fan-out','with':{'copies':'({ copies: %u, input: " HASH " })'}",
                              1 + of % 3, of);
      break;
    default:
      g_string_append (self->text, "'type':'subgraph'");
      break;
    }
  write_body (self, "body", depth);
  if (kind == 2)
    {
      write_body (self, "catch", depth);
      write_body (self, "finally", depth);
    }
}

static void
write_node (Writer *self,
            guint   index,
            guint   depth)
{
  guint what = draw (self, 10);

  g_string_append_printf (self->text, "%s{'id':'n%u',", index > 0 ? "," : "", index);
  if (depth < MAX_DEPTH && what < 4)
    write_owner (self, depth);
  else if (depth > 0 && what == 9)
    g_string_append_printf (self->text, "'type':'fail','with':{'message':'no %u'},'on-error':'continue'",
                            number (self));
  else if (self->has_variable && what == 8)
    g_string_append_printf (self->text, "'type':'set','with':{'value':'{{variables.v + " HASH "}}'},"
                            "'assign':[{'v':'output %% 1000'}]", number (self));
  else
    g_string_append_printf (self->text, "'type':'set','with':{'value':'{{" HASH "}}'}", number (self));
  g_string_append_c (self->text, '}');
}

/* The members of a graph. */
static void
write_graph (Writer *self,
             guint   depth)
{
  guint n = 1 + draw (self, MAX_NODES);
  const char *comma = "";

  g_string_append (self->text, "'nodes':[");
  for (guint i = 0; i < n; i++)
    write_node (self, i, depth);
  g_string_append (self->text, "],'edges':[");
  for (guint i = 0; i < n; i++)
    for (guint j = i + 1; j < n; j++)
      {
        if (draw (self, 3) == 0 && !(self->has_variable && j == i + 1))
          continue;
        g_string_append_printf (self->text, "%s{'from':'n%u','to':'n%u'}", comma, i, j);
        comma = ",";
      }
  g_string_append_c (self->text, ']');
}

/* With the number @changed one more. */
static FermataGraph *
make_graph (guint32   seed,
            gboolean  has_variable,
            guint     changed,
            guint    *n_numbers)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (GString) text = g_string_new ("{'fermata':1,'kind':'dag','max-concurrency':1,'variables':{'v':0},");
  Writer writer = { rand, 0, changed, has_variable, text };

  write_graph (&writer, 0);
  g_string_append_c (text, '}');
  if (n_numbers != NULL)
    *n_numbers = writer.n_numbers;

  return fermata_test_graph (text->str);
}

static FermataTestBed *
run_part (FermataGraph   *graph,
          FermataRunPart *part)
{
  FermataRunOptions options = FERMATA_RUN_OPTIONS_INIT;
  FermataTestBed *bed = fermata_test_bed_new ();

  options.part = part;
  fermata_test_bed_prepare (bed, graph, &options);
  fermata_test_bed_finish (bed);

  return bed;
}

/* By path, what became of what ran: nodes that started, and what they gave. */
typedef struct {
  GHashTable *started;
  GHashTable *ended;
  GPtrArray *order;
} Ends;

static void
ends_init (Ends           *self,
           FermataTestBed *bed)
{
  FermataHistory *history = fermata_run_get_history (bed->run);
  g_autoptr (FermataFramePaths) paths = fermata_frame_paths_new (fermata_history_get_plan (history));

  self->started = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->ended = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->order = g_ptr_array_new_with_free_func (g_free);
  for (guint64 n = 1; n <= fermata_history_get_n_events (history); n++)
    {
      const FermataEvent *event = fermata_history_get_event (history, n);

      if (event->kind == FERMATA_EVENT_NODE_STARTED)
        {
          g_hash_table_add (self->started, fermata_frame_paths_dup_event (paths, event));
          g_ptr_array_add (self->order, fermata_frame_paths_dup_event (paths, event));
        }
      if (event->kind == FERMATA_EVENT_NODE_COMPLETED)
        g_hash_table_insert (self->ended, fermata_frame_paths_dup_event (paths, event),
                             fermata_value_to_string (event->payload, FERMATA_WRITE_COMPACT, NULL));
      fermata_frame_paths_add_event (paths, event);
    }
}

static void
ends_clear (Ends *self)
{
  g_clear_pointer (&self->started, g_hash_table_unref);
  g_clear_pointer (&self->ended, g_hash_table_unref);
  g_clear_pointer (&self->order, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ends, ends_clear)

/* Everything that ran in @part gave what it gave in @whole. */
static void
assert_ends_within (Ends *part,
                    Ends *whole)
{
  GHashTableIter iter;
  gpointer path, end;

  g_hash_table_iter_init (&iter, part->ended);
  while (g_hash_table_iter_next (&iter, &path, &end))
    {
      if (g_strcmp0 (end, g_hash_table_lookup (whole->ended, path)) != 0)
        g_error ("%s gave %s, not %s", (char *) path, (char *) end,
                 (char *) g_hash_table_lookup (whole->ended, path));
    }
}

static void
assert_same_result (FermataTestBed *a,
                    FermataTestBed *b)
{
  g_autofree char *one = fermata_test_bed_result (a);
  g_autofree char *other = fermata_test_bed_result (b);

  g_assert_cmpstr (one, ==, other);
}

static const char *
choose (Ends *whole)
{
  return whole->order->pdata[g_test_rand_int_range (0, (gint32) whole->order->len)];
}

/* Whether @path is @place, or leads to it. */
static gboolean
leads_to (const char *path,
          const char *place)
{
  return g_str_has_prefix (place, path) && (place[strlen (path)] == '/' || place[strlen (path)] == '\0');
}

/* From a place on, all ends as it did. */
static void
trial_from (guint32 seed)
{
  g_autoptr (FermataGraph) graph = make_graph (seed, seed % 2 == 0, G_MAXUINT, NULL);
  g_autoptr (FermataTestBed) whole = run_part (graph, NULL);
  g_autoptr (FermataRunPart) part = fermata_run_part_new ();
  g_autoptr (FermataTestBed) partial = NULL;
  g_auto (Ends) before = { NULL, };
  g_auto (Ends) after = { NULL, };
  const char *path;

  ends_init (&before, whole);
  path = choose (&before);
  fermata_run_part_add_from (part, path);
  fermata_run_part_set_history (part, fermata_run_get_history (whole->run));
  partial = run_part (graph, part);
  ends_init (&after, partial);
  assert_same_result (whole, partial);
  assert_ends_within (&after, &before);
  g_assert_true (g_hash_table_contains (after.started, path));
}

/* Until a place, all ends as it did, and what has not to run does not. */
static void
trial_until (guint32 seed)
{
  g_autoptr (FermataGraph) graph = make_graph (seed, FALSE, G_MAXUINT, NULL);
  g_autoptr (FermataTestBed) whole = run_part (graph, NULL);
  g_autoptr (FermataRunPart) part = fermata_run_part_new ();
  g_autoptr (FermataTestBed) partial = NULL;
  g_auto (Ends) before = { NULL, };
  g_auto (Ends) after = { NULL, };
  const char *path;

  ends_init (&before, whole);
  path = choose (&before);
  fermata_run_part_add_until (part, path);
  partial = run_part (graph, part);
  ends_init (&after, partial);
  g_assert_true (g_hash_table_contains (after.started, path));
  g_assert_cmpstr (g_hash_table_lookup (after.ended, path), ==, g_hash_table_lookup (before.ended, path));
  for (guint i = 0; i < after.order->len; i++)
    g_assert_true (g_hash_table_contains (before.started, after.order->pdata[i]));
}

/* Nothing but a place, what leads to it and what is in it, and what `try` does. */
static void
trial_only (guint32 seed)
{
  g_autoptr (FermataGraph) graph = make_graph (seed, FALSE, G_MAXUINT, NULL);
  g_autoptr (FermataTestBed) whole = run_part (graph, NULL);
  g_autoptr (FermataRunPart) part = fermata_run_part_new ();
  g_autoptr (FermataTestBed) partial = NULL;
  g_auto (Ends) before = { NULL, };
  g_auto (Ends) after = { NULL, };
  const char *path;

  ends_init (&before, whole);
  path = choose (&before);
  fermata_run_part_add_only (part, path);
  fermata_run_part_set_history (part, fermata_run_get_history (whole->run));
  partial = run_part (graph, part);
  ends_init (&after, partial);
  g_assert_true (g_hash_table_contains (after.started, path));
  g_assert_cmpstr (g_hash_table_lookup (after.ended, path), ==, g_hash_table_lookup (before.ended, path));
  for (guint i = 0; i < after.order->len; i++)
    {
      const char *place = after.order->pdata[i];

      g_assert_true (leads_to (place, path) || leads_to (path, place) || strstr (place, "/catch/") != NULL
                     || strstr (place, "/finally/") != NULL);
    }
}

/* Given what it gave, it does not run, and all else is as it was. */
static void
trial_pin (guint32 seed)
{
  g_autoptr (FermataGraph) graph = make_graph (seed, FALSE, G_MAXUINT, NULL);
  g_autoptr (FermataTestBed) whole = run_part (graph, NULL);
  g_autoptr (FermataRunPart) part = fermata_run_part_new ();
  g_autoptr (FermataTestBed) partial = NULL;
  g_autoptr (FermataValue) output = NULL;
  g_auto (Ends) before = { NULL, };
  g_auto (Ends) after = { NULL, };
  const char *path, *text;

  ends_init (&before, whole);
  path = choose (&before);
  text = g_hash_table_lookup (before.ended, path);
  if (text == NULL)
    return;
  output = fermata_value_parse (text, strlen (text), NULL);
  fermata_run_part_add_pin (part, path, output);
  partial = run_part (graph, part);
  ends_init (&after, partial);
  assert_same_result (whole, partial);
  assert_ends_within (&after, &before);
  for (guint i = 0; i < after.order->len; i++)
    g_assert_false (leads_to (path, after.order->pdata[i]));
}

/* A number changes somewhere: all ends as if the whole graph had run. Where none
 * does, nothing runs. */
static void
trial_changed (guint32 seed)
{
  gboolean has_variable = seed % 2 == 0;
  guint n_numbers;
  g_autoptr (FermataGraph) before = make_graph (seed, has_variable, G_MAXUINT, &n_numbers);
  guint number = (guint) g_test_rand_int_range (0, (gint32) n_numbers + 1);
  g_autoptr (FermataGraph) after = make_graph (seed, has_variable, number, NULL);
  g_autoptr (FermataTestBed) whole = run_part (before, NULL);
  g_autoptr (FermataTestBed) anew = run_part (after, NULL);
  g_autoptr (FermataRunPart) part = fermata_run_part_new ();
  g_autoptr (FermataTestBed) partial = NULL;
  g_auto (Ends) of_anew = { NULL, };
  g_auto (Ends) of_partial = { NULL, };

  fermata_run_part_set_changed (part, TRUE);
  fermata_run_part_set_history (part, fermata_run_get_history (whole->run));
  partial = run_part (after, part);
  ends_init (&of_anew, anew);
  ends_init (&of_partial, partial);
  assert_same_result (anew, partial);
  assert_ends_within (&of_partial, &of_anew);
  if (number == n_numbers)
    g_assert_cmpuint (of_partial.order->len, ==, 0);
  else
    g_assert_cmpuint (of_partial.order->len, <=, of_anew.order->len);
}

static void
test_trials (gconstpointer data)
{
  void (*trial) (guint32 seed) = data;

  for (guint i = 0; i < N_TRIALS; i++)
    {
      guint32 seed = (guint32) g_test_rand_int ();

      g_test_message ("seed %u", seed);
      trial (seed);
    }
}

/* Of many items from a history, those that are what they were are taken from it, in
 * time that grows with their number. */
static void
test_many (void)
{
  const char *form = "{'fermata':1,'kind':'dag','nodes':["
                     "{'id':'list','type':'set','with':{'value':'{{Array.from ({ length: 20000 }, (_, i) => i === %u ? -1 : i)}}'}},"
                     "{'id':'each','type':'foreach','body':{'nodes':[{'id':'double','type':'set','with':{'value':'{{input * 2}}'}}],"
                     "'edges':[]}}],'edges':[{'from':'list','to':'each'}],'result':'nodes.each.output[7]'}";
  g_autofree char *text = g_strdup_printf (form, 30000);
  g_autofree char *other = g_strdup_printf (form, 7);
  g_autoptr (FermataGraph) before = fermata_test_graph (text);
  g_autoptr (FermataGraph) after = fermata_test_graph (other);
  g_autoptr (FermataRunPart) part = fermata_run_part_new ();
  g_autoptr (FermataTestBed) whole = fermata_test_bed_new ();
  g_autoptr (FermataTestBed) partial = fermata_test_bed_new ();
  g_autofree char *result = NULL;
  FermataRunOptions options = FERMATA_RUN_OPTIONS_INIT;

  fermata_test_bed_prepare (whole, before, NULL);
  fermata_test_bed_unfollow (whole);
  fermata_test_bed_finish (whole);
  fermata_run_part_set_changed (part, TRUE);
  fermata_run_part_set_history (part, fermata_run_get_history (whole->run));
  options.part = part;
  fermata_test_bed_prepare (partial, after, &options);
  fermata_test_bed_unfollow (partial);
  fermata_test_bed_finish (partial);
  result = fermata_test_bed_result (partial);
  g_assert_cmpstr (result, ==, "-2");
  g_assert_cmpuint (fermata_test_bed_count (partial, FERMATA_EVENT_NODE_STARTED, "each/double"), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/run-part-bodies/from", trial_from, test_trials);
  g_test_add_data_func ("/run-part-bodies/until", trial_until, test_trials);
  g_test_add_data_func ("/run-part-bodies/only", trial_only, test_trials);
  g_test_add_data_func ("/run-part-bodies/pin", trial_pin, test_trials);
  g_test_add_data_func ("/run-part-bodies/changed", trial_changed, test_trials);
  g_test_add_func ("/run-part-bodies/many", test_many);

  return g_test_run ();
}

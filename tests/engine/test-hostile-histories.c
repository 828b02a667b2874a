/* test-hostile-histories.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/*
 * Histories of machines that somebody else wrote: each golden graph with a
 * machine in it is run, what was written of it is changed at random, and what
 * the codec lets through is folded. Nothing that is in an event may be more than
 * the state can bear, wherever it comes.
 */

#include "engine/history/fermata-event-codec.h"
#include "engine/history/fermata-event-private.h"
#include "engine/history/fermata-history-private.h"
#include "engine/moment/fermata-moment-private.h"
#include "harness/fermata-test-script.h"
#include "value/fermata-value-builder.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

#define N_HISTORIES 60
#define N_FURTHER 60

static guint
random_below (guint n)
{
  return g_test_rand_int_range (0, n);
}

static FermataValue *
parse (const char *json)
{
  g_autoptr (GError) error = NULL;
  FermataValue *value = fermata_value_parse (json, -1, &error);

  g_assert_no_error (error);

  return value;
}

/* --- What is done to the lines of a history -------------------------------- */

static GPtrArray *
write_events (FermataPlan    *plan,
              FermataHistory *history)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) fermata_value_unref);

  for (guint64 i = 1; i <= fermata_history_get_n_events (history); i++)
    g_ptr_array_add (lines, fermata_event_to_value (fermata_history_get_event (history, i), i, plan));

  return lines;
}

static GPtrArray *
copy_lines (GPtrArray *lines)
{
  return g_ptr_array_copy (lines, (GCopyFunc) fermata_value_ref, NULL);
}

static void
set_line (GPtrArray    *lines,
          guint         index,
          FermataValue *line)
{
  fermata_value_unref (lines->pdata[index]);
  lines->pdata[index] = line;
}

/* Without @value, without the member. */
static FermataValue *
with_member (FermataValue *object,
             const char   *name,
             FermataValue *value)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  for (gsize i = 0; i < fermata_value_get_length (object); i++)
    {
      const char *other = fermata_value_get_member_name (object, i);

      if (!g_str_equal (other, name))
        fermata_value_builder_set (builder, other, fermata_value_get_member (object, other));
    }
  if (value != NULL)
    fermata_value_builder_set (builder, name, value);

  return fermata_value_builder_end (builder);
}

static void
change_member (GPtrArray    *lines,
               guint         index,
               const char   *name,
               FermataValue *value)
{
  set_line (lines, index, with_member (lines->pdata[index], name, value));
  if (value != NULL)
    fermata_value_unref (value);
}

static void
swap_lines (GPtrArray *lines,
            guint      index)
{
  guint other = random_below (lines->len);
  gpointer line = lines->pdata[index];

  lines->pdata[index] = lines->pdata[other];
  lines->pdata[other] = line;
}

static void
repeat_line (GPtrArray *lines,
             guint      index)
{
  g_ptr_array_insert (lines, random_below (lines->len + 1), fermata_value_ref (lines->pdata[index]));
}

/* What may stand in a payload, or for one. */
static const char *const pieces[] = {
  "null", "true", "false", "0", "1", "2", "-1", "4294967294", "9223372036854775807", "1.5", "\"\"", "\"a\"",
  "\"#_parent\"", "\"#_internal\"", "\"#_b\"", "[]", "[1,2,3]", "{}", "{\"error\":{}}", "{\"data\":1}",
  "{\"error\":{\"kind\":7,\"message\":[]}}", "{\"frame\":1,\"index\":0}", "{\"frame\":2,\"index\":0,\"output\":1}",
  "{\"frame\":3,\"index\":1,\"error\":{}}", "{\"event\":\"a\"}", "{\"event\":\"a\",\"delay\":1,\"id\":\"a\"}",
  "{\"index\":0,\"items\":[]}", "{\"index\":0,\"items\":[1,2,3]}", "{\"index\":1}", "{\"index\":9}", "{\"id\":\"a\"}",
  "{\"changes\":{}}", "{\"changes\":[]}", "{\"changes\":[{\"n\":1}]}", "{\"changes\":{\"n\":1}}", "{\"then\":[]}", "{\"after\":{}}",
  "{\"output\":1}", "{\"name\":\"a\"}", "{\"name\":\"a\",\"invokeid\":\"a\"}", "{\"state\":\"done\"}",
  "{\"reason\":\"a\"}", "{\"event\":\"a\",\"to\":\"#_parent\"}", "{\"event\":\"a\",\"to\":\"#_internal\"}",
};

static const char *const payload_members[] = {
  "event", "data", "error", "then", "after", "index", "items", "delay", "id", "to", "frame", "output",
  "changes", "inputs", "variables", "name", "type", "invokeid", "state", "value",
};

static void
change_payload (GPtrArray *lines,
                guint      index)
{
  FermataValue *payload = fermata_value_get_member (lines->pdata[index], "data");
  FermataValue *other = fermata_value_get_member (lines->pdata[random_below (lines->len)], "data");
  g_autoptr (FermataValue) piece = parse (pieces[random_below (G_N_ELEMENTS (pieces))]);
  const char *name = payload_members[random_below (G_N_ELEMENTS (payload_members))];

  switch (random_below (4))
    {
    case 0:
      change_member (lines, index, "data", other == NULL ? NULL : fermata_value_ref (other));
      break;

    case 1:
      change_member (lines, index, "data", fermata_value_ref (piece));
      break;

    default:
      if (payload != NULL && fermata_value_get_kind (payload) == FERMATA_VALUE_KIND_OBJECT)
        change_member (lines, index, "data",
                       with_member (payload, name, random_below (3) == 0 ? NULL : piece));
      break;
    }
}

/* Any place that its kind can have. */
static void
change_place (FermataPlan *plan,
              GPtrArray   *lines,
              guint        index)
{
  FermataValue *kind_value = fermata_value_get_member (lines->pdata[index], "kind");
  guint place = random_below (plan->n_places);
  g_autofree char *name = fermata_plan_dup_place_name (plan, place);
  FermataPlaceKind place_kind;
  FermataEventKind kind;
  guint local;

  g_assert_true (fermata_event_kind_from_string (fermata_value_get_string (kind_value, NULL), &kind));
  place_kind = fermata_event_kind_get_place_kind (kind);
  change_member (lines, index, "node", NULL);
  change_member (lines, index, "edge", NULL);
  if (place_kind == FERMATA_PLACE_KIND_RUN || place_kind == FERMATA_PLACE_KIND_FRAME)
    return;

  if (place_kind == FERMATA_PLACE_KIND_ANY)
    place_kind = local < fermata_plan_locate (plan, place, &local)->n_nodes ? FERMATA_PLACE_KIND_NODE
                                                                            : FERMATA_PLACE_KIND_EDGE;
  change_member (lines, index, place_kind == FERMATA_PLACE_KIND_NODE ? "node" : "edge",
                 fermata_value_new_string (name, -1));
}

static void
change_kind (FermataPlan *plan,
             GPtrArray   *lines,
             guint        index)
{
  FermataEventKind kind = random_below (FERMATA_N_EVENT_KINDS);

  if (random_below (3) == 0)
    change_member (lines, index, "data", NULL);
  change_member (lines, index, "kind",
                 fermata_value_new_string (fermata_event_kind_to_string (kind), -1));
  change_place (plan, lines, index);
}

static void
change_at_random (FermataPlan *plan,
                  GPtrArray   *lines)
{
  guint index = random_below (lines->len);

  switch (random_below (10))
    {
    case 0:
      swap_lines (lines, index);
      break;

    case 1:
      if (lines->len > 2)
        g_ptr_array_remove_index (lines, index);
      break;

    case 2:
      repeat_line (lines, index);
      break;

    case 3:
      change_kind (plan, lines, index);
      break;

    case 4:
      change_place (plan, lines, index);
      break;

    case 5:
      change_member (lines, index, "step", fermata_value_new_integer (random_below (20)));
      break;

    case 6:
      change_member (lines, index, "frame", fermata_value_new_integer (random_below (6)));
      break;

    case 7:
      change_member (lines, index, "attempt", fermata_value_new_integer (random_below (4)));
      break;

    default:
      change_payload (lines, index);
      break;
    }
}

/* --- What is folded of it -------------------------------------------------- */

static void
look_at_effect (const FermataEffect *effect,
                gpointer             user_data)
{
  (*(guint *) user_data)++;
}

/* As those who look at a moment do. */
static void
look_at (FermataMoment *moment)
{
  g_autoptr (FermataMoment) copy = fermata_moment_copy (moment);
  guint n_effects = 0;

  g_assert_true (fermata_moment_equal (moment, copy));
  fermata_moment_foreach_effect (moment, look_at_effect, &n_effects);
}

static gboolean
decide (FermataMoment *moment)
{
  FermataEvent event;

  if (!fermata_moment_decide (moment, &event))
    return FALSE;

  fermata_moment_apply (moment, &event);
  g_clear_pointer (&event.payload, fermata_value_unref);

  return TRUE;
}

/* It may go on from there; what that does is its own affair. */
static void
go_on (FermataMoment *moment)
{
  guint n = N_FURTHER;

  while (n-- > 0 && decide (moment))
    ;
}

static gboolean
read_event (FermataPlan  *plan,
            FermataValue *line,
            FermataEvent *event)
{
  g_autoptr (GError) error = NULL;
  guint64 number;

  if (fermata_event_from_value (line, plan, &number, event, &error))
    return TRUE;

  g_assert_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_HISTORY);

  return FALSE;
}

/* All of it, as whoever does not compare decisions would. A record is refused
 * unless it begins as a run does, once. */
static guint
fold (FermataPlan *plan,
      GPtrArray   *lines)
{
  g_autoptr (FermataMoment) moment = fermata_moment_new (plan);
  guint n_folded = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      FermataEvent event;

      if (!read_event (plan, lines->pdata[i], &event))
        continue;
      if ((event.kind == FERMATA_EVENT_RUN_STARTED) == (n_folded == 0))
        {
          fermata_moment_apply (moment, &event);
          n_folded++;
        }
      g_clear_pointer (&event.payload, fermata_value_unref);
      if (random_below (8) == 0)
        look_at (moment);
    }
  look_at (moment);

  /* What only a machine can be in. */
  if (n_folded > 0 && plan->tree == NULL)
    go_on (moment);
  look_at (moment);

  return n_folded;
}

/* Its facts, with decisions that follow from them: those of a record that are others
 * are found out. */
static void
fold_facts (FermataPlan *plan,
            GPtrArray   *lines)
{
  g_autoptr (FermataMoment) moment = fermata_moment_new (plan);
  gboolean has_started = FALSE;

  for (guint i = 0; i < lines->len; i++)
    {
      FermataEvent event;

      if (!read_event (plan, lines->pdata[i], &event))
        continue;
      if (fermata_event_is_decision (&event) && has_started)
        decide (moment);
      else if (!fermata_event_is_decision (&event)
               && (event.kind == FERMATA_EVENT_RUN_STARTED) != has_started)
        {
          fermata_moment_apply (moment, &event);
          has_started = TRUE;
        }
      g_clear_pointer (&event.payload, fermata_value_unref);
    }

  look_at (moment);
  go_on (moment);
  look_at (moment);
}

/* So that what fails can be read. */
static void
note (GPtrArray *lines)
{
  const char *path = g_getenv ("FERMATA_NOTE_HISTORY");
  g_autoptr (GString) text = NULL;

  if (path == NULL)
    return;

  text = g_string_new (NULL);
  for (guint i = 0; i < lines->len; i++)
    {
      g_autofree char *line = fermata_value_to_string (lines->pdata[i], FERMATA_WRITE_COMPACT, NULL);

      g_string_append_printf (text, "%s\n", line);
    }
  g_file_set_contents (path, text->str, text->len, NULL);
}

static void
test_random (gconstpointer data)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_read_graph (data);
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GError) error = NULL;
  FermataPlan *plan;

  fermata_test_bed_play (bed, graph, &error);
  g_assert_no_error (error);
  plan = fermata_run_get_plan (bed->run);
  lines = write_events (plan, fermata_run_get_history (bed->run));
  g_assert_cmpuint (fold (plan, lines), ==, lines->len);
  fold_facts (plan, lines);

  for (guint i = 0; i < N_HISTORIES; i++)
    {
      g_autoptr (GPtrArray) changed = copy_lines (lines);
      guint n = 1 + random_below (6);

      while (n-- > 0)
        change_at_random (plan, changed);
      note (changed);
      fold (plan, changed);
      fold_facts (plan, changed);
    }
}

static gboolean
has_machine (const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return strstr (text, "\"fsm\"") != NULL;
}

int
main (int   argc,
      char *argv[])
{
  g_auto (GStrv) paths = NULL;

  g_test_init (&argc, &argv, NULL);

  paths = fermata_test_list_golden (TRUE);
  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *name = g_path_get_basename (paths[i]);
      g_autofree char *test = g_strconcat ("/hostile-histories/random/", name, NULL);

      if (has_machine (paths[i]))
        g_test_add_data_func_full (test, g_strdup (paths[i]), test_random, g_free);
    }

  return g_test_run ();
}

/* test-record-damage.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Whatever stands in a file: it is refused with its line, or it can be folded. */

#include "report/record-fixture.h"

/* Reads the text; the error's message, or NULL if it was taken. */
static char *
read_text (RecordFixture *fixture,
           const char    *text,
           gssize         length)
{
  g_autoptr (FermataRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  record_fixture_set_text (fixture, text, length);
  record = fermata_record_read (fixture->engine, fixture->file, FERMATA_RECORD_WHOLE, &error);
  g_assert_true ((record == NULL) == (error != NULL));
  if (record == NULL)
    return g_strdup (error->message);

  for (guint64 i = 0; i <= fermata_history_get_n_events (fermata_record_get_history (record)); i++)
    fermata_moment_unref (fermata_history_dup_moment (fermata_record_get_history (record), i));

  return NULL;
}

static void
assert_refused (RecordFixture *fixture,
                GStrv          lines,
                guint          line,
                const char    *words)
{
  g_autofree char *text = g_strjoinv ("\n", lines);
  g_autofree char *message = read_text (fixture, text, -1);
  g_autofree char *expected = g_strdup_printf ("%s:%u: ", g_file_peek_path (fixture->file), line);

  g_assert_nonnull (message);
  if (!g_str_has_prefix (message, expected) || strstr (message, words) == NULL)
    g_error ("found “%s”, expected “%s… %s”", message, expected, words);
}

/* Replaces @what in line @line (from 1). */
static GStrv
edited (GStrv       lines,
        guint       line,
        const char *what,
        const char *by)
{
  GStrv copy = g_strdupv (lines);
  g_auto (GStrv) parts = g_strsplit (copy[line - 1], what, 2);

  if (parts[1] == NULL)
    g_error ("line %u has no %s: %s", line, what, copy[line - 1]);
  g_free (copy[line - 1]);
  copy[line - 1] = g_strjoin (by, parts[0], parts[1], NULL);

  return copy;
}

static guint
find_line (GStrv       lines,
           const char *words)
{
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (strstr (lines[i], words) != NULL)
        return i + 1;
    }
  g_error ("no line has %s", words);
}

typedef struct {
  const char *line;
  const char *what;
  const char *by;
  const char *words;
  const char *noticed;
} Damage;

/* Each says something that cannot be; most are noticed at once. */
static const Damage damages[] = {
  { "fermata-record\":", "\"fermata-record\":1", "\"fermata-record\":2", "newer" },
  { "fermata-record\":", "\"fermata-record\":1", "\"fermata-record\":0", "no record" },
  { "fermata-record\":", "\"fermata-record\"", "\"fermata\"", "no record" },
  { "fermata-record\":", "\"graph\":{", "\"graph\":7,\"g\":{", "missing" },
  { "fermata-record\":", "\"inputs\":{\"n\":9", "\"inputs\":7,\"i\":{\"n\":9", "missing" },
  { "fermata-record\":", "\"id\":\"number\"", "\"id\":7", "its graph" },
  { "fermata-record\":", "\"id\":\"number\"", "\"ID\":\"number\"", "its graph" },
  { "fermata-record\":", "\"kind\":\"dag\"", "\"kind\":\"fsm\"", "its graph" },
  { "fermata-record\":", "\"type\":\"set\"", "\"type\":\"sett\"", "its graph" },
  { "run-started", "\"n\":1,", "\"n\":2,", "event 2 where 1 was expected" },
  { "run-started", "\"t\":0", "\"t\":-1", "“t”" },
  { "run-started", "\"t\":0", "\"t\":9000000000", "time goes backwards", "node-started" },
  { "run-started", "\"inputs\":{\"n\":9007199254740993}", "\"inputs\":{\"n\":1}", "other inputs" },
  { "run-started", "\"inputs\":", "\"outputs\":", "inputs and variables" },
  { "run-started", "\"seed\":", "\"seed\":null,\"s\":", "“seed”" },
  { "run-started", "\"max-concurrency\":16", "\"max-concurrency\":\"16\"", "“max-concurrency”" },
  { "run-started", "run-started", "tick", "begins once" },
  { "run-started", "run-started", "run-starded", "run-starded" },
  { "node-started", "\"node\":\"number\"", "\"node\":\"print\"", "does not follow" },
  { "node-started", "\"node\":\"number\"", "\"node\":\"nobody\"", "nobody" },
  { "node-completed", "9007199254740993", "9007199254740994", "does not follow" },
  { "task-completed", "task-completed", "run-started", "has no member “node”" },
  { "\"task-completed\",\"node\":\"print\"", "completed", "cancelled", "does not follow",
    "\"node-completed\",\"node\":\"print\"" },
  { "\"chunk\"", "\"length\":", "\"length\":1", "as long as it should be" },
  { "\"chunk\"", "\"offset\":0", "\"offset\":1", "as long as it should be" },
  { "\"chunk\"", "\"stream\":\"", "\"stream\":\"x", "the name of a stream" },
  { "\"chunk\"", "\"stream\":", "\"dream\":", "the name of a stream" },
  { "\"text\":\"no", "\"text\"", "\"texd\"", "texd" },
  { "\"text\":\"no", "\"text\":\"no", "\"base64\":\"\",\"text\":\"no", "missing" },
  { "\"base64\"", "\"base64\":\"", "\"base64\":\"AA", "missing" },
  { "\"base64\"", "\"base64\":\"", "\"base64\":\"AAAA", "as long as it should be" },
  { "logged", "2 lines", "3 lines", "does not follow" },
  { "edge-taken", "edge-taken", "edge-refused", "does not follow" },
  { "edge-taken", "print>say", "print>never", "does not follow" },
  { "run-ended", "\"state\":\"failed\"", "\"state\":\"done\"", "does not follow" },
  { "fermata-record-end", "\"events\":", "\"events\":1", "as many events" },
  { "fermata-record-end", "\"events\":", "\"event\":", "as many events" },
};

static void
test_damages (void)
{
  g_autoptr (RecordFixture) fixture = record_fixture_new (RICH_GRAPH);
  gsize length;
  g_autofree char *text = record_fixture_dup_text (fixture, &length);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      guint line = find_line (lines, damages[i].line);
      g_auto (GStrv) copy = edited (lines, line, damages[i].what, damages[i].by);

      if (damages[i].noticed != NULL)
        line = find_line (lines, damages[i].noticed);
      assert_refused (fixture, copy, line, damages[i].words);
    }
}

/* Without any one of its lines, or with any one of them twice. */
static void
test_lines (void)
{
  g_autoptr (RecordFixture) fixture = record_fixture_new (RICH_GRAPH);
  gsize length;
  g_autofree char *text = record_fixture_dup_text (fixture, &length);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i + 1] != NULL; i++)
    {
      g_autoptr (GString) without = g_string_new (NULL);
      g_autoptr (GString) twice = g_string_new (NULL);
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;

      for (guint j = 0; lines[j + 1] != NULL; j++)
        {
          if (j != i)
            g_string_append_printf (without, "%s\n", lines[j]);
          g_string_append_printf (twice, "%s\n", lines[j]);
          if (j == i)
            g_string_append_printf (twice, "%s\n", lines[j]);
        }
      first = read_text (fixture, without->str, without->len);
      second = read_text (fixture, twice->str, twice->len);
      g_assert_nonnull (first);
      g_assert_nonnull (second);
    }
}

static void
test_cut (void)
{
  g_autoptr (RecordFixture) fixture = record_fixture_new (RICH_GRAPH);
  gsize length;
  g_autofree char *text = record_fixture_dup_text (fixture, &length);

  /* Each cut is read, and refused. */
  for (gsize i = 0; i < length; i += 7)
    {
      g_autofree char *message = read_text (fixture, text, i);

      g_assert_nonnull (message);
    }
}

static void
test_other_files (void)
{
  g_autoptr (RecordFixture) fixture = record_fixture_new (RICH_GRAPH);
  static const char *const texts[] = {
    "", "\n", "{}\n", "[]\n", "1\n", "x", "{\"fermata\":1,\"kind\":\"dag\"}\n", "\xff\xfe\n", "\n\n\n",
  };
  g_autofree char *folder_message = NULL;
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->folder);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *message = read_text (fixture, texts[i], -1);

      g_assert_nonnull (message);
      g_assert_nonnull (strstr (message, ":1: this is no record of a run"));
    }
  g_assert_null (fermata_record_read (fixture->engine, folder, FERMATA_RECORD_WHOLE, &error));
  g_assert_error (error, FERMATA_FORMAT_ERROR, FERMATA_FORMAT_ERROR_NOT_REGULAR);
}

/* What stands in for a piece of a record. */
static const char *const pieces[] = {
  "null", "{}", "[]", "\"\"", "0", "1", "-1", "99999999999", "1e300", "true", "\"data\":", "\n",
  "\"number\"", "\"after\"", "\"always\"", "\"join\":", "\"set\"", "{", "}", "]", ",", "\"when\":",
};

static char *
damage_randomly (const char *text,
                 gsize       length)
{
  gsize at = g_test_rand_int_range (0, length);
  gsize n = g_test_rand_int_range (0, 12);
  const char *piece = pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))];

  n = MIN (n, length - at);
  if (g_test_rand_bit ())
    {
      /* A whole value rather than any bytes, so that what comes is JSON. */
      while (at > 0 && text[at - 1] != ':' && text[at - 1] != ',')
        at--;
      n = strcspn (text + at, ",}]\n");
    }

  return g_strdup_printf ("%.*s%s%s", (int) at, text, piece, text + at + n);
}

static void
test_random (void)
{
  g_autoptr (RecordFixture) fixture = record_fixture_new (RICH_GRAPH);
  gsize length;
  g_autofree char *text = record_fixture_dup_text (fixture, &length);
  guint n_taken = 0;

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *damaged = damage_randomly (text, length);
      g_autofree char *message = read_text (fixture, damaged, -1);

      n_taken += message == NULL;
    }
  g_test_message ("%u of 1000 were taken", n_taken);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record-damage/damages", test_damages);
  g_test_add_func ("/record-damage/lines", test_lines);
  g_test_add_func ("/record-damage/cut", test_cut);
  g_test_add_func ("/record-damage/other-files", test_other_files);
  g_test_add_func ("/record-damage/random", test_random);

  return g_test_run ();
}

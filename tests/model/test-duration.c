/* test-duration.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-duration.h"
#include "model/model-fixture.h"

static const struct {
  const char *text;
  gint64 microseconds; /* -1: refused */
} cases[] = {
  { "'250ms'", 250000 },
  { "'30s'", 30000000 },
  { "'5m'", 300000000 },
  { "'1h'", G_GINT64_CONSTANT (3600000000) },
  { "'1.5s'", 1500000 },
  { "'0.5h'", 1800000000 },
  { "'0ms'", 0 },
  { "'0.001ms'", 1 },
  { "'0.0004ms'", 0 },
  { "'0.0005ms'", 1 },
  { "'0.000001s'", 1 },
  { "'1.000000000000000000000000000000000001s'", 1000000 },
  { "'0.999999999999h'", G_GINT64_CONSTANT (3600000000) },
  { "'000030s'", 30000000 },
  { "'4611686018426s'", G_GINT64_CONSTANT (4611686018426000000) },
  { "0", 0 },
  { "30", 30000000 },
  { "1.5", 1500000 },
  { "0.000001", 1 },
  { "0.0000004", 0 },
  { "4611686018426", G_GINT64_CONSTANT (4611686018426000000) },

  { "''", -1 },
  { "'30'", -1 },
  { "'s'", -1 },
  { "'-1s'", -1 },
  { "'+1s'", -1 },
  { "' 1s'", -1 },
  { "'1 s'", -1 },
  { "'1s '", -1 },
  { "'1.s'", -1 },
  { "'.5s'", -1 },
  { "'1,5s'", -1 },
  { "'1e3s'", -1 },
  { "'1S'", -1 },
  { "'1d'", -1 },
  { "'1us'", -1 },
  { "'1s1s'", -1 },
  { "'1s\\u0000'", -1 },
  { "'1\\u0000s'", -1 },
  { "'\\u0661s'", -1 },
  { "-1", -1 },
  { "-0.5", -1 },
  { "-0.0", -1 },
  { "4611686018428", -1 },
  { "1e300", -1 },
  { "1e400", -1 },
  { "99999999999999999999999", -1 },
  { "'4611686018428s'", -1 },
  { "'99999999999999999999999999999h'", -1 },
  { "'18446744073709551615ms'", -1 },
  { "null", -1 },
  { "true", -1 },
  { "[]", -1 },
  { "{}", -1 },
};

static void
test_parse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FermataValue) value = read_value (cases[i].text);
      g_autoptr (GError) error = NULL;
      gint64 microseconds = -7;
      gboolean done = fermata_duration_parse (value, &microseconds, &error);

      g_test_message ("%s", cases[i].text);
      if (cases[i].microseconds >= 0)
        {
          g_assert_no_error (error);
          g_assert_true (done);
          g_assert_cmpint (microseconds, ==, cases[i].microseconds);
        }
      else
        {
          g_assert_false (done);
          g_assert_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE);
          g_assert_cmpint (microseconds, ==, -7);
        }
    }
}

static void
test_message (void)
{
  g_autoptr (FermataValue) value = read_value ("'soon'");
  g_autoptr (GError) error = NULL;
  gint64 microseconds;

  g_assert_false (fermata_duration_parse (value, &microseconds, &error));
  g_assert_cmpstr (error->message, ==,
                   "Expected a duration such as \"250ms\", \"30s\", \"5m\", \"1h\" or a number of seconds, found \"soon\"");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/duration/parse", test_parse);
  g_test_add_func ("/duration/message", test_message);

  return g_test_run ();
}

/* bench-value.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* How fast texts of several shapes are read and written, beside json-glib on
 * the same text, and how much memory a byte of them takes.
 *
 * bench-value [MEGABYTES]: the size of the texts of which the memory is
 * measured, 200 if not given. */

#include <json-glib/json-glib.h>
#include <malloc.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

#define MEGABYTE ((gsize) 1000000)
#define SPEED_SIZE (16 * MEGABYTE)
#define N_ROUNDS 5

static void
add_record (GString *text,
            GRand   *rand)
{
  g_string_append_printf (text,
                          "{\"id\": %u, \"name\": \"package-%u\", \"section\": \"%s\", \"size\": %u, "
                          "\"price\": %.2f, \"active\": %s, \"tags\": [\"a%u\", \"b\"], \"parent\": null}",
                          g_rand_int (rand), g_rand_int_range (rand, 0, 100000),
                          g_rand_boolean (rand) ? "libs" : "utils", g_rand_int_range (rand, 0, 1000000),
                          g_rand_double_range (rand, 0, 1000), g_rand_boolean (rand) ? "true" : "false",
                          g_rand_int_range (rand, 0, 100));
}

static void
add_integer (GString *text,
             GRand   *rand)
{
  g_string_append_printf (text, "%d", g_rand_int_range (rand, -1000000, 1000000));
}

static void
add_double (GString *text,
            GRand   *rand)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (text, g_ascii_dtostr (number, sizeof number, g_rand_double (rand)));
}

static void
add_nested (GString *text,
            GRand   *rand)
{
  for (int i = 0; i < 50; i++)
    g_string_append (text, i % 2 ? "[" : "{\"a\":");
  g_string_append_printf (text, "%d", g_rand_int_range (rand, 0, 10));
  for (int i = 49; i >= 0; i--)
    g_string_append (text, i % 2 ? "]" : "}");
}

static void
add_string (GString *text,
            GRand   *rand)
{
  static const char *const words[] = {
    "alpha", "beta", "gamma", "délta", "epsilon", "\\n", "zeta", "eta", "日本", "theta",
  };

  g_string_append_c (text, '"');
  for (int n = g_rand_int_range (rand, 1, 12); n > 0; n--)
    {
      g_string_append (text, words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))]);
      g_string_append_c (text, ' ');
    }
  g_string_append_c (text, '"');
}

static void
add_indented (GString *text,
              GRand   *rand)
{
  g_string_append_printf (text,
                          "{\n    \"from\": \"node-%u\",\n    \"to\": \"node-%u\",\n"
                          "    \"when\": \"output.length > %u\"\n  }",
                          g_rand_int_range (rand, 0, 100000), g_rand_int_range (rand, 0, 100000),
                          g_rand_int_range (rand, 0, 100));
}

typedef struct {
  const char *name;
  void (*add) (GString *text, GRand *rand);
} Shape;

static const Shape shapes[] = {
  { "records", add_record },
  { "indented", add_indented },
  { "integers", add_integer },
  { "doubles", add_double },
  { "nested", add_nested },
  { "strings", add_string },
};

static GString *
make_text (const Shape *shape,
           gsize        size)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  GString *text = g_string_sized_new (size + 1000);

  g_string_append (text, "[");
  while (text->len < size)
    {
      if (text->len > 1)
        g_string_append (text, ",\n  ");
      shape->add (text, rand);
    }
  g_string_append (text, "]\n");
  return text;
}

static FermataValue *
read_text (const GString *text)
{
  g_autoptr (FermataValueReader) reader = fermata_value_reader_new ();
  g_autoptr (GError) error = NULL;
  FermataValue *value;

  fermata_value_reader_set_max_size (reader, G_MAXSIZE);
  value = fermata_value_reader_read (reader, text->str, (gssize) text->len, &error);
  g_assert_no_error (error);
  return value;
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
get_median (double *seconds)
{
  qsort (seconds, N_ROUNDS, sizeof *seconds, compare_doubles);
  return seconds[N_ROUNDS / 2];
}

static double
get_time (void)
{
  return (double) g_get_monotonic_time () / G_USEC_PER_SEC;
}

/* Reads, writes, and reads with json-glib in turn, so that all see the same
 * machine. */
static void
measure_speed (const Shape *shape)
{
  g_autoptr (GString) text = make_text (shape, SPEED_SIZE);
  double reading[N_ROUNDS];
  double freeing[N_ROUNDS];
  double writing[N_ROUNDS];
  double json_glib[N_ROUNDS];
  double size = (double) text->len / (double) MEGABYTE;

  for (int i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (JsonParser) parser = json_parser_new ();
      g_autofree char *written = NULL;
      FermataValue *value;
      FermataValue *again;
      double begin = get_time ();

      value = read_text (text);
      reading[i] = get_time () - begin;

      begin = get_time ();
      written = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
      writing[i] = get_time () - begin;
      again = fermata_value_parse (written, -1, NULL);
      g_assert_true (fermata_value_equal (value, again));
      fermata_value_unref (again);

      begin = get_time ();
      fermata_value_unref (value);
      freeing[i] = get_time () - begin;

      begin = get_time ();
      g_assert_true (json_parser_load_from_data (parser, text->str, (gssize) text->len, NULL));
      json_glib[i] = get_time () - begin;
    }
  printf ("%-9s  read %5.0f MB/s  write %5.0f MB/s  free %5.0f MB/s  "
          "json-glib reads %4.0f MB/s  ratio %5.1f\n",
          shape->name, size / get_median (reading), size / get_median (writing),
          size / get_median (freeing), size / get_median (json_glib), get_median (json_glib) / get_median (reading));
  fflush (stdout);
}

/* In kilobytes, from /proc. */
static gsize
get_status (const char *field)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;
  line = strstr (status, field);
  return line != NULL ? strtoul (line + strlen (field), NULL, 10) : 0;
}

/* In a process of its own, whose peak is that of this one text. */
static void
measure_memory (const Shape *shape,
                gsize        size)
{
  int status;
  pid_t child = fork ();

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      g_autoptr (GString) text = make_text (shape, size);
      gsize before = get_status ("VmRSS:");
      double begin = get_time ();
      FermataValue *value = read_text (text);
      double seconds = get_time () - begin;
      gsize held = get_status ("VmRSS:") - before;
      gsize peak = get_status ("VmHWM:") - before;

      printf ("%-9s  %4.0f MB: held %5.2f, at most %5.2f bytes a byte; %u values; %4.0f MB/s\n", shape->name,
              (double) text->len / (double) MEGABYTE, 1024.0 * (double) held / (double) text->len,
              1024.0 * (double) peak / (double) text->len, (guint) fermata_value_get_length (value),
              (double) text->len / (double) MEGABYTE / seconds);
      fflush (stdout);
      fermata_value_unref (value);
      _exit (0);
    }
  waitpid (child, &status, 0);
  g_assert_cmpint (status, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  gsize size = (argc > 1 ? strtoul (argv[1], NULL, 10) : 200) * MEGABYTE;

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    measure_memory (&shapes[i], size);
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    measure_speed (&shapes[i]);
  return 0;
}

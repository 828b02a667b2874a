/* test-layout.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Layouts, by the real host, and by scripts that stand for one that goes wrong. */

#include <glib/gstdio.h>
#include <string.h>

#include "format/fermata-dot.h"
#include "format/fermata-json.h"
#include "model/fermata-edge.h"
#include "model/fermata-node.h"
#include "report/fermata-layout.h"
#include "value/fermata-layout-wire-private.h"

typedef struct {
  GAsyncResult *result;
} Answer;

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  ((Answer *) data)->result = g_object_ref (result);
}

static void
wait_for (Answer *answer)
{
  while (answer->result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static GBytes *
render (const char           *dot,
        FermataLayoutFormat   format,
        guint                 timeout,
        GCancellable         *cancellable,
        GError              **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (dot, strlen (dot));
  Answer answer = { NULL };
  GBytes *picture;

  fermata_layout_render_async (bytes, format, timeout, cancellable, on_answer, &answer);
  wait_for (&answer);
  picture = fermata_layout_render_finish (answer.result, error);
  g_object_unref (answer.result);

  return picture;
}

static void
check_error (const char         *dot,
             guint               timeout,
             FermataReportError  code,
             const char         *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) picture = render (dot, FERMATA_LAYOUT_FORMAT_SVG, timeout, NULL, &error);

  g_assert_null (picture);
  g_assert_error (error, FERMATA_REPORT_ERROR, (int) code);
  if (words != NULL)
    g_assert_nonnull (strstr (error->message, words));
}

/* --- The real host ------------------------------------------------------- */

static void
test_formats (void)
{
  static const struct {
    FermataLayoutFormat format;
    const char *name;
    const char *beginning;
  } formats[] = {
    { FERMATA_LAYOUT_FORMAT_JSON, "json", "{" },     { FERMATA_LAYOUT_FORMAT_SVG, "svg", "<?xml" },
    { FERMATA_LAYOUT_FORMAT_PNG, "png", "\x89PNG" }, { FERMATA_LAYOUT_FORMAT_PDF, "pdf", "%PDF" },
    { FERMATA_LAYOUT_FORMAT_DOT, "dot", "digraph" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) picture = render ("digraph { a -> b }", formats[i].format, 0, NULL, &error);
      FermataLayoutFormat format;

      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (picture, NULL), strlen (formats[i].beginning), formats[i].beginning,
                       strlen (formats[i].beginning));
      g_assert_cmpstr (fermata_layout_format_to_string (formats[i].format), ==, formats[i].name);
      g_assert_true (fermata_layout_format_from_string (formats[i].name, &format));
      g_assert_cmpint (format, ==, formats[i].format);
    }
}

static void
test_bad_dot (void)
{
  check_error ("", 0, FERMATA_REPORT_ERROR_NOT_DOT, NULL);
  check_error ("hello", 0, FERMATA_REPORT_ERROR_NOT_DOT, "line 1");
  check_error ("digraph { a -> ", 0, FERMATA_REPORT_ERROR_NOT_DOT, "line 1");
  check_error ("digraph {\n\n a [label=\"} ", 0, FERMATA_REPORT_ERROR_NOT_DOT, NULL);
}

static void
test_drawing (void)
{
  static const char dot[] = "digraph { subgraph cluster_x { a [id=\"event:7\"] } a -> b [label=hi id=e] }";
  g_autoptr (GBytes) bytes = g_bytes_new_static (dot, strlen (dot));
  g_autoptr (FermataDrawing) drawing = NULL;
  const FermataDrawingElement *element;
  g_autoptr (GError) error = NULL;
  Answer answer = { NULL };

  fermata_layout_drawing_async (bytes, 0, NULL, on_answer, &answer);
  wait_for (&answer);
  drawing = fermata_layout_drawing_finish (answer.result, &error);
  g_assert_no_error (error);
  g_object_unref (answer.result);
  element = fermata_drawing_find_id (drawing, "event:7");
  g_assert_cmpstr (element->name, ==, "a");
  g_assert_true (fermata_drawing_find_at (drawing, element->x + element->width / 2,
                                          element->y + element->height / 2, 0) == element);
  g_assert_cmpstr (fermata_drawing_find_id (drawing, "e")->head, ==, "b");
}

/* What `dot` would take very long for. */
static char *
make_hard (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  GString *dot = g_string_new ("digraph { nslimit=1000 mclimit=1000 ");

  for (guint i = 0; i < 6000; i++)
    g_string_append_printf (dot, "n%d -> n%d;", g_rand_int_range (rand, 0, 1400), g_rand_int_range (rand, 0, 1400));
  g_string_append_c (dot, '}');

  return g_string_free (dot, FALSE);
}

static void
test_timeout (void)
{
  g_autofree char *dot = make_hard ();

  check_error (dot, 300, FERMATA_REPORT_ERROR_TIMEOUT, "0.3 seconds");
}

static gboolean
cancel (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);

  return G_SOURCE_REMOVE;
}

static void
test_cancel (void)
{
  g_autofree char *dot = make_hard ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;

  g_timeout_add (50, cancel, cancellable);
  g_assert_null (render (dot, FERMATA_LAYOUT_FORMAT_SVG, 0, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (render (dot, FERMATA_LAYOUT_FORMAT_SVG, 0, cancellable, &again));
  g_assert_error (again, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_many_at_once (void)
{
  static const char dot[] = "digraph { a -> b -> c -> a }";
  g_autoptr (GBytes) bytes = g_bytes_new_static (dot, strlen (dot));
  Answer answers[8] = { { NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    fermata_layout_render_async (bytes, FERMATA_LAYOUT_FORMAT_SVG, 0, NULL, on_answer, &answers[i]);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) picture = NULL;

      wait_for (&answers[i]);
      picture = fermata_layout_render_finish (answers[i].result, &error);
      g_assert_no_error (error);
      g_object_unref (answers[i].result);
    }
}

/* --- Others in its place ------------------------------------------------- */

typedef struct {
  char *real;
  char *folder;
  char *path;
} Impostor;

static void
impostor_begin (Impostor   *self,
                const char *script)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strconcat ("#!/bin/sh\n", script, "\n", NULL);

  self->real = g_strdup (g_getenv (FERMATA_LAYOUT_HOST_VARIABLE));
  self->folder = g_dir_make_tmp ("fermata-layout-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "host", NULL);
  g_file_set_contents_full (self->path, text, -1, G_FILE_SET_CONTENTS_NONE, 0700, &error);
  g_assert_no_error (error);
  g_setenv (FERMATA_LAYOUT_HOST_VARIABLE, self->path, TRUE);
}

static void
impostor_end (Impostor *self)
{
  g_setenv (FERMATA_LAYOUT_HOST_VARIABLE, self->real, TRUE);
  g_assert_cmpint (g_remove (self->path), ==, 0);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->real);
  g_free (self->folder);
  g_free (self->path);
}

static void
check_impostor (const char         *script,
                guint               timeout,
                FermataReportError  code,
                const char         *words)
{
  Impostor impostor;

  impostor_begin (&impostor, script);
  check_error ("digraph {}", timeout, code, words);
  impostor_end (&impostor);
}

static void
test_crash (void)
{
  check_impostor ("kill -ABRT $$", 0, FERMATA_REPORT_ERROR_LAYOUT, "signal 6");
  check_impostor ("kill -SEGV $$", 0, FERMATA_REPORT_ERROR_LAYOUT, "signal 11");
  check_impostor ("kill -XCPU $$", 0, FERMATA_REPORT_ERROR_TIMEOUT, NULL);
  check_impostor ("echo no idea >&2; exit 9", 0, FERMATA_REPORT_ERROR_LAYOUT, "no idea (status 9)");
  check_impostor ("exit 4", 0, FERMATA_REPORT_ERROR_TOO_LARGE, NULL);
  check_impostor ("exec tail -f /dev/null", 200, FERMATA_REPORT_ERROR_TIMEOUT, NULL);
}

static void
test_no_host (void)
{
  g_autofree char *real = g_strdup (g_getenv (FERMATA_LAYOUT_HOST_VARIABLE));

  g_setenv (FERMATA_LAYOUT_HOST_VARIABLE, "/nowhere/at/all", TRUE);
  check_error ("digraph {}", 0, FERMATA_REPORT_ERROR_NO_HOST, "/nowhere/at/all");
  g_setenv (FERMATA_LAYOUT_HOST_VARIABLE, real, TRUE);
}

/* It ends without having read what it was given. */
static void
test_nobody_reads (void)
{
  g_autofree char *letters = g_strnfill (4 * 1024 * 1024, ' ');
  Impostor impostor;

  impostor_begin (&impostor, "exit 1");
  check_error (letters, 0, FERMATA_REPORT_ERROR_LAYOUT, NULL);
  impostor_end (&impostor);
}

static void
test_nonsense (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("digraph {}", 10);
  g_autoptr (FermataDrawing) drawing = NULL;
  g_autoptr (GError) error = NULL;
  Answer answer = { NULL };
  Impostor impostor;

  impostor_begin (&impostor, "echo '{ \"bb\": 1 }'");
  fermata_layout_drawing_async (bytes, 0, NULL, on_answer, &answer);
  wait_for (&answer);
  drawing = fermata_layout_drawing_finish (answer.result, &error);
  g_assert_null (drawing);
  g_assert_error (error, FERMATA_REPORT_ERROR, FERMATA_REPORT_ERROR_LAYOUT);
  g_object_unref (answer.result);
  impostor_end (&impostor);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layout/formats", test_formats);
  g_test_add_func ("/layout/bad-dot", test_bad_dot);
  g_test_add_func ("/layout/drawing", test_drawing);
  g_test_add_func ("/layout/timeout", test_timeout);
  g_test_add_func ("/layout/cancel", test_cancel);
  g_test_add_func ("/layout/many-at-once", test_many_at_once);
  g_test_add_func ("/layout/crash", test_crash);
  g_test_add_func ("/layout/no-host", test_no_host);
  g_test_add_func ("/layout/nobody-reads", test_nobody_reads);
  g_test_add_func ("/layout/nonsense", test_nonsense);

  return g_test_run ();
}

/* bench-app.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What a frame of the canvas costs, in CPU time: all that GTK does for a frame
 * of the whole window, 1280x900, with the cairo renderer, drawn in full each
 * time. Beside it the frame of an empty window. Then how long the app takes to
 * start. On a screen of its own. */

#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <adwaita.h>
#include <glib/gstdio.h>

#include "fermata-app-canvas.h"

#define WIDTH 1280
#define HEIGHT 900
#define N_FRAMES 200
#define N_STARTS 9

/* In milliseconds, at the median. */
#define LIMIT 33.0

/* --- Figures ----------------------------------------------------------------- */

static gboolean is_over;

static double
get_cpu (int who)
{
  struct rusage usage;

  getrusage (who, &usage);

  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3
         + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
percentile (GArray *times,
            guint   percent)
{
  g_array_sort (times, compare);

  return g_array_index (times, double, MIN (times->len * percent / 100, times->len - 1));
}

static void
report (const char *what,
        GArray     *times,
        gboolean    counts)
{
  double median = percentile (times, 50);

  g_print ("%-52s %6.1f ms median, %6.1f ms 95th percentile, %u frames\n", what, median, percentile (times, 95),
           times->len);
  if (counts && median > LIMIT)
    is_over = TRUE;
}

/* --- A screen ---------------------------------------------------------------- */

static GPid screen_pid;
static char *screen_folder;

/* What is on it: a file that the server writes. */
static GMappedFile *screen_picture;

static void
close_screen (void)
{
  g_autofree char *picture = NULL;

  if (screen_pid == 0)
    return;

  picture = g_build_filename (screen_folder, "Xvfb_screen0", NULL);
  kill (screen_pid, SIGTERM);
  waitpid (screen_pid, NULL, 0);
  g_unlink (picture);
  g_rmdir (screen_folder);
}

/* FALSE where there is no Xvfb. */
static gboolean
open_screen (void)
{
  const char *argv[] = {
    "Xvfb", "-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp", "-noreset", "-fbdir", NULL, NULL,
  };
  g_autofree char *display = NULL;
  g_autofree char *picture = NULL;
  char number[16] = "";
  int out;

  screen_folder = g_dir_make_tmp ("bench-app-XXXXXX", NULL);
  argv[G_N_ELEMENTS (argv) - 2] = screen_folder;
  if (!g_spawn_async_with_pipes (NULL, (char **) argv, NULL,
                                 G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                                 NULL, &screen_pid, NULL, &out, NULL, NULL))
    return FALSE;

  atexit (close_screen);
  for (gsize length = 0; length + 1 < sizeof number && read (out, number + length, 1) == 1; length++)
    if (number[length] == '\n')
      break;
  display = g_strdup_printf (":%d", atoi (number));
  g_setenv ("DISPLAY", display, TRUE);
  picture = g_build_filename (screen_folder, "Xvfb_screen0", NULL);
  screen_picture = g_mapped_file_new (picture, FALSE, NULL);

  return number[0] != '\0';
}

static void
set_environment (void)
{
  g_setenv ("GDK_BACKEND", "x11", TRUE);
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  g_setenv ("GTK_A11Y", "none", TRUE);
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);
  g_unsetenv ("WAYLAND_DISPLAY");
}

/* --- A graph ----------------------------------------------------------------- */

/* In a block as broad and high as the screen; each node to the next, and every
 * second one to the row below. Without these the rows are chains that run side by
 * side. */
static GBytes *
make_text (guint       n_nodes,
           const char *node,
           gboolean    in_rows)
{
  const char *comma = "";
  GString *text = g_string_new ("{ \"fermata\": 1, \"kind\": \"dag\", \"nodes\": [\n");
  guint n_columns = (guint) sqrt (n_nodes * 0.66);

  for (guint i = 0; i < n_nodes; i++)
    g_string_append_printf (text, "%s{ \"id\": \"node-%u\", %s }", i == 0 ? "" : ",\n", i, node);
  g_string_append (text, "\n], \"edges\": [\n");
  for (guint i = 1; i < n_nodes; i++)
    {
      if (i % n_columns == 0 && in_rows)
        continue;

      g_string_append_printf (text, "%s{ \"from\": \"node-%u\", \"to\": \"node-%u\" }", comma,
                              i % n_columns == 0 ? i - n_columns : i - 1, i);
      comma = ",\n";
      if (i % 2 == 1 && i + n_columns < n_nodes && !in_rows)
        g_string_append_printf (text, ",\n{ \"from\": \"node-%u\", \"to\": \"node-%u\" }", i - 1, i + n_columns);
    }
  g_string_append (text, "\n], \"layout\": { \"nodes\": {\n");
  for (guint i = 0; i < n_nodes; i++)
    g_string_append_printf (text, "%s\"node-%u\": [%u, %u]", i == 0 ? "" : ",\n", i, i % n_columns * 240,
                            i / n_columns * 108);
  g_string_append (text, "\n} } }\n");

  return g_string_free_to_bytes (text);
}

static FermataAppDocument *
make_document (FermataEngine *engine,
               guint          n_nodes,
               const char    *node,
               gboolean       in_rows)
{
  g_autoptr (GBytes) text = make_text (n_nodes, node, in_rows);
  g_autoptr (GError) error = NULL;
  FermataAppDocument *document = fermata_app_document_new_from_text (engine, text, NULL, "bench", NULL, &error);

  g_assert_no_error (error);

  return document;
}

/* --- A window ---------------------------------------------------------------- */

typedef struct {
  GtkWidget *window;
  FermataAppCanvas *canvas;
  FermataAppDocument *document;
} Stage;

/* Until nothing is left to be done, but for what comes with time. */
static void
settle (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

static void
present (Stage     *stage,
         GtkWidget *content)
{
  stage->window = adw_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (stage->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (stage->window), WIDTH, HEIGHT);
  adw_window_set_content (ADW_WINDOW (stage->window), content);
  gtk_window_present (GTK_WINDOW (stage->window));
  settle (500);
}

static void
open_stage (Stage         *stage,
            FermataEngine *engine,
            guint          n_nodes,
            const char    *node,
            gboolean       in_rows)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  stage->document = make_document (engine, n_nodes, node, in_rows);
  stage->canvas = g_object_new (FERMATA_TYPE_APP_CANVAS, "document", stage->document, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (stage->canvas));
  present (stage, scrolled);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (stage->canvas)), >, WIDTH - 40);
  fermata_app_canvas_zoom_to_fit (stage->canvas);
}

static void
close_stage (Stage *stage)
{
  gtk_window_destroy (GTK_WINDOW (stage->window));
  g_clear_object (&stage->document);
  settle (50);
}

/* Layout, snapshot and drawing, all at once. */
static double
draw_frame (GtkWidget *window)
{
  double start = get_cpu (RUSAGE_SELF);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, WIDTH, HEIGHT);

  gtk_widget_allocate (window, WIDTH, HEIGHT, -1, NULL);
  gtk_snapshot_append_color (snapshot, &(GdkRGBA) { 1, 1, 1, 1 }, &all);
  for (GtkWidget *child = gtk_widget_get_first_child (window); child != NULL; child = gtk_widget_get_next_sibling (child))
    gtk_widget_snapshot_child (window, child, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, &all);

  return get_cpu (RUSAGE_SELF) - start;
}

static void
note_frame (GArray *times,
            Stage  *stage)
{
  double time;

  if (stage->canvas != NULL)
    gtk_widget_queue_draw (GTK_WIDGET (stage->canvas));
  time = draw_frame (stage->window);
  g_array_append_val (times, time);
}

/* --- What is measured -------------------------------------------------------- */

static void
bench_empty (void)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  Stage stage = { 0, };

  present (&stage, adw_bin_new ());
  for (guint i = 0; i < N_FRAMES; i++)
    note_frame (times, &stage);
  report ("an empty window", times, FALSE);
  close_stage (&stage);
}

static void
bench_drag (FermataEngine *engine)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  Stage stage = { 0, };
  FermataAppScene *scene;
  FermataNode *node;

  open_stage (&stage, engine, 1000, "\"type\": \"set\"", FALSE);
  scene = fermata_app_canvas_get_scene (stage.canvas);
  node = fermata_graph_get_node (fermata_app_document_get_graph (stage.document), 500);
  for (guint i = 0; i < N_FRAMES; i++)
    {
      fermata_app_scene_set_drag (scene, &node, 1, i * 2, i);
      note_frame (times, &stage);
    }
  fermata_app_scene_set_drag (scene, NULL, 0, 0, 0);
  report ("1,000 nodes, all visible, one dragged", times, TRUE);
  close_stage (&stage);
}

/* By some pixels a frame, and from far away to near and back. */
static void
bench_pan_and_zoom (FermataEngine *engine)
{
  g_autoptr (GArray) pans = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) zooms = g_array_new (FALSE, FALSE, sizeof (double));
  Stage stage = { 0, };
  GtkAdjustment *adjustment;
  double fit;

  open_stage (&stage, engine, 10000, "\"type\": \"set\"", FALSE);
  fit = fermata_app_canvas_get_zoom (stage.canvas);
  adjustment = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (stage.canvas));
  for (double zoom = 1; zoom > fit; zoom /= 2)
    {
      fermata_app_canvas_zoom_at (stage.canvas, zoom, WIDTH / 2, HEIGHT / 2);
      for (guint i = 0; i < N_FRAMES / 4; i++)
        {
          gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + 16);
          note_frame (pans, &stage);
        }
    }
  for (guint i = 0; i < N_FRAMES; i++)
    {
      double share = fabs (1 - 2.0 * i / N_FRAMES);

      fermata_app_canvas_zoom_at (stage.canvas, fit * pow (1 / fit, share), WIDTH / 3, HEIGHT / 3);
      note_frame (zooms, &stage);
    }
  report ("10,000 nodes, panned", pans, TRUE);
  report ("10,000 nodes, zoomed from all to one and back", zooms, TRUE);
  close_stage (&stage);
}

static void
bench_far (FermataEngine *engine)
{
  g_autoptr (GArray) first = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  Stage stage = { 0, };
  GtkAdjustment *adjustment;

  open_stage (&stage, engine, 50000, "\"type\": \"set\"", FALSE);
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (stage.canvas));
  for (guint i = 0; i < 40; i++)
    note_frame (first, &stage);
  for (guint i = 0; i < N_FRAMES; i++)
    {
      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + (i < N_FRAMES / 2 ? 4 : -4));
      note_frame (times, &stage);
    }
  report ("50,000 nodes, zoomed out, first frames", first, FALSE);
  report ("50,000 nodes, zoomed out, panned", times, TRUE);
  close_stage (&stage);
}

static gboolean
has_ended (FermataAppDocument *document)
{
  return fermata_debugger_get_state (fermata_app_document_get_debugger (document)) >= FERMATA_RUN_STATE_DONE;
}

/* A run on this loop: between two frames it has as long as it takes until the
 * next one is due. */
static void
bench_run (FermataEngine *engine,
           double         zoom,
           const char    *what)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GError) error = NULL;
  Stage stage = { 0, };

  open_stage (&stage, engine, 10000, "\"type\": \"delay\", \"with\": { \"duration\": \"10ms\" }", TRUE);
  if (zoom > 0)
    fermata_app_canvas_zoom_at (stage.canvas, zoom, 0, 0);
  fermata_app_document_run (stage.document, NULL, FALSE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 20 * N_FRAMES && !has_ended (stage.document); i++)
    {
      settle (16);
      note_frame (times, &stage);
    }
  report (what, times, TRUE);
  close_stage (&stage);
}

/* --- Starting ---------------------------------------------------------------- */

/* The picture is an XWD file: a header of big-endian words, colours, pixels. */
static gboolean
is_anything_seen (void)
{
  static const struct { guint x; guint y; } places[] = { { 120, 120 }, { 260, 90 }, { 330, 220 }, { 420, 300 } };
  const guint32 *header = (const guint32 *) (gpointer) g_mapped_file_get_contents (screen_picture);
  const char *pixels = (const char *) header + GUINT32_FROM_BE (header[0]) + 12 * GUINT32_FROM_BE (header[19]);
  guint stride = GUINT32_FROM_BE (header[12]);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (((const volatile guint32 *) (pixels + places[i].y * stride))[places[i].x] != 0)
      return TRUE;

  return FALSE;
}

static void
wait_for_screen (gboolean seen)
{
  while (is_anything_seen () != seen)
    g_usleep (500);
}

/* From its start until something of it is on the screen; -1: there is no such program. */
static double
time_start (const char *program)
{
  const char *argv[] = { program, NULL };
  gint64 start;
  double time;
  GPid pid;

  wait_for_screen (FALSE);
  start = g_get_monotonic_time ();
  if (!g_spawn_async (NULL, (char **) argv, NULL,
                      G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL
                      | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &pid, NULL))
    return -1;

  wait_for_screen (TRUE);
  time = (g_get_monotonic_time () - start) / 1e3;
  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);

  return time;
}

/* In turns, so that both meet the same machine. The first start is for the disk. */
static void
bench_start (void)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) others = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *other = g_find_program_in_path ("gnome-text-editor");

  if (screen_picture == NULL)
    return;

  for (guint i = 0; i <= N_STARTS; i++)
    {
      double time = time_start (FERMATA_STUDIO);
      double other_time = other == NULL ? 0 : time_start (other);

      if (i == 0)
        continue;
      g_array_append_val (times, time);
      g_array_append_val (others, other_time);
    }
  report ("start to first painted frame", times, FALSE);
  if (other != NULL)
    report ("the same of gnome-text-editor", others, FALSE);
  else
    g_print ("there is no gnome-text-editor to compare that with\n");
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (FermataEngine) engine = NULL;

  set_environment ();
  if (!open_screen ())
    {
      g_print ("there is no Xvfb to be drawn on: nothing is measured\n");
      return EXIT_SUCCESS;
    }
  adw_init ();
  engine = fermata_engine_new_default ();
  bench_empty ();
  bench_drag (engine);
  bench_pan_and_zoom (engine);
  bench_far (engine);
  bench_run (engine, 0, "10,000 nodes running, all visible");
  bench_run (engine, 0.5, "10,000 nodes running, from near");
  bench_start ();

  return is_over ? EXIT_FAILURE : EXIT_SUCCESS;
}

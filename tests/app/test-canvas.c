/* test-canvas.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The canvas from within: what is painted, and when; scrolling and zoom. */

#include <adwaita.h>

#include "fermata-app-canvas-private.h"

#define WIDTH 900
#define HEIGHT 600

typedef struct {
  FermataEngine *engine;
  FermataAppDocument *document;
  GtkWidget *window;
  FermataAppCanvas *canvas;
} Stage;

static gboolean
count_frame (GtkWidget     *widget,
             GdkFrameClock *clock,
             gpointer       n_frames)
{
  ++*(guint *) n_frames;

  return G_SOURCE_CONTINUE;
}

/* Some frames, whatever is drawn in them. */
static void
draw_frames (Stage *stage,
             guint  wanted)
{
  guint n_frames = 0;
  guint tick = gtk_widget_add_tick_callback (GTK_WIDGET (stage->canvas), count_frame, &n_frames, NULL);

  while (n_frames <= wanted)
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_remove_tick_callback (GTK_WIDGET (stage->canvas), tick);
}

static void
stage_open (Stage      *stage,
            const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  stage->engine = fermata_engine_new_default ();
  stage->document = fermata_app_document_new_from_text (stage->engine, bytes, NULL, "test", NULL, &error);
  g_assert_no_error (error);
  stage->canvas = g_object_new (FERMATA_TYPE_APP_CANVAS, "document", stage->document, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (stage->canvas));
  stage->window = adw_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (stage->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (stage->window), WIDTH, HEIGHT);
  adw_window_set_content (ADW_WINDOW (stage->window), scrolled);
  gtk_window_present (GTK_WINDOW (stage->window));
  draw_frames (stage, 4);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (stage->canvas)), >, 0);
}

static void
stage_close (Stage *stage)
{
  gtk_window_destroy (GTK_WINDOW (stage->window));
  g_assert_finalize_object (stage->document);
  g_object_unref (stage->engine);
}

static const char two_tasks[] =
  "{ \"fermata\": 1, \"kind\": \"dag\","
  "  \"nodes\": [ { \"id\": \"a\", \"type\": \"set\", \"with\": { \"value\": 1 } },"
  "               { \"id\": \"b\", \"type\": \"set\", \"with\": { \"value\": 2 } } ],"
  "  \"edges\": [ { \"from\": \"a\", \"to\": \"b\" } ],"
  "  \"layout\": { \"nodes\": { \"a\": [0, 0], \"b\": [300, 0] } } }";

static FermataNode *
get_node (Stage *stage,
          guint  index)
{
  return fermata_graph_get_node (fermata_app_document_get_graph (stage->document), index);
}

/* --- Pixels ------------------------------------------------------------------ */

static GdkTexture *
draw_canvas (Stage *stage)
{
  GtkWidget *canvas = GTK_WIDGET (stage->canvas);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (canvas), gtk_widget_get_height (canvas));

  GTK_WIDGET_GET_CLASS (canvas)->snapshot (canvas, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);

  return gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (stage->window)), node, &all);
}

/* @down: so many pixels below. */
static guint32
get_pixel_below (Stage *stage,
                 float  scene_x,
                 float  scene_y,
                 int    down)
{
  g_autoptr (GdkTexture) texture = draw_canvas (stage);
  int width = gdk_texture_get_width (texture);
  g_autofree guint32 *pixels = g_new (guint32, (gsize) width * gdk_texture_get_height (texture));
  double x, y;

  gdk_texture_download (texture, (guchar *) pixels, width * 4);
  fermata_app_canvas_from_scene (stage->canvas, &GRAPHENE_POINT_INIT (scene_x, scene_y), &x, &y);

  return pixels[((int) y + down) * width + (int) x] & 0xffffff;
}

static guint32
get_pixel (Stage *stage,
           float  scene_x,
           float  scene_y)
{
  return get_pixel_below (stage, scene_x, scene_y, 0);
}

static guint
get_lightness (guint32 pixel)
{
  return ((pixel >> 16 & 0xff) + (pixel >> 8 & 0xff) + (pixel & 0xff)) / 3;
}

static void
test_canvas_pixels (void)
{
  Stage stage;

  stage_open (&stage, two_tasks);
  fermata_app_canvas_zoom_to_fit (stage.canvas);
  g_assert_cmpfloat (fermata_app_canvas_get_zoom (stage.canvas), ==, 1);

  /* A card, its border, the line between two, and nothing. */
  g_assert_cmphex (get_pixel (&stage, 100, 50), ==, 0xffffff);
  g_assert_cmpuint (get_lightness (get_pixel (&stage, 60, 0.5f)), <, 240);
  g_assert_cmpuint (get_lightness (get_pixel (&stage, 230, 33)), <, 200);
  g_assert_cmpuint (get_lightness (get_pixel (&stage, 230, 50)), >, 220);
  stage_close (&stage);
}

static void
test_canvas_dark (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  Stage stage;

  stage_open (&stage, two_tasks);
  g_assert_cmpuint (get_lightness (get_pixel (&stage, 230, 50)), >, 220);
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_DARK);
  draw_frames (&stage, 2);
  g_assert_cmpuint (get_lightness (get_pixel (&stage, 230, 50)), <, 60);
  g_assert_cmpuint (get_lightness (get_pixel (&stage, 100, 50)), <, 80);
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_LIGHT);
  draw_frames (&stage, 2);
  g_assert_cmphex (get_pixel (&stage, 100, 50), ==, 0xffffff);
  stage_close (&stage);
}

/* A line is there at any zoom, also where it is thinner than a pixel. */
static void
test_canvas_far_lines (void)
{
  static const double zooms[] = { 0.05, 0.11, 0.2, 0.23, 0.35, 0.5, 0.77, 1.3, 2.1 };
  Stage stage;

  stage_open (&stage, two_tasks);
  for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
    {
      guint lightness = 255;

      fermata_app_canvas_zoom_at (stage.canvas, zooms[i], WIDTH / 2, HEIGHT / 2);
      draw_frames (&stage, 3);
      for (int dy = -1; dy <= 1; dy++)
        lightness = MIN (lightness, get_lightness (get_pixel_below (&stage, 225, 33, dy)));
      g_assert_cmpuint (lightness, <, 215);
    }
  stage_close (&stage);
}

/* --- What is painted --------------------------------------------------------- */

static void
test_canvas_repaints (void)
{
  g_autoptr (GObject) breakpoint = NULL;
  Stage stage;
  guint64 before;

  stage_open (&stage, two_tasks);
  fermata_app_canvas_zoom_to_fit (stage.canvas);
  draw_frames (&stage, 2);
  before = fermata_app_canvas_get_n_painted (stage.canvas);
  g_assert_cmpuint (before, >=, 3);

  /* Nothing looks different: nothing is painted. */
  gtk_widget_queue_draw (GTK_WIDGET (stage.canvas));
  draw_frames (&stage, 2);
  g_assert_cmpuint (fermata_app_canvas_get_n_painted (stage.canvas), ==, before);
  gtk_adjustment_set_value (stage.canvas->hadjustment, gtk_adjustment_get_value (stage.canvas->hadjustment) + 20);
  draw_frames (&stage, 2);
  g_assert_cmpuint (fermata_app_canvas_get_n_painted (stage.canvas), ==, before);

  /* One does, and then another one too. */
  fermata_app_selection_set_only (fermata_app_document_get_selection (stage.document), get_node (&stage, 0));
  draw_frames (&stage, 2);
  g_assert_cmpuint (fermata_app_canvas_get_n_painted (stage.canvas), ==, before + 1);
  fermata_app_selection_set_only (fermata_app_document_get_selection (stage.document), get_node (&stage, 1));
  draw_frames (&stage, 2);
  g_assert_cmpuint (fermata_app_canvas_get_n_painted (stage.canvas), ==, before + 3);
  stage_close (&stage);
}

/* A node and its edge, while it is dragged. */
static void
test_canvas_drag (void)
{
  Stage stage;
  FermataAppScene *scene;
  FermataNode *node;
  guint64 before;

  stage_open (&stage, two_tasks);
  scene = fermata_app_canvas_get_scene (stage.canvas);
  node = get_node (&stage, 1);
  before = fermata_app_canvas_get_n_painted (stage.canvas);
  fermata_app_scene_set_drag (scene, &node, 1, 0, 120);
  draw_frames (&stage, 2);
  g_assert_cmpuint (fermata_app_canvas_get_n_painted (stage.canvas), ==, before + 2);
  g_assert_cmphex (get_pixel (&stage, 400, 170), ==, 0xffffff);
  fermata_app_scene_set_drag (scene, NULL, 0, 0, 0);
  stage_close (&stage);
}

/* --- What is seen ------------------------------------------------------------ */

static void
test_canvas_zoom_at (void)
{
  Stage stage;

  stage_open (&stage, two_tasks);
  for (double zoom = 0.1; zoom < 4; zoom *= 1.7)
    {
      graphene_point_t before, after;

      fermata_app_canvas_to_scene (stage.canvas, 300, 200, &before);
      fermata_app_canvas_zoom_at (stage.canvas, zoom, 300, 200);
      fermata_app_canvas_to_scene (stage.canvas, 300, 200, &after);
      g_assert_cmpfloat (fermata_app_canvas_get_zoom (stage.canvas), ==, zoom);
      g_assert_cmpfloat_with_epsilon (before.x, after.x, 0.05);
      g_assert_cmpfloat_with_epsilon (before.y, after.y, 0.05);
      draw_frames (&stage, 1);
    }
  stage_close (&stage);
}

/* One can go as far as the middle of the window, and no further. */
static void
test_canvas_bounds (void)
{
  Stage stage;
  graphene_rect_t bounds;
  GtkAdjustment *adjustment;

  stage_open (&stage, two_tasks);
  fermata_app_scene_get_bounds (fermata_app_canvas_get_scene (stage.canvas), &bounds);
  adjustment = stage.canvas->hadjustment;
  gtk_adjustment_set_value (adjustment, -1e6);
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (adjustment),
                                  bounds.origin.x - gtk_adjustment_get_page_size (adjustment) / 2, 1);
  gtk_adjustment_set_value (adjustment, 1e6);
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (adjustment),
                                  bounds.origin.x + bounds.size.width - gtk_adjustment_get_page_size (adjustment) / 2, 1);
  stage_close (&stage);
}

static void
test_canvas_scroll_to (void)
{
  Stage stage;
  double x, y;

  stage_open (&stage, two_tasks);
  fermata_app_canvas_zoom_at (stage.canvas, 3, 0, 0);
  gtk_adjustment_set_value (stage.canvas->hadjustment, -400);
  fermata_app_document_reveal (stage.document, get_node (&stage, 1));
  fermata_app_canvas_from_scene (stage.canvas, &GRAPHENE_POINT_INIT (386, 33), &x, &y);
  g_assert_cmpfloat (x, >, 0);
  g_assert_cmpfloat (x, <, WIDTH);
  g_assert_cmpfloat (y, >, 0);
  g_assert_cmpfloat (y, <, HEIGHT);
  stage_close (&stage);
}

/* --- Many -------------------------------------------------------------------- */

static char *
make_many (guint n_nodes)
{
  GString *text = g_string_new ("{ \"fermata\": 1, \"kind\": \"dag\", \"nodes\": [");

  for (guint i = 0; i < n_nodes; i++)
    g_string_append_printf (text, "%s{ \"id\": \"n%u\", \"type\": \"set\", \"with\": { \"value\": 1 } }", i == 0 ? "" : ",", i);
  g_string_append (text, "], \"edges\": [");
  for (guint i = 1; i < n_nodes; i++)
    g_string_append_printf (text, "%s{ \"from\": \"n%u\", \"to\": \"n%u\" }", i == 1 ? "" : ",", i - 1, i);
  g_string_append (text, "], \"layout\": { \"nodes\": {");
  for (guint i = 0; i < n_nodes; i++)
    g_string_append_printf (text, "%s\"n%u\": [%u, %u]", i == 0 ? "" : ",", i, i % 80 * 240, i / 80 * 108);
  g_string_append (text, "} } }");

  return g_string_free (text, FALSE);
}

static guint
count_nodes (GskRenderNode *node)
{
  guint n_nodes = 1;

  switch (gsk_render_node_get_node_type (node))
    {
    case GSK_CONTAINER_NODE:
      for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
        n_nodes += count_nodes (gsk_container_node_get_child (node, i));
      break;
    case GSK_TRANSFORM_NODE:
      n_nodes += count_nodes (gsk_transform_node_get_child (node));
      break;
    case GSK_CLIP_NODE:
      n_nodes += count_nodes (gsk_clip_node_get_child (node));
      break;
    case GSK_ROUNDED_CLIP_NODE:
      n_nodes += count_nodes (gsk_rounded_clip_node_get_child (node));
      break;
    default:
      break;
    }

  return n_nodes;
}

/* As many as one likes, at any zoom: the GL renderer can take some 30,000 parts. */
static void
test_canvas_many (void)
{
  g_autofree char *text = make_many (10000);
  Stage stage;

  stage_open (&stage, text);
  for (double zoom = 0.03; zoom < 2; zoom *= 1.4)
    {
      GtkSnapshot *snapshot = gtk_snapshot_new ();
      g_autoptr (GskRenderNode) node = NULL;

      fermata_app_canvas_zoom_at (stage.canvas, zoom, WIDTH / 2, HEIGHT / 2);
      draw_frames (&stage, 2);
      GTK_WIDGET_GET_CLASS (stage.canvas)->snapshot (GTK_WIDGET (stage.canvas), snapshot);
      node = gtk_snapshot_free_to_node (snapshot);
      g_assert_cmpuint (count_nodes (node), <, 20000);
    }
  stage_close (&stage);
}

/* What the overview shows follows what is selected, too. */
static void
test_canvas_overview (void)
{
  g_autofree char *text = make_many (4000);
  Stage stage;
  FermataNode *node;
  const FermataAppItem *item;
  guint32 before;
  guint index;

  stage_open (&stage, text);
  fermata_app_canvas_zoom_to_fit (stage.canvas);
  draw_frames (&stage, 12);
  node = get_node (&stage, 2040);
  g_assert_true (fermata_app_scene_find_node (fermata_app_canvas_get_scene (stage.canvas), node, &index));
  item = fermata_app_scene_get_item (fermata_app_canvas_get_scene (stage.canvas), index);
  before = get_pixel (&stage, item->rect.origin.x - 1 / stage.canvas->zoom, item->rect.origin.y + 30);
  fermata_app_selection_set_only (fermata_app_document_get_selection (stage.document), node);
  draw_frames (&stage, 12);
  g_assert_cmphex (get_pixel (&stage, item->rect.origin.x - 1 / stage.canvas->zoom, item->rect.origin.y + 30), !=, before);
  stage_close (&stage);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_LIGHT);

  g_test_add_func ("/app/canvas/pixels", test_canvas_pixels);
  g_test_add_func ("/app/canvas/dark", test_canvas_dark);
  g_test_add_func ("/app/canvas/far-lines", test_canvas_far_lines);
  g_test_add_func ("/app/canvas/repaints", test_canvas_repaints);
  g_test_add_func ("/app/canvas/drag", test_canvas_drag);
  g_test_add_func ("/app/canvas/zoom-at", test_canvas_zoom_at);
  g_test_add_func ("/app/canvas/bounds", test_canvas_bounds);
  g_test_add_func ("/app/canvas/scroll-to", test_canvas_scroll_to);
  g_test_add_func ("/app/canvas/many", test_canvas_many);
  g_test_add_func ("/app/canvas/overview", test_canvas_overview);

  return g_test_run ();
}

/* fermata-app-overview.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-overview.h"

#include "fermata-app-painter-private.h"

/* A square's size in pixels. */
#define SIZE 256

/* As many squares are kept as a large screen shows, some times over. */
#define MAX_SQUARES 256

/* How long a frame may take for drawing squares, in microseconds; one is always
 * drawn. What only looks different is drawn again not more often than this, so
 * that most of the time is left for the run that makes it different. */
#define MAX_TIME 9000
#define REFRESH_TIME 45000

/* As much as this is still crowded; see MAX_ITEMS of the canvas. */
#define MIN_ELEMENTS 4400

/*
 * Invariant: @texture shows what @digest was computed of; that is what the scene
 * looks like if @generation is the overview's.
 */
typedef struct {
  double scale;           /* key: its pixels to a unit of the scene */
  int column;
  int row;
  GdkTexture *texture;
  guint64 digest;
  guint64 generation;
  guint n_elements;
  guint64 frame;          /* in which it was last seen */
} Square;

struct _FermataAppOverview {
  GHashTable *squares;
  GArray *items;          /* of one square: indices */
  GArray *routes;
  guint64 generation;
  guint64 frame;
  gint64 refreshed;
  double zoom;            /* of the frame before */
  int scale_factor;
  guint next;             /* where the next frame goes on looking */
};

/* The squares that a canvas shows. */
typedef struct {
  double scale;
  int first_column;
  int first_row;
  int n_columns;
  int n_rows;
} Range;

static guint
square_hash (gconstpointer key)
{
  const Square *square = key;

  return (guint) square->column * 73856093u ^ (guint) square->row * 19349663u ^ g_double_hash (&square->scale);
}

static gboolean
square_equal (gconstpointer a,
              gconstpointer b)
{
  const Square *x = a;
  const Square *y = b;

  return x->scale == y->scale && x->column == y->column && x->row == y->row;
}

static void
square_free (gpointer data)
{
  Square *square = data;

  g_clear_object (&square->texture);
  g_free (square);
}

FermataAppOverview *
fermata_app_overview_new (void)
{
  FermataAppOverview *self = g_new0 (FermataAppOverview, 1);

  self->squares = g_hash_table_new_full (square_hash, square_equal, square_free, NULL);
  self->items = g_array_new (FALSE, FALSE, sizeof (guint));
  self->routes = g_array_new (FALSE, FALSE, sizeof (guint));
  self->generation = 1;
  self->scale_factor = 1;

  return self;
}

void
fermata_app_overview_free (FermataAppOverview *self)
{
  g_hash_table_unref (self->squares);
  g_array_unref (self->items);
  g_array_unref (self->routes);
  g_free (self);
}

void
fermata_app_overview_forget (FermataAppOverview *self)
{
  g_hash_table_remove_all (self->squares);
}

void
fermata_app_overview_mark_stale (FermataAppOverview *self)
{
  self->generation++;
}

/* --- Which squares ----------------------------------------------------------- */

/* Squares are drawn for the very zoom; but while it changes for certain zooms
 * only, each about 1.4 times the one before, and shown a little larger than they
 * are. (Showing them smaller takes cairo five times as long.) */
static void
get_range (FermataAppOverview *self,
           FermataAppCanvas   *canvas,
           Range              *range)
{
  graphene_rect_t area;
  double size;

  fermata_app_canvas_get_area (canvas, &area);
  range->scale = canvas->zoom == self->zoom ? canvas->zoom : exp2 (floor (2 * log2 (canvas->zoom) + 0.001) / 2);
  size = SIZE / range->scale;
  range->first_column = (int) floor (area.origin.x / size);
  range->first_row = (int) floor (area.origin.y / size);
  range->n_columns = (int) floor ((area.origin.x + area.size.width) / size) - range->first_column + 1;
  range->n_rows = (int) floor ((area.origin.y + area.size.height) / size) - range->first_row + 1;
}

static Square *
find_square (FermataAppOverview *self,
             double              scale,
             int                 column,
             int                 row)
{
  Square key = { .scale = scale, .column = column, .row = row };

  return g_hash_table_lookup (self->squares, &key);
}

static Square *
get_square (FermataAppOverview *self,
            const Range        *range,
            guint               index)
{
  int column = range->first_column + (int) (index % range->n_columns);
  int row = range->first_row + (int) (index / range->n_columns);
  Square *square = find_square (self, range->scale, column, row);

  if (square == NULL)
    {
      square = g_new0 (Square, 1);
      square->scale = range->scale;
      square->column = column;
      square->row = row;
      g_hash_table_add (self->squares, square);
    }
  square->frame = self->frame;

  return square;
}

gboolean
fermata_app_overview_is_crowded (FermataAppOverview *self,
                                 FermataAppCanvas   *canvas)
{
  gsize n_elements = 0;
  Range range;

  get_range (self, canvas, &range);
  for (int row = 0; row < range.n_rows; row++)
    for (int column = 0; column < range.n_columns; column++)
      {
        const Square *square = find_square (self, range.scale, range.first_column + column, range.first_row + row);

        if (square == NULL || square->texture == NULL || square->generation != self->generation)
          return FALSE;
        /* Those at the border are seen in part. */
        if (row > 0 && column > 0 && row + 1 < range.n_rows && column + 1 < range.n_columns)
          n_elements += square->n_elements;
      }

  return n_elements > MIN_ELEMENTS;
}

/* --- What is in a square ----------------------------------------------------- */

static void
get_square_area (const Square    *square,
                 graphene_rect_t *area)
{
  float size = SIZE / square->scale;

  graphene_rect_init (area, square->column * size, square->row * size, size, size);
}

static guint64
add_to_digest (guint64               digest,
               gconstpointer         element,
               guint                 serial,
               const FermataAppLook *look,
               gboolean              is_selected)
{
  guint64 word = (guint64) look->status | (guint64) look->path << 8 | (guint64) look->breakpoint << 16
                 | (guint64) look->is_held << 24 | (guint64) is_selected << 25 | (guint64) serial << 32;

  digest = (digest ^ (guint64) GPOINTER_TO_SIZE (element)) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
  digest = (digest ^ (digest >> 29) ^ word) * G_GUINT64_CONSTANT (0xBF58476D1CE4E5B9);

  return digest ^ (digest >> 32);
}

static void
look_at_item (FermataAppCanvas     *canvas,
              const FermataAppItem *item,
              FermataAppLook       *look,
              gboolean             *is_selected)
{
  memset (look, 0, sizeof *look);
  fermata_app_look_at_node (canvas->document, item->node, look);
  *is_selected = fermata_app_selection_contains (fermata_app_document_get_selection (canvas->document), item->node);
}

static void
look_at_route (FermataAppCanvas      *canvas,
               const FermataAppRoute *route,
               FermataAppLook        *look,
               gboolean              *is_selected)
{
  memset (look, 0, sizeof *look);
  *is_selected = FALSE;
  if (route->edge == NULL)
    return;

  fermata_app_look_at_edge (canvas->document, route->edge, look);
  *is_selected = fermata_app_selection_contains (fermata_app_document_get_selection (canvas->document), route->edge);
}

static guint64
compute_digest (FermataAppOverview *self,
                FermataAppCanvas   *canvas)
{
  guint64 digest = 1;
  FermataAppLook look;
  gboolean is_selected;

  for (guint i = 0; i < self->items->len; i++)
    {
      const FermataAppItem *item = fermata_app_scene_get_item (canvas->scene, g_array_index (self->items, guint, i));

      look_at_item (canvas, item, &look, &is_selected);
      digest = add_to_digest (digest, item->node, item->serial, &look, is_selected);
    }
  for (guint i = 0; i < self->routes->len; i++)
    {
      const FermataAppRoute *route = fermata_app_scene_get_route (canvas->scene, g_array_index (self->routes, guint, i));

      look_at_route (canvas, route, &look, &is_selected);
      digest = add_to_digest (digest, route->edge, route->serial, &look, is_selected);
    }

  return digest;
}

/* --- Drawing one ------------------------------------------------------------- */

static void
draw_items (FermataAppOverview *self,
            FermataAppCanvas   *canvas,
            cairo_t            *cr,
            double              scale,
            gboolean            containers)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const FermataAppItem *item = fermata_app_scene_get_item (canvas->scene, g_array_index (self->items, guint, i));
      FermataAppLook look;
      gboolean is_selected;

      if ((item->kind == FERMATA_APP_ITEM_CONTAINER) != containers)
        continue;

      look_at_item (canvas, item, &look, &is_selected);
      fermata_app_painter_draw_item (canvas->painter, cr, item, &look, is_selected, scale);
    }
}

static void
draw_routes (FermataAppOverview *self,
             FermataAppCanvas   *canvas,
             cairo_t            *cr,
             double              scale)
{
  for (guint i = 0; i < self->routes->len; i++)
    {
      const FermataAppRoute *route = fermata_app_scene_get_route (canvas->scene, g_array_index (self->routes, guint, i));
      FermataAppLook look;
      gboolean is_selected;

      look_at_route (canvas, route, &look, &is_selected);
      fermata_app_painter_draw_route (canvas->painter, cr, route, &look, is_selected, scale);
    }
}

static GdkTexture *
take_texture (cairo_surface_t *surface)
{
  gsize stride = cairo_image_surface_get_stride (surface);
  int pixels = cairo_image_surface_get_width (surface);
  g_autoptr (GBytes) bytes = NULL;

  cairo_surface_flush (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface), stride * pixels,
                                      (GDestroyNotify) cairo_surface_destroy, surface);

  return gdk_memory_texture_new (pixels, pixels, GDK_MEMORY_DEFAULT, bytes, stride);
}

static void
draw_square (FermataAppOverview *self,
             FermataAppCanvas   *canvas,
             Square             *square)
{
  double scale = square->scale;
  int pixels = SIZE * self->scale_factor;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, pixels, pixels);
  cairo_t *cr = cairo_create (surface);
  graphene_rect_t area;

  get_square_area (square, &area);
  gdk_cairo_set_source_rgba (cr, &canvas->painter->colours.background);
  cairo_paint (cr);
  cairo_scale (cr, scale * self->scale_factor, scale * self->scale_factor);
  cairo_translate (cr, -area.origin.x, -area.origin.y);
  draw_items (self, canvas, cr, scale, TRUE);
  draw_routes (self, canvas, cr, scale);
  draw_items (self, canvas, cr, scale, FALSE);
  cairo_destroy (cr);
  g_clear_object (&square->texture);
  square->texture = take_texture (surface);
}

/* Draws it if anything in it looks different. */
static void
update_square (FermataAppOverview *self,
               FermataAppCanvas   *canvas,
               Square             *square)
{
  double pixel = 1 / square->scale;
  graphene_rect_t area;
  guint64 digest;

  get_square_area (square, &area);
  graphene_rect_inset (&area, -3 * pixel, -3 * pixel);
  g_array_set_size (self->items, 0);
  g_array_set_size (self->routes, 0);
  fermata_app_scene_query (canvas->scene, &area, self->items, self->routes);
  digest = compute_digest (self, canvas);
  square->n_elements = self->items->len + self->routes->len;
  square->generation = self->generation;
  if (square->texture != NULL && square->digest == digest)
    return;

  square->digest = digest;
  draw_square (self, canvas, square);
}

/* --- A frame ----------------------------------------------------------------- */

static gboolean
is_fresh (FermataAppOverview *self,
          const Square       *square)
{
  return square->texture != NULL && square->generation == self->generation;
}

/* Those that there is no picture of, or those that may look different. FALSE:
 * not all, as time was short. */
static gboolean
update_some (FermataAppOverview *self,
             FermataAppCanvas   *canvas,
             const Range        *range,
             gboolean            missing)
{
  gint64 end = g_get_monotonic_time () + MAX_TIME;
  guint n_squares = range->n_columns * range->n_rows;

  for (guint i = 0; i < n_squares; i++)
    {
      guint index = (self->next + i) % n_squares;
      Square *square = get_square (self, range, index);

      if (is_fresh (self, square) || (missing && square->texture != NULL))
        continue;

      update_square (self, canvas, square);
      if (g_get_monotonic_time () > end)
        {
          self->next = (index + 1) % n_squares;
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
update (FermataAppOverview *self,
        FermataAppCanvas   *canvas,
        const Range        *range)
{
  gboolean is_complete;

  if (!update_some (self, canvas, range, TRUE) || g_get_monotonic_time () < self->refreshed + REFRESH_TIME)
    return FALSE;

  is_complete = update_some (self, canvas, range, FALSE);
  self->refreshed = g_get_monotonic_time ();

  return is_complete;
}

/* Borders at whole pixels, so that no seam is seen. */
static void
get_place (FermataAppCanvas *canvas,
           const Square     *square,
           graphene_rect_t  *place)
{
  double size = SIZE / square->scale;
  double left, top, right, bottom;

  fermata_app_canvas_from_scene (canvas, &GRAPHENE_POINT_INIT (square->column * size, square->row * size), &left, &top);
  fermata_app_canvas_from_scene (canvas, &GRAPHENE_POINT_INIT ((square->column + 1) * size, (square->row + 1) * size),
                                 &right, &bottom);
  graphene_rect_init (place, round (left), round (top), round (right) - round (left), round (bottom) - round (top));
}

/* Until there is a picture of it, those of nearby zooms are better than nothing. */
static void
append_others (FermataAppOverview *self,
               FermataAppCanvas   *canvas,
               GtkSnapshot        *snapshot,
               const Square       *square)
{
  graphene_rect_t place, other_place;
  GHashTableIter iter;
  gpointer key;

  get_place (canvas, square, &place);
  gtk_snapshot_push_clip (snapshot, &place);
  g_hash_table_iter_init (&iter, self->squares);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const Square *other = key;
      double ratio = other->scale / square->scale;

      if (other->texture == NULL || ratio < 0.45 || ratio > 2.2)
        continue;

      get_place (canvas, other, &other_place);
      if (graphene_rect_intersection (&place, &other_place, NULL))
        gtk_snapshot_append_texture (snapshot, other->texture, &other_place);
    }
  gtk_snapshot_pop (snapshot);
}

static void
append_square (FermataAppOverview *self,
               FermataAppCanvas   *canvas,
               GtkSnapshot        *snapshot,
               const Square       *square)
{
  graphene_rect_t place;

  if (square->texture == NULL)
    {
      append_others (self, canvas, snapshot, square);
      return;
    }
  get_place (canvas, square, &place);
  gtk_snapshot_append_texture (snapshot, square->texture, &place);
}

static void
forget_unseen (FermataAppOverview *self)
{
  GHashTableIter iter;
  gpointer square;

  if (g_hash_table_size (self->squares) <= MAX_SQUARES)
    return;

  g_hash_table_iter_init (&iter, self->squares);
  while (g_hash_table_iter_next (&iter, &square, NULL))
    if (((Square *) square)->frame != self->frame)
      g_hash_table_iter_remove (&iter);
}

gboolean
fermata_app_overview_append (FermataAppOverview *self,
                             FermataAppCanvas   *canvas,
                             GtkSnapshot        *snapshot)
{
  int scale_factor = gtk_widget_get_scale_factor (GTK_WIDGET (canvas));
  gboolean is_zooming = canvas->zoom != self->zoom;
  gboolean is_complete;
  Range range;

  if (scale_factor != self->scale_factor)
    fermata_app_overview_forget (self);
  self->scale_factor = scale_factor;
  self->frame++;
  get_range (self, canvas, &range);
  is_complete = update (self, canvas, &range) && !is_zooming;
  self->zoom = canvas->zoom;
  for (guint i = 0; i < (guint) (range.n_columns * range.n_rows); i++)
    append_square (self, canvas, snapshot, get_square (self, &range, i));
  forget_unseen (self);

  return is_complete;
}

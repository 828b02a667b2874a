/* fermata-app-paint-text.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Texts and icons, each made once and kept as a render node: laying out a text
 * costs ten times as much as drawing it. */

#include "fermata-app-painter-private.h"

/* More texts than can be seen at once; then one starts anew. */
#define MAX_TEXTS 8192

typedef struct {
  const char *family;   /* NULL: the theme's */
  float size;
  PangoWeight weight;
} Font;

static const Font fonts[FERMATA_APP_N_FONTS] = {
  [FERMATA_APP_FONT_TITLE] = { NULL, 13, PANGO_WEIGHT_BOLD },
  [FERMATA_APP_FONT_LARGE] = { NULL, 18, PANGO_WEIGHT_BOLD },
  [FERMATA_APP_FONT_TYPE] = { NULL, 11, PANGO_WEIGHT_NORMAL },
  [FERMATA_APP_FONT_CAPTION] = { "monospace", 10.5f, PANGO_WEIGHT_NORMAL },
  [FERMATA_APP_FONT_LABEL] = { NULL, 11, PANGO_WEIGHT_NORMAL },
  [FERMATA_APP_FONT_STATE] = { NULL, 13.5f, PANGO_WEIGHT_BOLD },
};

typedef struct {
  GskRenderNode *node;  /* its base line begins at 0, 0; NULL: nothing to see */
  float width;
} Text;

static void
text_free (gpointer data)
{
  Text *text = data;

  g_clear_pointer (&text->node, gsk_render_node_unref);
  g_free (text);
}

void
fermata_app_paint_text_init (FermataAppPainter *self)
{
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, text_free);
  self->icons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) gsk_render_node_unref);
}

/* The widget's fonts, but placed exactly: what is zoomed must not jump from
 * pixel to pixel. */
static PangoContext *
make_context (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_create_pango_context (widget);
  cairo_font_options_t *options = cairo_font_options_create ();

  if (pango_cairo_context_get_font_options (context) != NULL)
    cairo_font_options_merge (options, pango_cairo_context_get_font_options (context));
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  pango_cairo_context_set_font_options (context, options);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);

  return context;
}

static PangoLayout *
make_layout (FermataAppPainter *self,
             FermataAppFont     font,
             const char        *text,
             float              max_width)
{
  g_autoptr (PangoFontDescription) description = NULL;
  PangoLayout *layout;

  if (self->context == NULL)
    self->context = make_context (self->widget);
  layout = pango_layout_new (self->context);
  description = pango_font_description_copy (pango_context_get_font_description (self->context));
  if (fonts[font].family != NULL)
    pango_font_description_set_family_static (description, fonts[font].family);
  pango_font_description_set_absolute_size (description, fonts[font].size * PANGO_SCALE);
  pango_font_description_set_weight (description, fonts[font].weight);
  pango_layout_set_font_description (layout, description);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, max_width * PANGO_SCALE);
  pango_layout_set_text (layout, text, -1);

  return layout;
}

static Text *
make_text (FermataAppPainter *self,
           FermataAppFont     font,
           const char        *string,
           const GdkRGBA     *colour,
           float              max_width)
{
  g_autoptr (PangoLayout) layout = make_layout (self, font, string, max_width);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  Text *text = g_new0 (Text, 1);
  PangoRectangle extents;

  pango_layout_get_extents (layout, NULL, &extents);
  text->width = extents.width / (float) PANGO_SCALE;
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (-extents.x / (float) PANGO_SCALE,
                                                          -pango_layout_get_baseline (layout) / (float) PANGO_SCALE));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  text->node = gtk_snapshot_free_to_node (snapshot);

  return text;
}

/* A text longer than this would not fit anywhere; nobody waits for its layout. */
static char *
shorten (const char *string)
{
  const char *line = strchr (string, '\n');
  gsize length = line == NULL ? strlen (string) : (gsize) (line - string);

  if (length > 256)
    length = g_utf8_find_prev_char (string, string + 256) - string;

  return g_strndup (string, length);
}

static const Text *
get_text (FermataAppPainter *self,
          FermataAppFont     font,
          const char        *string,
          const GdkRGBA     *colour,
          float              max_width)
{
  g_autofree char *shortened = shorten (string);
  g_autofree char *key = g_strdup_printf ("%d %d %02x%02x%02x %s", font, (int) max_width,
                                          (guint) (colour->red * 255), (guint) (colour->green * 255),
                                          (guint) (colour->blue * 255), shortened);
  Text *text = g_hash_table_lookup (self->texts, key);

  if (text == NULL)
    {
      if (g_hash_table_size (self->texts) >= MAX_TEXTS)
        g_hash_table_remove_all (self->texts);
      text = make_text (self, font, shortened, colour, max_width);
      g_hash_table_insert (self->texts, g_steal_pointer (&key), text);
    }

  return text;
}

/* Gives the width of what was drawn. */
float
fermata_app_paint_text (FermataAppPainter *self,
                        GtkSnapshot       *snapshot,
                        FermataAppFont     font,
                        const char        *string,
                        const GdkRGBA     *colour,
                        float              x,
                        float              baseline,
                        float              max_width,
                        float              align)
{
  const Text *text;

  if (string == NULL || string[0] == '\0' || max_width < 4)
    return 0;

  text = get_text (self, font, string, colour, max_width);
  if (text->node == NULL)
    return 0;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x - align * text->width, baseline));
  gtk_snapshot_append_node (snapshot, text->node);
  gtk_snapshot_restore (snapshot);

  return text->width;
}

/* How wide a label's text is, for those who place it; not more than would be
 * read on one. */
float
fermata_app_painter_measure_label (FermataAppPainter *self,
                                   const char        *string)
{
  return get_text (self, FERMATA_APP_FONT_LABEL, string, &self->colours.text, 240)->width;
}

/* --- Icons ------------------------------------------------------------------- */

/* Drawn once into a texture: recolouring one costs much in every frame. */
static GskRenderNode *
flatten (FermataAppPainter *self,
         GskRenderNode     *node,
         int                pixels)
{
  g_autoptr (GdkTexture) texture = NULL;

  if (self->renderer == NULL)
    {
      self->renderer = gsk_cairo_renderer_new ();
      if (!gsk_renderer_realize (self->renderer, NULL, NULL))
        return gsk_render_node_ref (node);
    }
  texture = gsk_renderer_render_texture (self->renderer, node, &GRAPHENE_RECT_INIT (0, 0, pixels, pixels));

  return gsk_texture_node_new (texture, &GRAPHENE_RECT_INIT (0, 0, 1, 1));
}

static GskRenderNode *
make_icon (FermataAppPainter *self,
           const char        *name,
           const GdkRGBA     *colour,
           int                pixels)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (self->widget));
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GtkIconPaintable) icon = NULL;
  g_autoptr (GskRenderNode) node = NULL;

  /* Not as the lookup's fallback: that would be found in the theme before ours. */
  if (!gtk_icon_theme_has_icon (theme, name))
    name = "application-x-addon-symbolic";
  icon = gtk_icon_theme_lookup_icon (theme, name, NULL, pixels, 1, gtk_widget_get_direction (self->widget),
                                     GTK_ICON_LOOKUP_FORCE_SYMBOLIC);
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, pixels, pixels, colour, 1);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return gsk_container_node_new (NULL, 0);

  return flatten (self, node, pixels);
}

/* As many pixels as it will have on the screen, so that it is crisp. */
static int
get_pixels (FermataAppPainter *self,
            float              size)
{
  float scale = gtk_widget_get_scale_factor (self->widget) * exp2f (MAX (self->step, 0) / 2.0f);

  return MIN ((int) ceilf (size * scale), 256);
}

/* Its middle is at @x, @y. */
void
fermata_app_paint_icon (FermataAppPainter *self,
                        GtkSnapshot       *snapshot,
                        const char        *name,
                        const GdkRGBA     *colour,
                        float              x,
                        float              y,
                        float              size)
{
  int pixels = get_pixels (self, size);
  g_autofree char *key = g_strdup_printf ("%d %02x%02x%02x %s", pixels, (guint) (colour->red * 255),
                                          (guint) (colour->green * 255), (guint) (colour->blue * 255), name);
  GskRenderNode *node = g_hash_table_lookup (self->icons, key);

  if (node == NULL)
    {
      node = make_icon (self, name, colour, pixels);
      g_hash_table_insert (self->icons, g_steal_pointer (&key), node);
    }
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x - size / 2, y - size / 2));
  gtk_snapshot_scale (snapshot, size, size);
  gtk_snapshot_append_node (snapshot, node);
  gtk_snapshot_restore (snapshot);
}

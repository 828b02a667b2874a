/* fermata-app-paint-theme.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-painter-private.h"

#include <adwaita.h>

/* Where each colour comes from: the theme's name for it, and what stands in
 * where a theme has no such name. */
typedef struct {
  gsize offset;
  const char *name;
  const char *dark_name;  /* NULL: the same */
  const char *fallback;
} ColourSource;

#define COLOUR(member) G_STRUCT_OFFSET (FermataAppColours, member)

static const ColourSource sources[] = {
  { COLOUR (text), "window_fg_color", NULL, "#2e2e2e" },
  { COLOUR (card), "view_bg_color", "card_bg_color", "#ffffff" },
  { COLOUR (background), "window_bg_color", "view_bg_color", "#fafafa" },
  { COLOUR (accent), "accent_bg_color", NULL, "#3584e4" },
  { COLOUR (accent_text), "accent_color", NULL, "#1c71d8" },
  { COLOUR (done), "success_bg_color", NULL, "#2ec27e" },
  { COLOUR (done_text), "success_color", NULL, "#1b8553" },
  { COLOUR (held), "warning_bg_color", NULL, "#e5a50a" },
  { COLOUR (held_text), "warning_color", NULL, "#9c6e03" },
  { COLOUR (failed), "error_bg_color", NULL, "#e01b24" },
  { COLOUR (failed_text), "error_color", NULL, "#c01c28" },
  { COLOUR (branch), "purple_3", NULL, "#9141ac" },
  { COLOUR (branch_text), "purple_4", "purple_1", "#813d9c" },
};

static void
look_up (GtkWidget          *widget,
         const ColourSource *source,
         gboolean            is_dark,
         GdkRGBA            *colour)
{
  const char *name = is_dark && source->dark_name != NULL ? source->dark_name : source->name;

/* The only way to a theme's colours in GTK 4.8. */
G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, colour))
    gdk_rgba_parse (colour, source->fallback);
G_GNUC_END_IGNORE_DEPRECATIONS
}

/* @share of @b, the rest of @a; opaque if @a is, also when @b is not. */
void
fermata_app_paint_mix (const GdkRGBA *a,
                       const GdkRGBA *b,
                       float          share,
                       GdkRGBA       *mixed)
{
  float t = share * b->alpha;

  *mixed = (GdkRGBA) {
    a->red + (b->red - a->red) * t,
    a->green + (b->green - a->green) * t,
    a->blue + (b->blue - a->blue) * t,
    a->alpha,
  };
}

static void
mix_neutrals (FermataAppColours *colours)
{
  static const GdkRGBA black = { 0, 0, 0, 1 };
  float contrast = colours->is_high_contrast ? 2.4f : 1;
  GdkRGBA card = colours->card;

  /* A card of a dark theme is a veil over what is below. */
  if (colours->is_dark)
    {
      static const GdkRGBA window = { 0x24 / 255.0f, 0x24 / 255.0f, 0x24 / 255.0f, 1 };

      fermata_app_paint_mix (&window, &card, 1.05f, &colours->card);
    }
  else
    fermata_app_paint_mix (&colours->background, &black, 0.018f, &colours->background);

  fermata_app_paint_mix (&colours->background, &colours->text, colours->is_dark ? 0.12f : 0.16f, &colours->dot);
  fermata_app_paint_mix (&colours->background, &colours->card, colours->is_dark ? 0.5f : 0.62f, &colours->container);
  fermata_app_paint_mix (&colours->card, &colours->text, MIN (0.16f * contrast, 1), &colours->border);
  fermata_app_paint_mix (&colours->background, &colours->text, MIN (0.46f * contrast, 1), &colours->line);
  fermata_app_paint_mix (&colours->card, &colours->text, MIN (0.6f * contrast, 1), &colours->dim);
  colours->shadow = (GdkRGBA) { 0, 0, 0, colours->is_dark ? 0.16f : 0.05f };
}

void
fermata_app_paint_load_colours (FermataAppColours *colours,
                                GtkWidget         *widget)
{
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (widget));

  memset (colours, 0, sizeof *colours);
  colours->is_dark = adw_style_manager_get_dark (manager);
  colours->is_high_contrast = adw_style_manager_get_high_contrast (manager);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    look_up (widget, &sources[i], colours->is_dark, G_STRUCT_MEMBER_P (colours, sources[i].offset));
  mix_neutrals (colours);
}

/* --- What a status looks like ------------------------------------------------ */

/* A stronger outline in a colour, and a tint of it. */
static void
tint (FermataAppPainter *self,
      FermataAppStyle   *style,
      const GdkRGBA     *colour,
      const GdkRGBA     *text,
      float              share)
{
  style->border = *colour;
  style->badge = *text;
  fermata_app_paint_mix (&self->colours.card, colour, share, &style->fill);
}

static void
fade (FermataAppPainter *self,
      FermataAppStyle   *style)
{
  const FermataAppColours *colours = &self->colours;
  float share = colours->is_high_contrast ? 0.25f : 0.5f;

  fermata_app_paint_mix (&colours->card, &colours->background, 0.5f, &style->fill);
  fermata_app_paint_mix (&colours->text, &style->fill, share, &style->text);
  fermata_app_paint_mix (&colours->dim, &style->fill, share, &style->dim);
  fermata_app_paint_mix (&colours->line, &style->fill, 0.35f, &style->border);
  style->badge = style->dim;
  style->has_shadow = FALSE;
}

/* Each status is told apart by its outline and its icon too, not by its colour
 * alone. */
void
fermata_app_paint_load_style (FermataAppPainter    *self,
                              const FermataAppLook *look,
                              FermataAppStyle      *style)
{
  const FermataAppColours *colours = &self->colours;
  float extra = colours->is_high_contrast ? 0.5f : 0;

  *style = (FermataAppStyle) {
    .border = colours->border, .fill = colours->card, .text = colours->text, .dim = colours->dim,
    .badge = colours->dim, .icon = fermata_app_status_get_icon (look->status),
    .width = 1.5f + extra, .has_shadow = TRUE,
  };
  switch ((FermataAppStatus) look->status)
    {
    case FERMATA_APP_STATUS_RUNNING:
    case FERMATA_APP_STATUS_ACTIVE:
      tint (self, style, &colours->accent, &colours->accent_text, 0.1f);
      style->width = 2.25f + extra;
      break;
    case FERMATA_APP_STATUS_DONE:
      tint (self, style, &colours->done, &colours->done_text, 0);
      break;
    case FERMATA_APP_STATUS_FAILED:
      tint (self, style, &colours->failed, &colours->failed_text, 0.08f);
      style->width = 2.25f + extra;
      break;
    case FERMATA_APP_STATUS_SKIPPED:
    case FERMATA_APP_STATUS_CANCELLED:
      fade (self, style);
      style->is_dashed = TRUE;
      break;
    case FERMATA_APP_STATUS_VISITED:
      style->border = colours->line;
      break;
    case FERMATA_APP_STATUS_NONE:
    case FERMATA_APP_STATUS_WAITING:
    default:
      break;
    }
  if (look->is_held)
    {
      tint (self, style, &colours->held, &colours->held_text, 0.1f);
      style->width = 2.25f + extra;
      style->icon = "fermata-held-symbolic";
      style->is_dashed = FALSE;
      style->has_shadow = TRUE;
    }
}

void
fermata_app_paint_load_line_style (FermataAppPainter    *self,
                                   const FermataAppLook *look,
                                   gboolean              is_selected,
                                   FermataAppLineStyle  *style)
{
  const FermataAppColours *colours = &self->colours;
  float extra = colours->is_high_contrast ? 0.5f : 0;

  *style = (FermataAppLineStyle) {
    .line = colours->line, .label_border = colours->border, .label_text = colours->text,
    .width = 1.5f + extra, .arrow = 10,
  };
  switch ((FermataAppPath) look->path)
    {
    case FERMATA_APP_PATH_TAKEN:
      fermata_app_paint_mix (&colours->accent, &colours->background, 0.12f, &style->line);
      style->label_border = style->line;
      style->label_text = colours->accent_text;
      style->width = 1.75f + extra;
      style->arrow = 11;
      break;
    case FERMATA_APP_PATH_LATEST:
      style->line = style->label_border = colours->accent;
      style->label_text = colours->accent_text;
      style->width = 2.4f + extra;
      style->arrow = 13;
      style->has_glow = TRUE;
      break;
    case FERMATA_APP_PATH_REFUSED:
      fermata_app_paint_mix (&colours->line, &colours->background, 0.3f, &style->line);
      style->label_text = colours->dim;
      style->is_dashed = TRUE;
      break;
    case FERMATA_APP_PATH_FAILED:
      style->line = style->label_border = colours->failed;
      style->label_text = colours->failed_text;
      style->width = 2 + extra;
      style->arrow = 11;
      style->is_dashed = TRUE;
      break;
    case FERMATA_APP_PATH_NONE:
    default:
      break;
    }
  if (look->is_held)
    {
      style->line = style->label_border = colours->held;
      style->label_text = colours->held_text;
      style->width = 2.4f + extra;
    }
  if (is_selected)
    {
      style->line = style->label_border = colours->accent;
      style->width = MAX (style->width, 2.2f + extra);
    }
}

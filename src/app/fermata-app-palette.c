/* fermata-app-palette.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-palette.h"

#include "fermata-app-addable.h"

enum {
  PROP_0,
  PROP_DOCUMENT,
  PROP_CANVAS,
  N_PROPS,
};

/* @addables are of @kind. */
struct _FermataAppPalette {
  AdwBin parent_instance;

  FermataAppDocument *document;
  FermataAppCanvas *canvas;
  GPtrArray *addables;
  FermataGraphKind kind;

  GtkSearchEntry *search;
  GtkListBox *list;
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (FermataAppPalette, fermata_app_palette, ADW_TYPE_BIN)

static const FermataAppAddable *
get_addable (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "addable");
}

/* --- Rows -------------------------------------------------------------------- */

static GdkContentProvider *
on_prepare (GtkDragSource *source,
            double         x,
            double         y,
            GtkListBoxRow *row)
{
  g_autofree char *text = g_strconcat (FERMATA_APP_ADDABLE_PREFIX, get_addable (row)->name, NULL);

  return gdk_content_provider_new_typed (G_TYPE_STRING, text);
}

static void
on_drag_begin (GtkDragSource *source,
               GdkDrag       *drag,
               GtkListBoxRow *row)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (row));

  gtk_drag_source_set_icon (source, paintable, 12, 12);
}

static void
add_drag_source (GtkWidget *row)
{
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect_object (source, "prepare", G_CALLBACK (on_prepare), row, 0);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (on_drag_begin), row, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));
}

static GtkWidget *
make_label (const char *text,
            const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 26);
  gtk_widget_add_css_class (label, style);

  return label;
}

static GtkWidget *
make_texts (const FermataAppAddable *addable)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *doc = make_label (addable->doc, "dim-label");

  gtk_widget_add_css_class (doc, "caption");
  gtk_label_set_lines (GTK_LABEL (doc), 2);
  gtk_label_set_ellipsize (GTK_LABEL (doc), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (texts), make_label (addable->title, "heading"));
  gtk_box_append (GTK_BOX (texts), doc);
  gtk_widget_set_hexpand (texts, TRUE);

  return texts;
}

static GtkWidget *
make_row (const FermataAppAddable *addable)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *icon = gtk_image_new_from_icon_name (addable->icon_name);

  gtk_widget_add_css_class (icon, "type-icon");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), make_texts (addable));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, addable->doc);
  g_object_set_data (G_OBJECT (row), "addable", (gpointer) addable);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, addable->title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, addable->doc,
                                  -1);
  add_drag_source (row);

  return row;
}

static void
update_header (GtkListBoxRow *row,
               GtkListBoxRow *before,
               gpointer       user_data)
{
  const char *category = get_addable (row)->category;
  GtkWidget *header;

  if (before != NULL && g_strcmp0 (get_addable (before)->category, category) == 0)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }

  header = make_label (category, "caption-heading");
  gtk_widget_add_css_class (header, "category");
  gtk_list_box_row_set_header (row, header);
}

static int
compare (GtkListBoxRow *a,
         GtkListBoxRow *b,
         gpointer       user_data)
{
  return g_utf8_collate (get_addable (a)->category, get_addable (b)->category);
}

static gboolean
is_wanted (GtkListBoxRow *row,
           gpointer       user_data)
{
  FermataAppPalette *self = user_data;

  return fermata_app_addable_match (get_addable (row), gtk_editable_get_text (GTK_EDITABLE (self->search))) > 0;
}

/* --- What there is ----------------------------------------------------------- */

static void
clear (FermataAppPalette *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  g_clear_pointer (&self->addables, g_ptr_array_unref);
}

static void
fill (FermataAppPalette *self)
{
  FermataGraph *shown = fermata_app_document_get_shown (self->document);
  FermataGraphKind kind = fermata_graph_get_kind (shown);

  if (self->addables != NULL && self->kind == kind)
    return;

  clear (self);
  self->kind = kind;
  self->addables = fermata_app_addable_list (fermata_app_document_get_engine (self->document), kind);
  for (guint i = 0; i < self->addables->len; i++)
    gtk_list_box_append (self->list, make_row (self->addables->pdata[i]));
}

static void
add (FermataAppPalette *self,
     GtkListBoxRow     *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self->canvas), "canvas.add-type", "s", get_addable (row)->name);
}

static void
on_row_activated (FermataAppPalette *self,
                  GtkListBoxRow     *row)
{
  add (self, row);
}

static void
on_search_changed (FermataAppPalette *self)
{
  gtk_list_box_invalidate_filter (self->list);
}

static void
on_stop_search (FermataAppPalette *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

/* The first that is left. */
static void
on_search_activate (FermataAppPalette *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      if (!gtk_widget_get_child_visible (GTK_WIDGET (row)))
        continue;
      add (self, row);
      return;
    }
}

/* --- The widget -------------------------------------------------------------- */

static void
set_document (FermataAppPalette  *self,
              FermataAppDocument *document)
{
  if (document == NULL || self->document != NULL)
    return;

  self->document = g_object_ref (document);
  g_signal_connect_object (document, "notify::shown", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  fill (self);
}

static void
fermata_app_palette_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  FermataAppPalette *self = FERMATA_APP_PALETTE (object);

  switch (prop_id)
    {
    case PROP_DOCUMENT:
      set_document (self, g_value_get_object (value));
      break;

    case PROP_CANVAS:
      g_set_object (&self->canvas, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fermata_app_palette_dispose (GObject *object)
{
  FermataAppPalette *self = FERMATA_APP_PALETTE (object);

  if (self->document != NULL)
    clear (self);
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->canvas);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (fermata_app_palette_parent_class)->dispose (object);
}

static void
fermata_app_palette_class_init (FermataAppPaletteClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = fermata_app_palette_set_property;
  object_class->dispose = fermata_app_palette_dispose;

  properties[PROP_DOCUMENT] =
    g_param_spec_object ("document", NULL, NULL, FERMATA_TYPE_APP_DOCUMENT,
                         G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CANVAS] =
    g_param_spec_object ("canvas", NULL, NULL, FERMATA_TYPE_APP_CANVAS,
                         G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/fermata/Fermata/fermata-app-palette.ui");
  gtk_widget_class_bind_template_child (widget_class, FermataAppPalette, search);
  gtk_widget_class_bind_template_child (widget_class, FermataAppPalette, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
}

static void
fermata_app_palette_init (FermataAppPalette *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, update_header, NULL, NULL);
  gtk_list_box_set_sort_func (self->list, compare, NULL, NULL);
  gtk_list_box_set_filter_func (self->list, is_wanted, self, NULL);
}

/* fermata-app-popover.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-popover.h"

static gboolean
on_unwanted_key (GtkEventControllerKey *controller,
                 guint                  keyval,
                 guint                  keycode,
                 GdkModifierType        state,
                 GtkWidget             *popover)
{
  switch (keyval)
    {
    case GDK_KEY_Escape:
      gtk_popover_popdown (GTK_POPOVER (popover));
      return TRUE;

    case GDK_KEY_Tab:
    case GDK_KEY_KP_Tab:
    case GDK_KEY_ISO_Left_Tab:
      return FALSE;

    /* These act on the run, or on what is asked about. */
    default:
      return keyval < GDK_KEY_F3 || keyval > GDK_KEY_F12;
    }
}

void
fermata_app_popover_keep_keys (GtkPopover *popover)
{
  GtkEventController *controller = gtk_event_controller_key_new ();

  g_signal_connect (controller, "key-pressed", G_CALLBACK (on_unwanted_key), popover);
  gtk_widget_add_controller (GTK_WIDGET (popover), controller);
}

void
fermata_app_popover_open (GtkPopover         *popover,
                          const GdkRectangle *place,
                          GtkWidget          *entry)
{
  gtk_popover_set_pointing_to (popover, place);
  gtk_popover_popup (popover);
  gtk_widget_grab_focus (entry);
}

static void
scroll_to_row (GtkListBox    *rows,
               GtkListBoxRow *row)
{
  GtkAdjustment *adjustment = gtk_list_box_get_adjustment (rows);
  graphene_rect_t bounds;

  if (adjustment != NULL && gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (rows), &bounds))
    gtk_adjustment_clamp_page (adjustment, bounds.origin.y, bounds.origin.y + bounds.size.height);
}

static gboolean
on_entry_key (GtkEventControllerKey *controller,
              guint                  keyval,
              guint                  keycode,
              GdkModifierType        state,
              GtkListBox            *rows)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (rows);
  int index = row != NULL ? gtk_list_box_row_get_index (row) : -1;

  if (keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down)
    index++;
  else if (keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up)
    index--;
  else
    return FALSE;

  row = index >= 0 ? gtk_list_box_get_row_at_index (rows, index) : NULL;
  if (row != NULL)
    {
      gtk_list_box_select_row (rows, row);
      scroll_to_row (rows, row);
    }
  return TRUE;
}

void
fermata_app_popover_bind_rows (GtkWidget  *entry,
                               GtkListBox *rows)
{
  GtkEventController *controller = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "key-pressed", G_CALLBACK (on_entry_key), rows);
  gtk_widget_add_controller (entry, controller);
}

void
fermata_app_popover_reset_text (GtkWidget *entry)
{
  gtk_editable_set_enable_undo (GTK_EDITABLE (entry), FALSE);
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  gtk_editable_set_enable_undo (GTK_EDITABLE (entry), TRUE);
}

void
fermata_app_popover_clear (GtkListBox *rows)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (rows))) != NULL)
    gtk_list_box_remove (rows, child);
}

static GtkWidget *
new_label (const char *text,
           gboolean    is_title)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, is_title ? "heading" : "caption");
  if (!is_title)
    {
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_lines (GTK_LABEL (label), 2);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
      gtk_widget_add_css_class (label, "dim-label");
    }
  return label;
}

GtkWidget *
fermata_app_popover_new_row (const char *icon_name,
                             const char *title,
                             const char *about)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *image = gtk_image_new_from_icon_name (icon_name);

  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_box_append (GTK_BOX (text), new_label (title, TRUE));
  if (about != NULL && about[0] != '\0')
    gtk_box_append (GTK_BOX (text), new_label (about, FALSE));
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), text);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return row;
}
